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
mod sample;
mod saved;
mod tree;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use linli_domain::Position;
use tokio::sync::mpsc::{self, Receiver, Sender};

use crate::progress::Progress;
use crate::projection::Comparison;
use crate::report::Report;
use crate::source::{End, Fed, KeysBy, Page, Source, Summing};
use crate::{AuditError, Trust};
use fold::Folded;
use follow::{FollowedAll, Following};
use prepare::PreparedPage;
use tree::Tree;

pub(crate) use saved::Kept;
pub use saved::Unresumable;
pub(crate) use tree::Seen;

/// Pages that wait before a stage which has others before it: one, beside the one in the making. A
/// page is a MB, and some four with its records.
const PAGES_AHEAD_MAX: usize = 1;

/// Pages that wait for the fold, which is what all others wait for: enough that it never has to wait.
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
    /// Where what was audited is kept, and gone on from; none to begin at the first record.
    pub keep: Option<Keep>,
    /// Whether to show how far it has come.
    pub progress: Progress,
}

/// Where an audit keeps what it came to, so that one that was stopped, or a later one of a log that
/// grew, goes on from there. Only without read models, which are where they are.
#[derive(Clone, Debug)]
pub struct Keep {
    /// The folder. Made if it is not there.
    pub folder: PathBuf,
    /// After how many records more.
    pub every: u64,
}

impl Keep {
    /// The newest file up to a position, if there is one.
    fn newest(&self, upto: u64) -> Result<Option<Kept>, AuditError> {
        let kept = Kept::in_folder(&self.folder)?;
        Ok(kept.into_iter().rev().find(|kept| kept.position <= upto))
    }
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
    let upto = settings.upto.map_or(u64::MAX, |upto| upto.0);
    let kept = settings.keep.as_ref().map(|keep| keep.newest(upto)).transpose()?.flatten();
    go_on(settings, kept).await
}

/// Goes on from what an earlier audit kept, or from position 1.
pub(crate) async fn go_on(
    settings: VerifySettings,
    kept: Option<Kept>,
) -> Result<Report, AuditError> {
    let started = Instant::now();
    // What is kept has to be known for true then and there.
    let mut keys = match settings.keep {
        None => KeysBy::Sum(Summing::default()),
        Some(_) => KeysBy::Order,
    };
    loop {
        if let Some(report) = once(settings.clone(), kept.clone(), keys, started).await? {
            return Ok(report);
        }
        keys = KeysBy::Order;
    }
}

/// Goes through all of it once. None if the index of keys was only summed and has another sum than
/// the log's commands: what is wrong with it is told by its rows in their order.
async fn once(
    settings: VerifySettings,
    kept: Option<Kept>,
    keys: KeysBy,
    started: Instant,
) -> Result<Option<Report>, AuditError> {
    let VerifySettings { source, compare_projections, upto, trust, keep, progress } = settings;
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
    let keep_every = keep.as_ref().map(|keep| keep.every);
    let keeping = keep.map(|keep| (keep.folder, name.clone()));
    let is_held = opened.kept.is_any() || !trust.seen.is_empty();
    let tree = is_held.then(|| Tree::new(opened.kept.clone(), trust));
    let is_summed = matches!(keys, KeysBy::Sum(_));
    let following = Following::new(&name, head, tree, keep_every);
    let following = match &keys {
        KeysBy::Sum(summing) => following.summing(summing.clone()),
        KeysBy::Order | KeysBy::Nothing => following,
    };
    let folded = Folded::new(comparison, keeping);
    let (after, following, folded) = match kept {
        None => (0, following, folded),
        Some(kept) if kept.position > head => {
            return Err(kept.unresumable(Unresumable::Shorter { head }));
        }
        Some(kept) => resumed(&kept.path, &name, following, folded)
            .map_err(|source| kept.unresumable(source))?,
    };

    let (to_prepare, pages) = mpsc::channel(PAGES_AHEAD_MAX);
    let (to_follow, prepared) = mpsc::channel(PAGES_AHEAD_MAX);
    let (to_fold, read) = mpsc::channel(READ_AHEAD_MAX);
    let bar = progress.bar(end.position());
    let runtime = tokio::runtime::Handle::current();
    let following = tokio::task::spawn_blocking(move || follow::run(prepared, &to_fold, following));
    let folding = tokio::task::spawn_blocking(move || fold::run(read, &runtime, folded, &bar));
    let (fed, preparing) =
        tokio::join!(opened.feed(after, end, keys, to_prepare), prepare_all(pages, to_follow));
    preparing?;
    let FollowedAll { repeats, sum, is_unsummable } =
        following.await?.map_err(AuditError::Remembered)?;
    let mut folded = folding.await??;
    let Fed { findings, keys } = fed?;
    if is_summed && (is_unsummable || keys != sum) {
        return Ok(None);
    }
    folded.cut_off(repeats);
    folded.cut_off(findings);
    Ok(Some(folded.report(&name, head, end.position(), rounded(started.elapsed()))))
}

/// Goes on from a file: after which record, and with what.
fn resumed(
    path: &Path,
    log: &str,
    following: Following,
    folded: Folded,
) -> Result<(u64, Following, Folded), Unresumable> {
    let known = saved::read(path, log)?;
    let following = following.resumed(&known.followed)?;
    Ok((known.head.position, following, folded.resumed(known)))
}

/// Prepares pages on as many cores as there are, and hands them on in their order: each of the
/// preparing threads has its turn. They are the same ones from the first page to the last, so that
/// what one page took of memory the next one of its thread takes again.
async fn prepare_all(
    mut pages: Receiver<Page>,
    prepared: Sender<PreparedPage>,
) -> Result<(), AuditError> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let (mut to, mut from, mut threads) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..cores.min(PREPARED_MAX) {
        let (to_prepare, mut pages) = mpsc::channel(1);
        let (done, ready) = mpsc::channel(1);
        threads.push(tokio::task::spawn_blocking(move || {
            while let Some(page) = pages.blocking_recv() {
                if done.blocking_send(prepare::page(page)).is_err() {
                    break;
                }
            }
        }));
        to.push(to_prepare);
        from.push(ready);
    }
    let dealing = async move {
        for turn in (0..to.len()).cycle() {
            let (Some(page), Some(to)) = (pages.recv().await, to.get(turn)) else { break };
            if to.send(page).await.is_err() {
                break;
            }
        }
    };
    let collecting = async move {
        for turn in (0..from.len()).cycle() {
            let Some(from) = from.get_mut(turn) else { break };
            let Some(page) = from.recv().await else { break };
            if prepared.send(page).await.is_err() {
                break;
            }
        }
    };
    tokio::join!(dealing, collecting);
    for thread in threads {
        thread.await?;
    }
    Ok(())
}

/// To the millisecond: more means nothing.
fn rounded(elapsed: Duration) -> Duration {
    Duration::from_millis(u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX))
}
