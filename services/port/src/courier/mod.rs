//! Commands taken to whoever leads, and asked again with the same key while that is safe.
//!
//! | the port answers | that means | the courier |
//! |---|---|---|
//! | accepted, refused, key reused | it is settled | tells it |
//! | overloaded | not done: too much waits | tells it at once, lest still more wait |
//! | unavailable | not done: nobody leads here | pauses, and asks whoever leads by then |
//! | unknown | done or not | pauses and asks again: under the same key it is done once |
//!
//! After an "unknown" only what is settled counts: a later "not done" speaks of the later copy
//! alone. So a hand-over from one leader to the next costs a sender some time and no error.

mod drought;
mod patience;
mod round;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use linli_domain::time::Timestamp;
use tokio::time::Instant;

use crate::{Answer, ClockRefused, Envelope, Port, Rejected};
use drought::Drought;
pub use patience::Patience;
use patience::Pauses;
use round::{Next, Round, weigh};

/// Whether the writer in this process leads just now.
#[derive(Clone)]
pub struct Leads(Arc<dyn Fn() -> bool + Send + Sync>);

impl Leads {
    /// As this says whenever it is asked, which is before each command.
    pub fn as_told_by(says: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(says))
    }
}

impl fmt::Debug for Leads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Leads({})", (self.0)())
    }
}

/// Takes commands to the leader of one district, wherever it is. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Courier {
    near: Option<(Port, Leads)>,
    far: Option<Port>,
    patience: Patience,
    drought: Arc<Drought>,
}

impl Courier {
    /// To the writer in this process while it leads, and otherwise over the far port, if there is
    /// one, to the process that does.
    #[must_use]
    pub fn near(port: Port, leads: Leads, far: Option<Port>) -> Self {
        Self { near: Some((port, leads)), far, ..Self::far(None) }
    }

    /// To the writer in another process.
    #[must_use]
    pub fn far(port: Option<Port>) -> Self {
        Self { near: None, far: port, patience: Patience::default(), drought: Arc::default() }
    }

    /// With another patience.
    #[must_use]
    pub fn with_patience(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    /// Submits one command and stays with it until it is settled or patience ends.
    ///
    /// # Errors
    /// [`Rejected`]: refused, or not known to be done.
    pub async fn submit_one(&self, envelope: Envelope) -> Answer {
        let (mut pauses, mut known) = (self.pauses(), Rejected::unavailable());
        let settled = async {
            loop {
                let answer = match self.way() {
                    Some(port) => port.submit_one(envelope.clone()).await,
                    None => Err(Rejected::unavailable()),
                };
                match self.weigh(answer, &known) {
                    Next::Told(answer) => return Some(answer),
                    Next::Again(so_far) => known = so_far,
                }
                if !self.pause(&mut pauses).await {
                    return None;
                }
            }
        };
        match tokio::time::timeout(self.patience.answer_max, settled).await {
            Ok(Some(answer)) => answer,
            Ok(None) => Err(known),
            // It may wait in the writer's intake still.
            Err(_) => Err(Rejected::Unknown),
        }
    }

    /// Submits commands that belong together, and stays with each until it is settled or patience
    /// ends. Answers each, in the same order; those asked again may come after those that were
    /// not.
    pub async fn submit(&self, envelopes: Vec<Envelope>) -> Vec<Answer> {
        let (mut pauses, mut round) = (self.pauses(), Round::new(envelopes));
        let settled = async {
            while !round.is_over() {
                let asked = round.asked();
                let answers = match self.way() {
                    Some(port) => port.submit(asked).await,
                    None => vec![Err(Rejected::unavailable()); asked.len()],
                };
                round.take(answers, |answer, known| self.weigh(answer, known));
                if !round.is_over() && !self.pause(&mut pauses).await {
                    return;
                }
            }
        };
        match tokio::time::timeout(self.patience.answer_max, settled).await {
            Ok(()) => round.known(),
            Err(_) => round.cut_short(),
        }
    }

    /// Moves the writer's test clock. Asked again only where nothing was done.
    ///
    /// # Errors
    /// [`ClockRefused`].
    pub async fn set_clock(&self, to: Timestamp) -> Result<Timestamp, ClockRefused> {
        let mut pauses = self.pauses();
        loop {
            let answer = match self.way() {
                Some(port) => port.set_clock(to).await,
                None => Err(Rejected::unavailable().into()),
            };
            match answer {
                Err(ClockRefused::Unavailable { .. }) if self.pause(&mut pauses).await => {}
                answer => return answer,
            }
        }
    }

    /// Whether somebody is known who takes commands: the writer here leads, or nothing is known
    /// against the one elsewhere, going by what was asked last.
    #[must_use]
    pub fn takes_commands(&self) -> bool {
        let near = self.near.as_ref().is_some_and(|(_, leads)| leads.0());
        near || (self.far.is_some() && self.drought.lasts() == Duration::ZERO)
    }

    /// Where a leader is to be found now.
    fn way(&self) -> Option<&Port> {
        let near = self.near.as_ref().filter(|(_, leads)| leads.0()).map(|(port, _)| port);
        near.or(self.far.as_ref())
    }

    fn weigh(&self, answer: Answer, known: &Rejected) -> Next {
        match &answer {
            Err(Rejected::Unavailable { .. }) => self.drought.begin(),
            Err(Rejected::Unknown) => {}
            Ok(_)
            | Err(Rejected::Refused(_) | Rejected::KeyReused | Rejected::Overloaded { .. }) => {
                self.drought.end();
            }
        }
        weigh(answer, known)
    }

    fn pauses(&self) -> Pauses {
        self.patience.pauses(Instant::now())
    }

    /// Waits a little; `false` if there is no point in asking again.
    async fn pause(&self, pauses: &mut Pauses) -> bool {
        if self.drought.lasts() >= self.patience.away_max {
            return false;
        }
        pauses.next().await
    }
}
