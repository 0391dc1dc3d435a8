//! Moving the ledger's test clock to the next stop.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use linli_api::{Client, ClientError};

use crate::calendar::Moment;
use crate::error::{DemoError, Doing as _};

/// Moves the clock to `to`.
///
/// A wish whose answer was lost is sent again, and is refused where it was fulfilled: the clock
/// has ticked on since. No other hand moves it that far and no further.
pub(super) async fn move_to(operator: &Client, to: Moment) -> Result<(), DemoError> {
    let now = to.instant();
    let began = Instant::now();
    match operator.set_test_clock(&now).await {
        Err(error) if shows(&error).is_some_and(|it| is_ticked_on(to, it, began.elapsed())) => {
            Ok(())
        }
        other => other.map(drop).doing(|| format!("set the test clock to {now}")),
    }
}

/// What the clock shows that would have to go back.
fn shows(error: &ClientError) -> Option<Timestamp> {
    let problem = error.problem().filter(|problem| problem.name() == "clock-backwards")?;
    problem.figures.get("now")?.as_str()?.parse().ok()
}

fn is_ticked_on(from: Moment, shown: Timestamp, within: Duration) -> bool {
    let ticked = shown.duration_since(from.timestamp());
    !ticked.is_negative() && ticked.unsigned_abs() <= within
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_only_ticked_since_is_where_it_was_moved_to() {
        let check = |ticked_ms: i64, elapsed_ms, expected| {
            let shown = Moment::EVE.timestamp() + Duration::from_millis(ticked_ms.unsigned_abs());
            let within = Duration::from_millis(elapsed_ms);
            assert_eq!(is_ticked_on(Moment::EVE, shown, within), expected, "{ticked_ms}");
        };
        check(0, 10, true);
        check(66, 100, true);
        check(101, 100, false);
        check(86_400_000, 100, false);
    }
}
