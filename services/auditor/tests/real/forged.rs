//! Forgeries by one who holds the pen: every hash and sum is right, and the audit names the record
//! and the rule.

use linli_auditor::{Kind, Report, Rule};
use linli_domain::contribution::{self, Verification};
use linli_domain::quantity::Points;
use linli_domain::redemption::{self, Command};
use linli_domain::rules::{self, Amount, RuleSet, RuleVersion};
use linli_domain::{BodyHash, ClientId, Event, IdempotencyKey, Law, Origin, Record};

use super::history::{forge, forge_as, history};
use super::store::{Store, frames};
use super::world::{
    DAY, GRID_OFFICER, HAIRCUT, HEAD, HOUR, RICE, STATION, World, at, basket, claim,
    contribution as contribution_id, points, resident, rule_set, submit, verify,
};

#[track_caller]
fn check(report: &Report, kind: Kind, position: u64) {
    let named =
        |finding: &&linli_auditor::Finding| finding.kind == kind && finding.place.covers(position);
    assert!(
        report.all_findings().any(|finding| named(&finding)),
        "{kind:?} at {position}\n{report}"
    );
    assert!(!report.ok);
    assert_eq!(report.exit_code(), 1);
}

/// Audits a history that goes on by itself for a while after the forgery.
async fn audit(mut world: World) -> Report {
    world.now += DAY;
    world.wish(submit(claim(900, resident(6), "CLEAN", world.now - HOUR, world.now))).unwrap();
    Store::holding(&world.records).await.audit().await
}

fn last(records: &[Record]) -> u64 {
    records.last().unwrap().position.0
}

/// What verifying leads to, changed.
fn forge_award(
    world: &mut World,
    number: u128,
    change: impl Fn(&mut linli_domain::award::Award),
) -> u64 {
    let decision = world.state.decide(&verify(number, GRID_OFFICER).into(), at(world.now)).unwrap();
    let events = decision.into_iter().map(|event| match event {
        Event::Contribution(contribution::Event::Awarded(mut award)) => {
            change(&mut award);
            Event::Contribution(contribution::Event::Awarded(award))
        }
        other => other,
    });
    let events = events.collect();
    last(&forge(world, events))
}

fn waiting() -> World {
    let mut world = history();
    world.wish(submit(claim(300, resident(3), "CLEAN", world.now - HOUR, world.now))).unwrap();
    world
}

#[tokio::test]
async fn double_points() {
    let mut world = waiting();
    let position = forge_award(&mut world, 300, |award| {
        let issue = award.issue.as_mut().unwrap();
        issue.points = issue.points.times(2).unwrap();
    });
    let report = audit(world).await;
    check(&report, Kind::Law(Law::Rules), position);
    // The sums are all right: only the rules tell.
    assert_eq!(report.violations, 1, "{report}");
    assert!(report.complete);
}

/// What a copy of the rules with one thing changed makes of an hour's service, with the word for it: the
/// number of the contribution, and the points that the true rules would have given.
fn by_a_copy(world: &mut World, number: u128, change: impl FnOnce(&mut RuleSet)) -> (u64, Points) {
    let mut copy = world.clone();
    let effective_from = at(copy.now);
    let mut rules = RuleSet { version: RuleVersion(2), effective_from, ..rule_set() };
    change(&mut rules);
    copy.wish(rules::Command::Publish(Box::new(rules))).unwrap();
    let from = world.now + HOUR;
    for world in [&mut *world, &mut copy] {
        world.now = from + HOUR;
        world.wish(submit(claim(number, resident(3), "CLEAN", from, from + HOUR))).unwrap();
    }
    let decide = |world: &World| -> Vec<Event> {
        let word = verify(number, GRID_OFFICER).into();
        world.state.decide(&word, at(world.now)).unwrap().into_iter().collect()
    };
    let given = |events: &[Event]| {
        let awards = events.iter().filter_map(|event| match event {
            Event::Contribution(contribution::Event::Awarded(award)) => Some(award.points()),
            _ => None,
        });
        awards.collect::<Vec<_>>().pop().unwrap()
    };
    let (theirs, ours) = (decide(&copy), decide(world));
    assert!(given(&theirs) > given(&ours), "the copy gives more");
    let events = theirs.into_iter().map(|event| match event {
        Event::Contribution(contribution::Event::Awarded(mut award)) => {
            award.rules = RuleVersion(1);
            Event::Contribution(contribution::Event::Awarded(award))
        }
        other => other,
    });
    let events = events.collect();
    (last(&forge(world, events)), given(&ours))
}

