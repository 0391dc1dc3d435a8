//! Redemption at the station whose key it is.

use axum::response::Response;
use linli_api as api;
use linli_api::card::SlipShown;
use linli_api::page::Page;
use linli_api::receipt::Receipt;
use linli_api::redemption::{
    Basket, CaptureRedemption, LineReturned, Redeemed, ReturnRedemption, Returned, VoidRedemption,
    Wish,
};
use linli_domain::Noun;
use linli_domain::calendar::Day;
use linli_domain::id::RedemptionId;
use linli_domain::redemption::{self, Command, Status};
use linli_domain::time::Timestamp;
use linli_readmodel::Projection;
use linli_readmodel::redemptions::{LeftLine, LineItem, LotUsed, ReturnedLine, Slip};

use crate::calendar::span;
use crate::caller::Caller;
use crate::command::Deed;
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::{self, Path as _, Spoken};
use crate::problem::{Problem, unknown};
use crate::receipt::{amount, id, instant, redeemed, returned};
use crate::request::{Cursor as _, PathText, Reading, Sent};
use crate::routes::resources::no_day;
use crate::told::{Seen, fault, shown};

const RESERVE: Deed = Deed::creating("redemption.reserve");
const CAPTURE: Deed = Deed::changing("redemption.capture");
const VOID: Deed = Deed::changing("redemption.void");
const RETURN: Deed = Deed::changing("redemption.return");
const SELL: Deed = Deed::creating("redemption.sell");

/// Reserve
///
/// Sets points and stock aside until the deadline of the rules; then they are given back by
/// themselves.
#[utoipa::path(post, path = "/v1/redemptions", tag = "redemptions", request_body = Basket,
    responses((status = 201, description = "Reserved", body = Receipt<Redeemed>)))]
pub(super) async fn reserve(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    gateway.redeem(RESERVE, &sent, Command::Reserve).await
}

/// Hand out what was reserved, or a part of it
///
/// Without a body all of it is handed out. Points for the rest go back to the lots that they were
/// taken from, goods to the shelf; the redemption is over.
#[utoipa::path(post, path = "/v1/redemptions/{id}/capture", tag = "redemptions",
    params(("id" = String, Path, description = "The redemption")),
    request_body = CaptureRedemption,
    responses((status = 200, description = "Handed out", body = Receipt<Redeemed>)))]
pub(super) async fn capture(
    Here(gateway): Here,
    PathText(redemption): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let said: CaptureRedemption = sent.said()?;
    let station = sent.caller.station()?;
    let id = RedemptionId::from_path(&redemption, Noun::Redemption)?;
    let (_, shown) = gateway.presented(station, said.shown.as_ref()).await?;
    let command = parse::capture(id, station, shown, &said)?;
    gateway.submit(CAPTURE, &sent, &redemption, command.into(), redeemed).await
}

/// Give back what was reserved
#[utoipa::path(post, path = "/v1/redemptions/{id}/void", tag = "redemptions",
    params(("id" = String, Path, description = "The redemption")), request_body = VoidRedemption,
    responses((status = 200, description = "Given back", body = Receipt<Redeemed>)))]
pub(super) async fn void(
    Here(gateway): Here,
    PathText(redemption): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: VoidRedemption, caller: &Caller| {
        let redemption = RedemptionId::from_path(&redemption, Noun::Redemption)?;
        Ok(parse::void_reason(redemption, caller.station()?, said.reason))
    };
    gateway.perform(VOID, &sent, &redemption, meant, redeemed).await
}

/// Take back what was handed out
///
/// The points go back to the lots that had paid, with their dates: what has passed its date lapses
/// at once, unless the fault is the station's or the supplier's.
#[utoipa::path(post, path = "/v1/redemptions/{id}/return", tag = "redemptions",
    params(("id" = String, Path, description = "The redemption")), request_body = ReturnRedemption,
    responses((status = 200, description = "Taken back", body = Receipt<Returned>)))]
pub(super) async fn give_back(
    Here(gateway): Here,
    PathText(redemption): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: ReturnRedemption, caller: &Caller| {
        let redemption = RedemptionId::from_path(&redemption, Noun::Redemption)?;
        parse::returning(redemption, caller.station()?, &said)
    };
    gateway.perform(RETURN, &sent, &redemption, meant, returned).await
}

/// Sell over the counter
///
/// Reserves and hands out at once.
#[utoipa::path(post, path = "/v1/sales", tag = "redemptions", request_body = Basket,
    responses((status = 201, description = "Handed out", body = Receipt<Redeemed>)))]
pub(super) async fn sell(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    gateway.redeem(SELL, &sent, Command::Sell).await
}

