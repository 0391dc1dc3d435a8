//! The fourth stage: do the facts follow from the rules and from one another?

use std::path::PathBuf;
use std::time::Duration;

use indicatif::ProgressBar;
use linli_domain::{Contradiction, Digest, Origin, Record, State};
use linli_log::Root;
use linli_log::merkle::{EMPTY_ROOT, Hash};
use tokio::runtime::Handle;
use tokio::sync::mpsc::Receiver;

use super::follow::{FollowedTo, Held, ReadBatch, ReadPage, same_command};
use super::saved::{self, Borrowed, Head, Known};
use crate::AuditError;
use crate::books::{Books, Broken};
use crate::finding::{Finding, Findings, Kind, Place};
use crate::projection::{Comparison, Shown};
use crate::report::{Counts, Report};

/// Folds page after page until there are no more, or until one can't be followed; then looks
/// at the whole.
pub(super) fn run(
    mut pages: Receiver<ReadPage>,
    runtime: &Handle,
    mut folded: Folded,
    bar: &ProgressBar,
) -> Result<Folded, AuditError> {
    // A read model that has applied nothing yet has to be empty.
    runtime.block_on(folded.comparison.compare_due(&folded.state, folded.root))?;
    while folded.complete
        && let Some(page) = pages.blocking_recv()
    {
        folded.held = page.held;
        for batch in page.batches {
            folded.batch(batch, runtime)?;
            if !folded.complete {
                break;
            }
        }
        bar.set_position(folded.counts.records);
        if let Some(followed) = page.followed {
            folded.keep(&followed)?;
        }
    }
    bar.finish_and_clear();
    folded.whole()?;
    Ok(folded)
}

