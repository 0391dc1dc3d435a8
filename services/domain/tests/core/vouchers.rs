//! Vouchers: issued with a code, used once, locked by guessing, expired, given back.

use crate::world::*;
use linli_domain::booking::Side;
use linli_domain::id::{ResidentId, VoucherId};
use linli_domain::item::{
    self, Eligibility, Item, ItemKind, Limit, Much, Taker, Terms as ItemTerms, Unused, VoucherTerms,
};
use linli_domain::posting::Account;
use linli_domain::quantity::{Fen, Minutes, Points};
use linli_domain::redemption;
use linli_domain::resource::Weekday;
use linli_domain::time::Window;
use linli_domain::voucher::{CodeHash, Command, Counter, Event, Purchase, Status};
use linli_domain::{Noun, Record, Refusal};

impl World {
    /// Lists two services by voucher. A repair costs 1.50, is good on six days a week until the end
    /// of the third day, and gives its points back; a lesson costs a point, is good from the next
    /// day on for a week, and lapses; a household has two of these a week.
    pub fn open_services(&mut self) {
        for (item, price) in [(REPAIR, "1.5"), (LESSON, "1")] {
            let (eligibility, kind) = (Eligibility::default(), ItemKind::Service);
            let (price, cost) = (points(price), Fen::from_hundredths(70));
            let (name, supplier) = (name("Service"), MERCHANT);
            let listed = Item { item, supplier, name, kind, price, cost, eligibility };
            self.wish(item::Command::List(listed)).unwrap();
        }
        for terms in [repair_terms(), lesson_terms()] {
            self.wish(item::Command::SetTerms(terms)).unwrap();
        }
    }
}

pub fn repair_terms() -> ItemTerms {
    let six = Weekday::ALL.into_iter().filter(|day| *day != Weekday::Monday).collect();
    let voucher = VoucherTerms {
        from_days: 0,
        until_days: 3,
        weekdays: six,
        unused: Unused::Returned,
        wrong_codes: 2,
        lock: Minutes::new(60),
    };
    ItemTerms { item: REPAIR, only: Vec::new(), limits: Vec::new(), voucher: Some(voucher) }
}

pub fn lesson_terms() -> ItemTerms {
    let voucher = VoucherTerms {
        from_days: 1,
        until_days: 7,
        weekdays: Vec::new(),
        unused: Unused::Lapsed,
        wrong_codes: 3,
        lock: Minutes::new(30),
    };
    let limit = Limit { taker: Taker::Household, window: Window::Week, most: Much::Pieces(2) };
    ItemTerms { item: LESSON, only: Vec::new(), limits: vec![limit], voucher: Some(voucher) }
}

/// The hash of this voucher's code; of number zero it is nobody's.
pub fn hash(number: u128) -> CodeHash {
    CodeHash([u8::try_from(number % 251).unwrap(); 32])
}

pub fn voucher(number: u128) -> VoucherId {
    VoucherId::from_number(number)
}

/// Numbers 1 to 5 have three points each; it is Tuesday, nine o'clock.
fn world() -> World {
    let mut world = World::new();
    world.open_services();
    for number in 1..=5 {
        world.now += 3 * HOUR;
        let until = world.now;
        let claim = claim(number, resident(number), "PATROL", until - 3 * HOUR, until);
        world.wish(submit(claim)).unwrap();
        world.wish(verify(number, GRID_OFFICER)).unwrap();
    }
    world.now = MORNING + DAY;
    world
}

fn issue(number: u128, who: u128, item: linli_domain::id::ItemId) -> Command {
    let (voucher, resident, code) = (voucher(number), resident(who), hash(number));
    Command::Issue(Purchase { voucher, resident, item, code })
}

fn show(number: u128, at: Counter) -> Command {
    Command::Use { voucher: voucher(number), at, code: hash(number) }
}

fn guess(number: u128) -> Command {
    Command::Use { voucher: voucher(number), at: Counter::Station(STATION), code: hash(0) }
}

fn give_back(number: u128, by: Side) -> Command {
    Command::Return { voucher: voucher(number), by }
}

fn wallet(world: &World, who: ResidentId) -> (Points, Points) {
    let wallet = &world.state.residents().get(who).unwrap().wallet;
    (wallet.available.points, wallet.held.points)
}

