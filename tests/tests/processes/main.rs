//! Two ledgers of one district: one leads, one stands by warm, and never do both write.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails here has found something"
)]

mod whole;

use std::sync::Arc;
use std::time::Instant;

use linli_tests::{Binary, Fleet, Place, Traffic, Wish};

const CLIENTS: usize = 8;

/// Commands that have to be acknowledged between two events.
const BETWEEN: u64 = 60;

async fn fleet() -> (Fleet, Arc<Place>, Traffic) {
    let binary = Binary::new(env!("CARGO_BIN_EXE_linli-tested"));
    let mut fleet = Fleet::start(binary).await.unwrap();
    fleet.ledgers[0].until_it_says("leading").await.unwrap();
    fleet.add_ledger().await.unwrap();
    let place = fleet.found(Wish { crowd: CLIENTS }).await.unwrap();
    place.give(&place.crowd, "100").await.unwrap();
    let place = Arc::new(place);
    let traffic = Traffic::start(&place).unwrap();
    traffic.flows(BETWEEN).await.unwrap();
    (fleet, place, traffic)
}

/// Waits until commands are answered again after something that began then, and says how long it
/// took: how long that may be is for a quiet machine to say, not for a test.
async fn answered_again(what: &str, begun: Instant, traffic: &Traffic) {
    // One more than may have been on their way from the old leader.
    traffic.flows(CLIENTS as u64 + 1).await.unwrap();
    println!("{what}: commands were answered again after {:?}", begun.elapsed());
}

async fn proven(mut fleet: Fleet, place: &Place, traffic: Traffic) {
    traffic.flows(BETWEEN).await.unwrap();
    let told = traffic.stop().await.unwrap();
    fleet.all_run().unwrap();
    told.prove(place).await.unwrap();
    place.caught_up().await.unwrap();
    fleet.audit().await.unwrap().all_true().unwrap();
    fleet.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_standby_takes_over_from_a_killed_leader() {
    let (mut fleet, place, traffic) = fleet().await;
    for _ in 0..3 {
        // The second one is always the one that stands by.
        fleet.until_warm(1).await.unwrap();
        let begun = Instant::now();
        fleet.ledgers[0].process().kill().await.unwrap();
        fleet.ledgers.remove(0);
        answered_again("kill -9", begun, &traffic).await;
        fleet.ledgers[0].until_it_says("leading").await.unwrap();
        traffic.flows(BETWEEN).await.unwrap();
        fleet.add_ledger().await.unwrap();
    }
    proven(fleet, &place, traffic).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_that_is_told_to_stop_hands_over() {
    let (mut fleet, place, traffic) = fleet().await;
    for _ in 0..3 {
        fleet.until_warm(1).await.unwrap();
        let begun = Instant::now();
        let mut leader = fleet.ledgers.remove(0);
        let (status, ()) =
            tokio::join!(leader.process().stop(), answered_again("SIGTERM", begun, &traffic),);
        let status = status.unwrap();
        assert!(status.success(), "{status}");
        fleet.ledgers[0].until_it_says("leading").await.unwrap();
        traffic.flows(BETWEEN).await.unwrap();
        fleet.add_ledger().await.unwrap();
    }
    proven(fleet, &place, traffic).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_that_stood_still_writes_nothing_when_it_wakes() {
    let (mut fleet, place, traffic) = fleet().await;
    for _ in 0..2 {
        fleet.until_warm(1).await.unwrap();
        let begun = Instant::now();
        fleet.ledgers[0].process().pause().unwrap();
        answered_again("SIGSTOP", begun, &traffic).await;
        // Its session outlives it by the lease; then the lock is free.
        fleet.ledgers[1].until_it_says("leading").await.unwrap();
        traffic.flows(BETWEEN).await.unwrap();
        fleet.ledgers[0].process().resume().unwrap();
        fleet.ledgers[0].until_it_says("standing by").await.unwrap();
        traffic.flows(BETWEEN).await.unwrap();
        fleet.ledgers.swap(0, 1);
    }
    proven(fleet, &place, traffic).await;
}
