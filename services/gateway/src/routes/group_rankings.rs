//! Rankings of groups: households, teams, areas and estates.

use axum::response::Response;
use linli_api::ranking::{GroupKind, GroupOrder, GroupPlacing, GroupRanking, RankingWindow};
use linli_readmodel::rankings::{self, Group, Measure, RankedGroup};

use crate::calendar::stretch_text;
use crate::front::Here;
use crate::problem::{Kind, Problem};
use crate::receipt::{amount, id};
use crate::request::{Asked, Reading};
use crate::routes::rankings::Wish;
use crate::told::{fault, shown};

/// A ranking of groups, best first
///
/// Grids, communities and sub-districts have the merit that was earned there; micro-grids that of
/// those who live there. Estates have that of what was done for them, and nobody is told to live in
/// one. Households and teams have that of their people who are shown, and of
/// nobody else.
#[utoipa::path(get, path = "/v1/rankings/groups", tag = "rankings",
    params(("by" = GroupKind, Query, description = "Of what groups"),
        ("order" = Option<GroupOrder>, Query, description = "By what; by merit unless told"),
        ("area" = Option<String>, Query, description = "Merit earned there: a grid or anything above it; the district unless told"),
        ("window" = Option<RankingWindow>, Query, description = "The stretch of the calendar; all time unless told"),
        ("period" = Option<String>, Query, description = "Which one; today's unless told"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many; 50 unless told"),
        ("skip" = Option<u32>, Query, description = "How many to leave out at the top")),
    responses((status = 200, description = "The ranking", body = GroupRanking)))]
pub(super) async fn ranking(
    Here(gateway): Here,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let (by, order) = (asked_kind(&mut reading.asked)?, asked_order(&mut reading.asked)?);
    let (limit, skip) = (reading.asked.limit()?, reading.asked.value("skip")?);
    let wish = Wish::of(&mut reading.asked)?;
    let (position, board) = gateway.board(&wish, reading.after).await?;
    let what = (kind(by), measure(order));
    let rows = gateway.reader.group_ranking(board, what, skip.unwrap_or_default(), limit).await;
    let ranking = GroupRanking {
        area: id(board.area),
        by,
        order,
        window: wish.window,
        period: stretch_text(board.stretch),
        places: rows.map_err(fault)?.iter().map(placing).collect(),
    };
    Ok(shown(position, &ranking))
}

fn asked_kind(asked: &mut Asked) -> Result<GroupKind, Problem> {
    asked.word("by")?.ok_or_else(|| Problem::plain(Kind::InvalidQuery).with("field", "by"))
}

fn asked_order(asked: &mut Asked) -> Result<GroupOrder, Problem> {
    Ok(asked.word("order")?.unwrap_or_default())
}

const fn kind(said: GroupKind) -> rankings::GroupKind {
    match said {
        GroupKind::Household => rankings::GroupKind::Household,
        GroupKind::Team => rankings::GroupKind::Team,
        GroupKind::MicroGrid => rankings::GroupKind::MicroGrid,
        GroupKind::Grid => rankings::GroupKind::Grid,
        GroupKind::Community => rankings::GroupKind::Community,
        GroupKind::SubDistrict => rankings::GroupKind::SubDistrict,
        GroupKind::Estate => rankings::GroupKind::Estate,
    }
}

const fn measure(said: GroupOrder) -> Measure {
    match said {
        GroupOrder::Merit => Measure::Merit,
        GroupOrder::PerThousand => Measure::PerThousand,
    }
}

fn placing(ranked: &RankedGroup) -> GroupPlacing {
    GroupPlacing {
        rank: ranked.rank,
        group: match ranked.group {
            Group::Household(household) => id(household),
            Group::Team(team) => id(team),
            Group::Area(area) => id(area),
            Group::Estate(estate) => id(estate),
        },
        merit: amount(ranked.merit),
        residents: ranked.residents,
        per_thousand: ranked.per_thousand().map(amount),
    }
}
