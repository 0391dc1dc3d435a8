//! The sending end, as gateways and tools hold it.

use std::sync::Arc;

use linli_domain::time::Timestamp;
use tokio_util::task::AbortOnDropHandle;

use crate::intake::{self, INTAKE_COMMANDS_MAX, Intake, Outlet};
use crate::{Answer, ClockRefused, Envelope, Subject, nats};

/// The way to the writer of one district. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Port {
    outlet: Outlet,
    /// Ends with the last clone. A writer in this process needs none.
    _carrier: Option<Arc<AbortOnDropHandle<()>>>,
}

impl Port {
    /// A port to whoever owns the [`Intake`], in this process. At most [`INTAKE_COMMANDS_MAX`]
    /// commands wait in it.
    #[must_use]
    pub fn local() -> (Self, Intake) {
        Self::local_with(INTAKE_COMMANDS_MAX)
    }

    /// As [`local`](Self::local), with another bound, at least 1.
    #[must_use]
    pub fn local_with(commands_max: usize) -> (Self, Intake) {
        let (outlet, intake) = intake::channel(commands_max);
        (Self::to(outlet), intake)
    }

    pub(crate) fn to(outlet: Outlet) -> Self {
        Self { outlet, _carrier: None }
    }

    /// A port over NATS to whichever process leads the district. Must be called in a Tokio
    /// runtime.
    #[must_use]
    pub fn nats(client: async_nats::Client, subject: Subject) -> Self {
        let (outlet, intake) = intake::channel(INTAKE_COMMANDS_MAX);
        let carrier = tokio::spawn(nats::carry(client, subject, intake));
        Self { outlet, _carrier: Some(Arc::new(AbortOnDropHandle::new(carrier))) }
    }

    /// Submits commands that belong together, and answers each, in the same order. They are not
    /// one transaction: each has its own key and its own answer, and others may come between.
    ///
    /// Never waits for room: where too many commands wait already, all are answered
    /// [`Rejected::Overloaded`](crate::Rejected::Overloaded) at once; so is a request of more
    /// commands than may ever wait.
    pub async fn submit(&self, envelopes: Vec<Envelope>) -> Vec<Answer> {
        self.outlet.many(envelopes).await
    }

    /// Submits one command.
    ///
    /// # Errors
    /// [`Rejected`](crate::Rejected): refused, or not known to be done.
    pub async fn submit_one(&self, envelope: Envelope) -> Answer {
        self.outlet.one(envelope).await
    }

    /// Moves the writer's test clock forward, and answers what it then shows, once everything that
    /// falls due by then is in the log.
    ///
    /// # Errors
    /// [`ClockRefused`].
    pub async fn set_clock(&self, to: Timestamp) -> Result<Timestamp, ClockRefused> {
        self.outlet.set_clock(to).await
    }
}
