//! Durable commands a second through the port in this process, the same pipeline over three
//! stores: nothing, a file with fdatasync (the limit that the disk sets), and PostgreSQL.
//!
//! `cargo run --release -p linli-ledger --example throughput -- [seconds a round] [rounds]
//! [senders,senders,…] [hot|uniform] [store,store,…]`. The bench that counts is `linli-bench`;
//! this one is for the writer's author.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::as_conversions,
    reason = "a tool for the author: any fault ends it"
)]

mod stores;
mod town;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use linli_devstack::{Options, Stack};
use linli_ledger::{Clock, Image, Ledger, Metrics, Settings, Term};
use linli_log::District;
use linli_port::{INTAKE_COMMANDS_MAX, Port};
use prometheus::Registry;
use tokio_util::sync::CancellationToken;

use stores::{FileStore, NullStore};
use town::{Pace, Town};

/// A way to a ledger that runs over one of the stores.
struct Way {
    name: &'static str,
    port: Port,
    town: Arc<Town>,
}

/// What one round gave.
#[derive(Clone)]
struct Round {
    rate: u64,
    p50_us: u64,
    p99_us: u64,
}

/// Commands a second of so many senders that each wait for their answer.
async fn round(way: &Way, senders: u64, length: Duration) -> Round {
    let done = Arc::new(AtomicU64::new(0));
    let started = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..senders {
        let (port, done, town) = (way.port.clone(), Arc::clone(&done), Arc::clone(&way.town));
        tasks.spawn(async move {
            let mut sender = town.sender();
            let mut waits = Vec::new();
            while started.elapsed() < length {
                let envelope = sender.next();
                let begun = Instant::now();
                port.submit_one(envelope).await.unwrap();
                waits.push(u32::try_from(begun.elapsed().as_micros()).unwrap());
                done.fetch_add(1, Ordering::Relaxed);
            }
            waits
        });
    }
    let mut waits: Vec<u32> = tasks.join_all().await.concat();
    waits.sort_unstable();
    let at = |part: usize| u64::from(waits[(waits.len() - 1) * part / 100]);
    let ms = u64::try_from(started.elapsed().as_millis()).unwrap();
    Round { rate: done.load(Ordering::Relaxed) * 1_000 / ms, p50_us: at(50), p99_us: at(99) }
}

fn metrics() -> (Registry, Metrics, linli_log::Metrics) {
    let registry = Registry::new();
    let metrics = Metrics::register(&registry).unwrap();
    let log_metrics = linli_log::Metrics::register(&registry).unwrap();
    (registry, metrics, log_metrics)
}

fn term(metrics: Metrics) -> Term {
    let district = District::new("gulou").unwrap();
    Term { district, clock: Clock::system(), metrics, image: Image::default() }
}

#[tokio::main]
async fn main() {
    let argument = |n: usize, other: &str| std::env::args().nth(n).unwrap_or(other.to_owned());
    let length = Duration::from_secs_f64(argument(1, "2").parse().unwrap());
    let rounds: usize = argument(2, "3").parse().unwrap();
    let senders = argument(3, "1,16,64,256,1024");
    let senders: Vec<u64> = senders.split(',').map(|text| text.parse().unwrap()).collect();
    let pace = if argument(4, "uniform") == "hot" { Pace::Hot } else { Pace::Uniform };
    let wanted = argument(5, "null,file,postgres");
    let stack = Stack::start(Options { nats: false, ..Options::temporary() }).await.unwrap();
    let cancel = CancellationToken::new();
    let mut ways = Vec::new();
    let mut registries = Vec::new();
    for name in ["null", "file", "postgres"] {
        if !wanted.split(',').any(|other| other == name) {
            continue;
        }
        let (registry, metrics, log_metrics) = metrics();
        registries.push((name, registry));
        let (port, mut intake) = Port::local_with(INTAKE_COMMANDS_MAX);
        let cancel = cancel.clone();
        match name {
            "null" => {
                drop(tokio::spawn(async move {
                    term(metrics).lead(&NullStore, &mut intake, &cancel).await.unwrap();
                }));
            }
            "file" => {
                let store = FileStore::create(&stack.data_dir().join("frames"));
                drop(tokio::spawn(async move {
                    term(metrics).lead(&store, &mut intake, &cancel).await.unwrap();
                }));
            }
            _ => {
                let config: tokio_postgres::Config = stack.postgres_url().parse().unwrap();
                let (mut client, connection) = config.connect(tokio_postgres::NoTls).await.unwrap();
                tokio::spawn(connection);
                linli_log::migrate(&mut client).await.unwrap();
                let district = District::new("gulou").unwrap();
                let settings = Settings::new(district, config, metrics, log_metrics);
                let ledger = Ledger::start(settings, intake, cancel);
                ledger.status().wait_for(|status| status.is_leading()).await.unwrap();
                drop(tokio::spawn(ledger.stopped()));
            }
        }
        let town = Arc::new(Town::found(&port, pace).await);
        ways.push(Way { name, port, town });
    }

    println!("| senders | {} |", ways.iter().map(|way| way.name).collect::<Vec<_>>().join(" | "));
    for senders in senders {
        let mut rates = vec![Vec::new(); ways.len()];
        for _ in 0..rounds {
            for (way, rates) in ways.iter().zip(&mut rates) {
                rates.push(round(way, senders, length).await);
            }
        }
        let told: Vec<String> = rates
            .iter_mut()
            .map(|rounds| {
                rounds.sort_by_key(|round| round.rate);
                let Round { rate, p50_us, p99_us } = rounds[rounds.len() / 2].clone();
                format!("{rate} (p50 {p50_us} µs, p99 {p99_us} µs)")
            })
            .collect();
        println!("| {senders} | {} |", told.join(" | "));
    }
    for (name, registry) in registries {
        let figures = prometheus::TextEncoder::new().encode_to_string(&registry.gather()).unwrap();
        let figures = figures.lines().filter(|line| {
            ["_sum", "_count", "_total", "unindexed"].iter().any(|part| line.contains(part))
                && line.contains("linli_ledger")
                && !line.starts_with('#')
        });
        figures.for_each(|line| println!("{name}: {line}"));
    }
    cancel.cancel();
    stack.stop().await.unwrap();
}
