//! `linli-bench commands`: sales a second through HTTP, one request each.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use clap::Args;
use comfy_table::{CellAlignment, Table};
use linli_devstack::TestDatabase;
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use crate::linli_way::{BUYERS, LinliWay};
use crate::load::{self, Outcome, Target};
use crate::{machine, sql_way};

#[derive(Debug, Args)]
pub(crate) struct CommandsArgs {
    /// How many keep-alive connections, in turn.
    #[arg(long, value_delimiter = ',', default_value = "1,16,64,256")]
    connections: Vec<usize>,
    /// How long each measurement takes, in seconds.
    #[arg(long, default_value_t = 3)]
    seconds: u64,
    /// How often each is measured; the median counts. The two ways take turns.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Print JSON instead of a table.
    #[arg(long)]
    json: bool,
}

/// Medians for one number of connections.
#[derive(Serialize)]
struct Row {
    connections: usize,
    linli_per_second: f64,
    linli_p50_ms: f64,
    linli_p99_ms: f64,
    sql_per_second: f64,
    sql_p50_ms: f64,
    sql_p99_ms: f64,
    times: f64,
}

pub(crate) async fn run(args: CommandsArgs) -> anyhow::Result<()> {
    let stop = CancellationToken::new();
    let database = TestDatabase::create().await?;
    let address = sql_way::start(database.url(), i64::try_from(BUYERS)?, stop.clone()).await?;
    let sql = Arc::new(Target {
        address,
        path: "/sales".to_owned(),
        bearer: "Bearer nobody".to_owned(),
        bodies: (0..BUYERS)
            .map(|n| Bytes::from(format!(r#"{{"account":{n},"hundredths":1}}"#)))
            .collect(),
    });
    let linli = LinliWay::start().await?;

    let mut rows = Vec::new();
    for &connections in &args.connections {
        let time = Duration::from_secs(args.seconds);
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for round in 1..=args.rounds {
            ours.push(load::run(Arc::clone(&linli.target), connections, time).await?);
            // What the projectors still have to do is not the other way's burden.
            let position = linli.caught_up().await?;
            theirs.push(load::run(Arc::clone(&sql), connections, time).await?);
            eprintln!(
                "{connections} connections, round {round} of {}: log at {position}",
                args.rounds
            );
        }
        rows.push(row(connections, median(ours), median(theirs)));
    }
    linli.stop().await?;
    stop.cancel();

    let machine = machine::describe();
    if args.json {
        println!(
            "{}",
            serde_json::to_string_pretty(&serde_json::json!({ "machine": machine, "rows": rows }))?
        );
    } else {
        println!(
            "{machine}; {} rounds of {} s, medians\n{}",
            args.rounds,
            args.seconds,
            table(&rows)
        );
    }
    Ok(())
}

fn median(mut outcomes: Vec<Outcome>) -> Outcome {
    outcomes.sort_by(|one, other| one.per_second.total_cmp(&other.per_second));
    outcomes[outcomes.len() / 2]
}

fn row(connections: usize, ours: Outcome, theirs: Outcome) -> Row {
    let ms = |time: Duration| time.as_secs_f64() * 1_000.0;
    Row {
        connections,
        linli_per_second: ours.per_second,
        linli_p50_ms: ms(ours.p50),
        linli_p99_ms: ms(ours.p99),
        sql_per_second: theirs.per_second,
        sql_p50_ms: ms(theirs.p50),
        sql_p99_ms: ms(theirs.p99),
        times: ours.per_second / theirs.per_second,
    }
}

fn table(rows: &[Row]) -> Table {
    let mut table = Table::new();
    table.set_header([
        "connections",
        "Linli /s",
        "p50 ms",
        "p99 ms",
        "SQL way /s",
        "p50 ms",
        "p99 ms",
        "times",
    ]);
    for row in rows {
        table.add_row([
            row.connections.to_string(),
            format!("{:.0}", row.linli_per_second),
            format!("{:.2}", row.linli_p50_ms),
            format!("{:.2}", row.linli_p99_ms),
            format!("{:.0}", row.sql_per_second),
            format!("{:.2}", row.sql_p50_ms),
            format!("{:.2}", row.sql_p99_ms),
            format!("{:.1}", row.times),
        ]);
    }
    table.column_iter_mut().for_each(|column| column.set_cell_alignment(CellAlignment::Right));
    table
}
