//! Mistakes that are planted to see whether they are found. They stand in the simulation's own
//! wiring, round the desk, the store and the runner: the product has no switch for them.

use crate::check::Checker;

/// A mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plant {
    /// Senders are answered when a frame is sent off, not when it is durable.
    AnswerBeforeCommit,
    /// A frame of which nothing is known is taken for one that was refused.
    UnknownIsFailed,
    /// A new leader doesn't learn the keys that the index has not reached yet.
    ForgetUnindexedKeys,
    /// A step of the index doesn't look where the index is, and a key that is there already ends
    /// it as if it had been done.
    SkipIndexConflict,
    /// The server takes appends over a session that it ended.
    StaleSessionAppends,
    /// A projector commits its checkpoint first and its rows afterwards.
    CheckpointBeforeRows,
    /// A projector goes on with the next frame it was given, whatever lies between.
    SkipGap,
    /// A projector takes a frame that it has had.
    ApplyTwice,
    /// Frames are stamped by the clock alone, also when it went back.
    StampByClock,
    /// A snapshot is believed without asking the log.
    BelieveSnapshot,
}

impl Plant {
    /// All mistakes.
    pub const ALL: &[Self] = &[
        Self::AnswerBeforeCommit,
        Self::UnknownIsFailed,
        Self::ForgetUnindexedKeys,
        Self::SkipIndexConflict,
        Self::StaleSessionAppends,
        Self::CheckpointBeforeRows,
        Self::SkipGap,
        Self::ApplyTwice,
        Self::StampByClock,
        Self::BelieveSnapshot,
    ];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AnswerBeforeCommit => "answer-before-commit",
            Self::UnknownIsFailed => "unknown-is-failed",
            Self::ForgetUnindexedKeys => "forget-unindexed-keys",
            Self::SkipIndexConflict => "skip-index-conflict",
            Self::StaleSessionAppends => "stale-session-appends",
            Self::CheckpointBeforeRows => "checkpoint-before-rows",
            Self::SkipGap => "skip-gap",
            Self::ApplyTwice => "apply-twice",
            Self::StampByClock => "stamp-by-clock",
            Self::BelieveSnapshot => "believe-snapshot",
        }
    }

    /// The mistake of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|plant| plant.name() == name)
    }

    /// The checkers that find it, each by itself.
    #[must_use]
    pub fn found_by(self) -> &'static [Checker] {
        match self {
            Self::AnswerBeforeCommit => &[Checker::Acknowledged, Checker::Refusals],
            Self::UnknownIsFailed => &[Checker::NotDone],
            Self::ForgetUnindexedKeys => &[Checker::Once],
            Self::SkipIndexConflict => &[Checker::Index],
            Self::StaleSessionAppends => &[Checker::Terms],
            Self::CheckpointBeforeRows | Self::SkipGap | Self::ApplyTwice => &[Checker::Projection],
            Self::StampByClock => &[Checker::Chain],
            Self::BelieveSnapshot => &[Checker::Image],
        }
    }
}
