use std::time::{Duration, Instant};

use async_nats::jetstream::{self, Context};
use linli_devstack::{Options, Stack};
use linli_log::{District, LogReader, LogWriter, Metrics, Relay};
use prometheus::Registry;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use super::support::{Frames, Log, connect, until};

/// A relay at work, and what it counts.
struct Running {
    registry: Registry,
    cancel: CancellationToken,
    task: AbortOnDropHandle<()>,
}

fn start(district: &District, reader: LogReader, nats: async_nats::Client) -> Running {
    let registry = Registry::new();
    let metrics = Metrics::register(&registry).unwrap();
    let relay = Relay::new(district.clone(), reader, nats, &metrics);
    let cancel = CancellationToken::new();
    let task = AbortOnDropHandle::new(tokio::spawn(relay.run(cancel.clone())));
    Running { registry, cancel, task }
}

impl Running {
    fn metric(&self, name: &str) -> f64 {
        let families = self.registry.gather();
        let family = families.iter().find(|family| family.name() == name).unwrap();
        let metric = &family.get_metric()[0];
        metric.get_counter().get_value() + metric.get_gauge().get_value()
    }

    async fn stop(self) {
        self.cancel.cancel();
        self.task.await.unwrap();
    }
}

/// The last positions of the frames in a stream, in its order; `None` while it is not readable.
pub(crate) async fn ends(context: &Context, district: &District) -> Option<Vec<u64>> {
    let stream = context.get_stream(linli_log::stream::stream_name(district)).await.ok()?;
    let state = &stream.cached_info().state;
    let mut ends = Vec::new();
    for sequence in 1..=state.last_sequence {
        let message = stream.get_raw_message(sequence).await.ok()?;
        ends.push(message.headers.get("Linli-Last")?.as_str().parse().ok()?);
    }
    Some(ends)
}

