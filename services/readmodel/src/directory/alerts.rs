//! Weather alerts: what stands in their table, and what is asked of it.

use linli_domain::alert::{self, AlertKind};
use linli_domain::id::{AreaId, OfficerId};
use linli_domain::time::Timestamp;
use linli_domain::{Position, Record};

use crate::cell::Cell as _;
use crate::error::ReadError;
use crate::page::{Page, fetch};
use crate::reader::Reader;
use crate::table::table;

table! {
    /// An alert as it was declared.
    Alert in Directory "alert" {
        /// Where.
        Key area: AreaId = "area",
        /// From when.
        Key started_at: Timestamp = "started_at_us",
        /// Of what.
        Fix kind: AlertKind = "kind",
        /// Until when.
        Fix ended_at: Timestamp = "ended_at_us",
        /// Who declared it.
        Fix officer: OfficerId = "officer",
        /// The record.
        Fix position: Position = "position",
        /// Since when it is withdrawn.
        Set withdrawn_at: Option<Timestamp> = "withdrawn_at_us",
        /// By whom.
        Set withdrawn_by: Option<OfficerId> = "withdrawn_by",
    }
}

table! {
    /// The end of an alert before its time: a change to [`Alert`].
    AlertEnding in Directory "alert" {
        /// Where.
        Key area: AreaId = "area",
        /// From when.
        Key started_at: Timestamp = "started_at_us",
        /// Since when it is withdrawn.
        Set withdrawn_at: Option<Timestamp> = "withdrawn_at_us",
        /// By whom.
        Set withdrawn_by: Option<OfficerId> = "withdrawn_by",
    }
}

impl AlertEnding {
    /// As it was said.
    #[must_use]
    pub const fn of(record: &Record, it: &alert::Withdrawal) -> Self {
        Self {
            area: it.area,
            started_at: it.started_at,
            withdrawn_at: Some(record.recorded_at),
            withdrawn_by: Some(it.officer),
        }
    }
}

impl Alert {
    /// As it was declared.
    #[must_use]
    pub const fn declared(record: &Record, it: &alert::Alert) -> Self {
        Self {
            area: it.area,
            started_at: it.during.start(),
            kind: it.kind,
            ended_at: it.during.end(),
            officer: it.officer,
            position: record.position,
            withdrawn_at: None,
            withdrawn_by: None,
        }
    }
}

impl Reader {
    /// The alerts of the district, the last declared first, before one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn alerts(
        &self,
        before: Option<Position>,
        limit: u32,
    ) -> Result<Page<Alert, Position>, ReadError> {
        let rest = "AND position < $2 ORDER BY position DESC LIMIT $3";
        let before = before.unwrap_or(Position(u64::MAX));
        let rows = self.select(rest, &[&before.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &Alert| row.position))
    }
}
