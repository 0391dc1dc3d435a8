//! The terms of an item: to whom it is open, and how much of it anybody may have.

use crate::vouchers::{hash, repair_terms, voucher};
use crate::world::*;
use linli_domain::booking;
use linli_domain::booking::{Request, Side};
use linli_domain::id::{AreaId, HouseholdId, ItemId};
use linli_domain::item::{
    Command, LIMITS_MAX, Limit, Much, ONLY_MAX, OpenTo, Taker, Terms, TermsPart, VoucherTerms,
};
use linli_domain::quantity::Minutes;
use linli_domain::redemption::{self, VoidReason};
use linli_domain::resource::Weekday;
use linli_domain::time::Window;
use linli_domain::{Noun, Refusal};

fn limited(item: ItemId, taker: Taker, window: Window, most: Much) -> Terms {
    Terms { item, only: Vec::new(), limits: vec![Limit { taker, window, most }], voucher: None }
}

fn set(world: &mut World, terms: Terms) {
    world.wish(Command::SetTerms(terms)).unwrap();
}

fn cut(number: u128, who: u128, count: u32) -> redemption::Command {
    redemption::Command::Sell(basket(number, resident(who), STATION, &[(HAIRCUT, count)]))
}

/// Numbers 1 to 4 have 4.50 points each; 1 and 2 live together, and so do 3 and 4.
pub fn world() -> World {
    let mut world = World::with_places();
    for number in 1..=4 {
        for part in 0..2 {
            world.now += 3 * HOUR;
            let until = world.now;
            let number = number + 10 * part;
            let who = resident(number % 10);
            world.wish(submit(claim(number, who, "PATROL", until - 3 * HOUR, until))).unwrap();
            world.wish(verify(number, GRID_OFFICER)).unwrap();
        }
        assert!(world.available(resident(number)) >= points("4.5"));
    }
    world.now = MORNING + 2 * DAY;
    world
}

#[test]
fn terms_that_make_no_sense_are_not_set() {
    let mut world = World::new();
    world.open_services();
    let of = |change: fn(&mut Terms)| {
        let mut terms = repair_terms();
        change(&mut terms);
        Command::SetTerms(terms)
    };
    fn voucher(terms: &mut Terms) -> &mut VoucherTerms {
        terms.voucher.as_mut().unwrap()
    }
    let limit = Limit { taker: Taker::Person, window: Window::Day, most: Much::Pieces(0) };
    assert_eq!(limit.most, Much::Pieces(0));
    let invalid = |part| Refusal::InvalidTerms { item: REPAIR, part };
    for (command, refusal) in [
        (of(|it| it.item = ItemId::from_number(99)), Refusal::Unknown(Noun::Item)),
        (of(|it| it.item = RICE), Refusal::InvalidTerms { item: RICE, part: TermsPart::Voucher }),
        (of(|it| it.only = vec![OpenTo::Area(AreaId::from_number(99))]), invalid(TermsPart::Only)),
        (of(|it| it.only = vec![OpenTo::Resident(resident(99))]), invalid(TermsPart::Only)),
        (of(|it| it.only = vec![OpenTo::Area(GRID); ONLY_MAX + 1]), invalid(TermsPart::Only)),
        (
            of(|it| {
                it.limits = limited(REPAIR, Taker::Person, Window::Day, Much::Pieces(0)).limits
            }),
            invalid(TermsPart::Limits),
        ),
        (
            of(|it| {
                let one = limited(REPAIR, Taker::Person, Window::Day, Much::Pieces(1)).limits;
                it.limits = vec![one[0]; LIMITS_MAX + 1];
            }),
            invalid(TermsPart::Limits),
        ),
        (of(|it| voucher(it).until_days = 0), invalid(TermsPart::Voucher)),
        (of(|it| voucher(it).from_days = 4), invalid(TermsPart::Voucher)),
        (of(|it| voucher(it).weekdays = vec![Weekday::Sunday; 2]), invalid(TermsPart::Voucher)),
        (of(|it| voucher(it).wrong_codes = 0), invalid(TermsPart::Voucher)),
        (of(|it| voucher(it).lock = Minutes::ZERO), invalid(TermsPart::Voucher)),
    ] {
        assert_eq!(world.wish(command.clone()), Err(refusal), "{command:?}");
    }
    world.wish(of(|_| ())).unwrap();
}

#[test]
fn an_item_is_open_to_whom_its_terms_name() {
    for (only, open) in [
        (vec![], true),
        (vec![OpenTo::Area(GRID)], true),
        (vec![OpenTo::Area(OTHER_GRID)], false),
        (vec![OpenTo::Household(HouseholdId::from_number(1))], true),
        (vec![OpenTo::Household(HouseholdId::from_number(2))], false),
        (vec![OpenTo::Resident(resident(2))], false),
        (vec![OpenTo::Area(OTHER_GRID), OpenTo::Resident(resident(1))], true),
    ] {
        let mut world = world();
        let closed = (!open).then_some(Refusal::NotOpenTo { item: HAIRCUT });
        let terms = Terms { item: HAIRCUT, only, limits: Vec::new(), voucher: None };
        set(&mut world, terms.clone());
        assert_eq!(world.wish(cut(1, 1, 1)).err(), closed, "{terms:?}");
    }
    // The same for what is booked.
    let mut world = world();
    let only = vec![OpenTo::Resident(resident(2))];
    set(&mut world, Terms { item: SEAT, only, limits: Vec::new(), voucher: None });
    assert_eq!(world.wish(book(1, 1)), Err(Refusal::NotOpenTo { item: SEAT }));
    world.wish(book(1, 2)).unwrap();
}

