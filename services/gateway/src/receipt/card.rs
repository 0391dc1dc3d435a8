//! Receipts of cards.

use linli_api::card::CardChanged;
use linli_domain::id::ResidentId;
use linli_domain::resident::{CardBlock, CardDesk, CardIssue, Event};
use linli_domain::text::CardCode;
use linli_domain::{Event as Fact, Record};

use crate::receipt::id;

/// A card that was issued or blocked.
pub(crate) fn card_changed(records: &[Record]) -> Option<CardChanged> {
    let Fact::Resident(event) = &records.first()?.event else { return None };
    match event {
        Event::CardIssued { issue, before } => Some(card_issued(*issue, *before)),
        Event::CardBlocked { block, resident } => Some(card_blocked(*block, *resident)),
        Event::Registered(_)
        | Event::VolunteerEnrolled(_)
        | Event::VolunteerReferred { .. }
        | Event::RankingJoined(_)
        | Event::RankingLeft(_)
        | Event::Moved { .. }
        | Event::Pseudonym(_)
        | Event::Erased(_) => None,
    }
}

/// A card that was issued.
pub(crate) fn card_issued(issue: CardIssue, before: Option<CardCode>) -> CardChanged {
    let before = before.map(|card| card.to_string().into());
    CardChanged { before, blocked: false, ..changed(issue.resident, issue.card, issue.by) }
}

/// A card that was blocked.
pub(crate) fn card_blocked(block: CardBlock, resident: ResidentId) -> CardChanged {
    changed(resident, block.card, block.by)
}

fn changed(resident: ResidentId, card: CardCode, by: CardDesk) -> CardChanged {
    let (officer, station) = match by {
        CardDesk::Officer(officer) => (Some(id(officer)), None),
        CardDesk::Station(station) => (None, Some(id(station))),
    };
    CardChanged {
        resident: id(resident),
        card: card.to_string().into(),
        blocked: true,
        before: None,
        officer,
        station,
    }
}
