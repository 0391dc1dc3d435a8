//! `linli audit verify`: the whole log again from position 1, and then whether what the read
//! models show is true.
//!
//! Three stages run at once, with bounded channels between them, so that memory stays the same
//! however long the log is (beside the state, which is what the log amounts to):
//!
//! | stage | where | does |
//! |---|---|---|
//! | [`feed`] | the caller's task | reads pages of frames, and the rows of the index of keys |
//! | [`decode`] | a thread | hashes the leaves, holds the chain, reads the records strictly, keys |
//! | [`fold`] | a thread | rules, replay, the auditor's own books, read models at their position |

mod commands;
mod decode;
mod feed;
mod fold;

use std::time::{Duration, Instant};

use deadpool_postgres::Pool;
use linli_domain::Position;
use linli_log::{District, LogReader};
use tokio::sync::mpsc;

use self::feed::End;
use crate::AuditError;
use crate::progress::Progress;
use crate::projection::Comparison;
use crate::report::Report;

/// Pages of frames read ahead of decoding: one in the making, one waiting. A page is some MB.
const PAGES_AHEAD_MAX: usize = 1;

/// Decoded frames ahead of folding: enough that neither thread waits for the other over a frame.
/// A frame is at most 768 KiB as bytes and some times that as records.
const FRAMES_AHEAD_MAX: usize = 32;

/// What to audit.
#[derive(Clone, Debug)]
pub struct VerifySettings {
    /// The database that holds the log and the read models. Three connections are used at most.
    pub pool: Pool,
    /// Whose log.
    pub district: District,
    /// Compare the read models too?
    pub compare_projections: bool,
    /// End with the frame that holds this position; none: with the log as it is at the start.
    pub upto: Option<Position>,
    /// Whether to show how far it has come.
    pub progress: Progress,
}

/// Replays a log from position 1 and says whether all of it is true.
///
/// Writes nothing and needs no more than the right to read. Must be called in a Tokio runtime with
/// at least one thread for blocking work.
///
/// # Errors
/// [`AuditError`] if the audit could not run to its end. That something is not true is no error:
/// it stands in the [`Report`].
pub async fn verify(settings: VerifySettings) -> Result<Report, AuditError> {
    let started = Instant::now();
    let VerifySettings { pool, district, compare_projections, upto, progress } = settings;
    // The read models first: they can't be ahead of a log that is looked at after them.
    let comparison = if compare_projections {
        Comparison::begin(&pool, &district).await?
    } else {
        Comparison::none()
    };
    let reader = LogReader::new(pool);
    let head = reader.head(&district).await?.map_or(0, |head| head.last);
    let end = match upto {
        Some(Position(upto)) if upto < head => End::Within(upto),
        Some(_) | None => End::Head(head),
    };

    let (to_decode, pages) = mpsc::channel(PAGES_AHEAD_MAX);
    let (to_fold, frames) = mpsc::channel(FRAMES_AHEAD_MAX);
    let bar = progress.bar(end.position());
    let decoding = tokio::task::spawn_blocking(move || decode::run(pages, &to_fold));
    let runtime = tokio::runtime::Handle::current();
    let folding =
        tokio::task::spawn_blocking(move || fold::run(frames, &runtime, comparison, &bar));
    let fed = feed::run(&reader, &district, end, to_decode).await;
    decoding.await?;
    let mut folded = folding.await??;
    folded.cut_off(fed?);
    Ok(folded.report(&district, head, end.position(), rounded(started.elapsed())))
}

/// To the millisecond: more means nothing.
fn rounded(elapsed: Duration) -> Duration {
    Duration::from_millis(u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX))
}
