//! `linli-bench bulk`: contributions a second through HTTP, a thousand a request.

use clap::Args;

use super::{ShareTable, turns};
use crate::ground::Ground;
use crate::load::{self, Measured, Order};
use crate::report::{Cell, Figure, Table, Verdict};
use crate::waits::median_by;
use crate::ways::{LinliWay, NullWay};

/// What is asked: so many contributions a second, with the best number of connections.
const TARGET: f64 = 150_000.0;

/// Keep-alive connections, unless told otherwise: a partner has few.
const CONNECTIONS: [usize; 3] = [1, 2, 4];

/// Volunteers who serve: so many that each has few claims in a day, as people do.
const VOLUNTEERS: usize = 20_000;

#[derive(Debug, Default, Args)]
pub(crate) struct BulkArgs {
    /// Keep-alive connections: 1,2,4 unless told
    #[arg(long, value_delimiter = ',', value_name = "N")]
    connections: Option<Vec<usize>>,
    /// Contributions a request, at most 1,000, which is the usual number
    #[arg(long, value_name = "N")]
    items: Option<usize>,
    /// Volunteers whose contributions they are: 20,000 unless told
    #[arg(long, value_name = "N")]
    volunteers: Option<usize>,
}

/// The server, the limit, and the load.
struct Servers {
    linli: LinliWay,
    null: NullWay,
    order: Order,
    items: usize,
    /// Minutes of everybody's that are claimed already.
    minute: i64,
}

pub(crate) async fn bulk(ground: &Ground, args: &BulkArgs) -> anyhow::Result<Figure> {
    let terms = ground.terms;
    let items = terms.size(args.items, linli_api::bulk::BULK_ITEMS_MAX, 10);
    let volunteers = terms.size(args.volunteers, VOLUNTEERS, 40).max(items);
    let connections = terms.size(args.connections.clone(), CONNECTIONS.to_vec(), vec![1]);
    let mut servers = Servers::start(ground, volunteers, items).await?;
    let mut rates = Table::new(
        "Contributions a second",
        &[
            ("connections", "connections"),
            ("per_second", "Linli /s"),
            ("p50_ms", "a request, p50 ms"),
            ("p99_ms", "p99 ms"),
            ("turned_away", "429"),
            ("null_per_second", "null writer /s"),
            ("part_of_null", "part"),
        ],
    );
    let mut shares = ShareTable::new(&[("connections", "connections"), ("way", "way")]);
    let mut best = 0.0_f64;
    for &connections in &connections {
        let [linli, null] = servers.medians(ground, connections).await?;
        let rate = |way: &Measured| way.outcome.per_second * items as f64;
        rates.row([
            Cell::count(connections),
            Cell::whole(rate(&linli)),
            Cell::two(linli.outcome.tail.p50_ms()),
            Cell::two(linli.outcome.tail.p99_ms()),
            Cell::whole(linli.outcome.turned_away as f64),
            Cell::whole(rate(&null)),
            Cell::two(rate(&linli) / rate(&null)),
        ]);
        shares.row([Cell::count(connections), Cell::text("Linli")], linli.shares);
        shares.row([Cell::count(connections), Cell::text("null writer")], null.shares);
        best = best.max(rate(&linli));
    }
    servers.stop(ground).await?;
    Ok(Figure {
        name: "bulk",
        title: "Contributions in bulk",
        what: format!(
            "Requests of {items} contributions, each with its own key, its own record and its own \
             answer, of {volunteers} volunteers in turn; and the same requests to the same gateway \
             with a writer that decides and stores nothing."
        ),
        tables: vec![rates, shares.0],
        verdicts: vec![Verdict::at_least("contributions a second", TARGET, best).unit("/s")],
    })
}

impl Servers {
    async fn start(ground: &Ground, volunteers: usize, items: usize) -> anyhow::Result<Self> {
        let linli = LinliWay::start(ground, volunteers).await?;
        let null = NullWay::start(&linli).await?;
        let order = linli.order(linli.bulks(items)?)?;
        Ok(Self { linli, null, order, items, minute: 0 })
    }

    async fn medians(
        &mut self,
        ground: &Ground,
        connections: usize,
    ) -> anyhow::Result<[Measured; 2]> {
        let mut measured: [Vec<Measured>; 2] = Default::default();
        ground.calm().await?;
        for (round, turn) in turns(ground.terms.rounds, measured.len()) {
            let order = Order {
                connections,
                seconds: ground.terms.seconds,
                first_minute: self.minute,
                ..self.order.clone()
            };
            let (name, one) = match turn {
                0 => ("Linli", self.recorded(order, &ground.meter).await?),
                _ => {
                    let order = Order { address: self.null.address, ..order };
                    ("null writer", load::run(order, &ground.meter).await?)
                }
            };
            let rate = one.outcome.per_second * self.items as f64;
            eprintln!("{connections} connections, round {}, {name}: {rate:.0}/s", round + 1);
            measured[turn].push(one);
        }
        let [linli, null] = measured.map(|rounds| median_by(rounds, |one| one.outcome.per_second));
        Ok([linli?, null?])
    }

    /// Measures, and sees that every contribution has its record.
    async fn recorded(
        &mut self,
        order: Order,
        meter: &crate::machine::Meter,
    ) -> anyhow::Result<Measured> {
        let requests = order.requests.len() as u64;
        let before = self.linli.place.head().await?;
        let one = load::run(order, meter).await?;
        let records = self.linli.running.caught_up().await? - before;
        let answered = one.outcome.answered * self.items as u64;
        anyhow::ensure!(
            records == answered,
            "{answered} contributions were answered and {records} recorded"
        );
        // Connections share the requests unevenly, so the busiest has used a little more than this.
        let uses = one.outcome.answered / requests;
        self.minute += i64::try_from(uses)? + MINUTES_APART;
        Ok(one)
    }

    async fn stop(self, ground: &Ground) -> anyhow::Result<()> {
        self.null.stop().await?;
        ground.forget(vec![self.linli.running.stop().await?]).await
    }
}

/// Between the minutes that one round's claims take and those of the next.
const MINUTES_APART: i64 = 10;
