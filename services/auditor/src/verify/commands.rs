//! Commands by their keys: each key stands for one command, and the index of keys says the same.
//! Whether a key was used twice is seen when all of them are there, and in order.

use std::collections::VecDeque;
use std::io;

use borsh::{BorshDeserialize, BorshSerialize};
use linli_domain::{BodyHash, ClientId, IdempotencyKey};
use linli_log::key::Mark;

use crate::finding::{Finding, Kind};
use crate::runs::{Entry, Runs};
use crate::source::{Indexed, KeyRow, PageKeys, Sum, Summing};

/// Repeats that are told at most: whoever has so many needs no more of them.
const REPEATS_MAX: usize = 1_000;

/// A key as it was used: 28 bytes a command.
#[derive(Clone, Copy, Debug, BorshSerialize, BorshDeserialize)]
struct Used {
    /// Two commands with one mark have one key.
    mark: u128,
    first: u64,
    /// Records beyond the first.
    more: u32,
}

impl Entry for Used {
    type Key = (u128, u64);

    fn key(&self) -> Self::Key {
        (self.mark, self.first)
    }
}

/// All keys so far, and what of the index has not been compared yet.
#[derive(Debug, Default)]
pub(crate) struct Commands {
    seen: Runs<Used>,
    /// The name of the log, by which marks are made: as in the index, where there is one.
    log: String,
    index: Option<VecDeque<KeyRow>>,
    /// How commands are summed, where the index is.
    summing: Summing,
    /// Those that the index is to have; none where it isn't summed.
    sum: Option<Sum>,
    /// A command has no hash of what was sent, so the index can't be held against it by a sum.
    is_unsummable: bool,
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
    seen: Runs<Used>,
    compared: u64,
}

impl Commands {
    /// What goes on of them, if no key was used twice.
    pub(super) fn write(&mut self, into: &mut Vec<u8>) -> io::Result<bool> {
        let is_true = self.repeats()?.is_empty();
        self.seen.serialize(into)?;
        self.compared.serialize(into)?;
        Ok(is_true)
    }

    /// The commands whose key another had before them.
    pub(super) fn repeats(&mut self) -> io::Result<Vec<Finding>> {
        let (mut before, mut repeats) = (None::<Used>, Vec::new());
        self.seen.in_order(|used| {
            let earlier = before.replace(used).filter(|before| before.mark == used.mark);
            if let Some(earlier) = earlier.filter(|_| repeats.len() < REPEATS_MAX) {
                repeats.push((used, earlier.first));
            }
        })?;
        repeats.sort_unstable_by_key(|(used, _)| used.first);
        let found = repeats.into_iter().map(|(used, before)| {
            let last = used.first.saturating_add(used.more.into());
            let what = format!("the key of the command at {before} once more");
            Finding::among(used.first, last, Kind::KeyOnce, what)
        });
        Ok(found.collect())
    }

    pub(super) fn resumed(self, kept: CommandsKept) -> Self {
        let CommandsKept { seen, compared } = kept;
        Self { seen, compared, ..self }
    }

    /// How many commands there were.
    pub(crate) fn count(&self) -> u64 {
        self.seen.count()
    }

    /// How many of them the index was asked for; none if it can't be read.
    pub(crate) fn compared(&self) -> Option<u64> {
        let by_sum = self.sum.map(|sum| sum.commands.saturating_add(self.compared));
        self.index.as_ref().map(|_| self.compared).or(by_sum)
    }

    /// Of a log of this name.
    pub(super) fn of(log: &str) -> Self {
        Self { log: log.to_owned(), ..Self::default() }
    }

    /// Sums commands in this way, where the index is summed.
    pub(super) fn sum_by(&mut self, summing: Summing) {
        self.summing = summing;
    }

    /// What the commands sum up to that the index is to have; none where it isn't summed.
    pub(super) const fn sum(&self) -> Option<Sum> {
        self.sum
    }

    /// Is nothing to be learned from a sum?
    pub(super) const fn is_unsummable(&self) -> bool {
        self.is_unsummable
    }

    /// Takes in what the index says of the frames that come now.
    pub(crate) fn expect(&mut self, keys: Option<PageKeys>) {
        self.index = None;
        match keys {
            Some(PageKeys::Rows(Indexed { rows, reached })) => {
                (self.index, self.reached) = (Some(VecDeque::from(rows)), reached);
            }
            Some(PageKeys::Summed { reached }) => {
                self.sum.get_or_insert_default();
                self.reached = reached;
            }
            None => {}
        }
    }

    /// A command of the log.
    pub(crate) fn take(&mut self, command: &Command<'_>, findings: &mut Vec<Finding>) {
        let Command { client, key, first, last, .. } = *command;
        let more = u32::try_from(last.saturating_sub(first)).unwrap_or(u32::MAX);
        let mark = Mark::of(&self.log, &client.0.to_be_bytes(), key.as_str());
        self.seen.push(Used { mark: u128::from_be_bytes(mark.0), first, more });
        self.add(command, mark);
        self.superfluous(first.saturating_sub(1), findings);
        let Some(index) = &mut self.index else { return };
        let here = |row: &KeyRow| row.first == first;
        let mut rows: Vec<_> = std::iter::from_fn(|| next_if(index, here)).collect();
        if rows.is_empty() && last > self.reached {
            // The index has not come so far.
            return;
        }
        self.compared = self.compared.saturating_add(1);
        let own = rows.iter().position(|row| command.is(row, mark));
        let own = own.map(|place| rows.swap_remove(place));
        let what = match (own, rows.is_empty()) {
            (Some(_), true) => return,
            (None, true) => "the index does not have the command's key".to_owned(),
            (_, false) => {
                let told: Vec<_> = rows.iter().map(told).collect();
                format!("the index has {} of another command or length", told.join(", "))
            }
        };
        findings.push(Finding::among(first, last, Kind::KeyIndex, what));
    }

    fn add(&mut self, command: &Command<'_>, mark: Mark) {
        let Some(sum) = self.sum.as_mut().filter(|_| command.last <= self.reached) else { return };
        let Some(body_hash) = command.body_hash else {
            self.is_unsummable = true;
            return;
        };
        let place = (command.first, command.last);
        self.summing.add(sum, mark, &body_hash.0, place);
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
    fn is(&self, row: &KeyRow, mark: Mark) -> bool {
        row.mark == mark
            && row.last == self.last
            && self.body_hash.is_none_or(|hash| row.body_hash == Some(hash.0))
    }
}

fn told(row: &KeyRow) -> String {
    format!("the mark {} for {} to {}", row.mark, row.first, row.last)
}
