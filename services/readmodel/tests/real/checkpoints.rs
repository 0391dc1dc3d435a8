//! The checkpoint moves from where it was read, or not at all.

use linli_domain::Position;
use linli_readmodel::checkpoint::{self, Role, Step};
use linli_readmodel::{Projection, ReadError};

use crate::support::{Bench, mark};

#[tokio::test]
async fn it_moves_from_where_it_was_read() {
    let bench = Bench::new().await;
    let reader = bench.reader();
    let none = reader.checkpoint(Projection::Rankings).await;
    assert!(matches!(none, Err(ReadError::NotBuilt(Projection::Rankings))), "{none:?}");
    let generation = bench.begin(Projection::Rankings, Role::Live).await;
    for (role, from, to, moves) in [
        (Role::Live, 0, 5, true),
        (Role::Live, 0, 6, false),
        (Role::Building, 5, 6, false),
        (Role::Live, 5, 6, true),
    ] {
        let mut client = bench.pool.get().await.unwrap();
        let transaction = client.transaction().await.unwrap();
        let step = Step { generation, from: Position(from), to: mark(to) };
        let moved = checkpoint::advance(&transaction, &bench.district, role, &[step]).await;
        assert_eq!(moved.unwrap(), moves, "{role:?} {from} {to}");
        transaction.commit().await.unwrap();
    }
    assert_eq!(reader.checkpoint(Projection::Rankings).await.unwrap(), Position(6));
    let standings = reader.standings().await.unwrap();
    assert_eq!(standings.len(), 1);
    assert_eq!((standings[0].root, &standings[0].stopped), (Some([7; 32]), &None));
}

#[tokio::test]
async fn several_move_together_or_are_told_apart() {
    let bench = Bench::new().await;
    let mut generations = Vec::new();
    for projection in [Projection::Rankings, Projection::Balances, Projection::Orders] {
        generations.push(bench.begin(projection, Role::Live).await);
    }
    let check = async |steps: &[(usize, u64, u64)], together| {
        let step = |&(which, from, to): &(usize, u64, u64)| Step {
            generation: generations[which],
            from: Position(from),
            to: mark(to),
        };
        let steps_now: Vec<Step> = steps.iter().map(step).collect();
        let mut client = bench.pool.get().await.unwrap();
        let transaction = client.transaction().await.unwrap();
        let moved =
            checkpoint::advance(&transaction, &bench.district, Role::Live, &steps_now).await;
        assert_eq!(moved.unwrap(), together, "{steps:?}");
        if together {
            transaction.commit().await.unwrap();
        }
    };
    // From where each stands, wherever that is.
    check(&[(0, 0, 5), (1, 0, 5)], true).await;
    check(&[(0, 5, 9), (1, 5, 9), (2, 0, 9)], true).await;
    // One that stands elsewhere holds back all.
    check(&[(0, 9, 12), (1, 5, 12)], false).await;
    let reader = bench.reader();
    for projection in [Projection::Rankings, Projection::Balances, Projection::Orders] {
        assert_eq!(reader.checkpoint(projection).await.unwrap(), Position(9));
    }
}

#[tokio::test]
async fn of_two_at_once_one_gives_up() {
    let bench = Bench::new().await;
    let generation = bench.begin(Projection::Balances, Role::Live).await;
    let mut clients = (bench.pool.get().await.unwrap(), bench.pool.get().await.unwrap());
    let first = clients.0.transaction().await.unwrap();
    let second = clients.1.transaction().await.unwrap();
    let district = &bench.district;
    let step = |to| [Step { generation, from: Position(0), to: mark(to) }];
    let moved = checkpoint::advance(&first, district, Role::Live, &step(3)).await;
    assert!(moved.unwrap());
    // The second waits at the row until the first has ended.
    let to_four = step(4);
    let waiting = checkpoint::advance(&second, district, Role::Live, &to_four);
    let (waited, ()) = tokio::join!(waiting, async {
        first.commit().await.unwrap();
    });
    assert!(!waited.unwrap());
}

#[tokio::test]
async fn why_it_stopped_stands_until_it_moves() {
    let bench = Bench::new().await;
    let generation = bench.begin(Projection::Balances, Role::Live).await;
    let client = bench.pool.get().await.unwrap();
    checkpoint::stop(&client, &bench.district, generation, "record 1").await.unwrap();
    let reader = bench.reader();
    let told = reader.standings().await.unwrap()[0].stopped.clone();
    assert_eq!(told.as_deref(), Some("record 1"));
    let changes = linli_readmodel::balances::Changes::default();
    bench.write(generation, 0, &changes).await.unwrap();
    assert_eq!(reader.standings().await.unwrap()[0].stopped, None);
}
