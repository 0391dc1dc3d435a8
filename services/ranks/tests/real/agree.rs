//! What memory answers is what the queries answer, whenever a ladder was filled.

use linli_domain::id::{AreaId, ResidentId};
use linli_domain::time::{Period, Window};
use linli_ranks::Ladder;
use linli_readmodel::rankings::{Board, RankCursor, Ranked, Ties, WINDOWS};
use linli_readmodel::{Page, Reader};

use crate::history::{AREAS, History, RESIDENTS};
use crate::house::House;

const TIES: [Ties; 3] = [Ties::Competition, Ties::Dense, Ties::EarlierFirst];

/// All that can be told of a board: pages of a few, every rank, every neighbourhood.
#[derive(Debug, PartialEq)]
struct Told {
    pages: Vec<Page<Ranked, RankCursor>>,
    ranks: Vec<Option<Ranked>>,
    around: Vec<Vec<Ranked>>,
}

/// Every third, and one who isn't there: enough for every place to be asked for sometime.
fn residents() -> impl Iterator<Item = ResidentId> {
    (1..=RESIDENTS + 1).step_by(3).map(ResidentId::from_number)
}

fn from_memory(ladder: &Ladder, ties: Ties) -> Told {
    let mut pages = vec![ladder.page(ties, None, 7)];
    while let Some(after) = pages.last().unwrap().next {
        pages.push(ladder.page(ties, Some(after), 7));
    }
    let ranks = residents().map(|resident| ladder.rank_of(ties, resident)).collect();
    let around = residents().map(|resident| ladder.neighbours(ties, resident, 2)).collect();
    Told { pages, ranks, around }
}

async fn from_rows(reader: &Reader, board: Board) -> Told {
    let mut pages = vec![reader.ranking(board, None, 7).await.unwrap()];
    while let Some(after) = pages.last().unwrap().next {
        pages.push(reader.ranking(board, Some(after), 7).await.unwrap());
    }
    let (mut ranks, mut around) = (Vec::new(), Vec::new());
    for resident in residents() {
        ranks.push(reader.rank_of(board, resident).await.unwrap());
        around.push(reader.neighbours(board, resident, 2).await.unwrap());
    }
    Told { pages, ranks, around }
}

/// The period that it is, and the one before it.
async fn periods(house: &House, window: Window) -> [Period; 2] {
    let now = house.asked(None, window, None, |_| ()).await.period;
    [now, Period { window, index: now.index - 1 }]
}

async fn agree(house: &House, dice: &mut crate::history::Dice) {
    for area in AREAS.map(AreaId::from_number) {
        for window in WINDOWS {
            for period in periods(house, window).await {
                // The whole of it takes long; a third in each round is all of it soon.
                if dice.below(3) > 0 {
                    continue;
                }
                for ties in TIES {
                    let board = Board { area, stretch: period.into(), ties };
                    let memory = house
                        .asked(Some(area), window, Some(period), |ladder| from_memory(ladder, ties))
                        .await;
                    assert_eq!(memory.position, house.end(), "{board:?}");
                    assert_eq!(memory.told, from_rows(&house.reader, board).await, "{board:?}");
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn memory_answers_as_the_rows_do() {
    let mut house = House::new().await;
    let mut history = History::new(7);
    // Memory comes first and waits for rows.
    house.start_ranks();
    house.start_projectors();
    let founding = history.founding();
    house.append(&founding, 11).await;
    for _ in 0..3 {
        for _ in 0..5 {
            // Ladders are filled in the middle of what goes on.
            let frame_records = 1 + history.dice.below(40) as usize;
            let records = history.go_on(60);
            house.append(&records, frame_records).await;
            let area = AREAS[history.dice.below(AREAS.len() as u64) as usize];
            let window = WINDOWS[history.dice.below(5) as usize];
            house.wish(Some(AreaId::from_number(area)), window, None).await;
        }
        house.caught_up().await;
        agree(&house, &mut history.dice).await;
    }
    house.stop().await;
}
