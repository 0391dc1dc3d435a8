//! Proofs for those who believe nobody: receipts, tiles and witnesses, through the doors that
//! others use.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that fails here has found something"
)]

mod behind_tls;
mod books;
mod export;
mod reconcile;
mod resume;
mod tree;
mod witness;

use linli_tests::{Binary, Place, Terms, TestSystem, Wish};

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
