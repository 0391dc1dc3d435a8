//! Operators, shifts, allowances and slips written off line.

use linli_api as api;
use linli_domain::allowance::{self, Grant, OfflineSlip};
use linli_domain::id::{AllowanceId, OfficerId, OperatorId, ShiftId, StationId};
use linli_domain::operator::{self, Enrolment, Opening};
use linli_domain::redemption::Wish;

use crate::parse::{Spoken as _, amount_points, id, instant, own_id};
use crate::problem::Problem;

pub(crate) fn operator(said: &api::counter::EnrolOperator) -> Result<operator::Command, Problem> {
    Ok(operator::Command::Enrol(Enrolment {
        operator: own_id("operator", said.operator.as_ref(), OperatorId::from_number)?,
        station: id("station", &said.station)?,
    }))
}

pub(crate) fn shifts(station: StationId, said: &api::counter::SetShifts) -> operator::Command {
    operator::Command::SetShifts { station, shifts: operator::Shifts::heard(said.shifts) }
}

pub(crate) fn open_shift(
    station: StationId,
    said: &api::counter::OpenShift,
) -> Result<Opening, Problem> {
    Ok(Opening {
        shift: own_id("shift", said.shift.as_ref(), ShiftId::from_number)?,
        operator: id("operator", &said.operator)?,
        station,
    })
}

pub(crate) fn grant(
    officer: OfficerId,
    said: &api::counter::GrantAllowance,
) -> Result<allowance::Command, Problem> {
    Ok(allowance::Command::Grant(Grant {
        allowance: own_id("allowance", said.allowance.as_ref(), AllowanceId::from_number)?,
        station: id("station", &said.station)?,
        officer,
        total: amount_points("total", &said.total)?,
        per_person: amount_points("per_person", &said.per_person)?,
        ends_at: instant("ends_at", &said.ends_at)?,
    }))
}

pub(crate) fn off_line(
    station: StationId,
    said: &api::counter::OfflineSlip,
) -> Result<OfflineSlip, Problem> {
    let wish = |wish: &api::redemption::Wish| {
        Ok(Wish { item: id("items.item", &wish.item)?, quantity: wish.quantity })
    };
    Ok(OfflineSlip {
        allowance: id("allowance", &said.allowance)?,
        station,
        number: said.number,
        redemption: id("redemption", &said.redemption)?,
        resident: id("resident", &said.resident)?,
        wishes: said.items.iter().map(wish).collect::<Result<_, Problem>>()?,
        total: amount_points("total", &said.total)?,
        handed_at: instant("handed_at", &said.handed_at)?,
    })
}
