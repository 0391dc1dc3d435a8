//! The operations journal: a file that a line is synced to before each sending and after each
//! answer, so that what is checked later is what was known then, whatever ended meanwhile.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use tokio::sync::{mpsc, oneshot};

use super::operation::{Attempt, Kind, Operation, Outcome, Returned};

/// Lines that wait for one sync: as many as there are clients, at most; so many clients are enough
/// to keep two cores busy.
const WAITING_MAX: usize = 1_024;

/// The journal, open for writing.
#[derive(Debug)]
pub struct Journal {
    begun: Instant,
    path: PathBuf,
    numbers: AtomicU64,
    lines: mpsc::Sender<Waiting>,
}

/// A line, and who waits for it to be on the disk.
type Waiting = (String, oneshot::Sender<()>);

/// What is wanted, as it is written down before the first sending.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) client: u32,
    pub(super) kind: Kind,
    pub(super) account: String,
    pub(super) key: String,
    pub(super) request: String,
    pub(super) after: u64,
}

/// A line of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    /// About to be sent for the first time.
    Call(Operation),
    /// About to be sent again.
    Again { number: u64, called_us: u64 },
    /// Answered.
    Return { number: u64, at_us: u64, outcome: Outcome },
}

impl Journal {
    /// A new file, and the thread that syncs it. The thread ends with the journal.
    ///
    /// # Errors
    ///
    /// If the file can't be made.
    pub fn create(path: &Path) -> anyhow::Result<Self> {
        let doing = || format!("making the journal {}", path.display());
        let file = File::create_new(path).with_context(doing)?;
        let (lines, waiting) = mpsc::channel(WAITING_MAX);
        std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || write(file, waiting))
            .with_context(doing)?;
        let numbers = AtomicU64::new(1);
        Ok(Self { begun: Instant::now(), path: path.to_owned(), numbers, lines })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Microseconds since it began.
    #[must_use]
    pub fn now_us(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    /// Writes down what is about to be sent for the first time; gives its number.
    pub(super) async fn call(&self, wanted: Wanted) -> anyhow::Result<u64> {
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        let Wanted { client, kind, account, key, request, after } = wanted;
        let attempts = vec![Attempt { called_us: self.now_us(), returned: None }];
        let operation = Operation { number, client, kind, account, key, request, after, attempts };
        self.put(&Line::Call(operation)).await?;
        Ok(number)
    }

    /// Writes down what is about to be sent again.
    pub(super) async fn again(&self, number: u64) -> anyhow::Result<()> {
        self.put(&Line::Again { number, called_us: self.now_us() }).await
    }

    /// Writes down what came back.
    pub(super) async fn answered(&self, number: u64, outcome: Outcome) -> anyhow::Result<()> {
        self.put(&Line::Return { number, at_us: self.now_us(), outcome }).await
    }

    async fn put(&self, line: &Line) -> anyhow::Result<()> {
        let mut text = serde_json::to_string(line)?;
        text.push('\n');
        let (synced, done) = oneshot::channel();
        self.lines.send((text, synced)).await.context("the journal can't be written")?;
        done.await.context("the journal can't be written")
    }
}

/// Writes what waits, syncs once for all of it, and tells everybody. Whoever waits is told by the
/// end of the channel if the disk fails.
fn write(mut file: File, mut waiting: mpsc::Receiver<Waiting>) {
    while let Some((line, synced)) = waiting.blocking_recv() {
        let (mut text, mut told) = (line, vec![synced]);
        while let Ok((line, synced)) = waiting.try_recv() {
            text.push_str(&line);
            told.push(synced);
        }
        if file.write_all(text.as_bytes()).and_then(|()| file.sync_data()).is_err() {
            return;
        }
        for synced in told {
            // A client that ended meanwhile needs no word.
            let _ = synced.send(());
        }
    }
}

/// Reads a journal back, in the order of the numbers. A last line that was cut short is left out:
/// whoever wrote it was never told that it was there.
///
/// # Errors
///
/// If it can't be read, or a line is none.
pub fn read(path: &Path) -> anyhow::Result<Vec<Operation>> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("reading the journal {}", path.display()))?;
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    let mut operations: BTreeMap<u64, Operation> = BTreeMap::new();
    for (at, line) in whole.lines().enumerate() {
        let line = serde_json::from_str(line)
            .with_context(|| format!("line {} of the journal: {line}", at + 1))?;
        let known = |number| format!("operation {number} was never called");
        match line {
            Line::Call(operation) => {
                operations.insert(operation.number, operation);
            }
            Line::Again { number, called_us } => {
                let operation = operations.get_mut(&number).with_context(|| known(number))?;
                operation.attempts.push(Attempt { called_us, returned: None });
            }
            Line::Return { number, at_us, outcome } => {
                let operation = operations.get_mut(&number).with_context(|| known(number))?;
                let attempt = operation.attempts.last_mut().with_context(|| known(number))?;
                attempt.returned = Some(Returned { at_us, outcome });
            }
        }
    }
    Ok(operations.into_values().collect())
}
