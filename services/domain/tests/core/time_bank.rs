//! The time bank: storing, the cap, gifts, chests, clearing, and what a reversal takes back.

use linli_domain::area::{self, Area, GridKind, Level};
use linli_domain::contribution::Claim;
use linli_domain::household::{self, Household};
use linli_domain::id::{AreaId, HouseholdId, ResidentId, TeamId};
use linli_domain::quantity::Minutes;
use linli_domain::resident::{self, Erasure, ErasureReason, Registration};
use linli_domain::team::{self, Membership, Team};
use linli_domain::text::CardCode;
use linli_domain::time_bank::{
    Ask, Command, Deposit, Event, Gift, Giver, Into, Kin, Mark, Marking, Payer, Receiver,
    TimeAccount,
};
use linli_domain::{Event as Any, Record, Refusal};

use crate::moving::move_to;
use crate::world::*;

pub const EAST: AreaId = AreaId::from_number(71);
pub const EAST_HOME: u128 = 5;

/// A world whose resident 8 is a key elder, with a second community where resident 9 lives.
fn banked() -> World {
    let mut world = World::new();
    mark_elder(&mut world);
    let household = open_east(&mut world);
    let card = CardCode::from_serial(71);
    let it = Registration { resident: resident(9), household, card, assisted: false };
    world.wish(resident::Command::Register(it)).unwrap();
    world.wish(resident::Command::EnrolVolunteer(resident(9))).unwrap();
    world
}

/// Resident 8 is a key elder.
pub fn mark_elder(world: &mut World) {
    let (mark, officer) = (Mark::KeyElder, COMMUNITY_OFFICER);
    world.wish(Command::Mark(Marking { resident: resident(8), mark, officer })).unwrap();
}

/// Opens a second community, with a household where nobody lives yet.
pub fn open_east(world: &mut World) -> HouseholdId {
    let (grid, building) = (AreaId::from_number(72), AreaId::from_number(73));
    for (area, level, grid_kind, parent) in [
        (EAST, Level::Community, None, STREET),
        (grid, Level::Grid, Some(GridKind::Comprehensive), EAST),
        (building, Level::MicroGrid, None, grid),
    ] {
        let area = Area { area, level, grid_kind, parent: Some(parent), name: name("East") };
        world.wish(area::Command::Found(area)).unwrap();
    }
    let household = HouseholdId::from_number(EAST_HOME);
    let home = Household { household, micro_grid: building };
    world.wish(household::Command::Register(home)).unwrap();
    household
}

/// An hour by one for another on a day of its own, awarded.
fn served(world: &mut World, number: u128, who: u128, whom: u128) {
    world.now += DAY;
    let (from, until) = (world.now - HOUR, world.now);
    let beneficiary = Some(resident(whom));
    let claim = Claim { beneficiary, ..claim(number, resident(who), "CLEAN", from, until) };
    world.wish(submit(claim)).unwrap();
    world.wish(verify(number, GRID_OFFICER)).unwrap();
}

fn store(world: &mut World, number: u128, payer: Payer) -> Result<Vec<Record>, Refusal> {
    let it = Deposit { contribution: contribution(number), payer, into: Into::Own };
    world.wish(Command::Store(it))
}

fn gift(from: Giver, to: Receiver, minutes: u32) -> Command {
    Command::Give(Gift { from, to, minutes: Minutes::new(minutes) })
}

fn ask(who: u128, minutes: u32) -> Command {
    Command::Ask(Ask { resident: resident(who), minutes: Minutes::new(minutes) })
}

fn own(world: &World, who: u128) -> i64 {
    world.state.stored_time(TimeAccount::Resident(resident(who)))
}

fn chest(world: &World) -> i64 {
    world.state.stored_time(TimeAccount::Chest(COMMUNITY))
}

fn clearing(world: &World) -> (i64, i64) {
    let stands = |community| world.state.stored_time(TimeAccount::Clearing(community));
    (stands(COMMUNITY), stands(EAST))
}

fn last(world: &World) -> &Any {
    &world.records.last().unwrap().event
}

