//! The wish behind a fact of mediation.

use crate::mediation::{Command, Event};

impl Event {
    /// The wish that it answers: each is the first fact of one.
    pub(crate) fn wish(&self) -> Command {
        match self {
            Self::Opened { opening, .. } => Command::Open(opening.clone()),
            Self::Joined { place, officer } => Command::Join { place: *place, officer: *officer },
            Self::Sat(session) => Command::Sit(session.clone()),
            Self::Settled { case, officer, settlement, .. } => {
                Command::Settle { case: *case, officer: *officer, settlement: *settlement }
            }
            Self::Performed { case, officer, .. } => {
                Command::Perform { case: *case, officer: *officer }
            }
            Self::Broken { case, officer, .. } => Command::Break { case: *case, officer: *officer },
            Self::Closed { case, officer, tier, .. } => {
                Command::Close { case: *case, officer: *officer, tier: *tier }
            }
            Self::Reopened { case, officer } => Command::Reopen { case: *case, officer: *officer },
        }
    }
}
