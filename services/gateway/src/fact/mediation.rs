//! Facts of mediation as JSON.

use linli_api::fact::Fact;
use linli_api::mediation::{CaseMoved, CaseOpened, SessionHeld, TableJoined};
use linli_domain::mediation::{Event, Status};

use crate::parse::Spoken as _;
use crate::receipt::{id, place, sealed, session, settled_by};

pub(super) fn of_mediation(event: &Event) -> Fact {
    match event {
        Event::Opened { opening, dispute } => Fact::CaseOpened(CaseOpened {
            case: id(opening.case),
            dispute: id(dispute),
            officer: id(opening.officer),
            kind: opening.kind.said(),
            grid: id(opening.grid),
            parties: opening.parties.iter().map(id).collect(),
            again: opening.again.map(id),
            estate: opening.estate.map(id),
        }),
        Event::Joined { place: it, officer } => Fact::TableJoined(TableJoined {
            case: id(it.case),
            place: place(*it),
            officer: id(officer),
        }),
        Event::Sat(it) => {
            Fact::SessionHeld(SessionHeld { case: id(it.case), session: session(it) })
        }
        Event::Settled { officer, .. }
        | Event::Performed { officer, .. }
        | Event::Broken { officer, .. }
        | Event::Closed { officer, .. }
        | Event::Reopened { officer, .. } => {
            let (settlement, pay) = settled_by(event);
            Fact::CaseMoved(CaseMoved {
                case: id(event.case()),
                officer: id(officer),
                status: event.status().unwrap_or(Status::Open).said(),
                tier: settlement.map(|it| it.tier.said()),
                agreement: settlement.and_then(|it| it.agreement).map(sealed),
                pay: pay.map(|pay| pay.said()),
            })
        }
    }
}
