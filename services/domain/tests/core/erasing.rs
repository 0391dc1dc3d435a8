//! Erasing: an account closes for good, everything that was open ends by name, and nothing is left.

use std::collections::BTreeSet;

use crate::moving::move_to;
use crate::notice::{noticed_world, object};
use crate::steps::Step;
use crate::world::*;
use linli_domain::activity::Status;
use linli_domain::aid::{self, Help, Kind, Opening};
use linli_domain::booking::{self, Request, Side, Unfit};
use linli_domain::contribution::{RejectReason, Rejection};
use linli_domain::id::{AidId, OrderId, ResidentId, TeamId};
use linli_domain::order::{self, Verdict};
use linli_domain::posting::Account;
use linli_domain::quantity::Points;
use linli_domain::redemption::{self, ReturnReason, Returning, VoidReason};
use linli_domain::resident::{Command, Erasure, ErasureReason};
use linli_domain::team::{self, Membership};
use linli_domain::wallet::CLOSED_MAX;
use linli_domain::{
    Command as Wish, Event, Record, Refusal, State, contribution, hazard, officer, resident as who,
    wallet,
};

pub fn erase(who: u128) -> Command {
    Command::Erase(Erasure { resident: resident(who), reason: ErasureReason::OwnRequest })
}

/// The wish behind a step that is about a resident alone.
pub fn of_resident(step: &Step) -> Option<Command> {
    Some(match step {
        Step::Ranking { who, join: true } => Command::JoinRanking(resident(*who)),
        Step::Ranking { who, join: false } => Command::LeaveRanking(resident(*who)),
        Step::Erase { who } => erase(*who),
        Step::Move { who, household } => move_to(*who, *household, who % 2 == 0),
        _ => return None,
    })
}

fn patrol(world: &mut World, number: u128, who: u128) {
    world.now += 3 * HOUR;
    let claim = claim(number, resident(who), "PATROL", world.now - 3 * HOUR, world.now);
    world.wish(submit(claim)).unwrap();
    world.wish(verify(number, GRID_OFFICER)).unwrap();
}

fn court(number: u128, who: u128, world: &World) -> Request {
    Request {
        booking: booking(number),
        resource: COURT,
        resident: resident(who),
        start: at((world.now / HOUR + 3) * HOUR),
        slots: 1,
        quantity: 1,
    }
}

/// Available, held, owed; and what lapsed of the pool's, what it has, what is owed to it.
fn stands(world: &World, who: u128) -> [String; 6] {
    let who = resident(who);
    let accounts = [
        Account::Available(who),
        Account::Held(who),
        Account::Receivable(who),
        Account::Expired(POOL),
        Account::Pool(POOL),
        Account::Claims(POOL),
    ];
    accounts.map(|account| world.state.balance(account).points.to_string())
}

/// Resident 5 with nine points, of which 4.40 are held for rice and one for the court; who waits
/// for an hour that resident 7 has, asks for help, plays in a team and is ranked.
fn in_the_midst() -> World {
    let mut world = World::with_places();
    for number in 1..=3 {
        patrol(&mut world, number, 5);
    }
    patrol(&mut world, 4, 7);
    let rice = basket(1, resident(5), STATION, &[(RICE, 1)]);
    world.wish(redemption::Command::Reserve(rice)).unwrap();
    world.wish(booking::Command::Book(court(1, 5, &world))).unwrap();
    let later =
        |request: Request| Request { start: at(request.start.microseconds() + HOUR), ..request };
    world.wish(booking::Command::Book(later(court(2, 7, &world)))).unwrap();
    world.wish(booking::Command::Wait(later(court(3, 5, &world)))).unwrap();
    let (aid, resident, help) = (AidId::from_number(900), resident(5), Help::Errand);
    let opening = Opening { aid, kind: Kind::Ask, resident, help, grid: GRID, estate: None };
    world.wish(aid::Command::Open(opening)).unwrap();
    let team = TeamId::from_number(1);
    let crew = linli_domain::team::Team { team, grid: GRID, name: name("Crew") };
    world.wish(team::Command::Form(crew)).unwrap();
    world.wish(team::Command::Join(Membership { team, resident })).unwrap();
    world.wish(Command::JoinRanking(resident)).unwrap();
    world
}

