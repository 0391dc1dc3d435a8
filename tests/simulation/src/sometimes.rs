//! Rare paths, counted: a simulation that never comes to one says nothing about it.

macro_rules! paths {
    ($($(#[doc = $doc:literal])+ $path:ident),+ $(,)?) => {
        /// A path that runs have to come to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Path {
            $($(#[doc = $doc])+ $path,)+
        }

        impl Path {
            /// All paths.
            pub const ALL: &[Self] = &[$(Self::$path,)+];

            /// What happens on it.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self {
                    $(Self::$path => concat!($($doc),+).trim_ascii(),)+
                }
            }

            /// Its name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$path => stringify!($path),)+
                }
            }
        }
    };
}

paths! {
    // The store.
    /// a frame was committed, and the writer was told
    CommittedAndTold,
    /// a frame was committed, and the writer was not told
    CommittedNotTold,
    /// a frame was not committed, and the writer was told
    RefusedAndTold,
    /// a frame was not committed, and the writer was not told
    LostNotTold,
    /// a frame was committed after its writer had given it up
    CommittedLate,
    /// a frame was refused because it didn't follow the log's last one
    RefusedForItsPlace,
    /// the disk was full
    DiskFull,
    /// the server died while a frame was on its way
    ServerDiedInFlight,
    /// a frame reached the server over a session that was over
    StaleAppendRefused,
    /// the server took a silent session for dead, with the lock
    SilentSessionEnded,
    /// two frames were on their way at once
    TwoFlights,

    // The ledger.
    /// a ledger was killed with records in its draft
    KilledWithDraft,
    /// a ledger was killed with a frame on its way
    KilledInFlight,
    /// a ledger was killed between a commit and the answers to it
    KilledBeforeAnswers,
    /// a ledger was killed while it restored
    KilledWhileRestoring,
    /// a paused ledger woke up when another one led
    ZombieWoke,
    /// another ledger took the lock over
    TookOver,
    /// a ledger stopped in good order
    StoppedInOrder,
    /// a ledger restored from a snapshot and the log after it
    RestoredFromSnapshot,
    /// a ledger restored from the log's beginning
    RestoredFromStart,
    /// a ledger took the lock with an image that was warm
    RestoredWarm,
    /// a ledger turned a snapshot down that was newer than the log
    SnapshotNewerThanLog,
    /// a ledger turned a snapshot of another history down
    SnapshotOfAnotherLog,
    /// a ledger turned a snapshot down that could not be read
    SnapshotUnreadable,
    /// a clock went back by more than a minute under a leader
    ClockWentBack,
    /// a clock leapt forward under a leader
    ClockLeapt,
    /// a hold was released by its deadline
    HoldTimedOut,
    /// a lot lapsed by its deadline
    LotLapsed,

    // Keys and answers.
    /// a command was answered as a repeat
    Repeated,
    /// the records of a repeat were read from the log
    RepeatReadFromLog,
    /// a key was found in the index
    KeyFoundInIndex,
    /// a key was asked of the index and was not there
    KeyAbsentFromIndex,
    /// a leader began with keys that the index had not reached
    IndexWasBehind,
    /// two wrote the index at once, and one of them stood back
    IndexRaced,
    /// the server died and lost steps of the index
    IndexLostSteps,
    /// a key was used for another body, and refused
    KeyReused,
    /// one key stood twice in one request
    TwiceInOneRequest,
    /// a repeat came while the first was still undecided or on its way
    RepeatOvertook,
    /// a command was refused
    Refused,
    /// a ledger had refused a command when its lock was gone, and was kept from telling it
    RefusalHeldBack,
    /// an answer arrived after its sender had given up
    AnswerTooLate,
    /// a sender was told that nothing is known
    ToldUnknown,
    /// a sender was told to come again, for the index was too far behind
    Overloaded,
    /// a sender was told that nothing was done
    ToldNotDone,
    /// a sender asked again and was told that it had been done
    UnknownWasDone,
    /// a sender asked again and it was done then
    UnknownWasNotDone,
    /// an award led to two records
    TwoRecords,

    // The stream and those who follow.
    /// a message was lost on its way
    DeliveryLost,
    /// a message came twice
    DeliveryDoubled,
    /// messages came out of order
    DeliveryReordered,
    /// the stream was cut back to an older state
    StreamCutBack,
    /// the stream was gone and filled anew
    StreamFilledAnew,
    /// the stream held another history
    StreamOfAnotherLog,
    /// a projector filled a gap from the log
    GapFilled,
    /// a projector read the log because the stream was silent
    SilenceReadLog,
    /// a projector left a stream alone that didn't fit the log
    StreamLeftAlone,
    /// a feed waited because nobody had taken what it held
    FeedWaited,
    /// one who takes frames was behind what the feed held, and read the log
    TakerBehind,
    /// a projector was killed between taking frames and committing them
    ProjectorKilled,
    /// a projector committed and was not told
    ProjectorNotTold,
    /// two projectors moved one projection, and one stood back
    ProjectorRaced,

    // The time bank.
    /// hours served were stored
    HoursStored,
    /// somebody had stored so much that the rest went to the chest
    HoursAboveCap,
    /// a team gave its time away
    TeamGave,
    /// time crossed from one community to another
    CommunitiesTraded,
    /// a community would have owed the other more than the rules let it
    TradeRefused,
    /// a chest granted an ask by itself
    ChestGranted,
    /// an ask to a chest lapsed by its deadline
    AskLapsed,
    /// what communities owe each other was stated
    CommunitiesNetted,

    // Goods that are short.
    /// somebody waits for goods
    QueueJoined,
    /// somebody waits no longer
    QueueLeft,
    /// what came was set aside for whoever waited first
    QueueServed,
    /// who waited couldn't have it by then
    QueuePassedOver,
}

/// How often each path was come to.
#[derive(Clone, Debug)]
pub struct Sometimes(Vec<u64>);

impl Default for Sometimes {
    fn default() -> Self {
        Self(vec![0; Path::ALL.len()])
    }
}

impl Sometimes {
    /// Counts that a path was come to.
    pub fn reach(&mut self, path: Path) {
        let place = Path::ALL.binary_search(&path).unwrap_or_default();
        if let Some(count) = self.0.get_mut(place) {
            *count = count.saturating_add(1);
        }
    }

    /// How often a path was come to.
    #[must_use]
    pub fn count(&self, path: Path) -> u64 {
        let place = Path::ALL.binary_search(&path).unwrap_or_default();
        self.0.get(place).copied().unwrap_or_default()
    }

    /// Adds the counts of another run.
    pub fn add(&mut self, other: &Self) {
        for (count, more) in self.0.iter_mut().zip(&other.0) {
            *count = count.saturating_add(*more);
        }
    }

    /// The paths that nothing came to.
    pub fn never(&self) -> impl Iterator<Item = Path> {
        Path::ALL.iter().copied().filter(|path| self.count(*path) == 0)
    }
}
