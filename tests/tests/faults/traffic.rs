//! Clients that never give up, and everything killed in turn under them.

use std::sync::Arc;

use anyhow::Context as _;
use linli_tests::{Binary, Chance, Entry, Fleet, Journal, Place, Traffic, Wish};

use crate::fault::FAULTS;

/// How many clients send commands all the time.
const CLIENTS: usize = 16;

/// How often everything is killed once.
const ROUNDS: usize = 3;

/// Commands that have to be acknowledged between two faults.
const BETWEEN: u64 = 60;

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
    assert!(doubt > 0 && done > 0, "the faults were felt, and some came between commit and answer");
    fleet.all_run().unwrap();
    journal.prove(&place).await.unwrap();
    a_false_journal_is_found_out(&place, &journal).await;
    place.caught_up().await.unwrap();
    fleet.audit().await.unwrap().all_true().unwrap();
    fleet.stop().await.unwrap();
}

/// The proof notices what it is there to notice.
async fn a_false_journal_is_found_out(place: &Place, journal: &Journal) {
    let lies: [fn(&mut Vec<Entry>); 4] = [
        |entries| entries[0].last += 1,
        |entries| entries[0].key.push('x'),
        |entries| entries[0].body.push(b' '),
        |entries| {
            entries.pop();
        },
    ];
    for (at, lie) in lies.into_iter().enumerate() {
        let mut entries = journal.entries.clone();
        lie(&mut entries);
        let proof = Journal { entries, ..*journal }.prove(place).await;
        assert!(proof.is_err(), "lie {at} was believed");
    }
}

/// A place where everybody has enough to spend.
async fn founded(fleet: &Fleet) -> anyhow::Result<Place> {
    let place = fleet.found(Wish { crowd: CLIENTS }).await?;
    for _ in 0..10 {
        place.give(&place.crowd, "100").await?;
    }
    Ok(place)
}
