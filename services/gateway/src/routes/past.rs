//! The past, replayed from the log: what was at a moment, and the trails of causes.

use std::sync::Arc;

use axum::http::{StatusCode, Uri};
use axum::response::Response;
use linli_api::past::{
    Moment as ApiMoment, PastHold, PastPool, PastPools, PastRank, PastResident, PastRules,
    PastShelf, PastStock,
};
use linli_api::wallet::Lot;
use linli_archive::{ArchiveError, Moment, Past};
use linli_domain::area::Level;
use linli_domain::id::{AreaId, BookingId, RedemptionId, ResidentId, VoucherId};
use linli_domain::posting::Account;
use linli_domain::{Noun, Position};
use utoipa_axum::routes;

use crate::calendar::window;
use crate::caller::Caller;
use crate::command::told;
use crate::front::Here;
use crate::gateway::Inner;
use crate::key::Scope;
use crate::parse::{self, Path as _};
use crate::problem::{Kind, Problem, unknown};
use crate::receipt::{amount, id, instant};
use crate::request::{Asked, PathText};
use crate::routes::listing::Listing;
use crate::routes::past_holds::{of_booking, of_redemption, of_voucher, open_holds};
use crate::routes::rankings::asked_window;
use crate::routes::{time_bank, trails, trials};
use crate::told::{fault, log_fault};

/// The routes of the past and of its trails.
pub(super) fn listed(listing: Listing) -> Listing {
    listing
        .plain(Scope::LogRead, routes!(resident))
        .plain(Scope::LogRead, routes!(rank))
        .plain(Scope::LogRead, routes!(hold))
        .plain(Scope::LogRead, routes!(stock))
        .plain(Scope::LogRead, routes!(pools))
        .plain(Scope::LogRead, routes!(time_bank::past))
        .plain(Scope::LogRead, routes!(rules))
        .plain(Scope::LogRead, routes!(trails::of_redemption))
        .plain(Scope::LogRead, routes!(trails::of_contribution))
        .plain(Scope::LogRead, routes!(trails::of_booking))
        .plain(Scope::LogRead, routes!(trails::of_voucher))
        .bulk(Scope::RulesWrite, routes!(trials::run))
}

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
    let body = PastResident {
        moment: moment(&past),
        resident: id(wanted),
        available: amount(resident.wallet.available.points),
        held: amount(resident.wallet.held.points),
        receivable: amount(resident.wallet.receivable.points),
        minutes: resident.minutes.get(),
        honour_minutes: resident.honour_minutes.get(),
        merit: amount(resident.merit),
        stars: rules.map_or(0, |rules| rules.stars(resident.minutes)),
        lots: resident.wallet.lots().iter().map(lot).collect(),
        holds: open_holds(state, wanted),
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

/// A hold at a moment
///
/// A redemption, a booking or a voucher by its id: how far it had come, and what was set aside for it.
#[utoipa::path(get, path = "/v1/past/holds/{id}", tag = "past",
    params(("id" = String, Path, description = "The redemption, booking or voucher"),
        ("position" = Option<u64>, Query, description = "After the record at this position"),
        ("at" = Option<String>, Query, description = "Or at this instant (RFC 3339)")),
    responses((status = 200, description = "What it was then", body = PastHold)))]
pub(super) async fn hold(
    Here(gateway): Here,
    PathText(hold): PathText,
    _: Caller,
    uri: Uri,
) -> Result<Response, Problem> {
    let redemption = RedemptionId::from_path(&hold, Noun::Redemption)?;
    let (booking, voucher) = (
        BookingId::from_path(&hold, Noun::Redemption)?,
        VoucherId::from_path(&hold, Noun::Redemption)?,
    );
    let past = gateway.past(Asked::of(&uri)?).await?;
    let state = past.state();
    let found = state.redemptions().get(redemption).map(|one| of_redemption(redemption, one));
    let found = found
        .or_else(|| state.bookings().get(booking).map(|one| of_booking(booking, one)))
        .or_else(|| state.vouchers().get(voucher).map(|one| of_voucher(voucher, one)));
    let hold = found.ok_or_else(|| unknown(Noun::Redemption))?;
    Ok(told(StatusCode::OK, past.position(), &PastHold { moment: moment(&past), hold }))
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
        claims: amount(state.balance(Account::Claims(pool)).points.negated()),
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