async fn until_ends(context: &Context, district: &District, expected: &[u64]) {
    let mut seen = None;
    let found = tokio::time::timeout(Duration::from_secs(20), async {
        while seen.as_deref() != Some(expected) {
            seen = ends(context, district).await;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    if found.await.is_err() {
        panic!("the stream has {seen:?}, not {expected:?}");
    }
}

/// The ends of `count` frames of three records.
fn threes(count: u64) -> Vec<u64> {
    (1..=count).map(|n| n * 3).collect()
}

async fn nats(log: &Log) -> (async_nats::Client, Context) {
    let client = linli_log::nats::connect(log.database.nats_url(), "test").await.unwrap();
    (client.clone(), jetstream::new(client))
}

#[tokio::test]
async fn frames_are_carried_and_carried_on() {
    let log = Log::create().await;
    let (client, context) = nats(&log).await;
    let writer = log.writer().await;
    let mut frames = Frames::default();
    log.grow(&writer, &mut frames, 5).await;
    let relay = start(&log.district, log.reader(), client.clone());
    until_ends(&context, &log.district, &threes(5)).await;
    log.grow(&writer, &mut frames, 5).await;
    until_ends(&context, &log.district, &threes(10)).await;
    until("the relay to be up", async || (relay.metric("linli_log_relay_up") > 0.0).then_some(()))
        .await;
    assert_eq!(relay.metric("linli_log_relay_position"), 30.0);
    assert_eq!(relay.metric("linli_log_relay_frames_total"), 10.0);
    relay.stop().await;

    log.grow(&writer, &mut frames, 300).await;
    let relay = start(&log.district, log.reader(), client);
    until_ends(&context, &log.district, &threes(310)).await;
    assert_eq!(relay.metric("linli_log_relay_frames_total"), 300.0);
    assert_eq!(relay.metric("linli_log_relay_errors_total"), 0.0);
    relay.stop().await;
}

#[tokio::test]
async fn the_longest_frame_is_carried() {
    let log = Log::create().await;
    let (client, context) = nats(&log).await;
    let writer = log.writer().await;
    let mut frames = Frames::default();
    for _ in 0..20 {
        writer.append(&frames.next_of(12, 65_532)).await.unwrap();
    }
    let relay = start(&log.district, log.reader(), client);
    let expected: Vec<u64> = (1..=20).map(|n| n * 12).collect();
    until_ends(&context, &log.district, &expected).await;
    assert_eq!(relay.metric("linli_log_relay_errors_total"), 0.0);
}

#[tokio::test]
async fn a_bell_is_heard_at_once() {
    let log = Log::create().await;
    let (client, context) = nats(&log).await;
    let writer = log.writer().await;
    let mut frames = Frames::default();
    let (bell, ears) = watch::channel(0);
    let metrics = Metrics::register(&Registry::new()).unwrap();
    let relay = Relay::new(log.district.clone(), log.reader(), client, &metrics).with_bell(ears);
    let cancel = CancellationToken::new();
    let task = AbortOnDropHandle::new(tokio::spawn(relay.run(cancel.clone())));
    until_ends(&context, &log.district, &[]).await;
    let start = Instant::now();
    for n in 1..=20 {
        log.grow(&writer, &mut frames, 1).await;
        bell.send_replace(n * 3);
        until("the frame", async || {
            (ends(&context, &log.district).await?.len() as u64 == n).then_some(())
        })
        .await;
    }
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    // Without a bell it goes on, by looking.
    drop(bell);
    log.grow(&writer, &mut frames, 1).await;
    until_ends(&context, &log.district, &threes(21)).await;
    cancel.cancel();
    task.await.unwrap();
}

#[tokio::test]
async fn a_stream_that_is_deleted_is_filled_again() {
    let log = Log::create().await;
    let (client, context) = nats(&log).await;
    let writer = log.writer().await;
    let mut frames = Frames::default();
    log.grow(&writer, &mut frames, 20).await;
    let relay = start(&log.district, log.reader(), client);
    until_ends(&context, &log.district, &threes(20)).await;
    let name = linli_log::stream::stream_name(&log.district);
    // Idle, then with frames coming.
    for (more, count) in [(0, 20), (10, 30)] {
        let start = Instant::now();
        context.delete_stream(&name).await.unwrap();
        log.grow(&writer, &mut frames, more).await;
        until_ends(&context, &log.district, &threes(count)).await;
        assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    }
    relay.stop().await;
}

#[tokio::test]
async fn a_stream_that_is_no_copy_is_thrown_away() {
    let log = Log::create().await;
    let (client, context) = nats(&log).await;
    let writer = log.writer().await;
    let mut frames = Frames::default();
    log.grow(&writer, &mut frames, 4).await;
    let name = linli_log::stream::stream_name(&log.district);
    let subject = linli_log::stream::subject(&log.district);
    let foreign = async |ends: &[(&str, &str)]| {
        let config = jetstream::stream::Config {
            name: name.clone(),
            subjects: vec![subject.clone()],
            ..Default::default()
        };
        context.delete_stream(&name).await.ok();
        let stream = context.create_stream(config).await.unwrap();
        for (last, root) in ends {
            let mut headers = async_nats::HeaderMap::new();
            headers.insert("Linli-Last", *last);
            headers.insert("Linli-Root", *root);
            let publish =
                context.publish_with_headers(subject.clone(), headers, "body".into()).await;
            publish.unwrap().await.unwrap();
        }
        stream
    };
    let (right, wrong) = (frames.frontier.root().to_string(), "0".repeat(64));
    // Another history; a position where no frame ends; no frame at all.
    for tail in [("12", wrong.as_str()), ("11", right.as_str()), ("12", "")] {
        foreign(&[tail]).await;
        let relay = start(&log.district, log.reader(), client.clone());
        until_ends(&context, &log.district, &threes(4)).await;
        assert!(relay.metric("linli_log_relay_rebuilds_total") >= 1.0);
        relay.stop().await;
    }
    // A hole before a proper end.
    let stream = foreign(&[("3", "x"), ("6", "x"), ("12", &right)]).await;
    stream.delete_message(2).await.unwrap();
    let relay = start(&log.district, log.reader(), client.clone());
    until_ends(&context, &log.district, &threes(4)).await;
    assert!(relay.metric("linli_log_relay_rebuilds_total") >= 1.0);
    relay.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_relays_publish_each_frame_once() {
    let log = Log::create().await;
    let (client, context) = nats(&log).await;
    let (other, _) = nats(&log).await;
    let relays =
        [start(&log.district, log.reader(), client), start(&log.district, log.reader(), other)];
    let writer = log.writer().await;
    let mut frames = Frames::default();
    // Beaten by one another again and again, they go on until every frame is there.
    for round in 1..=15 {
        log.grow(&writer, &mut frames, 10).await;
        until("the frames", async || {
            (ends(&context, &log.district).await?.len() as u64 == round * 10).then_some(())
        })
        .await;
    }
    assert_eq!(ends(&context, &log.district).await.unwrap(), threes(150));
    let total = |name: &str| relays.iter().map(|relay| relay.metric(name)).sum::<f64>();
    // An acknowledgement may be lost to the one that was beaten, never counted twice.
    assert!(total("linli_log_relay_frames_total") <= 150.0);
    assert!(total("linli_log_relay_conflicts_total") >= 1.0, "they never met");
    assert_eq!(total("linli_log_relay_rebuilds_total"), 0.0);
}

fn run(program: &str, arguments: &[&std::ffi::OsStr]) {
    assert!(std::process::Command::new(program).args(arguments).status().unwrap().success());
}

/// A NATS of its own: killed, its store deleted, rolled back to an old copy, paused.
#[tokio::test]
async fn whatever_becomes_of_nats_the_stream_is_a_copy_again() {
    let mut stack = Stack::start(Options::temporary()).await.unwrap();
    let config: tokio_postgres::Config = stack.postgres_url().parse().unwrap();
    linli_log::migrate(&mut connect(&config).await).await.unwrap();
    let district = District::new("x").unwrap();
    let writer = LogWriter::open(&config, &district).await.unwrap();
    let reader = LogReader::new(linli_log::reader::pool(&config, 2).unwrap());
    let mut frames = Frames::default();
    let mut grow = async |count: usize| {
        for _ in 0..count {
            let start = Instant::now();
            writer.append(&frames.next(3)).await.unwrap();
            assert!(start.elapsed() < Duration::from_secs(2), "the writer waited for NATS");
        }
        frames.frontier.size() / 3
    };

    // The relay starts before NATS is there.
    stack.stop_nats().await.unwrap();
    let client = linli_log::nats::connect(stack.nats_url(), "relay").await.unwrap();
    let relay = start(&district, reader, client);
    grow(10).await;
    stack.start_nats().await.unwrap();
    let looker = linli_log::nats::connect(stack.nats_url(), "looker").await.unwrap();
    let context = jetstream::new(looker);
    until_ends(&context, &district, &threes(10)).await;

    stack.kill_nats().await.unwrap();
    let count = grow(10).await;
    stack.start_nats().await.unwrap();
    until_ends(&context, &district, &threes(count)).await;

    stack.stop_nats().await.unwrap();
    stack.delete_nats_store().await.unwrap();
    stack.start_nats().await.unwrap();
    until_ends(&context, &district, &threes(count)).await;

    // Back to an old copy: what was acknowledged since is gone from the stream.
    let store = stack.data_dir().join("nats");
    let copy = stack.data_dir().join("nats.old");
    stack.stop_nats().await.unwrap();
    run("cp", &["-a".as_ref(), store.as_os_str(), copy.as_os_str()]);
    stack.start_nats().await.unwrap();
    let count = grow(10).await;
    until_ends(&context, &district, &threes(count)).await;
    stack.stop_nats().await.unwrap();
    run("rm", &["-rf".as_ref(), store.as_os_str()]);
    run("mv", &[copy.as_os_str(), store.as_os_str()]);
    stack.start_nats().await.unwrap();
    until_ends(&context, &district, &threes(count)).await;

    stack.pause_nats().unwrap();
    let count = grow(10).await;
    tokio::time::sleep(Duration::from_secs(4)).await;
    stack.resume_nats().unwrap();
    until_ends(&context, &district, &threes(count)).await;
    assert_eq!(relay.metric("linli_log_relay_rebuilds_total"), 0.0);
    relay.stop().await;
    stack.stop().await.unwrap();
}

/// A byte of the stream's file is changed while NATS is stopped: in good order (it believes its
/// index and does not look) or killed (it looks, and drops all from there on).
#[tokio::test]
async fn a_flipped_bit_in_the_store_is_found() {
    for kill in [false, true] {
        let mut stack = Stack::start(Options::temporary()).await.unwrap();
        let config: tokio_postgres::Config = stack.postgres_url().parse().unwrap();
        linli_log::migrate(&mut connect(&config).await).await.unwrap();
        let district = District::new("x").unwrap();
        let writer = LogWriter::open(&config, &district).await.unwrap();
        let reader = LogReader::new(linli_log::reader::pool(&config, 2).unwrap());
        let mut frames = Frames::default();
        for _ in 0..100 {
            writer.append(&frames.next(3)).await.unwrap();
        }
        let client = linli_log::nats::connect(stack.nats_url(), "relay").await.unwrap();
        let relay = start(&district, reader, client.clone());
        let context = jetstream::new(client);
        until_ends(&context, &district, &threes(100)).await;
        if kill {
            stack.kill_nats().await.unwrap();
        } else {
            stack.stop_nats().await.unwrap();
        }
        flip_a_bit(&stack.data_dir().join("nats"));
        stack.start_nats().await.unwrap();
        let start = Instant::now();
        until_ends(&context, &district, &threes(100)).await;
        assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
        assert!(relay.metric("linli_log_relay_errors_total") > 0.0);
        stack.stop().await.unwrap();
    }
}

/// In the middle of the one file of messages below `folder`.
fn flip_a_bit(folder: &std::path::Path) {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "blk") {
                let mut bytes = std::fs::read(&path).unwrap();
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
                std::fs::write(&path, bytes).unwrap();
                return;
            }
        }
    }
    panic!("there is no file of messages");
}
