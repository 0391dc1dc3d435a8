//! The counter: who stands at it and in which shifts, what it may hand out off line, and what became
//! of the slips that it wrote.

use linli_domain::Position;
use linli_domain::allowance::{Counted, Grant, OfflineSlip, Report};
use linli_domain::id::{
    AllowanceId, OfficerId, OperatorId, RedemptionId, ResidentId, ShiftId, StationId,
};
use linli_domain::operator::{self, Closing, Enrolment};
use linli_domain::quantity::Points;
use linli_domain::time::Timestamp;

use crate::cell::Cell as _;
use crate::error::ReadError;
use crate::page::{Page, fetch};
use crate::reader::Reader;
use crate::table::table;

/// What became of a slip that was written off line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SlipStanding {
    /// It counts.
    Counted,
    /// Its number was counted for another redemption.
    NumberTaken,
    /// It was handed out before or after the time that is covered.
    NotCovered,
    /// It came too late.
    TooLate,
    /// The clerk saw other prices.
    OtherPrice,
    /// The resident may not have it, or no more of it.
    NotEligible,
    /// More than was left of what the station may hand out.
    StationLimit,
    /// More than was left of what one person may have.
    PersonLimit,
    /// Fewer stood on the shelf.
    OutOfStock,
}

impl SlipStanding {
    /// Of a slip that was reported for this reason.
    #[must_use]
    pub const fn reported(why: Report) -> Self {
        match why {
            Report::NumberTaken { .. } => Self::NumberTaken,
            Report::NotCovered { .. } => Self::NotCovered,
            Report::TooLate { .. } => Self::TooLate,
            Report::OtherPrice { .. } => Self::OtherPrice,
            Report::NotEligible { .. } => Self::NotEligible,
            Report::StationLimit { .. } => Self::StationLimit,
            Report::PersonLimit { .. } => Self::PersonLimit,
            Report::OutOfStock { .. } => Self::OutOfStock,
        }
    }
}

table! {
    /// An operator.
    Operator in Redemptions "operator" {
        /// Its id.
        Key operator: OperatorId = "operator",
        /// At which station.
        Fix station: StationId = "station",
        /// The record that enrolled it.
        Fix position: Position = "position",
        /// When that was recorded.
        Fix recorded_at: Timestamp = "recorded_at_us",
        /// Since when its time at the station is over.
        Set retired_at: Option<Timestamp> = "retired_at_us",
    }
}

table! {
    /// The end of an operator's time: a change to [`Operator`].
    OperatorEnd in Redemptions "operator" {
        /// Whose.
        Key operator: OperatorId = "operator",
        /// When.
        Set retired_at: Option<Timestamp> = "retired_at_us",
    }
}

table! {
    /// A shift.
    Shift in Redemptions "shift" {
        /// Its id.
        Key shift: ShiftId = "shift",
        /// Who opened it.
        Fix operator: OperatorId = "operator",
        /// At which station.
        Fix station: StationId = "station",
        /// The record that opened it.
        Fix position: Position = "position",
        /// When.
        Fix opened_at: Timestamp = "opened_at_us",
        /// When it closes by itself.
        Fix closes_at: Timestamp = "closes_at_us",
        /// When it was closed.
        Set closed_at: Option<Timestamp> = "closed_at_us",
        /// Why.
        Set closing: Option<Closing> = "closing",
    }
}

table! {
    /// The end of a shift: a change to [`Shift`].
    ShiftEnd in Redemptions "shift" {
        /// Of which.
        Key shift: ShiftId = "shift",
        /// When.
        Set closed_at: Option<Timestamp> = "closed_at_us",
        /// Why.
        Set closing: Option<Closing> = "closing",
    }
}

table! {
    /// An allowance, and what it has come to.
    Allowance in Redemptions "allowance" {
        /// Its id.
        Key allowance: AllowanceId = "allowance",
        /// Of which station.
        Fix station: StationId = "station",
        /// The office that answers for what is short.
        Fix officer: OfficerId = "officer",
        /// Points, over all slips.
        Fix total: Points = "total_hundredths",
        /// Points, over all slips of one person.
        Fix per_person: Points = "per_person_hundredths",
        /// The record that granted it.
        Fix position: Position = "position",
        /// When.
        Fix granted_at: Timestamp = "granted_at_us",
        /// When it ends by itself.
        Fix ends_at: Timestamp = "ends_at_us",
        /// Slips are counted until then.
        Fix sync_until: Timestamp = "sync_until_us",
        /// When it ended.
        Set ended_at: Option<Timestamp> = "ended_at_us",
        /// The office that ended it before its time.
        Set ended_by: Option<OfficerId> = "ended_by",
        /// Slips that count.
        Add slips: i64 = "slips",
        /// Their points.
        Add spent: Points = "spent_hundredths",
        /// What of it residents hadn't.
        Add overspent: Points = "overspent_hundredths",
    }
}

table! {
    /// Slips that count: a change to [`Allowance`].
    AllowanceUse in Redemptions "allowance" {
        /// Under which.
        Key allowance: AllowanceId = "allowance",
        /// How many.
        Add slips: i64 = "slips",
        /// Their points.
        Add spent: Points = "spent_hundredths",
        /// What of it residents hadn't.
        Add overspent: Points = "overspent_hundredths",
    }
}

