//! Boards of groups: households, teams, areas and estates, by the merit of those who belong to them, in all
//! or per thousand residents.
//!
//! Merit is of the grid where it was earned, and that is whose a grid's, a community's and a
//! sub-district's is. A household's, a team's and a micro-grid's is that of the people who live
//! there, or are members, now. Households and teams are a few people, so only the merit of those who
//! wish to be shown counts for them.

use linli_domain::id::{AreaId, EstateId, HouseholdId, TeamId};
use linli_domain::quantity::Merit;
use linli_domain::rules::Ties;
use postgres_types::ToSql;
use rust_decimal::Decimal;

use super::read::rank_over;
use super::{Board, measured};
use crate::cell::{Cell as _, Uuid};
use crate::error::{ReadError, RowError};
use crate::projection::Projection;
use crate::reader::Reader;
use crate::table::cell;

/// What kind of groups are ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// Households.
    Household,
    /// Teams of volunteers.
    Team,
    /// Micro-grids.
    MicroGrid,
    /// Grids.
    Grid,
    /// Communities.
    Community,
    /// Sub-districts.
    SubDistrict,
    /// Estates, by the merit of what was done for them.
    Estate,
}

/// What they are ranked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Merit in all.
    Merit,
    /// Merit per resident, as it is told per thousand.
    PerThousand,
}

/// A group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// A household.
    Household(HouseholdId),
    /// A team.
    Team(TeamId),
    /// A micro-grid or anything above it.
    Area(AreaId),
    /// An estate.
    Estate(EstateId),
}

/// A group on a board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankedGroup {
    /// The rank, from 1.
    pub rank: u64,
    /// Which group.
    pub group: Group,
    /// The merit on this board.
    pub merit: Merit,
    /// The people who live there, or are members, now.
    pub residents: u32,
}

impl RankedGroup {
    /// The merit per thousand residents; none where nobody lives.
    #[must_use]
    pub fn per_thousand(&self) -> Option<Merit> {
        let thousands = Decimal::new(i64::from(self.residents), 3);
        let exact = self.merit.to_decimal().checked_div(thousands)?;
        Merit::rounded(exact, Merit::from_hundredths(1))
    }
}

impl GroupKind {
    /// The level of the areas that merit is earned in; what people belong to has none.
    const fn level(self) -> Option<&'static str> {
        match self {
            Self::Estate | Self::Household | Self::Team | Self::MicroGrid => None,
            Self::Grid => Some("grid"),
            Self::Community => Some("community"),
            Self::SubDistrict => Some("sub_district"),
        }
    }

    /// `home`: who belongs to which of these groups.
    fn home(self, directory: &str) -> String {
        let household = format!(
            "JOIN {directory}.household h ON h.district = r.district AND h.household = r.household"
        );
        let (unit, join) = match (self, self.level()) {
            // Nobody is told to live in an estate: it has contributions and no people.
            (Self::Estate, _) => ("NULL::uuid", String::new()),
            (Self::Household, _) => ("r.household", String::new()),
            (Self::Team, _) => ("r.team", String::new()),
            (_, None) => ("h.micro_grid", household),
            (_, Some(level)) => {
                let above = format!("l.base = h.micro_grid AND l.level = '{level}'");
                ("l.area", format!("{household} JOIN lineage l ON {above}"))
            }
        };
        format!(
            "SELECT r.resident, {unit} AS unit, r.erased_at_us IS NULL AS lives \
             FROM {directory}.resident r {join} WHERE r.district = $1 AND {unit} IS NOT NULL"
        )
    }

    /// Whose a score `s` is.
    fn earned(self) -> String {
        match (self, self.level()) {
            (_, Some(level)) => format!(
                "JOIN (SELECT base, area AS unit FROM lineage WHERE level = '{level}') o \
                 ON o.base = s.grid"
            ),
            (Self::Estate, None) => String::new(),
            (Self::MicroGrid, None) => {
                "JOIN home o ON o.resident = s.resident AND o.lives".to_owned()
            }
            (_, None) => "JOIN home o ON o.resident = s.resident AND o.lives \
                          JOIN shown m ON m.resident = s.resident"
                .to_owned(),
        }
    }
}

impl Measure {
    const fn sql(self) -> &'static str {
        match self {
            Self::Merit => "merit::numeric",
            Self::PerThousand => "coalesce(merit::numeric / nullif(residents, 0), 0)",
        }
    }
}