#[test]
fn everything_ends_by_name_before_the_next_wish() {
    let mut world = in_the_midst();
    assert_eq!(stands(&world, 5), ["3.60", "5.40", "0.00", "0.00", "488.00", "0.00"]);
    let before = world.records.len();
    world.wish(erase(5)).unwrap();
    world.state.check_laws().unwrap();
    world.let_due_happen();
    assert_eq!(stands(&world, 5), ["0.00", "0.00", "0.00", "9.00", "488.00", "0.00"]);
    let told: Vec<&str> = world.records[before..]
        .iter()
        .map(|record| match &record.event {
            Event::Resident(who::Event::Erased(_)) => "erased",
            Event::Redemption(redemption::Event::Voided {
                reason: VoidReason::Erased,
                slip,
                lapsed,
            }) if slip.lots == *lapsed => "the rice goes back to the shelf",
            Event::Booking(booking::Event::Cancelled { by: Side::Erased, ended })
                if ended.kept.is_empty() =>
            {
                "the court is free"
            }
            Event::Booking(booking::Event::PassedOver { why: Unfit::Erased, .. }) => {
                "waits no more"
            }
            Event::Aid(aid::Event::Lapsed(_)) => "asks no more",
            Event::Wallet(wallet::Event::Closed(closing)) if closing.lapsed.len() == 2 => "cleared",
            other => panic!("{other:?}"),
        })
        .collect();
    let ends = [
        "erased",
        "the rice goes back to the shelf",
        "cleared",
        "asks no more",
        "the court is free",
        "waits no more",
    ];
    assert_eq!(told, ends);
    let erased = world.state.residents().get(resident(5)).unwrap();
    assert_eq!((erased.ranked, erased.team, erased.erased_at), (false, None, Some(at(world.now))));
    world.state.check_laws().unwrap();
    check(&world);
}

#[test]
fn what_was_owed_is_written_off_against_the_pool() {
    let mut world = World::new();
    for number in 1..=2 {
        patrol(&mut world, number, 5);
    }
    let rice = basket(1, resident(5), STATION, &[(RICE, 1)]);
    world.wish(redemption::Command::Sell(rice)).unwrap();
    world.wish(reverse(2, STREET_OFFICER)).unwrap();
    assert_eq!(stands(&world, 5), ["0.00", "0.00", "1.40", "0.00", "495.60", "-1.40"]);
    world.wish(erase(5)).unwrap();
    world.let_due_happen();
    assert_eq!(stands(&world, 5), ["0.00", "0.00", "0.00", "0.00", "495.60", "0.00"]);
    world.state.check_laws().unwrap();
}

#[test]
fn a_full_wallet_is_cleared_in_records_that_fit() {
    let mut world = World::new();
    let lots = CLOSED_MAX + 50;
    for number in 1..=u128::try_from(lots).unwrap() {
        world.now += 2 * MINUTE;
        let claim = claim(number, resident(5), "CLEAN", world.now - MINUTE, world.now);
        world.wish(submit(claim)).unwrap();
        // Each officer vouches for as much as a day allows.
        if world.wish(verify(number, GRID_OFFICER)).is_err() {
            world.wish(verify(number, STREET_OFFICER)).unwrap();
        }
    }
    let open = world.state.residents().get(resident(5)).unwrap().wallet.lots().len();
    world.wish(erase(5)).unwrap();
    world.let_due_happen();
    let closed = |record: &Record| match &record.event {
        Event::Wallet(wallet::Event::Closed(closing)) => Some(closing.lapsed.len()),
        _ => None,
    };
    let closed: Vec<usize> = world.records.iter().filter_map(closed).collect();
    assert_eq!(closed.iter().sum::<usize>(), open);
    assert!(closed.iter().all(|lots| *lots <= CLOSED_MAX), "{closed:?}");
    check(&world);
}

