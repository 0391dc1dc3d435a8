//! A backlog is caught up with, in bounded memory, while more arrives.

use std::time::{Duration, Instant};

use linli_domain::contribution::Signal;
use linli_domain::{Position, resident};
use linli_feed::Metrics as FeedMetrics;
use linli_feed::window::HELD_BYTES_MAX;
use linli_log::FRAME_BYTES_MAX;
use linli_readmodel::Projection;
use prometheus::Registry;

use crate::agree::agree;
use crate::support::Bench;
use crate::world::{GRID, RICE, World, resident as who};

/// Records that have gathered while the projectors were away.
const BACKLOG_RECORDS: usize = 100_000;

/// Records that arrive a second: a large district at its busiest hour.
const ARRIVAL_RECORDS_S: u64 = 200;

/// What is at work at once in a frame that is decoded, beside its bytes.
const DECODED_TIMES: usize = 8;

/// Something of little consequence, again and again.
fn busy(world: &mut World, records: usize) -> Vec<linli_domain::Record> {
    let mut made = Vec::new();
    while made.len() < records {
        for number in 1..=4 {
            world.submit(number, GRID, &[Signal::Photo]);
            world.wish(resident::Command::JoinRanking(who(number)));
            world.price(RICE, if number % 2 == 0 { "5.50" } else { "4.40" });
            world.wish(resident::Command::LeaveRanking(who(number)));
        }
        made.append(&mut world.take_records());
    }
    made
}

fn gauge(registry: &Registry, name: &str) -> i64 {
    let families = registry.gather();
    let family = families.iter().find(|family| family.name() == name);
    let metric = family.and_then(|family| family.get_metric().first());
    #[allow(clippy::as_conversions, reason = "a gauge of whole bytes")]
    metric.map_or(0, |metric| metric.get_gauge().get_value() as i64)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backlog_is_caught_up_with_at_ten_times_the_arrival() {
    let mut bench = Bench::new().await;
    let mut world = World::new();
    let records = busy(&mut world, BACKLOG_RECORDS);
    bench.append(&records, 500).await;
    drop(records);

    let registry = Registry::new();
    let metrics = FeedMetrics::register(&registry).unwrap();
    let log_metrics = linli_log::Metrics::register(&registry).unwrap();
    let mut settings = bench.settings();
    settings.feed = bench.feed(None).with_metrics(&metrics, &log_metrics);
    let reader = bench.reader();
    let begun = Instant::now();
    let running = bench.start(settings);
    let mut held_most = 0;
    let is_there = async |end: Position| {
        for projection in Projection::ALL {
            let waited = reader.wait_for(projection, end, Duration::from_millis(1)).await;
            if waited.is_err() {
                return false;
            }
        }
        true
    };
    // What arrives meanwhile; the level that ends it is that all of it is applied.
    let mut arrived = 0;
    while !is_there(bench.end()).await {
        assert!(begun.elapsed() < crate::support::BACKLOG_WAIT_MAX, "{:?}", bench.end());
        held_most = held_most.max(gauge(&registry, "linli_feed_held_bytes"));
        let due = begun.elapsed().as_secs() * ARRIVAL_RECORDS_S;
        if due > arrived {
            let more = busy(&mut world, usize::try_from(due - arrived).unwrap());
            arrived += u64::try_from(more.len()).unwrap();
            bench.append(&more, 50).await;
        }
    }
    let applied_s = bench.end().0 / begun.elapsed().as_secs().max(1);
    assert!(applied_s >= 10 * ARRIVAL_RECORDS_S, "{applied_s} records a second");
    let held_bound = HELD_BYTES_MAX + FRAME_BYTES_MAX * DECODED_TIMES;
    assert!(held_most <= i64::try_from(held_bound).unwrap(), "{held_most} bytes were held");
    agree(&reader, &world.state).await;
    running.stop().await;
}
