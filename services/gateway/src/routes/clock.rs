//! The test clock.

use std::time::Duration;

use axum::http::StatusCode;
use axum::response::Response;
use linli_api::clock::TestClock;
use linli_domain::Position;
use linli_port::ClockRefused;

use crate::command::told;
use crate::front::Here;
use crate::parse;
use crate::problem::Problem;
use crate::receipt::instant;
use crate::request::{SentPlain, json};

/// The longest wait for the clock: everything that falls due by then is recorded first, and a
/// year of lapsing lots takes a moment.
const CLOCK_WAIT_MAX: Duration = Duration::from_secs(25);

/// Move the ledger's clock forward
///
/// Only where the server was started with a test clock; elsewhere `test-clock-off`. Everything
/// that falls due by then is recorded before the answer.
#[utoipa::path(put, path = "/v1/test-clock", tag = "test clock", request_body = TestClock,
    responses((status = 200, description = "What the clock shows now; it ticks on from there", body = TestClock)))]
pub(super) async fn set(Here(gateway): Here, sent: SentPlain) -> Result<Response, Problem> {
    let clock: TestClock = json(&sent.body)?;
    let to = parse::instant("now", &clock.now)?;
    let moved = tokio::time::timeout(CLOCK_WAIT_MAX, gateway.courier.set_clock(to)).await;
    let now = moved.unwrap_or(Err(ClockRefused::Unknown))?;
    Ok(told(StatusCode::OK, Position::START, &TestClock { now: instant(now) }))
}
