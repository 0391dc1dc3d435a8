//! Orders: accepted, escalated, closed, checked by somebody else, and the reward at the end.

use crate::world::*;
use linli_domain::area::Level;
use linli_domain::contribution::Grade;
use linli_domain::hazard::{self, Seriousness};
use linli_domain::id::{HazardId, OfficerId, OrderId};
use linli_domain::order::{Command, Event, Reason, Status, Verdict, Why};
use linli_domain::rules::{self, RuleVersion};
use linli_domain::{Event as Fact, Record, Refusal, contribution};

const ORDER: OrderId = OrderId::from_number(1);

/// A fire lane that resident 5 saw blocked, verified: its order stands with the grid.
fn opened() -> World {
    let mut world = World::new();
    world.wish(hazard::Command::Report(Box::new(report(1, resident(5), 1, MORNING)))).unwrap();
    let (hazard, seriousness) = (HazardId::from_number(1), Seriousness::Ordinary);
    let word = hazard::Command::Verify { hazard, officer: GRID_OFFICER, seriousness };
    world.wish(word).unwrap();
    world
}

fn accept(officer: OfficerId) -> Command {
    Command::Accept { order: ORDER, officer }
}

fn close(officer: OfficerId) -> Command {
    Command::Close { order: ORDER, officer, evidence: photo() }
}

fn check(officer: OfficerId, verdict: Verdict) -> Command {
    Command::Check { order: ORDER, officer, verdict }
}

fn escalate(officer: OfficerId) -> Command {
    Command::Escalate { order: ORDER, officer, reason: Reason::Means }
}

fn status(world: &World) -> (Status, Level) {
    let order = world.state.orders().get(ORDER).unwrap();
    (order.status, order.level)
}

#[test]
fn a_closed_and_checked_order_rewards_the_reporter() {
    let mut world = opened();
    world.wish(accept(GRID_OFFICER)).unwrap();
    world.now += HOUR;
    world.wish(close(GRID_OFFICER)).unwrap();
    assert_eq!(world.available(resident(5)), points("0"));
    let records = world.wish(check(COMMUNITY_OFFICER, Verdict::Done)).unwrap();
    let [checked, submitted, verified, awarded] = records.as_slice() else { panic!("{records:?}") };
    assert!(matches!(&checked.event, Fact::Order(Event::Checked { .. })));
    let Fact::Contribution(contribution::Event::Submitted { claim, grade, .. }) = &submitted.event
    else {
        panic!("{submitted:?}")
    };
    assert_eq!((claim.act.as_str(), *grade, claim.grid), ("HAZ-1", Grade::B, GRID));
    assert!(
        matches!(&verified.event, Fact::Contribution(contribution::Event::Verified(word)) if word.officer == GRID_OFFICER)
    );
    let Fact::Contribution(contribution::Event::Awarded(award)) = &awarded.event else {
        panic!("{awarded:?}")
    };
    assert_eq!(award.contribution.number(), 1);
    assert_eq!((award.points(), award.merit.to_string().as_str()), (points("2"), "2.40"));
    assert_eq!(world.available(resident(5)), points("2"));
    // It ends once, and so does its hazard.
    let over = Err(Refusal::OrderAt { found: Status::Checked });
    assert_eq!(world.wish(check(COMMUNITY_OFFICER, Verdict::Done)), over);
    assert_eq!(world.wish(close(GRID_OFFICER)), over);
    assert_eq!(world.state.next_deadline().map(|at| at > award.happened.end()), Some(true));
}

#[test]
fn a_hazard_is_seen_on_a_patrol_as_well_as_anywhere() {
    let mut world = opened();
    world.now += HOUR;
    world.wish(submit(claim(7, resident(5), "PATROL", MORNING - HOUR, MORNING + HOUR))).unwrap();
    world.wish(accept(GRID_OFFICER)).unwrap();
    world.wish(close(GRID_OFFICER)).unwrap();
    world.wish(check(COMMUNITY_OFFICER, Verdict::Done)).unwrap();
}