table! {
    /// The end of an allowance: a change to [`Allowance`].
    AllowanceEnd in Redemptions "allowance" {
        /// Of which.
        Key allowance: AllowanceId = "allowance",
        /// When.
        Set ended_at: Option<Timestamp> = "ended_at_us",
        /// The office that ended it before its time.
        Set ended_by: Option<OfficerId> = "ended_by",
    }
}

table! {
    /// A slip that was written off line, as it was brought in last.
    OffLine in Redemptions "offline_slip" {
        /// The redemption that it is to be.
        Key redemption: RedemptionId = "redemption",
        /// Under which allowance.
        Set allowance: AllowanceId = "allowance",
        /// Of which station.
        Set station: StationId = "station",
        /// Its number.
        Set number: u32 = "number",
        /// Who pays.
        Set resident: ResidentId = "resident",
        /// Points, as the clerk saw the prices.
        Set total: Points = "total_hundredths",
        /// When it was handed out.
        Set handed_at: Timestamp = "handed_at_us",
        /// What became of it.
        Set standing: SlipStanding = "standing",
        /// What the resident hadn't.
        Set short: Points = "short_hundredths",
        /// The record.
        Set position: Position = "position",
        /// When that was recorded.
        Set recorded_at: Timestamp = "recorded_at_us",
    }
}

/// Where and when a record stands.
type At = (Position, Timestamp);

impl Operator {
    /// The row of one who was enrolled by a record.
    #[must_use]
    pub const fn enrolled(it: Enrolment, (position, recorded_at): At) -> Self {
        let Enrolment { operator, station } = it;
        Self { operator, station, position, recorded_at, retired_at: None }
    }
}

impl Shift {
    /// The row of one that was opened by a record.
    #[must_use]
    pub const fn opened(it: operator::Shift, (position, opened_at): At) -> Self {
        let operator::Shift { shift, operator, station, closes_at } = it;
        let (closed_at, closing) = (None, None);
        Self { shift, operator, station, position, opened_at, closes_at, closed_at, closing }
    }
}

impl Allowance {
    /// The row of one that was granted by a record.
    #[must_use]
    pub const fn granted(it: Grant, sync_until: Timestamp, (position, granted_at): At) -> Self {
        let Grant { allowance, station, officer, total, per_person, ends_at } = it;
        Self {
            allowance,
            station,
            officer,
            total,
            per_person,
            position,
            granted_at,
            ends_at,
            sync_until,
            ended_at: None,
            ended_by: None,
            slips: 0,
            spent: Points::ZERO,
            overspent: Points::ZERO,
        }
    }
}

impl OffLine {
    /// The row of one that counts by a record.
    #[must_use]
    pub const fn counted(it: &Counted, (position, recorded_at): At) -> Self {
        Self {
            redemption: it.slip.redemption,
            allowance: it.allowance,
            station: it.slip.station,
            number: it.number,
            resident: it.slip.resident,
            total: it.slip.total,
            handed_at: it.handed_at,
            standing: SlipStanding::Counted,
            short: it.short,
            position,
            recorded_at,
        }
    }

    /// The row of one that was reported by a record.
    #[must_use]
    pub const fn reported(it: &OfflineSlip, why: Report, (position, recorded_at): At) -> Self {
        Self {
            redemption: it.redemption,
            allowance: it.allowance,
            station: it.station,
            number: it.number,
            resident: it.resident,
            total: it.total,
            handed_at: it.handed_at,
            standing: SlipStanding::reported(why),
            short: Points::ZERO,
            position,
            recorded_at,
        }
    }
}

/// Of which station rows are asked, how many, and before which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtCounter {
    /// Of which station.
    pub station: StationId,
    /// Newer ones are left out.
    pub before: Option<Position>,
    /// At most so many.
    pub limit: u32,
}

impl Reader {
    /// A station's operators, newest first.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn operators_at(
        &self,
        ask: AtCounter,
    ) -> Result<Page<Operator, Position>, ReadError> {
        self.at_counter(ask, "", |row: &Operator| row.position).await
    }

    /// A station's shifts, newest first.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn shifts_at(&self, ask: AtCounter) -> Result<Page<Shift, Position>, ReadError> {
        self.at_counter(ask, "", |row: &Shift| row.position).await
    }

    /// A station's allowances, newest first.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn allowances_at(
        &self,
        ask: AtCounter,
    ) -> Result<Page<Allowance, Position>, ReadError> {
        self.at_counter(ask, "", |row: &Allowance| row.position).await
    }

    /// The slips that a station wrote off line, or those of them that don't count, newest first.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn off_line_at(
        &self,
        ask: AtCounter,
        open: bool,
    ) -> Result<Page<OffLine, Position>, ReadError> {
        let only = if open { "AND standing <> 'counted' " } else { "" };
        self.at_counter(ask, only, |row: &OffLine| row.position).await
    }

    async fn at_counter<T: crate::table::Table>(
        &self,
        ask: AtCounter,
        only: &str,
        position: fn(&T) -> Position,
    ) -> Result<Page<T, Position>, ReadError> {
        let AtCounter { station, before, limit } = ask;
        let rest =
            format!("{only}AND station = $2 AND position < $3 ORDER BY position DESC LIMIT $4");
        let before = before.unwrap_or(Position(u64::MAX));
        let rows = self.select(&rest, &[&station.wire(), &before.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, position))
    }
}
