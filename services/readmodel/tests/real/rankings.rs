//! The queries rank as the pure function does.

use std::collections::BTreeMap;

use linli_domain::Position;
use linli_domain::area::{GridKind, Level};
use linli_domain::id::{AreaId, ResidentId};
use linli_domain::quantity::Merit;
use linli_domain::rules::Season;
use linli_domain::text::Name;
use linli_domain::time::{Period, Window};
use linli_readmodel::checkpoint::Role;
use linli_readmodel::directory::{self, Area};
use linli_readmodel::rankings::{
    Board, Changes, Entry, Member, Ranked, Score, Stretch, Ties, rank,
};
use linli_readmodel::{Projection, Reader};

use crate::support::Bench;

const DISTRICT: u128 = 1;
const COMMUNITIES: [u128; 2] = [10, 20];
/// Two grids in each.
const GRIDS: [u128; 4] = [11, 12, 21, 22];
/// What merit is kept of: two months of a quarter, one of the next, one of another year.
const STORED: [Period; 6] = [
    Period { window: Window::Week, index: 5 },
    Period { window: Window::Month, index: 24 },
    Period { window: Window::Month, index: 26 },
    Period { window: Window::Month, index: 27 },
    Period { window: Window::Month, index: 36 },
    Period { window: Window::AllTime, index: 0 },
];
/// What is asked for, and which of the stored periods it is made of.
const STRETCHES: [(Stretch, &[usize]); 7] = [
    (Stretch::Period(Period { window: Window::Week, index: 5 }), &[0]),
    (Stretch::Period(Period { window: Window::Month, index: 26 }), &[2]),
    (Stretch::Period(Period { window: Window::Quarter, index: 8 }), &[1, 2]),
    (Stretch::Period(Period { window: Window::Year, index: 2 }), &[1, 2, 3]),
    (Stretch::Period(Period { window: Window::Year, index: 4 }), &[]),
    (Stretch::Period(Period { window: Window::AllTime, index: 0 }), &[5]),
    (Stretch::Season(Season { year: 2, number: 1, first: 26, months: 2 }), &[2, 3]),
];
const RESIDENTS: u128 = 40;

fn area(number: u128, level: Level, parent: Option<u128>) -> Area {
    Area {
        area: AreaId::from_number(number),
        level,
        grid_kind: (level == Level::Grid).then_some(GridKind::Comprehensive),
        parent: parent.map(AreaId::from_number),
        name_zh: Name::new("区").unwrap(),
        name_en: Name::new("area").unwrap(),
    }
}

fn areas() -> directory::Changes {
    let mut areas = vec![area(DISTRICT, Level::District, None)];
    areas.extend(COMMUNITIES.map(|number| area(number, Level::Community, Some(DISTRICT))));
    areas.extend(GRIDS.map(|number| area(number, Level::Grid, Some(number / 10 * 10))));
    directory::Changes { areas, ..Default::default() }
}

/// Small numbers that look thrown, the same every time (an LCG of Knuth's).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % bound
    }
}

/// An award of small merit, so that there are many ties.
struct Award {
    resident: u128,
    grid: u128,
    period: Period,
    merit: i64,
    position: u64,
}

fn awards(dice: &mut Dice, count: u64) -> Vec<Award> {
    let mut award = |position| Award {
        resident: u128::from(dice.below(RESIDENTS.try_into().unwrap())) + 1,
        grid: GRIDS[usize::try_from(dice.below(4)).unwrap()],
        period: STORED[usize::try_from(dice.below(6)).unwrap()],
        merit: i64::try_from(dice.below(3)).unwrap() * 100,
        position,
    };
    (1..=count).map(&mut award).collect()
}

fn folded(awards: &[Award], is_shown: impl Fn(u128) -> bool) -> Changes {
    let mut changes = Changes::default();
    for award in awards {
        let (grid, resident) =
            (AreaId::from_number(award.grid), ResidentId::from_number(award.resident));
        let Period { window, index: period } = award.period;
        let merit = Merit::ZERO;
        let none = Score { window, period, grid, resident, merit, reached: Position(0) };
        let score = changes.scores.entry((award.period, grid, resident)).or_insert(none);
        score.merit = score.merit.plus(Merit::from_hundredths(award.merit)).unwrap();
        score.reached = Position(award.position);
    }
    for number in 1..=RESIDENTS {
        let resident = ResidentId::from_number(number);
        changes.members.insert(resident, Member { resident, shown: is_shown(number) });
    }
    changes
}

#[tokio::test]
async fn the_queries_rank_as_the_pure_function_does() {
    let bench = Bench::new().await;
    let directory = bench.begin(Projection::Directory, Role::Live).await;
    bench.write(directory, 0, &areas()).await.unwrap();
    let rankings = bench.begin(Projection::Rankings, Role::Live).await;
    let reader = bench.reader();
    let mut dice = Dice(7);
    let mut all: Vec<Award> = Vec::new();
    for from in 0..3 {
        // Each time others are shown, and some have more than before.
        let is_shown = |number: u128| !(number + u128::from(from)).is_multiple_of(3);
        let first = u64::try_from(all.len()).unwrap();
        let mut more = awards(&mut dice, 160);
        more.iter_mut().for_each(|award| award.position += first);
        bench.write(rankings, from, &folded(&more, is_shown)).await.unwrap();
        all.extend(more);
        for area in [DISTRICT].into_iter().chain(COMMUNITIES).chain(GRIDS) {
            for (stretch, parts) in STRETCHES {
                let is_part = |award: &Award| parts.iter().any(|at| STORED[*at] == award.period);
                let inside = |award: &&Award| {
                    let inside = [DISTRICT, award.grid / 10 * 10, award.grid].contains(&area);
                    inside && is_part(award) && is_shown(award.resident)
                };
                let entries: Vec<_> = all.iter().filter(inside).map(entry).collect();
                for ties in [Ties::Competition, Ties::Dense, Ties::EarlierFirst] {
                    let expected = rank(entries.clone(), ties).unwrap();
                    let area = AreaId::from_number(area);
                    check(&reader, Board { area, stretch, ties }, &expected).await;
                }
            }
        }
    }
}

fn entry(award: &Award) -> Entry {
    Entry {
        resident: ResidentId::from_number(award.resident),
        merit: Merit::from_hundredths(award.merit),
        // Merit of nothing moves nobody, but the row says that it was the last.
        position: Position(award.position),
    }
}

async fn check(reader: &Reader, board: Board, expected: &[Ranked]) {
    assert_eq!(reader.ranking(board, None, 100).await.unwrap().rows, expected, "{board:?}");
    let mut paged = Vec::new();
    let mut next = None;
    loop {
        let page = reader.ranking(board, next, 7).await.unwrap();
        paged.extend(page.rows);
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    assert_eq!(paged, expected);
    let places: BTreeMap<_, _> =
        expected.iter().enumerate().map(|(at, one)| (one.resident, at)).collect();
    for number in [1, 2, RESIDENTS] {
        let resident = ResidentId::from_number(number);
        let place = places.get(&resident).copied();
        let found = reader.rank_of(board, resident).await.unwrap();
        assert_eq!(found, place.map(|at| expected[at]));
        let around = place
            .map_or(&[][..], |at| &expected[at.saturating_sub(2)..(at + 3).min(expected.len())]);
        assert_eq!(reader.neighbours(board, resident, 2).await.unwrap(), around);
    }
}
