//! The list of all that was awarded in a quarter (季度公示): for everybody, since points are a community's
//! money and merit its honour. It names contributions and nobody, and is open some working days after
//! the quarter's end, so that nothing is added to a list that anybody has seen.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse as _, Response};
use linli_api::Bilingual;
use linli_api::award_list::{
    AwardList, CommunityAwards, ListedAward, ListedQuarter, QuarterAwards,
};
use linli_domain::area::Level;
use linli_domain::id::AreaId;
use linli_domain::quantity::{Merit, Points};
use linli_domain::time::{Interval, Timestamp, Window};
use linli_domain::{Noun, contribution::Status};
use linli_readmodel::Projection;
use linli_readmodel::contributions::{AwardCursor, AwardSum, Case};
use linli_readmodel::directory::Area;
use utoipa_axum::routes;

use super::award_sheet;
use super::kept::Kept;
use super::listing::Listing;
use super::samples::FRESH;
use crate::calendar::{period_of, period_text};
use crate::front::Front;
use crate::gateway::Inner;
use crate::parse::{Path as _, Spoken};
use crate::problem::{Kind, Problem, unknown};
use crate::receipt::{amount, id, instant};
use crate::request::{Asked, Cursor as _};
use crate::told::{Seen, fault};

/// The newest sums of quarters, by their starts: they take a look at every award of a quarter.
pub(crate) type Sums = Kept<Timestamp, QuarterAwards>;

/// The lists' routes: they are everybody's.
pub(super) fn listed(listing: Listing) -> Listing {
    listing.open(routes!(sums)).open(routes!(show)).open(routes!(award_sheet::csv))
}

/// A quarter whose list is open.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) during: Interval,
    pub(super) told: ListedQuarter,
}

/// What was awarded in a quarter
///
/// For everybody, without a key: each community with how many awards there were, how many of them were taken
/// back since, and what they come to. Open some working days after the quarter's end (`list_working_days` of
/// the rules that were in force then); before that, and where the rules want no list, it is not found. It names
/// nobody.
#[utoipa::path(get, path = "/awards/{district}/{quarter}", tag = "contributions",
    params(("district" = String, Path, description = "The district's code"),
        ("quarter" = String, Path, description = "By when it was awarded, on the clock on the wall: `2025-Q1`")),
    responses((status = 200, description = "The sums, community by community", body = QuarterAwards)))]
