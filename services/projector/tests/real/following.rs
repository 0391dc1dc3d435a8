//! Following the log: over NATS, from where it stopped, and with company.

use linli_log::{LogReader, Relay};
use linli_readmodel::Digest;
use tokio_util::sync::CancellationToken;

use crate::agree::agree;
use crate::support::Bench;
use crate::world::{GRID, World};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn frames_come_over_nats() {
    let mut bench = Bench::new().await;
    let nats = async_nats::connect(bench.database.nats_url()).await.unwrap();
    let registry = prometheus::Registry::new();
    let metrics = linli_log::Metrics::register(&registry).unwrap();
    let log = LogReader::new(bench.pool.clone());
    let cancel = CancellationToken::new();
    let relay = Relay::new(bench.district.clone(), log, nats.clone(), &metrics);
    let relay = tokio::spawn(relay.run(cancel.clone()));
    let mut settings = bench.settings();
    settings.feed = bench.feed(Some(nats));
    let running = bench.start(settings);
    let reader = bench.reader();
    let mut world = World::new();
    for _ in 0..5 {
        world.serve(1, GRID);
        bench.append(&world.take_records(), 3).await;
        bench.caught_up(&reader).await;
    }
    agree(&reader, &world.state).await;
    running.stop().await;
    cancel.cancel();
    relay.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_back_goes_on_where_it_was() {
    let mut bench = Bench::new().await;
    let mut world = World::new();
    let reader = bench.reader();
    for _ in 0..3 {
        let running = bench.start(bench.settings());
        world.live();
        bench.append(&world.take_records(), 5).await;
        bench.caught_up(&reader).await;
        running.stop().await;
        // Nobody is there, and the log grows.
        world.serve(1, GRID);
        bench.append(&world.take_records(), 1).await;
    }
    let running = bench.start(bench.settings());
    bench.caught_up(&reader).await;
    agree(&reader, &world.state).await;
    running.stop().await;
}

/// A server that is killed may lose the last commits of a projection, which don't wait for the
/// disk: rows and checkpoint together. Nothing more has to come for that to be noticed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_killed_server_lost_is_made_again_though_nothing_comes() {
    let mut bench = Bench::new().await;
    let mut world = World::new();
    let reader = bench.reader();
    world.live();
    bench.append(&world.take_records(), 5).await;
    let running = bench.start(bench.settings());
    bench.caught_up(&reader).await;
    let client = bench.client().await;
    let keep =
        "CREATE TEMP TABLE kept AS SELECT * FROM read.projection WHERE projection = 'catalogue'";
    client.batch_execute(keep).await.unwrap();
    // A service changes no row of the catalogue, only its checkpoint.
    world.serve(1, GRID);
    bench.append(&world.take_records(), 1).await;
    bench.caught_up(&reader).await;
    let lose = "UPDATE read.projection p SET position = kept.position, root = kept.root, \
                recorded_at_us = kept.recorded_at_us FROM kept \
                WHERE p.district = kept.district AND p.projection = kept.projection \
                AND p.generation = kept.generation AND p.position > kept.position";
    assert_eq!(client.execute(lose, &[]).await.unwrap(), 1);
    // Whoever looked a moment ago would still believe what was lost.
    bench.caught_up(&bench.reader()).await;
    agree(&reader, &world.state).await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_at_once_do_no_harm() {
    let mut bench = Bench::new().await;
    let mut world = World::new();
    let reader = bench.reader();
    let one = bench.start(bench.settings());
    let other = bench.start(bench.settings());
    for _ in 0..4 {
        world.live();
        bench.append(&world.take_records(), 2).await;
    }
    bench.caught_up(&reader).await;
    agree(&reader, &world.state).await;
    one.stop().await;
    world.serve(2, GRID);
    bench.append(&world.take_records(), 1).await;
    bench.caught_up(&reader).await;
    agree(&reader, &world.state).await;
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn how_frames_were_cut_and_batched_leaves_no_trace() {
    let mut world = World::new();
    world.live();
    let records = world.take_records();
    let mut digests: Vec<Vec<Digest>> = Vec::new();
    for frame_records in [1, 13, 1_000] {
        let mut bench = Bench::new().await;
        bench.append(&records, frame_records).await;
        let running = bench.start(bench.settings());
        bench.caught_up(&bench.reader()).await;
        running.stop().await;
        digests.push(bench.digests().await);
    }
    assert_eq!(digests[0], digests[1]);
    assert_eq!(digests[0], digests[2]);
}
