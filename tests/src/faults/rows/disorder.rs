//! F12: deliveries come several times and in disorder.

use std::time::{Duration, Instant};

use anyhow::Context as _;

use crate::Chance;
use crate::faults::report::RowReport;
use crate::faults::row::Row;
use crate::faults::run::{FLOWING, Run};
use crate::wire::Disorder;

/// Each delivery comes up to so many times.
const COPIES_MAX: usize = 5;

/// One of so many that wait may come next: soon, so that much is overtaken by little, ...
const NARROW: Disorder =
    Disorder { copies_max: COPIES_MAX, window: 50, quiet: Duration::from_millis(30) };

/// ... and late, when a follower has read the log meanwhile.
const WIDE: Disorder =
    Disorder { copies_max: COPIES_MAX, window: 1_000, quiet: Duration::from_millis(500) };

/// Frames that come once more than they should, at least, by each.
const LEAST: u64 = 50;

/// Deliveries that wait at once in the wide window, at least: more than the narrow one has room for.
/// A follower asks for 32 frames at once and for more when they have come, so the window isn't filled:
/// all that it asks for is in disorder.
const WAITED: u64 = 80;

/// Looks at whether that is so before it is told that it never was.
const LOOKS_MAX: usize = 200;

pub(super) async fn strike(run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    let wire = run.fleet.nats_wire.take().context("there is no wire to NATS")?;
    for (disorder, what, waited) in [
        (NARROW, "deliveries doubled and shuffled among 50 for a while", 1),
        (WIDE, "deliveries doubled and shuffled among 1,000 for a while", WAITED),
    ] {
        let (before, until) = (wire.bitten(), Instant::now() + run.settings.half());
        let began_us = run.now_us();
        wire.disorder(Some((disorder, Chance::of(run.settings.seed))));
        let mut looks = 0;
        let felt = || {
            let now = wire.bitten();
            let late = now.overtaken > before.overtaken;
            late && now.copies >= before.copies + LEAST && now.waited >= waited
        };
        while (!felt() && looks < LOOKS_MAX) || Instant::now() < until {
            run.note_head().await?;
            run.traffic.flows(FLOWING).await?;
            looks += 1;
        }
        wire.disorder(None);
        run.injected(Row::F12, what, began_us, false);
        let after = wire.bitten();
        report.bite("frames delivered once more", after.copies - before.copies, LEAST);
        report.bite("frames delivered late", after.overtaken - before.overtaken, 1);
        report.bite("deliveries that waited at once", after.waited, waited);
    }
    run.fleet.nats_wire = Some(wire);
    Ok(())
}