pub(super) async fn sums(
    State(front): State<Arc<Front>>,
    Path((district, quarter)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let gateway = front.of(&district)?;
    let open = gateway.open_quarter(&quarter).await?;
    let start = open.during.start();
    let told = gateway.award_sums.told(start, gateway.quarter_awards(open)).await?;
    Ok(([(CACHE_CONTROL, FRESH)], Json(told)).into_response())
}

/// All that was awarded in a quarter in a community
///
/// For everybody, without a key: award by award, in the order of their records, those that were taken back since
/// marked as such. It tells neither whose a contribution is nor in which grid nor by whose word. No award is ever
/// added to an open list; it only changes by what is taken back.
#[utoipa::path(get, path = "/awards/{district}/{quarter}/{community}", tag = "contributions",
    params(("district" = String, Path, description = "The district's code"),
        ("quarter" = String, Path, description = "By when it was awarded, on the clock on the wall: `2025-Q1`"),
        ("community" = String, Path, description = "Where it was done"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them", body = AwardList)))]
pub(super) async fn show(
    State(front): State<Arc<Front>>,
    Path((district, quarter, community)): Path<(String, String, String)>,
    uri: Uri,
) -> Result<Response, Problem> {
    let gateway = front.of(&district)?;
    let mut asked = Asked::of(&uri)?;
    let (limit, cursor) = (asked.limit()?, asked.cursor::<AwardCursor>()?);
    asked.done()?;
    let open = gateway.open_quarter(&quarter).await?;
    let community = gateway.community(&community).await?.area;
    let Seen(position) = gateway.see(&[Projection::Contributions], None).await?;
    let grids = gateway.reader.grids_in(community).await.map_err(fault)?;
    let page = gateway.reader.awarded(&grids, open.during, cursor, limit).await.map_err(fault)?;
    let told = AwardList {
        position: position.0,
        quarter: open.told,
        community: id(community),
        items: page.rows.iter().filter_map(award).collect(),
        next: page.next.map(|next| next.write()),
    };
    Ok(([(CACHE_CONTROL, FRESH)], Json(told)).into_response())
}

/// An award as everybody may see it; what was never awarded is none.
pub(super) fn award(case: &Case) -> Option<ListedAward> {
    // What was put right again by a panel keeps the time of its reversal.
    let reversed_at = case.reversed_at.filter(|_| case.status == Status::Reversed);
    Some(ListedAward {
        contribution: id(case.contribution),
        act: case.act.to_string(),
        category: case.category?.said(),
        awarded_at: instant(case.decided_at?),
        minutes: case.minutes?.get(),
        minutes_kind: case.minutes_kind?.said(),
        merit: amount(case.merit?),
        points: amount(case.points?),
        rules: case.rules?.0,
        reversed_at: reversed_at.map(instant),
    })
}

impl Inner {
    /// The quarter of this text, if its list is open: by the rules in force at its end.
    pub(super) async fn open_quarter(&self, text: &str) -> Result<Open, Problem> {
        let not_found = || Problem::plain(Kind::NotFound);
        let period = period_of(Window::Quarter, text).ok_or_else(not_found)?;
        let sets = self.reader.rule_sets().await.map_err(fault)?;
        let at_its_end = sets.iter().rev().find_map(|set| {
            let during = set.zone.during(period)?;
            (set.effective_from < during.end()).then_some((during, set.position))
        });
        let (during, position) = at_its_end.ok_or_else(not_found)?;
        let open_from = self.said(position).await?.listed_from(during.end());
        let open_from = open_from.ok_or_else(not_found)?;
        if self.ledger_clock().await < open_from {
            return Err(not_open(open_from));
        }
        let told = ListedQuarter {
            quarter: period_text(period),
            from: instant(during.start()),
            until: instant(during.end()),
            open_from: instant(open_from),
        };
        Ok(Open { during, told })
    }

    /// The community of this id.
    pub(super) async fn community(&self, text: &str) -> Result<Area, Problem> {
        let area = AreaId::from_path(text, Noun::Area)?;
        let found = self.reader.area(area).await.map_err(fault)?;
        found.filter(|area| area.level == Level::Community).ok_or_else(|| unknown(Noun::Area))
    }

    async fn quarter_awards(&self, open: Open) -> Result<QuarterAwards, Problem> {
        let of = [Projection::Contributions, Projection::Directory];
        let Seen(position) = self.see(&of, None).await?;
        let areas = self.reader.areas().await.map_err(fault)?;
        let sums = self.reader.award_sums(open.during).await.map_err(fault)?;
        let of_grid = |grid: AreaId| {
            areas.binary_search_by_key(&grid, |area| area.area).ok().and_then(|at| areas.get(at))
        };
        let mut by_community = BTreeMap::<AreaId, Vec<&AwardSum>>::new();
        for sum in &sums {
            // A grid lies in a community, always.
            let Some(parent) = of_grid(sum.grid).and_then(|grid| grid.parent) else { continue };
            by_community.entry(parent).or_default().push(sum);
        }
        let communities = areas.iter().filter(|area| area.level == Level::Community);
        let communities = communities.map(|area| {
            let sums = by_community.get(&area.area).map(Vec::as_slice).unwrap_or_default();
            summed(area, sums).ok_or_else(|| Problem::plain(Kind::Internal))
        });
        let communities = communities.collect::<Result<_, _>>()?;
        Ok(QuarterAwards { position: position.0, quarter: open.told, communities })
    }
}

/// What the grids of a community come to; none past the range that the writer keeps sums in.
fn summed(area: &Area, sums: &[&AwardSum]) -> Option<CommunityAwards> {
    let (mut awards, mut reversed, mut minutes) = (0_u64, 0_u64, 0_i64);
    let (mut merit, mut points) = (Merit::ZERO, Points::ZERO);
    for sum in sums {
        awards = awards.checked_add(sum.awards.into())?;
        reversed = reversed.checked_add(sum.reversed.into())?;
        minutes = minutes.checked_add(sum.minutes)?;
        merit = merit.plus(sum.merit)?;
        points = points.plus(sum.points)?;
    }
    Some(CommunityAwards {
        community: id(area.area),
        name: Bilingual::new(area.name_zh.as_str(), area.name_en.as_str()),
        awards,
        reversed,
        minutes,
        merit: amount(merit),
        points: amount(points),
    })
}

fn not_open(open_from: Timestamp) -> Problem {
    let from = instant(open_from);
    Problem::new(
        Kind::NotFound,
        format!("该季度的公示清单自 {from} 起公开。"),
        format!("The list of this quarter is open from {from} on."),
    )
    .with("open_from", from.as_str())
}
