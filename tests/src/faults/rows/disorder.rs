//! F12: deliveries come several times and in disorder.

use std::time::Instant;

use anyhow::Context as _;

use crate::Chance;
use crate::faults::report::RowReport;
use crate::faults::row::Row;
use crate::faults::run::{FLOWING, Run};
use crate::wire::Disorder;

/// Each delivery comes up to so many times; one of so many that wait may come next.
const DISORDER: Disorder = Disorder { copies_max: 5, window: 50 };

/// Frames that come once more than they should, at least.
const LEAST: u64 = 50;

pub(super) async fn strike(run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    let wire = run.fleet.nats_wire.take().context("there is no wire to NATS")?;
    let (before, until, began_us) = (wire.bitten(), run.deadline(), run.now_us());
    wire.disorder(Some((DISORDER, Chance::of(run.settings.seed))));
    while wire.bitten().copies < before.copies + LEAST || Instant::now() < until {
        run.note_head().await?;
        run.traffic.flows(FLOWING).await?;
    }
    wire.disorder(None);
    run.injected(Row::F12, "deliveries doubled and shuffled for a while", began_us, false);
    let after = wire.bitten();
    report.bite("frames delivered once more", after.copies - before.copies, LEAST);
    report.bite("frames delivered late", after.overtaken - before.overtaken, 1);
    run.fleet.nats_wire = Some(wire);
    Ok(())
}
