//! Queries of the directory.

use std::collections::BTreeMap;

use linli_domain::id::{AreaId, HouseholdId, OfficerId, PoolId, ResidentId, StationId, SupplierId};
use linli_domain::quantity::Points;
use linli_domain::resident::Pseudonym;
use linli_domain::rules::RuleVersion;
use linli_domain::text::{CardCode, Code, Name};
use linli_domain::time::Timestamp;

use super::{Act, Area, Household, Officer, Resident, RuleSet, Star, Station, Supplier, Team};
use crate::cell::Cell as _;
use crate::error::{ReadError, RowError};
use crate::page::{Page, fetch};
use crate::projection::Projection;
use crate::reader::Reader;
use crate::table::cell;

/// A pool by name, and what it was given and gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolStanding {
    /// Its id.
    pub pool: PoolId,
    /// The name by which rules draw on it.
    pub code: Code,
    /// Its name in Chinese.
    pub name_zh: Name,
    /// Its name in English.
    pub name_en: Name,
    /// Points its funder has put in.
    pub funded: Points,
    /// Points that were awarded out of it.
    pub drawn: Points,
    /// Points it still has to give.
    pub left: Points,
    /// Of what was awarded, points that lapsed.
    pub lapsed: Points,
}

/// An area with all areas below it: `below` is every area that lies in `$2`, itself included.
/// `UNION` ends on its own even if areas lay in a ring.
fn below(schema: &str) -> String {
    format!(
        "WITH RECURSIVE below(area) AS (SELECT $2::uuid UNION \
         SELECT a.area FROM {schema}.area a JOIN below b ON a.parent = b.area \
         WHERE a.district = $1)"
    )
}