/// A reported hazard, verified, and its order accepted, closed and checked.
pub fn reward(world: &mut World, number: u128) {
    let (hazard, seriousness) = (HazardId::from_number(number), Seriousness::Ordinary);
    let order = hazard.order();
    world.wish(hazard::Command::Verify { hazard, officer: GRID_OFFICER, seriousness }).unwrap();
    world.wish(Command::Accept { order, officer: GRID_OFFICER }).unwrap();
    world.wish(Command::Close { order, officer: GRID_OFFICER, evidence: photo() }).unwrap();
    let verdict = Verdict::Done;
    world.wish(Command::Check { order, officer: COMMUNITY_OFFICER, verdict }).unwrap();
}

#[test]
fn caps_count_for_hazards_as_for_everything() {
    let mut world = World::new();
    for number in 1..=3 {
        let place = u8::try_from(number).unwrap();
        world
            .wish(hazard::Command::Report(Box::new(report(number, resident(5), place, MORNING))))
            .unwrap();
        reward(&mut world, number);
    }
    // Two times a day count.
    assert_eq!(world.available(resident(5)), points("4"));
}

#[test]
fn only_a_checked_order_awards_a_hazard() {
    let mut world = World::new();
    let bare = |act| submit(claim(1, resident(5), act, MORNING - HOUR, MORNING));
    assert_eq!(world.wish(bare("HAZ-1")), Err(Refusal::OnlyByOrder(code("HAZ-1"))));
    let mut vouched = claim(1, resident(5), "CLEAN", MORNING - HOUR, MORNING);
    for signal in [contribution::Signal::OrderChecked, contribution::Signal::BothConfirmed] {
        vouched.signals = [signal].into_iter().collect();
        assert_eq!(world.wish(submit(vouched.clone())), Err(Refusal::SignalReserved));
    }
}

#[test]
fn who_may_do_what() {
    let not_of_unit = Err(Refusal::NotOfUnit { level: Level::Grid });
    for (before, wish, expected) in [
        (&[][..], accept(SECOND_GRID_OFFICER), Ok(())),
        (&[], accept(HEAD), not_of_unit.clone()),
        (&[], accept(COMMUNITY_OFFICER), not_of_unit.clone()),
        (&[], accept(OTHER_GRID_OFFICER), not_of_unit.clone()),
        (&[], close(GRID_OFFICER), Err(Refusal::OrderAt { found: Status::Dispatched })),
        (&[], escalate(COMMUNITY_OFFICER), not_of_unit),
        (&[accept(GRID_OFFICER)], close(SECOND_GRID_OFFICER), Err(Refusal::NotHandler)),
        (
            &[accept(GRID_OFFICER)],
            Command::Close { order: ORDER, officer: GRID_OFFICER, evidence: Vec::new() },
            Err(Refusal::EvidenceNeeded),
        ),
        (
            &[accept(GRID_OFFICER)],
            check(COMMUNITY_OFFICER, Verdict::Done),
            Err(Refusal::OrderAt { found: Status::Accepted }),
        ),
        (
            &[accept(GRID_OFFICER), close(GRID_OFFICER)],
            check(GRID_OFFICER, Verdict::Done),
            Err(Refusal::HandlerChecks),
        ),
        (
            &[accept(SECOND_GRID_OFFICER), close(SECOND_GRID_OFFICER)],
            check(NEIGHBOUR_OFFICER, Verdict::Done),
            Err(Refusal::HandlerChecks),
        ),
        (
            &[accept(GRID_OFFICER), close(GRID_OFFICER)],
            check(OTHER_GRID_OFFICER, Verdict::Done),
            Err(Refusal::OutsideAuthority),
        ),
        (
            &[accept(GRID_OFFICER), close(GRID_OFFICER)],
            check(NEIGHBOUR_OFFICER, Verdict::Done),
            Ok(()),
        ),
        (
            &[],
            Command::Dispatch { order: ORDER, officer: COMMUNITY_OFFICER, unit: BUILDING },
            Ok(()),
        ),
        (
            &[],
            Command::Dispatch { order: ORDER, officer: GRID_OFFICER, unit: OTHER_GRID },
            Err(Refusal::OutsideAuthority),
        ),
        (
            &[],
            Command::Dispatch { order: ORDER, officer: GRID_OFFICER, unit: GRID },
            Err(Refusal::OrderAt { found: Status::Dispatched }),
        ),
    ] {
        let mut world = opened();
        before.iter().for_each(|wish| drop(world.wish(wish.clone()).unwrap()));
        assert_eq!(world.wish(wish.clone()).map(|_| ()), expected, "{wish:?} after {before:?}");
    }
}

