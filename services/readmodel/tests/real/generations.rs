//! Generations beside one another, and districts in them.

use linli_domain::id::ResidentId;
use linli_domain::text::Code;
use linli_readmodel::balances::{Changes, Wallet};
use linli_readmodel::checkpoint::{self, Role};
use linli_readmodel::{Generation, Projection, Reader};

use crate::support::{Bench, begin};

async fn exists(bench: &Bench, generation: Generation) -> bool {
    let text = "SELECT to_regnamespace($1) IS NOT NULL";
    bench.client().await.query_one(text, &[&generation.schema()]).await.unwrap().get(0)
}

async fn switch(bench: &Bench, generation: Generation) {
    let mut client = bench.pool.get().await.unwrap();
    let transaction = client.transaction().await.unwrap();
    checkpoint::switch(&transaction, &bench.district, generation).await.unwrap();
    transaction.commit().await.unwrap();
}

async fn clear(bench: &Bench, generation: Generation) {
    let mut client = bench.pool.get().await.unwrap();
    let transaction = client.transaction().await.unwrap();
    generation.clear(&transaction, &bench.district).await.unwrap();
    transaction.commit().await.unwrap();
}

fn wallets(numbers: impl IntoIterator<Item = u128>) -> Changes {
    let ids = numbers.into_iter().map(ResidentId::from_number);
    Changes { wallets: ids.map(|id| (id, Wallet::empty(id))).collect(), ..Default::default() }
}

#[tokio::test]
async fn beginning_again_takes_up_what_is_begun() {
    let bench = Bench::new().await;
    let first = bench.begin(Projection::Balances, Role::Live).await;
    assert_eq!(bench.begin(Projection::Balances, Role::Live).await, first);
    let (one, other) = tokio::join!(
        bench.begin(Projection::Balances, Role::Building),
        bench.begin(Projection::Balances, Role::Building),
    );
    assert_eq!((first.number, one.number, other.number), (1, 2, 2));
}

#[tokio::test]
async fn a_switch_is_seen_and_the_old_rows_go() {
    let bench = Bench::new().await;
    let old = bench.begin(Projection::Balances, Role::Live).await;
    bench.write(old, 0, &wallets(1..=2)).await.unwrap();
    let reader = bench.reader();
    assert!(reader.wallet(ResidentId::from_number(2)).await.unwrap().is_some());
    let new = bench.begin(Projection::Balances, Role::Building).await;
    switch(&bench, new).await;
    // Whoever asks for the checkpoint reads the new rows from then on.
    assert_eq!(reader.checkpoint(Projection::Balances).await.unwrap().0, 0);
    assert!(reader.wallet(ResidentId::from_number(2)).await.unwrap().is_none());
    clear(&bench, old).await;
    assert!(!exists(&bench, old).await);
    assert!(exists(&bench, new).await);
}

#[tokio::test]
async fn districts_share_tables_and_nothing_else() {
    let bench = Bench::new().await;
    let elsewhere = Code::new("elsewhere").unwrap();
    let here = bench.begin(Projection::Balances, Role::Live).await;
    let there = begin(&bench.pool, &elsewhere, Projection::Balances, Role::Live).await;
    assert_eq!(here, there);
    bench.write(here, 0, &wallets(1..=3)).await.unwrap();
    let reader = Reader::new(bench.pool.clone(), elsewhere);
    assert!(reader.wallet(ResidentId::from_number(1)).await.unwrap().is_none());
    let new = bench.begin(Projection::Balances, Role::Building).await;
    switch(&bench, new).await;
    clear(&bench, here).await;
    assert!(exists(&bench, here).await);
    let text = format!("SELECT count(*) FROM {}.wallet", here.schema());
    let left: i64 = bench.client().await.query_one(&text, &[]).await.unwrap().get(0);
    assert_eq!(left, 0);
    assert_eq!(reader.checkpoint(Projection::Balances).await.unwrap().0, 0);
}
