//! Orders and whistles. The officer is the one whose key it is.

use axum::response::Response;
use linli_api::bulk::{Bulk, BulkAnswer};
use linli_api::hazard::OrderFile;
use linli_api::order::{Order, OrderChanged, OrderStep, OrderStepOne, RequestOrder};
use linli_api::page::Page;
use linli_api::receipt::Receipt;
use linli_api::whistle::{BlowWhistle, Whistle, WhistleChanged, WhistleStep, Whistles};
use linli_domain::Noun;
use linli_domain::area::Level;
use linli_domain::id::{OrderId, WhistleId};
use linli_domain::time::Timestamp;
use linli_readmodel::Projection;
use linli_readmodel::orders::OrdersOf;

use crate::caller::Caller;
use crate::command::Deed;
use crate::front::Here;
use crate::parse::{self, Path as _, Spoken as _};
use crate::problem::{Problem, unknown};
use crate::receipt::{
    hazard_row, order_changed, order_row, step_row, whistle_changed, whistle_row,
};
use crate::request::{Cursor, PathText, Reading, Sent, SentMany};
use crate::told::{Seen, fault, shown};

const REQUEST: Deed = Deed::creating("order.request");
const HANDLE: Deed = Deed::changing("order.handle");
const BLOW: Deed = Deed::creating("whistle.blow");
const ANSWER: Deed = Deed::changing("whistle.answer");

/// The most whistles that a list shows: they are few, and old ones are settled.
const WHISTLES_MAX: u32 = 200;

/// Ask for something to be seen to
#[utoipa::path(post, path = "/v1/orders", tag = "orders", request_body = RequestOrder,
    responses((status = 201, description = "The order is opened", body = Receipt<OrderChanged>)))]
pub(super) async fn request(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: RequestOrder, _: &Caller| parse::request(&said);
    gateway.perform(REQUEST, &sent, "", meant, order_changed).await
}

/// Dispatch, accept, escalate, close or check an order
///
/// Whoever accepted it closes it, and somebody else checks it. A checked order of a hazard rewards
/// the reporter in the same breath.
#[utoipa::path(post, path = "/v1/orders/{id}/steps", tag = "orders",
    params(("id" = String, Path, description = "The order")), request_body = OrderStep,
    responses((status = 200, description = "What became of it", body = Receipt<OrderChanged>)))]
pub(super) async fn handle(
    Here(gateway): Here,
    PathText(order): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: OrderStep, caller: &Caller| {
        let order = OrderId::from_path(&order, Noun::Order)?;
        parse::order_step(order, caller.officer()?, &said)
    };
    gateway.perform(HANDLE, &sent, &order, meant, order_changed).await
}

/// Do up to 1,000 things with orders
#[utoipa::path(post, path = "/v1/order-steps/bulk", tag = "orders", request_body = Bulk<OrderStepOne>,
    responses((status = 200, description = "An answer for each", body = BulkAnswer<OrderChanged>)))]
pub(super) async fn handle_bulk(Here(gateway): Here, sent: SentMany) -> Result<Response, Problem> {
    let meant = |said: OrderStepOne, caller: &Caller| {
        let order = parse::id("order", &said.order)?;
        parse::order_step(order, caller.officer()?, &said.act)
    };
    gateway.perform_all(HANDLE, &sent, meant, order_changed).await
}

/// The file of an order
///
/// With the report that opened it, later reports of the same hazard, and every step. A hazard's file
/// is the same, also while it has no order yet.
#[utoipa::path(get, path = "/v1/orders/{id}", tag = "orders",
    params(("id" = String, Path, description = "The order, or the hazard")),
    responses((status = 200, description = "The file", body = OrderFile)))]
pub(super) async fn show(
    Here(gateway): Here,
    PathText(order): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let order = OrderId::from_path(&order, Noun::Order)?;
    let Seen(position) = gateway.see(&[Projection::Orders], reading.after).await?;
    let file = gateway.reader.order_file(order.number()).await.map_err(fault)?;
    let file = file.ok_or_else(|| unknown(Noun::Order))?;
    let told = OrderFile {
        hazard: file.hazard.as_ref().map(hazard_row),
        linked: file.linked.iter().map(hazard_row).collect(),
        order: file.order.as_ref().map(order_row),
        steps: file.steps.iter().map(step_row).collect(),
    };
    Ok(shown(position, &told))
}

/// The clock and the id of the last order on a page.
struct Last(Option<Timestamp>, OrderId);

impl Cursor for Last {
    fn numbers(&self) -> Vec<i128> {
        let Self(due, order) = self;
        let due = due.map_or(0, Timestamp::microseconds);
        // A ULID's highest bit is zero for eight thousand years to come.
        vec![due.into(), i128::try_from(order.number()).unwrap_or(i128::MAX)]
    }