fn book(number: u128, who: u128) -> booking::Command {
    booking::Command::Book(Request {
        booking: booking(number),
        resource: COURT,
        resident: resident(who),
        start: at(MORNING + 3 * DAY),
        slots: 1,
        quantity: 1,
    })
}

#[test]
fn nobody_has_more_than_the_limit_and_the_refusal_has_the_figures() {
    let mut world = world();
    set(&mut world, limited(HAIRCUT, Taker::Person, Window::Month, Much::Pieces(2)));
    let (taker, window) = (Taker::Person, Window::Month);
    let many = |taken, wanted| Refusal::TooManyTaken {
        item: HAIRCUT,
        taker,
        window,
        most: 2,
        taken,
        wanted,
    };
    assert_eq!(world.wish(cut(1, 1, 3)), Err(many(0, 3)));
    world.wish(cut(1, 1, 1)).unwrap();
    assert_eq!(world.wish(cut(2, 1, 2)), Err(many(1, 2)));
    world.wish(cut(2, 1, 1)).unwrap();
    assert_eq!(world.wish(cut(3, 1, 1)), Err(many(2, 1)));
    // Another of the household may; the next month is another.
    world.wish(cut(3, 2, 1)).unwrap();
    world.now = MORNING + 29 * DAY;
    world.wish(cut(4, 1, 1)).unwrap();
}

#[test]
fn a_household_is_counted_together_and_points_are_counted_as_well() {
    let mut world = world();
    let most = Much::Points(points("4"));
    set(&mut world, limited(HAIRCUT, Taker::Household, Window::Year, most));
    world.wish(cut(1, 1, 1)).unwrap();
    world.wish(cut(2, 2, 1)).unwrap();
    let much = Refusal::TooMuchSpent {
        item: HAIRCUT,
        taker: Taker::Household,
        window: Window::Year,
        most: points("4"),
        spent: points("3"),
        wanted: points("1.5"),
    };
    for who in [1, 2] {
        assert_eq!(world.wish(cut(3, who, 1)), Err(much.clone()));
    }
    world.wish(cut(3, 3, 2)).unwrap();
}

#[test]
fn what_is_given_back_is_not_counted() {
    let mut world = world();
    set(&mut world, limited(HAIRCUT, Taker::Household, Window::Day, Much::Pieces(2)));
    let two = basket(1, resident(1), STATION, &[(HAIRCUT, 2)]);
    world.wish(redemption::Command::Reserve(two)).unwrap();
    let wants = cut(2, 2, 1);
    assert!(matches!(world.wish(wants.clone()), Err(Refusal::TooManyTaken { .. })));
    let (redemption, station, reason) = (redemption(1), STATION, VoidReason::Resident);
    world.wish(redemption::Command::Void { redemption, station, reason }).unwrap();
    world.wish(wants).unwrap();
    // A booking that is called off, and a voucher that is given back, likewise.
    set(&mut world, limited(SEAT, Taker::Person, Window::AllTime, Much::Pieces(1)));
    world.wish(book(1, 3)).unwrap();
    let again = Request { start: at(MORNING + 4 * DAY), ..request(2, 3) };
    let again = booking::Command::Book(again);
    assert!(matches!(world.wish(again), Err(Refusal::TooManyTaken { taken: 1, .. })));
    let cancel =
        booking::Command::Cancel { booking: booking(1), station: None, by: Side::Resident };
    world.wish(cancel).unwrap();
    world.wish(again).unwrap();
    world.open_services();
    let issue = |number, who| {
        let (voucher, code) = (voucher(number), hash(number));
        let purchase = linli_domain::voucher::Purchase {
            voucher,
            resident: resident(who),
            item: LESSON,
            code,
        };
        linli_domain::voucher::Command::Issue(purchase)
    };
    for number in 1..=2 {
        world.wish(issue(number, 2 + number)).unwrap();
    }
    assert!(matches!(world.wish(issue(3, 3)), Err(Refusal::TooManyTaken { taken: 2, .. })));
    let by = Side::Resident;
    world.wish(linli_domain::voucher::Command::Return { voucher: voucher(1), by }).unwrap();
    world.wish(issue(3, 3)).unwrap();
    assert_eq!(world.state.check_laws(), Ok(()));
}

fn request(number: u128, who: u128) -> Request {
    let booking::Command::Book(request) = book(number, who) else { panic!() };
    request
}