/// What a thread came to; a panic of it is one of whoever asks.
fn join<T>(thread: std::thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// The rules speak of the records of a command together.
fn of_group(contradiction: Contradiction, group: &[Record]) -> Finding {
    match (group, group.last()) {
        ([first, _, ..], Some(last)) => {
            let (first, last) = (first.position.0, last.position.0);
            Finding::among(first, last, Kind::Law(contradiction.law), contradiction.found)
        }
        _ => contradiction.into(),
    }
}

/// What all frames so far amount to.
pub(crate) struct Folded {
    state: State,
    books: Books,
    comparison: Comparison,
    findings: Findings,
    counts: Counts,
    root: Root,
    held: Held,
    /// Could everything so far be followed?
    complete: bool,
    /// The digest of the state at the end, if all could be followed.
    digest: Option<Digest>,
    /// Where what is known is kept, and whose log it is.
    keeping: Option<(PathBuf, String)>,
    resumed_after: u64,
}

impl Folded {
    pub(super) fn new(comparison: Comparison, keeping: Option<(PathBuf, String)>) -> Self {
        Self {
            state: State::default(),
            books: Books::default(),
            comparison,
            findings: Findings::default(),
            counts: Counts::default(),
            root: EMPTY_ROOT,
            held: Held::default(),
            complete: true,
            digest: None,
            keeping,
            resumed_after: 0,
        }
    }

    /// Goes on from what was kept.
    pub(super) fn resumed(self, known: Known) -> Self {
        let Known { head, followed: _, held, counts, books, state } = known;
        let root = Root::from(Hash(head.root));
        Self { state, books, counts, root, held, resumed_after: head.position, ..self }
    }

    /// Keeps what is known, as long as all of it is true.
    fn keep(&mut self, followed: &FollowedTo) -> Result<(), AuditError> {
        let Some((folder, log)) = &self.keeping else { return Ok(()) };
        let is_true = self.complete && self.findings.count() == 0;
        if !is_true || !self.books.look().map_err(AuditError::Remembered)?.is_empty() {
            return Ok(());
        }
        let head = Head {
            log: log.clone(),
            position: followed.position,
            root: *self.root.as_bytes(),
            state_digest: self.state.digest().0,
        };
        let (held, counts) = (self.held, self.counts);
        let (books, state) = (&self.books, &self.state);
        let followed = &followed.bytes;
        saved::write(folder, &Borrowed { head, followed, held, counts, books, state })
            .map_err(|source| AuditError::File { path: folder.clone(), source })
    }

    fn batch(&mut self, batch: ReadBatch, runtime: &Handle) -> Result<(), AuditError> {
        self.findings.extend(batch.findings);
        // The last command of a bundle comes on its own, and may be none.
        let counted = u64::from(!batch.records.is_empty());
        let followed = batch.records.chunk_by(same_command).all(|group| self.group(group));
        self.complete = followed && batch.whole;
        if !(followed && batch.whole && batch.proven) {
            return Ok(());
        }
        let Counts { records, frames, .. } = self.counts;
        self.counts = Counts {
            records: batch.last.max(records),
            frames: frames.saturating_add(counted),
            ..self.counts
        };
        self.root = batch.root;
        if !self.comparison.is_due(&self.state) {
            return Ok(());
        }
        runtime.block_on(self.comparison.compare_due(&self.state, self.root))
    }

    /// Folds the records of one command or deadline; says whether they could be followed.
    fn group(&mut self, group: &[Record]) -> bool {
        if let Err(contradiction) = self.state.conforms(group) {
            self.findings.add(of_group(contradiction, group));
        }
        group.iter().all(|record| self.record(record))
    }

    fn record(&mut self, record: &Record) -> bool {
        for (rule, what) in self.books.take(record) {
            self.findings.add(Finding::at(record.position.0, Kind::Books(rule), what));
        }
        if matches!(record.origin, Origin::Deadline) {
            self.counts.deadlines = self.counts.deadlines.saturating_add(1);
        }
        match self.state.replay(record) {
            Ok(()) => {
                self.comparison.take(record);
                true
            }
            Err(contradiction) => {
                self.findings.add(contradiction.into());
                false
            }
        }
    }

    /// Looks at what is seen only when all is there, and hashes what it amounts to meanwhile: the
    /// one core has as much to do as the other.
    fn whole(&mut self) -> Result<(), AuditError> {
        let Self { state, books, complete, .. } = self;
        let (complete, state) = (*complete, &*state);
        let (looked, laws, compared, digest) = std::thread::scope(|scope| {
            let digest = complete.then(|| scope.spawn(|| state.digest()));
            let looked = books.look();
            let laws = if complete { state.check_laws() } else { Ok(()) };
            let compared = if complete { books.compare(state) } else { Vec::new() };
            (looked, laws, compared, digest.map(join))
        });
        for (position, (rule, what)) in looked.map_err(AuditError::Remembered)? {
            self.findings.add(Finding::at(position, Kind::Books(rule), what));
        }
        if let Err(contradiction) = laws {
            self.findings.add(contradiction.into());
        }
        let as_of = self.state.position().0;
        let whole =
            |(rule, what): Broken| Finding::new(Place::Whole { as_of }, Kind::Books(rule), what);
        self.findings.extend(compared.into_iter().map(whole));
        self.digest = digest;
        Ok(())
    }

    /// What is wrong with the end of the log.
    pub(crate) fn cut_off(&mut self, findings: Vec<Finding>) {
        self.findings.extend(findings);
    }

    /// What is to be told of it.
    pub(crate) fn report(self, name: &str, head: u64, end: u64, elapsed: Duration) -> Report {
        let digest = self.digest.map(|digest| digest.to_string());
        let accounts = u64::try_from(self.books.accounts()).unwrap_or(u64::MAX);
        let projections: Vec<Shown> = self.comparison.end(self.counts.records, head);
        let Held { commands, keys, tree } = self.held;
        let counts = Counts { accounts, commands, ..self.counts };
        Report::new(name, counts, self.findings, projections)
            .reached(head, self.complete && self.counts.records >= end)
            .held(keys, tree)
            .signed_by_people(self.books.papers())
            .proven(self.root, digest)
            .took(elapsed, self.resumed_after)
    }
}
