//! The stream against the log: every frame there, once, in order, the same bytes.
//!
//! Frames are found by where they begin, not by the number of their message, so that one message
//! too many or too few is one finding and not all those after it.

use std::pin::Pin;

use async_nats::Client;
use async_nats::jetstream::ContextBuilder;
use deadpool_postgres::Pool;
use futures::stream::{Peekable, Stream, StreamExt as _};
use indicatif::ProgressBar;
use linli_log::nats::NATS_WAIT_MAX;
use linli_log::stream::{Bodies, Held, Walk, WalkError};
use linli_log::{District, Frame, LogReader, ReadError};
use serde::Serialize;

use crate::finding::{Finding, Findings, Kind, Place};
use crate::{AuditError, Progress};

/// What is said of the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Copy {
    /// It holds the frames of the log.
    True,
    /// It doesn't.
    Differs,
    /// There is none, though the log has frames.
    NotThere,
}

/// What became of the stream.
#[derive(Clone, Debug, Serialize)]
pub struct Carried {
    /// What the audit says.
    pub verdict: Copy,
    /// How many messages it had.
    pub messages: u64,
    /// How many frames of the log it holds as the log has them.
    pub frames: u64,
    /// The last record that it holds.
    pub position: u64,
    /// How many records the log is ahead of it: the relay follows, so some are no fault.
    pub behind: u64,
    /// How many findings there are.
    pub violations: u64,
    /// The first of them.
    pub findings: Vec<Finding>,
}

impl std::fmt::Display for Carried {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { verdict, messages, frames, position, behind, violations, findings } = self;
        match verdict {
            Copy::True => write!(f, "stream: ✓ the same {frames} frames, up to record {position}")?,
            Copy::Differs => write!(
                f,
                "stream: ✗ {frames} frames of its {messages} messages are the log's; \
                 {violations} things are not true"
            )?,
            Copy::NotThere => write!(f, "stream: ✗ there is none")?,
        }
        match behind {
            0 => writeln!(f)?,
            behind => writeln!(f, "; {behind} records behind")?,
        }
        findings.iter().try_for_each(|finding| writeln!(f, "✗ {finding}"))
    }
}

/// Walks the whole stream beside the log, in constant memory.
pub(super) async fn hold(
    nats: &Client,
    pool: &Pool,
    district: &District,
    progress: Progress,
) -> Result<Carried, AuditError> {
    let context = ContextBuilder::new().timeout(NATS_WAIT_MAX).build(nats.clone());
    let begin = async |after| Walk::begin(&context, district, Bodies::With, after).await;
    let mut walk = begin(0).await?;
    let log = LogReader::new(pool.clone());
    // After the stream: what it has was committed before.
    let head = log.head(district).await?.map_or(0, |head| head.last);
    let messages = walk.as_ref().map_or(0, Walk::end);
    let mut holding = Holding {
        frames: Box::pin(log.stream(district, 0).peekable()),
        findings: Findings::default(),
        agreed: 0,
        position: 0,
        bar: progress.bar(head),
    };
    while let Some(going) = &mut walk {
        match going.next().await {
            Ok(Some(held)) => holding.take(held).await?,
            Ok(None) => break,
            // Lost for good; what comes after it may still be there.
            Err(WalkError::Unreadable { sequence }) => {
                holding.say(Place::Message { sequence }, "the server can't read it any more");
                walk = begin(sequence).await?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    holding.bar.finish_and_clear();
    let is_missing = walk.is_none() && head > 0;
    if is_missing {
        let stream = linli_log::stream::stream_name(district);
        holding.say(Place::Stream { stream }, "there is none");
    }
    let Holding { findings, agreed, position, .. } = holding;
    let verdict = match (is_missing, findings.count()) {
        (true, _) => Copy::NotThere,
        (false, 0) => Copy::True,
        (false, _) => Copy::Differs,
    };
    Ok(Carried {
        verdict,
        messages,
        frames: agreed,
        position,
        behind: head.saturating_sub(position),
        violations: findings.count(),
        findings: findings.into_shown(),
    })
}

struct Holding<S: Stream> {
    /// The frames of the log that were not found yet.
    frames: Pin<Box<Peekable<S>>>,
    findings: Findings,
    agreed: u64,
    /// The last record of the last frame that was found.
    position: u64,
    bar: ProgressBar,
}

impl<S: Stream<Item = Result<Frame, ReadError>>> Holding<S> {
    /// Holds a message against the frames of the log that were not found yet.
    async fn take(&mut self, held: Held) -> Result<(), AuditError> {
        let Held { sequence, frame } = held;
        let at = Place::Message { sequence };
        let frame = match frame {
            Ok(frame) => frame,
            Err(malformed) => {
                self.say(at, malformed.to_string());
                return Ok(());
            }
        };
        let (first, last) = (frame.first, frame.last);
        if first <= self.position {
            self.say(at, format!("the frame {first} to {last} again, or in the wrong place"));
            return Ok(());
        }
        while let Some(missing) = next_if(&mut self.frames, |frame| frame.first < first).await? {
            let Frame { first, last, .. } = missing;
            self.position = last;
            self.say(Place::Records { first, last }, "their frame is missing in the stream");
        }
        match next_if(&mut self.frames, |frame| frame.first == first).await? {
            None => self.say(at, format!("a frame {first} to {last} that the log doesn't have")),
            Some(own) => {
                self.position = own.last;
                match differing(&own, &frame) {
                    None => self.agreed = self.agreed.saturating_add(1),
                    Some(what) => {
                        self.say(at, format!("the frame {first} to {last} has another {what}"));
                    }
                }
            }
        }
        self.bar.set_position(self.position);
        Ok(())
    }

    fn say(&mut self, place: Place, what: impl Into<String>) {
        self.findings.add(Finding::new(place, Kind::Stream, what));
    }
}

/// In what a carried frame differs from the log's, if it does.
fn differing(own: &Frame, carried: &Frame) -> Option<&'static str> {
    let differs = [
        (own.last != carried.last, "end"),
        (own.recorded_at != carried.recorded_at, "time"),
        (own.previous_root != carried.previous_root, "root before it"),
        (own.root != carried.root, "root"),
        (own.body != carried.body, "body"),
    ];
    differs.into_iter().find(|(differs, _)| *differs).map(|(_, what)| what)
}

/// The next frame of the log, if it is such a one; what keeps it from being read, in any case.
async fn next_if<S>(
    frames: &mut Pin<Box<Peekable<S>>>,
    is_it: impl Fn(&Frame) -> bool,
) -> Result<Option<Frame>, AuditError>
where
    S: Stream<Item = Result<Frame, ReadError>>,
{
    let frame = frames.as_mut().next_if(|frame| frame.as_ref().map_or(true, &is_it)).await;
    Ok(frame.transpose()?)
}
