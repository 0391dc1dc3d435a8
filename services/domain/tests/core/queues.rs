//! Waiting for goods: who may, in which order it comes, and how a wait ends.

use linli_domain::booking::Unfit;
use linli_domain::id::{ItemId, ResidentId, StationId};
use linli_domain::item::{self, Delivery, Limit, Much, Taker, Terms};
use linli_domain::quantity::{Minutes, Points};
use linli_domain::queue::{Command, Event, QUEUE_MAX, Request, Status, WANTED_MAX};
use linli_domain::redemption::{self, VoidReason};
use linli_domain::rules::{self, InvalidRules, QueueRules, RuleSet, RuleVersion, RulesPart};
use linli_domain::time::Window;
use linli_domain::{Noun, Origin, Refusal};

use crate::erasing::erase;
use crate::moving::move_to;
use crate::spending::patrol;
use crate::stock::{note, send_back};
use crate::world::*;

/// What was waited for is fetched within three days.
const FETCH: i64 = 3 * DAY;

/// Numbers 1 to 4 have six points each, for one bag of rice; and there is none at the station.
fn world() -> World {
    let mut world = World::new();
    for number in 1..=4 {
        patrol(&mut world, number * 10, resident(number), 2);
    }
    world.wish(send_back(3)).unwrap();
    world
}

fn bags(number: u128, who: u128, quantity: u32) -> Request {
    let resident = resident(who);
    Request { redemption: redemption(number), resident, station: STATION, item: RICE, quantity }
}

fn join(number: u128, who: u128) -> Command {
    Command::Join(bags(number, who, 1))
}

fn leave(number: u128) -> Command {
    Command::Leave { redemption: redemption(number), station: None }
}

fn receive(quantity: u32) -> item::Command {
    let (station, item, reference) = (STATION, RICE, note());
    item::Command::ReceiveStock(Delivery { station, item, quantity, reference })
}

fn sell(number: u128, who: u128) -> redemption::Command {
    redemption::Command::Sell(basket(number, resident(who), STATION, &[(RICE, 1)]))
}

fn void(number: u128) -> redemption::Command {
    let (redemption, station) = (redemption(number), STATION);
    redemption::Command::Void { redemption, station, reason: VoidReason::Resident }
}

fn waits(world: &World) -> Vec<ResidentId> {
    world.state.queue(STATION, RICE).map(|it| it.resident).collect()
}

fn held(world: &World, who: u128) -> Points {
    world.state.residents().get(resident(who)).unwrap().wallet.held.points
}

fn status(world: &World, number: u128) -> Status {
    world.state.wait(redemption(number)).unwrap()
}

/// The last fact, which nobody wished.
fn by_itself(world: &World) -> &linli_domain::Event {
    let last = world.records.last().unwrap();
    assert_eq!(last.origin, Origin::Deadline);
    &last.event
}

