//! Proofs for those who believe nobody: receipts, tiles and witnesses, through the doors that
//! others use.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that fails here has found something"
)]

mod allowance;
mod behind_tls;
mod books;
mod erasing;
mod export;
mod reconcile;
mod resume;
mod sums;
mod tree;
mod witness;
mod year;

use linli_tests::{Ask, Binary, Place, Terms, TestSystem, Wish, wait};

fn linli() -> Binary {
    Binary::new(env!("CARGO_BIN_EXE_linli-tested"))
}

/// A system whose log is signed, with a small place in it.
async fn place(folder: &tempfile::TempDir) -> (TestSystem, Place) {
    let log_key = Some(folder.path().join("log.key"));
    let system = TestSystem::start_with(Terms { log_key, ..Terms::default() }).await.unwrap();
    let place = system.found(Wish::default()).await.unwrap();
    (system, place)
}

/// Waits until a checkpoint covers all that was written; answers the last position.
async fn signed(system: &TestSystem, place: &Place) -> u64 {
    let head = place.caught_up().await.unwrap();
    let all = wait::until("a checkpoint of all", wait::LONG, async || {
        let ask = Ask::get(&format!("/log/{}/checkpoint", system.district()));
        let note = place.http.send(&ask).await.ok()?.body;
        let size = linli_notary::told_by(std::str::from_utf8(&note).ok()?)?.size;
        (size >= head).then_some(())
    });
    all.await.unwrap();
    head
}
