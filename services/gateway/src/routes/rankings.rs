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
use linli_domain::time::Period;
use linli_domain::{Noun, Position};
use linli_ranks::{Answer, Ladder};
use linli_readmodel::Projection;
use linli_readmodel::rankings::{Board, RankCursor, Ranked, Ties};

use crate::calendar::{period_of, period_text, window};
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::Path as _;
use crate::problem::{Kind, Problem, unknown};
use crate::receipt::{amount, id};
use crate::request::{Asked, Cursor, PathText, Reading};
use crate::told::{READ_WAIT_MAX, Seen, behind, fault, shown};

/// How people with the same merit are ranked here.
const TIES: Ties = Ties::Competition;

/// How many are shown above and below a resident: ten neighbours and the resident.
const NEIGHBOURS_EACH_SIDE: u16 = 5;

/// Where a ranking is read: which grids an area has, and the merit.
const OF: [Projection; 2] = [Projection::Directory, Projection::Rankings];

/// A ranking, best first
#[utoipa::path(get, path = "/v1/rankings", tag = "rankings",
    params(("area" = Option<String>, Query, description = "A grid or anything above it; the district unless told"),
        ("window" = Option<RankingWindow>, Query, description = "The stretch of the calendar; all time unless told"),
        ("period" = Option<String>, Query, description = "Which one: `2025-W10`, `2025-03`, `2025-Q1`, `2025`; today's unless told"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of the ranking", body = Ranking)))]
pub(super) async fn ranking(
    Here(gateway): Here,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let (limit, cursor) = (reading.asked.limit()?, reading.asked.cursor()?);
    let wish = Wish::of(&mut reading.asked)?;
    let page = |ladder: &Ladder| ladder.page(TIES, cursor, limit);
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
        period: period_text(seen.period),
        places: seen.told.rows.iter().map(placing).collect(),
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
    let place = |ladder: &Ladder| (ladder.knows(resident), ladder.rank_of(TIES, resident));
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
        period: period_text(seen.period),
        place: seen.told.as_ref().map(placing),
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
    let around = |ladder: &Ladder| {
        (ladder.knows(resident), ladder.neighbours(TIES, resident, NEIGHBOURS_EACH_SIDE))
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
        period: period_text(seen.period),
        places: seen.told.iter().map(placing).collect(),
    };
    Ok(shown(seen.position, &neighbours))
}

/// The stretch that a query names; all time if it names none.
pub(super) fn asked_window(asked: &mut Asked) -> Result<RankingWindow, Problem> {
    match asked.text("window").as_deref() {
        None | Some("all") => Ok(RankingWindow::All),
        Some("week") => Ok(RankingWindow::Week),
        Some("month") => Ok(RankingWindow::Month),
        Some("quarter") => Ok(RankingWindow::Quarter),
        Some("year") => Ok(RankingWindow::Year),
        Some(_) => Err(Problem::plain(Kind::InvalidQuery).with("field", "window")),
    }
}

/// Which ranking is asked for.
struct Wish {
    area: Option<AreaId>,
    window: RankingWindow,
    period: Option<Period>,
}

impl Wish {
    fn of(asked: &mut Asked) -> Result<Self, Problem> {
        let window = asked_window(asked)?;
        let (area, period) = (asked.id("area")?, asked.text("period"));
        asked.done()?;
        let period =
            period.map(|text| period_of(self::window(window), &text).ok_or_else(wrong_period));
        Ok(Self { area, window, period: period.transpose()? })
    }
}

impl Inner {
    /// Asks memory; none if the rows have to be asked.
    async fn in_memory<T>(
        &self,
        wish: &Wish,
        after: Option<Position>,
        question: impl Fn(&Ladder) -> T,
    ) -> Result<Option<Answer<T>>, Problem> {
        use linli_ranks::{Asked, Wish};
        let Some(ranks) = &self.ranks else { return Ok(None) };
        let wish = Wish { area: wish.area, window: window(wish.window), period: wish.period };
        match ranks.ask(wish, after, READ_WAIT_MAX, question).await {
            Asked::Answered(answer) => Ok(Some(answer)),
            Asked::NoSuchArea(_) => Err(unknown(Noun::Area)),
            Asked::NotYet(reached) => Err(behind(Projection::Rankings, reached, after)),
            Asked::InRows => Ok(None),
        }
    }

    /// What memory told of a resident, once it is clear that there is such a resident: a ladder
    /// knows those alone who have merit there.
    async fn known<T>(
        &self,
        seen: Answer<(bool, T)>,
        resident: ResidentId,
        after: Option<Position>,
    ) -> Result<Answer<T>, Problem> {
        let Answer { position, area, period, told: (is_known, told) } = seen;
        if !is_known {
            self.see(&[Projection::Directory], after).await?;
            self.has_resident(resident).await?;
        }
        Ok(Answer { position, area, period, told })
    }

    /// The ranking that is meant, as the rows have it, and how far they are.
    async fn board(
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
        let period = match wish.period {
            Some(period) => period,
            None => self.period_now(window(wish.window)).await?,
        };
        Ok((position, Board { area, period, ties: TIES }))
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
fn answer<T>(position: Position, board: Board, told: T) -> Answer<T> {
    Answer { position, area: board.area, period: board.period, told }
}

fn wrong_period() -> Problem {
    Problem::new(
        Kind::InvalidQuery,
        "period 须与 window 相符,例如 2025-W10、2025-03、2025-Q1、2025。",
        "`period` has to be one of the window: 2025-W10, 2025-03, 2025-Q1, 2025.",
    )
    .with("field", "period")
}

fn placing(ranked: &Ranked) -> Placing {
    Placing { rank: ranked.rank, resident: id(ranked.resident), merit: amount(ranked.merit) }
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
