//! The receiving end of the port: what waits for the writer, bounded.

use std::sync::Arc;
use std::time::Duration;

use linli_domain::time::Timestamp;
use tokio::sync::{mpsc, oneshot};

use crate::age::{self, Age};
use crate::{Answer, ClockRefused, Envelope, Port, Rejected};

/// Most commands that wait for the writer, which bounds the memory they take: sixteen of the
/// largest bulks. How many may wait in fact is a matter of [`INTAKE_WAIT_MAX`].
pub const INTAKE_COMMANDS_MAX: usize = 16_384;

/// The budget of latency: once what waits has waited so long, no more is let in, however few they
/// are. A sender is better told to come again than kept in a queue that grows faster than it is
/// worked off; a hundred commits fit into it, so what is let in is answered well within a second.
pub const INTAKE_WAIT_MAX: Duration = Duration::from_millis(500);

/// Something that waits for the writer. A request that is dropped unanswered tells its sender
/// that the outcome is unknown.
#[derive(Debug)]
pub enum Request {
    /// One command.
    One(Envelope, CommandsReply),
    /// Several commands of one sender's request, at least one, answered together.
    Many(Vec<Envelope>, CommandsReply),
    /// Move the test clock to this time, and answer what it then shows once all that falls due by
    /// then is in the log.
    SetClock(Timestamp, ClockReply),
}

impl Request {
    /// How many commands it has.
    #[must_use]
    pub fn commands(&self) -> usize {
        match self {
            Self::One(..) => 1,
            Self::Many(envelopes, _) => envelopes.len(),
            Self::SetClock(..) => 0,
        }
    }

    /// Answers everything in it with the same rejection.
    pub fn reject(self, rejected: &Rejected) {
        match self {
            Self::One(_, reply) => reply.one(Err(rejected.clone())),
            Self::Many(envelopes, reply) => reply.all(vec![Err(rejected.clone()); envelopes.len()]),
            Self::SetClock(_, reply) => reply.send(Err(rejected.clone().into())),
        }
    }
}

/// Where the answers to a request's commands go.
#[derive(Debug)]
pub struct CommandsReply(Way);

/// One command is the common case and has no list of its own.
#[derive(Debug)]
enum Way {
    One(oneshot::Sender<Answer>),
    Many(oneshot::Sender<Vec<Answer>>),
}

impl CommandsReply {
    /// Answers a request of one command. A sender that has gone away is not waited for.
    pub fn one(self, answer: Answer) {
        match self.0 {
            Way::One(sender) => drop(sender.send(answer)),
            Way::Many(sender) => drop(sender.send(vec![answer])),
        }
    }

    /// Answers a request of several commands, in their order. Too few answers leave the rest
    /// unknown.
    pub fn all(self, answers: Vec<Answer>) {
        match self.0 {
            Way::One(sender) => {
                let answer = answers.into_iter().next().unwrap_or(Err(Rejected::Unknown));
                drop(sender.send(answer));
            }
            Way::Many(sender) => drop(sender.send(answers)),
        }
    }
}

/// Where the answer to a wish to move the clock goes.
#[derive(Debug)]
pub struct ClockReply(oneshot::Sender<Result<Timestamp, ClockRefused>>);

impl ClockReply {
    /// Answers. A sender that has gone away is not waited for.
    pub fn send(self, answer: Result<Timestamp, ClockRefused>) {
        let _gone = self.0.send(answer);
    }
}

/// The sending end.
#[derive(Clone, Debug)]
pub(crate) struct Outlet {
    requests: mpsc::Sender<Waiting>,
    waits: Arc<Age>,
}

/// A request, and when it came.
type Waiting = (Request, age::Moment);

/// The receiving end, owned by whoever answers. It stays open as long as it exists; dropping it
/// makes the port answer that no writer is there.
#[derive(Debug)]
pub struct Intake {
    requests: mpsc::Receiver<Waiting>,
    outlet: Outlet,
}

pub(crate) fn channel(commands_max: usize) -> (Outlet, Intake) {
    let (sender, receiver) = mpsc::channel(commands_max.max(1));
    let outlet = Outlet { requests: sender, waits: Arc::default() };
    (outlet.clone(), Intake { requests: receiver, outlet })
}

impl Outlet {
    pub(crate) async fn one(&self, envelope: Envelope) -> Answer {
        let (sender, answer) = oneshot::channel();
        self.send(Request::One(envelope, CommandsReply(Way::One(sender))))?;
        answer.await.unwrap_or(Err(Rejected::Unknown))
    }

