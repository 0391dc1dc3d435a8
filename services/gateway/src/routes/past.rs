//! The past, replayed from the log: what was at a moment, and the trails of causes.

use std::sync::Arc;

use axum::http::{StatusCode, Uri};
use axum::response::Response;
use linli_api::past::{
    Moment as ApiMoment, PastPool, PastPools, PastRank, PastResident, PastRules, PastShelf,
    PastStock, Trail as ApiTrail, TrailRole, TrailStep, TrailSubject,
};
use linli_api::wallet::Lot;
use linli_archive::{ArchiveError, Moment, Past, Role, Step, Subject, Trail};
use linli_domain::area::Level;
use linli_domain::id::{AreaId, BookingId, ContributionId, RedemptionId, ResidentId};
use linli_domain::posting::Account;
use linli_domain::redemption::Status;
use linli_domain::{Noun, Position};
use linli_log::merkle::leaf_hash;

use crate::calendar::window;
use crate::caller::Caller;
use crate::command::told;
use crate::fact;
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::{self, Path as _};
use crate::problem::{Kind, Problem, unknown};
use crate::receipt::{amount, id, instant, slip};
use crate::request::{Asked, PathText};
use crate::routes::rankings::asked_window;
use crate::told::{fault, log_fault};

/// A resident at a moment
///
/// Wallet, lots, open slips, merit, minutes and stars as they were, replayed from the log.
#[utoipa::path(get, path = "/v1/past/residents/{id}", tag = "past",
    params(("id" = String, Path, description = "The resident"),
        ("position" = Option<u64>, Query, description = "After the record at this position"),
        ("at" = Option<String>, Query, description = "Or at this instant (RFC 3339)")),
    responses((status = 200, description = "The resident then", body = PastResident)))]
pub(super) async fn resident(
    Here(gateway): Here,
    PathText(resident): PathText,
    _: Caller,
    uri: Uri,
) -> Result<Response, Problem> {
    let wanted = ResidentId::from_path(&resident, Noun::Resident)?;
    let past = gateway.past(Asked::of(&uri)?).await?;
    let state = past.state();
    let resident = state.residents().get(wanted).ok_or_else(|| unknown(Noun::Resident))?;
    let lot = |lot: &linli_domain::wallet::Lot| Lot {
        lot: id(lot.lot),
        pool: id(lot.pool),
        expires_at: instant(lot.expires_at),
        available: amount(lot.available),
        held: amount(lot.held),
    };
    let rules = state.rules().in_force(state.recorded_at());
    let open = state.redemptions().sorted().filter(|(_, one)| one.status == Status::Reserved);
    let holds = open.filter_map(|(_, one)| one.slip.as_deref());
    let body = PastResident {
        moment: moment(&past),
        resident: id(wanted),
        available: amount(resident.wallet.available.points),
        held: amount(resident.wallet.held.points),
        minutes: resident.minutes.get(),
        honour_minutes: resident.honour_minutes.get(),
        merit: amount(resident.merit),
        stars: rules.map_or(0, |rules| rules.stars(resident.minutes)),
        lots: resident.wallet.lots().iter().map(lot).collect(),
        holds: holds.filter(|open| open.resident == wanted).map(slip).collect(),
    };
    Ok(told(StatusCode::OK, past.position(), &body))
}

/// A resident's rank at a moment
///
/// On the board of an area in the period that held the moment. Equals share a place.
#[utoipa::path(get, path = "/v1/past/residents/{id}/rank", tag = "past",
    params(("id" = String, Path, description = "The resident"),
        ("area" = Option<String>, Query, description = "The area; the district unless told"),
        ("window" = Option<String>, Query, description = "`week`, `month`, `quarter`, `year` or `all`, which it is unless told"),
        ("position" = Option<u64>, Query, description = "After the record at this position"),
        ("at" = Option<String>, Query, description = "Or at this instant (RFC 3339)")),
    responses((status = 200, description = "The place then, if there was one", body = PastRank)))]
pub(super) async fn rank(
    Here(gateway): Here,
    PathText(resident): PathText,
    _: Caller,
    uri: Uri,
) -> Result<Response, Problem> {
    let wanted = ResidentId::from_path(&resident, Noun::Resident)?;
    let mut asked = Asked::of(&uri)?;
    let (area, window) = (asked.id::<AreaId>("area")?, window(asked_window(&mut asked)?));
    // The past is kept by the calendar.
    let window =
        window.ok_or_else(|| Problem::plain(Kind::InvalidQuery).with("field", "window"))?;
    let past = gateway.past(asked).await?;
    let state = past.state();
    state.residents().get(wanted).ok_or_else(|| unknown(Noun::Resident))?;
    let district = || state.areas().sorted().find(|(_, area)| area.level == Level::District);
    let area = match area {
        Some(area) => state.areas().get(area).map(|area| area.area),
        None => district().map(|(id, _)| id),
    };
    let area = area.ok_or_else(|| unknown(Noun::Area))?;
    let place = past.rank(area, window, wanted);
    let body = PastRank {
        moment: moment(&past),
        resident: id(wanted),
        area: id(area),
        rank: place.map(|place| place.rank),
        of: place.map(|place| place.of),
        merit: place.map(|place| amount(place.merit)),
    };
    Ok(told(StatusCode::OK, past.position(), &body))
}

