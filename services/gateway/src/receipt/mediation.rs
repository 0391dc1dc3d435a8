//! What records tell of mediation cases, and the rows of them.

use linli_api::Hash;
use linli_api::mediation::{Case, CaseChanged, CaseFile, MediationSession, MediatorPlace};
use linli_domain::mediation::{Event, Pay, Place, SealedFile, Session, Settlement, Sitter};
use linli_domain::{Event as Any, Record, contribution};
use linli_readmodel::orders;

use crate::key::hex;
use crate::parse::Spoken as _;
use crate::receipt::{id, instant};

/// What a word on a case changed.
pub(crate) fn case_changed(records: &[Record]) -> Option<CaseChanged> {
    let Any::Mediation(event) = &records.first()?.event else { return None };
    let (mut contributions, mut reversed) = (Vec::new(), Vec::new());
    for record in records {
        if let Any::Contribution(follows) = &record.event {
            match follows {
                contribution::Event::Submitted { claim, .. } => {
                    contributions.push(id(claim.contribution));
                }
                contribution::Event::Reversed(it) => reversed.push(id(it.word.contribution)),
                contribution::Event::Verified(_)
                | contribution::Event::Rejected(_)
                | contribution::Event::Awarded(_)
                | contribution::Event::Queued(_)
                | contribution::Event::Attached(_)
                | contribution::Event::Restored(_) => {}
            }
        }
    }
    let dispute = if let Event::Opened { dispute, .. } = event { Some(id(dispute)) } else { None };
    let joined =
        if let Event::Joined { place, .. } = event { Some(id(place.mediator)) } else { None };
    Some(CaseChanged {
        case: id(event.case()),
        status: event.status().map(|status| status.said()),
        dispute,
        mediator: joined,
        pay: settled_by(event).1.map(|pay| pay.said()),
        contributions,
        reversed,
    })
}

/// What was settled, and what comes of it, as far as an event tells.
pub(crate) fn settled_by(event: &Event) -> (Option<Settlement>, Option<Pay>) {
    match event {
        Event::Settled { settlement, pay, .. } | Event::Performed { settlement, pay, .. } => {
            (Some(*settlement), Some(*pay))
        }
        Event::Broken { settlement, .. } => (Some(*settlement), None),
        Event::Closed { tier, pay, .. } => {
            (Some(Settlement { tier: *tier, agreement: None }), Some(*pay))
        }
        Event::Opened { .. } | Event::Joined { .. } | Event::Sat(_) | Event::Reopened { .. } => {
            (None, None)
        }
    }
}

/// A sealed file by its hash.
pub(crate) fn sealed(file: SealedFile) -> Hash {
    hex(&file.0).into()
}

/// A place at a table.
pub(crate) fn place(it: Place) -> MediatorPlace {
    let (resident, officer) = match it.sitter {
        Sitter::Resident(resident) => (Some(id(resident)), None),
        Sitter::Officer(officer) => (None, Some(id(officer))),
        Sitter::Delegate => (None, None),
    };
    MediatorPlace { mediator: id(it.mediator), body: it.body.said(), resident, officer }
}

/// A session of a table.
pub(crate) fn session(it: &Session) -> MediationSession {
    MediationSession {
        officer: id(it.officer),
        start: instant(it.happened.start()),
        ends_at: instant(it.happened.end()),
        sat: it.sat.iter().map(id).collect(),
        minutes: it.minutes.map(sealed),
    }
}

/// A case's row.
pub(crate) fn case_row(row: &orders::Case) -> Case {
    Case {
        case: id(row.case),
        dispute: id(row.dispute),
        kind: row.kind.said(),
        grid: id(row.grid),
        opened_by: id(row.opened_by),
        opened_at: instant(row.recorded_at),
        status: row.status.said(),
        tier: row.tier.map(|tier| tier.said()),
        agreement: row.agreement.map(sealed),
        pay: row.pay.map(|pay| pay.said()),
        word_by: id(row.word_by),
        word_at: instant(row.word_at),
    }
}

/// All that the rows tell of a case.
pub(crate) fn case_file(file: &orders::CaseFile) -> CaseFile {
    let place = |row: &orders::Mediator| MediatorPlace {
        mediator: id(row.mediator),
        body: row.body.said(),
        resident: row.resident.map(id),
        officer: row.officer.map(id),
    };
    let session = |row: &orders::Session| {
        let sat = file.sittings.iter().filter(|sitting| sitting.position == row.position);
        MediationSession {
            officer: id(row.officer),
            start: instant(row.started_at),
            ends_at: instant(row.ended_at),
            sat: sat.map(|sitting| id(sitting.mediator)).collect(),
            minutes: row.minutes.map(sealed),
        }
    };
    CaseFile {
        case: case_row(&file.case),
        parties: file.parties.iter().map(|party| id(party.resident)).collect(),
        table: file.table.iter().map(place).collect(),
        sessions: file.sessions.iter().map(session).collect(),
    }
}
