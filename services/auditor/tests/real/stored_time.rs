//! The books of stored time: a true history of the time bank stands, and each forgery that the sums allow is named
//! with its record and its rule.

use linli_auditor::{Finding, Kind, Report, Rule};
use linli_domain::area::{self, Area, GridKind, Level};
use linli_domain::contribution::Claim;
use linli_domain::household::{self, Household};
use linli_domain::id::{AreaId, HouseholdId, TeamId};
use linli_domain::quantity::Minutes;
use linli_domain::resident::{
    self as person, Erasure, ErasureReason, Move as MovesTo, Registration,
};
use linli_domain::team::{self, Membership, Team};
use linli_domain::text::CardCode;
use linli_domain::time_bank::{
    Ask, Command, Deposit, Event, Gift, Giver, Into, Mark, Marking, Move, Payer, Receiver,
    TimeAccount,
};
use linli_domain::{Event as Any, Origin};

use super::history::{forge, forge_as};
use super::store::Store;
use super::world::{
    COMMUNITY, COMMUNITY_OFFICER, DAY, GRID, GRID_OFFICER, HOUR, STREET, STREET_OFFICER, World,
    claim, contribution, name, resident, reverse, submit, verify,
};

const EAST: AreaId = AreaId::from_number(71);
const EAST_HOME: HouseholdId = HouseholdId::from_number(5);
const TEAM: TeamId = TeamId::from_number(1);

