//! Reading one's own writes.

use std::time::Duration;

use linli_domain::Position;
use linli_readmodel::balances::Changes;
use linli_readmodel::checkpoint::Role;
use linli_readmodel::{Projection, Reader, WaitError};

use crate::support::{Bench, pool};

const LONG: Duration = Duration::from_secs(20);

#[tokio::test]
async fn time_is_up_or_it_is_there() {
    let bench = Bench::new().await;
    let reader = bench.reader();
    // There is nothing to wait for, and it is told at once.
    let waited = reader.wait_for(Projection::Balances, Position(1), LONG).await;
    assert!(matches!(waited, Err(WaitError::Read(_))), "{waited:?}");
    let generation = bench.begin(Projection::Balances, Role::Live).await;
    bench.write(generation, 0, &Changes::default()).await.unwrap();
    reader.wait_for(Projection::Balances, Position(1), LONG).await.unwrap();
    let short = Duration::from_millis(30);
    let waited = reader.wait_for(Projection::Balances, Position(2), short).await;
    let Err(WaitError::NotYet { reached, wanted, .. }) = waited else { panic!("{waited:?}") };
    assert_eq!((reached, wanted), (Position(1), Position(2)));
}

#[tokio::test]
async fn many_wait_and_one_asks() {
    let bench = Bench::new().await;
    let generation = bench.begin(Projection::Balances, Role::Live).await;
    // One connection for all who wait: if each of them asked, most would wait for it in vain.
    let reader = Reader::new(pool(&bench.config, 1), bench.district.clone());
    let waits: Vec<_> = (1..=300)
        .map(|number| {
            let (reader, wanted) = (reader.clone(), Position(number % 3 + 1));
            tokio::spawn(async move { reader.wait_for(Projection::Balances, wanted, LONG).await })
        })
        .collect();
    // Whoever asks may give up; another one takes over.
    waits[0].abort();
    for from in 0..3 {
        bench.write(generation, from, &Changes::default()).await.unwrap();
    }
    for wait in waits.into_iter().skip(1) {
        wait.await.unwrap().unwrap();
    }
}
