//! Whoever brings a volunteer is rewarded by itself, once that one has served twice.

use crate::world::*;
use linli_domain::contribution::{Event as Happened, Signal, Status};
use linli_domain::id::ResidentId;
use linli_domain::resident::Command;
use linli_domain::rules::RulesPart;
use linli_domain::{Event, Noun, Origin, Record, Refusal};

const BROUGHT: u128 = 8;

fn refer(who: u128, by: u128) -> Command {
    Command::EnrolReferred { resident: resident(who), by: resident(by) }
}

/// Somebody enrols, brought by another or by nobody.
pub fn enrol(who: u128, by: Option<u128>) -> Command {
    by.map_or(Command::EnrolVolunteer(resident(who)), |by| refer(who, by))
}

/// Resident 3 has brought resident 8, who has served so often.
fn brought(times: u128) -> World {
    let mut world = World::new();
    world.wish(refer(BROUGHT, 3)).unwrap();
    for number in 101..101 + times {
        world.now += DAY;
        world.serve(number, resident(BROUGHT), "CLEAN");
    }
    world.let_due_happen();
    world
}

fn reward(world: &World) -> Option<Status> {
    let reward = resident(BROUGHT).referral();
    world.state.contributions().get(reward).map(|it| it.status)
}

fn last(world: &World) -> &Record {
    world.records.last().unwrap()
}

#[test]
fn the_second_service_rewards_who_brought_the_volunteer() {
    let world = brought(1);
    assert_eq!((reward(&world), world.available(resident(3))), (None, points("0")));
    let mut world = brought(2);
    assert_eq!(reward(&world), Some(Status::Awarded));
    assert_eq!(world.available(resident(3)), points("2"));
    assert_eq!(world.state.referrer(resident(BROUGHT)), Some(resident(3)));
    let [.., submitted, awarded] = world.records.as_slice() else { panic!() };
    let Event::Contribution(Happened::Submitted { claim, caused_by, .. }) = &submitted.event else {
        panic!("{submitted:?}")
    };
    assert_eq!((submitted.origin.clone(), *caused_by), (Origin::Deadline, Some(contribution(102))));
    assert_eq!((claim.resident, claim.act.clone()), (resident(3), code("REFER")));
    let Event::Contribution(Happened::Awarded(award)) = &awarded.event else { panic!() };
    assert_eq!(
        (award.contribution, award.merit),
        (claim.contribution, linli_domain::quantity::Merit::ZERO)
    );
    // Once, however often that one serves.
    let position = world.state.position();
    world.now += DAY;
    world.serve(103, resident(BROUGHT), "CLEAN");
    world.let_due_happen();
    assert_eq!(world.state.position().0, position.0 + 3, "submitted, verified, awarded");
}

#[test]
fn it_falls_with_the_services_that_it_follows_from() {
    let mut world = brought(2);
    world.wish(reverse(102, STREET_OFFICER)).unwrap();
    world.let_due_happen();
    assert_eq!(
        (reward(&world), world.available(resident(3))),
        (Some(Status::Reversed), points("0"))
    );
    let Event::Contribution(Happened::Reversed(fell)) = &last(&world).event else { panic!() };
    let word = (fell.word.contribution, fell.word.officer);
    assert_eq!(word, (resident(BROUGHT).referral(), STREET_OFFICER));
    // Another service doesn't bring it back: there is one a volunteer.
    world.now += DAY;
    world.serve(103, resident(BROUGHT), "CLEAN");
    world.let_due_happen();
    assert_eq!(reward(&world), Some(Status::Reversed));
    // Where enough are left it stays.
    let mut world = brought(3);
    world.wish(reverse(102, STREET_OFFICER)).unwrap();
    world.let_due_happen();
    assert_eq!(reward(&world), Some(Status::Awarded));
    world.wish(reverse(103, STREET_OFFICER)).unwrap();
    world.let_due_happen();
    assert_eq!(reward(&world), Some(Status::Reversed));
}