/// All shelves at a moment
#[utoipa::path(get, path = "/v1/past/stock", tag = "past",
    params(("position" = Option<u64>, Query, description = "After the record at this position"),
        ("at" = Option<String>, Query, description = "Or at this instant (RFC 3339)")),
    responses((status = 200, description = "What stood on the shelves then", body = PastStock)))]
pub(super) async fn stock(Here(gateway): Here, _: Caller, uri: Uri) -> Result<Response, Problem> {
    let past = gateway.past(Asked::of(&uri)?).await?;
    let shelves = past.state().shelves().sorted().map(|((station, item), shelf)| PastShelf {
        station: id(station),
        item: id(item),
        received: shelf.received,
        on_hand: shelf.on_hand,
        reserved: shelf.reserved,
        delivered: shelf.delivered,
    });
    let body = PastStock { moment: moment(&past), shelves: shelves.collect() };
    Ok(told(StatusCode::OK, past.position(), &body))
}

/// All pools at a moment
#[utoipa::path(get, path = "/v1/past/pools", tag = "past",
    params(("position" = Option<u64>, Query, description = "After the record at this position"),
        ("at" = Option<String>, Query, description = "Or at this instant (RFC 3339)")),
    responses((status = 200, description = "What was in the pools then", body = PastPools)))]
pub(super) async fn pools(Here(gateway): Here, _: Caller, uri: Uri) -> Result<Response, Problem> {
    let past = gateway.past(Asked::of(&uri)?).await?;
    let state = past.state();
    let pools = state.pools().sorted().map(|(pool, named)| PastPool {
        pool: id(pool),
        code: named.code.to_string(),
        funded: amount(state.balance(Account::Funder(pool)).points.negated()),
        left: amount(state.balance(Account::Pool(pool)).points),
        lapsed: amount(state.balance(Account::Expired(pool)).points),
    });
    let body = PastPools { moment: moment(&past), pools: pools.collect() };
    Ok(told(StatusCode::OK, past.position(), &body))
}

/// The rules in force at a moment
#[utoipa::path(get, path = "/v1/past/rules", tag = "past",
    params(("position" = Option<u64>, Query, description = "After the record at this position"),
        ("at" = Option<String>, Query, description = "Or at this instant (RFC 3339)")),
    responses((status = 200, description = "Their version, and what had been published", body = PastRules)))]
pub(super) async fn rules(Here(gateway): Here, _: Caller, uri: Uri) -> Result<Response, Problem> {
    let past = gateway.past(Asked::of(&uri)?).await?;
    let state = past.state();
    let last = state.rules().latest().map_or(0, |rules| rules.version.0);
    let body = PastRules {
        moment: moment(&past),
        version: state.rules().in_force(state.recorded_at()).map(|rules| rules.version.0),
        published: (1..=last).collect(),
    };
    Ok(told(StatusCode::OK, past.position(), &body))
}

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

impl Inner {
    /// What was at the moment that the rest of a query names; at the log's end if it names none.
    pub(super) async fn past(&self, mut asked: Asked) -> Result<Arc<Past>, Problem> {
        let position =
            asked.value("position")?.map(|position| Moment::Position(Position(position)));
        let at = asked.text("at");
        let at = at.map(|at| parse::instant("at", &at.into()).map(Moment::Instant)).transpose()?;
        asked.done()?;
        let moment = match (position, at) {
            (Some(_), Some(_)) => {
                return Err(Problem::plain(Kind::InvalidQuery).with("field", "at"));
            }
            (Some(moment), None) | (None, Some(moment)) => moment,
            (None, None) => {
                let head = self.log.head(&self.district).await.map_err(log_fault)?;
                Moment::Position(Position(head.map_or(0, |head| head.last)))
            }
        };
        self.archive.at(moment).await.map_err(past_fault)
    }

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
    }
}

pub(super) fn moment(past: &Past) -> ApiMoment {
    ApiMoment { position: past.position().0, recorded_at: instant(past.state().recorded_at()) }
}

/// A past that can't be told.
pub(super) fn past_fault(error: ArchiveError) -> Problem {
    match error {
        ArchiveError::Beyond { head } => Problem::new(
            Kind::InvalidQuery,
            format!("日志目前只到第 {head} 条。"),
            format!("The log ends at {head} so far."),
        )
        .with("field", "position")
        .with("head", head.0),
        ArchiveError::Log(error) => log_fault(error),
        ArchiveError::Rows(error) => fault(error),
        error @ (ArchiveError::Record { .. }
        | ArchiveError::Contradiction(_)
        | ArchiveError::Interrupted(_)) => Problem::fault(Kind::Internal, &error),
    }
}
