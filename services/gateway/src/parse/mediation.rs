//! Mediation cases.

use linli_api as api;
use linli_api::mediation::CaseStep;
use linli_domain::id::{CaseId, MediatorId, OfficerId};
use linli_domain::mediation::{
    Body, Command, DisputeKind, Opening, Place, SealedFile, Session, Settlement, Sitter, Tier,
};
use linli_domain::time::Interval;

use crate::parse::field::sha256;
use crate::parse::{Spoken, id, instant, own_id, told_id};
use crate::problem::{Kind, Problem};

pub(crate) fn case(
    officer: OfficerId,
    said: &api::mediation::OpenCase,
) -> Result<Command, Problem> {
    let parties: Result<Vec<_>, _> = said.parties.iter().map(|it| id("parties", it)).collect();
    let mut parties = parties?;
    parties.sort_unstable();
    Ok(Command::Open(Opening {
        case: own_id("case", said.case.as_ref(), CaseId::from_number)?,
        officer,
        kind: DisputeKind::heard(said.kind),
        grid: id("grid", &said.grid)?,
        parties,
        again: told_id("again", said.again.as_ref())?,
        estate: told_id("estate", said.estate.as_ref())?,
    }))
}

pub(crate) fn place(
    case: CaseId,
    officer: OfficerId,
    said: &api::mediation::JoinTable,
) -> Result<Command, Problem> {
    let sitter = match (&said.resident, &said.officer) {
        (Some(resident), None) => Sitter::Resident(id("resident", resident)?),
        (None, Some(officer)) => Sitter::Officer(id("officer", officer)?),
        (None, None) => Sitter::Delegate,
        (Some(_), Some(_)) => {
            return Err(Problem::plain(Kind::InvalidField).with("field", "officer"));
        }
    };
    let mediator = own_id("mediator", said.mediator.as_ref(), MediatorId::from_number)?;
    let place = Place { mediator, case, body: Body::heard(said.body), sitter };
    Ok(Command::Join { place, officer })
}

pub(crate) fn session(
    case: CaseId,
    officer: OfficerId,
    said: &api::mediation::EnterSession,
) -> Result<Command, Problem> {
    let (start, end) = (instant("start", &said.start)?, instant("ends_at", &said.ends_at)?);
    let happened = Interval::new(start, end)
        .ok_or_else(|| Problem::plain(Kind::InvalidInterval).with("field", "ends_at"))?;
    let sat: Result<Vec<_>, _> = said.sat.iter().map(|it| id("sat", it)).collect();
    let mut sat = sat?;
    sat.sort_unstable();
    let minutes = sealed("minutes", said.minutes.as_ref())?;
    Ok(Command::Sit(Session { case, officer, happened, sat, minutes }))
}

pub(crate) fn case_step(
    case: CaseId,
    officer: OfficerId,
    said: &CaseStep,
) -> Result<Command, Problem> {
    Ok(match said {
        CaseStep::Settle { tier, agreement } => {
            let agreement = sealed("agreement", agreement.as_ref())?;
            let settlement = Settlement { tier: Tier::heard(*tier), agreement };
            Command::Settle { case, officer, settlement }
        }
        CaseStep::Perform {} => Command::Perform { case, officer },
        CaseStep::Break {} => Command::Break { case, officer },
        CaseStep::Close { tier } => Command::Close { case, officer, tier: Tier::heard(*tier) },
        CaseStep::Reopen {} => Command::Reopen { case, officer },
    })
}

fn sealed(field: &'static str, hash: Option<&api::Hash>) -> Result<Option<SealedFile>, Problem> {
    hash.map(|hash| sha256(field, hash.as_str()).map(SealedFile)).transpose()
}
