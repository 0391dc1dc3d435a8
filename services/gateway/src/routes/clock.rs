//! The test clock.

use std::time::Duration;

use axum::http::StatusCode;
use axum::response::Response;
use linli_api::clock::TestClock;
use linli_domain::Position;
use linli_domain::time::Timestamp;
use linli_port::ClockRefused;

use crate::command::told;
use crate::front::Here;
use crate::gateway::{Inner, now};
use crate::parse;
use crate::problem::Problem;
use crate::receipt::instant;
use crate::request::{SentPlain, json};

/// The longest wait for the clock: everything that falls due by then is recorded first, and a
/// year of lapsing lots takes a moment.
const CLOCK_WAIT_MAX: Duration = Duration::from_secs(25);

/// The longest wait for what the clock shows; then this machine's is good enough.
const CLOCK_LOOK_MAX: Duration = Duration::from_secs(2);

impl Inner {
    /// What the ledger's clock shows, for what the ledger will hold against it. A test clock tells when it
    /// is asked to go back to the beginning, which it refuses; a system's is as good as this machine's.
    pub(super) async fn ledger_clock(&self) -> Timestamp {
        if self.system_clock.get().is_some() {
            return now();
        }
        let looking = self.courier.set_clock(Timestamp::default());
        match tokio::time::timeout(CLOCK_LOOK_MAX, looking).await {
            Ok(Ok(shown) | Err(ClockRefused::Backwards { now: shown })) => shown,
            Ok(Err(ClockRefused::SystemClock)) => {
                let _known = self.system_clock.set(());
                now()
            }
            Ok(Err(ClockRefused::Unknown | ClockRefused::Unavailable { .. })) | Err(_) => now(),
        }
    }
}

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
