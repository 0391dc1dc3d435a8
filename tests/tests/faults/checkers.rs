//! Each checker finds what it is there to find: evidence of traffic that held, with one thing
//! changed.

use std::sync::Arc;

use linli_domain::quantity::Points;
use linli_tests::check::{self, Checked};
use linli_tests::evidence::{Evidence, Head, Injection, LoggedRecord, Witness};
use linli_tests::traffic::{Load, Operation, Outcome, Returned};
use linli_tests::{Audit, Binary, Terms, TestSystem, Traffic, Wish, postgres};

/// What is changed, and who has to find it.
type Lie = (&'static str, &'static str, fn(&mut Evidence));

const LIES: [Lie; 29] = [
    ("C0", "an answer that may not be", |e| {
        *outcome(e, is_done) = Outcome::Fault { said: "500".into() };
    }),
    ("C0", "come again, without a word when", |e| {
        *outcome(e, is_done) = Outcome::Unknown { why: "503".into(), well_formed: false };
    }),
    ("C0", "a client that gave up", |e| e.gave_up.push("refused".into())),
    ("C1", "an acknowledged record that is not there", |e| {
        let (first, _) = *e.operations.iter().find_map(Operation::done).as_ref().unwrap();
        e.records.retain(|record| record.position != first);
    }),
    ("C1", "an acknowledged record that is elsewhere", |e| {
        if let Outcome::Done { last, .. } = outcome(e, is_done) {
            *last += 1;
        }
    }),
    ("C1", "somebody else's record", |e| sold(e).account = "somebody else".into()),
    ("C1", "a refusal that is in the log", |e| {
        *outcome(e, is_done) = Outcome::Refused { problem: "insufficient-points".into() };
    }),
    ("C2", "a command done twice", |e| {
        let (first, _) = sold(e).done().unwrap();
        let mut again = record(e, first).clone();
        again.position = e.records.last().unwrap().position + 1;
        e.records.push(again);
    }),
    ("C2", "a repeat that is answered otherwise", |e| e.repeats[0].same = false),
    ("C2", "a record that nobody wished", |e| {
        let at = e.operations.iter().position(|one| one.done().is_some()).unwrap();
        e.operations.remove(at);
    }),
    ("C3", "a posting of one hundredth more", |e| {
        let posting = &mut posted(e).record.postings[0];
        posting.amount = Points::from_hundredths(posting.amount.hundredths() + 1);
    }),
    ("C3", "a balance that does not follow", |e| {
        let posting = &mut posted(e).record.postings[0];
        posting.balance = Points::from_hundredths(posting.balance.hundredths() + 1);
    }),
    ("C3", "a version that does not follow", |e| posted(e).record.postings[0].version += 1),
    ("C4", "an account that is overdrawn", |e| {
        for posting in e.records.iter_mut().flat_map(|record| &mut record.record.postings) {
            posting.amount = Points::from_hundredths(-posting.amount.hundredths());
        }
    }),
    ("C5", "a redemption that ends twice", |e| {
        let (first, _) = sold(e).done().unwrap();
        let again = record(e, first).clone();
        e.records.push(again);
    }),
    ("C5", "goods that are not there", |e| {
        e.records.retain(|record| !format!("{:?}", record.record.event).contains("StockReceived"));
    }),
    ("C6", "a read model that is wrong", |e| {
        let audit: &mut Audit = e.audit.as_mut().unwrap();
        audit.report["projections"][0]["verdict"] = "false".into();
    }),
    ("C7", "a frame that is missing", |e| {
        e.frames.remove(1);
    }),
    ("C7", "a byte that is flipped", |e| {
        let at = e.frames[1].body.len() - 1;
        e.frames[1].body[at] ^= 1;
    }),
    ("C7", "frames in another order", |e| e.frames.swap(1, 2)),
    ("C7", "a head that was taken back", |e| {
        let last = e.frames.pop().unwrap();
        e.heads.push(Head { position: last.last, root: last.root });
    }),
    ("C8", "a message that is missing", |e| {
        e.stream.as_mut().unwrap().remove(1);
    }),
    ("C8", "a message of other bytes", |e| e.stream.as_mut().unwrap()[1].body.push(0)),
    ("C9", "an effect before its cause", |e| {
        // The last command's answer was there before the first one was sent.
        let at = e.operations.iter().rposition(|one| one.done().is_some()).unwrap();
        let last = e.operations[at].attempts.last_mut().unwrap();
        last.called_us = 1;
        last.returned.as_mut().unwrap().at_us = 2;
        e.operations[0].attempts[0].called_us = 3;
    }),
    ("C9", "an answer that is not what stood there", |e| {
        if let Outcome::Done { available, .. } =
            outcome(e, |outcome| matches!(outcome, Outcome::Done { available: Some(_), .. }))
        {
            *available = available.map(|points| points + 1);
        }
    }),
    ("C10", "a read that has not seen enough", |e| {
        if let Outcome::Seen { position, .. } = outcome(e, is_seen) {
            *position = 0;
        }
    }),
    ("C10", "a wallet that never stood so", |e| {
        if let Outcome::Seen { held, .. } = outcome(e, is_seen) {
            *held += 1;
        }
    }),
    ("C11", "nobody is answered any more", |e| {
        e.injections.push(Injection {
            row: "F1",
            what: "kill -9 of the leader".into(),
            began_us: 0,
            healed_us: u64::MAX,
            silences: true,
        });
    }),
    ("C12", "one who was replaced writes again", |e| {
        let appended = e.witness.as_mut().unwrap();
        appended[1].session = "another".into();
    }),
];