#[test]
fn what_an_officer_takes_back_stays_taken_back() {
    let mut world = brought(2);
    let reward_number = resident(BROUGHT).referral().number();
    world.wish(reverse(reward_number, STREET_OFFICER)).unwrap();
    world.wish(reverse(102, STREET_OFFICER)).unwrap();
    world.let_due_happen();
    assert_eq!(reward(&world), Some(Status::Reversed));
    let reversed = |record: &&Record| {
        matches!(&record.event, Event::Contribution(Happened::Reversed(it))
            if it.word.contribution.number() == reward_number)
    };
    assert_eq!(world.records.iter().filter(reversed).count(), 1);
}

#[test]
fn what_was_entered_afterwards_counts_for_nobody() {
    let mut world = brought(1);
    world.now += DAY;
    let mut late = claim(102, resident(BROUGHT), "CLEAN", world.now - HOUR, world.now);
    late.signals = [Signal::AdministratorEntry].into_iter().collect();
    world.wish(submit(late)).unwrap();
    world.wish(verify(102, GRID_OFFICER)).unwrap();
    world.let_due_happen();
    assert_eq!(reward(&world), None);
}

#[test]
fn an_erased_referrer_gets_nothing() {
    let mut world = brought(1);
    let erasure = linli_domain::resident::Erasure {
        resident: resident(3),
        reason: linli_domain::resident::ErasureReason::OwnRequest,
    };
    world.wish(linli_domain::officer::Command::Retire(SECOND_GRID_OFFICER)).unwrap();
    world.wish(Command::Erase(erasure)).unwrap();
    world.now += DAY;
    world.serve(102, resident(BROUGHT), "CLEAN");
    world.let_due_happen();
    assert_eq!(reward(&world), None);
}

#[test]
fn who_refers_whom() {
    let taken = |who: ResidentId| {
        let mut world = World::new();
        world.serve(who.number(), resident(5), "CLEAN");
        world
    };
    for (mut world, wish, expected) in [
        (World::new(), refer(BROUGHT, 3), Ok(())),
        (World::new(), refer(5, 3), Err(Refusal::AlreadyVolunteer)),
        (World::new(), refer(BROUGHT, 7), Err(Refusal::OwnHousehold)),
        (World::new(), refer(BROUGHT, BROUGHT), Err(Refusal::OwnHousehold)),
        (World::new(), refer(BROUGHT, 99), Err(Refusal::Unknown(Noun::Resident))),
        (
            taken(resident(BROUGHT)),
            refer(BROUGHT, 3),
            Err(Refusal::AlreadyExists(Noun::Contribution)),
        ),
    ] {
        assert_eq!(world.wish(wish).map(|_| ()), expected, "{wish:?}");
    }
    // Nobody claims it, under whatever signals, and nothing else takes its number.
    let mut world = brought(0);
    let mut own = claim(101, resident(3), "REFER", world.now - HOUR, world.now);
    let found = world.wish(submit(own.clone()));
    assert_eq!(found, Err(Refusal::OnlyByReferral(code("REFER"))));
    own.act = code("CLEAN");
    own.signals = [Signal::ReferredServed].into_iter().collect();
    assert_eq!(world.wish(submit(own.clone())), Err(Refusal::SignalReserved));
    let taken = claim(BROUGHT, resident(3), "CLEAN", world.now - HOUR, world.now);
    assert_eq!(world.wish(submit(taken)), Err(Refusal::AlreadyExists(Noun::Contribution)));
}

#[test]
fn rules_for_referrals_make_sense() {
    let flaw = |change: fn(&mut linli_domain::rules::RuleSet)| {
        let mut rules = rule_set();
        change(&mut rules);
        rules.check().err().map(|flaw| flaw.part)
    };
    let wrong = Some(RulesPart::Referral);
    assert_eq!(flaw(|_| ()), None);
    assert_eq!(flaw(|rules| rules.acts[0].referral = Some(2)), wrong, "two of them");
    for services in [0, 13] {
        let mut rules = rule_set();
        rules.acts.iter_mut().filter(|act| act.referral.is_some()).for_each(|act| {
            act.referral = Some(services);
        });
        assert_eq!(rules.check().err().map(|flaw| flaw.part), wrong);
    }
    assert_eq!(flaw(|rules| rules.signals.retain(|it| it.any.is_empty())), wrong, "no grade");
}
