//! Killed in the middle of traffic: nothing that was answered is lost, nothing is done twice, and
//! the audit holds.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails here has found something"
)]

use std::sync::Arc;

use anyhow::Context as _;
use linli_tests::{Binary, Chance, Fleet, Place, Traffic, Wish};

/// How many clients send commands all the time.
const CLIENTS: usize = 16;

/// How often everything is killed once.
const ROUNDS: usize = 3;

/// Commands that have to be acknowledged between two faults.
const BETWEEN: u64 = 60;

/// What can happen.
#[derive(Clone, Copy, Debug)]
enum Fault {
    Ledger,
    Projector,
    Gateway,
    Postgres,
    Nats,
    NatsStore,
}

const FAULTS: [Fault; 6] = [
    Fault::Ledger,
    Fault::Projector,
    Fault::Gateway,
    Fault::Postgres,
    Fault::Nats,
    Fault::NatsStore,
];

impl Fault {
    /// Kills it and starts it again.
    async fn strike(self, fleet: &mut Fleet) -> anyhow::Result<()> {
        match self {
            Self::Ledger => fleet.replace(|fleet| &mut fleet.ledgers[0]).await,
            Self::Projector => fleet.replace(|fleet| &mut fleet.projector).await,
            Self::Gateway => fleet.replace(|fleet| &mut fleet.gateway).await,
            Self::Postgres => {
                fleet.stack.kill_postgres().await?;
                Ok(fleet.stack.start_postgres().await?)
            }
            Self::Nats => {
                fleet.stack.kill_nats().await?;
                Ok(fleet.stack.start_nats().await?)
            }
            Self::NatsStore => {
                fleet.stack.delete_nats_store().await?;
                Ok(fleet.stack.start_nats().await?)
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_was_answered_is_lost_and_nothing_is_done_twice() {
    let mut chance = Chance::fresh();
    let binary = Binary::new(env!("CARGO_BIN_EXE_linli-tested"));
    let mut fleet = Fleet::start(binary).await.unwrap();
    let place = Arc::new(founded(&fleet).await.unwrap());
    let traffic = Traffic::start(&place);
    for round in 1..=ROUNDS {
        let mut faults = FAULTS;
        chance.shuffle(&mut faults);
        for fault in faults {
            traffic.flows(BETWEEN).await.unwrap();
            fault.strike(&mut fleet).await.with_context(|| format!("{fault:?}")).unwrap();
            traffic.flows(1).await.with_context(|| format!("after {fault:?}, {round}")).unwrap();
        }
    }
    traffic.flows(BETWEEN).await.unwrap();
    let journal = traffic.stop().await.unwrap();
    let (told, doubt, done) = (journal.entries.len(), journal.in_doubt, journal.found_done);
    println!("{told} acknowledged, {doubt} in doubt, {done} had been done unanswered");
    assert!(doubt > 0, "the faults were felt");
    fleet.all_run().unwrap();
    journal.prove(&place).await.unwrap();
    place.caught_up().await.unwrap();
    fleet.audit().await.unwrap().all_true().unwrap();
    fleet.stop().await.unwrap();
}

/// A place where everybody has enough to spend.
async fn founded(fleet: &Fleet) -> anyhow::Result<Place> {
    let place = fleet.found(Wish { crowd: CLIENTS }).await?;
    for _ in 0..10 {
        place.give(&place.crowd, "100").await?;
    }
    Ok(place)
}
