//! The trail of one thing: what led to it, and what it led to.
//!
//! The read models say where in the log the records stand; what is told of them is the log's own.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use linli_domain::id::{BookingId, ContributionId, RedemptionId, VoucherId};
use linli_domain::quantity::Points;
use linli_domain::rules::RuleVersion;
use linli_domain::{Event, Position, Record, contribution};

use crate::{Archive, ArchiveError};

/// Whose trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A redemption: back to the services that paid for it.
    Redemption(RedemptionId),
    /// A contribution: forward to what it bought.
    Contribution(ContributionId),
    /// A booking: back to the services that paid for it.
    Booking(BookingId),
    /// A voucher: back to the services that paid for it.
    Voucher(VoucherId),
}

/// What a record is in a trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The service was claimed, with its evidence.
    Claimed,
    /// Evidence of it came later.
    Attached,
    /// An officer gave a word for it, or against it.
    Judged,
    /// The award, by these rules, with its explanation.
    Awarded,
    /// The award was taken back.
    Reversed,
    /// The rules that the award was made by were published.
    Rules,
    /// Somebody went on a waiting list.
    Waited,
    /// Points of the lot were set aside or spent.
    Spent,
    /// What was set aside was handed out or given back.
    Ended,
    /// What was handed out came back.
    Returned,
}

/// A record of a trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The contribution whose lot it is about; none for what is of the whole.
    pub lot: Option<ContributionId>,
    /// What it is in the trail.
    pub role: Role,
    /// How many points of the lot, where points of it moved.
    pub points: Option<Points>,
    /// The record.
    pub record: Record,
    /// Its exact bytes, which are the leaf of the tree.
    pub bytes: Bytes,
}

/// A trail, in the order of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trail {
    /// Whose.
    pub subject: Subject,
    /// Its records, each once.
    pub steps: Vec<Step>,
}

/// What is known of a position before its record is read.
#[derive(Clone, Copy)]
struct Place {
    lot: Option<ContributionId>,
    role: Role,
    points: Option<Points>,
}

/// What is known of a trail before its records are read.
#[derive(Default)]
struct Places {
    records: BTreeMap<Position, Place>,
    /// The rule sets that its awards were made by.
    rules: BTreeSet<RuleVersion>,
}

impl Places {
    fn insert(&mut self, position: Position, place: Place) {
        self.records.insert(position, place);
    }
}

impl Archive {
    /// The trail of a redemption, a booking, a voucher or a contribution; none if there is no such thing.
    ///
    /// # Errors
    ///
    /// [`ArchiveError`].
    pub async fn trail(&self, subject: Subject) -> Result<Option<Trail>, ArchiveError> {
        let mut places = Places::default();
        let found = match subject {
            Subject::Redemption(id) => self.spent(id, None, &mut places).await?,
            Subject::Contribution(id) => self.bought(id, &mut places).await?,
            Subject::Booking(id) => self.booked(id, None, &mut places).await?,
            Subject::Voucher(id) => self.vouched(id, None, &mut places).await?,
        };
        if !found {
            return Ok(None);
        }
        for set in self.reader.rule_sets().await? {
            if places.rules.contains(&set.version) {
                places.insert(set.position, Place { lot: None, role: Role::Rules, points: None });
            }
        }
        let mut steps = Vec::with_capacity(places.records.len());
        for (position, Place { lot, role, points }) in places.records {
            let (record, bytes) = self.record(position).await?;
            steps.push(Step { lot, role, points, record, bytes });
        }
        Ok(Some(Trail { subject, steps }))
    }

    /// A redemption and its end, and the wait before it; with the lots that paid it unless it is one lot's own trail.
    async fn spent(
        &self,
        id: RedemptionId,
        of: Option<(ContributionId, Points)>,
        places: &mut Places,
    ) -> Result<bool, ArchiveError> {
        let Some(slip) = self.reader.redemption(id).await? else { return Ok(false) };
        let (lot, points) = of.unzip();
        let row = slip.redemption;
        if of.is_none()
            && let Some(wait) = self.reader.wait(id).await?
        {
            places.insert(wait.position, Place { lot, role: Role::Waited, points: None });
        }
        places.insert(row.position, Place { lot, role: Role::Spent, points });
        if let Some(ended) = row.ended_position.filter(|ended| *ended != row.position) {
            places.insert(ended, Place { lot, role: Role::Ended, points });
        }
        for line in &slip.returned {
            places.insert(line.position, Place { lot, role: Role::Returned, points: None });
        }
        if of.is_none() {
            for used in slip.lots {
                self.earned(used.lot, Some(used.points), places).await?;
            }
        }
        Ok(true)
    }

    /// A contribution and all that its lot paid for.
    async fn bought(&self, id: ContributionId, places: &mut Places) -> Result<bool, ArchiveError> {
        if !self.earned(id, None, places).await? {
            return Ok(false);
        }
        for used in self.reader.lot_spent(id).await? {
            self.spent(used.redemption, Some((id, used.points)), places).await?;
        }
        for used in self.reader.lot_booked(id).await? {
            self.booked(used.booking, Some((id, used.points)), places).await?;
        }
        for used in self.reader.lot_vouched(id).await? {
            self.vouched(used.voucher, Some((id, used.points)), places).await?;
        }
        Ok(true)
    }

