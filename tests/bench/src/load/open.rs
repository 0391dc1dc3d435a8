//! An open load: requests come when they are due, and wait where no connection is free.

use std::sync::Arc;

use tokio::sync::Mutex;

use super::pace::Arrivals;
use super::process::{Plan, Tally};
use super::wire::{Answered, Wire};

/// One connection: takes the next request that is due until there is none.
pub(super) async fn call(
    plan: &Plan,
    number: usize,
    arrivals: Arc<Mutex<Arrivals>>,
) -> anyhow::Result<Tally> {
    let mut wire = Wire::connect(plan.order.address).await?;
    let mut tally = Tally::default();
    for turn in number.. {
        let Some(arrival) = arrivals.lock().await.recv().await else { break };
        plan.template(turn).fill(&mut wire.write, &plan.source)?;
        match wire.ask().await? {
            Answered::Success => {
                tally.success(arrival.measured.then(|| arrival.due.elapsed()));
                if arrival.measured {
                    tally.late.push(arrival.late);
                }
            }
            Answered::ComeAgain => tally.turned_away += 1,
        }
    }
    Ok(tally)
}
