//! Answers, and where they go.

use linli_domain::time::Timestamp;
use linli_port::{Answer, Rejected};

/// The answer to a command, or where to find it.
#[derive(Clone, Debug, PartialEq)]
pub enum Slot {
    /// Here it is.
    Ready(Answer),
    /// Done before, and no longer remembered: the records at these positions of the log.
    InLog {
        /// Position of the first.
        first: u64,
        /// Position of the last.
        last: u64,
    },
}

/// The answers to a request, complete, with the place where they go.
#[derive(Debug)]
pub enum Reply<T, C> {
    /// To a request of one command.
    One(Slot, T),
    /// To each command of a request, in their order.
    Many(Vec<Slot>, T),
    /// All that was due by this time is in the log.
    Clock(Timestamp, C),
    /// Whether the clock's wish was done is not known, or it was not.
    NoClock(Rejected, C),
}

/// How a desk ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// In good order: all that was decided is durable, the rest was not done.
    Stopped,
    /// The store said that the frame was not committed.
    Refused,
    /// Nobody knows whether the frames under way are committed.
    Unknown,
}

impl<T, C> Reply<T, C> {
    /// Whether it tells of the state, not only of what is in the log: what was refused might not be
    /// by another state, while what was done stays done.
    pub(super) fn refuses(&self) -> bool {
        let is_refusal = |slot: &Slot| matches!(slot, Slot::Ready(Err(Rejected::Refused(_))));
        match self {
            Self::One(slot, _) => is_refusal(slot),
            Self::Many(slots, _) => slots.iter().any(is_refusal),
            Self::Clock(..) | Self::NoClock(..) => false,
        }
    }

    /// The same with nothing known of its frame but `outcome`. Of several commands nothing is
    /// known at all events: the first of them may be in a frame that was committed before.
    pub(super) fn doubted(self, outcome: Outcome) -> Self {
        match self {
            Self::One(_, ticket) => Self::One(Slot::Ready(Err(outcome.rejected())), ticket),
            Self::Many(slots, ticket) => {
                let unknown = slots.iter().map(|_| Slot::Ready(Err(Rejected::Unknown)));
                Self::Many(unknown.collect(), ticket)
            }
            Self::Clock(_, ticket) | Self::NoClock(_, ticket) => {
                Self::NoClock(outcome.rejected(), ticket)
            }
        }
    }
}
