//! However the stream delivers, the rows are the same, byte by byte.

use async_nats::HeaderMap;
use async_nats::jetstream::{self, Context};
use linli_log::{Frame, stream};
use linli_readmodel::Digest;

use crate::agree::agree;
use crate::support::Bench;
use crate::world::World;

/// What becomes of the frames on their way.
#[derive(Clone, Copy, Debug)]
enum Mishap {
    /// Each comes twice, and then all once more.
    Doubled,
    /// In no order.
    Shuffled,
    /// Two of three never come.
    Lost,
}

/// A stream with neither fence nor memory of what it has, as no relay would make it.
async fn careless_stream(bench: &Bench) -> (async_nats::Client, Context) {
    let client = async_nats::connect(bench.database.nats_url()).await.unwrap();
    let context = jetstream::new(client.clone());
    let config = jetstream::stream::Config {
        name: stream::stream_name(&bench.district),
        subjects: vec![stream::subject(&bench.district)],
        allow_direct: true,
        ..Default::default()
    };
    context.create_stream(config).await.unwrap();
    (client, context)
}

async fn publish(context: &Context, bench: &Bench, frame: &Frame) {
    let mut headers = HeaderMap::new();
    headers.insert("Linli-First", frame.first.to_string());
    headers.insert("Linli-Last", frame.last.to_string());
    headers.insert("Linli-Recorded-At", frame.recorded_at.to_string());
    headers.insert("Linli-Previous-Root", frame.previous_root.to_string());
    headers.insert("Linli-Root", frame.root.to_string());
    let (subject, body) = (stream::subject(&bench.district), frame.body.clone());
    context.publish_with_headers(subject, headers, body).await.unwrap().await.unwrap();
}

/// The frames as they are delivered.
fn delivered(mishap: Mishap, frames: &[Frame]) -> Vec<&Frame> {
    match mishap {
        Mishap::Doubled => frames.iter().flat_map(|frame| [frame; 2]).chain(frames).collect(),
        Mishap::Lost => frames.iter().step_by(3).collect(),
        Mishap::Shuffled => {
            let mut shuffled: Vec<&Frame> = frames.iter().collect();
            // Any order will do that is always the same.
            shuffled.sort_by_key(|frame| frame.first.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            shuffled
        }
    }
}

async fn digests_after(mishap: Option<Mishap>) -> Vec<Digest> {
    let mut bench = Bench::new().await;
    let mut world = World::new();
    let mut settings = bench.settings();
    let careless = match mishap {
        Some(mishap) => {
            let (client, context) = careless_stream(&bench).await;
            settings.feed = bench.feed(Some(client));
            Some((mishap, context))
        }
        None => None,
    };
    let running = bench.start(settings);
    let reader = bench.reader();
    for _ in 0..2 {
        world.live();
        let frames = bench.append(&world.take_records(), 7).await;
        if let Some((mishap, context)) = &careless {
            for frame in delivered(*mishap, &frames) {
                publish(context, &bench, frame).await;
            }
        }
        bench.caught_up(&reader).await;
    }
    agree(&reader, &world.state).await;
    running.stop().await;
    bench.digests().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn doubled_shuffled_and_lost_deliveries_give_the_same_rows() {
    let undisturbed = digests_after(None).await;
    for mishap in [Mishap::Doubled, Mishap::Shuffled, Mishap::Lost] {
        assert_eq!(digests_after(Some(mishap)).await, undisturbed, "{mishap:?}");
    }
}
