//! Mediation cases, their tables and sessions.

use linli_domain::Record;
use linli_domain::id::CaseId;
use linli_domain::mediation::{Event, Opening, Session, Settlement};
use linli_readmodel::orders::{self, CaseParty, CaseWord, Changes, Mediator, Sitting};

pub(super) fn fold(changes: &mut Changes, record: &Record, event: &Event) {
    match event {
        Event::Opened { opening, dispute } => opened(changes, record, opening, *dispute),
        Event::Joined { place, .. } => {
            changes.mediators.insert(place.mediator, Mediator::seated(record, place));
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

fn opened(changes: &mut Changes, record: &Record, opening: &Opening, dispute: CaseId) {
    let case = opening.case;
    changes.cases.insert(case, orders::Case::opened(record, opening, dispute));
    let party = |resident: &_| CaseParty { case, resident: *resident };
    changes.case_parties.extend(opening.parties.iter().map(party));
}

fn sat(changes: &mut Changes, record: &Record, session: &Session) {
    let (position, case) = (record.position, session.case);
    changes.sessions.push(orders::Session::held(record, session));
    let sitting = |mediator: &_| Sitting { position, mediator: *mediator, case };
    changes.sittings.extend(session.sat.iter().map(sitting));
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
