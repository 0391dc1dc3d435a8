//! The digest of the state at any position, and two logs side by side.

use std::collections::VecDeque;

use bytes::Bytes;
use linli_domain::State;
use linli_log::merkle::{Hash, leaf_hash};
use linli_log::{Frontier, records};
use serde::Serialize;
use tokio::sync::mpsc::{self, Receiver};
use tokio::task::JoinHandle;

use crate::finding::Finding;
use crate::source::{Batch, End, Fed, KeysBy, Page, Source};
use crate::{AuditError, Progress};

/// Pages read ahead.
const PAGES_AHEAD_MAX: usize = 1;

/// What a log amounts to after a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DigestAt {
    /// Whose log.
    pub log: String,
    /// After which record.
    pub position: u64,
    /// The root over all records up to it, in hex.
    pub root: String,
    /// The digest of the state, in hex.
    pub state_digest: String,
}

impl std::fmt::Display for DigestAt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { log, position, root, state_digest } = self;
        write!(
            f,
            "{log} after {position} records\nroot          {root}\nstate digest  {state_digest}"
        )
    }
}

/// Replays a log up to a position, the last one unless told. The laws of the core are checked on
/// the way; hashes, rules and all else are the business of [`verify`](crate::verify).
///
/// # Errors
/// [`AuditError`]; [`AuditError::Unfollowed`] where a record can't be read or followed, or the log
/// ends before.
pub async fn digest(
    source: &Source,
    at: Option<u64>,
    progress: Progress,
) -> Result<DigestAt, AuditError> {
    let mut reading = Reading::open(source, at).await?;
    let log = reading.name.clone();
    let end = at.unwrap_or(reading.head);
    let bar = progress.bar(end);
    let (mut state, mut frontier) = (State::default(), Frontier::new());
    while frontier.size() < end
        && let Some((position, bytes)) = reading.next().await?
    {
        let unfollowed = |what: String| AuditError::Unfollowed { position, what };
        let record = linli_proto::decode_record_strict(&bytes);
        let record = record.map_err(|malformed| unfollowed(malformed.to_string()))?;
        state.replay(&record).map_err(|broken| unfollowed(Finding::from(broken).to_string()))?;
        frontier.push(leaf_hash(&bytes));
        bar.set_position(position);
    }
    bar.finish_and_clear();
    let position = frontier.size();
    if position < end {
        let what = "the log ends before".to_owned();
        return Err(AuditError::Unfollowed { position: position.saturating_add(1), what });
    }
    let (root, state_digest) = (frontier.root().to_string(), state.digest().to_string());
    Ok(DigestAt { log, position, root, state_digest })
}

/// Two logs side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// How many records, from the first, both have alike.
    pub same: u64,
    /// The root over those, in hex.
    pub root: String,
    /// The first place where they differ; none if they are the same.
    pub difference: Option<Difference>,
}

/// A record that two logs have differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Its position.
    pub position: u64,
    /// As the one has it.
    pub one: Version,
    /// As the other has it.
    pub other: Version,
}

/// A record as one log has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Version {
    /// The hash of its leaf, in hex; none if the log ends before.
    pub leaf: Option<String>,
    /// What it says, in the words of the program; what is wrong with it, if it can't be read.
    pub record: Option<String>,
}

impl Compared {
    /// Are they the same?
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.difference.is_none()
    }
}

impl std::fmt::Display for Compared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { same, root, difference } = self;
        let Some(Difference { position, one, other }) = difference else {
            return write!(f, "the same {same} records, root {root}");
        };
        writeln!(f, "the same up to {same}, root {root}; record {position} differs")?;
        let told = |version: &Version| match (&version.leaf, &version.record) {
            (Some(leaf), Some(record)) => format!("{leaf}\n{record}"),
            _ => "the log ends before it".to_owned(),
        };
        write!(f, "── one: {}\n── other: {}", told(one), told(other))
    }
}

/// Reads two logs at once, in constant memory, up to the first record that differs.
///
/// # Errors
/// [`AuditError`] if one could not be read.
pub async fn compare(one: &Source, other: &Source) -> Result<Compared, AuditError> {
    let (mut one, mut other) = (Reading::open(one, None).await?, Reading::open(other, None).await?);
    let mut frontier = Frontier::new();
    loop {
        let (left, right) = (one.next().await?, other.next().await?);
        let (left, right) = (left.map(|(_, bytes)| bytes), right.map(|(_, bytes)| bytes));
        let difference = match (left, right) {
            (Some(left), Some(right)) if left == right => {
                frontier.push(leaf_hash(&left));
                continue;
            }
            (None, None) => None,
            (left, right) => Some(Difference {
                position: frontier.size().saturating_add(1),
                one: version(left.as_ref()),
                other: version(right.as_ref()),
            }),
        };
        return Ok(Compared {
            same: frontier.size(),
            root: frontier.root().to_string(),
            difference,
        });
    }
}

fn version(bytes: Option<&Bytes>) -> Version {
    let record = bytes.map(|bytes| match linli_proto::decode_record_strict(bytes) {
        Ok(record) => format!("{record:#?}"),
        Err(malformed) => format!("it can't be read: {malformed}"),
    });
    Version { leaf: bytes.map(|bytes| Hash::to_string(&leaf_hash(bytes))), record }
}

/// A log, record by record.
struct Reading {
    name: String,
    head: u64,
    pages: Receiver<Page>,
    feeding: Option<JoinHandle<Result<Fed, AuditError>>>,
    ready: VecDeque<(u64, Bytes)>,
}

impl Reading {
    async fn open(source: &Source, upto: Option<u64>) -> Result<Self, AuditError> {
        let opened = source.open().await?;
        let (name, head) = (opened.name.clone(), opened.head);
        let (to_read, pages) = mpsc::channel(PAGES_AHEAD_MAX);
        // Within: what else speaks of the log's end is not asked.
        let end = End::Within(upto.unwrap_or(head).min(head));
        let feeding = Some(tokio::spawn(opened.feed(0, end, KeysBy::Nothing, to_read)));
        Ok(Self { name, head, pages, feeding, ready: VecDeque::new() })
    }

    /// The next record with its position; none where the log ends or can't be read further.
    async fn next(&mut self) -> Result<Option<(u64, Bytes)>, AuditError> {
        while self.ready.is_empty() {
            let Some(page) = self.pages.recv().await else {
                let Some(feeding) = self.feeding.take() else { return Ok(None) };
                let found = feeding.await??;
                // A file that is missing or damaged ends the log here.
                return match found.findings.into_iter().next() {
                    Some(finding) => Err(AuditError::Broken(finding.to_string())),
                    None => Ok(None),
                };
            };
            for batch in page.batches {
                let (first, body) = match batch {
                    Batch::Frame(frame) => (frame.first, frame.body),
                    Batch::Bundle { first, bundle } => {
                        self.ready.extend((first..).zip(bundle.shared()));
                        continue;
                    }
                };
                for (position, record) in (first..).zip(records(&body)) {
                    let record = record.map_err(|malformed| AuditError::Unfollowed {
                        position,
                        what: malformed.to_string(),
                    })?;
                    self.ready.push_back((position, body.slice_ref(record)));
                }
            }
        }
        Ok(self.ready.pop_front())
    }
}
