//! The demo goes on, and its books close, whatever is killed under it.

use std::time::Duration;

use linli_demo::{DemoSettings, SEED, Show, Summary};
use linli_tests::{Binary, Fleet, Rig, wait};
use tokio::task::JoinHandle;

use crate::fault::Fault;

/// Where the demo's test clock begins.
const EVE: &str = "2024-12-31T00:00:00Z";

/// What is killed while the place is set up, after so many records each.
const SET_UP: [(Fault, u64); 5] = [
    (Fault::Ledger, 1_000),
    (Fault::Postgres, 2_000),
    (Fault::Projector, 2_000),
    (Fault::Ledger, 2_000),
    (Fault::NatsStore, 2_000),
];

/// What is killed while the year goes by. A test clock is not in the log: it falls back to the
/// last record with its ledger, and the demo would be ahead of it. So the ledger is killed in the
/// set-up here, where time stands still, and in the other test.
const YEAR: [(Fault, u64); 5] = [
    (Fault::Postgres, 300),
    (Fault::Projector, 300),
    (Fault::Gateway, 300),
    (Fault::Postgres, 300),
    (Fault::Nats, 300),
];

/// A record further on is there within this.
const FURTHER: Duration = Duration::from_secs(120);

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_ends_true_though_everything_is_killed_under_it() {
    let binary = Binary::new(env!("CARGO_BIN_EXE_linli-tested"));
    let rig = Rig { test_clock: Some(EVE.to_owned()), ..Rig::default() };
    let mut fleet = Fleet::start_as(binary, rig).await.unwrap();
    let settings = DemoSettings {
        base_url: fleet.gateway.url(),
        operator_key: fleet.operator_key.clone(),
        rules: linli_profile::GULOU.to_owned(),
        scale: "0.02".parse().unwrap(),
        seed: SEED,
        show: Show::Nothing,
    };
    let demo = tokio::spawn(async move {
        let outcome = linli_demo::run(&settings).await;
        // Told here, for whoever waits for the demo only sees that it is over.
        outcome.inspect_err(|error| eprintln!("the demo ended by {error:?}"))
    });
    strike_all(&mut fleet, &demo, &SET_UP).await;
    further(&fleet, &demo, "the year has begun", async |fleet| {
        fleet.recorded_at().await.is_ok_and(|at| at.as_str() > "2025-01-02")
    })
    .await;
    strike_all(&mut fleet, &demo, &YEAR).await;
    let summary: Summary = demo.await.unwrap().unwrap();
    assert_eq!((summary.residents, summary.households), (10_537, 3_396));
    assert!(summary.contributions > 1_000 && summary.redemptions > 30);
    assert_eq!(summary.records, fleet.head().await.unwrap());
    fleet.all_run().unwrap();
    fleet.caught_up().await.unwrap();
    fleet.audit().await.unwrap().all_true().unwrap();
    fleet.stop().await.unwrap();
}

async fn strike_all<T>(fleet: &mut Fleet, demo: &JoinHandle<T>, faults: &[(Fault, u64)]) {
    for (fault, records) in faults {
        let goal = fleet.head().await.unwrap() + records;
        let what = format!("record {goal}, before {fault:?}");
        further(fleet, demo, &what, async |fleet| {
            fleet.head().await.is_ok_and(|head| head >= goal)
        })
        .await;
        fault.strike(fleet).await.unwrap();
    }
}

/// Waits until it is so; the demo must not be over before.
async fn further<T>(
    fleet: &Fleet,
    demo: &JoinHandle<T>,
    what: &str,
    mut so: impl AsyncFnMut(&Fleet) -> bool,
) {
    let look = async || (demo.is_finished() || so(fleet).await).then_some(());
    wait::until(what, FURTHER, look).await.unwrap();
    assert!(!demo.is_finished(), "the demo ended before: {what}");
}