#[tokio::test(flavor = "multi_thread")]
async fn each_checker_finds_what_it_is_there_to_find() {
    let evidence = evidence().await;
    for checked in check::all(&evidence) {
        assert!(checked.holds() && checked.over > 0, "{checked:?}");
    }
    for (name, lie, tell) in LIES {
        let mut evidence = evidence.clone();
        tell(&mut evidence);
        let checks = check::all(&evidence);
        let found: &Checked = checks.iter().find(|checked| checked.name == name).unwrap();
        assert!(found.found > 0, "{name} believed in {lie}");
    }
    let mut evidence = evidence;
    evidence.witness.as_mut().unwrap()[0].held = false;
    assert!(!check::all(&evidence).last().unwrap().holds(), "C12 believed one without a lock");
}

/// Of some traffic in one process.
async fn evidence() -> Evidence {
    let terms = Terms { nats: true, test_clock: None, ..Terms::default() };
    let system = TestSystem::start_with(terms).await.unwrap();
    let stores = system.stores().unwrap();
    let database = postgres::connect(&stores.database_url).await.unwrap();
    Witness::place(&database, &stores.district).await.unwrap();
    let place = Arc::new(system.found(Wish { crowd: 4 }).await.unwrap());
    place.give(&place.crowd, "100").await.unwrap();
    let folder = tempfile::TempDir::new().unwrap();
    let mut traffic = Traffic::idle(&folder.path().join("journal")).unwrap();
    traffic.add(&place, Load { hands: 2, reads: true });
    traffic.flows(200).await.unwrap();
    let told = traffic.stop().await.unwrap();
    let repeats = told.ask_again(&place).await.unwrap();
    let mut evidence = Evidence { repeats, caught_up_ms: Some(0), ..Evidence::default() };
    evidence.operations = told.operations;
    place.caught_up().await.unwrap();
    let binary = Binary::new(env!("CARGO_BIN_EXE_linli-tested"));
    evidence.gather(&stores, &binary).await.unwrap();
    system.stop().await.unwrap();
    evidence
}

fn is_done(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Done { .. })
}

fn is_seen(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Seen { position, .. } if *position > 0)
}

/// The first answer of the kind.
fn outcome(evidence: &mut Evidence, is: impl Fn(&Outcome) -> bool) -> &mut Outcome {
    let mut returned = evidence.operations.iter_mut().flat_map(|one| &mut one.attempts);
    let found: Option<&mut Returned> = returned
        .find_map(|attempt| attempt.returned.as_mut().filter(|returned| is(&returned.outcome)));
    &mut found.unwrap().outcome
}

/// The first sale.
fn sold(evidence: &mut Evidence) -> &mut Operation {
    let is_sale = |one: &&mut Operation| one.key.contains("Sell") && one.done().is_some();
    evidence.operations.iter_mut().find(is_sale).unwrap()
}

fn record(evidence: &Evidence, position: u64) -> &LoggedRecord {
    evidence.records.iter().find(|record| record.position == position).unwrap()
}

/// The last record that moved points.
fn posted(evidence: &mut Evidence) -> &mut LoggedRecord {
    evidence.records.iter_mut().rfind(|record| !record.record.postings.is_empty()).unwrap()
}
