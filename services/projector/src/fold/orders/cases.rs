//! Mediation cases, their tables and sessions.

use linli_domain::Record;
use linli_domain::mediation::{Event, Opening, Place, Session, Settlement, Sitter, Status};
use linli_readmodel::orders::{self, CaseParty, CaseWord, Changes, Mediator, Sitting};

pub(super) fn fold(changes: &mut Changes, record: &Record, event: &Event) {
    match event {
        Event::Opened { opening, dispute } => opened(changes, record, opening, *dispute),
        Event::Joined { place, .. } => {
            changes.mediators.insert(place.mediator, mediator(record, place));
        }
        Event::Sat(session) => sat(changes, record, session),
        Event::Settled { .. }
        | Event::Performed { .. }
        | Event::Broken { .. }
        | Event::Closed { .. }
        | Event::Reopened { .. } => {
            if let Some(word) = word(record, event) {
                put(changes, word);
            }
        }
    }
}

fn opened(
    changes: &mut Changes,
    record: &Record,
    opening: &Opening,
    dispute: linli_domain::id::CaseId,
) {
    let Opening { case, officer, kind, grid, parties, again: _ } = opening;
    let row = orders::Case {
        case: *case,
        dispute,
        kind: *kind,
        grid: *grid,
        opened_by: *officer,
        position: record.position,
        recorded_at: record.recorded_at,
        status: Status::Open,
        tier: None,
        agreement: None,
        pay: None,
        word_by: *officer,
        word_at: record.recorded_at,
    };
    changes.cases.insert(*case, row);
    let party = |resident: &_| CaseParty { case: *case, resident: *resident };
    changes.case_parties.extend(parties.iter().map(party));
}

fn mediator(record: &Record, place: &Place) -> Mediator {
    let Place { mediator, case, body, sitter } = *place;
    let (resident, officer) = match sitter {
        Sitter::Resident(resident) => (Some(resident), None),
        Sitter::Officer(officer) => (None, Some(officer)),
        Sitter::Delegate => (None, None),
    };
    Mediator { mediator, case, body, resident, officer, position: record.position }
}

fn sat(changes: &mut Changes, record: &Record, session: &Session) {
    let Session { case, officer, happened, sat, minutes } = session;
    let position = record.position;
    changes.sessions.push(orders::Session {
        position,
        case: *case,
        officer: *officer,
        started_at: happened.start(),
        ended_at: happened.end(),
        minutes: *minutes,
    });
    let sitting = |mediator: &_| Sitting { position, mediator: *mediator, case: *case };
    changes.sittings.extend(sat.iter().map(sitting));
}

/// How a case stands after a word on it.
fn word(record: &Record, event: &Event) -> Option<CaseWord> {
    let (settlement, pay, word_by) = match event {
        Event::Settled { settlement, pay, officer, .. }
        | Event::Performed { settlement, pay, officer, .. } => {
            (Some(*settlement), Some(*pay), *officer)
        }
        Event::Broken { settlement, officer, .. } => (Some(*settlement), None, *officer),
        Event::Closed { tier, pay, officer, .. } => {
            (Some(Settlement { tier: *tier, agreement: None }), Some(*pay), *officer)
        }
        Event::Reopened { officer, .. } => (None, None, *officer),
        Event::Opened { .. } | Event::Joined { .. } | Event::Sat(_) => return None,
    };
    Some(CaseWord {
        case: event.case(),
        status: event.status()?,
        tier: settlement.map(|it| it.tier),
        agreement: settlement.and_then(|it| it.agreement),
        pay,
        word_by,
        word_at: record.recorded_at,
    })
}

fn put(changes: &mut Changes, word: CaseWord) {
    match changes.cases.get_mut(&word.case) {
        Some(row) => row.word(word),
        None => {
            changes.case_words.insert(word.case, word);
        }
    }
}
