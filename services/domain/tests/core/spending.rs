//! From points to goods: lots, holds, stock, deadlines.

use crate::world::*;
use linli_domain::id::{ItemId, ResidentId};
use linli_domain::quantity::Points;
use linli_domain::redemption::{Command, Event, VoidReason};
use linli_domain::{Noun, Record, Refusal};

/// A world in which resident 1 has patrolled so many times, for three points each.
pub fn rich(patrols: u128) -> World {
    let mut world = World::new();
    patrol(&mut world, 1, resident(1), patrols);
    world
}

pub fn patrol(world: &mut World, first: u128, who: ResidentId, times: u128) {
    for number in first..first + times {
        world.now += 3 * HOUR;
        world.wish(submit(claim(number, who, "PATROL", world.now - 3 * HOUR, world.now))).unwrap();
        world.wish(verify(number, GRID_OFFICER)).unwrap();
    }
}

fn reserve(number: u128, wishes: &[(ItemId, u32)]) -> Command {
    Command::Reserve(basket(number, resident(1), STATION, wishes))
}

fn sell(number: u128, wishes: &[(ItemId, u32)]) -> Command {
    Command::Sell(basket(number, resident(1), STATION, wishes))
}

fn capture(number: u128) -> Command {
    Command::Capture {
        redemption: redemption(number),
        station: STATION,
        shift: None,
        shown: None,
        handed: Vec::new(),
    }
}

fn void(number: u128) -> Command {
    Command::Void { redemption: redemption(number), station: STATION, reason: VoidReason::Resident }
}

fn wallet(world: &World) -> (Points, Points) {
    let wallet = &world.state.residents().get(resident(1)).unwrap().wallet;
    (wallet.available.points, wallet.held.points)
}

fn last_event(records: &[Record]) -> &Event {
    let last = &records.last().unwrap().event;
    let linli_domain::Event::Redemption(event) = last else { panic!("{last:?}") };
    event
}

#[test]
fn a_hold_is_captured_once() {
    let mut world = rich(2);
    world.wish(reserve(1, &[(RICE, 1)])).unwrap();
    assert_eq!(wallet(&world), (points("1.60"), points("4.40")));
    assert_eq!(world.state.shelf(STATION, RICE).free(), 2);
    world.wish(capture(1)).unwrap();
    assert_eq!(wallet(&world), (points("1.60"), Points::ZERO));
    let shelf = world.state.shelf(STATION, RICE);
    assert_eq!((shelf.on_hand, shelf.reserved, shelf.delivered), (2, 0, 1));
    assert_eq!(world.wish(capture(1)), Err(Refusal::AlreadyCaptured));
    assert_eq!(world.wish(void(1)), Err(Refusal::AlreadyCaptured));
}

#[test]
fn a_void_gives_everything_back() {
    let mut world = rich(2);
    let before = world.state.residents().get(resident(1)).unwrap().wallet.lots().to_vec();
    world.wish(reserve(1, &[(RICE, 1)])).unwrap();
    let (one, station) = (redemption(1), OTHER_STATION);
    let elsewhere =
        Command::Capture { redemption: one, station, shift: None, shown: None, handed: Vec::new() };
    assert_eq!(world.wish(elsewhere), Err(Refusal::OtherStation));
    world.wish(void(1)).unwrap();
    assert_eq!(world.state.residents().get(resident(1)).unwrap().wallet.lots(), before);
    assert_eq!(world.wish(capture(1)), Err(Refusal::AlreadyVoided));
}

#[test]
fn a_hold_releases_by_itself() {
    let mut world = rich(2);
    world.wish(reserve(1, &[(RICE, 1)])).unwrap();
    world.now += 30 * MINUTE - 1;
    world.let_due_happen();
    assert_eq!(wallet(&world).1, points("4.40"));
    world.now += 1;
    assert_eq!(world.wish(capture(1)), Err(Refusal::HoldExpired));
    assert_eq!(wallet(&world), (points("6"), Points::ZERO));
    assert!(
        matches!(last_event(&world.records), Event::TimedOut { lapsed, .. } if lapsed.is_empty())
    );
    assert_eq!(world.records.last().unwrap().happened_at, at(world.now));
}