#[test]
fn one_bag_goes_to_who_came_first_and_nobody_is_quicker() {
    let mut world = world();
    for number in 1..=3 {
        world.wish(join(number, number)).unwrap();
    }
    world.wish(receive(1)).unwrap();
    // It is the first one's before whoever stands at the counter can say a word.
    let none = Refusal::InsufficientStock { item: RICE, free: 0, wanted: 1 };
    assert_eq!(world.wish(sell(9, 4)), Err(none));
    let linli_domain::Event::Redemption(redemption::Event::Reserved { slip, expires_at }) =
        by_itself(&world)
    else {
        panic!("{:?}", world.records.last());
    };
    assert_eq!((slip.redemption, slip.resident), (redemption(1), resident(1)));
    assert_eq!(*expires_at, at(world.now + FETCH));
    assert_eq!((held(&world, 1), status(&world, 1)), (points("4.40"), Status::Served));
    assert_eq!(waits(&world), [resident(2), resident(3)]);
    // It is fetched as anything is that was reserved.
    world.now += 2 * DAY;
    let (redemption, station) = (redemption(1), STATION);
    let fetched = redemption::Command::Capture {
        redemption,
        station,
        shift: None,
        shown: None,
        handed: vec![],
    };
    world.wish(fetched).unwrap();
    assert_eq!(world.available(resident(1)), points("1.60"));
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn whatever_frees_a_bag_serves_who_waits() {
    let mut world = world();
    world.wish(receive(1)).unwrap();
    world
        .wish(redemption::Command::Reserve(basket(1, resident(1), STATION, &[(RICE, 1)])))
        .unwrap();
    for number in 2..=4 {
        world.wish(join(number, number)).unwrap();
    }
    // What somebody no longer wants goes to the next.
    world.wish(void(1)).unwrap();
    world.let_due_happen();
    assert_eq!((held(&world, 2), status(&world, 2)), (points("4.40"), Status::Served));
    // And what nobody fetches.
    world.now += FETCH;
    world.let_due_happen();
    assert_eq!((held(&world, 2), held(&world, 3)), (Points::ZERO, points("4.40")));
    assert_eq!(waits(&world), [resident(4)]);
    // A bag from another station, and one that a count finds.
    let (from, to, item, reference) = (OTHER_STATION, STATION, RICE, note());
    world
        .wish(item::Command::MoveStock(item::Move { from, to, item, quantity: 1, reference }))
        .unwrap();
    world.let_due_happen();
    assert_eq!((held(&world, 4), waits(&world).len()), (points("4.40"), 0));
    world.wish(join(5, 2)).unwrap();
    world.wish(crate::stock::count(3)).unwrap();
    world.let_due_happen();
    assert_eq!(status(&world, 5), Status::Served);
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn who_wants_more_keeps_the_place_and_blocks_nobody() {
    let mut world = world();
    world.wish(Command::Join(bags(1, 1, 2))).unwrap();
    world.wish(join(2, 2)).unwrap();
    world.wish(receive(1)).unwrap();
    world.let_due_happen();
    assert_eq!((status(&world, 1), status(&world, 2)), (Status::Waiting, Status::Served));
    // With two there is enough, and too few points for it by then.
    world.wish(receive(2)).unwrap();
    world.let_due_happen();
    let request = bags(1, 1, 2);
    assert_eq!(*by_itself(&world), Event::PassedOver { request, why: Unfit::Points }.into());
    assert_eq!(waits(&world), []);
    world.wish(sell(9, 4)).unwrap();
}

#[test]
fn who_cannot_have_it_by_then_is_passed_over_with_the_reason() {
    let mut world = world();
    world.wish(join(1, 1)).unwrap();
    world.wish(join(2, 2)).unwrap();
    world.wish(join(3, 3)).unwrap();
    // Each may have one a month, and the second has bought hers elsewhere.
    let most = Limit { taker: Taker::Person, window: Window::Month, most: Much::Pieces(1) };
    let only = vec![item::OpenTo::Household(linli_domain::id::HouseholdId::from_number(1))];
    let terms = Terms { item: RICE, only, limits: vec![most], voucher: None };
    world.wish(item::Command::SetTerms(terms)).unwrap();
    world
        .wish(redemption::Command::Sell(basket(8, resident(2), OTHER_STATION, &[(RICE, 1)])))
        .unwrap();
    world.wish(receive(3)).unwrap();
    let from = world.records.len();
    world.let_due_happen();
    let events: Vec<_> = world.records[from..].iter().map(|record| record.event.clone()).collect();
    let passed = |number, why| {
        linli_domain::Event::from(Event::PassedOver { request: bags(number, number, 1), why })
    };
    assert_eq!(events.len(), 3, "{events:?}");
    assert_eq!(events[1..], [passed(2, Unfit::Limit), passed(3, Unfit::NotOpen)]);
    assert_eq!(status(&world, 1), Status::Served);
    // Nobody waits for more than the limit lets anybody have.
    let wanted = Command::Join(Request { station: OTHER_STATION, ..bags(9, 1, 3) });
    let refused = Refusal::TooManyWanted { item: RICE, most: 1, wanted: 3 };
    assert_eq!(world.wish(wanted), Err(refused));
}

#[test]
fn who_moves_keeps_the_place_and_who_is_erased_has_none() {
    let mut world = world();
    for number in 1..=3 {
        world.wish(join(number, number)).unwrap();
    }
    world.wish(move_to(1, 3, false)).unwrap();
    world.wish(erase(2)).unwrap();
    world.let_due_happen();
    let request = bags(2, 2, 1);
    let passed = linli_domain::Event::from(Event::PassedOver { request, why: Unfit::Erased });
    assert!(world.records.iter().any(|record| record.event == passed));
    assert_eq!(waits(&world), [resident(1), resident(3)]);
    assert_eq!(world.wish(join(4, 2)), Err(Refusal::ResidentErased));
    world.wish(receive(1)).unwrap();
    world.let_due_happen();
    assert_eq!(status(&world, 1), Status::Served);
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn what_can_not_be_waited_for_is_refused_with_its_figures() {
    let mut world = world();
    world.wish(join(1, 1)).unwrap();
    let of = |change: fn(&mut Request)| {
        let mut request = bags(9, 2, 1);
        change(&mut request);
        Command::Join(request)
    };
    let most = WANTED_MAX;
    for (command, refusal) in [
        (of(|it| it.redemption = redemption(1)), Refusal::AlreadyExists(Noun::Redemption)),
        (of(|it| it.resident = resident(99)), Refusal::Unknown(Noun::Resident)),
        (of(|it| it.station = StationId::from_number(99)), Refusal::Unknown(Noun::Station)),
        (of(|it| it.item = ItemId::from_number(99)), Refusal::Unknown(Noun::Item)),
        (of(|it| it.quantity = 0), Refusal::QuantityZero { item: RICE }),
        (of(|it| it.quantity = 101), Refusal::TooManyWanted { item: RICE, most, wanted: 101 }),
        (of(|it| it.item = HAIRCUT), Refusal::NotStocked { item: HAIRCUT }),
        (of(|it| it.resident = resident(1)), Refusal::QueuedAlready { item: RICE }),
        (of(|it| it.station = OTHER_STATION), Refusal::InStock { item: RICE, free: 3, wanted: 1 }),
        (leave(9), Refusal::Unknown(Noun::Redemption)),
        (
            Command::Leave { redemption: redemption(1), station: Some(OTHER_STATION) },
            Refusal::OtherStation,
        ),
    ] {
        assert_eq!(world.wish(command), Err(refusal), "{command:?}");
    }
    // The id of a wait is that of its redemption, for good.
    let taken = Refusal::AlreadyExists(Noun::Redemption);
    let elsewhere = basket(1, resident(1), OTHER_STATION, &[(RICE, 1)]);
    assert_eq!(world.wish(redemption::Command::Sell(elsewhere)), Err(taken.clone()));
    world.wish(leave(1)).unwrap();
    assert_eq!(world.wish(leave(1)), Err(Refusal::NotQueued { found: Status::Left }));
    assert_eq!(world.wish(join(1, 1)), Err(taken));
    world.wish(receive(1)).unwrap();
    world.let_due_happen();
    assert_eq!(world.state.shelf(STATION, RICE).free(), 1);
}

#[test]
fn a_queue_has_an_end() {
    let mut world = world();
    let household = linli_domain::id::HouseholdId::from_number(1);
    for number in 0..=QUEUE_MAX {
        let who = 1_000 + u128::try_from(number).unwrap();
        let card = linli_domain::text::CardCode::from_serial(u64::try_from(who).unwrap());
        let resident = resident(who);
        let registered =
            linli_domain::resident::Registration { resident, household, card, assisted: false };
        world.wish(linli_domain::resident::Command::Register(registered)).unwrap();
        let joined = world.wish(join(who, who));
        if number == QUEUE_MAX {
            assert_eq!(joined, Err(Refusal::QueueFull { most: QUEUE_MAX }));
        } else {
            joined.unwrap();
        }
    }
}

fn publish(world: &mut World, queue: Option<QueueRules>) -> Result<(), Refusal> {
    let latest = world.state.rules().latest().unwrap().clone();
    let version = RuleVersion(latest.version.0 + 1);
    let next = RuleSet { version, effective_from: at(world.now), queue, ..latest };
    world.wish(rules::Command::Publish(Box::new(next))).map(|_| ())
}

#[test]
fn the_rules_say_how_long_it_is_kept_and_whether_anybody_waits() {
    let mut world = world();
    world.wish(join(1, 1)).unwrap();
    // A hold has half an hour; nothing is kept for longer than a month.
    for minutes in [0, 29, 31 * 24 * 60 + 1] {
        let queue = QueueRules { fetch: Minutes::new(minutes) };
        let invalid = Refusal::InvalidRules(InvalidRules { part: RulesPart::Queue, act: None });
        assert_eq!(publish(&mut world, Some(queue)), Err(invalid));
    }
    publish(&mut world, None).unwrap();
    assert_eq!(world.wish(join(2, 2)), Err(Refusal::NoQueues));
    // Who waited before is served all the same, with an ordinary hold.
    world.wish(receive(1)).unwrap();
    world.let_due_happen();
    world.now += 30 * MINUTE;
    world.let_due_happen();
    let ended = world.records.last().unwrap();
    assert!(matches!(
        ended.event,
        linli_domain::Event::Redemption(redemption::Event::TimedOut { .. })
    ));
}
