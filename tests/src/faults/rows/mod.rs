//! What each row does, to whom and when.

mod away;
mod backlog;
mod cuts;
mod disorder;
mod full;
mod handing;
mod hot;
mod kills;
mod pauses;
mod poison;
mod power;
mod servers;
mod slow;
mod stream;
mod syscalls;

use super::report::RowReport;
use super::row::Row;
use super::run::Run;

/// Does a row to a fleet under traffic.
pub(super) async fn strike(row: Row, run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    match row {
        Row::F1 => kills::strike(run, report).await,
        Row::F2 => servers::strike(run, report).await,
        Row::F8 => pauses::strike(run, report).await,
        Row::F3 => away::strike(run, report).await,
        Row::F4 => stream::strike(run, report).await,
        Row::F11 => cuts::strike(run, report).await,
        Row::F12 => disorder::strike(run, report).await,
        Row::F13 => poison::strike(run, report).await,
        Row::F14 => backlog::strike(run, report).await,
        Row::F16 => hot::strike(run, report).await,
        Row::F5 => power::strike(run, report).await,
        Row::F6 => full::strike(run, report).await,
        Row::F7 => syscalls::strike(run, report).await,
    }
}
