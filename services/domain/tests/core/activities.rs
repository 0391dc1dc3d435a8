//! Activities: seats, the waiting list, coming and going, and what a served seat becomes.

use linli_domain::activity::{
    ActivityPart, Command, Event, Link, Plan, Publisher, Request, STEPS_MAX, Showing, Status,
    Unfit, Visit,
};
use linli_domain::contribution::{Grade, Signal};
use linli_domain::hazard::PlaceKey;
use linli_domain::id::{ActivityId, SeatId, TeamId};
use linli_domain::quantity::Minutes;
use linli_domain::team::{self, Membership};
use linli_domain::time::Interval;
use linli_domain::{Noun, Refusal};

use crate::bounds::crew;
use crate::notice::{appeal, noticed_world, reject};
use crate::world::*;

const SECRET: Link = Link([5; 32]);
const HALL: PlaceKey = PlaceKey([8; 32]);

/// Two seats of an hour and a half, from so many minutes from now.
pub fn plan(world: &World, number: u128, in_minutes: i64) -> Plan {
    let start = world.now + in_minutes * MINUTE;
    Plan {
        activity: ActivityId::from_number(number),
        by: Publisher::Officer(GRID_OFFICER),
        team: None,
        act: code("LEARN"),
        grid: GRID,
        name: name("Class"),
        planned: Interval::new(at(start), at(start + 90 * MINUTE)).unwrap(),
        seats: 2,
        place: HALL,
        alert: false,
        code: SECRET.end(),
        checkpoints: Vec::new(),
        estate: None,
    }
}

/// A patrol with four checkpoints.
pub fn patrol(world: &World, number: u128, in_minutes: i64) -> Plan {
    let checkpoints = (0..4).map(|which| tag(which).next()).collect();
    Plan { act: code("PATROL"), checkpoints, ..plan(world, number, in_minutes) }
}

/// What is read at a checkpoint.
pub fn tag(checkpoint: u8) -> Link {
    Link([100 + checkpoint; 32])
}

pub fn visits(checkpoints: &[u8]) -> Vec<Visit> {
    let visit = |at: &u8| Visit { checkpoint: *at, proof: tag(*at) };
    checkpoints.iter().map(visit).collect()
}

pub fn publish(plan: Plan) -> Command {
    Command::Publish(Box::new(plan))
}

pub fn seat(number: u128) -> SeatId {
    SeatId::from_number(number)
}

pub fn sign_up(number: u128, activity: u128, who: u128) -> Command {
    let (seat, activity) = (seat(number), ActivityId::from_number(activity));
    Command::SignUp(Request { seat, activity, resident: resident(who) })
}

/// The code of the moment, and the place.
pub fn showing(world: &World, activity: u128) -> Showing {
    let found = world.state.activities().get(ActivityId::from_number(activity)).unwrap();
    let code = SECRET.code(found.terms.step_at(&found.plan, at(world.now)));
    Showing { code: Some(code), place: Some(HALL) }
}

pub fn check_in(world: &mut World, number: u128) -> Result<(), Refusal> {
    let showing = showing(world, 1);
    world.wish(Command::CheckIn { seat: seat(number), showing }).map(|_| ())
}

pub fn check_out(world: &World, number: u128, visited: &[u8]) -> Command {
    let (seat, visited) = (seat(number), visits(visited));
    Command::CheckOut { seat, showing: showing(world, 1), visited }
}

pub fn status(world: &World, number: u128) -> Status {
    world.state.activity_seats().get(seat(number)).unwrap().status
}

pub fn signals(world: &World, number: u128) -> (Vec<Signal>, Grade) {
    let found = world.state.contributions().get(seat(number).contribution()).unwrap();
    (found.claim.signals.iter().collect(), found.grade)
}

#[test]
fn a_code_is_a_link_before_the_end() {
    let end = SECRET.end();
    assert_eq!(SECRET.code(1).next(), end);
    assert_eq!(SECRET.code(7).after(7), end);
    assert_eq!(SECRET.code(STEPS_MAX), SECRET);
}