impl Reader {
    /// All areas, in the order of their ids. They are some thousands at the most.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn areas(&self) -> Result<Vec<Area>, ReadError> {
        self.select("ORDER BY area", &[]).await
    }

    /// All teams, in the order of their ids.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn teams(&self) -> Result<Vec<Team>, ReadError> {
        self.select("ORDER BY team", &[]).await
    }

    /// One area.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn area(&self, area: AreaId) -> Result<Option<Area>, ReadError> {
        self.select_first("AND area = $2", &[&area.wire()]).await
    }

    /// The grids that lie in this area, or the area itself if it is a grid; in the order of their
    /// ids. Empty for an area that is smaller than a grid or isn't there.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn grids_in(&self, area: AreaId) -> Result<Vec<AreaId>, ReadError> {
        let text = |schema: &str| {
            format!(
                "{} SELECT g.area FROM {schema}.area g JOIN below USING (area) \
                 WHERE g.district = $1 AND g.level = 'grid' ORDER BY g.area",
                below(schema)
            )
        };
        self.area_ids(text, area).await
    }

    /// All areas that lie in this one, itself included; in the order of their ids.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn areas_in(&self, area: AreaId) -> Result<Vec<AreaId>, ReadError> {
        let text = |schema: &str| format!("{} SELECT area FROM below ORDER BY area", below(schema));
        self.area_ids(text, area).await
    }

    /// All areas that this one lies in, itself included; in the order of their ids.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn areas_over(&self, area: AreaId) -> Result<Vec<AreaId>, ReadError> {
        let text = |schema: &str| {
            format!(
                "WITH RECURSIVE above(area) AS (SELECT $2::uuid UNION \
                 SELECT a.parent FROM {schema}.area a JOIN above o ON a.area = o.area \
                 WHERE a.district = $1 AND a.parent IS NOT NULL) \
                 SELECT area FROM above ORDER BY area"
            )
        };
        self.area_ids(text, area).await
    }

    /// The ids of areas that a query of the district and one area gives.
    async fn area_ids(
        &self,
        text: impl FnOnce(&str) -> String,
        area: AreaId,
    ) -> Result<Vec<AreaId>, ReadError> {
        let (client, schema) = self.session(Projection::Directory).await?;
        let statement = client.prepare_cached(&text(&schema)).await?;
        let district = self.district().as_str();
        let rows = client.query(&statement, &[&district, &area.wire()]).await?;
        let areas = rows.iter().map(|row| cell(row, &mut 0, "area"));
        areas.collect::<Result<_, RowError>>().map_err(ReadError::Row)
    }

    /// One officer, on duty or retired.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn officer(&self, officer: OfficerId) -> Result<Option<Officer>, ReadError> {
        self.select_first("AND officer = $2", &[&officer.wire()]).await
    }

    /// The officers of one area itself, in the order of their ids.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn officers_of(&self, area: AreaId) -> Result<Vec<Officer>, ReadError> {
        self.select("AND area = $2 ORDER BY officer", &[&area.wire()]).await
    }

    /// One household.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn household(&self, household: HouseholdId) -> Result<Option<Household>, ReadError> {
        self.select_first("AND household = $2", &[&household.wire()]).await
    }

    /// The residents of a household, in the order of their ids.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn household_members(
        &self,
        household: HouseholdId,
    ) -> Result<Vec<Resident>, ReadError> {
        self.select("AND household = $2 ORDER BY resident", &[&household.wire()]).await
    }

    /// One resident.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn resident(&self, resident: ResidentId) -> Result<Option<Resident>, ReadError> {
        self.select_first("AND resident = $2", &[&resident.wire()]).await
    }

    /// Those of these residents who are shown in the rankings, and what they are called there.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn ranked_among(
        &self,
        of: &[ResidentId],
    ) -> Result<BTreeMap<ResidentId, Option<Pseudonym>>, ReadError> {
        let of: Vec<_> = of.iter().map(ResidentId::wire).collect();
        let rest = "AND resident = ANY($2) AND ranked";
        let rows: Vec<Resident> = self.select(rest, &[&of]).await?;
        Ok(rows.iter().map(|row| (row.resident, row.pseudonym)).collect())
    }

    /// The resident with this card.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn resident_by_card(&self, card: CardCode) -> Result<Option<Resident>, ReadError> {
        self.select_first("AND card = $2", &[&card.wire()]).await
    }

    /// Residents in the order of their ids, after one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn residents(
        &self,
        after: Option<ResidentId>,
        limit: u32,
    ) -> Result<Page<Resident, ResidentId>, ReadError> {
        let rest = "AND ($2::uuid IS NULL OR resident > $2) ORDER BY resident LIMIT $3";
        let rows = self.select(rest, &[&after.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &Resident| row.resident))
    }

    /// All stations, in the order of their ids.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn stations(&self) -> Result<Vec<Station>, ReadError> {
        self.select("ORDER BY station", &[]).await
    }

    /// One station.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn station(&self, station: StationId) -> Result<Option<Station>, ReadError> {
        self.select_first("AND station = $2", &[&station.wire()]).await
    }

    /// All suppliers, in the order of their ids.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn suppliers(&self) -> Result<Vec<Supplier>, ReadError> {
        self.select("ORDER BY supplier", &[]).await
    }

    /// One supplier.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn supplier(&self, supplier: SupplierId) -> Result<Option<Supplier>, ReadError> {
        self.select_first("AND supplier = $2", &[&supplier.wire()]).await
    }

    /// All pools, in the order of their codes. Names are of the directory and amounts of the
    /// balances, each at its own checkpoint.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn pools(&self) -> Result<Vec<PoolStanding>, ReadError> {
        let (client, schema) = self.session(Projection::Directory).await?;
        let balances = self.schema_on(&client, Projection::Balances).await?;
        let text = format!(
            "SELECT p.pool, p.code, p.name_zh, p.name_en, \
             coalesce(a.funded_hundredths, 0), coalesce(a.drawn_hundredths, 0), \
             coalesce(a.left_hundredths, 0), coalesce(a.lapsed_hundredths, 0) \
             FROM {schema}.pool p LEFT JOIN {balances}.pool_account a USING (district, pool) \
             WHERE p.district = $1 ORDER BY p.code"
        );
        let statement = client.prepare_cached(&text).await?;
        let rows = client.query(&statement, &[&self.district().as_str()]).await?;
        let pools = rows.iter().map(pool_standing);
        pools.collect::<Result<_, _>>().map_err(ReadError::Row)
    }

    /// All rule sets, oldest first.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn rule_sets(&self) -> Result<Vec<RuleSet>, ReadError> {
        self.select("ORDER BY version", &[]).await
    }

    /// The rule set in force at `at`: the latest whose date has come.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn rules_in_force(&self, at: Timestamp) -> Result<Option<RuleSet>, ReadError> {
        let rest = "AND effective_from_us <= $2 ORDER BY version DESC LIMIT 1";
        self.select_first(rest, &[&at.wire()]).await
    }

    /// The acts of a rule set, in the order of their codes.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn acts(&self, version: RuleVersion) -> Result<Vec<Act>, ReadError> {
        self.select("AND version = $2 ORDER BY code", &[&version.wire()]).await
    }

    /// What the stars take under a rule set, one star first.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn stars(&self, version: RuleVersion) -> Result<Vec<Star>, ReadError> {
        self.select("AND version = $2 ORDER BY stars", &[&version.wire()]).await
    }
}

fn pool_standing(row: &tokio_postgres::Row) -> Result<PoolStanding, RowError> {
    let at = &mut 0;
    Ok(PoolStanding {
        pool: cell(row, at, "pool")?,
        code: cell(row, at, "code")?,
        name_zh: cell(row, at, "name_zh")?,
        name_en: cell(row, at, "name_en")?,
        funded: cell(row, at, "funded_hundredths")?,
        drawn: cell(row, at, "drawn_hundredths")?,
        left: cell(row, at, "left_hundredths")?,
        lapsed: cell(row, at, "lapsed_hundredths")?,
    })
}
