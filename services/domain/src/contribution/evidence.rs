//! Evidence (佐证): signals that vouch for a contribution, and the grade they give.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::contribution::CLOCK_SKEW;
use crate::id::AreaId;
use crate::time::Timestamp;
use crate::{Refusal, State};

/// How good the evidence is (证据等级), best first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum Grade {
    /// Code, place, time and a second person.
    A,
    /// Signed in and out inside the shift and place.
    B,
    /// Declared, with a photograph or a paper sheet.
    C,
    /// Entered afterwards by an administrator (补录).
    D,
}

macro_rules! signals {
    ($($(#[$doc:meta])* $name:ident = $bit:literal),+ $(,)?) => {
        /// One thing that vouches for a contribution, or weakens it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Signal {
            $($(#[$doc])* $name),+
        }

        impl Signal {
            /// Every signal, in the order of its bit.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            const fn bit(self) -> u16 {
                match self {
                    $(Self::$name => 1 << $bit),+
                }
            }
        }
    };
}

signals! {
    /// The rotating code of the station or activity was scanned.
    RotatingCode = 0,
    /// The person signed in and out.
    SignInOut = 1,
    /// The device was at the place.
    Place = 2,
    /// It was inside the shift.
    InsideShift = 3,
    /// The one who was served, or a second person, confirmed it.
    Confirmed = 4,
    /// There is a photograph.
    Photo = 5,
    /// There is a paper sheet.
    PaperSheet = 6,
    /// Enough checkpoints of the patrol were scanned.
    CheckpointsScanned = 7,
    /// An administrator entered it afterwards.
    AdministratorEntry = 8,
    /// Both sides of mutual aid confirmed it; nobody else can say so.
    BothConfirmed = 9,
    /// The order that it led to was closed, and checked by somebody else; nobody else can say so.
    OrderChecked = 10,
    /// The mediation case that it was done in has ended, by the word of somebody who didn't sit at its
    /// table; nobody else can say so.
    CaseEnded = 11,
    /// That case ended unsettled: a part of the base points is for the work. Nobody else can say so.
    Unsettled = 12,
    /// The volunteer who was referred has served as often as the rules say; nobody else can say so.
    ReferredServed = 13,
}

/// A set of signals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub struct Signals(u16);

impl Signals {
    /// No signal.
    pub const NONE: Self = Self(0);

    /// A checked order alone.
    pub const ORDER_CHECKED: Self = Self(Signal::OrderChecked.bit());

    /// What an administrator entered afterwards.
    pub const ADMINISTRATOR_ENTRY: Self = Self(Signal::AdministratorEntry.bit());

    /// What only other facts of the log vouch for, and no sender.
    pub const RESERVED: Self = Self(
        Signal::BothConfirmed.bit()
            | Signal::OrderChecked.bit()
            | Signal::CaseEnded.bit()
            | Signal::Unsettled.bit()
            | Signal::ReferredServed.bit(),
    );

    /// A volunteer who was referred and has served, alone.
    pub const REFERRED_SERVED: Self = Self(Signal::ReferredServed.bit());

    /// What vouches for a moment, which takes no time of anybody's.
    pub const MOMENTS: Self = Self(Signal::OrderChecked.bit() | Signal::ReferredServed.bit());

    /// A case that has ended alone: what was done in it was entered when it was done.
    pub const CASE_ENDED: Self = Self(Signal::CaseEnded.bit());

    /// A case that ended unsettled alone.
    pub const UNSETTLED: Self = Self(Signal::Unsettled.bit());

    /// What weakens evidence, and vouches for nothing.
    pub const WEAKENING: Self = Self(Signal::AdministratorEntry.bit() | Signal::Unsettled.bit());

    /// These bits; `None` if a bit means no signal that is known.
    #[must_use]
    pub fn from_bits(bits: u16) -> Option<Self> {
        let known: Self = Signal::ALL.iter().copied().collect();
        (bits & !known.0 == 0).then_some(Self(bits))
    }

    /// As bits.
    #[must_use]
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// All of the other's signals in this set?
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// What of this set is not in the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Any of the other's signals in this set?
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Nothing in it?
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The signals in it, in the order of their bits.
    pub fn iter(self) -> impl Iterator<Item = Signal> {
        Signal::ALL.iter().copied().filter(move |signal| self.0 & signal.bit() != 0)
    }
}

impl FromIterator<Signal> for Signals {
    fn from_iter<I: IntoIterator<Item = Signal>>(signals: I) -> Self {
        Self(signals.into_iter().fold(0, |bits, signal| bits | signal.bit()))
    }
}

/// The most attachments on one contribution.
pub const ATTACHMENTS_MAX: usize = 16;

/// What an attachment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum AttachmentKind {
    /// A photograph.
    Photo,
    /// A scanned sheet of paper.
    Paper,
    /// A certificate or a written agreement.
    Document,
}

/// A file kept elsewhere, by its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub struct Attachment {
    /// What it is.
    pub kind: AttachmentKind,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// When it was made, as whoever attached it says.
    pub made_at: Option<Timestamp>,
    /// In which area, as whoever attached it says: no closer, for nobody's way is kept.
    pub made_in: Option<AreaId>,
}

impl AttachmentKind {
    /// What a file of this kind shows by being there.
    #[must_use]
    pub const fn shows(self) -> Signal {
        match self {
            Self::Photo => Signal::Photo,
            Self::Paper | Self::Document => Signal::PaperSheet,
        }
    }
}

impl Attachment {
    /// One of which nobody says when and where it was made.
    #[must_use]
    pub const fn of(kind: AttachmentKind, sha256: [u8; 32]) -> Self {
        Self { kind, sha256, made_at: None, made_in: None }
    }
}

/// Refuses too many files, one that is not made yet, and one of an area that there isn't.
pub(crate) fn attachable(
    state: &State,
    files: &[Attachment],
    now: Timestamp,
) -> Result<(), Refusal> {
    if files.len() > ATTACHMENTS_MAX {
        return Err(Refusal::TooManyAttachments { most: ATTACHMENTS_MAX });
    }
    for file in files {
        if let Some(made_at) = file.made_at.filter(|at| *at > now.after(CLOCK_SKEW)) {
            return Err(Refusal::InFuture { ends_at: made_at, now });
        }
        file.made_in.map_or(Ok(()), |area| state.area(area).map(|_| ()))?;
    }
    Ok(())
}