/// Resident 8 is a key elder, 9 lives in another community, and 3 is in a team; 1 to 3 have stored an hour each, the
/// third of them for the team.
fn banked() -> World {
    let mut world = World::new();
    let (grid, building) = (AreaId::from_number(72), AreaId::from_number(73));
    for (area, level, grid_kind, parent) in [
        (EAST, Level::Community, None, STREET),
        (grid, Level::Grid, Some(GridKind::Comprehensive), EAST),
        (building, Level::MicroGrid, None, grid),
    ] {
        let area = Area { area, level, grid_kind, parent: Some(parent), name: name("East") };
        world.wish(area::Command::Found(area)).unwrap();
    }
    let home = Household { household: EAST_HOME, micro_grid: building };
    world.wish(household::Command::Register(home)).unwrap();
    let card = CardCode::from_serial(71);
    let it = Registration { resident: resident(9), household: EAST_HOME, card, assisted: false };
    world.wish(person::Command::Register(it)).unwrap();
    world.wish(person::Command::EnrolVolunteer(resident(9))).unwrap();
    let (mark, officer) = (Mark::KeyElder, COMMUNITY_OFFICER);
    world.wish(Command::Mark(Marking { resident: resident(8), mark, officer })).unwrap();
    world.wish(team::Command::Form(Team { team: TEAM, grid: GRID, name: name("Team") })).unwrap();
    let member = Membership { team: TEAM, resident: resident(3) };
    world.wish(team::Command::Join(member)).unwrap();
    for who in 1..=3 {
        served(&mut world, who, who, 8);
        let into = if who == 3 { Into::Team } else { Into::Own };
        world.wish(store(who, Payer::Fund, into)).unwrap();
    }
    world
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

fn store(number: u128, payer: Payer, into: Into) -> Command {
    Command::Store(Deposit { contribution: contribution(number), payer, into })
}

fn gift(from: Giver, to: Receiver, minutes: u32) -> Gift {
    Gift { from, to, minutes: Minutes::new(minutes) }
}

fn own(who: u128) -> TimeAccount {
    TimeAccount::Resident(resident(who))
}

fn moves(world: &World, changes: &[(TimeAccount, i64)]) -> Vec<Move> {
    let step = |(account, minutes): &(TimeAccount, i64)| Move {
        account: *account,
        minutes: *minutes,
        balance: world.state.stored_time(*account) + minutes,
    };
    changes.iter().map(step).collect()
}

fn stored(world: &World, number: u128, payer: Payer, changes: &[(TimeAccount, i64)]) -> Any {
    let (minutes, overflow) = (Minutes::new(60), Minutes::ZERO);
    let deposit = Deposit { contribution: contribution(number), payer, into: Into::Own };
    Event::Stored { deposit, minutes, overflow, moves: moves(world, changes) }.into()
}

fn given(world: &World, gift: Gift, changes: &[(TimeAccount, i64)]) -> Any {
    Event::Given { gift, overflow: Minutes::ZERO, moves: moves(world, changes) }.into()
}

async fn audit(world: &World) -> Report {
    Store::holding(&world.records).await.audit().await
}

#[track_caller]
fn named(report: &Report, rule: Rule, position: u64) {
    let is = |it: &&Finding| it.kind == Kind::Books(rule) && it.place.covers(position);
    assert!(report.all_findings().any(|it| is(&it)), "{rule:?} at {position}\n{report}");
}

#[tokio::test]
async fn a_true_history_of_the_time_bank_stands() {
    let mut world = banked();
    let (elder, chest) = (Receiver::Resident(resident(8)), Receiver::Chest(COMMUNITY));
    world.wish(Command::Give(gift(Giver::Team(TEAM), elder, 30))).unwrap();
    world.wish(Command::Give(gift(Giver::Resident(resident(1)), chest, 45))).unwrap();
    // Who asked in one community lives in another when it is granted.
    let ask = |who, minutes| {
        Command::Ask(Ask { resident: resident(who), minutes: Minutes::new(minutes) })
    };
    world.wish(ask(5, 50)).unwrap();
    let to = MovesTo { resident: resident(5), household: EAST_HOME, assisted: false };
    world.wish(person::Command::Move(to)).unwrap();
    world.wish(Command::Give(gift(Giver::Resident(resident(1)), chest, 10))).unwrap();
    world.let_due_happen();
    assert_eq!(world.state.stored_time(TimeAccount::Clearing(COMMUNITY)), 50);
    let to = MovesTo { resident: resident(2), household: EAST_HOME, assisted: false };
    world.wish(person::Command::Move(to)).unwrap();
    assert_eq!(world.state.stored_time(TimeAccount::Clearing(COMMUNITY)), 110);
    world.wish(Command::NetByDesk).unwrap();
    served(&mut world, 4, 1, 9);
    world.wish(reverse(2, STREET_OFFICER)).unwrap();
    world.let_due_happen();
    let reason = ErasureReason::OwnRequest;
    world.wish(person::Command::Erase(Erasure { resident: resident(5), reason })).unwrap();
    world.let_due_happen();
    let report = audit(&world).await;
    assert!(report.ok, "{report}");
}

/// The rule that names it, what was before it, and the forged fact.
type Forgery = (Rule, fn(&mut World), Box<dyn Fn(&World) -> Any>);

/// What is stored or given as nobody may.
fn within_a_community() -> Vec<Forgery> {
    let (team, fund) = (TimeAccount::Team(TEAM), TimeAccount::Fund);
    vec![
        (
            Rule::TimeStoredOnce,
            |_| {},
            Box::new(move |world| stored(world, 1, Payer::Fund, &[(fund, -60), (own(1), 60)])),
        ),
        (
            Rule::TimeMoved,
            |world| served(world, 4, 1, 8),
            Box::new(move |world| stored(world, 4, Payer::Fund, &[(fund, -70), (own(1), 70)])),
        ),
        (
            Rule::TimeDebt,
            |world| served(world, 4, 1, 5),
            Box::new(move |world| stored(world, 4, Payer::Fund, &[(fund, -60), (own(1), 60)])),
        ),
        (
            Rule::TimeDebt,
            |world| served(world, 4, 1, 5),
            Box::new(move |world| stored(world, 4, Payer::Served, &[(own(5), -60), (own(1), 60)])),
        ),
        (
            Rule::TimeGift,
            |_| {},
            Box::new(move |world| {
                let it = gift(Giver::Team(TEAM), Receiver::Resident(resident(3)), 30);
                given(world, it, &[(team, -30), (own(3), 30)])
            }),
        ),
        (
            Rule::TimeGift,
            |_| {},
            Box::new(move |world| {
                let it = gift(Giver::Resident(resident(1)), Receiver::Resident(resident(3)), 30);
                given(world, it, &[(own(1), -30), (own(3), 30)])
            }),
        ),
        // What is above the cap stays with who served.
        (
            Rule::TimeCap,
            |world| {
                for number in 4..=8 {
                    served(world, number, 1, 8);
                    if number < 8 {
                        world.wish(store(number, Payer::Fund, Into::Own)).unwrap();
                    }
                }
            },
            Box::new(move |world| stored(world, 8, Payer::Fund, &[(fund, -60), (own(1), 60)])),
        ),
    ]
}

/// What is moved between communities, or with somebody, as it may not.
fn between_communities() -> Vec<Forgery> {
    let clear = |community| TimeAccount::Clearing(community);
    vec![
        // Served by somebody of another community, and clearing stands still, or goes beyond its limit.
        (
            Rule::TimeClearing,
            |world| served(world, 4, 9, 1),
            Box::new(move |world| stored(world, 4, Payer::Served, &[(own(1), -60), (own(9), 60)])),
        ),
        (
            Rule::TimeLimit,
            |world| {
                for number in 4..=5 {
                    served(world, number, 9, 3 - (number - 3));
                    if number < 5 {
                        world.wish(store(number, Payer::Served, Into::Own)).unwrap();
                    }
                }
            },
            Box::new(move |world| {
                let cleared = [(clear(COMMUNITY), 60), (clear(EAST), -60)];
                stored(
                    world,
                    5,
                    Payer::Served,
                    &[&[(own(1), -60), (own(9), 60)], &cleared[..]].concat(),
                )
            }),
        ),
        (
            Rule::TimeClearing,
            |_| {},
            Box::new(|world| {
                let to = MovesTo { resident: resident(1), household: EAST_HOME, assisted: false };
                let before =
                    world.state.residents().get(resident(1)).unwrap().registration.household;
                person::Event::Moved { to, before }.into()
            }),
        ),
    ]
}

#[tokio::test]
async fn each_forgery_is_named() {
    let all = within_a_community().into_iter().chain(between_communities());
    for (which, (rule, before, forged)) in all.enumerate() {
        let mut world = banked();
        before(&mut world);
        world.let_due_happen();
        let event = forged(&world);
        let moved = matches!(event, Any::Resident(_));
        let records = forge(&mut world, vec![event]);
        let position = records.last().unwrap().position.0;
        served(&mut world, 900, 6, 7);
        let report = audit(&world).await;
        // What should have followed a move is missed at the next record.
        named(&report, rule, position + u64::from(moved));
        assert!(!report.ok, "{which}");
    }
}

#[tokio::test]
async fn a_chest_out_of_order_and_a_false_taking_back_are_named() {
    let mut world = banked();
    for (who, minutes) in [(5, 50), (6, 20)] {
        let minutes = Minutes::new(minutes);
        world.wish(Command::Ask(Ask { resident: resident(who), minutes })).unwrap();
    }
    let to = Receiver::Chest(COMMUNITY);
    world.wish(Command::Give(gift(Giver::Resident(resident(1)), to, 40))).unwrap();
    let ask = Ask { resident: resident(6), minutes: Minutes::new(20) };
    let moved = moves(&world, &[(TimeAccount::Chest(COMMUNITY), -20), (own(6), 20)]);
    let event = Event::Granted { ask, moves: moved }.into();
    let records = forge_as(&mut world, vec![event], Origin::Deadline);
    let granted = records[0].position.0;
    // Resident 1 has 20 min of the hour left, and gives back 10.
    world.wish(reverse(1, STREET_OFFICER)).unwrap();
    let event = Event::TakenBack {
        contribution: contribution(1),
        minutes: Minutes::new(60),
        borne: Minutes::new(50),
        moves: moves(&world, &[(own(1), -10), (TimeAccount::Fund, 10)]),
    };
    let records = forge_as(&mut world, vec![event.into()], Origin::Deadline);
    let taken = records[0].position.0;
    served(&mut world, 900, 6, 7);
    let report = audit(&world).await;
    named(&report, Rule::TimeChest, granted);
    named(&report, Rule::TimeMoved, taken);
}
