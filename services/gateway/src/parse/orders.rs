//! Hazards, orders, whistles and mutual aid.

use linli_api as api;
use linli_api::aid::AidStep;
use linli_api::hazard::HazardStep;
use linli_api::order::OrderStep;
use linli_api::whistle::WhistleStep;
use linli_domain::aid::{self, Help};
use linli_domain::hazard::{self, Dismissal, HazardKind, PlaceKey, Seriousness};
use linli_domain::id::{AidId, HazardId, OfficerId, OrderId, WhistleId};
use linli_domain::order::{self, Reason, Verdict};
use linli_domain::time::Interval;
use linli_domain::whistle::{self, Reply};

use crate::parse::field::sha256;
use crate::parse::service::attachment;
use crate::parse::{Spoken, id, instant, own_id, told_id};
use crate::problem::{Kind, Problem};

pub(crate) fn report(said: &api::hazard::ReportHazard) -> Result<hazard::Command, Problem> {
    let place = sha256("place", said.place.as_str())?;
    Ok(hazard::Command::Report(Box::new(hazard::Report {
        hazard: own_id("hazard", said.hazard.as_ref(), HazardId::from_number)?,
        reporter: id("reporter", &said.reporter)?,
        kind: HazardKind::heard(said.kind),
        seriousness: Seriousness::heard(said.seriousness),
        area: id("area", &said.area)?,
        place: PlaceKey(place),
        seen_at: instant("seen_at", &said.seen_at)?,
        evidence: said.evidence.iter().map(attachment).collect::<Result<_, _>>()?,
        estate: told_id("estate", said.estate.as_ref())?,
    })))
}

pub(crate) fn hazard_step(
    hazard: HazardId,
    officer: OfficerId,
    said: &HazardStep,
) -> Result<hazard::Command, Problem> {
    Ok(match said {
        HazardStep::Verify { seriousness } => {
            let seriousness = Seriousness::heard(*seriousness);
            hazard::Command::Verify { hazard, officer, seriousness }
        }
        HazardStep::Dismiss { why } => {
            hazard::Command::Dismiss { hazard, officer, why: Dismissal::heard(*why) }
        }
        HazardStep::Merge { into } => {
            hazard::Command::Merge { hazard, into: id("into", into)?, officer }
        }
    })
}

pub(crate) fn request(said: &api::order::RequestOrder) -> Result<order::Command, Problem> {
    Ok(order::Command::Request(order::Request {
        order: own_id("order", said.order.as_ref(), OrderId::from_number)?,
        resident: id("resident", &said.resident)?,
        kind: HazardKind::heard(said.kind),
        area: id("area", &said.area)?,
    }))
}

pub(crate) fn order_step(
    order: OrderId,
    officer: OfficerId,
    said: &OrderStep,
) -> Result<order::Command, Problem> {
    Ok(match said {
        OrderStep::Dispatch { unit } => {
            order::Command::Dispatch { order, officer, unit: id("unit", unit)? }
        }
        OrderStep::Accept {} => order::Command::Accept { order, officer },
        OrderStep::Escalate { reason } => {
            order::Command::Escalate { order, officer, reason: Reason::heard(*reason) }
        }
        OrderStep::Close { evidence } => {
            let evidence = evidence.iter().map(attachment).collect::<Result<_, _>>()?;
            order::Command::Close { order, officer, evidence }
        }
        OrderStep::Check { verdict } => {
            order::Command::Check { order, officer, verdict: Verdict::heard(*verdict) }
        }
    })
}

pub(crate) fn blast(
    officer: OfficerId,
    said: &api::whistle::BlowWhistle,
) -> Result<whistle::Command, Problem> {
    Ok(whistle::Command::Blow(whistle::Blast {
        whistle: own_id("whistle", said.whistle.as_ref(), WhistleId::from_number)?,
        kind: whistle::Kind::heard(said.kind),
        officer,
        called: id("called", &said.called)?,
        order: told_id("order", said.order.as_ref())?,
    }))
}

pub(crate) fn whistle_step(
    whistle: WhistleId,
    officer: OfficerId,
    said: &WhistleStep,
) -> whistle::Command {
    match said {
        WhistleStep::Answer { reply } => {
            whistle::Command::Answer { whistle, officer, reply: Reply::heard(*reply) }
        }
        WhistleStep::Settle {} => whistle::Command::Settle { whistle, officer },
    }
}

pub(crate) fn opening(said: &api::aid::OpenAid) -> Result<aid::Command, Problem> {
    Ok(aid::Command::Open(aid::Opening {
        aid: own_id("aid", said.aid.as_ref(), AidId::from_number)?,
        kind: aid::Kind::heard(said.kind),
        resident: id("resident", &said.resident)?,
        help: Help::heard(said.help),
        grid: id("grid", &said.grid)?,
        estate: told_id("estate", said.estate.as_ref())?,
    }))
}

pub(crate) fn aid_step(
    aid: AidId,
    resident: &api::Id,
    said: &AidStep,
) -> Result<aid::Command, Problem> {
    let resident = id("resident", resident)?;
    Ok(match said {
        AidStep::Match {} => aid::Command::Match { aid, resident },
        AidStep::StepBack {} => aid::Command::StepBack { aid, resident },
        AidStep::Withdraw {} => aid::Command::Withdraw { aid, resident },
        AidStep::Finish { started_at, ended_at } => {
            let (start, end) = (instant("started_at", started_at)?, instant("ended_at", ended_at)?);
            let happened = Interval::new(start, end)
                .ok_or_else(|| Problem::plain(Kind::InvalidInterval).with("field", "ended_at"))?;
            aid::Command::Finish { aid, resident, happened }
        }
        AidStep::Confirm {} => aid::Command::Confirm { aid, resident },
    })
}
