//! Rankings by merit. Only residents who wished so are shown.
//!
//! Ranks are answered from memory, at the record that it has seen. While memory doesn't have a
//! ranking, at the start or after a fault, the rows of the read model are asked; both give the same
//! answers.

use axum::response::Response;
use linli_api::ranking::{Neighbours, Placing, Rank, Ranking, RankingWindow};
use linli_domain::area::Level;
use linli_domain::id::{AreaId, ResidentId};
use linli_domain::quantity::Merit;
use linli_domain::rules::Ties;
use linli_domain::time::{Period, Window};
use linli_domain::{Noun, Position};
use linli_ranks::{Answer, Ladder};
use linli_readmodel::Projection;
use linli_readmodel::rankings::{Board, RankCursor, Ranked, Stretch};

use crate::calendar::{period_of, season_of, stretch_text, window};
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::{Path as _, pseudonym};
use crate::problem::{Kind, Problem, unknown};
use crate::receipt::{amount, id};
use crate::request::{Asked, Cursor, PathText, Reading};
use crate::told::{READ_WAIT_MAX, Seen, behind, fault, shown};

/// How many are shown above and below a resident: ten neighbours and the resident.
const NEIGHBOURS_EACH_SIDE: u16 = 5;

/// Where a ranking is read: which grids an area has, and the merit.
const OF: [Projection; 2] = [Projection::Directory, Projection::Rankings];

/// A ranking, best first
#[utoipa::path(get, path = "/v1/rankings", tag = "rankings",
    params(("area" = Option<String>, Query, description = "A grid or anything above it; the district unless told"),
        ("window" = Option<RankingWindow>, Query, description = "The stretch of the calendar; all time unless told"),
        ("period" = Option<String>, Query, description = "Which one: `2025-W10`, `2025-03`, `2025-Q1`, `2025-S1`, `2025`; today's unless told"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of the ranking", body = Ranking)))]
pub(super) async fn ranking(
    Here(gateway): Here,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor()?);
    let wish = Wish::of(&mut reading.asked)?;
    let page = |ladder: &Ladder, ties| ladder.page(ties, cursor, limit);
    let seen = match gateway.in_memory(&wish, reading.after, page).await? {
        Some(seen) => seen,
        None => {
            let (position, board) = gateway.board(&wish, reading.after).await?;
            let page = gateway.reader.ranking(board, cursor, limit).await.map_err(fault)?;
            answer(position, board, page)
        }
    };
    let ranking = Ranking {
        area: id(seen.area),
        window: wish.window,
        period: stretch_text(seen.stretch),
        places: gateway.placings(&seen.told.rows).await?,
        next: seen.told.next.map(|next| next.write()),
    };
    Ok(shown(seen.position, &ranking))
}

/// A resident's place in a ranking
#[utoipa::path(get, path = "/v1/residents/{id}/rank", tag = "rankings",
    params(("id" = String, Path, description = "The resident"),
        ("area" = Option<String>, Query, description = "A grid or anything above it; the district unless told"),
        ("window" = Option<RankingWindow>, Query, description = "The stretch of the calendar; all time unless told"),
        ("period" = Option<String>, Query, description = "Which one; today's unless told")),
    responses((status = 200, description = "The place, if there is one", body = Rank)))]
pub(super) async fn rank(
    Here(gateway): Here,
    PathText(resident): PathText,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let resident = ResidentId::from_path(&resident, Noun::Resident)?;
    let wish = Wish::of(&mut reading.asked)?;
    let place = |ladder: &Ladder, ties| (ladder.knows(resident), ladder.rank_of(ties, resident));
    let seen = match gateway.in_memory(&wish, reading.after, place).await? {
        Some(seen) => gateway.known(seen, resident, reading.after).await?,
        None => {
            let (position, board) = gateway.board(&wish, reading.after).await?;
            gateway.has_resident(resident).await?;
            let place = gateway.reader.rank_of(board, resident).await.map_err(fault)?;
            answer(position, board, place)
        }
    };
    let rank = Rank {
        area: id(seen.area),
        window: wish.window,
        period: stretch_text(seen.stretch),
        place: gateway.placings(seen.told.as_slice()).await?.pop(),
    };
    Ok(shown(seen.position, &rank))
}

