//! The judge of the log: looks at each frame the moment it is committed.

use std::collections::BTreeMap;

use linli_domain::{ClientId, IdempotencyKey, Origin, Record, State};
use linli_log::{Frame, Frontier};

use super::{Checker, Journal, Violation};
use crate::log::{Fate, Index, Table, Term};
use crate::model::{Books, Hours, Totals};
use crate::town::{FOUNDER, Town};

/// What the log amounts to, by the judge's own replay from position 1.
#[derive(Debug)]
pub struct Judge {
    frontier: Frontier,
    state: State,
    books: Books,
    hours: Hours,
    totals: Totals,
    records: Vec<Record>,
    keys: BTreeMap<(ClientId, IdempotencyKey), (u64, u64)>,
    /// What a projection must show, at each end of a frame.
    digests: BTreeMap<u64, u64>,
    recorded_at: i64,
    term: Term,
}

impl Judge {
    /// A judge who has seen the founding.
    ///
    /// # Errors
    /// If the books don't take it.
    pub fn new(town: &Town) -> Result<Self, Violation> {
        let mut judge = Self {
            frontier: town.frontier.clone(),
            state: town.state.clone(),
            books: Books::default(),
            hours: Hours::default(),
            totals: Totals::default(),
            records: Vec::new(),
            keys: BTreeMap::new(),
            digests: BTreeMap::from([(0, Totals::default().digest())]),
            recorded_at: town.frame.recorded_at,
            term: Term(0),
        };
        for record in &town.records {
            judge.enter(record.clone())?;
        }
        judge.digests.insert(town.frame.last, judge.totals.digest());
        Ok(judge)
    }

    /// A frame was committed. Answers its records, command by command.
    ///
    /// # Errors
    /// The first thing about it that must not be.
    pub fn committed(&mut self, fate: &Fate, journal: &Journal) -> Result<Vec<Record>, Violation> {
        self.look_at_term(fate)?;
        self.look_at_chain(&fate.frame)?;
        let records = decoded(&fate.frame)?;
        for group in groups(&records) {
            let conforms = self.state.conforms(group);
            conforms.map_err(|found| Violation::new(Checker::Core, found.to_string()))?;
            self.look_at_key(group, journal)?;
            for record in group {
                let replayed = self.state.replay(record);
                replayed.map_err(|found| Violation::new(Checker::Core, found.to_string()))?;
                self.enter(record.clone())?;
            }
        }
        self.digests.insert(fate.frame.last, self.totals.digest());
        Ok(records)
    }

    fn look_at_term(&mut self, fate: &Fate) -> Result<(), Violation> {
        if fate.holder != Some(fate.session) || fate.term < self.term {
            let Fate { session, holder, term, .. } = fate;
            let found = format!(
                "{session:?} wrote in {term:?} after {:?}; the lock was {holder:?}'s",
                self.term
            );
            return Err(Violation::new(Checker::Terms, found));
        }
        self.term = fate.term;
        Ok(())
    }

    fn look_at_chain(&mut self, frame: &Frame) -> Result<(), Violation> {
        let verified = frame.verify(&self.frontier);
        self.frontier =
            verified.map_err(|found| Violation::new(Checker::Chain, found.to_string()))?;
        if frame.recorded_at < self.recorded_at {
            let found = format!("frame {} is stamped earlier than the one before", frame.first);
            return Err(Violation::new(Checker::Chain, found));
        }
        self.recorded_at = frame.recorded_at;
        Ok(())
    }

    fn look_at_key(&mut self, group: &[Record], journal: &Journal) -> Result<(), Violation> {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { return Ok(()) };
        let Origin::Command { client, key, body_hash } = &first.origin else { return Ok(()) };
        let span = (first.position.0, last.position.0);
        if let Some(before) = self.keys.insert((*client, key.clone()), span) {
            let found = format!("{key:?} stands for {before:?} and for {span:?}");
            return Err(Violation::new(Checker::Once, found));
        }
        journal.is_wished((*client, key), *body_hash, group)
    }

    fn enter(&mut self, record: Record) -> Result<(), Violation> {
        let entered = self.books.enter(&record).and_then(|()| self.hours.enter(&record));
        entered.map_err(|found| {
            Violation::new(Checker::Books, format!("record {}: {found}", record.position))
        })?;
        for posting in &record.postings {
            let (books, core) = (self.books.balance(posting.account), posting.balance.hundredths());
            if books != core {
                let found = format!("{:?}: {core}, not {books}", posting.account);
                return Err(Violation::new(Checker::Books, found));
            }
        }
        self.totals.add(&record);
        self.records.push(record);
        Ok(())
    }

    /// How far the log is.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.frontier.size()
    }

    /// The state at the log's end.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// All records.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The records at some positions; none if the log doesn't reach so far.
    #[must_use]
    pub fn records_at(&self, first: u64, last: u64) -> Option<&[Record]> {
        let place = |position: u64| usize::try_from(position).ok();
        self.records.get(place(first.checked_sub(1)?)?..place(last)?)
    }

    /// Where the records of a key stand.
    #[must_use]
    pub fn key(&self, client: ClientId, key: &IdempotencyKey) -> Option<(u64, u64)> {
        self.keys.get(&(client, key.clone())).copied()
    }

    /// Holds the index against the frames, up to where it says it has come.
    ///
    /// # Errors
    /// The first key that it misses or tells wrongly.
    pub fn look_at_index(&self, index: &Index) -> Result<(), Violation> {
        for ((client, key), (first, last)) in &self.keys {
            if *client == FOUNDER || *last > index.position() {
                continue;
            }
            let entry = index.find(*client, key).map(|entry| (entry.first, entry.last));
            if entry != Some((*first, *last)) {
                let position = index.position();
                let found = format!("at {position} it says {entry:?} of {key:?}, not {first}");
                return Err(Violation::new(Checker::Index, found));
            }
        }
        Ok(())
    }

    /// Holds a projection's rows against the log up to its checkpoint.
    ///
    /// # Errors
    /// If they show anything else.
    pub fn look_at_table(&self, table: &Table) -> Result<(), Violation> {
        self.look_at_rows(table.position, &table.rows)
    }

    /// Holds rows against the log up to a position.
    ///
    /// # Errors
    /// If they show anything else.
    pub fn look_at_rows(&self, position: u64, rows: &Totals) -> Result<(), Violation> {
        let found = match self.digests.get(&position) {
            None => format!("the position {position} is no end of a frame"),
            Some(digest) if *digest != rows.digest() => format!("the rows at {position}: {rows:?}"),
            Some(_) => return Ok(()),
        };
        Err(Violation::new(Checker::Projection, found))
    }
}

/// The records of a frame, in their one form.
fn decoded(frame: &Frame) -> Result<Vec<Record>, Violation> {
    let decoded = frame.records().map(|bytes| {
        let bytes = bytes.map_err(|found| found.to_string())?;
        linli_proto::decode_record_strict(bytes).map_err(|found| found.to_string())
    });
    decoded.collect::<Result<_, _>>().map_err(|found| Violation::new(Checker::Chain, found))
}

/// The records of one command, or of one deadline.
pub(super) fn groups(records: &[Record]) -> impl Iterator<Item = &[Record]> {
    records.chunk_by(|one, next| one.origin == next.origin && one.origin != Origin::Deadline)
}