fn status(world: &World, number: u128) -> Status {
    world.state.vouchers().get(voucher(number)).unwrap().status
}

fn event(record: &Record) -> &Event {
    let linli_domain::Event::Voucher(event) = &record.event else { panic!("{record:?}") };
    event
}

const HERE: Counter = Counter::Station(STATION);

#[test]
fn a_voucher_holds_points_and_its_supplier_is_paid_when_it_is_used() {
    for at in [HERE, Counter::Supplier(MERCHANT)] {
        let mut world = world();
        world.wish(issue(1, 1, REPAIR)).unwrap();
        assert_eq!(wallet(&world, resident(1)), (points("1.5"), points("1.5")));
        assert_eq!(world.state.balance(Account::Supplier(MERCHANT)).points, Points::ZERO);
        world.wish(show(1, at)).unwrap();
        assert_eq!(wallet(&world, resident(1)), (points("1.5"), Points::ZERO));
        assert_eq!(world.state.balance(Account::Supplier(MERCHANT)).points, points("1.5"));
        let owed = world.state.payable(MERCHANT).open;
        assert_eq!((owed.points, owed.fen.hundredths()), (points("1.5"), 70));
        let used = Refusal::VoucherStatus { found: Status::Used };
        for again in [show(1, at), give_back(1, Side::Resident), guess(1)] {
            assert_eq!(world.wish(again), Err(used.clone()));
        }
        world.now += 30 * DAY;
        world.let_due_happen();
        assert_eq!(status(&world, 1), Status::Used);
        assert_eq!(world.state.check_laws(), Ok(()));
    }
}

#[test]
fn what_can_not_be_is_refused_with_its_figures() {
    let mut world = world();
    world.wish(issue(1, 1, REPAIR)).unwrap();
    world.wish(issue(2, 2, LESSON)).unwrap();
    let tomorrow = at(MORNING + 2 * DAY - 9 * HOUR);
    let short = Refusal::InsufficientPoints { available: Points::ZERO, needed: points("1.5") };
    for (command, refusal) in [
        (issue(1, 2, REPAIR), Refusal::AlreadyExists(Noun::Voucher)),
        (issue(9, 99, REPAIR), Refusal::Unknown(Noun::Resident)),
        (issue(9, 2, linli_domain::id::ItemId::from_number(99)), Refusal::Unknown(Noun::Item)),
        (issue(9, 2, HAIRCUT), Refusal::NotByVoucher { item: HAIRCUT }),
        (issue(9, 8, REPAIR), short),
        (show(9, HERE), Refusal::Unknown(Noun::Voucher)),
        (show(1, Counter::Supplier(DEPARTMENT)), Refusal::OtherSupplier),
        (
            show(1, Counter::Station(linli_domain::id::StationId::from_number(9))),
            Refusal::Unknown(Noun::Station),
        ),
        (show(2, HERE), Refusal::VoucherTooEarly { from: tomorrow }),
    ] {
        assert_eq!(world.wish(command), Err(refusal), "{command:?}");
    }
    let sold = basket(1, resident(1), STATION, &[(REPAIR, 1)]);
    let needed = Refusal::VoucherNeeded { item: REPAIR };
    assert_eq!(world.wish(redemption::Command::Sell(sold)), Err(needed));
}

#[test]
fn a_voucher_is_good_on_its_days() {
    // Issued on Saturday: good on Saturday, Sunday and Tuesday, but not on Monday.
    let good = [
        (4, None),
        (5, None),
        (6, None),
        (7, Some(Refusal::VoucherNotToday { days: Weekday::ALL[1..].to_vec() })),
        (8, None),
        (9, Some(Refusal::VoucherStatus { found: Status::Expired })),
    ];
    for (day, refusal) in good {
        let mut world = world();
        world.now = MORNING + 5 * DAY;
        world.wish(issue(1, 1, REPAIR)).unwrap();
        if day < 5 {
            continue;
        }
        // The last instant of the day.
        world.now = MORNING + day * DAY + 15 * HOUR - 1;
        assert_eq!(world.wish(show(1, HERE)).err(), refusal, "{day}");
    }
}