/// Everything is lawful, and the core decides it again.
fn lawful(world: &World) {
    assert_eq!(world.state.check_laws(), Ok(()));
    let mut state = linli_domain::State::default();
    for record in &world.records {
        if matches!(record.event, Any::TimeBank(_)) {
            assert_eq!(state.conforms(std::slice::from_ref(record)), Ok(()));
        }
        state.replay(record).unwrap();
    }
    assert_eq!(state.digest(), world.state.digest());
}

#[test]
fn time_is_stored_up_to_the_cap_and_goes_on_as_a_gift() {
    let mut world = banked();
    for number in 1..=6 {
        served(&mut world, number, 1, 8);
        store(&mut world, number, Payer::Fund).unwrap();
    }
    // Five hours are the cap; the sixth is the chest's.
    assert_eq!((own(&world, 1), chest(&world)), (300, 60));
    assert_eq!(world.state.stored_time(TimeAccount::Fund), -360);
    assert_eq!(store(&mut world, 6, Payer::Fund), Err(Refusal::AlreadyStored));
    served(&mut world, 7, 1, 3);
    assert_eq!(store(&mut world, 7, Payer::Fund), Err(Refusal::NotKeyElder));
    let short = Refusal::TimeShort { has: 0, needed: 60, may_owe: 30 };
    assert_eq!(store(&mut world, 7, Payer::Served), Err(short));

    let from = Giver::Resident(resident(1));
    let to = |who| Receiver::Resident(resident(who));
    world.wish(gift(from, to(2), 60)).unwrap();
    assert_eq!(world.wish(gift(from, to(3), 60)), Err(Refusal::NotKin));
    let kin = Kin { one: resident(3), other: resident(1), officer: COMMUNITY_OFFICER };
    world.wish(Command::LinkKin(kin)).unwrap();
    assert_eq!(world.wish(Command::LinkKin(kin)), Err(Refusal::AlreadyKin));
    world.wish(gift(from, to(3), 90)).unwrap();
    assert_eq!((own(&world, 1), own(&world, 2), own(&world, 3)), (150, 60, 90));
    assert_eq!(world.wish(gift(from, to(3), 0)), Err(Refusal::NoTime));
    lawful(&world);

    // What is there goes back; what had gone to the chest the fund bears.
    world.wish(reverse(1, STREET_OFFICER)).unwrap();
    world.let_due_happen();
    assert_eq!(own(&world, 1), 90);
    world.wish(reverse(6, STREET_OFFICER)).unwrap();
    world.let_due_happen();
    let Any::TimeBank(Event::TakenBack { borne, .. }) = last(&world) else { panic!() };
    assert_eq!((borne.get(), own(&world, 1), chest(&world)), (60, 90, 60));
    assert_eq!(store(&mut world, 1, Payer::Fund), Err(Refusal::AlreadyReversed));
    lawful(&world);

    // Who is erased leaves it to the chest.
    let reason = ErasureReason::OwnRequest;
    world.wish(resident::Command::Erase(Erasure { resident: resident(2), reason })).unwrap();
    world.let_due_happen();
    assert_eq!((own(&world, 2), chest(&world)), (0, 120));
    lawful(&world);
}