    pub(crate) async fn many(&self, envelopes: Vec<Envelope>) -> Vec<Answer> {
        let count = envelopes.len();
        if count == 0 {
            return Vec::new();
        }
        let (sender, answers) = oneshot::channel();
        if let Err(rejected) = self.send(Request::Many(envelopes, CommandsReply(Way::Many(sender))))
        {
            return vec![Err(rejected); count];
        }
        let mut answers = answers.await.unwrap_or_default();
        answers.resize_with(count, || Err(Rejected::Unknown));
        answers
    }

    pub(crate) async fn set_clock(&self, to: Timestamp) -> Result<Timestamp, ClockRefused> {
        let (sender, answer) = oneshot::channel();
        self.send(Request::SetClock(to, ClockReply(sender)))?;
        answer.await.unwrap_or(Err(ClockRefused::Unknown))
    }

    /// Never waits: an intake that is full, or too slow, says so at once.
    fn send(&self, request: Request) -> Result<(), Rejected> {
        let commands = request.commands();
        let (came, before) = self.waits.come(commands);
        let full = before.commands.saturating_add(commands) > self.requests.max_capacity();
        if full || before.longest > INTAKE_WAIT_MAX {
            self.waits.gone(commands);
            return Err(Rejected::overloaded());
        }
        self.requests.try_send((request, came)).map_err(|error| {
            self.waits.gone(commands);
            match error {
                mpsc::error::TrySendError::Full(_) => Rejected::overloaded(),
                mpsc::error::TrySendError::Closed(_) => Rejected::unavailable(),
            }
        })
    }
}

impl Intake {
    /// The next request.
    pub async fn recv(&mut self) -> Request {
        match self.requests.recv().await {
            Some(request) => self.taken(request),
            // It never closes, for it holds a sending end itself.
            None => std::future::pending().await,
        }
    }

    /// The next request if one waits.
    pub fn try_recv(&mut self) -> Option<Request> {
        let request = self.requests.try_recv().ok()?;
        Some(self.taken(request))
    }

    /// How many commands wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.outlet.waits.commands()
    }

    /// A port that leads here.
    #[must_use]
    pub fn port(&self) -> Port {
        Port::to(self.outlet.clone())
    }

    fn taken(&self, (request, came): Waiting) -> Request {
        self.outlet.waits.taken(request.commands(), came);
        request
    }
}

#[cfg(test)]
mod tests {
    use linli_domain::pool::{self, Pool};
    use linli_domain::text::{Bilingual, Code, Name};
    use linli_domain::{ClientId, IdempotencyKey, id::PoolId};

    use super::*;

    fn envelope() -> Envelope {
        let name = Bilingual { zh: Name::new("池").unwrap(), en: Name::new("pool").unwrap() };
        let pool = PoolId::from_number(1);
        Envelope {
            client: ClientId(1),
            key: IdempotencyKey::new("key").unwrap(),
            body_hash: [0; 32],
            command: pool::Command::Open(Pool { pool, code: Code::new("street").unwrap(), name })
                .into(),
        }
    }

    #[tokio::test]
    async fn a_full_intake_says_so_at_once() {
        let (port, mut intake) = Port::local_with(3);
        let waiting = tokio::spawn({
            let port = port.clone();
            async move { port.submit(vec![envelope(), envelope()]).await }
        });
        let taken = async {
            while intake.waiting() < 2 {
                tokio::task::yield_now().await;
            }
        };
        taken.await;
        let overloaded = Err(Rejected::overloaded());
        assert_eq!(
            port.submit(vec![envelope(), envelope()]).await,
            [overloaded.clone(), overloaded]
        );
        assert_eq!(intake.waiting(), 2, "what was turned away does not wait");

        intake.recv().await.reject(&Rejected::KeyReused);
        assert_eq!(waiting.await.unwrap(), [Err(Rejected::KeyReused), Err(Rejected::KeyReused)]);
        assert_eq!(intake.waiting(), 0);
        assert_eq!(port.submit(Vec::new()).await, []);
    }

    #[tokio::test]
    async fn a_request_that_is_dropped_leaves_the_outcome_unknown() {
        let (port, mut intake) = Port::local();
        let (answer, ()) = tokio::join!(port.submit_one(envelope()), async {
            drop(intake.recv().await);
        });
        assert_eq!(answer, Err(Rejected::Unknown));
        drop(intake);
        assert_eq!(port.submit_one(envelope()).await, Err(Rejected::unavailable()));
        let clock = port.set_clock(Timestamp::default()).await;
        assert!(matches!(clock, Err(ClockRefused::Unavailable { .. })));
    }
}
