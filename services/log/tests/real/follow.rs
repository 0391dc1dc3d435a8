use std::time::{Duration, Instant};

use async_nats::jetstream::{self, Context};
use linli_devstack::{Options, Stack};
use linli_log::merkle::EMPTY_ROOT;
use linli_log::{
    District, FollowError, Follower, Frame, Fresh, LogReader, LogWriter, Metrics, Relay,
};
use prometheus::Registry;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use super::support::{Frames, LEVEL_WAIT_MAX, Log, connect};

/// Follows until the frame that ends at `last`; each must follow the one before it.
async fn follow_to(follower: &mut Follower, last: u64) {
    while follower.position() < last {
        let position = follower.position();
        let frame = tokio::time::timeout(LEVEL_WAIT_MAX, follower.next())
            .await
            .unwrap_or_else(|_| panic!("no frame after {position}"))
            .unwrap();
        assert_eq!(frame.first, position + 1);
    }
    assert_eq!(follower.position(), last);
}

fn frames_from(registry: &Registry, source: &str) -> f64 {
    let families = registry.gather();
    let name = "linli_log_follower_frames_total";
    let family = families.iter().find(|family| family.name() == name);
    let metrics = family.into_iter().flat_map(|family| family.get_metric());
    let of_source = metrics.filter(|metric| {
        metric.get_label().iter().any(|label| label.name() == "source" && label.value() == source)
    });
    of_source.map(|metric| metric.get_counter().get_value()).sum()
}

/// A relay that is ended when dropped.
fn relay(
    district: &District,
    reader: LogReader,
    nats: async_nats::Client,
) -> AbortOnDropHandle<()> {
    let metrics = Metrics::register(&Registry::new()).unwrap();
    let relay = Relay::new(district.clone(), reader, nats, &metrics);
    AbortOnDropHandle::new(tokio::spawn(relay.run(CancellationToken::new())))
}

async fn nats(log: &Log) -> (async_nats::Client, Context) {
    let client = linli_log::nats::connect(log.database.nats_url(), "test").await.unwrap();
    (client.clone(), jetstream::new(client))
}

#[tokio::test]
async fn the_log_alone_is_followed() {
    let log = Log::create().await;
    let writer = log.writer().await;
    let mut frames = Frames::default();
    let made: Vec<Frame> = (0..300).map(|_| frames.next(3)).collect();
    for append in made.iter().map(|frame| writer.append(frame)).collect::<Vec<_>>() {
        append.await.unwrap();
    }
    let mut follower = Follower::new(log.reader(), None, log.district.clone(), 6);
    for expected in &made[2..] {
        assert_eq!(follower.next().await.unwrap(), *expected);
    }
    assert_eq!(follower.try_next().unwrap(), None);
    log.grow(&writer, &mut frames, 3).await;
    follow_to(&mut follower, 909).await;
}

