//! The counter: its operators and their shifts, and what it hands out while it is off line.

use axum::response::Response;
use linli_api::bulk::{Bulk, BulkAnswer};
use linli_api::counter::{
    AllowanceEnded, AllowanceGranted, EnrolOperator, GrantAllowance, OfflineSlip, OpenShift,
    SetPin, SetShifts, ShiftChanged, SlipOutcome, StationShifts,
};
use linli_api::receipt::{Named, Receipt};
use linli_domain::id::{AllowanceId, OperatorId, ShiftId, StationId};
use linli_domain::text::CardCode;
use linli_domain::{Noun, Position, allowance, operator};

use crate::caller::Caller;
use crate::command::{Bare, Deed};
use crate::front::Here;
use crate::gateway::{Inner, now};
use crate::parse::{self, Path as _};
use crate::pin::{Holder, Pin, PinError, Verdict};
use crate::problem::{Kind, Problem, pin_locked, pin_wrong};
use crate::receipt::{allowance_ended, granted, named, shift, shifts_set, slip_outcome};
use crate::request::{PathText, Sent, SentMany, SentPlain, json};
use crate::told::shown;

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

/// Give an operator a PIN
///
/// With it the operator opens shifts. It is kept hashed and beside the log; what was locked after wrong
/// ones is open again.
#[utoipa::path(put, path = "/v1/operators/{id}/pin", tag = "counter", request_body = SetPin,
    params(("id" = String, Path, description = "The operator")),
    responses((status = 200, description = "Kept; the body is `null`")))]
pub(super) async fn set_pin(
    Here(gateway): Here,
    PathText(operator): PathText,
    sent: SentPlain,
) -> Result<Response, Problem> {
    let operator = OperatorId::from_path(&operator, Noun::Operator)?;
    gateway.keep_pin(Holder::Operator(operator), new_pin(&sent)?).await?;
    Ok(shown(Position::START, &()))
}

/// Change an operator's PIN at the counter
///
/// The present one is sent in the header. Thus nobody but the operator knows it from then on.
#[utoipa::path(post, path = "/v1/operators/{id}/pin-change", tag = "counter", request_body = SetPin,
    params(("id" = String, Path, description = "The operator"),
        ("operator-pin" = String, Header, description = "The present PIN")),
    responses((status = 200, description = "Kept; the body is `null`")))]
pub(super) async fn change_pin(
    Here(gateway): Here,
    PathText(operator): PathText,
    present: Pin,
    sent: SentPlain,
) -> Result<Response, Problem> {
    let operator = OperatorId::from_path(&operator, Noun::Operator)?;
    let (holder, pin) = (Holder::Operator(operator), new_pin(&sent)?);
    gateway.check_pin(holder, present).await?;
    gateway.keep_pin(holder, pin).await?;
    Ok(shown(Position::START, &()))
}

/// The PIN that is to be kept.
pub(super) fn new_pin(sent: &SentPlain) -> Result<Pin, Problem> {
    let said: SetPin = json(&sent.body)?;
    Pin::new(&said.pin).ok_or_else(|| Problem::plain(Kind::PinMalformed))
}

/// Open a shift at the station that the key is bound to
///
/// With the operator's PIN in a header: the log has the hash of every body, and what has so few digits
/// is found by trying.
#[utoipa::path(post, path = "/v1/shifts", tag = "counter", request_body = OpenShift,
    params(("operator-pin" = String, Header, description = "The operator's PIN")),
    responses((status = 201, description = "Opened", body = Receipt<ShiftChanged>)))]
pub(super) async fn open(Here(gateway): Here, pin: Pin, sent: Sent) -> Result<Response, Problem> {
    let said: OpenShift = json(&sent.body)?;
    let opening = parse::open_shift(sent.caller.station()?, &said)?;
    gateway.check_pin(Holder::Operator(opening.operator), pin).await?;
    let command = operator::Command::OpenShift(opening).into();
    gateway.submit(OPEN_SHIFT, &sent, "", command, shift).await
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

impl Inner {
    pub(super) async fn keep_pin(&self, holder: Holder, pin: Pin) -> Result<(), Problem> {
        self.pins.set(holder, pin, now()).await.map_err(|error| failed(&error))
    }

    /// Keeps a card's first PIN; false where there is one.
    pub(super) async fn keep_first_pin(&self, card: CardCode, pin: Pin) -> Result<bool, Problem> {
        let kept = self.pins.set_first(Holder::Card(card), pin, now()).await;
        kept.map_err(|error| failed(&error))
    }

    /// Refuses whatever isn't the PIN.
    pub(super) async fn check_pin(&self, holder: Holder, pin: Pin) -> Result<(), Problem> {
        let verdict = self.pins.check(holder, pin, now()).await;
        match verdict.map_err(|error| failed(&error))? {
            Verdict::Right => Ok(()),
            Verdict::Wrong { left } => Err(pin_wrong(left)),
            Verdict::Locked { until } => Err(pin_locked(until)),
            Verdict::NotSet => Err(Problem::plain(Kind::PinNotSet)),
        }
    }
}

fn failed(error: &PinError) -> Problem {
    let kind = match error {
        PinError::Connection(_) | PinError::Statement(_) => Kind::Unavailable,
        PinError::Hash(_) | PinError::Row(_) | PinError::Stopped(_) => Kind::Internal,
    };
    Problem::fault(kind, error)
}