#[test]
fn a_team_can_only_give_and_key_elders_come_first_at_the_chest() {
    let mut world = banked();
    let team = TeamId::from_number(1);
    world.wish(team::Command::Form(Team { team, grid: GRID, name: name("Team") })).unwrap();
    let member = Membership { team, resident: resident(1) };
    served(&mut world, 1, 1, 8);
    let into = Into::Team;
    let it = Deposit { contribution: contribution(1), payer: Payer::Fund, into };
    assert_eq!(world.wish(Command::Store(it)), Err(Refusal::NotInTeam));
    world.wish(team::Command::Join(member)).unwrap();
    world.wish(Command::Store(it)).unwrap();
    for number in 2..=4 {
        served(&mut world, number, 1, 8);
        world.wish(Command::Store(Deposit { contribution: contribution(number), ..it })).unwrap();
    }
    let given = |to, minutes| gift(Giver::Team(team), to, minutes);
    let ordinary = Receiver::Resident(resident(3));
    assert_eq!(world.wish(given(ordinary, 30)), Err(Refusal::NotKeyElder));
    world.wish(given(Receiver::Resident(resident(8)), 30)).unwrap();

    world.wish(ask(3, 60)).unwrap();
    world.wish(ask(8, 45)).unwrap();
    world.wish(ask(5, 20)).unwrap();
    assert_eq!(world.wish(ask(5, 20)), Err(Refusal::AsksAlready));
    assert_eq!(world.wish(ask(6, 301)), Err(Refusal::AboveTimeCap { room: 300 }));
    served(&mut world, 5, 1, 3);
    let waiting = Refusal::ChestAwaited { waiting: 3 };
    assert_eq!(store(&mut world, 5, Payer::Chest), Err(waiting));
    // The elder overtakes; then nobody overtakes the first, though the chest has enough for the next.
    world.wish(given(Receiver::Chest(COMMUNITY), 90)).unwrap();
    world.let_due_happen();
    assert_eq!((own(&world, 8), own(&world, 3), own(&world, 5), chest(&world)), (75, 0, 0, 45));
    lawful(&world);
    world.wish(given(Receiver::Chest(COMMUNITY), 15)).unwrap();
    world.let_due_happen();
    assert_eq!((own(&world, 3), own(&world, 5), chest(&world)), (60, 0, 0));
    world.wish(Command::Withdraw(resident(5))).unwrap();
    assert_eq!(world.wish(Command::Withdraw(resident(5))), Err(Refusal::AsksNothing));
    // The last in the queue gone, the chest pays for whoever was served; an ask lapses by itself.
    world.wish(given(Receiver::Chest(COMMUNITY), 60)).unwrap();
    store(&mut world, 5, Payer::Chest).unwrap();
    assert_eq!((own(&world, 1), chest(&world)), (60, 0));
    world.wish(ask(6, 20)).unwrap();
    world.now += 31 * DAY;
    world.let_due_happen();
    assert_eq!(last(&world), &Any::from(Event::AskLapsed(resident(6))));
    lawful(&world);
}

#[test]
fn communities_trade_within_limits_and_a_statement_adds_up() {
    let mut world = banked();
    assert_eq!(world.wish(Command::Net(COMMUNITY_OFFICER)), Err(Refusal::NothingToNet));
    for number in 1..=3 {
        served(&mut world, number, 9, 8);
        store(&mut world, number, Payer::Fund).unwrap();
    }
    // The fund is of no community: nothing to clear.
    assert_eq!((own(&world, 9), clearing(&world)), (180, (0, 0)));
    served(&mut world, 4, 1, 9);
    store(&mut world, 4, Payer::Served).unwrap();
    assert_eq!((own(&world, 9), own(&world, 1), clearing(&world)), (120, 60, (-60, 60)));
    served(&mut world, 5, 1, 9);
    let over = Refusal::DeficitLimit { community: EAST, after: 120, most: 90 };
    assert_eq!(store(&mut world, 5, Payer::Served), Err(over));
    let outside = world.wish(Command::Net(COMMUNITY_OFFICER));
    assert_eq!(outside, Err(Refusal::OutsideAuthority));
    let net = world.wish(Command::Net(STREET_OFFICER)).unwrap();
    let Any::TimeBank(Event::Netted { netting, .. }) = &net[0].event else { panic!() };
    let lines: Vec<_> = netting.lines.iter().map(|it| (it.opening, it.closing)).collect();
    assert_eq!((netting.number, lines), (1, vec![(0, -60), (0, 60)]));
    // Taken back, it trades the other way.
    world.wish(reverse(4, STREET_OFFICER)).unwrap();
    world.let_due_happen();
    assert_eq!((own(&world, 9), own(&world, 1), clearing(&world)), (180, 0, (0, 0)));
    let net = world.wish(Command::Net(STREET_OFFICER)).unwrap();
    let Any::TimeBank(Event::Netted { netting, .. }) = &net[0].event else { panic!() };
    for line in &netting.lines {
        let moved = i64::try_from(line.taken).unwrap() - i64::try_from(line.given).unwrap();
        assert_eq!((line.opening + moved, line.closing), (line.closing, 0));
    }
    assert_eq!((netting.number, netting.trades.len()), (2, 1));
    lawful(&world);
}

