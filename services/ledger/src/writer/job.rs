//! What was taken from the intake and is being decided.

use std::collections::VecDeque;

use linli_domain::time::Timestamp;
use linli_port::{ClockReply, CommandsReply, Envelope, Rejected};

use super::answer::{Pending, Slot};

/// A request that is being worked off. Several commands may end in several frames.
#[derive(Debug)]
pub(super) enum Job {
    One(Envelope, CommandsReply),
    Many {
        rest: VecDeque<Envelope>,
        slots: Vec<Slot>,
        reply: CommandsReply,
    },
    /// The clock shows this time already; the wish is answered when all that is due is in the log.
    Clock(Timestamp, ClockReply),
}

impl Job {
    pub(super) fn many(envelopes: Vec<Envelope>, reply: CommandsReply) -> Self {
        let slots = Vec::with_capacity(envelopes.len());
        Self::Many { rest: envelopes.into(), slots, reply }
    }

    /// The commands that are still to be decided.
    pub(super) fn undecided(&self) -> impl Iterator<Item = &Envelope> {
        let (one, many) = match self {
            Self::One(envelope, _) => (Some(envelope), None),
            Self::Many { rest, .. } => (None, Some(rest)),
            Self::Clock(..) => (None, None),
        };
        one.into_iter().chain(many.into_iter().flatten())
    }

    /// The answers so far, and a rejection for the rest: the job goes no further.
    pub(super) fn into_pending(self, rejected: &Rejected) -> Pending {
        let rejection = || Slot::Ready(Err(rejected.clone()));
        match self {
            Self::One(_, reply) => Pending::One(rejection(), reply),
            Self::Many { rest, mut slots, reply } => {
                slots.extend(rest.iter().map(|_| rejection()));
                Pending::Many(slots, reply)
            }
            Self::Clock(to, reply) => Pending::Clock(to, reply),
        }
    }

    /// What is to be answered when the writer stops: what was decided behind its frame, and that
    /// nothing was done of the rest.
    pub(super) fn cut_short(self) -> Option<Pending> {
        match self {
            Self::Clock(_, reply) => {
                reply.send(Err(Rejected::unavailable().into()));
                None
            }
            job @ (Self::One(..) | Self::Many { .. }) => {
                Some(job.into_pending(&Rejected::unavailable()))
            }
        }
    }
}
