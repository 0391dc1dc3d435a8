//! `linli-bench rank`: what somebody waits who asks for ranks while the writer works.

use std::time::{Duration, Instant};

use clap::Args;
use linli_gateway::key::KeyKind;

use crate::district::{self, District, House, STATION, migrate, resident_id};
use crate::ground::Ground;
use crate::load::{self, KEY_MARK, Order, Outcome, Pace, request};
use crate::report::{Cell, Figure, Table, Verdict};
use crate::waits::median_by;
use crate::ways::Running;

/// What is asked of each question's p99, at so many questions a second.
const P99_MS: f64 = 2.0;
const PER_SECOND: f64 = 500.0;

/// Residents on the ranking.
const RESIDENTS: usize = 1_000_000;

/// Residents who are asked for, and residents who buy, spread over all.
const ASKED: usize = 1_000;
const BUYERS: usize = 2_000;

/// Connections of those who ask, and of those who buy.
const ASKERS: usize = 16;
const CONNECTIONS: usize = 64;

/// Questions before those that count: the ranking is filled when it is first asked for.
const WARM_UP_MAX: Duration = Duration::from_secs(60);

/// A ranking that is in memory answers within this.
const QUICK_US: f64 = 20_000.0;

#[derive(Debug, Default, Args)]
pub(crate) struct RankArgs {
    /// Residents on the ranking: a million unless told
    #[arg(long, value_name = "N")]
    residents: Option<usize>,
}