#[test]
fn what_stores_no_time_says_why() {
    let mut world = banked();
    world.serve(1, resident(1), "CLEAN");
    assert_eq!(store(&mut world, 1, Payer::Served), Err(Refusal::NobodyServed));
    world.serve(2, resident(3), "LEARN");
    let act = code("LEARN");
    assert_eq!(store(&mut world, 2, Payer::Served), Err(Refusal::ActStoresNoTime(act)));
    let stranger: ResidentId = resident(77);
    let it = Marking { resident: stranger, mark: Mark::KeyElder, officer: COMMUNITY_OFFICER };
    assert!(world.wish(Command::Mark(it)).is_err());
    let again = Marking { resident: resident(8), ..it };
    assert_eq!(world.wish(Command::Mark(again)), Err(Refusal::MarkedAlready));
    // Who lives elsewhere is marked by somebody there.
    let elsewhere = Marking { resident: resident(9), ..it };
    assert_eq!(world.wish(Command::Mark(elsewhere)), Err(Refusal::OutsideAuthority));
    let kin = Kin { one: resident(9), other: resident(9), officer: COMMUNITY_OFFICER };
    assert_eq!(world.wish(Command::LinkKin(kin)), Err(Refusal::OutsideAuthority));
    world.wish(Command::LinkKin(Kin { one: resident(1), ..kin })).unwrap();
    lawful(&world);
}

#[test]
fn clearing_follows_whoever_moves_with_stored_time_or_owing_it() {
    let mut world = banked();
    served(&mut world, 1, 1, 8);
    store(&mut world, 1, Payer::Fund).unwrap();
    // Within a community, and with nothing stored, clearing stands still.
    world.wish(move_to(1, 2, false)).unwrap();
    world.wish(move_to(2, EAST_HOME, false)).unwrap();
    assert_eq!((own(&world, 1), clearing(&world)), (60, (0, 0)));
    let records = world.wish(move_to(1, EAST_HOME, false)).unwrap();
    let [_, Record { event: Any::TimeBank(Event::Followed { resident: who, moves }), .. }] =
        &records[..]
    else {
        panic!("{records:?}")
    };
    assert_eq!((*who, moves.len(), clearing(&world)), (resident(1), 2, (60, -60)));
    // What is owed goes along as well, the other way.
    let (from, until) = (world.now, world.now + HOUR / 2);
    world.now += DAY;
    let beneficiary = Some(resident(6));
    let claim = Claim { beneficiary, ..claim(2, resident(3), "CLEAN", from, until) };
    world.wish(submit(claim)).unwrap();
    world.wish(verify(2, GRID_OFFICER)).unwrap();
    store(&mut world, 2, Payer::Served).unwrap();
    assert_eq!(own(&world, 6), -30);
    world.wish(move_to(6, EAST_HOME, true)).unwrap();
    assert_eq!(clearing(&world), (30, -30));
    let net = world.wish(Command::NetByDesk).unwrap();
    let Any::TimeBank(Event::Netted { netting, .. }) = &net[0].event else { panic!() };
    let trades: Vec<_> = netting.trades.iter().map(|it| (it.from, it.to, it.minutes)).collect();
    assert_eq!(trades, [(COMMUNITY, EAST, 60), (EAST, COMMUNITY, 30)]);
    world.wish(move_to(1, 1, false)).unwrap();
    world.wish(move_to(6, 3, false)).unwrap();
    assert_eq!(clearing(&world), (0, 0));
    crate::banking::check(&world.records);
    lawful_moved(&world);
}

/// As [`lawful`], with the facts of one wish together.
fn lawful_moved(world: &World) {
    let mut state = linli_domain::State::default();
    for group in crate::sums::groups(&world.records) {
        assert_eq!(state.conforms(group), Ok(()));
        for record in group {
            state.replay(record).unwrap();
        }
    }
    assert_eq!(state.digest(), world.state.digest());
}