#[test]
fn an_office_is_given_up_first() {
    let mut world = World::new();
    assert_eq!(world.wish(erase(1)), Err(Refusal::HoldsOffice { officer: HEAD }));
    world.wish(officer::Command::Retire(HEAD)).unwrap();
    world.wish(erase(1)).unwrap();
}

#[test]
fn nothing_more_is_wished_of_who_was_erased() {
    let mut world = in_the_midst();
    world.wish(submit(claim(50, resident(5), "CLEAN", world.now - HOUR, world.now))).unwrap();
    let haircut = basket(2, resident(5), STATION, &[(HAIRCUT, 1)]);
    world.wish(redemption::Command::Sell(haircut.clone())).unwrap();
    world.wish(erase(5)).unwrap();
    let now = world.now;
    let again = |number| redemption::Basket { redemption: redemption(number), ..haircut.clone() };
    let refund = Returning {
        redemption: redemption(2),
        station: STATION,
        lines: Vec::new(),
        reason: ReturnReason::NotRendered,
        officer: None,
    };
    let membership = Membership { team: TeamId::from_number(1), resident: resident(5) };
    let served = claim(51, resident(7), "AID", now - HOUR, now);
    let refused: [Wish; 14] = [
        erase(5).into(),
        Command::JoinRanking(resident(5)).into(),
        Command::LeaveRanking(resident(5)).into(),
        Command::EnrolVolunteer(resident(5)).into(),
        team::Command::Join(membership).into(),
        submit(claim(52, resident(5), "CLEAN", now - HOUR, now)).into(),
        submit(contribution::Claim { beneficiary: Some(resident(5)), ..served }).into(),
        verify(50, GRID_OFFICER).into(),
        reverse(1, STREET_OFFICER).into(),
        redemption::Command::Sell(again(8)).into(),
        redemption::Command::Reserve(again(9)).into(),
        redemption::Command::Return(refund).into(),
        booking::Command::Book(court(8, 5, &world)).into(),
        hazard::Command::Report(Box::new(report(950, resident(5), 1, now))).into(),
    ];
    for wish in refused {
        assert_eq!(world.wish(wish.clone()), Err(Refusal::ResidentErased), "{wish:?}");
    }
    // What waited for a word can still be cleared away.
    let (contribution, reason) = (contribution(50), RejectReason::NotDone);
    let rejection = Rejection { contribution, officer: GRID_OFFICER, reason };
    world.wish(contribution::Command::Reject(rejection)).unwrap();
    check(&world);
}

#[test]
fn nobody_gives_an_erasure_as_a_reason() {
    let mut world = in_the_midst();
    let (redemption, reason) = (redemption(1), VoidReason::Erased);
    let void = redemption::Command::Void { redemption, station: STATION, reason };
    assert_eq!(world.wish(void), Err(Refusal::ReasonReserved));
    let cancel = booking::Command::Cancel { booking: booking(1), station: None, by: Side::Erased };
    assert_eq!(world.wish(cancel), Err(Refusal::ReasonReserved));
}

#[test]
fn an_order_ends_without_a_reward_for_who_reported_it() {
    let mut world = World::new();
    let hazard = linli_domain::id::HazardId::from_number(7);
    let seriousness = linli_domain::hazard::Seriousness::Ordinary;
    world.wish(hazard::Command::Report(Box::new(report(7, resident(5), 1, world.now)))).unwrap();
    let officer = GRID_OFFICER;
    world.wish(hazard::Command::Verify { hazard, officer, seriousness }).unwrap();
    let order: OrderId = hazard.order();
    world.wish(order::Command::Accept { order, officer }).unwrap();
    world.wish(erase(5)).unwrap();
    world.wish(order::Command::Close { order, officer, evidence: photo() }).unwrap();
    let check = order::Command::Check { order, officer: COMMUNITY_OFFICER, verdict: Verdict::Done };
    assert_eq!(world.wish(check).unwrap().len(), 1);
}