#[tokio::test]
async fn what_is_written_in_this_process_is_handed_on_and_the_rest_is_read() {
    let log = Log::create().await;
    let writer = log.writer().await;
    let mut frames = Frames::default();
    log.grow(&writer, &mut frames, 2).await;
    let fresh = Fresh::default();
    let fill = fresh.begin(&log.district, 6);
    let registry = Registry::new();
    let metrics = Metrics::register(&registry).unwrap();
    // A stream that nobody fills: were it followed, each frame would be late by its silence.
    let (nats, context) = nats(&log).await;
    let reader = log.reader().with_fresh(fresh.clone());
    let mut follower = Follower::new(reader.clone(), Some(nats.clone()), log.district.clone(), 0)
        .with_metrics(&metrics, "fresh");
    // Before the term, from the log.
    follow_to(&mut follower, 6).await;
    // Handed on, though the server has never seen it.
    let handed: Vec<Frame> = (0..3).map(|_| frames.next(3)).collect();
    for frame in &handed {
        fill.push(frame.clone());
    }
    follow_to(&mut follower, 15).await;
    assert_eq!(reader.frames_after(&log.district, 9).await.unwrap(), handed[1..]);
    assert_eq!(reader.frames_after(&log.district, 15).await.unwrap(), []);
    // The term is over: the log alone counts again, and then the stream, which is filled now.
    drop(fill);
    assert_eq!(reader.frames_after(&log.district, 6).await.unwrap(), []);
    for frame in &handed {
        writer.append(frame).await.unwrap();
    }
    log.grow(&writer, &mut frames, 1).await;
    follow_to(&mut follower, 18).await;
    assert_eq!(frames_from(&registry, "stream"), 0.0);
    let _relay = relay(&log.district, log.reader(), nats);
    let stream = linli_log::stream::stream_name(&log.district);
    super::support::until("the stream", async || context.get_stream(&stream).await.ok()).await;
    super::support::until("a frame from the stream", async || {
        log.grow(&writer, &mut frames, 1).await;
        follow_to(&mut follower, frames.frontier.size()).await;
        (frames_from(&registry, "stream") > 0.0).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_bell_is_heard_at_once() {
    let log = Log::create().await;
    let writer = log.writer().await;
    let mut frames = Frames::default();
    let (bell, ears) = watch::channel(0);
    let mut follower = Follower::new(log.reader(), None, log.district.clone(), 0).with_bell(ears);
    log.grow(&writer, &mut frames, 1).await;
    follow_to(&mut follower, 3).await;
    let start = Instant::now();
    for n in 2..=30 {
        log.grow(&writer, &mut frames, 1).await;
        bell.send_replace(n * 3);
        follow_to(&mut follower, n * 3).await;
    }
    // Polling alone would take 200 ms each.
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    drop(bell);
    log.grow(&writer, &mut frames, 1).await;
    follow_to(&mut follower, 93).await;
}

#[tokio::test]
async fn a_dropped_wait_loses_nothing() {
    let log = Log::create().await;
    let writer = log.writer().await;
    let mut frames = Frames::default();
    let mut follower = Follower::new(log.reader(), None, log.district.clone(), 0);
    let grow = async {
        for _ in 0..50 {
            log.grow(&writer, &mut frames, 2).await;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let follow = async {
        while follower.position() < 300 {
            let position = follower.position();
            let wait = tokio::time::timeout(Duration::from_millis(1), follower.next()).await;
            if let Ok(frame) = wait {
                assert_eq!(frame.unwrap().first, position + 1);
            }
        }
    };
    tokio::time::timeout(LEVEL_WAIT_MAX, async { tokio::join!(grow, follow) }).await.unwrap();
}

#[tokio::test]
async fn a_start_that_the_log_does_not_have_is_told() {
    let log = Log::create().await;
    let writer = log.writer().await;
    let mut frames = Frames::default();
    log.grow(&writer, &mut frames, 2).await;
    let check = async |follower: Follower, expected: FollowError| {
        let mut follower = follower;
        assert_eq!(follower.next().await.unwrap_err(), expected);
        assert_eq!(follower.next().await.unwrap_err(), FollowError::Ended);
    };
    let at = |position| Follower::new(log.reader(), None, log.district.clone(), position);
    check(at(4), FollowError::NoSuccessor { position: 4, first: 4, last: 6 }).await;
    check(at(7), FollowError::Ahead { position: 7, log_end: 6 }).await;
    let (expected, found) = (EMPTY_ROOT, frames.frontier.root());
    let other = FollowError::OtherHistory { position: 6, expected, found };
    check(at(6).with_root(EMPTY_ROOT), other).await;
    let mut right = at(6).with_root(found);
    log.grow(&writer, &mut frames, 1).await;
    assert_eq!(right.next().await.unwrap().last, 9);
}

#[tokio::test]
async fn the_stream_is_followed_where_there_is_one() {
    let log = Log::create().await;
    let (client, _) = nats(&log).await;
    let writer = log.writer().await;
    let mut frames = Frames::default();
    log.grow(&writer, &mut frames, 100).await;
    let relay = relay(&log.district, log.reader(), client.clone());
    super::support::until("the stream", async || {
        let ends = super::relay::ends(&jetstream::new(client.clone()), &log.district).await?;
        (ends.len() == 100).then_some(())
    })
    .await;
    // From the beginning, from the middle, from the end: at the right message each time.
    for position in [0, 3, 150, 297] {
        let registry = Registry::new();
        let metrics = Metrics::register(&registry).unwrap();
        let client = Some(client.clone());
        let mut follower = Follower::new(log.reader(), client, log.district.clone(), position)
            .with_metrics(&metrics, "test");
        follow_to(&mut follower, 300).await;
        assert_eq!(frames_from(&registry, "stream"), (300 - position) as f64 / 3.0);
        assert_eq!(frames_from(&registry, "log"), 0.0);
    }
    // With the relay gone the stream is silent, and the log is asked.
    drop(relay);
    let mut follower = Follower::new(log.reader(), Some(client), log.district.clone(), 300);
    log.grow(&writer, &mut frames, 5).await;
    follow_to(&mut follower, 315).await;
}

#[tokio::test]
async fn doubles_gaps_and_strangers_in_the_stream_do_no_harm() {
    let log = Log::create().await;
    let (client, context) = nats(&log).await;
    let writer = log.writer().await;
    let mut frames = Frames::default();
    let made: Vec<Frame> = (0..12).map(|_| frames.next(3)).collect();
    for frame in &made {
        writer.append(frame).await.unwrap();
    }
    let mut strangers = Frames { salt: 1, ..Frames::default() };
    let strange: Vec<Frame> = (0..12).map(|_| strangers.next(3)).collect();
    context
        .create_stream(jetstream::stream::Config {
            name: linli_log::stream::stream_name(&log.district),
            subjects: vec![linli_log::stream::subject(&log.district)],
            allow_direct: true,
            ..Default::default()
        })
        .await
        .unwrap();
    let publish = async |frame: &Frame| {
        let mut headers = async_nats::HeaderMap::new();
        headers.insert("Linli-First", frame.first.to_string());
        headers.insert("Linli-Last", frame.last.to_string());
        headers.insert("Linli-Recorded-At", frame.recorded_at.to_string());
        headers.insert("Linli-Previous-Root", frame.previous_root.to_string());
        headers.insert("Linli-Root", frame.root.to_string());
        let subject = linli_log::stream::subject(&log.district);
        let body = frame.body.clone();
        context.publish_with_headers(subject, headers, body).await.unwrap().await.unwrap();
    };
    for n in [0, 1, 1, 0, 4, 2, 3, 4, 7] {
        publish(&made[n]).await;
    }
    publish(&strange[8]).await;
    publish(&made[9]).await;
    let subject = linli_log::stream::subject(&log.district);
    context.publish(subject, "no frame".into()).await.unwrap().await.unwrap();
    publish(&made[11]).await;

    let client = Some(client);
    let mut follower = Follower::new(log.reader(), client.clone(), log.district.clone(), 0);
    for expected in &made {
        let frame = tokio::time::timeout(LEVEL_WAIT_MAX, follower.next()).await.unwrap();
        assert_eq!(frame.unwrap(), *expected);
    }
    // The stream is now ahead of the log, then the log goes on elsewhere than the stream.
    let next = frames.next(3);
    let mut strange = strange[11].clone();
    (strange.first, strange.last) = (next.first, next.last);
    publish(&strange).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    writer.append(&next).await.unwrap();
    let frame = tokio::time::timeout(LEVEL_WAIT_MAX, follower.next()).await.unwrap();
    assert_eq!(frame.unwrap(), next);
}

/// Servers of its own: NATS killed, paused and emptied under the follower, PostgreSQL killed.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_becomes_of_the_sources_each_frame_comes_once() {
    let mut stack = Stack::start(Options::temporary()).await.unwrap();
    let config: tokio_postgres::Config = stack.postgres_url().parse().unwrap();
    linli_log::migrate(&mut connect(&config).await).await.unwrap();
    let district = District::new("x").unwrap();
    let reader = LogReader::new(linli_log::reader::pool(&config, 4).unwrap());
    let client = linli_log::nats::connect(stack.nats_url(), "test").await.unwrap();
    let _relay = relay(&district, reader.clone(), client.clone());
    let registry = Registry::new();
    let metrics = Metrics::register(&registry).unwrap();
    let mut follower = Follower::new(reader.clone(), Some(client.clone()), district.clone(), 0)
        .with_metrics(&metrics, "test");

    let mut frames = Frames::default();
    let writer = LogWriter::open(&config, &district).await.unwrap();
    let mut grow = async |writer: &LogWriter, count: usize| {
        for _ in 0..count {
            writer.append(&frames.next(3)).await.unwrap();
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        frames.frontier.size()
    };
    let last = grow(&writer, 50).await;
    follow_to(&mut follower, last).await;
    for _ in 0..3 {
        grow(&writer, 20).await;
        stack.kill_nats().await.unwrap();
        let last = grow(&writer, 50).await;
        follow_to(&mut follower, last).await;
        stack.start_nats().await.unwrap();
        let last = grow(&writer, 50).await;
        follow_to(&mut follower, last).await;
    }
    stack.pause_nats().unwrap();
    let last = grow(&writer, 50).await;
    follow_to(&mut follower, last).await;
    stack.resume_nats().unwrap();
    stack.stop_nats().await.unwrap();
    stack.delete_nats_store().await.unwrap();
    stack.start_nats().await.unwrap();
    let last = grow(&writer, 50).await;
    follow_to(&mut follower, last).await;
    assert!(frames_from(&registry, "stream") > 0.0 && frames_from(&registry, "log") > 0.0);

    // With PostgreSQL gone, what is in the stream is still to be had.
    super::support::until("the stream to be whole", async || {
        let ends = super::relay::ends(&jetstream::new(client.clone()), &district).await?;
        (ends.last() == Some(&last)).then_some(())
    })
    .await;
    stack.kill_postgres().await.unwrap();
    let mut second = Follower::new(reader.clone(), Some(client.clone()), district.clone(), 0);
    follow_to(&mut second, last).await;
    stack.start_postgres().await.unwrap();
    let writer = LogWriter::open(&config, &district).await.unwrap();
    let last = grow(&writer, 50).await;
    follow_to(&mut follower, last).await;
    follow_to(&mut second, last).await;
    stack.stop().await.unwrap();
}
