//! What can't be applied stops one projection, loudly, and nothing else.

use linli_domain::id::RedemptionId;
use linli_domain::redemption::{Event as Redeemed, Slip};
use linli_domain::{Event, Origin, Record};
use linli_feed::Feed;
use linli_log::LogReader;
use linli_projector::{Metrics, Settings};
use linli_readmodel::{Projection, Standing};

use crate::agree::agree;
use crate::support::{Bench, until};
use crate::world::{GRID, STATION, World, resident};

/// Waits until a projection has stopped.
async fn stopped(bench: &Bench, projection: Projection) -> Standing {
    let reader = bench.reader();
    until("a stop", async || {
        let standings = reader.standings().await.unwrap();
        let standing = standings.into_iter().find(|one| one.generation.projection == projection);
        standing.filter(|one| one.stopped.is_some())
    })
    .await
}

/// A capture of a slip that nobody reserved: the writer never makes one.
fn captured_from_nowhere(world: &World) -> Record {
    let slip = Slip {
        redemption: RedemptionId::from_number(999_999),
        resident: resident(1),
        station: STATION,
        shift: None,
        shown: None,
        lines: Vec::new(),
        total: linli_domain::quantity::Points::ZERO,
        lots: Vec::new(),
    };
    Record {
        position: world.state.position().next(),
        recorded_at: world.now(),
        happened_at: world.now(),
        origin: Origin::Deadline,
        event: Event::Redemption(Redeemed::Captured(slip)),
        postings: Vec::new(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_that_does_not_fit_stops_one_projection() {
    let mut bench = Bench::new().await;
    let mut world = World::new();
    world.serve(1, GRID);
    bench.append(&world.take_records(), 4).await;
    let good = bench.end();
    let bad = captured_from_nowhere(&world);
    bench.append(&[bad], 1).await;

    let mut settings = bench.settings();
    settings.metrics = Metrics::register(&bench.registry).unwrap();
    let running = bench.start(settings);
    let standing = stopped(&bench, Projection::Redemptions).await;
    assert_eq!(standing.position, good);
    let end = bench.end();
    let why = standing.stopped.unwrap();
    let expected = format!("frames {end} to {end} could not be applied: 0 of 1 rows of redemption");
    assert!(why.starts_with(&expected), "{why}");
    let families = bench.registry.gather();
    let family = families.iter().find(|one| one.name() == "linli_projector_stopped").unwrap();
    let of = |metric: &prometheus::proto::Metric| {
        let labels = metric.get_label().iter();
        labels.map(|label| label.value().to_owned()).any(|value| value == "redemptions")
    };
    let metric = family.get_metric().iter().find(|metric| of(metric)).unwrap();
    assert!(metric.get_gauge().get_value() > 0.5);

    let reader = bench.reader();
    for projection in Projection::ALL {
        if projection != Projection::Redemptions {
            bench.reached(&reader, projection, end).await;
        }
    }
    let standings = reader.standings().await.unwrap();
    assert_eq!(standings.iter().filter(|one| one.stopped.is_some()).count(), 1);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bytes_that_are_no_record_stop_every_projection_before_them() {
    let mut bench = Bench::new().await;
    let mut world = World::new();
    bench.append(&world.take_records(), 4).await;
    let good = bench.end();
    bench.append_bytes(&[b"not a record".to_vec()], world.now().microseconds()).await;
    let running = bench.start(bench.settings());
    for projection in Projection::ALL {
        let standing = stopped(&bench, projection).await;
        assert_eq!(standing.position, good);
        let why = standing.stopped.unwrap();
        assert!(why.starts_with(&format!("record {} can't be read: ", bench.end())), "{why}");
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_is_cut_is_no_stop() {
    let mut bench = Bench::new().await;
    let mut world = World::new();
    let reader = bench.reader();
    // Connections of their own, which are cut again and again.
    let mut config = bench.config.clone();
    config.application_name("to-be-cut");
    let pool = linli_log::reader::pool(&config, 10).unwrap();
    let feed = Feed::new(LogReader::new(pool.clone()), None, bench.district.clone());
    let running = bench.start(Settings { pool, feed, ..bench.settings() });
    let knife = bench.client().await;
    for _ in 0..5 {
        world.live();
        bench.append(&world.take_records(), 3).await;
        let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE application_name = 'to-be-cut'";
        knife.execute(cut, &[]).await.unwrap();
    }
    bench.caught_up(&reader).await;
    agree(&reader, &world.state).await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_history_is_not_followed() {
    let mut bench = Bench::new().await;
    let mut world = World::new();
    bench.append(&world.take_records(), 10).await;
    let running = bench.start(bench.settings());
    bench.caught_up(&bench.reader()).await;
    running.stop().await;
    let client = bench.client().await;
    let text = "UPDATE read.projection SET root = sha256('another') WHERE projection = 'balances'";
    client.execute(text, &[]).await.unwrap();
    world.serve(1, GRID);
    bench.append(&world.take_records(), 10).await;
    let running = bench.start(bench.settings());
    let why = stopped(&bench, Projection::Balances).await.stopped.unwrap();
    assert!(why.contains("another history"), "{why}");
    running.stop().await;
}