#[tokio::test]
async fn a_wrong_cap() {
    let mut world = history();
    // Up to where a cap of the rules leaves nothing.
    world.now += DAY;
    for number in 310..313 {
        world.serve(number, resident(3), "CLEAN");
    }
    let (position, due) = by_a_copy(&mut world, 320, |rules| {
        rules.month_cap = None;
        for act in &mut rules.acts {
            act.caps.clear();
        }
    });
    assert_eq!(due, Points::ZERO, "capped");
    let report = audit(world).await;
    check(&report, Kind::Law(Law::Rules), position);
    // It names what the rules of the time come to, with the cap.
    let told = report.all_findings().find(|finding| finding.place.covers(position)).unwrap();
    assert!(told.what.to_lowercase().contains("cap"), "{}", told.what);
}

#[tokio::test]
async fn a_wrong_rate() {
    let mut world = history();
    world.now += DAY;
    let (position, _) = by_a_copy(&mut world, 320, |rules| {
        for act in &mut rules.acts {
            act.base = Amount::Fixed(points("9"));
        }
    });
    check(&audit(world).await, Kind::Law(Law::Rules), position);
}

#[tokio::test]
async fn a_double_award() {
    let mut world = waiting();
    let awarded = world.wish(verify(300, GRID_OFFICER)).unwrap().pop().unwrap();
    // Once more, with balances as they would be; the state can't be made to follow, so the bytes are.
    let mut again = awarded.clone();
    again.position = again.position.next();
    for posting in &mut again.postings {
        posting.balance = posting.balance.plus(posting.amount).unwrap();
        posting.version += 1;
    }
    let key = IdempotencyKey::new("again").unwrap();
    again.origin = Origin::Command { client: ClientId(7), key, body_hash: Some(BodyHash([7; 32])) };
    world.records.push(again);
    let report = Store::holding(&world.records).await.audit().await;
    let position = u64::try_from(world.records.len()).unwrap();
    check(&report, Kind::Books(Rule::AwardOnce), position);
    check(&report, Kind::Law(Law::Rules), position);
}

#[tokio::test]
async fn more_merit() {
    let mut world = waiting();
    let position = forge_award(&mut world, 300, |award| {
        award.merit = award.merit.times(3).unwrap();
    });
    check(&audit(world).await, Kind::Law(Law::Rules), position);
}

#[tokio::test]
async fn a_verifier_of_the_same_household() {
    // Resident 1, the building's head, lives with resident 2.
    let mut world = history();
    world.wish(submit(claim(301, resident(2), "LEARN", world.now - HOUR, world.now))).unwrap();
    let (contribution, officer) = (contribution_id(301), HEAD);
    let word = Verification { contribution, officer, assessed: None, difficulty: None };
    let refused = world.wish(contribution::Command::Verify(word));
    assert!(refused.is_err());
    let records = forge(&mut world, vec![contribution::Event::Verified(word).into()]);
    let report = audit(world).await;
    check(&report, Kind::Law(Law::Rules), last(&records));
    assert!(report.findings[0].what.contains("should have been refused"), "{report}");
}

#[tokio::test]
async fn an_own_price() {
    let mut world = history();
    // Something to pay with.
    for number in 302..305 {
        world.serve(number, resident(1), "CLEAN");
    }
    let wish = Command::Sell(basket(30, resident(1), STATION, &[(HAIRCUT, 1)]));
    let decision = world.state.decide(&wish.into(), at(world.now));
    let Ok(decision) = decision else { panic!("{decision:?}") };
    let events = decision.into_iter().map(|event| match event {
        Event::Redemption(redemption::Event::Sold(mut slip)) => {
            let cheap = points("0.5");
            slip.lines[0].price = cheap;
            slip.total = cheap;
            slip.lots.truncate(1);
            slip.lots[0].points = cheap;
            redemption::Event::Sold(slip).into()
        }
        other => other,
    });
    let events = events.collect();
    let position = last(&forge(&mut world, events));
    let report = audit(world).await;
    check(&report, Kind::Law(Law::Rules), position);
    assert_eq!(report.violations, 1, "{report}");
}

#[tokio::test]
async fn a_deadline_that_was_passed_over() {
    let mut world = history();
    world.wish(Command::Reserve(basket(31, resident(4), STATION, &[]))).unwrap_err();
    world.serve(304, resident(3), "CLEAN");
    world.serve(305, resident(3), "CLEAN");
    world.serve(306, resident(3), "CLEAN");
    world.wish(Command::Reserve(basket(31, resident(3), STATION, &[(HAIRCUT, 1)]))).unwrap();
    // The hold lasts half an hour; an hour later nothing has been given back.
    world.now += HOUR;
    let command = linli_domain::resident::Command::LeaveRanking(resident(3));
    let events = world.state.decide(&command.into(), at(world.now)).unwrap().into_iter().collect();
    let key = IdempotencyKey::new("later").unwrap();
    let origin = Origin::Command { client: ClientId(7), key, body_hash: Some(BodyHash([7; 32])) };
    let records = forge_as(&mut world, events, origin);
    check(&audit(world).await, Kind::Law(Law::Deadline), last(&records));
}

