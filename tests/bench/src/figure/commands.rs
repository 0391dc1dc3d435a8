//! `linli-bench commands`: sales a second through HTTP, one a request.

use clap::Args;

use super::{ShareTable, turns};
use crate::ground::Ground;
use crate::load::{self, Measured, Order};
use crate::report::{Cell, Figure, Table, Verdict};
use crate::waits::median_by;
use crate::ways::{LinliWay, NullWay, SqlWay};

/// People who buy. A load is spread over them as it would be over the residents of a district.
pub(crate) const BUYERS: usize = 256;

/// Keep-alive connections, unless told otherwise.
const CONNECTIONS: [usize; 4] = [1, 16, 64, 256];

/// What is asked of each number of connections: so many times the SQL way.
const TIMES_SQL: [(usize, f64); 4] = [(1, 2.0), (16, 3.5), (64, 8.0), (256, 8.0)];

/// What is asked at this many: such a part of what the same server answers with nobody behind it.
const OF_NULL: (usize, f64) = (64, 0.5);

#[derive(Debug, Default, Args)]
pub(crate) struct CommandsArgs {
    /// Keep-alive connections, each with one request at a time: 1,16,64,256 unless told
    #[arg(long, value_delimiter = ',', value_name = "N")]
    connections: Option<Vec<usize>>,
}

/// Who answers, in the order in which they begin.
#[derive(Clone, Copy)]
enum Way {
    Linli,
    Null,
    Sql,
}

const WAYS: [Way; 3] = [Way::Linli, Way::Null, Way::Sql];

/// The servers, and the load on each.
struct Servers {
    linli: LinliWay,
    null: NullWay,
    sql: SqlWay,
    orders: [Order; 3],
}

pub(crate) async fn commands(ground: &Ground, args: &CommandsArgs) -> anyhow::Result<Figure> {
    let connections = ground.terms.size(args.connections.clone(), CONNECTIONS.to_vec(), vec![1, 4]);
    let servers = Servers::start(ground).await?;
    let mut rates = Table::new(
        "Commands a second",
        &[
            ("connections", "connections"),
            ("linli_per_second", "Linli /s"),
            ("linli_p50_ms", "p50 ms"),
            ("linli_p99_ms", "p99 ms"),
            ("turned_away", "429"),
            ("sql_per_second", "SQL way /s"),
            ("sql_p50_ms", "p50 ms"),
            ("sql_p99_ms", "p99 ms"),
            ("times_sql", "times"),
            ("null_per_second", "null writer /s"),
            ("part_of_null", "part"),
        ],
    );
    let mut shares = ShareTable::new(&[("connections", "connections"), ("way", "way")]);
    let mut verdicts = Vec::new();
    for &connections in &connections {
        let [linli, null, sql] = servers.medians(ground, connections).await?;
        let rate = |way: &Measured| way.outcome.per_second;
        let (times, part) = (rate(&linli) / rate(&sql), rate(&linli) / rate(&null));
        let figures = |way: &Measured| {
            let tail = way.outcome.tail;
            [Cell::whole(rate(way)), Cell::two(tail.p50_ms()), Cell::two(tail.p99_ms())]
        };
        let cells = [Cell::count(connections)].into_iter().chain(figures(&linli));
        let cells = cells.chain([Cell::whole(linli.outcome.turned_away as f64)]);
        let cells = cells.chain(figures(&sql)).chain([Cell::one(times), Cell::whole(rate(&null))]);
        rates.row(cells.chain([Cell::two(part)]));
        for (way, name) in [(linli, "Linli"), (null, "null writer"), (sql, "SQL way")] {
            shares.row([Cell::count(connections), Cell::text(name)], way.shares);
        }
        verdicts.extend(verdict(connections, times, part));
    }
    servers.stop(ground).await?;
    Ok(Figure {
        name: "commands",
        title: "Commands through HTTP, one a request",
        what: "A sale at a counter, answered when it is durable: through all of Linli, with relay and \
               all projections running; as one SQL transaction a request behind the same kind of \
               server on the same PostgreSQL; and through Linli's own gateway with a writer that \
               decides and stores nothing, which is the limit of any writer behind it."
            .to_owned(),
        tables: vec![rates, shares.0],
        verdicts,
    })
}

fn verdict(connections: usize, times: f64, part: f64) -> Vec<Verdict> {
    let asked = TIMES_SQL.iter().find(|(number, _)| *number == connections);
    let sql = asked.map(|&(_, target)| {
        Verdict::at_least(format!("{connections} connections: the SQL way"), target, times)
            .unit("×")
    });
    let (number, target) = OF_NULL;
    let null = (number == connections).then(|| {
        let what = format!("{connections} connections: part of the null writer's rate");
        Verdict::at_least(what, target, part)
    });
    sql.into_iter().chain(null).collect()
}

impl Servers {
    async fn start(ground: &Ground) -> anyhow::Result<Self> {
        let buyers = ground.terms.size(None, BUYERS, 8);
        let sql = SqlWay::start(ground, buyers).await?;
        let linli = LinliWay::start(ground, buyers).await?;
        linli.make_buyers().await?;
        let null = NullWay::start(&linli).await?;
        let ours = linli.order(linli.sales())?;
        let nulls = Order { address: null.address, ..ours.clone() };
        let sqls = Order { address: sql.address, requests: sql.sales(), ..ours.clone() };
        Ok(Self { linli, null, sql, orders: [ours, nulls, sqls] })
    }

    /// The median round of each way.
    async fn medians(&self, ground: &Ground, connections: usize) -> anyhow::Result<[Measured; 3]> {
        let mut measured: [Vec<Measured>; 3] = Default::default();
        ground.calm().await?;
        for (round, turn) in turns(ground.terms.rounds, WAYS.len()) {
            let order =
                Order { connections, seconds: ground.terms.seconds, ..self.orders[turn].clone() };
            let one = load::run(order, &ground.meter).await?;
            let name = match WAYS[turn] {
                Way::Linli => "Linli",
                Way::Null => "null writer",
                Way::Sql => "SQL way",
            };
            let rate = one.outcome.per_second;
            eprintln!("{connections} connections, round {}, {name}: {rate:.0}/s", round + 1);
            measured[turn].push(one);
            if let Way::Linli = WAYS[turn] {
                self.linli.running.caught_up().await?;
            }
        }
        let [linli, null, sql] =
            measured.map(|rounds| median_by(rounds, |one| one.outcome.per_second));
        Ok([linli?, null?, sql?])
    }

    async fn stop(self, ground: &Ground) -> anyhow::Result<()> {
        self.null.stop().await?;
        let databases = vec![self.linli.running.stop().await?, self.sql.stop().await?];
        ground.forget(databases).await
    }
}
