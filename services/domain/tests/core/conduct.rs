//! Conduct checks: each catches its planted story, and leaves an honest busy volunteer alone.

use crate::activities::{check_in, plan, publish, sign_up};
use crate::notice::{check_from, noticed_rules};
use crate::world::*;
use linli_domain::aid::{Command as Aid, Help, Kind, Opening};
use linli_domain::area::Level;
use linli_domain::conduct::{Command, Event, Review, Sign, Verdict};
use linli_domain::contribution::{
    self, Attaching, Attachment, AttachmentKind, Claim, RejectReason, Status,
};
use linli_domain::id::{AidId, OfficerId};
use linli_domain::officer::{Appointment, Duty};
use linli_domain::quantity::Minutes;
use linli_domain::rules::{
    self, ConductRules, Frequency, LateTerms, RuleSet, RuleVersion, StaffHours, TravelTerms,
};
use linli_domain::time::Interval;
use linli_domain::{Event as Any, Record, Refusal, officer};

/// Half a kilometre from grid to grid at a hundred metres a minute, two late entries within two days,
/// a pair three times and a ring twice in thirty days, paid hours from nine to half past five.
pub fn conduct_rules() -> ConductRules {
    ConductRules {
        reviewer: Level::Community,
        travel: Some(TravelTerms { grid_metres: 500, metres_per_minute: 100 }),
        late: Some(LateTerms { hours: 24, entries: 2, within_hours: 48 }),
        pair: Some(Frequency { times: 3, days: 30 }),
        ring: Some(Frequency { times: 2, days: 30 }),
        staff_hours: Some(StaffHours {
            from: Minutes::new(9 * 60),
            until: Minutes::new(17 * 60 + 30),
        }),
        forgotten: true,
    }
}

/// A noticed world with checks.
pub fn checked_world() -> World {
    let mut world = World::new();
    check_from(&mut world, MORNING - DAY);
    world
}

/// Files, by the first byte of their hashes, for a contribution that waits.
pub fn attach(number: u128, who: u128, files: &[u8]) -> contribution::Command {
    let file = |file: &u8| Attachment::of(AttachmentKind::Photo, [*file; 32]);
    let (contribution, resident) = (contribution(number), resident(who));
    let files = files.iter().map(file).collect();
    contribution::Command::Attach(Attaching { contribution, resident, files })
}

pub fn review(number: u128, officer: OfficerId, verdict: Verdict) -> Command {
    Command::Review(Review { contribution: contribution(number), officer, verdict })
}

/// Submits a claim and says what it was held for.
fn held(world: &mut World, claim: Claim) -> Vec<Sign> {
    let records = world.wish(submit(claim)).unwrap();
    signs(&records)
}

fn signs(records: &[Record]) -> Vec<Sign> {
    let sign = |record: &Record| match &record.event {
        Any::Conduct(Event::Held(it)) => it.signs.clone(),
        _ => Vec::new(),
    };
    records.iter().flat_map(sign).collect()
}

fn status(world: &World, number: u128) -> Status {
    world.state.contributions().get(contribution(number)).unwrap().status
}

/// A claim of so many minutes that begins so many minutes after the morning.
fn from(number: u128, who: u128, begins: i64, minutes: i64) -> Claim {
    let start = MORNING + begins * MINUTE;
    claim(number, resident(who), "CLEAN", start, start + minutes * MINUTE)
}

fn for_whom(claim: Claim, beneficiary: u128) -> Claim {
    Claim { act: code("AID"), beneficiary: Some(resident(beneficiary)), ..claim }
}

fn with_photo(claim: Claim, photo: u8) -> Claim {
    let file = Attachment::of(AttachmentKind::Photo, [photo; 32]);
    Claim { attachments: vec![file], ..claim }
}

