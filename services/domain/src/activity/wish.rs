//! The wish behind a fact of activities.

use crate::activity::{Command, Event};

impl Event {
    /// The wish that it answers, if it is the first fact of one; none of what happens by itself.
    pub(crate) fn wish(&self) -> Option<Command> {
        Some(match self {
            Self::Published { plan, .. } => Command::Publish(plan.clone()),
            Self::CalledOff { activity, by } => Command::CallOff { activity: *activity, by: *by },
            Self::Taken(request) | Self::Waited(request) => Command::SignUp(*request),
            Self::Withdrawn(request) => Command::Withdraw(request.seat),
            Self::CheckedIn { request, showing } => {
                Command::CheckIn { seat: request.seat, showing: *showing }
            }
            Self::CheckedOut { request, showing, visited, .. } => Command::CheckOut {
                seat: request.seat,
                showing: *showing,
                visited: visited.clone(),
            },
            Self::Promoted(_)
            | Self::PassedOver { .. }
            | Self::Lapsed(_)
            | Self::SeatCalledOff(_)
            | Self::Forgotten { .. }
            | Self::Missed(_)
            | Self::Vacated(_) => return None,
        })
    }
}
