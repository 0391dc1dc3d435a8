//! Facts of residents as JSON.

use linli_api::fact::{self, Fact};
use linli_domain::resident;

use crate::parse::Spoken as _;
use crate::receipt::{card_blocked, card_issued, id, pseudonym_fact};

pub(super) fn of_resident(event: &resident::Event) -> Fact {
    let of = |resident| fact::OfResident { resident: id(resident) };
    match event {
        resident::Event::Registered(registration) => {
            Fact::ResidentRegistered(fact::ResidentRegistered {
                resident: id(registration.resident),
                household: id(registration.household),
                card: registration.card.to_string().into(),
                assisted: registration.assisted,
            })
        }
        resident::Event::VolunteerEnrolled(resident) => Fact::VolunteerEnrolled(of(resident)),
        resident::Event::VolunteerReferred { resident, by } => {
            Fact::VolunteerReferred(fact::VolunteerReferred {
                resident: id(*resident),
                by: id(*by),
            })
        }
        resident::Event::RankingJoined(resident) => Fact::RankingJoined(of(resident)),
        resident::Event::RankingLeft(resident) => Fact::RankingLeft(of(resident)),
        resident::Event::Moved { to, before } => Fact::ResidentMoved(fact::ResidentMoved {
            resident: id(to.resident),
            household: id(to.household),
            assisted: to.assisted,
            before: id(*before),
        }),
        resident::Event::Pseudonym(event) => {
            let told = pseudonym_fact(event);
            match event {
                resident::PseudonymFact::Chosen { .. } => Fact::PseudonymChosen(told),
                resident::PseudonymFact::Dropped { .. } => Fact::PseudonymDropped(told),
                resident::PseudonymFact::Withdrawn { .. } => Fact::PseudonymWithdrawn(told),
            }
        }
        resident::Event::CardIssued { issue, before } => {
            Fact::CardIssued(card_issued(*issue, *before))
        }
        resident::Event::CardBlocked { block, resident } => {
            Fact::CardBlocked(card_blocked(*block, *resident))
        }
        resident::Event::Erased(erasure) => Fact::ResidentErased(fact::ResidentErased {
            resident: id(erasure.resident),
            reason: erasure.reason.said(),
        }),
    }
}