/// The whole question: the scores of the board of grids `$4` in the periods `$3` of window `$2`, by
/// group.
fn text(
    (rankings, directory): (&str, &str),
    kind: GroupKind,
    measure: Measure,
    ties: Ties,
) -> String {
    let rank = rank_over(ties, "measure", "unit");
    let (home, earned, measure) = (kind.home(directory), kind.earned(), measure.sql());
    if kind == GroupKind::Estate {
        return of_estates((rankings, directory), measure, &rank);
    }
    format!(
        "WITH RECURSIVE lineage(base, area, level, parent) AS (\
           SELECT area, area, level, parent FROM {directory}.area WHERE district = $1 UNION ALL \
           SELECT l.base, a.area, a.level, a.parent FROM lineage l \
           JOIN {directory}.area a ON a.district = $1 AND a.area = l.parent\
         ), home AS ({home}), size AS (\
           SELECT unit, count(*) FILTER (WHERE lives) AS residents FROM home GROUP BY unit\
         ), shown AS (\
           SELECT resident FROM {rankings}.member WHERE district = $1 AND shown\
         ), earned AS (\
           SELECT o.unit, sum(s.merit_hundredths)::bigint AS merit, max(s.reached) AS reached \
           FROM {rankings}.score s {earned} \
           WHERE s.district = $1 AND s.period_window = $2 AND s.period = ANY($3) \
             AND s.grid = ANY($4) \
           GROUP BY o.unit HAVING sum(s.merit_hundredths) > 0\
         ), sized AS (\
           SELECT unit, merit, reached, coalesce(residents, 0)::bigint AS residents \
           FROM earned LEFT JOIN size USING (unit)\
         ), board AS (SELECT *, {measure} AS measure FROM sized) \
         SELECT {rank} AS rank, unit, merit, residents FROM board \
         ORDER BY measure DESC, reached, unit OFFSET $5 LIMIT $6"
    )
}

/// The same of estates that lie in the areas `$4`.
fn of_estates((rankings, directory): (&str, &str), measure: &str, rank: &str) -> String {
    format!(
        "WITH earned AS (\
           SELECT s.estate AS unit, sum(s.merit_hundredths)::bigint AS merit, \
             max(s.reached) AS reached, 0::bigint AS residents \
           FROM {rankings}.estate_score s \
           JOIN {directory}.estate e ON e.district = s.district AND e.estate = s.estate \
           WHERE s.district = $1 AND s.period_window = $2 AND s.period = ANY($3) \
             AND e.area = ANY($4) \
           GROUP BY s.estate HAVING sum(s.merit_hundredths) > 0\
         ), board AS (SELECT *, {measure} AS measure FROM earned) \
         SELECT {rank} AS rank, unit, merit, residents FROM board \
         ORDER BY measure DESC, reached, unit OFFSET $5 LIMIT $6"
    )
}

impl Reader {
    /// A board of groups from the top, so many left out.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn group_ranking(
        &self,
        board: Board,
        (kind, measure): (GroupKind, Measure),
        skipped: u32,
        limit: u32,
    ) -> Result<Vec<RankedGroup>, ReadError> {
        let grids = match kind {
            // An estate may lie in anything up to a sub-district.
            GroupKind::Estate => self.areas_in(board.area).await?,
            GroupKind::Household
            | GroupKind::Team
            | GroupKind::MicroGrid
            | GroupKind::Grid
            | GroupKind::Community
            | GroupKind::SubDistrict => self.grids_in(board.area).await?,
        };
        let grids: Vec<_> = grids.iter().map(|it| it.wire()).collect();
        let (client, rankings) = self.session(Projection::Rankings).await?;
        let directory = self.schema_on(&client, Projection::Directory).await?;
        let text = text((&rankings, &directory), kind, measure, board.ties);
        let statement = client.prepare_cached(&text).await?;
        let district = self.district().as_str();
        let (window, periods) = measured(board.stretch);
        let (window, skipped, limit) = (window.wire(), i64::from(skipped), i64::from(limit));
        let parameters: [&(dyn ToSql + Sync); 6] =
            [&district, &window, &periods, &grids, &skipped, &limit];
        let rows = client.query(&statement, &parameters).await?;
        rows.iter().map(|row| group(row, kind)).collect::<Result<_, _>>().map_err(ReadError::Row)
    }
}

fn group(row: &tokio_postgres::Row, kind: GroupKind) -> Result<RankedGroup, RowError> {
    let at = &mut 0;
    let rank: i64 = cell(row, at, "rank")?;
    let Uuid(unit) = cell(row, at, "unit")?;
    let group = match kind {
        GroupKind::Household => Group::Household(HouseholdId::from_number(unit)),
        GroupKind::Team => Group::Team(TeamId::from_number(unit)),
        GroupKind::Estate => Group::Estate(EstateId::from_number(unit)),
        GroupKind::MicroGrid | GroupKind::Grid | GroupKind::Community | GroupKind::SubDistrict => {
            Group::Area(AreaId::from_number(unit))
        }
    };
    Ok(RankedGroup {
        rank: u64::try_from(rank).map_err(|_| RowError::Value { column: "rank" })?,
        group,
        merit: cell(row, at, "merit")?,
        residents: cell(row, at, "residents")?,
    })
}
