//! Mutual aid: between households, confirmed by both, under the pair's cap; and micro-wishes.

use crate::estates::estate;
use crate::world::*;
use linli_domain::aid::{Command, Help, Kind, Opening, Status};
use linli_domain::contribution::Claim;
use linli_domain::estate::ManagementForm;
use linli_domain::id::{AidId, EstateId, ResidentId};
use linli_domain::rules::{self, RuleVersion};
use linli_domain::time::Interval;
use linli_domain::{Event as Fact, Noun, Refusal, contribution};

fn aid(number: u128) -> AidId {
    AidId::from_number(number)
}

fn open(number: u128, kind: Kind, who: u128) -> Command {
    let help = Help::Errand;
    Command::Open(Opening {
        aid: aid(number),
        kind,
        resident: resident(who),
        help,
        grid: GRID,
        estate: None,
    })
}

fn take_part(number: u128, who: u128) -> Command {
    Command::Match { aid: aid(number), resident: resident(who) }
}

fn finish(number: u128, who: u128, from: i64, until: i64) -> Command {
    let happened = Interval::new(at(from), at(until)).unwrap();
    Command::Finish { aid: aid(number), resident: resident(who), happened }
}

fn confirm(number: u128, who: u128) -> Command {
    Command::Confirm { aid: aid(number), resident: resident(who) }
}

fn status(world: &World, number: u128) -> Status {
    world.state.aids().get(aid(number)).unwrap().status
}

/// The pair helps for so many hours, done and confirmed; gives what the helper has then.
fn help(world: &mut World, number: u128, kind: Kind, opener: u128, other: u128, hours: i64) {
    world.wish(open(number, kind, opener)).unwrap();
    world.wish(take_part(number, other)).unwrap();
    let from = world.now;
    world.now += hours * HOUR;
    world.wish(finish(number, opener, from, world.now)).unwrap();
    world.wish(confirm(number, other)).unwrap();
}

#[test]
fn help_counts_for_the_estate_that_the_ask_names() {
    let mut world = World::new();
    for (number, area) in [(1, GRID), (2, OTHER_GRID)] {
        world.wish(estate(number, area, ManagementForm::RedCommittee)).unwrap();
    }
    let of = |estate| match open(1, Kind::Ask, 5) {
        Command::Open(opening) => {
            Command::Open(Opening { estate: Some(EstateId::from_number(estate)), ..opening })
        }
        other => other,
    };
    assert_eq!(world.wish(of(2)), Err(Refusal::EstateElsewhere));
    assert_eq!(world.wish(of(3)), Err(Refusal::Unknown(Noun::Estate)));
    world.wish(of(1)).unwrap();
    world.wish(take_part(1, 3)).unwrap();
    let from = world.now;
    world.now += HOUR;
    world.wish(finish(1, 5, from, world.now)).unwrap();
    world.wish(confirm(1, 3)).unwrap();
    let found = world.state.contributions().get(aid(1).contribution()).unwrap();
    assert_eq!(found.claim.estate, Some(EstateId::from_number(1)));
}

#[test]
fn whoever_helped_is_awarded_under_the_cap_of_the_pair() {
    let mut world = World::new();
    help(&mut world, 1, Kind::Ask, 5, 3, 1);
    let helped = |world: &World, who: u128| world.available(resident(who));
    assert_eq!((helped(&world, 3), helped(&world, 5)), (points("1"), points("0")));
    let last = world.records.last().unwrap();
    let Fact::Contribution(contribution::Event::Awarded(award)) = &last.event else {
        panic!("{last:?}")
    };
    assert_eq!((award.contribution, award.resident), (aid(1).contribution(), resident(3)));
    // An offer is the other way round; the pair has two hours a month.
    help(&mut world, 2, Kind::Offer, 3, 5, 4);
    assert_eq!(helped(&world, 3), points("2"));
    assert_eq!(status(&world, 2), Status::Confirmed);
}

#[test]
fn a_wish_is_for_an_officer_to_verify_in_the_end() {
    let mut world = World::new();
    assert_eq!(world.wish(open(1, Kind::Wish, 5)), Err(Refusal::NotAssisted));
    help(&mut world, 1, Kind::Wish, 8, 3, 1);
    assert_eq!(world.available(resident(3)), points("0"));
    world.wish(verify(1, GRID_OFFICER)).unwrap();
    assert_eq!(world.available(resident(3)), points("5"));
}