/// A resident's place and those around it
#[utoipa::path(get, path = "/v1/residents/{id}/rank/neighbours", tag = "rankings",
    params(("id" = String, Path, description = "The resident"),
        ("area" = Option<String>, Query, description = "A grid or anything above it; the district unless told"),
        ("window" = Option<RankingWindow>, Query, description = "The stretch of the calendar; all time unless told"),
        ("period" = Option<String>, Query, description = "Which one; today's unless told")),
    responses((status = 200, description = "Up to five above, the resident, up to five below", body = Neighbours)))]
pub(super) async fn neighbours(
    Here(gateway): Here,
    PathText(resident): PathText,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let resident = ResidentId::from_path(&resident, Noun::Resident)?;
    let wish = Wish::of(&mut reading.asked)?;
    let around = |ladder: &Ladder, ties| {
        (ladder.knows(resident), ladder.neighbours(ties, resident, NEIGHBOURS_EACH_SIDE))
    };
    let seen = match gateway.in_memory(&wish, reading.after, around).await? {
        Some(seen) => gateway.known(seen, resident, reading.after).await?,
        None => {
            let (position, board) = gateway.board(&wish, reading.after).await?;
            gateway.has_resident(resident).await?;
            let around = gateway.reader.neighbours(board, resident, NEIGHBOURS_EACH_SIDE).await;
            answer(position, board, around.map_err(fault)?)
        }
    };
    let neighbours = Neighbours {
        area: id(seen.area),
        window: wish.window,
        period: stretch_text(seen.stretch),
        places: gateway.placings(&seen.told).await?,
    };
    Ok(shown(seen.position, &neighbours))
}

/// The stretch that a query names; all time if it names none.
pub(super) fn asked_window(asked: &mut Asked) -> Result<RankingWindow, Problem> {
    Ok(asked.word("window")?.unwrap_or_default())
}

/// Which ranking is asked for.
pub(super) struct Wish {
    area: Option<AreaId>,
    pub(super) window: RankingWindow,
    when: When,
}

/// Which stretch of time is asked for.
#[derive(Clone, Copy)]
enum When {
    /// One of the calendar's; the one that it is now if none.
    Calendar(Window, Option<Period>),
    /// The rules' season of a year and a number; the one that it is now if none.
    Season(Option<(i32, u8)>),
}

/// A told answer, and of what.
struct Told<T> {
    position: Position,
    area: AreaId,
    stretch: Stretch,
    told: T,
}

impl Wish {
    pub(super) fn of(asked: &mut Asked) -> Result<Self, Problem> {
        let window = asked_window(asked)?;
        let (area, period) = (asked.id("area")?, asked.text("period"));
        asked.done()?;
        let period = period.as_deref();
        let when = match self::window(window) {
            Some(kind) => {
                let period = period.map(|text| period_of(kind, text).ok_or_else(wrong_period));
                When::Calendar(kind, period.transpose()?)
            }
            None => {
                let season = period.map(|text| season_of(text).ok_or_else(wrong_period));
                When::Season(season.transpose()?)
            }
        };
        Ok(Self { area, window, when })
    }
}

impl Inner {
    /// Asks memory; none if the rows have to be asked.
    async fn in_memory<T>(
        &self,
        wish: &Wish,
        after: Option<Position>,
        question: impl Fn(&Ladder, Ties) -> T,
    ) -> Result<Option<Told<T>>, Problem> {
        use linli_ranks::{Asked, Wish};
        // A season is asked for seldom, and its rows are those of a few months.
        let (Some(ranks), When::Calendar(window, period)) = (&self.ranks, wish.when) else {
            return Ok(None);
        };
        let wish = Wish { area: wish.area, window, period };
        match ranks.ask(wish, after, READ_WAIT_MAX, question).await {
            Asked::Answered(Answer { position, area, period, told }) => {
                Ok(Some(Told { position, area, stretch: period.into(), told }))
            }
            Asked::NoSuchArea(_) => Err(unknown(Noun::Area)),
            Asked::NotYet(reached) => Err(behind(Projection::Rankings, reached, after)),
            Asked::InRows => Ok(None),
        }
    }

    /// What memory told of a resident, once it is clear that there is such a resident: a ladder
    /// knows those alone who have merit there.
    async fn known<T>(
        &self,
        seen: Told<(bool, T)>,
        resident: ResidentId,
        after: Option<Position>,
    ) -> Result<Told<T>, Problem> {
        let Told { position, area, stretch, told: (is_known, told) } = seen;
        if !is_known {
            self.see(&[Projection::Directory], after).await?;
            self.has_resident(resident).await?;
        }
        Ok(Told { position, area, stretch, told })
    }

