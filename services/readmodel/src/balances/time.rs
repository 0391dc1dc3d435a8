//! Stored time: what each account stands at, who asks chests for it, and which statements were closed.

use linli_domain::id::{OfficerId, ResidentId};
use linli_domain::quantity::Minutes;
use linli_domain::time::Timestamp;
use linli_domain::time_bank::{Mark, TimeAccount};
use linli_domain::{Position, Record, time_bank};

use crate::cell::{Cell as _, Uuid};
use crate::error::ReadError;
use crate::page::{Page, fetch};
use crate::reader::Reader;
use crate::table::table;

/// Whose an account of stored time is, in the order in which the words sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeHolder {
    /// A community's chest.
    Chest,
    /// What a community owes the others.
    Clearing,
    /// What the fund has issued; its id is nil.
    Fund,
    /// A resident's.
    Resident,
    /// A team's.
    Team,
}

table! {
    /// What an account of stored time stands at. One that never moved has no row.
    TimeBalance in Balances "time_account" {
        /// Whose.
        Key holder: TimeHolder = "holder",
        /// The resident, the team, the community; nil for the fund.
        Key id: Uuid = "id",
        /// In minutes; below zero what is owed.
        Set minutes: i64 = "minutes",
        /// The last record that moved it.
        Set position: Position = "position",
    }
}

table! {
    /// What a resident asks the chest for, or asked for last.
    TimeAsk in Balances "time_ask" {
        /// Who.
        Key resident: ResidentId = "resident",
        /// For how much.
        Set minutes: Minutes = "minutes",
        /// As a key elder?
        Set mark: Mark = "mark",
        /// The record of the ask.
        Set position: Position = "position",
        /// When it lapses.
        Set lapses_at: Timestamp = "lapses_at_us",
        /// The record that granted it, or let it lapse; none while it waits.
        Set ended: Option<Position> = "ended_position",
    }
}

table! {
    /// The end of an ask: a change to [`TimeAsk`].
    TimeAskEnded in Balances "time_ask" {
        /// Whose.
        Key resident: ResidentId = "resident",
        /// The record that ended it.
        Set ended: Option<Position> = "ended_position",
    }
}

table! {
    /// A netting statement. Its figures stand in the record that closed it.
    TimeNetting in Balances "time_netting" {
        /// Its number, from 1.
        Key number: u32 = "number",
        /// The record.
        Fix position: Position = "position",
        /// When.
        Fix netted_at: Timestamp = "netted_at_us",
        /// By which officer; none if the finance desk did.
        Fix officer: Option<OfficerId> = "officer",
    }
}

impl TimeBalance {
    /// The key of an account's row.
    #[must_use]
    pub const fn key(account: TimeAccount) -> (TimeHolder, Uuid) {
        match account {
            TimeAccount::Fund => (TimeHolder::Fund, Uuid(0)),
            TimeAccount::Resident(id) => (TimeHolder::Resident, Uuid(id.number())),
            TimeAccount::Team(id) => (TimeHolder::Team, Uuid(id.number())),
            TimeAccount::Chest(id) => (TimeHolder::Chest, Uuid(id.number())),
            TimeAccount::Clearing(id) => (TimeHolder::Clearing, Uuid(id.number())),
        }
    }

    /// The rows of the accounts that a record moves, as they stand after it.
    pub fn moved(record: &Record, event: &time_bank::Event) -> impl Iterator<Item = Self> {
        let position = record.position;
        event.moves().iter().map(move |step| {
            let (holder, id) = Self::key(step.account);
            Self { holder, id, minutes: step.balance, position }
        })
    }
}

impl Reader {
    /// What an account of stored time stands at, in minutes; none if it never moved.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn time_balance(
        &self,
        account: TimeAccount,
    ) -> Result<Option<TimeBalance>, ReadError> {
        let (holder, id) = TimeBalance::key(account);
        self.select_first("AND holder = $2 AND id = $3", &[&holder.wire(), &id.wire()]).await
    }

    /// The accounts of the fund and of all communities that ever moved: their chests, in the order of ids, what
    /// each owes the others, in the same order, and the fund.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn time_communities(&self) -> Result<Vec<TimeBalance>, ReadError> {
        let rest = "AND holder IN ('chest', 'clearing', 'fund') ORDER BY holder, id";
        self.select(rest, &[]).await
    }

    /// What a resident asks for or asked for last.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn time_ask(&self, resident: ResidentId) -> Result<Option<TimeAsk>, ReadError> {
        self.select_first("AND resident = $2", &[&resident.wire()]).await
    }

    /// Asks that wait, in the order of arrival, after one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn time_asks(
        &self,
        after: Option<Position>,
        limit: u32,
    ) -> Result<Page<TimeAsk, Position>, ReadError> {
        let rest = "AND ended_position IS NULL AND position > $2 ORDER BY position LIMIT $3";
        let after = after.unwrap_or(Position::START).wire();
        let rows = self.select(rest, &[&after, &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &TimeAsk| row.position))
    }

    /// Netting statements, newest first, before one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn time_nettings(
        &self,
        before: Option<Position>,
        limit: u32,
    ) -> Result<Page<TimeNetting, Position>, ReadError> {
        let rest = "AND position < $2 ORDER BY position DESC LIMIT $3";
        let before = before.unwrap_or(Position(u64::MAX)).wire();
        let rows = self.select(rest, &[&before, &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &TimeNetting| row.position))
    }

    /// One netting statement, by its number.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn time_netting(&self, number: u32) -> Result<Option<TimeNetting>, ReadError> {
        self.select_first("AND number = $2", &[&number.wire()]).await
    }
}