#[test]
fn what_is_not_done_goes_back() {
    let mut world = opened();
    world.wish(accept(GRID_OFFICER)).unwrap();
    world.wish(close(GRID_OFFICER)).unwrap();
    world.wish(check(COMMUNITY_OFFICER, Verdict::NotDone)).unwrap();
    assert_eq!(status(&world), (Status::Accepted, Level::Grid));
    assert_eq!(world.available(resident(5)), points("0"));
    world.wish(close(GRID_OFFICER)).unwrap();
    world.wish(check(COMMUNITY_OFFICER, Verdict::Done)).unwrap();
    assert_eq!(world.available(resident(5)), points("2"));
}

/// Hours after the morning, and what happened then by itself.
fn by_itself(records: &[Record]) -> Vec<String> {
    let told = records.iter().filter_map(|record| {
        let minutes = (record.happened_at.microseconds() - MORNING) / MINUTE;
        match &record.event {
            Fact::Order(Event::Escalated { why: Why::Overdue(clock), level, .. }) => {
                Some(format!("{minutes} min: {clock:?}, to {level:?}"))
            }
            Fact::Order(Event::ClockMissed { clock, .. }) => {
                Some(format!("{minutes} min: {clock:?} missed"))
            }
            _ => None,
        }
    });
    told.collect()
}

#[test]
fn every_clock_that_runs_out_takes_it_a_level_up() {
    let mut world = opened();
    world.now += 30 * DAY;
    world.let_due_happen();
    assert_eq!(
        by_itself(&world.records),
        [
            "90 min: Accept, to Community",
            "210 min: Accept, to SubDistrict",
            "360 min: Accept, to District",
            "540 min: Accept missed",
        ]
    );
    assert_eq!(status(&world), (Status::Dispatched, Level::District));
    // Late, but not lost.
    world.wish(accept(DISTRICT_OFFICER)).unwrap();
    assert_eq!(world.wish(escalate(DISTRICT_OFFICER)), Err(Refusal::NothingAbove));
    world.now += 2 * DAY;
    world.wish(close(DISTRICT_OFFICER)).unwrap();
    world.now += 3 * DAY;
    world.wish(check(COMMUNITY_OFFICER, Verdict::Done)).unwrap();
    let missed = by_itself(&world.records);
    assert_eq!(missed.len(), 6, "{missed:?}");
    assert!(missed[4].ends_with("Close missed") && missed[5].ends_with("Check missed"));
}

#[test]
fn what_is_accepted_and_not_closed_goes_up_as_well_and_so_it_does_by_hand() {
    let mut world = opened();
    world.wish(accept(GRID_OFFICER)).unwrap();
    world.now += 25 * HOUR;
    world.let_due_happen();
    assert_eq!(by_itself(&world.records), ["1470 min: Close, to Community"]);
    assert_eq!(
        world.wish(close(GRID_OFFICER)),
        Err(Refusal::OrderAt { found: Status::Dispatched })
    );
    world.wish(accept(COMMUNITY_OFFICER)).unwrap();
    world.wish(escalate(COMMUNITY_OFFICER)).unwrap();
    assert_eq!(status(&world), (Status::Dispatched, Level::SubDistrict));
}

