//! The counter: its operators and their shifts, and what it hands out while it is off line.

use axum::response::Response;
use linli_api::bulk::{Bulk, BulkAnswer};
use linli_api::counter::{
    AllowanceEnded, AllowanceGranted, EnrolOperator, GrantAllowance, OfflineSlip, OpenShift,
    SetShifts, ShiftChanged, SlipOutcome, StationShifts,
};
use linli_api::receipt::{Named, Receipt};
use linli_domain::id::{AllowanceId, OperatorId, ShiftId, StationId};
use linli_domain::{Noun, allowance, operator};

use crate::caller::Caller;
use crate::command::{Bare, Deed};
use crate::front::Here;
use crate::parse::{self, Path as _};
use crate::problem::Problem;
use crate::receipt::{allowance_ended, granted, named, shift, shifts_set, slip_outcome};
use crate::request::{PathText, Sent, SentMany};

const ENROL: Deed = Deed::creating("operator.enrol");
const RETIRE: Deed = Deed::changing("operator.retire");
const SET_SHIFTS: Deed = Deed::changing("station.shifts");
const OPEN_SHIFT: Deed = Deed::creating("shift.open");
const CLOSE_SHIFT: Deed = Deed::changing("shift.close");
const GRANT: Deed = Deed::creating("allowance.grant");
const END: Deed = Deed::changing("allowance.end");
const COUNT: Deed = Deed::creating("allowance.count");

/// Enrol an operator
#[utoipa::path(post, path = "/v1/operators", tag = "counter", request_body = EnrolOperator,
    responses((status = 201, description = "Enrolled", body = Receipt<Named>)))]
pub(super) async fn enrol(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: EnrolOperator, _: &Caller| parse::operator(&said);
    gateway.perform(ENROL, &sent, "", meant, named).await
}

/// End an operator's time at the station
///
/// A shift that is open is closed with it.
#[utoipa::path(post, path = "/v1/operators/{id}/retire", tag = "counter",
    params(("id" = String, Path, description = "The operator")),
    responses((status = 200, description = "Retired", body = Receipt<Named>)))]
pub(super) async fn retire(
    Here(gateway): Here,
    PathText(operator): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |_: Bare, _: &Caller| {
        OperatorId::from_path(&operator, Noun::Operator).map(operator::Command::Retire)
    };
    gateway.perform(RETIRE, &sent, &operator, meant, named).await
}

/// Say whether a station hands anything out without a shift
#[utoipa::path(post, path = "/v1/stations/{id}/shifts", tag = "counter",
    params(("id" = String, Path, description = "The station")), request_body = SetShifts,
    responses((status = 200, description = "From now on", body = Receipt<StationShifts>)))]
pub(super) async fn set_shifts(
    Here(gateway): Here,
    PathText(station): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: SetShifts, _: &Caller| {
        Ok(parse::shifts(StationId::from_path(&station, Noun::Station)?, &said))
    };
    gateway.perform(SET_SHIFTS, &sent, &station, meant, shifts_set).await
}

/// Open a shift at the station that the key is bound to
#[utoipa::path(post, path = "/v1/shifts", tag = "counter", request_body = OpenShift,
    responses((status = 201, description = "Opened", body = Receipt<ShiftChanged>)))]
pub(super) async fn open(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: OpenShift, caller: &Caller| parse::open_shift(caller.station()?, &said);
    gateway.perform(OPEN_SHIFT, &sent, "", meant, shift).await
}

/// Close a shift
#[utoipa::path(post, path = "/v1/shifts/{id}/close", tag = "counter",
    params(("id" = String, Path, description = "The shift")),
    responses((status = 200, description = "Closed", body = Receipt<ShiftChanged>)))]
pub(super) async fn close(
    Here(gateway): Here,
    PathText(id): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |_: Bare, caller: &Caller| {
        let shift = ShiftId::from_path(&id, Noun::Shift)?;
        Ok(operator::Command::CloseShift { shift, station: caller.station()? })
    };
    gateway.perform(CLOSE_SHIFT, &sent, &id, meant, shift).await
}

/// Grant a station an allowance
///
/// What it may hand out off line, in all and to each person. The office of the key answers for what
/// residents turn out not to have had.
#[utoipa::path(post, path = "/v1/allowances", tag = "counter", request_body = GrantAllowance,
    responses((status = 201, description = "Granted", body = Receipt<AllowanceGranted>)))]
pub(super) async fn grant(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: GrantAllowance, caller: &Caller| parse::grant(caller.officer()?, &said);
    gateway.perform(GRANT, &sent, "", meant, granted).await
}

/// End an allowance before its time
///
/// Slips of before still count.
#[utoipa::path(post, path = "/v1/allowances/{id}/end", tag = "counter",
    params(("id" = String, Path, description = "The allowance")),
    responses((status = 200, description = "Ended", body = Receipt<AllowanceEnded>)))]
pub(super) async fn end(
    Here(gateway): Here,
    PathText(id): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |_: Bare, caller: &Caller| {
        let allowance = AllowanceId::from_path(&id, Noun::Allowance)?;
        Ok(allowance::Command::End { allowance, officer: caller.officer()? })
    };
    gateway.perform(END, &sent, &id, meant, allowance_ended).await
}

/// Bring a slip in that was written off line
///
/// It counts once. What can't be counted is in the log all the same, with the reason.
#[utoipa::path(post, path = "/v1/slips", tag = "counter", request_body = OfflineSlip,
    responses((status = 201, description = "Counted or reported", body = Receipt<SlipOutcome>)))]
pub(super) async fn count(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    gateway.perform(COUNT, &sent, "", counted, slip_outcome).await
}

/// Bring up to 1,000 slips in
#[utoipa::path(post, path = "/v1/slips/bulk", tag = "counter", request_body = Bulk<OfflineSlip>,
    responses((status = 200, description = "An answer for each", body = BulkAnswer<SlipOutcome>)))]
pub(super) async fn count_bulk(Here(gateway): Here, sent: SentMany) -> Result<Response, Problem> {
    gateway.perform_all(COUNT, &sent, counted, slip_outcome).await
}

fn counted(said: OfflineSlip, caller: &Caller) -> Result<allowance::Command, Problem> {
    Ok(allowance::Command::Count(parse::off_line(caller.station()?, &said)?))
}