#[test]
fn guessing_locks_a_voucher_for_a_while_and_an_hour_later_it_is_good() {
    let mut world = world();
    world.wish(issue(1, 1, REPAIR)).unwrap();
    let first = world.wish(guess(1)).unwrap();
    let Event::WrongCode { tries, most, locked_until, .. } = event(&first[0]) else { panic!() };
    assert_eq!((*tries, *most, *locked_until), (1, 2, None));
    let second = world.wish(guess(1)).unwrap();
    let Event::WrongCode { tries, locked_until: Some(until), .. } = event(&second[0]) else {
        panic!()
    };
    assert_eq!((*tries, *until), (2, at(world.now + HOUR)));
    let locked = Refusal::VoucherLocked { until: *until, most: 2 };
    // The right code is no key to a lock.
    for command in [show(1, HERE), guess(1)] {
        assert_eq!(world.wish(command), Err(locked.clone()));
    }
    world.now = until.microseconds() - 1;
    assert_eq!(world.wish(show(1, HERE)), Err(locked));
    world.now = until.microseconds();
    // The row begins anew.
    let third = world.wish(guess(1)).unwrap();
    assert!(matches!(event(&third[0]), Event::WrongCode { tries: 1, locked_until: None, .. }));
    world.wish(show(1, HERE)).unwrap();
}

#[test]
fn what_nobody_used_goes_back_or_lapses_as_the_terms_say() {
    let mut world = world();
    world.wish(issue(1, 1, REPAIR)).unwrap();
    world.wish(issue(2, 2, LESSON)).unwrap();
    world.now = MORNING + 20 * DAY;
    world.let_due_happen();
    assert_eq!([1, 2].map(|it| status(&world, it)), [Status::Expired; 2]);
    assert_eq!(wallet(&world, resident(1)), (points("3"), Points::ZERO));
    assert_eq!(wallet(&world, resident(2)), (points("2"), Points::ZERO));
    assert_eq!(world.state.balance(Account::Expired(POOL)).points, points("1"));
    let ends: Vec<i64> = world
        .records
        .iter()
        .filter(|it| matches!(&it.event, linli_domain::Event::Voucher(Event::Expired { .. })))
        .map(|it| (it.happened_at.microseconds() - MORNING + 9 * HOUR) / DAY)
        .collect();
    assert_eq!(ends, [5, 9]);
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn what_is_given_back_has_its_date_and_by_a_fault_of_others_some_days_of_grace() {
    // The points of March live until the end of April; grace is as for returns.
    let grace = rule_set().returns().unwrap().grace_days;
    for (by, back) in [(Side::Resident, "0"), (Side::Station, "1"), (Side::Supplier, "1")] {
        let mut world = world();
        world.now = MORNING + 57 * DAY;
        world.wish(issue(1, 1, LESSON)).unwrap();
        world.now = MORNING + 60 * DAY;
        world.let_due_happen();
        assert_eq!(wallet(&world, resident(1)), (Points::ZERO, points("1")));
        world.wish(give_back(1, by)).unwrap();
        assert_eq!(wallet(&world, resident(1)), (points(back), Points::ZERO), "{by:?}");
        world.now += i64::from(grace) * DAY;
        world.let_due_happen();
        assert_eq!(wallet(&world, resident(1)), (Points::ZERO, Points::ZERO));
        let gone = Refusal::VoucherStatus { found: Status::Returned };
        assert_eq!(world.wish(give_back(1, by)), Err(gone));
        assert_eq!(world.state.check_laws(), Ok(()));
    }
}

#[test]
fn a_voucher_keeps_the_terms_it_was_issued_under() {
    let mut world = world();
    world.wish(issue(1, 1, REPAIR)).unwrap();
    let mut terms = repair_terms();
    terms.voucher.as_mut().unwrap().weekdays = vec![Weekday::Sunday];
    world.wish(item::Command::SetTerms(terms)).unwrap();
    world.wish(issue(2, 2, REPAIR)).unwrap();
    world.wish(show(1, HERE)).unwrap();
    let days = vec![Weekday::Sunday];
    assert_eq!(world.wish(show(2, HERE)), Err(Refusal::VoucherNotToday { days }));
}
