//! The records of the commands decided last, so that a repeat need not read the log.

use std::collections::VecDeque;
use std::sync::Arc;

use linli_domain::Record;

/// Commands whose records are kept: some tenths of a second of the highest rate, in which a
/// sender that lost its connection asks again, and some 8 MB. Older ones are read from the log.
const ANSWERS_MAX: usize = 8_192;

/// Records by the position of the first; in the order of positions.
#[derive(Debug, Default)]
pub(crate) struct Answers(VecDeque<(u64, Arc<[Record]>)>);

impl Answers {
    /// The records of the command whose first record is at `first`, if they are kept.
    pub(crate) fn get(&self, first: u64) -> Option<&Arc<[Record]>> {
        let place = self.0.binary_search_by_key(&first, |(first, _)| *first).ok()?;
        self.0.get(place).map(|(_, records)| records)
    }

    /// Keeps the records of a command that was just decided.
    pub(crate) fn put(&mut self, first: u64, records: Arc<[Record]>) {
        if self.0.len() >= ANSWERS_MAX {
            self.0.pop_front();
        }
        self.0.push_back((first, records));
    }
}