#[tokio::test]
async fn something_that_came_by_itself_too_early() {
    let mut world = waiting();
    let command = verify(300, GRID_OFFICER).into();
    let events = world.state.decide(&command, at(world.now)).unwrap().into_iter().collect();
    let records = forge_as(&mut world, events, Origin::Deadline);
    check(&audit(world).await, Kind::Law(Law::Deadline), last(&records));
}

#[tokio::test]
async fn a_key_used_twice() {
    let mut world = waiting();
    let Origin::Command { client, key, body_hash } = world.records[5].origin.clone() else {
        panic!()
    };
    let command = verify(300, GRID_OFFICER).into();
    let events = world.state.decide(&command, at(world.now)).unwrap().into_iter().collect();
    let records = forge_as(&mut world, events, Origin::Command { client, key, body_hash });
    let store = Store::empty().await;
    let mut frames = frames(&world.records);
    frames.last_mut().unwrap().1.clear();
    store.append(frames).await;
    check(&store.audit().await, Kind::KeyOnce, last(&records));
}

/// Records changed as bytes, and everything after them sealed anew: a forger of the whole tail.
async fn audit_changed(at: usize, change: impl Fn(&mut [Record])) -> (Report, u64) {
    let world = history();
    let mut records = world.records;
    change(&mut records[at..]);
    let position = records[at].position.0;
    // The forger's index of keys says what suits the forger.
    let frames = frames(&records).into_iter().map(|(frame, _)| (frame, Vec::new()));
    (Store::of(frames.collect()).await.audit().await, position)
}

#[tokio::test]
async fn two_records_that_changed_places() {
    let submitted = |record: &Record| {
        matches!(record.event, Event::Contribution(contribution::Event::Submitted { .. }))
    };
    let at = history().records.iter().position(submitted).unwrap();
    let (report, position) = audit_changed(at, |records| {
        // Each keeps its place and time; only what they say changes places.
        let (one, two) = (records[0].clone(), records[1].clone());
        (records[0].event, records[0].origin) = (two.event, two.origin);
        (records[1].event, records[1].origin) = (one.event, one.origin);
    })
    .await;
    check(&report, Kind::Law(Law::Rules), position);
    assert!(!report.complete);
}

#[tokio::test]
async fn a_balance_that_was_polished() {
    let posted = |record: &Record| record.postings.len() == 2;
    let at = history().records.iter().position(posted).unwrap();
    let (report, position) = audit_changed(at, |records| {
        let posting = &mut records[0].postings[1];
        posting.balance = posting.balance.plus(Points::from_hundredths(1)).unwrap();
    })
    .await;
    check(&report, Kind::Books(Rule::RunningBalance), position);
    check(&report, Kind::Law(Law::Postings), position);
}

#[tokio::test]
async fn points_from_nowhere() {
    let posted = |record: &Record| record.postings.len() == 2;
    let at = history().records.iter().rposition(posted).unwrap();
    let (report, position) = audit_changed(at, |records| {
        records[0].postings.remove(0);
    })
    .await;
    check(&report, Kind::Books(Rule::RecordSum), position);
    check(&report, Kind::Books(Rule::TotalSum), position);
    check(&report, Kind::Law(Law::Postings), position);
}

#[tokio::test]
async fn the_last_bag_sold_twice() {
    let mut world = history();
    for (number, person) in (400..).zip([1, 1, 1, 1, 1, 2, 2, 2, 2, 2]) {
        world.serve(number, resident(person), "CLEAN");
        world.now += DAY;
    }
    let first = world.wish(Command::Sell(basket(40, resident(1), STATION, &[(RICE, 1)]))).unwrap();
    assert_eq!(world.state.shelf(STATION, RICE).free(), 0);
    // The same slip for somebody else; the state can't be made to follow, so the bytes are.
    let mut again = first[0].clone();
    again.position = again.position.next();
    let Event::Redemption(redemption::Event::Sold(slip)) = &mut again.event else { panic!() };
    slip.redemption = linli_domain::id::RedemptionId::from_number(41);
    let key = IdempotencyKey::new("again").unwrap();
    again.origin = Origin::Command { client: ClientId(7), key, body_hash: Some(BodyHash([7; 32])) };
    world.records.push(again);
    let report = Store::holding(&world.records).await.audit().await;
    let position = u64::try_from(world.records.len()).unwrap();
    check(&report, Kind::Books(Rule::StockCount), position);
    check(&report, Kind::Law(Law::Rules), position);
}
