//! What can't be read or applied: memory says that it knows nothing, and the rows are asked.

use linli_domain::time::Window;
use linli_ranks::Asked;

use crate::history::History;
use crate::house::House;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frame_that_cannot_be_read_is_not_passed_over() {
    let mut house = House::new().await;
    let mut history = History::new(3);
    house.start_ranks();
    house.start_projectors();
    let founding = history.founding();
    house.append(&founding, 50).await;
    let records = history.go_on(50);
    house.append(&records, 10).await;
    house.caught_up().await;
    house.asked(None, Window::AllTime, None, |_| ()).await;

    let before = house.metric("linli_ranks_faults_total");
    house.append_bytes(&[b"no record".to_vec()]).await;
    house
        .until("ranks to be given up", async |house: &House| {
            house.metric("linli_ranks_faults_total") > before
        })
        .await;
    assert_eq!(house.wish(None, Window::AllTime, None).await, Asked::InRows);
    assert_eq!(house.metric("linli_ranks_position"), 0.0);
    assert_eq!(house.metric("linli_ranks_ladders"), 0.0);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_takes_up_where_the_rows_are() {
    let mut house = House::new().await;
    let mut history = History::new(5);
    house.start_projectors();
    let founding = history.founding();
    house.append(&founding, 50).await;
    let records = history.go_on(200);
    house.append(&records, 10).await;
    house.caught_up_rows().await;
    house.start_ranks();
    let count = |ladder: &linli_ranks::Ladder| ladder.residents();
    let first = house.asked(None, Window::AllTime, None, count).await;
    assert_eq!(first.position, house.end());
    assert!(first.told > 0);
    house.stop_ranks().await;
    assert_eq!(house.wish(None, Window::AllTime, None).await, Asked::InRows);
    house.start_ranks();
    assert_eq!(house.asked(None, Window::AllTime, None, count).await, first);
    house.stop().await;
}
