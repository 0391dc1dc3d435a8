//! How fast the projections catch up from nothing, and what a record costs.
//!
//! `cargo run --release -p linli-projector --example catching_up -- [records] [residents]` fills a
//! log, then lets all projections catch up at once, and each alone. What counts is the
//! processor's time a record, PostgreSQL's and ours; records a second are told beside it, for a
//! machine that has nothing else to do.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::as_conversions,
    reason = "a bench divides; what it adds up is small"
)]

mod city;

use std::time::{Duration, Instant};

use linli_devstack::{Options, Stack};
use linli_domain::text::Code;
use linli_domain::{Position, Record};
use linli_feed::Feed;
use linli_log::{BodyBuilder, District, Frame, Frontier, LogReader, LogWriter};
use linli_projector::{Metrics, Projectors, Settings};
use linli_readmodel::{Projection, Reader};
use tokio_postgres::{Config, NoTls};
use tokio_util::sync::CancellationToken;

use city::City;

/// Records of a frame, as a writer under load makes them.
const FRAME_RECORDS: usize = 500;

/// The longest wait for the projections.
const WAIT_MAX: Duration = Duration::from_secs(3_600);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut numbers = std::env::args().skip(1).map(|word| word.parse::<u64>());
    let records = numbers.next().transpose()?.unwrap_or(200_000);
    let residents = numbers.next().transpose()?.unwrap_or(records / 40).max(1);
    let mut stack = Stack::start(Options::temporary()).await?;
    let log = Log::fill(&stack, records, residents.into()).await?;
    println!("{} records of {residents} residents, {} bytes each", log.end, log.bytes / log.end);
    println!("{:<14} {:>10} {:>14} {:>10}", "", "records/s", "PostgreSQL µs", "ours µs");
    log.catch_up("all", &Projection::ALL, &mut stack).await?;
    for projection in Projection::ALL {
        log.catch_up(projection.name(), &[projection], &mut stack).await?;
    }
    stack.stop().await?;
    Ok(())
}

/// A log that is full.
struct Log {
    config: Config,
    district: District,
    end: u64,
    bytes: u64,
}

impl Log {
    async fn fill(stack: &Stack, records: u64, residents: u128) -> anyhow::Result<Self> {
        let url = stack.create_database("catching_up").await?;
        let config: Config = url.parse()?;
        let (mut client, connection) = config.connect(NoTls).await?;
        tokio::spawn(connection);
        linli_log::migrate(&mut client).await?;
        linli_readmodel::migrate(&mut client).await?;
        let district = District::new("city")?;
        let writer = LogWriter::open(&config, &district).await?;
        let (mut frontier, mut city) = (Frontier::new(), City::of(residents)?);
        let mut bytes = 0;
        let mut waiting: Vec<Record> = Vec::new();
        while frontier.size() < records {
            while waiting.len() < FRAME_RECORDS {
                city.live()?;
                waiting.append(&mut city.take_records());
            }
            let rest = waiting.split_off(FRAME_RECORDS);
            let mut body = BodyBuilder::new();
            for record in &waiting {
                body.push(&linli_proto::encode_record(record))?;
            }
            let at = waiting.last().map_or(0, |record| record.recorded_at.microseconds());
            bytes += body.len_bytes() as u64;
            let frame = Frame::seal(&mut frontier, at, body.take())?;
            writer.append(&frame).await?;
            waiting = rest;
        }
        client.batch_execute("VACUUM ANALYZE log.frame").await?;
        client.batch_execute("CHECKPOINT").await?;
        Ok(Self { config, district, end: frontier.size(), bytes })
    }

    /// Lets projections begin from nothing and tells what it took.
    async fn catch_up(
        &self,
        name: &str,
        which: &[Projection],
        stack: &mut Stack,
    ) -> anyhow::Result<()> {
        let pool = linli_log::reader::pool(&self.config, 12)?;
        self.forget(&pool).await?;
        let reader = Reader::new(pool.clone(), Code::new(self.district.as_str())?);
        let settings = Settings {
            pool: pool.clone(),
            feed: Feed::new(LogReader::new(pool), None, self.district.clone()),
            metrics: Metrics::register(&prometheus::Registry::new())?,
        };
        let before = (Instant::now(), postgres_seconds(stack)?, own_seconds()?);
        let cancel = CancellationToken::new();
        let running = tokio::spawn(Projectors::new(settings)?.only(which).run(cancel.clone()));
        for projection in which {
            reach(&reader, *projection, Position(self.end)).await?;
        }
        let wall = before.0.elapsed().as_secs_f64();
        let (server, own) = (postgres_seconds(stack)? - before.1, own_seconds()? - before.2);
        cancel.cancel();
        running.await?;
        let records = self.end as f64;
        let each = |seconds: f64| seconds * 1e6 / records;
        println!("{name:<14} {:>10.0} {:>14.1} {:>10.1}", records / wall, each(server), each(own));
        Ok(())
    }

    /// Throws all read models away.
    async fn forget(&self, pool: &deadpool_postgres::Pool) -> anyhow::Result<()> {
        let client = pool.get().await?;
        let text = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'read\\_%'";
        for row in client.query(text, &[]).await? {
            let schema: String = row.try_get(0)?;
            client.batch_execute(&format!("DROP SCHEMA {schema} CASCADE")).await?;
        }
        client.batch_execute("DELETE FROM read.projection").await?;
        client.batch_execute("CHECKPOINT").await?;
        Ok(())
    }
}

async fn reach(reader: &Reader, projection: Projection, end: Position) -> anyhow::Result<()> {
    let begun = Instant::now();
    while begun.elapsed() < WAIT_MAX {
        if reader.wait_for(projection, end, Duration::from_secs(5)).await.is_ok() {
            return Ok(());
        }
        if let Some(why) = stopped(reader, projection).await? {
            anyhow::bail!("{projection} stopped: {why}");
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    anyhow::bail!("{projection} did not catch up in an hour")
}

async fn stopped(reader: &Reader, projection: Projection) -> anyhow::Result<Option<String>> {
    let standings = reader.standings().await?;
    let standing = standings.into_iter().find(|one| one.generation.projection == projection);
    Ok(standing.and_then(|standing| standing.stopped))
}

/// The processor's time of this process so far.
fn own_seconds() -> anyhow::Result<f64> {
    let (_, own, _) = stat("self")?;
    Ok(own)
}

/// The processor's time of PostgreSQL so far: of its processes, and of those that ended.
fn postgres_seconds(stack: &mut Stack) -> anyhow::Result<f64> {
    let postmaster = stack.postgres_pid().unwrap_or_default();
    let (_, own, ended) = stat(&postmaster.to_string())?;
    let mut seconds = own + ended;
    for entry in std::fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(name) = name.to_str().filter(|name| name.parse::<u32>().is_ok()) else { continue };
        // A process that ended in the meantime is counted by its parent.
        if let Ok((parent, own, _)) = stat(name)
            && parent == postmaster
        {
            seconds += own;
        }
    }
    Ok(seconds)
}

/// Parent, seconds of its own, and seconds of children that ended, of a process.
fn stat(process: &str) -> anyhow::Result<(u32, f64, f64)> {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let (_, rest) = text.rsplit_once(") ").unwrap_or(("", &text));
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks = |at: usize| -> f64 {
        fields.get(at).and_then(|word| word.parse::<f64>().ok()).unwrap_or_default() / 100.0
    };
    let parent = fields.get(1).and_then(|word| word.parse().ok()).unwrap_or_default();
    Ok((parent, ticks(11) + ticks(12), ticks(13) + ticks(14)))
}
