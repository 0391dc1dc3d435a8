//! The main job through HTTP: service, verification, award, ranking, redemption, and an audit that
//! finds all of it true.

#![allow(unreachable_pub, reason = "a test crate has no outside")]
#![allow(clippy::too_many_lines, reason = "a story is told from its beginning to its end")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails here has found something"
)]

mod activities;
mod aid;
mod alerts;
mod awards;
mod badges;
mod booking;
mod calling_off;
mod checks;
mod conduct;
mod counter;
mod coverage;
mod earning;
mod estates;
mod expiry;
mod fairness;
mod groups;
mod honours;
mod log;
mod lot_life;
mod medals;
mod mediation;
mod moving;
mod notices;
mod off_line;
mod orders;
mod passbook;
mod past;
mod profiles;
mod pseudonyms;
mod publishing;
mod quarterly;
mod queue;
mod races;
mod ranking;
mod referrals;
mod restart;
mod returning;
mod reversing;
mod rules;
mod showing;
mod spending;
mod time_limits;
mod timebank;
mod twice;
mod vouchers;

use linli_api::{ClientError, Instant};
use linli_tests::{Binary, Place, TestSystem, Wish};

/// A system with a small place in it.
async fn place() -> (TestSystem, Place) {
    let system = TestSystem::start().await.unwrap();
    let place = system.found(Wish::default()).await.unwrap();
    (system, place)
}

/// An instant of a body.
fn time(instant: &Instant) -> jiff::Timestamp {
    instant.as_str().parse().unwrap()
}

/// The name of the problem that something was refused with.
fn refused<T: std::fmt::Debug>(outcome: Result<T, ClientError>) -> String {
    let error = outcome.unwrap_err();
    error.problem().map_or_else(|| error.to_string(), |problem| problem.name().to_owned())
}

/// All of it is true, up to the end; then it is over.
async fn audited(system: TestSystem, place: &Place) {
    place.caught_up().await.unwrap();
    let binary = Binary::new(env!("CARGO_BIN_EXE_linli-tested"));
    let audit = binary.audit(system.database_url(), system.district()).await.unwrap();
    audit.all_true().unwrap();
    system.stop().await.unwrap();
}