    fn from_numbers(numbers: &[i128]) -> Option<Self> {
        let [due, order] = numbers else { return None };
        let due = i64::try_from(*due).ok()?;
        let due = (due != 0).then(|| Timestamp::from_microseconds(due));
        Some(Self(due, OrderId::from_number(u128::try_from(*order).ok()?)))
    }
}

/// Open orders, the most urgent first
///
/// First those that have missed their last clock, then by the clock.
#[utoipa::path(get, path = "/v1/orders", tag = "orders",
    params(("unit" = Option<String>, Query, description = "Only those that stand with the officers of this area"),
        ("level" = Option<linli_api::area::Level>, Query, description = "Only those at this level"),
        ("due_before" = Option<String>, Query, description = "Only those whose clock runs out before this instant (RFC 3339); now's for what is late"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of the orders", body = Page<Order>)))]
pub(super) async fn list(Here(gateway): Here, mut reading: Reading) -> Result<Response, Problem> {
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor::<Last>()?);
    let unit = reading.asked.id("unit")?;
    let level = reading.asked.word("level")?.map(Level::heard);
    let due_before = match reading.asked.text("due_before") {
        Some(text) => Some(parse::instant("due_before", &text.into())?),
        None => None,
    };
    reading.asked.done()?;
    let wanted = OrdersOf { unit, level, due_before };
    let after = cursor.map(|Last(due, order)| (due, order));
    let Seen(position) = gateway.see(&[Projection::Orders], reading.after).await?;
    let page = gateway.reader.open_orders(wanted, after, limit).await.map_err(fault)?;
    let next = page.next.map(|(due, order)| Last(due, order).write());
    Ok(shown(position, &Page { items: page.rows.iter().map(order_row).collect(), next }))
}

/// Blow a whistle
///
/// As a member of the sub-district's leadership; the second kind as its secretary or director.
#[utoipa::path(post, path = "/v1/whistles", tag = "orders", request_body = BlowWhistle,
    responses((status = 201, description = "Blown, with its clocks", body = Receipt<WhistleChanged>)))]
pub(super) async fn blow(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: BlowWhistle, caller: &Caller| parse::blast(caller.officer()?, &said);
    gateway.perform(BLOW, &sent, "", meant, whistle_changed).await
}

/// Answer a whistle, or settle it
#[utoipa::path(post, path = "/v1/whistles/{id}/steps", tag = "orders",
    params(("id" = String, Path, description = "The whistle")), request_body = WhistleStep,
    responses((status = 200, description = "What became of it", body = Receipt<WhistleChanged>)))]
pub(super) async fn answer(
    Here(gateway): Here,
    PathText(whistle): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: WhistleStep, caller: &Caller| {
        let whistle = WhistleId::from_path(&whistle, Noun::Whistle)?;
        Ok(parse::whistle_step(whistle, caller.officer()?, &said))
    };
    gateway.perform(ANSWER, &sent, &whistle, meant, whistle_changed).await
}

/// The whistles that are not settled, newest first
#[utoipa::path(get, path = "/v1/whistles", tag = "orders",
    params(("called" = Option<String>, Query, description = "Only those that call this office")),
    responses((status = 200, description = "The whistles", body = Whistles)))]
pub(super) async fn whistles(
    Here(gateway): Here,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let called = reading.asked.id("called")?;
    reading.asked.done()?;
    let Seen(position) = gateway.see(&[Projection::Orders], reading.after).await?;
    let rows = gateway.reader.open_whistles(called, WHISTLES_MAX).await.map_err(fault)?;
    Ok(shown(position, &Whistles { whistles: rows.iter().map(whistle_row).collect() }))
}

/// A whistle, with every step
#[utoipa::path(get, path = "/v1/whistles/{id}", tag = "orders",
    params(("id" = String, Path, description = "The whistle")),
    responses((status = 200, description = "The whistle", body = Whistle)))]
pub(super) async fn whistle(
    Here(gateway): Here,
    PathText(whistle): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let whistle = WhistleId::from_path(&whistle, Noun::Whistle)?;
    let Seen(position) = gateway.see(&[Projection::Orders], reading.after).await?;
    let row = gateway.reader.whistle(whistle).await.map_err(fault)?;
    let row = row.ok_or_else(|| unknown(Noun::Whistle))?;
    let steps = gateway.reader.steps(whistle.number()).await.map_err(fault)?;
    let steps = steps.iter().map(step_row).collect();
    Ok(shown(position, &Whistle { steps, ..whistle_row(&row) }))
}
