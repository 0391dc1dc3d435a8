//! Commands by their keys: each key stands for one command, and the index of keys says the same.

use std::collections::VecDeque;

use borsh::{BorshDeserialize, BorshSerialize};
use linli_domain::{BodyHash, ClientId, IdempotencyKey};
use rustc_hash::FxHashMap;
use sha2::{Digest as _, Sha256};

use crate::finding::{Finding, Kind};
use crate::source::{Indexed, KeyRow};

/// Half a SHA-256 of client and key: 16 bytes a command, of which the state keeps some hundred. In
/// two halves, so that with its position it takes 24 bytes of the table and not 32.
type Mark = (u64, u64);

/// All keys so far, and what of the index has not been compared yet.
#[derive(Debug, Default)]
pub(crate) struct Commands {
    seen: FxHashMap<Mark, u64>,
    index: Option<VecDeque<KeyRow>>,
    compared: u64,
    /// How far the index is.
    reached: u64,
}

/// A command that became the records `first..=last`.
#[derive(Debug)]
pub(crate) struct Command<'a> {
    pub(crate) client: ClientId,
    pub(crate) key: &'a IdempotencyKey,
    /// None in a log that was begun before records held it.
    pub(crate) body_hash: Option<BodyHash>,
    pub(crate) first: u64,
    pub(crate) last: u64,
}

/// What goes on of them: the index is read anew.
#[derive(BorshSerialize, BorshDeserialize)]
pub(super) struct CommandsKept {
    seen: FxHashMap<Mark, u64>,
    compared: u64,
}

impl Commands {
    pub(super) fn keep(&self) -> CommandsKept {
        CommandsKept { seen: self.seen.clone(), compared: self.compared }
    }

    pub(super) fn resumed(kept: CommandsKept) -> Self {
        let CommandsKept { seen, compared } = kept;
        Self { seen, compared, ..Self::default() }
    }

    /// How many commands there were.
    pub(crate) fn count(&self) -> u64 {
        u64::try_from(self.seen.len()).unwrap_or(u64::MAX)
    }

    /// How many of them the index was asked for; none if it can't be read.
    pub(crate) fn compared(&self) -> Option<u64> {
        self.index.as_ref().map(|_| self.compared)
    }

    /// Takes in what the index says of the frames that come now.
    pub(crate) fn expect(&mut self, keys: Option<Indexed>) {
        self.index = keys.map(|Indexed { rows, reached }| {
            self.reached = reached;
            VecDeque::from(rows)
        });
    }

    /// A command of the log.
    pub(crate) fn take(&mut self, command: &Command<'_>, findings: &mut Vec<Finding>) {
        let Command { client, key, first, last, .. } = *command;
        let before = self.seen.insert(mark(client, key), first);
        if let Some(before) = before {
            let what = format!("the key of the command at {before} once more");
            findings.push(Finding::among(first, last, Kind::KeyOnce, what));
        }
        self.superfluous(first.saturating_sub(1), findings);
        let Some(index) = &mut self.index else { return };
        let row = next_if(index, |row| row.first == first);
        if row.is_none() && last > self.reached {
            // The index has not come so far.
            return;
        }
        self.compared = self.compared.saturating_add(1);
        let what = match row {
            None => "the index does not have the command's key".to_owned(),
            Some(row) if command.is(&row) => return,
            Some(row) => format!("the index has {} of another command or length", told(&row)),
        };
        findings.push(Finding::among(first, last, Kind::KeyIndex, what));
    }

    /// Rows of the index that speak of records up to `last`, where no command begins.
    pub(crate) fn superfluous(&mut self, last: u64, findings: &mut Vec<Finding>) {
        let Some(index) = &mut self.index else { return };
        while let Some(row) = next_if(index, |row| row.first <= last) {
            let what = format!("the index has {}, but no such command is there", told(&row));
            findings.push(Finding::among(row.first, row.last, Kind::KeyIndex, what));
        }
    }
}

/// The next row, if it is such a one.
fn next_if(index: &mut VecDeque<KeyRow>, such: impl Fn(&KeyRow) -> bool) -> Option<KeyRow> {
    index.front().is_some_and(such).then(|| index.pop_front()).flatten()
}

impl Command<'_> {
    /// Whether the row of the index is of this command and of all of it.
    fn is(&self, row: &KeyRow) -> bool {
        row.client == self.client.0.to_be_bytes()
            && *row.key == *self.key.as_str()
            && row.last == self.last
            && self.body_hash.is_none_or(|hash| row.body_hash == Some(hash.0))
    }
}

fn told(row: &KeyRow) -> String {
    let client = ClientId(u128::from_be_bytes(row.client));
    format!("key {:?} of client {client} for {} to {}", row.key, row.first, row.last)
}

fn mark(client: ClientId, key: &IdempotencyKey) -> Mark {
    let mut sha = Sha256::new();
    sha.update(client.0.to_be_bytes());
    sha.update(key.as_str());
    let hash: [u8; 32] = sha.finalize().into();
    let half = |at| hash.as_chunks().0.get(at).copied().map_or(0, u64::from_be_bytes);
    (half(0), half(1))
}
