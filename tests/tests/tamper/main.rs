//! Whoever tampers with what is stored is found out, and the place is named.

#![allow(unreachable_pub, reason = "a test crate has no outside")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails here has found something"
)]

mod hundred;
mod store;

use linli_tests::{Audit, Binary, Chance, TestSystem, Wish};
use serde_json::Value;
use store::Store;

/// So many bytes are flipped, one after the other.
const FLIPS: usize = 24;

/// A place that lived a little and was shut, and its store.
struct Scene {
    system: Shut,
    store: Store,
    binary: Binary,
}

/// The database outlives the system.
struct Shut {
    database: linli_devstack::TestDatabase,
    district: String,
}

impl Scene {
    async fn set() -> Self {
        let system = TestSystem::start().await.unwrap();
        let place = system.found(Wish { crowd: 5 }).await.unwrap();
        place.give(&place.crowd, "50").await.unwrap();
        for person in &place.crowd {
            place.serve(person, "PW-1", 60).await.unwrap();
        }
        place.caught_up().await.unwrap();
        let district = system.district().to_owned();
        let database = system.shut().await.unwrap();
        let store = Store::open(database.url()).await.unwrap();
        let binary = Binary::new(env!("CARGO_BIN_EXE_linli-tested"));
        let scene = Self { system: Shut { database, district }, store, binary };
        scene.audit().await.all_true().unwrap();
        scene
    }

    async fn audit(&self) -> Audit {
        let Shut { database, district } = &self.system;
        self.binary.audit(database.url(), district).await.unwrap()
    }

    async fn rebuild(&self, projection: &str) -> Option<i32> {
        let Shut { database, district } = &self.system;
        let place = ["--database-url", database.url(), "--district", district];
        let args = [&["rebuild", projection][..], &place].concat();
        self.binary.run(&args).await.unwrap().status.code()
    }

    /// Something is found wrong; gives the findings.
    async fn found(&self, about: &str) -> Vec<Value> {
        let audit = self.audit().await;
        assert_eq!(audit.code, Some(1), "{about}: {:#}", audit.report);
        assert_eq!(audit.report["ok"], false, "{about}");
        let findings = audit.findings();
        assert!(!findings.is_empty(), "{about}");
        findings
    }
}

/// Does it name a record, or some, from `first` to `last`?
fn names(finding: &Value, first: i64, last: i64) -> bool {
    let at = |name: &str| finding[name].as_i64();
    let (from, until) = (at("position").or(at("first")), at("position").or(at("last")));
    from.is_some_and(|from| from >= first) && until.is_some_and(|until| until <= last)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_flipped_bit_is_found_and_its_place_named() {
    let scene = Scene::set().await;
    let frames = scene.store.frames().await.unwrap();
    assert!(frames.len() > 20, "{} frames", frames.len());
    let mut chance = Chance::fresh();
    for _ in 0..FLIPS {
        let frame = &frames[chance.below(frames.len())];
        let (byte, bit) = (chance.below(frame.body.len()), chance.below(8));
        let mut body = frame.body.clone();
        body[byte] ^= 1 << bit;
        let about = format!("bit {bit} of byte {byte} in {} to {}", frame.first, frame.last);
        scene.store.forge(frame.first, &body).await.unwrap();
        let findings = scene.found(&about).await;
        let named = findings.iter().any(|finding| names(finding, frame.first, frame.last));
        assert!(named, "{about}: {findings:#?}");
        scene.store.forge(frame.first, &frame.body).await.unwrap();
    }
    scene.audit().await.all_true().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_was_cut_contradicts_what_was_made_of_it() {
    let scene = Scene::set().await;
    scene.store.cut_last_frame().await.unwrap();
    let findings = scene.found("the last frame is gone").await;
    assert!(findings.iter().any(|finding| finding["projection"] == "balances"), "{findings:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_balance_that_was_changed_is_named() {
    let scene = Scene::set().await;
    let more = "UPDATE {schema}.wallet SET available_hundredths = available_hundredths + 100";
    let less = "UPDATE {schema}.wallet SET available_hundredths = available_hundredths - 100";
    let whose = " WHERE resident = (SELECT min(resident::text)::uuid FROM {schema}.wallet)";
    let change = async |what: &str| {
        let changed = scene.store.change("balances", &format!("{what}{whose}")).await.unwrap();
        assert_eq!(changed, 1);
    };
    change(more).await;
    let findings = scene.found("a point more").await;
    let [finding] = findings.as_slice() else { panic!("{findings:#?}") };
    assert_eq!(finding["table"], "balances.wallet", "{finding:#}");
    assert!(finding["column"].as_str().unwrap().starts_with("available"), "{finding:#}");
    change(less).await;
    scene.audit().await.all_true().unwrap();

    // Or it is made anew, which tells that the old one was wrong.
    change(more).await;
    assert_eq!(scene.rebuild("balances").await, Some(1));
    scene.audit().await.all_true().unwrap();
    assert_eq!(scene.rebuild("balances").await, Some(0));
    scene.audit().await.all_true().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_grows_is_changed_by_nobody() {
    let scene = Scene::set().await;
    for statement in [
        "UPDATE log.frame SET body = body",
        "DELETE FROM log.frame",
        "TRUNCATE log.frame CASCADE",
        "UPDATE log.key SET first = first",
        "DELETE FROM log.key",
        "SET session_replication_role = replica; DELETE FROM log.key",
    ] {
        let refused = scene.store.run(statement).await.unwrap_err();
        let refused = refused.as_db_error().unwrap();
        assert_eq!(
            refused.code(),
            &tokio_postgres::error::SqlState::INSUFFICIENT_PRIVILEGE,
            "{statement}"
        );
    }
    scene.audit().await.all_true().unwrap();
}