    /// The ranking that is meant, as the rows have it, and how far they are.
    pub(super) async fn board(
        &self,
        wish: &Wish,
        after: Option<Position>,
    ) -> Result<(Position, Board), Problem> {
        let Seen(position) = self.see(&OF, after).await?;
        let area = match wish.area {
            Some(area) => self.reader.area(area).await.map_err(fault)?.map(|area| area.area),
            None => self.district_area().await?,
        };
        let area = area.ok_or_else(|| unknown(Noun::Area))?;
        let now = self.ledger_time(Projection::Rankings).await?;
        let calendar = self.calendar_at(now).await?;
        let month = calendar.zone.period(Window::Month, now).index;
        let stretch = match wish.when {
            When::Calendar(_, Some(period)) => Some(period.into()),
            When::Calendar(window, None) => Some(calendar.zone.period(window, now).into()),
            When::Season(Some((year, number))) => {
                calendar.seasons.season(year, number).map(Stretch::Season)
            }
            When::Season(None) => calendar.seasons.around(month).map(Stretch::Season),
        };
        Ok((position, Board { area, stretch: stretch.ok_or_else(no_season)?, ties: calendar.ties }))
    }

    /// Places as they are shown: with pseudonyms, never with names.
    async fn placings(&self, of: &[Ranked]) -> Result<Vec<Placing>, Problem> {
        let residents: Vec<_> = of.iter().map(|ranked| ranked.resident).collect();
        let called = self.called(&residents).await?;
        let placing = |ranked: &Ranked| Placing {
            rank: ranked.rank,
            resident: id(ranked.resident),
            pseudonym: called.get(&ranked.resident).copied().map(pseudonym),
            merit: amount(ranked.merit),
        };
        Ok(of.iter().map(placing).collect())
    }

    /// The one area that lies in none.
    async fn district_area(&self) -> Result<Option<AreaId>, Problem> {
        let areas = self.reader.areas().await.map_err(fault)?;
        Ok(areas.iter().find(|area| area.level == Level::District).map(|area| area.area))
    }

    async fn has_resident(&self, resident: ResidentId) -> Result<(), Problem> {
        self.resident(resident).await.map(drop)
    }
}

/// What the rows told, as memory would tell it.
fn answer<T>(position: Position, board: Board, told: T) -> Told<T> {
    Told { position, area: board.area, stretch: board.stretch, told }
}

fn no_season() -> Problem {
    Problem::new(
        Kind::InvalidQuery,
        "现行规则没有这个赛季。",
        "The rules in force know no such season.",
    )
    .with("field", "period")
}

fn wrong_period() -> Problem {
    Problem::new(
        Kind::InvalidQuery,
        "period 须与 window 相符,例如 2025-W10、2025-03、2025-Q1、2025-S1、2025。",
        "`period` has to be one of the window: 2025-W10, 2025-03, 2025-Q1, 2025-S1, 2025.",
    )
    .with("field", "period")
}

impl Cursor for RankCursor {
    fn numbers(&self) -> Vec<i128> {
        // The two halves of the id: a u128 doesn't fit an i128.
        let [high, low] =
            [self.resident.number() >> 64, self.resident.number() & u128::from(u64::MAX)];
        let half = |half: u128| i128::try_from(half).unwrap_or_default();
        vec![self.merit.hundredths().into(), self.reached.0.into(), half(high), half(low)]
    }

    fn from_numbers(numbers: &[i128]) -> Option<Self> {
        let [merit, reached, high, low] = numbers else { return None };
        let half = |half: i128| u64::try_from(half).ok().map(u128::from);
        Some(Self {
            merit: Merit::from_hundredths(i64::try_from(*merit).ok()?),
            reached: Position(u64::try_from(*reached).ok()?),
            resident: ResidentId::from_number((half(*high)? << 64) | half(*low)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_what_it_writes() {
        for resident in [0, 1, u128::MAX, 1 << 64] {
            let cursor = RankCursor {
                merit: Merit::from_hundredths(1250),
                reached: Position(7),
                resident: ResidentId::from_number(resident),
            };
            assert_eq!(RankCursor::read(&cursor.write()), Some(cursor));
        }
        for text in ["", "nonsense", "MQ", "MS4y", "%%%"] {
            assert_eq!(RankCursor::read(text), None, "{text}");
        }
    }
}
