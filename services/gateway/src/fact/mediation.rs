//! Facts of mediation as JSON.

use linli_api::fact::Fact;
use linli_domain::mediation::Event;

use crate::receipt::{Mediated, mediated};

pub(super) fn of_mediation(event: &Event) -> Fact {
    match mediated(event) {
        Mediated::Opened(it) => Fact::CaseOpened(it),
        Mediated::Joined(it) => Fact::TableJoined(it),
        Mediated::Sat(it) => Fact::SessionHeld(it),
        Mediated::Moved(it) => Fact::CaseMoved(it),
    }
}
