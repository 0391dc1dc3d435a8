//! What JetStream has, message by message.

use std::time::Duration;

use anyhow::Context as _;
use async_nats::jetstream;
use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy, pull};
use futures::StreamExt as _;
use tokio::time::timeout;

/// Between two messages of a stream that has more.
const NEXT_MAX: Duration = Duration::from_secs(10);

/// A message of the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Streamed {
    /// Its number, from 1.
    pub sequence: u64,
    /// `Linli-First`.
    pub first: String,
    /// `Linli-Last`.
    pub last: String,
    /// `Linli-Previous-Root`.
    pub previous_root: String,
    /// `Linli-Root`.
    pub root: String,
    /// `Linli-Recorded-At`.
    pub recorded_at: String,
    /// Its bytes.
    pub body: Vec<u8>,
}

/// The stream of a district, as its name is told in the documents: in capitals, `-` as `_`.
pub(crate) fn name(district: &str) -> String {
    format!("LINLI_{}", district.to_ascii_uppercase().replace('-', "_"))
}

/// The number of the stream's last message.
pub(crate) async fn end(nats_url: &str, district: &str) -> anyhow::Result<u64> {
    let client = async_nats::connect(nats_url).await?;
    let stream = jetstream::new(client).get_stream(name(district)).await?;
    Ok(stream.cached_info().state.last_sequence)
}

/// Everything that the stream has.
pub(crate) async fn messages(nats_url: &str, district: &str) -> anyhow::Result<Vec<Streamed>> {
    let client = async_nats::connect(nats_url).await?;
    let stream = jetstream::new(client).get_stream(name(district)).await?;
    let end = stream.cached_info().state.last_sequence;
    let config = pull::Config {
        deliver_policy: DeliverPolicy::All,
        ack_policy: AckPolicy::None,
        ..pull::Config::default()
    };
    let mut arriving = stream.create_consumer(config).await?.messages().await?;
    let mut messages = Vec::new();
    let mut sequence = 0;
    while sequence < end {
        let next = timeout(NEXT_MAX, arriving.next()).await;
        let next = next.with_context(|| format!("message {} never came", sequence + 1))?;
        let message = next.context("the stream ended")??;
        sequence = message.info().map_err(|error| anyhow::anyhow!(error))?.stream_sequence;
        let header = |name: &str| {
            let value = message.headers.as_ref().and_then(|headers| headers.get(name));
            value.map(|value| value.as_str().to_owned()).unwrap_or_default()
        };
        messages.push(Streamed {
            sequence,
            first: header("Linli-First"),
            last: header("Linli-Last"),
            previous_root: header("Linli-Previous-Root"),
            root: header("Linli-Root"),
            recorded_at: header("Linli-Recorded-At"),
            body: message.payload.to_vec(),
        });
    }
    Ok(messages)
}
