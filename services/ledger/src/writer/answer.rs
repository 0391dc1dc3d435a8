//! Giving answers, and counting them.

use linli_port::{Answer, ClockReply, CommandsReply, Rejected};

use crate::desk::{Reply, Slot};
use crate::metrics::DistrictMetrics;

/// Answers of which some must be read from the log.
#[derive(Debug)]
pub(super) struct Unread {
    pub(super) slots: Vec<Slot>,
    pub(super) ticket: CommandsReply,
}

/// Gives the answers; hands back those of which some must be read from the log.
pub(super) fn give(
    reply: Reply<CommandsReply, ClockReply>,
    metrics: &DistrictMetrics,
) -> Option<Unread> {
    match reply {
        Reply::One(Slot::Ready(answer), ticket) => {
            count(&answer, metrics);
            ticket.one(answer);
            None
        }
        Reply::One(slot, ticket) => Some(Unread { slots: vec![slot], ticket }),
        Reply::Many(slots, ticket) => Unread { slots, ticket }.give(metrics),
        Reply::Clock(now, ticket) => {
            ticket.send(Ok(now));
            None
        }
        Reply::NoClock(rejected, ticket) => {
            ticket.send(Err(rejected.into()));
            None
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
        self.ticket.all(answers.collect());
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
