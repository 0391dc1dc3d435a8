//! From records to answers.

use linli_domain::contribution::Status;
use linli_domain::redemption;
use linli_domain::time::Window;
use linli_readmodel::balances::Kind;
use linli_readmodel::rankings::{Board, Ties};
use linli_readmodel::{Projection, Reader};

use crate::agree::agree;
use crate::support::Bench;
use crate::world::{COMMUNITY, GRID, HAIRCUT, OTHER_GRID, RICE, STATION, World, resident};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_read_models_say_what_the_state_says() {
    let mut bench = Bench::new().await;
    let mut world = World::new();
    world.live();
    let reader = bench.reader();
    let running = bench.start(bench.settings());

    bench.append(&world.take_records(), 7).await;
    bench.caught_up(&reader).await;
    agree(&reader, &world.state).await;
    queue(&reader).await;
    boards(&reader, &world).await;
    counter(&reader).await;
    names(&reader, &world).await;

    // A frame of one, when all have caught up; then two months on, when what is left has lapsed.
    world.serve(2, OTHER_GRID);
    bench.append(&world.take_records(), 1).await;
    bench.caught_up(&reader).await;
    agree(&reader, &world.state).await;
    world.pass(60 * crate::world::DAY);
    bench.append(&world.take_records(), 100).await;
    bench.caught_up(&reader).await;
    agree(&reader, &world.state).await;
    assert_eq!(reader.lots(resident(2)).await.unwrap(), []);
    let statement = reader.statement(resident(2), None, 1).await.unwrap();
    assert_eq!(statement.rows[0].kind, Kind::Lapsed);
    let older = reader.statement(resident(2), statement.next, 500).await.unwrap();
    assert_eq!(older.next, None);
    assert!(older.rows.iter().all(|line| line.position < statement.rows[0].position));
    running.stop().await;
}

async fn queue(reader: &Reader) {
    let here = reader.queue(OTHER_GRID, None, 10).await.unwrap();
    assert_eq!(here.rows.len(), 1);
    assert_eq!(here.rows[0].status, Status::Pending);
    assert_eq!(reader.queue(COMMUNITY, None, 10).await.unwrap(), here);
    assert_eq!(reader.queue(GRID, None, 10).await.unwrap().rows, []);
    let after = Some(here.rows[0].submitted_position);
    assert_eq!(reader.queue(COMMUNITY, after, 10).await.unwrap().rows, []);

    let first = reader.contributions_of(resident(6), None, 4).await.unwrap();
    let rest = reader.contributions_of(resident(6), first.next, 500).await.unwrap();
    assert_eq!((first.rows.len(), rest.rows.len(), rest.next), (4, 3, None));
    assert!(first.rows.iter().all(|case| case.merit.is_some() && case.decided_at.is_some()));
}

async fn boards(reader: &Reader, world: &World) {
    let zone = reader.calendar_at(world.now()).await.unwrap().unwrap().zone;
    let board = |area, window| Board {
        area,
        stretch: zone.period(window, world.now()).into(),
        ties: Ties::Competition,
    };
    // 1 and 5 are shown, 3 has left, and the even ones never came.
    let all = board(COMMUNITY, Window::AllTime);
    let ranking = reader.ranking(all, None, 10).await.unwrap();
    let shown: Vec<_> = ranking.rows.iter().map(|one| (one.rank, one.resident)).collect();
    assert_eq!(shown, [(1, resident(5)), (2, resident(1))]);
    for one in &ranking.rows {
        assert_eq!(one.merit, world.state.residents().get(one.resident).unwrap().merit);
        assert_eq!(reader.rank_of(all, one.resident).await.unwrap(), Some(*one));
    }
    assert_eq!(reader.rank_of(all, resident(3)).await.unwrap(), None);
    assert_eq!(reader.neighbours(all, resident(1), 1).await.unwrap(), ranking.rows);

    let first = reader.ranking(all, None, 1).await.unwrap();
    let second = reader.ranking(all, first.next, 1).await.unwrap();
    assert_eq!([first.rows, second.rows].concat(), ranking.rows);
    assert_eq!(second.next, None);

    // In the other grid each has done one turn.
    let there = reader.ranking(board(OTHER_GRID, Window::Month), None, 10).await.unwrap();
    let ranks: Vec<_> = there.rows.iter().map(|one| (one.rank, one.resident)).collect();
    assert_eq!(ranks, [(1, resident(1)), (1, resident(5))]);
    let day = reader.ranking(board(COMMUNITY, Window::Day), None, 10).await.unwrap();
    assert_eq!(day.rows, []);
}

async fn counter(reader: &Reader) {
    let offers = reader.offers(STATION, None, 10).await.unwrap().rows;
    let free: Vec<_> = offers.iter().map(|offer| offer.shelf.as_ref().map(|s| s.free())).collect();
    assert_eq!(offers.iter().map(|offer| offer.item.item).collect::<Vec<_>>(), [RICE, HAIRCUT]);
    assert_eq!(free, [Some(88), None]);
    assert_eq!(reader.prices(RICE).await.unwrap().len(), 2);

    let open = reader.open_redemptions_at(STATION, None, 10).await.unwrap().rows;
    assert_eq!(open.len(), 1);
    assert!(open[0].expires_at.is_some());
    let all = reader.redemptions_at(STATION, None, 10).await.unwrap().rows;
    let statuses: Vec<_> = all.iter().map(|row| row.status).collect();
    use redemption::Status::*;
    assert_eq!(statuses, [Reserved, TimedOut, Captured, Voided, Captured]);
    let own = reader.redemptions_of(resident(6), None, 2).await.unwrap();
    assert_eq!(own.rows, all[..2]);
    assert!(own.next.is_some());
}

async fn names(reader: &Reader, world: &World) {
    assert_eq!(reader.areas().await.unwrap().len(), 6);
    assert_eq!(reader.grids_in(COMMUNITY).await.unwrap(), [GRID, OTHER_GRID]);
    assert_eq!(reader.grids_in(GRID).await.unwrap(), [GRID]);
    let rules = reader.rules_in_force(world.now()).await.unwrap().unwrap();
    let acts = reader.acts(rules.version).await.unwrap();
    assert_eq!(acts[0].name_zh.as_str(), "清扫");
    let stars = reader.stars(rules.version).await.unwrap();
    assert_eq!(stars.iter().map(|star| star.hours).collect::<Vec<_>>(), [2, 300]);
    let officer = linli_domain::id::OfficerId::from_number(2);
    assert!(reader.officer(officer).await.unwrap().unwrap().retired);
    let standings = reader.standings().await.unwrap();
    assert_eq!(standings.len(), Projection::ALL.len());
    assert!(standings.iter().all(|one| one.stopped.is_none() && one.root.is_some()));
}