/// A system with a ranking of everybody, and the loads on it.
struct Ranked {
    running: Running,
    questions: [(&'static str, Vec<String>); 3],
    sales: Order,
}

pub(crate) async fn rank(ground: &Ground, args: &RankArgs) -> anyhow::Result<Figure> {
    let terms = ground.terms;
    let residents = terms.size(args.residents, RESIDENTS, 300);
    let ranked = Ranked::start(ground, residents).await?;
    let peak = Order { connections: CONNECTIONS, seconds: terms.seconds, ..ranked.sales.clone() };
    let peak = load::run(peak, &ground.meter).await?.outcome.per_second;
    ranked.running.caught_up().await?;
    let mut table = Table::new(
        "Waits for an answer",
        &[
            ("question", "question"),
            ("per_second", "questions/s"),
            ("alone_p50_ms", "alone: p50 ms"),
            ("alone_p99_ms", "p99 ms"),
            ("sales_per_second", "sales/s beside it"),
            ("p50_ms", "p50 ms"),
            ("p99_ms", "p99 ms"),
            ("p999_ms", "p99.9 ms"),
        ],
    );
    let mut verdicts = Vec::new();
    for (name, questions) in &ranked.questions {
        ranked.warm_up(ground, questions).await?;
        let (mut alone, mut beside) = (Vec::new(), Vec::new());
        for round in 0..terms.rounds {
            let ask = ranked.asking(ground, questions);
            alone.push(load::run(ask.clone(), &ground.meter).await?.outcome);
            let sell = Order {
                connections: CONNECTIONS,
                pace: Pace::Open { per_second: peak / 2.0 },
                seconds: terms.seconds,
                ..ranked.sales.clone()
            };
            let (asked, sold) =
                tokio::join!(load::run(ask, &ground.meter), load::run(sell, &ground.meter));
            let (asked, sold) = (asked?.outcome, sold?.outcome);
            eprintln!("{name}, round {}: p99 {:.2} ms", round + 1, asked.tail.p99_ms());
            beside.push((asked, sold));
            ranked.running.caught_up().await?;
        }
        let alone = median_by(alone, |one| one.tail.p99_us)?.tail;
        let (asked, sold) = median_by(beside, |(asked, _): &(Outcome, Outcome)| asked.tail.p99_us)?;
        table.row([
            Cell::text(*name),
            Cell::whole(asked.per_second),
            Cell::two(alone.p50_ms()),
            Cell::two(alone.p99_ms()),
            Cell::whole(sold.per_second),
            Cell::two(asked.tail.p50_ms()),
            Cell::two(asked.tail.p99_ms()),
            Cell::two(asked.tail.p999_ms()),
        ]);
        let what = format!("{name}: p99");
        verdicts.push(Verdict::at_most(what, P99_MS, asked.tail.p99_ms()).unit("ms"));
    }
    let memory = ranked.memory().await?;
    ground.forget(vec![ranked.running.stop().await?]).await?;
    Ok(Figure {
        name: "rank",
        title: "Ranks",
        what: format!(
            "{PER_SECOND} questions a second through HTTP to the ranking of a district in which \
             {residents} residents are ranked: an open load, once with nothing else going on and once \
             while sales come at half of their peak rate of {peak:.0}/s."
        ),
        tables: vec![table, memory],
        verdicts,
    })
}

impl Ranked {
    async fn start(ground: &Ground, residents: usize) -> anyhow::Result<Self> {
        let database = ground.database("rank").await?;
        migrate(&database).await?;
        let house = House::in_database(&database, None).await?;
        eprintln!("founding {residents} residents");
        let founded = District::found(&house.port, residents).await?;
        founded.rank_all(&house.port).await?;
        house.end().await?;
        // Else the first snapshot is made while nothing else is to go on: seconds of work, in which
        // whoever asks waits for a core.
        let config: tokio_postgres::Config = database.url.parse()?;
        let district = linli_log::District::new(&database.name)?;
        linli_ledger::write_snapshot(&config, &district).await?;
        ground.calm().await?;
        let running = Running::start(ground, database, None).await?;
        let begun = Instant::now();
        let records = running.caught_up().await?;
        eprintln!("{records} records projected in {:.0} s", begun.elapsed().as_secs_f64());
        let station = running.mint(KeyKind::Station, Some(STATION.number())).await?;
        let key = &running.operator_key;
        let ask = |path: &str| request("GET", path, key, "", "");
        let asked = |number: usize| resident_id(number * residents / ASKED.min(residents));
        let asked: Vec<_> = (0..ASKED.min(residents)).map(asked).collect();
        let of = |about: &str| -> Vec<String> {
            asked.iter().map(|who| ask(&format!("/v1/residents/{who}/{about}"))).collect()
        };
        let questions = [
            ("rank of a resident", of("rank")),
            ("ten neighbours", of("rank/neighbours")),
            ("top hundred", vec![ask("/v1/rankings?limit=100")]),
        ];
        let keyed = format!("Idempotency-Key: {KEY_MARK}\r\n");
        let sale = |number: usize| {
            let body = district::sale(number);
            request("POST", "/v1/sales", &station, &keyed, &body)
        };
        let buyers = (0..residents).filter(|number| district::is_rich(*number)).take(BUYERS);
        let sales = Order {
            address: running.address,
            requests: buyers.map(sale).collect(),
            connections: 1,
            pace: Pace::Closed,
            seconds: 1.0,
            first_key: 0,
            claims_from_us: 0,
            first_minute: 0,
        };
        Ok(Self { running, questions, sales })
    }

    /// What the rankings take that were asked for.
    async fn memory(&self) -> anyhow::Result<Table> {
        let places = self.running.metric("linli_ranks_residents").await?;
        let bytes = self.running.metric("linli_ranks_bytes").await?;
        let columns = [("places", "places"), ("mib", "MiB"), ("bytes_per_place", "bytes a place")];
        let mut table = Table::new("Memory of the rankings that were asked for", &columns);
        let each = bytes / places.max(1.0);
        table.row([Cell::whole(places), Cell::one(bytes / f64::from(1 << 20)), Cell::one(each)]);
        Ok(table)
    }

    fn asking(&self, ground: &Ground, questions: &[String]) -> Order {
        Order {
            requests: questions.to_vec(),
            connections: ASKERS,
            pace: Pace::Open { per_second: PER_SECOND },
            seconds: ground.terms.seconds,
            ..self.sales.clone()
        }
    }

    /// Asks until the ranking is in memory, or for as long as one may wait for that.
    async fn warm_up(&self, ground: &Ground, questions: &[String]) -> anyhow::Result<()> {
        let begun = Instant::now();
        loop {
            let ask =
                Order { pace: Pace::Closed, connections: 1, ..self.asking(ground, questions) };
            let one = load::run(Order { seconds: 1.0, ..ask }, &ground.meter).await?;
            if one.outcome.tail.p99_us < QUICK_US || begun.elapsed() > WARM_UP_MAX {
                return Ok(());
            }
        }
    }
}
