//! What is kept in memory is bounded, and waits are.

use std::time::Duration;

use linli_domain::id::AreaId;
use linli_domain::time::Window;
use linli_ranks::{Asked, Wish};

use crate::history::History;
use crate::house::House;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_room_the_rows_are_asked() {
    let mut house = House::with_room(0).await;
    let mut history = History::new(9);
    house.start_ranks();
    house.start_projectors();
    let founding = history.founding();
    house.append(&founding, 50).await;
    let records = history.go_on(200);
    house.append(&records, 10).await;
    house.caught_up().await;
    assert_eq!(house.wish(None, Window::AllTime, None).await, Asked::InRows);
    // A ladder with nobody on it takes no room.
    let micro_grid = Some(AreaId::from_number(111));
    let empty = house.asked(micro_grid, Window::Week, None, |ladder| ladder.residents()).await;
    assert_eq!(empty.told, 0);
    assert_eq!(house.metric("linli_ranks_residents"), 0.0);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_not_come_is_told_with_where_it_is() {
    let mut house = House::new().await;
    let mut history = History::new(11);
    house.start_ranks();
    house.start_projectors();
    let founding = history.founding();
    house.append(&founding, 50).await;
    house.caught_up().await;
    let wish = Wish { area: None, window: Window::Week, period: None };
    let next = house.end().next();
    let after = Some(next);
    let ranks = house.ranks();
    let asked = ranks.ask(wish, after, Duration::from_millis(20), |_, _| ()).await;
    assert_eq!(asked, Asked::NotYet(house.end()));
    // Whoever waits is told as soon as it has come.
    let waiting =
        tokio::spawn(
            async move { ranks.ask(wish, after, Duration::from_secs(20), |_, _| ()).await },
        );
    let records = history.go_on(1);
    house.append(&records, 1).await;
    let Asked::Answered(answer) = waiting.await.unwrap() else { panic!("not answered") };
    assert_eq!(answer.position, next);
    let nowhere = Wish { area: Some(AreaId::from_number(999)), ..wish };
    let asked = house.ranks().ask(nowhere, None, Duration::ZERO, |_, _| ()).await;
    assert_eq!(asked, Asked::NoSuchArea(house.end()));
    house.stop().await;
}
