//! A closed load: every connection sends the next request when the last is answered.

use std::time::Instant;

use super::process::{Plan, Tally};
use super::wire::{Answered, Wire};

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
            Answered::ComeAgain => tally.turned_away += 1,
        }
    }
    Ok(tally)
}
