//! Durable commands a second through the port in this process, beside the limit: the same senders
//! answered by a task that appends as many bytes to a file and syncs it.
//!
//! `cargo run --release -p linli-ledger --example throughput -- [seconds a round]`. The bench that
//! counts is `linli-bench`; this one is for the writer's author.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a tool for the author: any fault ends it"
)]

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use linli_devstack::{Options, Stack};
use linli_domain::id::PoolId;
use linli_domain::pool::{self, Funding, Pool};
use linli_domain::quantity::Points;
use linli_domain::text::{Bilingual, Code, Name, Reference};
use linli_domain::{ClientId, Command, IdempotencyKey, Record};
use linli_ledger::{Ledger, Metrics, Settings};
use linli_log::District;
use linli_port::{Accepted, Envelope, Intake, Port, Request};
use prometheus::Registry;
use tokio_util::sync::CancellationToken;

const SENDERS: [u64; 5] = [1, 16, 64, 256, 1024];

fn envelope(key: &str, command: Command) -> Envelope {
    let key = IdempotencyKey::new(key).unwrap();
    Envelope { client: ClientId(1), key, body_hash: [0; 32], command }
}

fn open() -> Command {
    let name = Bilingual { zh: Name::new("池").unwrap(), en: Name::new("pool").unwrap() };
    let pool = PoolId::from_number(1);
    pool::Command::Open(Pool { pool, code: Code::new("street").unwrap(), name }).into()
}

fn fund() -> Command {
    let reference = Reference::new("a reference of the finance desk").unwrap();
    let points = Points::from_hundredths(100);
    pool::Command::Fund(Funding { pool: PoolId::from_number(1), points, reference }).into()
}

/// Commands a second of so many senders that each wait for their answer.
async fn round(port: &Port, senders: u64, name: &str, length: Duration) -> u64 {
    let done = Arc::new(AtomicU64::new(0));
    let started = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for sender in 0..senders {
        let (port, done, name) = (port.clone(), Arc::clone(&done), name.to_owned());
        tasks.spawn(async move {
            for n in 0_u64.. {
                if started.elapsed() > length {
                    return;
                }
                let key = format!("{name}-{senders}-{sender}-{n}");
                port.submit_one(envelope(&key, fund())).await.unwrap();
                done.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    tasks.join_all().await;
    let ms = u64::try_from(started.elapsed().as_millis()).unwrap();
    done.load(Ordering::Relaxed).saturating_mul(1_000).checked_div(ms).unwrap()
}

/// Answers everything with `record` once as many of its bytes are on the disk.
async fn append_to_file(mut intake: Intake, mut file: std::fs::File, record: Arc<[Record]>) {
    let mut one = Vec::new();
    linli_proto::encode_record_into(&record[0], &mut one);
    let mut waiting = Vec::new();
    loop {
        waiting.push(intake.recv().await);
        while let Some(more) = intake.try_recv() {
            waiting.push(more);
        }
        let bytes = one.repeat(waiting.len());
        file = tokio::task::spawn_blocking(move || {
            file.write_all(&bytes).unwrap();
            file.sync_data().unwrap();
            file
        })
        .await
        .unwrap();
        for request in waiting.drain(..) {
            let Request::One(_, reply) = request else { panic!("no bulk here") };
            reply.one(Ok(Accepted { records: Arc::clone(&record), repeated: false }));
        }
    }
}

#[tokio::main]
async fn main() {
    let seconds = std::env::args().nth(1).map_or(3, |text| text.parse().unwrap());
    let length = Duration::from_secs(seconds);
    let stack = Stack::start(Options { nats: false, ..Options::temporary() }).await.unwrap();
    let config: tokio_postgres::Config = stack.postgres_url().parse().unwrap();
    let (mut client, connection) = config.connect(tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    linli_log::migrate(&mut client).await.unwrap();

    let registry = Registry::new();
    let metrics = Metrics::register(&registry).unwrap();
    let log_metrics = linli_log::Metrics::register(&registry).unwrap();
    let settings = Settings::new(District::new("gulou").unwrap(), config, metrics, log_metrics);
    let (port, intake) = Port::local();
    let cancel = CancellationToken::new();
    let ledger = Ledger::start(settings, intake, cancel.clone());
    ledger.status().wait_for(|status| status.is_leading()).await.unwrap();
    port.submit_one(envelope("open", open())).await.unwrap();
    let record = port.submit_one(envelope("one", fund())).await.unwrap().records;

    let file = stack.data_dir().join("limit");
    let file = std::fs::File::create(file).unwrap();
    let (limit_port, limit_intake) = Port::local();
    tokio::spawn(append_to_file(limit_intake, file, record));

    println!("| senders | limit: a file, fdatasync | ledger | part |");
    println!("|---|---|---|---|");
    for senders in SENDERS {
        let limit = round(&limit_port, senders, "limit", length).await;
        let found = round(&port, senders, "ledger", length).await;
        let percent = found.saturating_mul(100).checked_div(limit).unwrap();
        println!("| {senders} | {limit} | {found} | {percent} % |");
    }
    let figures = prometheus::TextEncoder::new().encode_to_string(&registry.gather()).unwrap();
    figures.lines().filter(|line| line.contains("_sum") || line.contains("_count")).for_each(
        |line| {
            println!("{line}");
        },
    );
    cancel.cancel();
    ledger.stopped().await.unwrap();
    stack.stop().await.unwrap();
}
