//! The relay: carries committed frames from PostgreSQL to JetStream.
//!
//! It reads the log as anyone does, so the writer never waits for it. It starts where the stream
//! ends, having checked that the stream's last root is the log's root there; a stream of another
//! history, or with a hole, is thrown away and made again from the log; a patrol finds what the
//! server itself does not see. Each message names the one before it, so that two relays can't both
//! publish.
//!
//! The log that it reads must be the primary's: to a relay on a standby that lags, a stream that is
//! ahead looks like another history.

mod patrol;
mod publish;
mod tail;

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use async_nats::Client;
use async_nats::jetstream::{self, context};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::district::District;
use crate::fresh::rest_after;
use crate::metrics::{Metrics, RelayMetrics};
use crate::nats::NATS_WAIT_MAX;
use crate::reader::{LogReader, ReadError};
use patrol::patrol;
use tail::Tail;

pub use patrol::PATROL_REST;

/// How often the relay looks for new frames when nobody rings.
pub const LOOK: Duration = Duration::from_secs(1);

/// How often the relay looks whether the stream is still what it published: a lost stream must be
/// found in 10 s.
pub const CHECK: Duration = Duration::from_secs(4);

/// First pause after an error; it doubles up to [`PAUSE_MAX`].
const PAUSE_MIN: Duration = Duration::from_millis(100);

/// Longest pause after an error: how late the relay may notice that all is well again.
pub const PAUSE_MAX: Duration = Duration::from_secs(2);

/// Longest wait for an acknowledgement. JetStream answers in milliseconds, a cluster that elects a
/// leader in a few seconds.
const ACK_WAIT_MAX: Duration = Duration::from_secs(5);

/// Carries one district's frames to its stream.
#[derive(Debug)]
pub struct Relay {
    district: District,
    reader: LogReader,
    context: jetstream::Context,
    bell: Option<watch::Receiver<u64>>,
    replicas: usize,
    metrics: RelayMetrics,
}

/// Why the relay had to start over. Never seen by a caller: it is logged, counted, and tried again.
#[derive(Debug, thiserror::Error)]
enum RelayError {
    #[error("the log could not be read")]
    Log(#[from] ReadError),
    #[error("the stream could not be opened or made")]
    Open(#[source] context::CreateStreamError),
    #[error("the stream could not be looked at")]
    Info(#[source] jetstream::stream::InfoError),
    #[error("the stream's last message could not be read")]
    Last(#[source] jetstream::stream::RawMessageError),
    #[error("the stream could not be thrown away")]
    Delete(#[source] context::DeleteStreamError),
    #[error("a frame could not be published")]
    Publish(#[source] context::PublishError),
    #[error("another relay is at work")]
    Conflict,
    #[error("NATS was connected anew: the stream is looked at afresh")]
    Reconnected,
    #[error("the stream was no copy of the log: {0}")]
    Broken(&'static str),
    #[error("the stream is not what was published: it ends at {found}, not at {expected}")]
    Changed { expected: u64, found: u64 },
}

impl Relay {
    /// A relay of `district` from `reader`'s log to the JetStream behind `nats`.
    #[must_use]
    pub fn new(district: District, reader: LogReader, nats: Client, metrics: &Metrics) -> Self {
        let context = jetstream::ContextBuilder::new()
            .timeout(NATS_WAIT_MAX)
            .ack_timeout(ACK_WAIT_MAX)
            .build(nats);
        let metrics = metrics.relay(&district);
        Self { district, reader, context, bell: None, replicas: 1, metrics }
    }

    /// Wakes the relay at each change of `bell` (the last committed position). A bell that is lost
    /// does no harm: the relay looks every [`LOOK`].
    #[must_use]
    pub fn with_bell(mut self, bell: watch::Receiver<u64>) -> Self {
        self.bell = Some(bell);
        self
    }

    /// How many servers of a cluster keep the stream, when the relay makes it; 1 if not told.
    #[must_use]
    pub fn with_replicas(mut self, replicas: usize) -> Self {
        self.replicas = replicas;
        self
    }

    /// Carries frames until `cancel`. Whatever fails is logged once, counted, and tried again after
    /// a pause of at most [`PAUSE_MAX`].
    pub async fn run(mut self, cancel: CancellationToken) {
        let mut pause = PAUSE_MIN;
        loop {
            let start = Instant::now();
            let error = tokio::select! {
                biased;
                () = cancel.cancelled() => return,
                error = self.carry() => error,
            };
            self.metrics.up.set(0);
            self.metrics.errors.inc();
            if matches!(error, RelayError::Conflict) {
                self.metrics.conflicts.inc();
            }
            if start.elapsed() > PAUSE_MAX {
                pause = PAUSE_MIN;
            }
            self.tell(&error);
            tokio::select! {
                () = cancel.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
            }
            pause = pause.saturating_mul(2).min(PAUSE_MAX);
        }
    }

    fn tell(&self, error: &RelayError) {
        let error: &(dyn std::error::Error + 'static) = error;
        tracing::warn!(district = %self.district, error, "the relay starts over");
    }

    /// Finds where the stream ends, then publishes what the log has after it, until something is
    /// wrong.
    async fn carry(&mut self) -> RelayError {
        let tail = match self.agree().await {
            Ok(tail) => tail,
            Err(error) => return error,
        };
        let patrol = patrol(self.context.clone(), self.district.clone());
        let reason = tokio::select! {
            never = self.publish_for_ever(tail) => match never {
                Ok(never) => match never {},
                Err(error) => return error,
            },
            reason = patrol => reason,
        };
        match self.throw_away(reason).await {
            Ok(()) => RelayError::Broken(reason),
            Err(error) => error,
        }
    }

    async fn publish_for_ever(
        &mut self,
        mut tail: Tail,
    ) -> Result<std::convert::Infallible, RelayError> {
        let connects = self.connects();
        let mut checked = Instant::now();
        loop {
            self.metrics.up.set(1);
            self.metrics.position.set(i64::try_from(tail.last).unwrap_or(i64::MAX));
            if checked.elapsed() >= CHECK {
                if self.connects() != connects {
                    return Err(RelayError::Reconnected);
                }
                self.check(&tail).await?;
                checked = Instant::now();
            }
            // What the bell says from here on counts as new: register before looking.
            if let Some(bell) = &mut self.bell {
                bell.mark_unchanged();
            }
            let page = self.reader.frames_after(&self.district, tail.last).await?;
            if page.is_empty() {
                self.wait().await;
            } else {
                let frames = page.len();
                tail = self.publish(page, tail).await?;
                rest_after(frames).await;
            }
        }
    }

    /// How often the client has connected: after each, the server may be one that was restarted.
    fn connects(&self) -> u64 {
        self.context.client().statistics().connects.load(Ordering::Relaxed)
    }

    /// Waits for the bell, or [`LOOK`].
    async fn wait(&mut self) {
        let Some(bell) = &mut self.bell else { return tokio::time::sleep(LOOK).await };
        match tokio::time::timeout(LOOK, bell.changed()).await {
            Ok(Ok(())) | Err(_) => {}
            Ok(Err(_gone)) => {
                self.bell = None;
                tokio::time::sleep(LOOK).await;
            }
        }
    }
}
