//! What is kept of a station's counter: operators, shifts, allowances, and slips written off line.

use axum::response::Response;
use linli_api::counter::{Allowance, OfflineWritten, Operator, Shift};
use linli_api::page::Page;
use linli_domain::Position;
use linli_domain::id::StationId;
use linli_domain::quantity::Points;
use linli_readmodel::redemptions::{self as rows, AtCounter};
use linli_readmodel::{Page as Rows, Projection};

use crate::front::Here;
use crate::gateway::Inner;
use crate::key::KeyKind;
use crate::parse::Spoken as _;
use crate::problem::{Kind, Problem};
use crate::receipt::{amount, id, instant};
use crate::request::{Cursor as _, Reading};
use crate::told::{Seen, fault, shown};

/// The operators of a station, newest first
///
/// A station's key names none: it is its own.
#[utoipa::path(get, path = "/v1/operators", tag = "counter",
    params(("station" = Option<String>, Query, description = "Which; left out with a station's key"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them", body = Page<Operator>)))]
pub(super) async fn operators(
    Here(gateway): Here,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let ask = ask(&mut reading)?;
    let seen = gateway.see_counter(&reading).await?;
    let page = gateway.reader.operators_at(ask).await.map_err(fault)?;
    Ok(page_of(seen, page, operator))
}

/// The shifts of a station, newest first
#[utoipa::path(get, path = "/v1/shifts", tag = "counter",
    params(("station" = Option<String>, Query, description = "Which; left out with a station's key"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them", body = Page<Shift>)))]
pub(super) async fn shifts(Here(gateway): Here, mut reading: Reading) -> Result<Response, Problem> {
    let ask = ask(&mut reading)?;
    let seen = gateway.see_counter(&reading).await?;
    let page = gateway.reader.shifts_at(ask).await.map_err(fault)?;
    Ok(page_of(seen, page, shift))
}

/// The allowances of a station with what was used of them, newest first
#[utoipa::path(get, path = "/v1/allowances", tag = "counter",
    params(("station" = Option<String>, Query, description = "Which; left out with a station's key"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them", body = Page<Allowance>)))]
pub(super) async fn allowances(
    Here(gateway): Here,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let ask = ask(&mut reading)?;
    let seen = gateway.see_counter(&reading).await?;
    let page = gateway.reader.allowances_at(ask).await.map_err(fault)?;
    Ok(page_of(seen, page, allowance))
}

/// The slips that a station wrote off line, as they were brought in last, newest first
///
/// With `open=true` those alone that don't count yet: somebody has to look into them. What stands on one
/// tells its record.
#[utoipa::path(get, path = "/v1/slips", tag = "counter",
    params(("station" = Option<String>, Query, description = "Which; left out with a station's key"),
        ("open" = Option<bool>, Query, description = "Those alone that don't count"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them", body = Page<OfflineWritten>)))]
pub(super) async fn slips(Here(gateway): Here, mut reading: Reading) -> Result<Response, Problem> {
    let open = reading.asked.value("open")?.unwrap_or(false);
    let ask = ask(&mut reading)?;
    let seen = gateway.see_counter(&reading).await?;
    let page = gateway.reader.off_line_at(ask, open).await.map_err(fault)?;
    Ok(page_of(seen, page, slip))
}

/// Of which station, and which page.
fn ask(reading: &mut Reading) -> Result<AtCounter, Problem> {
    let (limit, before) = (reading.asked.limit()?, reading.asked.cursor::<Position>()?);
    let named: Option<StationId> = reading.asked.id("station")?;
    reading.asked.done()?;
    let station = if reading.caller.kind == KeyKind::Station {
        let own = reading.caller.station()?;
        if named.is_some_and(|named| named != own) {
            return Err(Problem::plain(Kind::OtherStation));
        }
        own
    } else {
        named.ok_or_else(|| Problem::plain(Kind::InvalidQuery).with("field", "station"))?
    };
    Ok(AtCounter { station, before, limit })
}

impl Inner {
    async fn see_counter(&self, reading: &Reading) -> Result<Position, Problem> {
        let Seen(position) = self.see(&[Projection::Redemptions], reading.after).await?;
        Ok(position)
    }
}

fn page_of<R, T: serde::Serialize>(
    seen: Position,
    page: Rows<R, Position>,
    told: fn(&R) -> T,
) -> Response {
    let items: Vec<T> = page.rows.iter().map(told).collect();
    shown(seen, &Page { items, next: page.next.map(|next| next.write()) })
}

fn operator(row: &rows::Operator) -> Operator {
    Operator {
        operator: id(row.operator),
        station: id(row.station),
        enrolled_at: instant(row.recorded_at),
        retired_at: row.retired_at.map(instant),
    }
}

fn shift(row: &rows::Shift) -> Shift {
    Shift {
        shift: id(row.shift),
        operator: id(row.operator),
        station: id(row.station),
        opened_at: instant(row.opened_at),
        closes_at: instant(row.closes_at),
        closed_at: row.closed_at.map(instant),
        closed: row.closing.map(|closing| closing.said()),
    }
}

fn allowance(row: &rows::Allowance) -> Allowance {
    Allowance {
        allowance: id(row.allowance),
        station: id(row.station),
        officer: id(row.officer),
        total: amount(row.total),
        per_person: amount(row.per_person),
        granted_at: instant(row.granted_at),
        ends_at: instant(row.ends_at),
        sync_until: instant(row.sync_until),
        ended_at: row.ended_at.map(instant),
        ended_by: row.ended_by.map(id),
        slips: u32::try_from(row.slips).unwrap_or(u32::MAX),
        spent: amount(row.spent),
        left: amount(row.total.minus(row.spent).unwrap_or(Points::ZERO)),
        overspent: amount(row.overspent),
        position: row.position.0,
    }
}

fn slip(row: &rows::OffLine) -> OfflineWritten {
    OfflineWritten {
        redemption: id(row.redemption),
        allowance: id(row.allowance),
        station: id(row.station),
        number: row.number,
        resident: id(row.resident),
        total: amount(row.total),
        handed_at: instant(row.handed_at),
        standing: row.standing.said(),
        short: amount(row.short),
        position: row.position.0,
        recorded_at: instant(row.recorded_at),
    }
}
