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
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context as _;
use linli_tests::{Binary, Fleet, Place, Traffic, Wish};

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
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64;
    let seed = std::env::var("LINLI_TEST_SEED").map_or(seed, |seed| seed.parse().unwrap());
    println!("LINLI_TEST_SEED={seed}");
    let mut order = Order(seed | 1);
    let binary = Binary::new(env!("CARGO_BIN_EXE_linli-tested"));
    let mut fleet = Fleet::start(binary).await.unwrap();
    let place = Arc::new(founded(&fleet).await.unwrap());
    let traffic = Traffic::start(&place);
    for round in 1..=ROUNDS {
        for fault in order.shuffled(FAULTS) {
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

/// An order that a seed tells: xorshift.
struct Order(u64);

impl Order {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn shuffled<const N: usize>(&mut self, mut all: [Fault; N]) -> [Fault; N] {
        for last in (1..N).rev() {
            let other = usize::try_from(self.next() % (last as u64 + 1)).unwrap();
            all.swap(last, other);
        }
        all
    }
}
