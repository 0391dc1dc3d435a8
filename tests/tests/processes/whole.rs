//! Whole systems: any gateway finds the leader, a hand-over is no error to whoever asks, and NATS
//! is missed by nobody who is next to the leader.

use std::sync::Arc;

use linli_tests::{Binary, Grounds, Place, Traffic, Whole, Wish};

use crate::{BETWEEN, CLIENTS};

/// No answer was without a meaning.
const NOTHING: [String; 0] = [];

async fn grounds() -> Grounds {
    Grounds::lay(Binary::new(env!("CARGO_BIN_EXE_linli-tested"))).await.unwrap()
}

/// A place with people who can buy.
async fn place(grounds: &Grounds, through: &Whole) -> Arc<Place> {
    let place = grounds.found(through, Wish { crowd: CLIENTS }).await.unwrap();
    place.give(&place.crowd, "100").await.unwrap();
    Arc::new(place)
}

/// The answers that told nothing although somebody led.
async fn proven(grounds: &Grounds, place: &Place, traffic: Traffic) -> Vec<String> {
    let journal = traffic.stop().await.unwrap();
    journal.prove(place).await.unwrap();
    place.caught_up().await.unwrap();
    grounds.audit().await.unwrap().all_true().unwrap();
    journal.unexplained(linli_port::Patience::default().away_max)
}

/// Everything is asked of the one that stands by: first it carries commands to the leader, then
/// it is the leader.
#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_next_to_a_standby_finds_the_leader_and_then_is_next_to_it() {
    let mut grounds = grounds().await;
    let mut first = grounds.add().await.unwrap();
    let mut second = grounds.add().await.unwrap();
    let place = place(&grounds, &second).await;
    let traffic = Traffic::start(&place).unwrap();
    traffic.flows(BETWEEN).await.unwrap();

    let status = first.process.stop().await.unwrap();
    assert!(status.success(), "{status}");
    traffic.flows(BETWEEN).await.unwrap();

    assert_eq!(proven(&grounds, &place, traffic).await, NOTHING, "answers that told nothing");
    second.process.stop().await.unwrap();
    grounds.stack.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_leader_costs_its_neighbours_callers_time_and_no_error() {
    let mut grounds = grounds().await;
    let mut leader = grounds.add().await.unwrap();
    let mut other = grounds.add().await.unwrap();
    let place = place(&grounds, &other).await;
    let traffic = Traffic::start(&place).unwrap();
    traffic.flows(BETWEEN).await.unwrap();
    leader.process.kill().await.unwrap();
    traffic.flows(BETWEEN).await.unwrap();
    assert_eq!(proven(&grounds, &place, traffic).await, NOTHING, "answers that told nothing");
    other.process.stop().await.unwrap();
    grounds.stack.stop().await.unwrap();
}

/// Commands, balances and redemption go on without NATS, and with it when it is back.
#[tokio::test(flavor = "multi_thread")]
async fn one_system_goes_on_without_nats() {
    let mut grounds = grounds().await;
    let mut only = grounds.add().await.unwrap();
    let place = place(&grounds, &only).await;
    let traffic = Traffic::start(&place).unwrap();
    traffic.flows(BETWEEN).await.unwrap();

    grounds.stack.kill_nats().await.unwrap();
    traffic.flows(BETWEEN).await.unwrap();
    // Balances follow: the read models take the log itself.
    place.caught_up().await.unwrap();
    place.partner.wallet(&place.crowd[0].resident).await.unwrap();

    grounds.stack.start_nats().await.unwrap();
    traffic.flows(BETWEEN).await.unwrap();
    assert_eq!(proven(&grounds, &place, traffic).await, NOTHING, "answers that told nothing");
    only.process.stop().await.unwrap();
    grounds.stack.stop().await.unwrap();
}