#[test]
fn the_lots_that_lapse_first_pay_first() {
    let mut world = rich(1);
    world.now += 31 * DAY;
    // A second lot, made a month later, lapses a month later.
    world.now += 3 * HOUR;
    let late = submit(claim(2, resident(1), "PATROL", world.now - 3 * HOUR, world.now));
    world.wish(late).unwrap();
    world.wish(verify(2, GRID_OFFICER)).unwrap();
    let records = world.wish(sell(1, &[(RICE, 1)])).unwrap();
    let lots = &last_event(&records).slip().lots;
    assert_eq!(
        lots.iter().map(|part| part.points.to_string()).collect::<Vec<_>>(),
        ["3.00", "1.40"]
    );
    assert!(lots[0].expires_at < lots[1].expires_at);
}

#[test]
fn what_is_held_past_its_date_lapses_when_it_comes_back() {
    let mut world = rich(2);
    let expires_at = world.state.residents().get(resident(1)).unwrap().wallet.lots()[0].expires_at;
    world.now = expires_at.microseconds() - 10 * MINUTE;
    world.wish(reserve(1, &[(RICE, 1)])).unwrap();
    world.now += 20 * MINUTE;
    world.let_due_happen();
    assert_eq!(wallet(&world), (Points::ZERO, points("4.40")), "what was not held lapsed");
    world.wish(void(1)).unwrap();
    assert_eq!(
        wallet(&world),
        (Points::ZERO, Points::ZERO),
        "cancelling is no way around the date"
    );
    assert!(world.state.next_deadline().is_none());
    world.state.check_laws().unwrap();
}

#[test]
fn what_cannot_be_had() {
    let unknown = ItemId::from_number(99);
    let too_many: Vec<(ItemId, u32)> = (0..21).map(|n| (ItemId::from_number(n), 1)).collect();
    for (wishes, expected) in [
        (vec![], Refusal::EmptyBasket),
        (too_many, Refusal::BasketTooLarge { most: 20 }),
        (vec![(unknown, 1)], Refusal::Unknown(Noun::Item)),
        (vec![(RICE, 0)], Refusal::QuantityZero { item: RICE }),
        (vec![(RICE, 1), (RICE, 1)], Refusal::ItemTwice { item: RICE }),
        (vec![(RICE, 4)], Refusal::InsufficientStock { item: RICE, free: 3, wanted: 4 }),
        (vec![(WHEELCHAIR, 1)], Refusal::AssistedOnly { item: WHEELCHAIR }),
        (
            vec![(RICE, 1), (HAIRCUT, 2)],
            Refusal::InsufficientPoints { available: points("6"), needed: points("7.40") },
        ),
        (
            vec![(HAIRCUT, u32::MAX)],
            Refusal::InsufficientPoints { available: points("6"), needed: huge() },
        ),
    ] {
        let mut world = rich(2);
        let digest = world.state.digest();
        assert_eq!(world.wish(sell(1, &wishes)), Err(expected.clone()));
        assert_eq!(world.wish(reserve(1, &wishes)), Err(expected));
        assert_eq!(world.state.digest(), digest, "a refusal changes nothing");
    }
}

fn huge() -> Points {
    points("1.5").times(u32::MAX).unwrap()
}

#[test]
fn stars_open_doors_and_nothing_costs_nothing() {
    let mut world = World::new();
    let advice = [(ADVICE, 1)];
    let refusal = Refusal::TooFewStars { item: ADVICE, needed: 1, found: 0 };
    assert_eq!(world.wish(sell(1, &advice)), Err(refusal));
    let mut world = rich(1);
    let records = world.wish(sell(1, &advice)).unwrap();
    assert!(records[0].postings.is_empty());
}

#[test]
fn the_last_bag_goes_to_one() {
    let mut world = rich(2);
    patrol(&mut world, 11, resident(3), 4);
    patrol(&mut world, 21, resident(5), 2);
    let bags = |number, who, count| Command::Sell(basket(number, who, STATION, &[(RICE, count)]));
    world.wish(bags(1, resident(3), 2)).unwrap();
    let (mut one_first, mut other_first) = (world.clone(), world);
    let late = Refusal::InsufficientStock { item: RICE, free: 0, wanted: 1 };
    one_first.wish(bags(2, resident(1), 1)).unwrap();
    assert_eq!(one_first.wish(bags(3, resident(5), 1)), Err(late.clone()));
    other_first.wish(bags(3, resident(5), 1)).unwrap();
    assert_eq!(other_first.wish(bags(2, resident(1), 1)), Err(late));
}
