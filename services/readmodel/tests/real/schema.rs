//! The schema, who may do what with it, and statements that don't fit.

use std::collections::BTreeMap;

use linli_domain::id::{ItemId, ResidentId};
use linli_domain::quantity::{Fen, Points};
use linli_readmodel::balances::{self, Wallet};
use linli_readmodel::catalogue::{self, Pricing};
use linli_readmodel::checkpoint::Role;
use linli_readmodel::{Projection, WriteError, migrate};

use crate::support::Bench;

#[tokio::test]
async fn migrating_again_or_at_once_changes_nothing() {
    let bench = Bench::new().await;
    let (mut one, mut other) = (bench.client().await, bench.client().await);
    let (one, other) = tokio::join!(migrate(&mut one), migrate(&mut other));
    assert_eq!((one.unwrap(), other.unwrap()), (0, 0));
}

#[tokio::test]
async fn readers_read_and_projectors_write() {
    let bench = Bench::new().await;
    let generation = bench.begin(Projection::Balances, Role::Live).await;
    let client = bench.client().await;
    let schema = generation.schema();
    for (role, statement, allowed) in [
        ("linli_reader", format!("SELECT count(*) FROM {schema}.wallet"), true),
        ("linli_reader", "SELECT count(*) FROM read.projection".to_owned(), true),
        ("linli_reader", format!("DELETE FROM {schema}.wallet"), false),
        ("linli_reader", "UPDATE read.projection SET position = 0".to_owned(), false),
        ("linli_projector", format!("DELETE FROM {schema}.wallet"), true),
        ("linli_projector", "UPDATE read.projection SET position = 0".to_owned(), true),
        ("linli_projector", "CREATE SCHEMA read_of_its_own".to_owned(), true),
    ] {
        client.batch_execute(&format!("SET ROLE {role}")).await.unwrap();
        assert_eq!(client.batch_execute(&statement).await.is_ok(), allowed, "{role}: {statement}");
        client.batch_execute("RESET ROLE").await.unwrap();
    }
}

#[tokio::test]
async fn what_is_to_be_added_is_added() {
    let bench = Bench::new().await;
    let generation = bench.begin(Projection::Balances, Role::Live).await;
    let reader = bench.reader();
    let resident = ResidentId::from_number(u128::MAX);
    for (from, amount, expected) in [(0, 500, 500), (1, -200, 300), (2, 0, 300)] {
        let available = Points::from_hundredths(amount);
        let more = Wallet { available, ..Wallet::empty(resident) };
        let wallets = BTreeMap::from([(resident, more)]);
        let changes = balances::Changes { wallets, ..Default::default() };
        bench.write(generation, from, &changes).await.unwrap();
        let wallet = reader.wallet(resident).await.unwrap().unwrap();
        assert_eq!(wallet.available, Points::from_hundredths(expected));
    }
    // Past the range of the column: not tried again.
    let most = Wallet { available: Points::from_hundredths(i64::MAX), ..Wallet::empty(resident) };
    let wallets = BTreeMap::from([(resident, most)]);
    let changes = balances::Changes { wallets, ..Default::default() };
    let error = bench.write(generation, 3, &changes).await.unwrap_err();
    assert!(!error.is_transient(), "{error:?}");
}

#[tokio::test]
async fn a_change_needs_its_row() {
    let bench = Bench::new().await;
    let generation = bench.begin(Projection::Catalogue, Role::Live).await;
    let item = ItemId::from_number(1);
    let pricing = Pricing { item, price: Points::ZERO, cost: Fen::ZERO };
    let pricings = BTreeMap::from([(item, pricing)]);
    let changes = catalogue::Changes { pricings, ..Default::default() };
    let error = bench.write(generation, 0, &changes).await.unwrap_err();
    assert!(matches!(error, WriteError::Missing { expected: 1, found: 0, .. }), "{error:?}");
    assert!(!error.is_transient());
}
