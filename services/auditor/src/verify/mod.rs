//! `linli audit verify`: the whole log again from position 1, and then whether what the read
//! models show is true.
//!
//! Four stages run at once, with bounded channels between them, so that memory stays the same
//! however long the log is (beside the state, which is what the log amounts to):
//!
//! | stage | where | does |
//! |---|---|---|
//! | [`source`](crate::Source) | the caller's task | reads pages of records, and what is kept beside them: keys, tiles, checkpoints |
//! | [`prepare`] | every core | hashes the leaves, reads the records strictly |
//! | [`follow`] | a thread | the chain, the tree, its checkpoints, keys |
//! | [`fold`] | a thread | rules, replay, the auditor's own books, read models at their position |

mod commands;
mod fold;
mod follow;
mod prepare;
mod tree;

use std::time::{Duration, Instant};

use futures::StreamExt as _;
use linli_domain::Position;
use tokio::sync::mpsc::{self, Receiver, Sender};

use crate::progress::Progress;
use crate::projection::Comparison;
use crate::report::Report;
use crate::source::{End, Page, Source};
use crate::{AuditError, Trust};
use follow::Following;
use prepare::PreparedPage;
use tree::Tree;

pub(crate) use tree::Seen;

/// Pages read ahead: one in the making, one waiting. A page is some MB.
const PAGES_AHEAD_MAX: usize = 1;

/// Pages between two threads: enough that neither waits for the other over a single one.
const READ_AHEAD_MAX: usize = 2;

/// Pages that are prepared at once, whatever the number of cores: each is held in memory.
const PREPARED_MAX: usize = 8;

/// What to audit.
#[derive(Clone, Debug)]
pub struct VerifySettings {
    /// Where the log is read from.
    pub source: Source,
    /// Compare the read models too? Only a store has them.
    pub compare_projections: bool,
    /// End with the frame or bundle that holds this position; none: with the log as it is at the
    /// start.
    pub upto: Option<Position>,
    /// Whose signatures are checked.
    pub trust: Trust,
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
    let VerifySettings { source, compare_projections, upto, trust, progress } = settings;
    // The read models first: they can't be ahead of a log that is looked at after them.
    let comparison = match (&source, compare_projections) {
        (Source::Store { pool, district }, true) => Comparison::begin(pool, district).await?,
        (Source::Tiles(_), true) => return Err(AuditError::NotThere),
        (_, false) => Comparison::none(),
    };
    let opened = source.open().await?;
    let (name, head) = (opened.name.clone(), opened.head);
    let end = match upto {
        Some(Position(upto)) if upto < head => End::Within(upto),
        Some(_) | None => End::Head(head),
    };
    let tree = opened.kept.is_any().then(|| Tree::new(opened.kept.clone(), trust));
    let following = Following::new(tree);

    let (to_prepare, pages) = mpsc::channel(PAGES_AHEAD_MAX);
    let (to_follow, prepared) = mpsc::channel(READ_AHEAD_MAX);
    let (to_fold, read) = mpsc::channel(READ_AHEAD_MAX);
    let bar = progress.bar(end.position());
    let runtime = tokio::runtime::Handle::current();
    let following = tokio::task::spawn_blocking(move || follow::run(prepared, &to_fold, following));
    let folding = tokio::task::spawn_blocking(move || fold::run(read, &runtime, comparison, &bar));
    let (fed, preparing) =
        tokio::join!(opened.feed(0, end, to_prepare), prepare_all(pages, to_follow));
    preparing?;
    following.await?;
    let mut folded = folding.await??;
    folded.cut_off(fed?);
    Ok(folded.report(&name, head, end.position(), rounded(started.elapsed())))
}

/// Prepares pages on as many cores as there are, and hands them on in their order.
async fn prepare_all(
    pages: Receiver<Page>,
    prepared: Sender<PreparedPage>,
) -> Result<(), AuditError> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let pages = futures::stream::unfold(pages, async |mut pages| {
        let page = pages.recv().await?;
        Some((page, pages))
    });
    let mut ready = std::pin::pin!(
        pages
            .map(|page| tokio::task::spawn_blocking(move || prepare::page(page)))
            .buffered(cores.min(PREPARED_MAX))
    );
    while let Some(page) = ready.next().await {
        if prepared.send(page?).await.is_err() {
            break;
        }
    }
    Ok(())
}

/// To the millisecond: more means nothing.
fn rounded(elapsed: Duration) -> Duration {
    Duration::from_millis(u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX))
}
