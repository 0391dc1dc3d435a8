//! A closed load: every connection sends the next request when the last is answered.

use std::time::{Duration, Instant};

use super::process::{Plan, Tally};
use super::wire::{Answered, Wire};

/// How long a caller waits who was told to come again: much less than it was told, for it is to
/// find the peak.
const TURNED_AWAY_PAUSE: Duration = Duration::from_millis(10);

pub(super) async fn call(plan: &Plan, number: usize) -> anyhow::Result<Tally> {
    let mut wire = Wire::connect(plan.order.address).await?;
    let mut tally = Tally::default();
    // Connections start at different requests, so that the load is spread from the first moment.
    for turn in number.. {
        let sent = Instant::now();
        if sent >= plan.end {
            break;
        }
        plan.template(turn).fill(&mut wire.write, &plan.source)?;
        match wire.ask().await? {
            Answered::Success => {
                let answered = Instant::now();
                let counts = answered >= plan.begin && answered < plan.end;
                tally.success(counts.then(|| answered - sent));
            }
            Answered::ComeAgain => {
                tally.turned_away += 1;
                tokio::time::sleep(TURNED_AWAY_PAUSE).await;
            }
        }
    }
    Ok(tally)
}