#[test]
fn a_served_seat_becomes_a_contribution_graded_by_what_the_ledger_saw() {
    let mut world = World::new();
    world.wish(publish(plan(&world, 1, 60))).unwrap();
    world.wish(sign_up(1, 1, 1)).unwrap();
    world.now += 50 * MINUTE;
    check_in(&mut world, 1).unwrap();
    // A quarter of an hour after the end: it counts until the end.
    world.now += (10 + 90 + 15) * MINUTE;
    let records = world.wish(check_out(&world, 1, &[])).unwrap();
    assert_eq!(records.len(), 2);
    let claim = &world.state.contributions().get(contribution(1)).unwrap().claim;
    assert_eq!(claim.happened.minutes(), Minutes::new(90));
    let seen = [Signal::RotatingCode, Signal::SignInOut, Signal::Place, Signal::InsideShift];
    assert_eq!(signals(&world, 1), (seen.to_vec(), Grade::B));
    assert_eq!(status(&world, 1), Status::Served);
    world.wish(verify(1, GRID_OFFICER)).unwrap();
    assert_eq!(world.available(resident(1)), points("2"));
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn a_forgotten_check_out_closes_at_the_planned_end_and_is_flagged() {
    let mut world = World::new();
    world.wish(publish(plan(&world, 1, 60))).unwrap();
    let end = world.now + 150 * MINUTE;
    for (number, who) in [(1, 1), (2, 2)] {
        world.wish(sign_up(number, 1, who)).unwrap();
    }
    world.now += 90 * MINUTE;
    check_in(&mut world, 1).unwrap();
    world.now = end + 29 * MINUTE;
    world.let_due_happen();
    assert_eq!([1, 2].map(|it| status(&world, it)), [Status::Present, Status::Missed]);
    world.now = end + 30 * MINUTE;
    world.let_due_happen();
    assert_eq!(status(&world, 1), Status::Forgotten);
    let [.., missed, forgotten, submitted] = &world.records[..] else { panic!() };
    let happened = [missed, forgotten, submitted].map(|record| record.happened_at);
    assert_eq!(happened, [at(end); 3]);
    let claim = &world.state.contributions().get(contribution(1)).unwrap().claim;
    // Half an hour late, and until the planned end.
    assert_eq!(claim.happened.minutes(), Minutes::new(60));
    let seen = [Signal::RotatingCode, Signal::Place, Signal::InsideShift];
    assert_eq!(signals(&world, 1), (seen.to_vec(), Grade::D));
    assert_eq!(world.state.check_laws(), Ok(()));
    let found = Refusal::SeatAt { found: Status::Forgotten };
    assert_eq!(world.wish(check_out(&world, 1, &[])), Err(found));
}

#[test]
fn three_of_four_checkpoints_are_a_patrol() {
    for (visited, scanned) in [(&[0, 1, 3][..], true), (&[0, 2][..], false), (&[][..], false)] {
        let mut world = World::new();
        world.wish(publish(patrol(&world, 1, 10))).unwrap();
        world.wish(sign_up(1, 1, 1)).unwrap();
        check_in(&mut world, 1).unwrap();
        world.now += 100 * MINUTE;
        world.wish(check_out(&world, 1, visited)).unwrap();
        assert_eq!(signals(&world, 1).0.contains(&Signal::CheckpointsScanned), scanned);
    }
    let mut world = World::new();
    world.wish(publish(patrol(&world, 1, 10))).unwrap();
    world.wish(sign_up(1, 1, 1)).unwrap();
    check_in(&mut world, 1).unwrap();
    let wrong = |checkpoint| Err(Refusal::WrongCheckpoint { checkpoint });
    assert_eq!(world.wish(check_out(&world, 1, &[0, 0])), wrong(0));
    assert_eq!(world.wish(check_out(&world, 1, &[0, 4])), wrong(4));
    let lie = vec![Visit { checkpoint: 1, proof: tag(2) }];
    let showing = showing(&world, 1);
    assert_eq!(world.wish(Command::CheckOut { seat: seat(1), showing, visited: lie }), wrong(1));
}

#[test]
fn only_a_code_of_the_moment_opens() {
    let mut world = World::new();
    world.wish(publish(plan(&world, 1, 60))).unwrap();
    world.wish(sign_up(1, 1, 1)).unwrap();
    let early = at(world.now + 30 * MINUTE);
    let refused = Err(Refusal::CheckInTooEarly { from: early });
    assert_eq!(check_in(&mut world, 1), refused);
    world.now += 45 * MINUTE;
    let now = showing(&world, 1).code.unwrap();
    let with = |code| Command::CheckIn {
        seat: seat(1),
        showing: Showing { code: Some(code), place: None },
    };
    // Old codes follow from a new one, and the next can't be known.
    let old = now.after(3);
    for code in [old, Link([0; 32]), SECRET.end(), SECRET, SECRET.code(17)] {
        assert_eq!(world.wish(with(code)), Err(Refusal::WrongCode));
    }
    world.wish(with(now.after(2))).unwrap();
    // At another place, and without a code at the way out.
    world.now += 60 * MINUTE;
    let showing = Showing::default();
    world.wish(Command::CheckOut { seat: seat(1), showing, visited: Vec::new() }).unwrap();
    let seen = [Signal::RotatingCode, Signal::SignInOut, Signal::InsideShift];
    assert_eq!(signals(&world, 1).0, seen);
}

#[test]
fn nobody_overtakes_the_waiting_list_and_nobody_is_promoted_into_a_clash() {
    let mut world = World::new();
    world.wish(publish(plan(&world, 1, 60))).unwrap();
    world.wish(publish(plan(&world, 2, 120))).unwrap();
    for (number, who) in [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)] {
        world.wish(sign_up(number, 1, who)).unwrap();
    }
    assert_eq!([2, 3].map(|it| status(&world, it)), [Status::Taken, Status::Waiting]);
    let again = Refusal::SignedUp { seat: seat(3) };
    assert_eq!(world.wish(sign_up(6, 1, 3)), Err(again));
    // Who waits holds nothing, so 3 may have another; and that one is passed over.
    world.wish(sign_up(7, 2, 3)).unwrap();
    let planned = world.state.activities().get(ActivityId::from_number(1)).unwrap().plan.planned;
    let clash = Refusal::SeatClash { seat: seat(1), planned };
    assert_eq!(world.wish(sign_up(8, 2, 1)), Err(clash));
    world.wish(Command::Withdraw(seat(1))).unwrap();
    world.wish(sign_up(9, 1, 6)).unwrap();
    let found = [1, 3, 4, 9].map(|it| status(&world, it));
    assert_eq!(found, [Status::Withdrawn, Status::PassedOver, Status::Taken, Status::Waiting]);
    let clash = |event: &linli_domain::Event| {
        let why = Unfit::Clash;
        matches!(event, linli_domain::Event::Activity(Event::PassedOver { why: it, .. }) if *it == why)
    };
    assert!(world.records.iter().any(|record| clash(&record.event)));
    world.now += 60 * MINUTE;
    world.let_due_happen();
    assert_eq!([5, 9].map(|it| status(&world, it)), [Status::Lapsed; 2]);
    let begun = Refusal::ActivityBegun { since: at(world.now) };
    assert_eq!(world.wish(sign_up(10, 1, 7)), Err(begun.clone()));
    assert_eq!(world.wish(Command::Withdraw(seat(2))), Err(begun));
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn a_class_and_a_patrol_at_once_are_one_too_many() {
    let mut world = World::new();
    world.wish(publish(plan(&world, 1, 10))).unwrap();
    world.wish(publish(patrol(&world, 2, 40))).unwrap();
    world.wish(sign_up(1, 1, 1)).unwrap();
    let planned = world.state.activities().get(ActivityId::from_number(1)).unwrap().plan.planned;
    let clash = Refusal::SeatClash { seat: seat(1), planned };
    assert_eq!(world.wish(sign_up(2, 2, 1)), Err(clash.clone()));
    check_in(&mut world, 1).unwrap();
    world.now += 60 * MINUTE;
    // Nor can the patrol be claimed while the class is on; the time before it can.
    let (from, until) = (world.now - 20 * MINUTE, world.now);
    assert_eq!(world.wish(submit(claim(7, resident(1), "PATROL", from, until))), Err(clash));
    let before = planned.start().microseconds();
    world.wish(submit(claim(8, resident(1), "CLEAN", before - HOUR, before))).unwrap();
    world.wish(check_out(&world, 1, &[])).unwrap();
    let other = world.wish(submit(claim(9, resident(1), "PATROL", from, until)));
    assert!(matches!(other, Err(Refusal::Overlaps { .. })), "{other:?}");
    // And whoever was elsewhere until now isn't here from before.
    world.wish(publish(plan(&world, 3, 30))).unwrap();
    world.wish(sign_up(3, 3, 2)).unwrap();
    world.now += 60 * MINUTE;
    let elsewhere = claim(10, resident(2), "CLEAN", world.now - HOUR, world.now + MINUTE);
    world.wish(submit(elsewhere)).unwrap();
    let showing = showing(&world, 3);
    let overlap = world.wish(Command::CheckIn { seat: seat(3), showing });
    assert!(matches!(overlap, Err(Refusal::Overlaps { .. })), "{overlap:?}");
    world.now += MINUTE;
    world.wish(Command::CheckIn { seat: seat(3), showing }).unwrap();
}

/// A rejected claim gives its time free; who is checked in since then can't have it back.
#[test]
fn nobody_appeals_for_time_at_which_they_are_present_elsewhere() {
    let mut world = noticed_world();
    world.wish(publish(plan(&world, 1, 10))).unwrap();
    world.wish(sign_up(1, 1, 1)).unwrap();
    world.now += HOUR;
    // A clock may be two minutes ahead of ours.
    let (from, until) = (world.now - HOUR, world.now + MINUTE);
    world.wish(submit(claim(9, resident(1), "CLEAN", from, until))).unwrap();
    world.wish(reject(9, GRID_OFFICER)).unwrap();
    check_in(&mut world, 1).unwrap();
    let planned = world.state.activities().get(ActivityId::from_number(1)).unwrap().plan.planned;
    let clash = Refusal::SeatClash { seat: seat(1), planned };
    assert_eq!(world.wish(appeal(9, 1)), Err(clash));
    world.wish(check_out(&world, 1, &[])).unwrap();
    world.now += HOUR;
    world.let_due_happen();
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn what_is_called_off_ends_at_once() {
    let mut world = World::new();
    world.wish(publish(plan(&world, 1, 10))).unwrap();
    for (number, who) in [(1, 1), (2, 2), (3, 3)] {
        world.wish(sign_up(number, 1, who)).unwrap();
    }
    check_in(&mut world, 1).unwrap();
    let activity = ActivityId::from_number(1);
    let by = |officer| Command::CallOff { activity, by: Publisher::Officer(officer) };
    assert_eq!(world.wish(by(OTHER_GRID_OFFICER)), Err(Refusal::OutsideAuthority));
    world.wish(by(STREET_OFFICER)).unwrap();
    world.let_due_happen();
    assert_eq!([1, 2, 3].map(|it| status(&world, it)), [Status::CalledOff; 3]);
    assert_eq!(world.wish(by(STREET_OFFICER)), Err(Refusal::ActivityCalledOff));
    assert_eq!(world.wish(sign_up(4, 1, 4)), Err(Refusal::ActivityCalledOff));
    // The time is free again.
    world.wish(publish(plan(&world, 2, 20))).unwrap();
    world.wish(sign_up(5, 2, 1)).unwrap();
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn a_team_signs_up_for_what_its_leader_publishes() {
    let mut world = World::new();
    world.wish(team::Command::Form(crew(1))).unwrap();
    let team = TeamId::from_number(1);
    let member = |who| Membership { team, resident: resident(who) };
    world.wish(team::Command::Join(member(1))).unwrap();
    let leader = Publisher::Leader(resident(1));
    let own = Plan { by: leader, team: Some(team), ..patrol(&world, 1, 30) };
    assert_eq!(world.wish(publish(own.clone())), Err(Refusal::NotTeamLeader));
    assert_eq!(world.wish(team::Command::Lead(member(2))), Err(Refusal::NotInTeam));
    world.wish(team::Command::Lead(member(1))).unwrap();
    world.wish(publish(own.clone())).unwrap();
    let everybody = Plan { activity: ActivityId::from_number(2), team: None, ..own.clone() };
    assert_eq!(world.wish(publish(everybody)), Err(Refusal::NotTeamLeader));
    assert_eq!(world.wish(sign_up(1, 1, 2)), Err(Refusal::NotInTeam));
    world.wish(sign_up(2, 1, 1)).unwrap();
    world.wish(team::Command::Leave(member(1))).unwrap();
    let off = Command::CallOff { activity: own.activity, by: leader };
    assert_eq!(world.wish(off), Err(Refusal::NotTeamLeader));
}

#[test]
fn an_activity_that_makes_no_sense_is_not_published() {
    let mut world = World::new();
    let of = |world: &World, change: fn(&mut Plan)| {
        let mut plan = plan(world, 1, 60);
        change(&mut plan);
        publish(plan)
    };
    let invalid = |part| Refusal::InvalidActivity { part };
    let cases: [(Change, Refusal); 9] = [
        (|it| it.act = code("FLY"), Refusal::UnknownAct(code("FLY"))),
        (|it| it.act = code("HAZ-1"), Refusal::OnlyByOrder(code("HAZ-1"))),
        (|it| it.act = code("AID"), Refusal::BeneficiaryNeeded),
        (|it| it.by = Publisher::Officer(OTHER_GRID_OFFICER), Refusal::OutsideAuthority),
        (|it| it.by = Publisher::Officer(HEAD), Refusal::OutsideAuthority),
        (|it| it.team = Some(TeamId::from_number(9)), Refusal::Unknown(Noun::Team)),
        (|it| it.seats = 0, invalid(ActivityPart::Seats)),
        (|it| it.planned = long(it.planned), invalid(ActivityPart::Times)),
        (|it| it.checkpoints = vec![tag(1), tag(1)], invalid(ActivityPart::Checkpoints)),
    ];
    for (change, refusal) in cases {
        assert_eq!(world.wish(of(&world, change)), Err(refusal.clone()), "{refusal:?}");
    }
    let begun = Refusal::ActivityBegun { since: at(world.now) };
    assert_eq!(world.wish(publish(plan(&world, 1, 0))), Err(begun));
    let latest = at(world.now + 30 * DAY);
    let far = plan(&world, 1, 30 * 24 * 60 + 1);
    assert_eq!(world.wish(publish(far)), Err(Refusal::TooFarAhead { latest }));
    world.wish(publish(plan(&world, 1, 60))).unwrap();
    let twice = publish(plan(&world, 1, 60));
    assert_eq!(world.wish(twice), Err(Refusal::AlreadyExists(Noun::Activity)));
    assert_eq!(world.wish(sign_up(1, 1, 8)), Err(Refusal::NotVolunteer));
}

/// What makes no sense of a plan.
type Change = fn(&mut Plan);

fn long(planned: Interval) -> Interval {
    let start = planned.start().microseconds();
    Interval::new(at(start), at(start + 17 * HOUR)).unwrap()
}