#[test]
fn where_the_rules_say_so_nobody_claims_what_takes_both_words() {
    let mut world = World::new();
    let mut rules = rule_set();
    rules.version = RuleVersion(2);
    rules.effective_from = at(MORNING);
    rules.orders.as_mut().unwrap().aid.only = true;
    world.wish(rules::Command::Publish(Box::new(rules))).unwrap();
    let alone = |world: &World, number, act: &str| Claim {
        beneficiary: Some(resident(8)),
        ..claim(number, resident(3), act, world.now - HOUR, world.now)
    };
    // What ended before they were in force is claimed as it was.
    let before = alone(&world, 1, "AID");
    let before =
        Claim { happened: Interval::new(at(MORNING - HOUR), at(MORNING - 1)).unwrap(), ..before };
    world.wish(submit(before)).unwrap();
    world.now += 2 * HOUR;
    for (number, act) in [(2, "AID"), (3, "WISH")] {
        let found = world.wish(submit(alone(&world, number, act)));
        assert_eq!(found, Err(Refusal::OnlyByAid(code(act))));
    }
    help(&mut world, 4, Kind::Ask, 5, 3, 1);
    assert_eq!(world.available(resident(3)), points("1"));
}

#[test]
fn who_may_do_what() {
    let hour = |who| finish(1, who, MORNING - HOUR, MORNING);
    let ask = open(1, Kind::Ask, 5);
    let matched = [ask, take_part(1, 3)];
    let finished = [open(1, Kind::Ask, 5), take_part(1, 3), hour(3)];
    let back = |who: ResidentId| Command::StepBack { aid: aid(1), resident: who };
    let withdraw = |who: ResidentId| Command::Withdraw { aid: aid(1), resident: who };
    for (before, wish, expected) in [
        (&matched[..1], take_part(1, 6), Err(Refusal::OwnHousehold)),
        (&matched[..1], take_part(1, 5), Err(Refusal::OwnHousehold)),
        (&matched[..1], take_part(1, 8), Err(Refusal::NotVolunteer)),
        (&matched[..1], hour(5), Err(Refusal::AidAt { found: Status::Open })),
        (&matched[..1], take_part(2, 3), Err(Refusal::Unknown(Noun::Aid))),
        (&matched[..1], open(1, Kind::Ask, 3), Err(Refusal::AlreadyExists(Noun::Aid))),
        (&matched[..1], withdraw(resident(3)), Err(Refusal::NotParty)),
        (&matched[..1], withdraw(resident(5)), Ok(())),
        (&matched, take_part(1, 1), Err(Refusal::AidAt { found: Status::Matched })),
        (&matched, back(resident(5)), Err(Refusal::NotParty)),
        (&matched, back(resident(3)), Ok(())),
        (&matched, hour(1), Err(Refusal::NotParty)),
        (&matched, confirm(1, 5), Err(Refusal::AidAt { found: Status::Matched })),
        (
            &matched,
            finish(1, 3, MORNING, MORNING + HOUR),
            Err(Refusal::InFuture { ends_at: at(MORNING + HOUR), now: at(MORNING) }),
        ),
        (&finished, confirm(1, 3), Err(Refusal::OtherSideConfirms)),
        (&finished, confirm(1, 1), Err(Refusal::NotParty)),
        (&finished, withdraw(resident(5)), Err(Refusal::AidAt { found: Status::Finished })),
        (&finished, confirm(1, 5), Ok(())),
    ] {
        let mut world = World::new();
        before.iter().for_each(|wish| drop(world.wish(*wish).unwrap()));
        assert_eq!(world.wish(wish).map(|_| ()), expected, "{wish:?} after {before:?}");
    }
    assert_eq!(World::new().wish(open(1, Kind::Offer, 8)), Err(Refusal::NotVolunteer));
}

#[test]
fn nobody_helps_while_serving_elsewhere() {
    let mut world = World::new();
    world.wish(open(1, Kind::Ask, 5)).unwrap();
    world.wish(take_part(1, 3)).unwrap();
    world.wish(submit(claim(9, resident(3), "CLEAN", MORNING - HOUR, MORNING))).unwrap();
    let found = world.wish(finish(1, 5, MORNING - 2 * HOUR, MORNING - 30 * MINUTE));
    assert!(matches!(found, Err(Refusal::Overlaps { .. })), "{found:?}");
}

#[test]
fn what_nobody_confirms_lapses_after_two_weeks() {
    let mut world = World::new();
    world.wish(open(1, Kind::Ask, 5)).unwrap();
    world.wish(open(2, Kind::Ask, 5)).unwrap();
    world.wish(take_part(2, 3)).unwrap();
    world.now += 14 * DAY - MINUTE;
    world.let_due_happen();
    assert_eq!((status(&world, 1), status(&world, 2)), (Status::Open, Status::Matched));
    world.now += MINUTE;
    world.let_due_happen();
    assert_eq!((status(&world, 1), status(&world, 2)), (Status::Lapsed, Status::Lapsed));
    assert_eq!(world.wish(take_part(1, 3)), Err(Refusal::AidAt { found: Status::Lapsed }));
}