#[test]
fn whoever_is_served_elsewhere_served_is_held() {
    let mut world = checked_world();
    world.now = MORNING + 10 * HOUR;
    assert_eq!(held(&mut world, from(1, 5, 0, 60)), []);
    let serving = for_whom(from(2, 7, 30, 60), 5);
    assert_eq!(held(&mut world, serving), [Sign::ServedElsewhere { other: contribution(1) }]);
    // Afterwards there is time for it.
    assert_eq!(held(&mut world, for_whom(from(3, 7, 120, 30), 5)), []);
}

#[test]
fn nobody_is_faster_from_grid_to_grid_than_the_rules_think() {
    let mut world = checked_world();
    world.now = MORNING + 10 * HOUR;
    assert_eq!(held(&mut world, from(1, 5, 0, 60)), []);
    let there = |number, begins| Claim { grid: OTHER_GRID, ..from(number, 5, begins, 30) };
    let travel =
        Sign::Travel { other: contribution(1), minutes: 4, metres: 500, metres_per_minute: 100 };
    assert_eq!(held(&mut world, there(2, 64)), [travel]);
    // Five minutes are enough; and in one grid nobody has far to go.
    assert_eq!(held(&mut world, from(3, 7, 0, 60)), []);
    let other = Claim { grid: OTHER_GRID, ..from(4, 7, 65, 30) };
    assert_eq!(held(&mut world, other), []);
    assert_eq!(held(&mut world, Claim { grid: OTHER_GRID, ..from(5, 7, 95, 30) }), []);
}

#[test]
fn a_burst_of_late_entries_is_held_from_the_third_on() {
    let mut world = checked_world();
    world.now = MORNING + 2 * DAY;
    for number in 1..=2_u128 {
        let begins = i64::try_from(number).unwrap() * 120;
        assert_eq!(held(&mut world, from(number, 5, begins, 60)), []);
    }
    let burst = Sign::LateEntries { entries: 3, within_hours: 48, late_hours: 24 };
    assert_eq!(held(&mut world, from(3, 5, 0, 60)), [burst]);
    // Somebody else's, and what is entered on the day, are not part of it; nor is it for ever.
    assert_eq!(held(&mut world, from(4, 7, 0, 60)), []);
    assert_eq!(held(&mut world, from(5, 5, 2 * 24 * 60 - 60, 60)), []);
    world.now += 3 * DAY;
    assert_eq!(held(&mut world, from(6, 5, 24 * 60, 60)), []);
}

#[test]
fn a_photograph_shows_one_moment() {
    let mut world = checked_world();
    world.now = MORNING + 10 * HOUR;
    assert_eq!(held(&mut world, with_photo(from(1, 5, 0, 60), 1)), []);
    // Who served together attaches the same.
    assert_eq!(held(&mut world, with_photo(from(2, 7, 0, 60), 1)), []);
    let used = Sign::EvidenceUsed { other: contribution(1) };
    for (number, who) in [(3, 5), (4, 7)] {
        let found = held(&mut world, with_photo(from(number, who, 120, 60), 1));
        assert_eq!(found.first(), Some(&used));
    }
    assert_eq!(held(&mut world, with_photo(from(5, 7, 240, 60), 2)), []);
}

#[test]
fn one_pair_may_meet_often_and_not_always() {
    let mut world = checked_world();
    world.now = MORNING + 10 * HOUR;
    let visit = |number: u128, whom| {
        for_whom(from(number, 5, i64::try_from(number).unwrap() * 60, 30), whom)
    };
    for number in 1..=3 {
        assert_eq!(held(&mut world, visit(number, 7)), []);
    }
    let pair = Sign::Pair { with: resident(7), times: 4, days: 30 };
    assert_eq!(held(&mut world, visit(4, 7)), [pair]);
    assert_eq!(held(&mut world, visit(5, 8)), []);
}

/// Neighbours who help each other, confirmed by both.
fn help(world: &mut World, number: u128, opener: u128, helper: u128) -> Vec<Record> {
    let aid = AidId::from_number(number);
    let opening = Opening {
        aid,
        kind: Kind::Ask,
        resident: resident(opener),
        help: Help::Errand,
        grid: GRID,
        estate: None,
    };
    world.wish(Aid::Open(opening)).unwrap();
    world.wish(Aid::Match { aid, resident: resident(helper) }).unwrap();
    let happened = Interval::new(at(world.now), at(world.now + HOUR)).unwrap();
    world.now += 2 * HOUR;
    world.wish(Aid::Finish { aid, resident: resident(helper), happened }).unwrap();
    world.wish(Aid::Confirm { aid, resident: resident(opener) }).unwrap()
}