#[test]
fn what_stands_on_notice_falls_with_who_claimed_it() {
    for objected in [false, true] {
        let mut world = noticed_world();
        world.serve(1, resident(5), "LEARN");
        if objected {
            world.wish(object(1, 1)).unwrap();
            world.now = MORNING + 3 * DAY;
            world.let_due_happen();
        }
        world.wish(erase(5)).unwrap();
        world.let_due_happen();
        let fell = world.state.contributions().get(contribution(1)).unwrap().status;
        assert_eq!(fell, contribution::Status::Rejected, "objected: {objected}");
        world.now += 30 * DAY;
        check(&world);
        world.state.check_laws().unwrap();
    }
}

/// Whoever was erased holds and owes nothing, has nothing open, and nothing new was said of them
/// but what followed from the erasure.
pub fn check(world: &World) {
    let mut settled = world.clone();
    settled.let_due_happen();
    let state = &settled.state;
    nothing_is_left(state);
    let mut erased: BTreeSet<ResidentId> = BTreeSet::new();
    for record in &settled.records {
        if let Event::Resident(who::Event::Erased(erasure)) = &record.event {
            assert!(erased.insert(erasure.resident), "erased twice: {record:?}");
            continue;
        }
        let begun = match &record.event {
            Event::Contribution(contribution::Event::Submitted { claim, .. }) => {
                Some(claim.resident)
            }
            Event::Contribution(contribution::Event::Awarded(award)) => Some(award.resident),
            Event::Redemption(
                redemption::Event::Reserved { slip, .. } | redemption::Event::Sold(slip),
            ) => Some(slip.resident),
            Event::Redemption(redemption::Event::Returned(it)) => Some(it.slip.resident),
            Event::Booking(booking::Event::Booked(ticket) | booking::Event::Promoted(ticket)) => {
                Some(ticket.request.resident)
            }
            Event::Booking(booking::Event::Waited(request)) => Some(request.resident),
            Event::Aid(aid::Event::Opened { opening, .. }) => Some(opening.resident),
            Event::Aid(aid::Event::Matched { resident, .. }) => Some(*resident),
            Event::Activity(event) => {
                let ongoing = event.seat().filter(|(_, status)| *status != Status::Vacated);
                ongoing.map(|(request, _)| request.resident)
            }
            Event::Team(team::Event::Joined(it) | team::Event::Led(it)) => Some(it.resident),
            Event::Resident(who::Event::RankingJoined(resident)) => Some(*resident),
            _ => None,
        };
        assert!(
            begun.is_none_or(|begun| !erased.contains(&begun)),
            "after the erasure: {record:?}"
        );
    }
}

fn nothing_is_left(state: &State) {
    for (id, it) in state.residents().sorted().filter(|(id, _)| state.is_erased(*id)) {
        let wallet = &it.wallet;
        let sides = [wallet.available, wallet.held, wallet.receivable].map(|side| side.points);
        assert_eq!(sides, [Points::ZERO; 3], "{id}");
        assert!(wallet.lots().is_empty() && wallet.debts().is_empty() && !it.ranked, "{id}");
        let mut slips = state.redemptions().sorted().map(|(_, found)| found);
        let open = slips.any(|found| {
            let reserved = found.status == redemption::Status::Reserved;
            reserved && found.slip.as_ref().is_some_and(|slip| slip.resident == id)
        });
        assert!(!open, "a hold of {id} is open");
        let bookings = state.bookings().sorted().filter_map(|(_, found)| found.open.clone());
        for open in bookings {
            let whose = match open {
                booking::Open::Waiting(request) => request.resident,
                booking::Open::Booked(ticket) => ticket.request.resident,
            };
            assert_ne!(whose, id, "a booking is open");
        }
        let open = [Status::Waiting, Status::Taken, Status::Present];
        let mut seats = state.activity_seats().sorted().map(|(_, seat)| seat);
        let seat = seats.find(|it| it.request.resident == id && open.contains(&it.status));
        assert_eq!(seat, None, "a seat is open");
    }
}
