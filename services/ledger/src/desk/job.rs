//! What was taken in and is being decided.

use std::collections::VecDeque;

use linli_domain::time::Timestamp;
use linli_port::Envelope;

use super::Ask;
use super::reply::{Outcome, Reply, Slot};

/// A request that is being worked off. Several commands may end in several frames.
#[derive(Debug)]
pub(super) enum Job<T, C> {
    One(Envelope, T),
    Many {
        rest: VecDeque<Envelope>,
        slots: Vec<Slot>,
        ticket: T,
    },
    /// The clock shows this time already; the wish is answered when all that is due is in the log.
    Clock(Timestamp, C),
}

/// Commands that are still to be decided.
pub(super) enum Undecided<'a> {
    None,
    One(&'a Envelope),
    Many(std::collections::vec_deque::Iter<'a, Envelope>),
}

impl<T, C> From<Ask<T, C>> for Job<T, C> {
    fn from(ask: Ask<T, C>) -> Self {
        match ask {
            Ask::One(envelope, ticket) => Self::One(envelope, ticket),
            Ask::Many(envelopes, ticket) => {
                let slots = Vec::with_capacity(envelopes.len());
                Self::Many { rest: envelopes.into(), slots, ticket }
            }
            Ask::Clock(to, ticket) => Self::Clock(to, ticket),
        }
    }
}

impl<T, C> Job<T, C> {
    /// The commands that are still to be decided.
    pub(super) fn undecided(&self) -> Undecided<'_> {
        match self {
            Self::One(envelope, _) => Undecided::One(envelope),
            Self::Many { rest, .. } => Undecided::Many(rest.iter()),
            Self::Clock(..) => Undecided::None,
        }
    }

    /// The answers so far, and for the rest what `outcome` means for what was not begun: the job
    /// goes no further.
    pub(super) fn into_reply(self, outcome: &Outcome) -> Reply<T, C> {
        let rejection = || Slot::Ready(Err(outcome.rejected()));
        match self {
            Self::One(_, ticket) => Reply::One(rejection(), ticket),
            Self::Many { rest, mut slots, ticket } => {
                slots.extend(rest.iter().map(|_| rejection()));
                Reply::Many(slots, ticket)
            }
            Self::Clock(_, ticket) => Reply::NoClock(outcome.rejected(), ticket),
        }
    }
}

impl<'a> Iterator for Undecided<'a> {
    type Item = &'a Envelope;

    fn next(&mut self) -> Option<&'a Envelope> {
        match self {
            Self::None => None,
            Self::One(envelope) => {
                let envelope = *envelope;
                *self = Self::None;
                Some(envelope)
            }
            Self::Many(rest) => rest.next(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let count = match self {
            Self::None => 0,
            Self::One(_) => 1,
            Self::Many(rest) => rest.len(),
        };
        (count, Some(count))
    }
}

impl ExactSizeIterator for Undecided<'_> {}
