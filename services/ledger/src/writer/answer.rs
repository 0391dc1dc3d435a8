//! Answers that wait for the frame they were decided behind.
//!
//! An answer, a refusal too, tells of a state that holds what is not durable yet. So it goes out
//! only when everything that was decided before it is.

use linli_domain::time::Timestamp;
use linli_port::{Answer, ClockReply, CommandsReply, Rejected};

use crate::metrics::DistrictMetrics;

/// The answer to a command, or where to find it.
#[derive(Debug)]
pub(super) enum Slot {
    Ready(Answer),
    /// Done before: the records at these positions, to be read from the log once it has them.
    InLog {
        first: u64,
        last: u64,
    },
}

/// Answers to a request, complete but not yet given.
#[derive(Debug)]
pub(super) enum Pending {
    One(Slot, CommandsReply),
    Many(Vec<Slot>, CommandsReply),
    Clock(Timestamp, ClockReply),
}

/// Answers of which some must be read from the log.
#[derive(Debug)]
pub(super) struct Unread {
    pub(super) slots: Vec<Slot>,
    pub(super) reply: CommandsReply,
}

impl Pending {
    /// Gives the answers; hands back those of which some must be read from the log.
    pub(super) fn give(self, metrics: &DistrictMetrics) -> Option<Unread> {
        match self {
            Self::One(Slot::Ready(answer), reply) => {
                count(&answer, metrics);
                reply.one(answer);
                None
            }
            Self::One(slot, reply) => Some(Unread { slots: vec![slot], reply }),
            Self::Many(slots, reply) => Unread { slots, reply }.give(metrics),
            Self::Clock(now, reply) => {
                reply.send(Ok(now));
                None
            }
        }
    }

    /// Answers that the outcome is this rejection. Of several commands nothing is known at all
    /// events: the first of them may be in a frame that was committed before.
    pub(super) fn reject(self, rejected: &Rejected, metrics: &DistrictMetrics) {
        let told = |rejected: &Rejected| {
            let answer = Err(rejected.clone());
            count(&answer, metrics);
            answer
        };
        match self {
            Self::One(_, reply) => reply.one(told(rejected)),
            Self::Many(slots, reply) => {
                reply.all(slots.iter().map(|_| told(&Rejected::Unknown)).collect());
            }
            Self::Clock(_, reply) => reply.send(Err(rejected.clone().into())),
        }
    }
}

impl Unread {
    /// Gives the answers if all are ready, else hands them back.
    pub(super) fn give(self, metrics: &DistrictMetrics) -> Option<Self> {
        if self.slots.iter().any(|slot| matches!(slot, Slot::InLog { .. })) {
            return Some(self);
        }
        let answers = self.slots.into_iter().map(|slot| match slot {
            Slot::Ready(answer) => {
                count(&answer, metrics);
                answer
            }
            Slot::InLog { .. } => Err(Rejected::Unknown),
        });
        self.reply.all(answers.collect());
        None
    }
}

fn count(answer: &Answer, metrics: &DistrictMetrics) {
    match answer {
        Ok(accepted) if accepted.repeated => metrics.repeated.inc(),
        Ok(_) => metrics.accepted.inc(),
        Err(Rejected::Refused(_)) => metrics.refused.inc(),
        Err(Rejected::KeyReused) => metrics.key_reused.inc(),
        Err(Rejected::Unknown) => metrics.unknown.inc(),
        Err(Rejected::Overloaded { .. } | Rejected::Unavailable { .. }) => {
            metrics.unavailable.inc()
        }
    }
}