/// Story 2: two neighbours confirm each other daily.
#[test]
fn two_who_confirm_each_other_are_held_and_somebody_looks() {
    let mut world = checked_world();
    for number in 1..=3 {
        let (one, other) = if number % 2 == 1 { (5, 7) } else { (7, 5) };
        assert_eq!(signs(&help(&mut world, number, one, other)), []);
        world.now += 22 * HOUR;
    }
    let ring = Sign::Ring { through: vec![resident(7)], times: 2, days: 30 };
    let records = help(&mut world, 4, 7, 5);
    assert_eq!(signs(&records), [ring]);
    assert_eq!(status(&world, 4), Status::Held);
    assert_eq!(world.available(resident(5)), points("1"), "of the second, and no more");
    // Nothing else is done with it before somebody has looked.
    assert_eq!(world.wish(verify(4, GRID_OFFICER)), Err(Refusal::OnHold));
    assert_eq!(world.wish(reverse(4, STREET_OFFICER)), Err(Refusal::OnHold));
    let low = Refusal::LevelTooLow { needed: Level::Community, found: Level::Grid };
    assert_eq!(world.wish(review(4, GRID_OFFICER, Verdict::Release)), Err(low));
    let mut released = world.clone();
    released.wish(review(4, COMMUNITY_OFFICER, Verdict::Release)).unwrap();
    assert_eq!(status(&released, 4), Status::Awarded, "both had confirmed it");
    assert_eq!(released.available(resident(5)), points("2"));
    let reject = Verdict::Reject(RejectReason::NotEligible);
    world.wish(review(4, COMMUNITY_OFFICER, reject)).unwrap();
    assert_eq!(status(&world, 4), Status::Rejected);
    assert_eq!(world.wish(review(4, STREET_OFFICER, reject)), Err(Refusal::NotHeld));
    assert!(world.wish(crate::notice::appeal(4, 5)).is_ok(), "not the last word");
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn three_in_a_ring_are_held() {
    let mut world = checked_world();
    let mut number = 0;
    for _ in 0..2 {
        for (helper, helped) in [(1, 3), (3, 5)] {
            number += 1;
            assert_eq!(signs(&help(&mut world, number, helped, helper)), []);
        }
    }
    assert_eq!(signs(&help(&mut world, 5, 1, 5)), []);
    let ring = Sign::Ring { through: vec![resident(1), resident(3)], times: 2, days: 30 };
    assert_eq!(signs(&help(&mut world, 6, 1, 5)), [ring]);
}

#[test]
fn job_time_is_not_volunteer_time() {
    let mut world = checked_world();
    let officer = OfficerId::from_number(50);
    let (duty, area) = (Duty::CommunityOfficer, COMMUNITY);
    let appointment = Appointment { officer, duty, area, resident: Some(resident(5)) };
    world.wish(officer::Command::Appoint(appointment)).unwrap();
    world.now = MORNING + 4 * DAY + 14 * HOUR;
    // Friday at noon, Friday evening, Saturday at noon; a part-time officer on Friday.
    let friday = 4 * 24 * 60;
    let staff = Sign::StaffHours { officer };
    assert_eq!(held(&mut world, from(1, 5, friday + 3 * 60, 60)), [staff]);
    assert_eq!(held(&mut world, from(2, 5, friday + 9 * 60, 60)), []);
    assert_eq!(held(&mut world, from(3, 7, friday + 3 * 60, 60)), []);
    assert_eq!(held(&mut world, from(4, 3, friday + 3 * 60, 60)), []);
    world.wish(officer::Command::Retire(officer)).unwrap();
    assert_eq!(held(&mut world, from(5, 5, friday + 6 * 60, 60)), []);
}

/// Somebody who serves three times a day for a week, in both grids, with photographs of the team,
/// for a neighbour now and then, and helped once in return.
#[test]
fn an_honest_busy_volunteer_is_left_alone() {
    let mut world = checked_world();
    let mut number = 0;
    for day in 0..7 {
        world.now = MORNING + day * DAY + 11 * HOUR;
        let today = day * 24 * 60;
        let team = u8::try_from(100 + day).unwrap();
        for (who, begins, grid) in
            [(5, 0, GRID), (7, 0, GRID), (5, 120, OTHER_GRID), (5, 300, GRID)]
        {
            number += 1;
            let mut claim = Claim { grid, ..from(number, who, today + begins, 60) };
            if begins == 0 {
                claim = with_photo(claim, team);
            }
            if begins == 300 && day % 3 == 0 {
                claim = for_whom(claim, 1);
            }
            assert_eq!(held(&mut world, claim), [], "day {day} at {begins}");
        }
    }
    let helped = for_whom(from(90, 1, 6 * 24 * 60 + 480, 30), 5);
    assert_eq!(held(&mut world, helped), []);
}

#[test]
fn what_is_released_goes_on_where_it_was_stopped() {
    let mut world = checked_world();
    world.now = MORNING + 10 * HOUR;
    held(&mut world, with_photo(from(1, 5, 0, 60), 1));
    assert_eq!(held(&mut world, with_photo(from(2, 5, 120, 60), 1)).len(), 1);
    assert_eq!(world.wish(review(1, COMMUNITY_OFFICER, Verdict::Release)), Err(Refusal::NotHeld));
    world.wish(review(2, COMMUNITY_OFFICER, Verdict::Release)).unwrap();
    assert_eq!(status(&world, 2), Status::Pending);
    world.wish(verify(2, GRID_OFFICER)).unwrap();
    assert_eq!(status(&world, 2), Status::Awarded);
}

#[test]
fn evidence_comes_after_the_claim_and_is_looked_at_as_any() {
    let mut world = checked_world();
    world.now = MORNING + 10 * HOUR;
    held(&mut world, from(1, 5, 0, 60));
    held(&mut world, with_photo(from(2, 5, 120, 60), 9));
    let grade = world.state.contributions().get(contribution(1)).unwrap().grade;
    for (wish, refusal) in [
        (attach(1, 7, &[1]), Refusal::NotClaimant),
        (attach(1, 5, &[]), Refusal::EvidenceNeeded),
        (attach(1, 5, &[1, 1]), Refusal::AttachedAlready),
        (attach(2, 5, &[9]), Refusal::AttachedAlready),
        (attach(2, 5, &(20..36).collect::<Vec<_>>()), Refusal::TooManyAttachments { most: 16 }),
    ] {
        assert_eq!(world.wish(wish.clone()), Err(refusal), "{wish:?}");
    }
    assert_eq!(signs(&world.wish(attach(1, 5, &[1, 2])).unwrap()), []);
    assert_eq!(world.wish(attach(1, 5, &[2])), Err(Refusal::AttachedAlready));
    let found = world.state.contributions().get(contribution(1)).unwrap();
    assert_eq!((found.claim.attachments.len(), found.grade), (2, grade), "the grade stays");

    // A file of another claim has it held; so has one that came later, wherever it is sent next.
    let used = |other| vec![Sign::EvidenceUsed { other: contribution(other) }];
    assert_eq!(signs(&world.wish(attach(2, 5, &[2])).unwrap()), used(1));
    assert_eq!(status(&world, 2), Status::Held);
    assert_eq!(world.wish(attach(2, 5, &[3])), Err(Refusal::OnHold));
    assert_eq!(held(&mut world, with_photo(from(3, 5, 240, 60), 1)).first(), used(1).first());
    // What was released may be held again.
    world.wish(review(2, COMMUNITY_OFFICER, Verdict::Release)).unwrap();
    assert_eq!(signs(&world.wish(attach(2, 5, &[1])).unwrap()), used(1));
    world.wish(review(2, COMMUNITY_OFFICER, Verdict::Release)).unwrap();
    world.wish(verify(2, GRID_OFFICER)).unwrap();
    assert_eq!(world.wish(attach(2, 5, &[4])), Err(Refusal::AlreadyAwarded));
}

#[test]
fn rules_without_checks_hold_nothing() {
    let mut world = World::new();
    world.now = MORNING + 10 * HOUR;
    for number in 1..=3 {
        let begins = i64::try_from(number).unwrap() * 120;
        assert_eq!(held(&mut world, with_photo(from(number, 5, begins, 60), 1)), []);
    }
}

/// An hour and a half of a class, to which somebody comes and from which nobody checks out. What became
/// of it, and for what it was held.
fn forgotten(world: &mut World, who: u128) -> (Status, Vec<Sign>) {
    world.wish(publish(plan(world, 1, 60))).unwrap();
    world.wish(sign_up(1, 1, who)).unwrap();
    world.now += 50 * MINUTE;
    check_in(world, 1).unwrap();
    world.now += 3 * HOUR;
    let before = world.records.len();
    world.let_due_happen();
    assert_eq!(world.state.check_laws(), Ok(()));
    (status(world, 1), signs(&world.records[before..]))
}

#[test]
fn a_forgotten_check_out_in_paid_hours_is_held_and_a_volunteers_is_not() {
    let mut world = checked_world();
    let (officer, duty) = (OfficerId::from_number(90), Duty::FullTimeGridOfficer);
    let paid = Appointment { officer, duty, area: GRID, resident: Some(resident(5)) };
    world.wish(officer::Command::Appoint(paid)).unwrap();
    let (mut busy, mut before) = (world.clone(), world.clone());
    let (stands, signs) = forgotten(&mut world, 5);
    assert_eq!((stands, signs), (Status::Held, vec![Sign::StaffHours { officer }]));
    // By itself, in a record of its own, right after the contribution.
    let [.., became, last] = &world.records[..] else { panic!() };
    assert!(matches!(became.event, Any::Contribution(_)), "{became:?}");
    assert!(matches!(last.origin, linli_domain::Origin::Deadline));
    assert_eq!(world.wish(verify(1, GRID_OFFICER)), Err(Refusal::OnHold));
    world.wish(review(1, COMMUNITY_OFFICER, Verdict::Release)).unwrap();
    assert_eq!(status(&world, 1), Status::Pending);

    // Somebody who has no office, has served elsewhere two hours before, and forgets it as well.
    let earlier = Claim { grid: OTHER_GRID, ..from(7, 6, -150, 60) };
    assert_eq!(held(&mut busy, earlier), []);
    assert_eq!(forgotten(&mut busy, 6), (Status::Pending, Vec::new()));

    // Rules of before didn't look.
    let conduct = Some(ConductRules { forgotten: false, ..conduct_rules() });
    let mut rules = RuleSet { conduct, ..noticed_rules() };
    (rules.version, rules.effective_from) = (RuleVersion(3), at(MORNING - DAY));
    before.wish(rules::Command::Publish(Box::new(rules))).unwrap();
    assert_eq!(forgotten(&mut before, 5), (Status::Pending, Vec::new()));
}

#[test]
fn a_forgotten_check_out_too_far_from_the_last_one_is_held() {
    let mut world = checked_world();
    // An hour in the other grid, until a minute before coming here.
    let earlier = Claim { grid: OTHER_GRID, ..from(7, 6, 0, 60) };
    world.now = MORNING;
    world.wish(publish(plan(&world, 1, 60))).unwrap();
    world.wish(sign_up(1, 1, 6)).unwrap();
    world.now += 61 * MINUTE;
    assert_eq!(held(&mut world, earlier), []);
    check_in(&mut world, 1).unwrap();
    world.now += 3 * HOUR;
    world.let_due_happen();
    assert_eq!(status(&world, 1), Status::Held);
    assert_eq!(world.state.check_laws(), Ok(()));
}