/// What is reserved at the station that the key is bound to, and waits to be handed out
///
/// Oldest first. With a `day`, all that was reserved or sold there on that day, newest first.
#[utoipa::path(get, path = "/v1/redemptions", tag = "redemptions",
    params(("day" = Option<String>, Query, description = "Of this day, such as 2025-03-05, or `today`"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them", body = Page<api::redemption::Redemption>)))]
pub(super) async fn waiting(
    Here(gateway): Here,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let day = reading.asked.text("day");
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor()?);
    reading.asked.done()?;
    let station = reading.caller.station()?;
    let Seen(position) = gateway.see(&[Projection::Redemptions], reading.after).await?;
    let page = match day {
        None => gateway.reader.open_slips_at(station, cursor, limit).await,
        Some(day) => {
            let span = gateway.day(&day).await?;
            gateway.reader.slips_in(station, span, cursor, limit).await
        }
    };
    let page = page.map_err(fault)?;
    let items = page.rows.iter().map(of_slip).collect();
    Ok(shown(position, &Page { items, next: page.next.map(|next| next.write()) }))
}

/// A redemption
///
/// A station sees those of its own counter.
#[utoipa::path(get, path = "/v1/redemptions/{id}", tag = "redemptions",
    params(("id" = String, Path, description = "The redemption")),
    responses((status = 200, description = "The redemption", body = api::redemption::Redemption)))]
pub(super) async fn show(
    Here(gateway): Here,
    PathText(redemption): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let redemption = RedemptionId::from_path(&redemption, Noun::Redemption)?;
    let Seen(position) = gateway.see(&[Projection::Redemptions], reading.after).await?;
    let slip = gateway.reader.redemption(redemption).await.map_err(fault)?;
    let may = |slip: &Slip| reading.caller.sees_station(slip.redemption.station);
    let slip = slip.filter(may).ok_or_else(|| unknown(Noun::Redemption))?;
    Ok(shown(position, &of_slip(&slip)))
}

impl Inner {
    /// From when to when a day is, by the clock on the wall; today by the ledger's.
    async fn day(&self, text: &str) -> Result<(Timestamp, Timestamp), Problem> {
        let now = self.ledger_clock().await;
        let zone = self.calendar_at(now).await?.zone;
        let day = match text {
            "today" => Day::from_number(zone.day_and_minute(now).0),
            text => Day::parse(text).ok_or_else(no_day)?,
        };
        Ok(span(zone, day))
    }

    /// A redemption that a basket tells of.
    async fn redeem(
        &self,
        deed: Deed,
        sent: &Sent,
        command: fn(redemption::Basket) -> Command,
    ) -> Result<Response, Problem> {
        let said: Basket = sent.said()?;
        let station = sent.caller.station()?;
        let presented = self.presented(station, said.shown.as_ref()).await?;
        let basket = parse::basket(station, presented, &said)?;
        self.submit(deed, sent, "", command(basket).into(), redeemed).await
    }
}

fn of_slip(slip: &Slip) -> api::redemption::Redemption {
    let row = &slip.redemption;
    let line = |line: &LineItem| api::redemption::SlipLine {
        item: id(line.item),
        supplier: id(line.supplier),
        quantity: line.quantity,
        price: amount(line.price),
    };
    let lot = |lot: &LotUsed| api::redemption::LotTaken {
        lot: id(lot.lot),
        pool: id(lot.pool),
        expires_at: instant(lot.expires_at),
        points: amount(lot.points),
    };
    let left = |line: &LeftLine| Wish { item: id(line.item), quantity: line.quantity };
    let came_back = |line: &ReturnedLine| LineReturned {
        item: id(line.item),
        quantity: line.quantity,
        fate: line.fate.said(),
        reason: line.reason.said(),
        officer: line.officer.map(id),
    };
    let pieces = |all: &mut dyn Iterator<Item = u32>| all.map(u64::from).sum::<u64>();
    let handed = pieces(&mut slip.lines.iter().map(|line| line.quantity))
        .saturating_sub(pieces(&mut slip.left.iter().map(|line| line.quantity)));
    let back = pieces(&mut slip.returned.iter().map(|line| line.quantity));
    // Nothing is returned before something was handed out, and the lines tell when all of it was.
    let status = if back > 0 && back == handed { Status::Returned } else { row.status };
    api::redemption::Redemption {
        status: status.said(),
        slip: api::redemption::Slip {
            redemption: id(row.redemption),
            resident: id(row.resident),
            station: id(row.station),
            shift: row.handed_shift.or(row.shift).map(id),
            shown: row.handed_shown.or(row.shown).map(|by| SlipShown {
                by: by.said(),
                // Which card, and when, the receipt and the fact tell.
                card: None,
                at: None,
            }),
            lines: slip.lines.iter().map(line).collect(),
            total: amount(row.total),
            lots: slip.lots.iter().map(lot).collect(),
        },
        left: slip.left.iter().map(left).collect(),
        returned: slip.returned.iter().map(came_back).collect(),
        recorded_at: instant(row.recorded_at),
        expires_at: row.expires_at.map(instant),
        ended_at: row.ended_at.map(instant),
        reason: row.void_reason.map(Spoken::said),
    }
}
