//! The figures, one a module: what is measured, against what, and what is asked of it.

mod audit;
mod bulk;
mod commands;
mod districts;
mod hot;
mod memory;
mod projectors;
mod rank;
mod receipt;
mod restart;
mod tail;
mod writer;

pub(crate) use audit::{AuditArgs, audit, audited};
pub(crate) use bulk::{BulkArgs, bulk};
pub(crate) use commands::{BUYERS, CommandsArgs, commands};
pub(crate) use districts::{CONNECTIONS_MAX, DistrictsArgs, districts, many};
pub(crate) use hot::{HotArgs, hot};
pub(crate) use memory::{MemoryArgs, grow, memory};
pub(crate) use projectors::{ProjectorsArgs, projectors};
pub(crate) use rank::{RankArgs, rank};
pub(crate) use receipt::{ReceiptArgs, receipt};
pub(crate) use restart::{RestartArgs, restart};
pub(crate) use tail::{TailArgs, tail};
pub(crate) use writer::{WriterArgs, writer};

use crate::cli::AllArgs;
use crate::ground::Ground;
use crate::machine::Shares;
use crate::report::{Cell, Failure, Figure, Table};

/// Every figure, one after the other. One that fails doesn't take the others with it.
pub(crate) async fn all(ground: &Ground, args: &AllArgs) -> (Vec<Figure>, Vec<Failure>) {
    let mut run = Run { ground, args, figures: Vec::new(), failures: Vec::new() };
    run.one("writer", async |ground| writer(ground, &WriterArgs::default()).await).await;
    run.one("commands", async |ground| commands(ground, &CommandsArgs::default()).await).await;
    run.one("bulk", async |ground| bulk(ground, &BulkArgs::default()).await).await;
    run.one("hot", async |ground| hot(ground, &HotArgs::default()).await).await;
    run.one("tail", async |ground| tail(ground, &TailArgs::default()).await).await;
    run.one("restart", async |ground| restart(ground, &RestartArgs::default()).await).await;
    run.one("memory", async |ground| memory(ground, &MemoryArgs::default()).await).await;
    run.one("projectors", async |ground| projectors(ground, &ProjectorsArgs::default()).await)
        .await;
    run.one("rank", async |ground| rank(ground, &RankArgs::default()).await).await;
    run.one("districts", async |ground| districts(ground, &DistrictsArgs::default()).await).await;
    run.one("audit", async |ground| audit(ground, &AuditArgs::default()).await).await;
    run.one("receipt", async |ground| receipt(ground, &ReceiptArgs::default()).await).await;
    (run.figures, run.failures)
}

/// What a run of everything has so far.
struct Run<'a> {
    ground: &'a Ground,
    args: &'a AllArgs,
    figures: Vec<Figure>,
    failures: Vec<Failure>,
}

impl Run<'_> {
    async fn one(
        &mut self,
        name: &'static str,
        measure: impl AsyncFnOnce(&Ground) -> anyhow::Result<Figure>,
    ) {
        if self.args.without.iter().any(|without| without == name) {
            return;
        }
        eprintln!("\n{name}");
        match measure(self.ground).await {
            Ok(figure) => self.figures.push(figure),
            Err(error) => {
                eprintln!("{name} failed: {error:#}");
                self.failures.push(Failure { name, error: format!("{error:#}") });
            }
        }
    }
}

/// Whose turn it is in which round: everybody once a round, another one first each time.
fn turns(rounds: usize, ways: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..rounds).flat_map(move |round| (0..ways).map(move |turn| (round, (round + turn) % ways)))
}

/// Where the processor went.
struct ShareTable(Table);

impl ShareTable {
    /// `subject` are the columns that tell what was going on.
    fn new(subject: &[(&'static str, &'static str)]) -> Self {
        let shares = [
            ("server_percent", "server"),
            ("postgres_percent", "PostgreSQL"),
            ("nats_percent", "NATS"),
            ("load_percent", "load generator"),
        ];
        let columns = [subject, &shares].concat();
        Self(Table::new("Where the processor went, in percent of all cores", &columns))
    }

    fn row(&mut self, subject: impl IntoIterator<Item = Cell>, shares: Shares) {
        let Shares { server, load, postgres, nats } = shares;
        let shares = [server, postgres, nats, load].map(Cell::one);
        self.0.row(subject.into_iter().chain(shares));
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn everybody_has_a_turn_each_round_and_nobody_is_always_first() {
        let turns: Vec<_> = super::turns(2, 3).collect();
        assert_eq!(turns, [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (1, 0)]);
    }
}
