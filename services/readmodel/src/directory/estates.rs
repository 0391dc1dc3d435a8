//! Estates and their committees: what stands in their tables, and what is asked of them.

use linli_domain::estate::{self, Committee, ManagementForm, Member};
use linli_domain::id::{AreaId, CommitteeId, EstateId, OfficerId, ResidentId};
use linli_domain::text::Name;
use linli_domain::time::Timestamp;
use linli_domain::{Position, Record};

use crate::cell::{Cell as _, Uuid};
use crate::error::ReadError;
use crate::page::{Page, fetch};
use crate::reader::Reader;
use crate::table::table;

table! {
    /// An estate as it stands.
    Estate in Directory "estate" {
        /// Its id.
        Key estate: EstateId = "estate",
        /// Where it is.
        Fix area: AreaId = "area",
        /// Its name in Chinese.
        Fix name_zh: Name = "name_zh",
        /// Its name in English.
        Fix name_en: Name = "name_en",
        /// The record that registered it.
        Fix position: Position = "position",
        /// How it is managed.
        Set form: ManagementForm = "form",
        /// Its committee, while the term runs.
        Set committee: Option<CommitteeId> = "committee",
        /// When that ends.
        Set until: Option<Timestamp> = "until_us",
    }
}

table! {
    /// How an estate is managed from now on: a change to [`Estate`].
    EstateForm in Directory "estate" {
        /// Which.
        Key estate: EstateId = "estate",
        /// How.
        Set form: ManagementForm = "form",
    }
}

table! {
    /// Which committee an estate has: a change to [`Estate`].
    EstateCommittee in Directory "estate" {
        /// Which estate.
        Key estate: EstateId = "estate",
        /// Which committee; none once its term has ended.
        Set committee: Option<CommitteeId> = "committee",
        /// Until when.
        Set until: Option<Timestamp> = "until_us",
    }
}

table! {
    /// A member of a committee, of today's or of one before.
    CommitteeSeat in Directory "committee_seat" {
        /// Of which committee.
        Key committee: CommitteeId = "committee",
        /// The place on it, from 1; the first leads it.
        Key place: u8 = "place",
        /// Of which estate.
        Fix estate: EstateId = "estate",
        /// The resident who sits there, if one does.
        Fix resident: Option<ResidentId> = "resident",
        /// The officer who sits there, if one does.
        Fix officer: Option<OfficerId> = "officer",
        /// When that one left, if before the end.
        Set left_at: Option<Timestamp> = "left_at_us",
    }
}

table! {
    /// That a member left: a change to [`CommitteeSeat`].
    SeatLeft in Directory "committee_seat" {
        /// Which committee.
        Key committee: CommitteeId = "committee",
        /// Which place.
        Key place: u8 = "place",
        /// When.
        Set left_at: Option<Timestamp> = "left_at_us",
    }
}

impl Estate {
    /// As it was registered.
    #[must_use]
    pub fn registered(record: &Record, it: &estate::Estate) -> Self {
        Self {
            estate: it.estate,
            area: it.area,
            name_zh: it.name.zh.clone(),
            name_en: it.name.en.clone(),
            position: record.position,
            form: it.form,
            committee: None,
            until: None,
        }
    }
}

impl CommitteeSeat {
    /// The seats of a committee as it was elected.
    pub fn elected(it: &Committee) -> impl Iterator<Item = Self> {
        let (committee, estate) = (it.committee, it.estate);
        (1_u8..).zip(&it.members).map(move |(place, member)| {
            let (resident, officer) = match member {
                Member::Resident(resident) => (Some(*resident), None),
                Member::Officer(officer) => (None, Some(*officer)),
            };
            Self { committee, place, estate, resident, officer, left_at: None }
        })
    }
}

impl Reader {
    /// An estate, with the members of its committee while a term runs, those who left included.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn estate(
        &self,
        id: EstateId,
    ) -> Result<Option<(Estate, Vec<CommitteeSeat>)>, ReadError> {
        let found: Option<Estate> = self.select_first("AND estate = $2", &[&id.wire()]).await?;
        let Some(estate) = found else { return Ok(None) };
        let Some(committee) = estate.committee else { return Ok(Some((estate, Vec::new()))) };
        let rest = "AND committee = $2 ORDER BY place";
        let members = self.select(rest, &[&committee.wire()]).await?;
        Ok(Some((estate, members)))
    }

    /// The estates of some areas, in the order in which they were registered, after one of them; those
    /// managed in one way alone, if one is told.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn estates_in(
        &self,
        areas: &[AreaId],
        form: Option<ManagementForm>,
        after: Option<Position>,
        limit: u32,
    ) -> Result<Page<Estate, Position>, ReadError> {
        let rest = "AND area = ANY($2) AND position > $3 AND ($4::text IS NULL OR form = $4) \
                    ORDER BY position LIMIT $5";
        let areas: Vec<Uuid> = areas.iter().map(|area| area.wire()).collect();
        let after = after.unwrap_or(Position::START).wire();
        let rows = self.select(rest, &[&areas, &after, &form.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &Estate| row.position))
    }
}
