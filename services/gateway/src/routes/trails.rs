//! The trails of causes: from what was bought back to what earned it, and on from there.

use axum::http::StatusCode;
use axum::response::Response;
use linli_api::past::{Trail as ApiTrail, TrailRole, TrailStep, TrailSubject};
use linli_archive::{Role, Step, Subject, Trail};
use linli_domain::id::{BookingId, ContributionId, RedemptionId, VoucherId};
use linli_domain::{Noun, Position};
use linli_log::merkle::leaf_hash;

use crate::caller::Caller;
use crate::command::told;
use crate::fact;
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::Path as _;
use crate::problem::{Problem, unknown};
use crate::receipt::{amount, id};
use crate::request::PathText;
use crate::routes::past::past_fault;

/// The trail of a redemption
///
/// Back through the lots that paid, their awards, the rules and the officers' words, to the
/// claims with their evidence.
#[utoipa::path(get, path = "/v1/trails/redemptions/{id}", tag = "past",
    params(("id" = String, Path, description = "The redemption")),
    responses((status = 200, description = "Its records, in the order of the log", body = ApiTrail)))]
pub(super) async fn of_redemption(
    Here(gateway): Here,
    PathText(redemption): PathText,
    _: Caller,
) -> Result<Response, Problem> {
    let redemption = RedemptionId::from_path(&redemption, Noun::Redemption)?;
    gateway.trail(Subject::Redemption(redemption), Noun::Redemption).await
}

/// The trail of a contribution
///
/// From the claim and its evidence through the award, forward to what its points bought.
#[utoipa::path(get, path = "/v1/trails/contributions/{id}", tag = "past",
    params(("id" = String, Path, description = "The contribution")),
    responses((status = 200, description = "Its records, in the order of the log", body = ApiTrail)))]
pub(super) async fn of_contribution(
    Here(gateway): Here,
    PathText(contribution): PathText,
    _: Caller,
) -> Result<Response, Problem> {
    let contribution = ContributionId::from_path(&contribution, Noun::Contribution)?;
    gateway.trail(Subject::Contribution(contribution), Noun::Contribution).await
}

/// The trail of a booking
///
/// From the waiting list, if it came from one, to its end, and back through the lots that paid, their
/// awards, the rules and the officers' words, to the claims with their evidence.
#[utoipa::path(get, path = "/v1/trails/bookings/{id}", tag = "past",
    params(("id" = String, Path, description = "The booking")),
    responses((status = 200, description = "Its records, in the order of the log", body = ApiTrail)))]
pub(super) async fn of_booking(
    Here(gateway): Here,
    PathText(booking): PathText,
    _: Caller,
) -> Result<Response, Problem> {
    let booking = BookingId::from_path(&booking, Noun::Booking)?;
    gateway.trail(Subject::Booking(booking), Noun::Booking).await
}

/// The trail of a voucher
///
/// Back through the lots that paid, their awards, the rules and the officers' words, to the claims
/// with their evidence, and on to its end.
#[utoipa::path(get, path = "/v1/trails/vouchers/{id}", tag = "past",
    params(("id" = String, Path, description = "The voucher")),
    responses((status = 200, description = "Its records, in the order of the log", body = ApiTrail)))]
pub(super) async fn of_voucher(
    Here(gateway): Here,
    PathText(voucher): PathText,
    _: Caller,
) -> Result<Response, Problem> {
    let voucher = VoucherId::from_path(&voucher, Noun::Voucher)?;
    gateway.trail(Subject::Voucher(voucher), Noun::Voucher).await
}

impl Inner {
    async fn trail(&self, subject: Subject, noun: Noun) -> Result<Response, Problem> {
        let trail = self.archive.trail(subject).await.map_err(past_fault)?;
        let Trail { subject, steps } = trail.ok_or_else(|| unknown(noun))?;
        let last = steps.last().map_or(Position::START, |step| step.record.position);
        let body = ApiTrail { subject: of(subject), steps: steps.iter().map(step).collect() };
        Ok(told(StatusCode::OK, last, &body))
    }
}

fn step(step: &Step) -> TrailStep {
    TrailStep {
        role: match step.role {
            Role::Claimed => TrailRole::Claimed,
            Role::Attached => TrailRole::Attached,
            Role::Judged => TrailRole::Judged,
            Role::Awarded => TrailRole::Awarded,
            Role::Reversed => TrailRole::Reversed,
            Role::Rules => TrailRole::Rules,
            Role::Waited => TrailRole::Waited,
            Role::Spent => TrailRole::Spent,
            Role::Ended => TrailRole::Ended,
            Role::Returned => TrailRole::Returned,
        },
        lot: step.lot.map(id),
        points: step.points.map(amount),
        follow: step.subject().map(of),
        record: fact::record(&step.record, &step.bytes, leaf_hash(&step.bytes).0),
    }
}

fn of(subject: Subject) -> TrailSubject {
    match subject {
        Subject::Redemption(redemption) => TrailSubject::Redemption(id(redemption)),
        Subject::Contribution(contribution) => TrailSubject::Contribution(id(contribution)),
        Subject::Booking(booking) => TrailSubject::Booking(id(booking)),
        Subject::Voucher(voucher) => TrailSubject::Voucher(id(voucher)),
    }
}