#[test]
fn a_request_opens_an_order_and_rewards_nobody() {
    let mut world = World::new();
    let wish = linli_domain::order::Request {
        order: ORDER,
        resident: resident(8),
        kind: hazard::HazardKind::Road,
        area: BUILDING,
    };
    world.wish(Command::Request(wish)).unwrap();
    assert_eq!(status(&world), (Status::Dispatched, Level::MicroGrid));
    world.wish(accept(HEAD)).unwrap();
    world.wish(close(HEAD)).unwrap();
    assert_eq!(world.wish(check(GRID_OFFICER, Verdict::Done)).unwrap().len(), 1);
}

/// The rules of fairness, in which words on hazards have their day or only count against it.
fn under_quotas(quotas: bool) -> World {
    let mut world = World::new();
    let mut rules = crate::bounds::fair_rules();
    (rules.version, rules.effective_from) = (RuleVersion(2), at(MORNING));
    if let Some(orders) = &mut rules.orders {
        orders.quotas = quotas;
    }
    world.wish(rules::Command::Publish(Box::new(rules))).unwrap();
    world.now = MORNING + HOUR;
    world
}

/// The officer of the grid has vouched for five hours, which is all of a day; then for a hazard.
fn beyond_the_day(quotas: bool) -> (World, Vec<Record>) {
    let mut world = under_quotas(quotas);
    world.wish(hazard::Command::Report(Box::new(report(1, resident(5), 1, world.now)))).unwrap();
    world.now = MORNING + 8 * HOUR;
    for (number, who) in (11..=15).zip([3, 7, 3, 7, 3]) {
        let from = MORNING + (i64::try_from(number).unwrap() - 10) * HOUR;
        let claim = claim(number, resident(who), "CLEAN", from, from + HOUR);
        world.wish(submit(claim)).unwrap();
        world.wish(verify(number, GRID_OFFICER)).unwrap();
    }
    let (hazard, seriousness) = (HazardId::from_number(1), Seriousness::Ordinary);
    let word = hazard::Command::Verify { hazard, officer: GRID_OFFICER, seriousness };
    let records = world.wish(word).unwrap();
    assert!(
        matches!(records[1].event, Fact::Order(Event::Opened { .. })),
        "the order waits for nobody"
    );
    world.wish(accept(GRID_OFFICER)).unwrap();
    world.wish(close(GRID_OFFICER)).unwrap();
    let records = world.wish(check(COMMUNITY_OFFICER, Verdict::Done)).unwrap();
    (world, records)
}

#[test]
fn a_word_on_a_hazard_beyond_its_day_holds_up_the_reward_and_never_the_order() {
    let (mut world, records) = beyond_the_day(true);
    let [checked, submitted, queued] = records.as_slice() else { panic!("{records:?}") };
    assert!(matches!(&checked.event, Fact::Order(Event::Checked { .. })));
    let Fact::Contribution(contribution::Event::Submitted { claim, .. }) = &submitted.event else {
        panic!("{submitted:?}")
    };
    let Fact::Contribution(contribution::Event::Queued(queued)) = &queued.event else {
        panic!("{queued:?}")
    };
    assert_eq!((queued.word.officer, queued.minutes.get()), (GRID_OFFICER, 300));
    assert_eq!(status(&world).0, Status::Checked);
    assert_eq!(world.available(resident(5)), points("0"));
    // As any word that waits: not again today, at once by a higher level, by the same one tomorrow.
    let until = queued.until;
    let number = claim.contribution.number();
    assert_eq!(world.wish(verify(number, GRID_OFFICER)), Err(Refusal::Queued { until }));
    let mut higher = world.clone();
    assert_eq!(higher.wish(verify(number, COMMUNITY_OFFICER)).unwrap().len(), 2);
    assert!(higher.available(resident(5)) > points("0"));
    world.now = until.microseconds();
    assert_eq!(world.wish(verify(number, GRID_OFFICER)).unwrap().len(), 2);
    assert_eq!(world.available(resident(5)), higher.available(resident(5)));
}

#[test]
fn by_the_rules_of_before_it_counts_and_holds_up_nothing() {
    let (world, records) = beyond_the_day(false);
    assert_eq!(records.len(), 4, "{records:?}");
    assert!(world.available(resident(5)) > points("0"));
}