    /// A voucher and its end; with the lots that paid it unless it is one lot's own trail.
    async fn vouched(
        &self,
        id: VoucherId,
        of: Option<(ContributionId, Points)>,
        places: &mut Places,
    ) -> Result<bool, ArchiveError> {
        let Some(voucher) = self.reader.voucher(id).await? else { return Ok(false) };
        let (lot, points) = of.unzip();
        let place = |role| Place { lot, role, points };
        places.insert(voucher.position, place(Role::Spent));
        if let Some(ended) = voucher.ended_position {
            places.insert(ended, place(Role::Ended));
        }
        if of.is_none() {
            for part in self.reader.voucher_lots(id).await? {
                self.earned(part.lot, Some(part.points), places).await?;
            }
        }
        Ok(true)
    }

    /// A booking and its end, and the waiting list before it; with the lots that paid it unless it is one
    /// lot's own trail.
    async fn booked(
        &self,
        id: BookingId,
        of: Option<(ContributionId, Points)>,
        places: &mut Places,
    ) -> Result<bool, ArchiveError> {
        let Some(ticket) = self.reader.booking(id).await? else { return Ok(false) };
        let (lot, points) = of.unzip();
        let place = |role| Place { lot, role, points };
        let row = ticket.booking;
        if of.is_none() && row.booked_position != Some(row.position) {
            places.insert(row.position, place(Role::Waited));
        }
        if let Some(booked) = row.booked_position {
            places.insert(booked, place(Role::Spent));
        }
        if let Some(ended) = row.ended_position {
            places.insert(ended, place(Role::Ended));
        }
        if of.is_none() {
            for part in ticket.lots {
                self.earned(part.lot, Some(part.points), places).await?;
            }
        }
        Ok(true)
    }

    /// A contribution: claim, what was attached later, words, what was said on notice and on appeal, award or rejection, rules.
    async fn earned(
        &self,
        id: ContributionId,
        points: Option<Points>,
        places: &mut Places,
    ) -> Result<bool, ArchiveError> {
        let Some(file) = self.reader.contribution(id).await? else { return Ok(false) };
        let case = file.case;
        let place = |role| Place { lot: Some(id), role, points: None };
        places.insert(case.submitted_position, place(Role::Claimed));
        for later in file.attached {
            places.insert(later.position, place(Role::Attached));
        }
        for word in file.verifications {
            places.insert(word.position, place(Role::Judged));
        }
        let heard = self.reader.hearings(id).await?;
        for notice in &heard.notices {
            places.insert(notice.position, place(Role::Judged));
            if let Some(ended) = notice.ended_position {
                places.insert(ended, place(Role::Judged));
            }
        }
        if let Some(hold) = self.reader.hold(id).await? {
            places.insert(hold.position, place(Role::Judged));
            if let Some(reviewed) = hold.reviewed_position {
                places.insert(reviewed, place(Role::Judged));
            }
        }
        for objection in &heard.objections {
            places.insert(objection.position, place(Role::Judged));
        }
        if let Some(decided) = case.decided_position {
            let role = if case.rules.is_some() { Role::Awarded } else { Role::Judged };
            places.insert(decided, Place { points, ..place(role) });
        }
        if let Some(reversed) = case.reversed_position {
            places.insert(reversed, place(Role::Reversed));
        }
        places.rules.extend(case.rules);
        Ok(true)
    }

    async fn record(&self, position: Position) -> Result<(Record, Bytes), ArchiveError> {
        let found = self.log.records(&self.district, position.0, position.0).await?;
        // The rows were made of the log, so a record that is not there was cut off after them.
        let (position, bytes) =
            found.into_iter().next().ok_or(ArchiveError::Beyond { head: position })?;
        let record = linli_proto::decode_record(&bytes)
            .map_err(|fault| ArchiveError::Record { position, source: Box::new(fault) })?;
        Ok((record, bytes))
    }
}

impl Step {
    /// The thing that the record is about, if another trail follows it.
    #[must_use]
    pub fn subject(&self) -> Option<Subject> {
        if let Event::Redemption(event) = &self.record.event {
            return Some(Subject::Redemption(event.slip().redemption));
        }
        if let Event::Queue(event) = &self.record.event {
            return Some(Subject::Redemption(event.request().redemption));
        }
        if let Event::Booking(event) = &self.record.event {
            return Some(Subject::Booking(event.request().booking));
        }
        if let Event::Voucher(event) = &self.record.event {
            return Some(Subject::Voucher(event.id()));
        }
        if let Event::Notice(event) = &self.record.event {
            return Some(Subject::Contribution(event.contribution()));
        }
        if let Event::Conduct(event) = &self.record.event {
            return Some(Subject::Contribution(event.contribution()));
        }
        if let Event::Contribution(event) = &self.record.event {
            return Some(Subject::Contribution(match event {
                contribution::Event::Submitted { claim, .. } => claim.contribution,
                contribution::Event::Verified(word) => word.contribution,
                contribution::Event::Rejected(word) => word.contribution,
                contribution::Event::Queued(queued) => queued.word.contribution,
                contribution::Event::Attached(it) => it.contribution,
                contribution::Event::Awarded(award) => award.contribution,
                contribution::Event::Reversed(undone) => undone.award.contribution,
                contribution::Event::Restored(it) => it.award.contribution,
            }));
        }
        None
    }
}
