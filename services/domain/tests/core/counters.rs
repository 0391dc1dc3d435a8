//! Shifts at the counter, and what is handed out off line.

use crate::erasing::erase;
use crate::spending::{patrol, rich};
use crate::vouchers::repair_terms;
use crate::world::*;
use linli_domain::allowance::{self, Counted, Grant, OfflineSlip, Report, Sums};
use linli_domain::id::{AllowanceId, ItemId, OperatorId, ShiftId, StationId};
use linli_domain::item::{self, CountStock, Limit, Much, OpenTo, Taker, Terms};
use linli_domain::operator::{self, Closing, Enrolment, Opening, Shifts};
use linli_domain::posting::Account;
use linli_domain::redemption::{self, Basket, Wish};
use linli_domain::rules::RuleVersion;
use linli_domain::time::Window;
use linli_domain::{Event, Noun, Record, Refusal, rules};

const ALLOWANCE: AllowanceId = AllowanceId::from_number(1);

fn operator(number: u128) -> OperatorId {
    OperatorId::from_number(number)
}

fn shift(number: u128) -> ShiftId {
    ShiftId::from_number(number)
}

fn enrol(number: u128, station: StationId) -> operator::Command {
    operator::Command::Enrol(Enrolment { operator: operator(number), station })
}

fn open(number: u128, who: u128) -> operator::Command {
    let (shift, operator, station) = (shift(number), operator(who), STATION);
    operator::Command::OpenShift(Opening { shift, operator, station })
}

fn close(number: u128) -> operator::Command {
    operator::Command::CloseShift { shift: shift(number), station: STATION }
}

fn haircut(number: u128, shift: Option<ShiftId>) -> Basket {
    Basket { shift, ..basket(number, resident(1), STATION, &[(HAIRCUT, 1)]) }
}

#[test]
fn a_shift_is_opened_once_and_closes_at_its_time() {
    let mut world = World::new();
    world.wish(enrol(1, STATION)).unwrap();
    world.wish(enrol(2, OTHER_STATION)).unwrap();
    for (wish, refusal) in [
        (enrol(1, STATION), Refusal::AlreadyExists(Noun::Operator)),
        (enrol(3, StationId::from_number(9)), Refusal::Unknown(Noun::Station)),
        (open(1, 3), Refusal::Unknown(Noun::Operator)),
        (open(1, 2), Refusal::OtherStation),
        (close(1), Refusal::Unknown(Noun::Shift)),
    ] {
        assert_eq!(world.wish(wish), Err(refusal));
    }
    world.wish(open(1, 1)).unwrap();
    let opened = world.now;
    assert_eq!(world.wish(open(1, 1)), Err(Refusal::AlreadyExists(Noun::Shift)));
    assert_eq!(world.wish(open(2, 1)), Err(Refusal::ShiftOpen { shift: shift(1) }));
    // The rules of the place close it after nine hours; it happened then, whoever looks later.
    world.now += 10 * HOUR;
    let since = at(world.now);
    assert_eq!(world.wish(close(1)), Err(Refusal::ShiftOver { since }));
    let last = world.records.last().unwrap();
    assert_eq!(last.happened_at, at(opened + 9 * HOUR));
    world.wish(open(2, 1)).unwrap();
    // Whoever leaves leaves no shift open.
    let left = world.wish(operator::Command::Retire(operator(1))).unwrap();
    let Event::Operator(operator::Event::ShiftClosed { closing, .. }) = &left[1].event else {
        panic!("{left:?}")
    };
    assert_eq!(*closing, Closing::Retired);
    assert_eq!(world.wish(open(3, 1)), Err(Refusal::OperatorRetired));
}

#[test]
fn a_station_that_needs_shifts_hands_nothing_out_without() {
    let mut world = rich(4);
    world.wish(enrol(1, STATION)).unwrap();
    world.wish(enrol(2, OTHER_STATION)).unwrap();
    let sell = |number, shift| redemption::Command::Sell(haircut(number, shift));
    world.wish(sell(1, None)).unwrap();
    world.wish(redemption::Command::Reserve(haircut(2, None))).unwrap();
    let (station, shifts) = (STATION, Shifts::Needed);
    world.wish(operator::Command::SetShifts { station, shifts }).unwrap();
    let capture = |shift| {
        let (redemption, handed) = (redemption(2), Vec::new());
        redemption::Command::Capture { redemption, station: STATION, shift, shown: None, handed }
    };
    assert_eq!(world.wish(sell(3, None)), Err(Refusal::ShiftNeeded));
    assert_eq!(world.wish(capture(None)), Err(Refusal::ShiftNeeded));
    assert_eq!(world.wish(sell(3, Some(shift(1)))), Err(Refusal::Unknown(Noun::Shift)));
    world.wish(open(1, 1)).unwrap();
    for (wish, number) in [(sell(3, Some(shift(1))), 3), (capture(Some(shift(1))), 2)] {
        let done = world.wish(wish).unwrap();
        let Event::Redemption(event) = &done[0].event else { panic!("{done:?}") };
        assert_eq!(event.slip().redemption, redemption(number));
        assert_eq!(event.slip().shift, Some(shift(1)));
    }
    world.wish(close(1)).unwrap();
    let since = at(world.now);
    assert_eq!(world.wish(sell(4, Some(shift(1)))), Err(Refusal::ShiftOver { since }));
}

#[test]
fn a_count_carries_the_operator_who_counted() {
    let mut world = World::new();
    world.wish(enrol(1, STATION)).unwrap();
    world.wish(enrol(2, OTHER_STATION)).unwrap();
    let count = |who| {
        let (officer, operator) = (STREET_OFFICER, Some(operator(who)));
        let count = CountStock { station: STATION, item: RICE, officer, operator, found: 2 };
        item::Command::CountStock(count)
    };
    assert_eq!(world.wish(count(2)), Err(Refusal::OtherStation));
    assert_eq!(world.wish(count(3)), Err(Refusal::Unknown(Noun::Operator)));
    let counted = world.wish(count(1)).unwrap();
    let Event::Item(item::Event::StockCounted(it)) = &counted[0].event else {
        panic!("{counted:?}")
    };
    assert_eq!((it.count.operator, it.expected), (Some(operator(1)), 3));
}

fn grant(world: &World, total: &str, each: &str, hours: i64) -> Grant {
    Grant {
        allowance: ALLOWANCE,
        station: STATION,
        officer: STREET_OFFICER,
        total: points(total),
        per_person: points(each),
        ends_at: at(world.now + hours * HOUR),
    }
}

fn slip(
    world: &World,
    number: u32,
    who: u128,
    wishes: &[(ItemId, u32)],
    total: &str,
) -> OfflineSlip {
    let wish = |(item, quantity): &(ItemId, u32)| Wish { item: *item, quantity: *quantity };
    OfflineSlip {
        allowance: ALLOWANCE,
        station: STATION,
        number,
        redemption: redemption(100 + u128::from(number)),
        resident: resident(who),
        wishes: wishes.iter().map(wish).collect(),
        total: points(total),
        handed_at: at(world.now),
    }
}

fn end_of(allowance: AllowanceId) -> allowance::Command {
    allowance::Command::End { allowance, officer: STREET_OFFICER }
}

fn count(slip: &OfflineSlip) -> allowance::Command {
    allowance::Command::Count(slip.clone())
}

fn counted(records: &[Record]) -> &Counted {
    match &records.last().unwrap().event {
        Event::Allowance(allowance::Event::Counted(it)) => it,
        other => panic!("{other:?}"),
    }
}

fn reported(records: &[Record]) -> Report {
    match &records.last().unwrap().event {
        Event::Allowance(allowance::Event::Reported { why, .. }) => *why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_granted_is_within_the_rules_and_one_at_a_time() {
    let mut world = World::new();
    let wish = allowance::Command::Grant;
    let right = grant(&world, "20", "12", 24);
    let (most, each) = (points("20"), points("12"));
    let latest = at(world.now + 24 * HOUR);
    for (wrong, refusal) in [
        (
            Grant { total: points("20.01"), ..right },
            Refusal::AllowanceTooLarge { most, wanted: points("20.01") },
        ),
        (
            Grant { per_person: points("12.01"), ..right },
            Refusal::AllowanceTooLargeEach { most: each, wanted: points("12.01") },
        ),
        (grant(&world, "20", "0", 24), Refusal::AllowanceEmpty),
        (grant(&world, "20", "12", 0), Refusal::AllowanceEmpty),
        (grant(&world, "20", "12", 25), Refusal::AllowanceTooLong { latest }),
        (Grant { officer: GRID_OFFICER, ..right }, Refusal::OutsideAuthority),
    ] {
        assert_eq!(world.wish(wish(wrong)), Err(refusal));
    }
    world.wish(wish(right)).unwrap();
    let second = Grant { allowance: AllowanceId::from_number(2), ..right };
    let ends_at = right.ends_at;
    assert_eq!(world.wish(wish(second)), Err(Refusal::AllowanceStanding { ends_at }));
    // It ends by itself, at its time.
    world.now += 25 * HOUR;
    let end = end_of(ALLOWANCE);
    assert_eq!(world.wish(end), Err(Refusal::AllowanceEnded { since: at(world.now) }));
    assert_eq!(world.records.last().unwrap().happened_at, ends_at);
    let ends_at = at(world.now + HOUR);
    world.wish(wish(Grant { ends_at, ..second })).unwrap();
    // Rules that say nothing of it allow nothing.
    world.wish(end_of(AllowanceId::from_number(2))).unwrap();
    let silent = rules::RuleSet {
        version: RuleVersion(2),
        effective_from: at(world.now),
        counter: None,
        ..rule_set()
    };
    world.wish(rules::Command::Publish(Box::new(silent))).unwrap();
    let third = Grant { allowance: AllowanceId::from_number(3), ..second };
    assert_eq!(world.wish(wish(third)), Err(Refusal::NoOfflineTerms));
}

/// Story 7: a station is off line for a day, and somebody spends the same points at another.
#[test]
fn points_spent_twice_are_a_bounded_loss_with_a_name_on_it() {
    let mut world = rich(2);
    assert_eq!(world.available(resident(1)), points("6"));
    world.wish(allowance::Command::Grant(grant(&world, "20", "12", 24))).unwrap();
    world.now += HOUR;
    let off_line = slip(&world, 1, 1, &[(RICE, 1), (HAIRCUT, 2)], "7.4");
    world.now += HOUR;
    let elsewhere = basket(1, resident(1), OTHER_STATION, &[(RICE, 1)]);
    world.wish(redemption::Command::Sell(elsewhere)).unwrap();
    world.now += 20 * HOUR;
    let records = world.wish(count(&off_line)).unwrap();
    let it = counted(&records);
    assert_eq!(
        (it.slip.total, it.short, it.officer),
        (points("7.4"), points("5.8"), STREET_OFFICER)
    );
    assert_eq!(records[0].happened_at, off_line.handed_at);
    let balance = |account| world.state.balance(account).points.to_string();
    assert_eq!(balance(Account::Available(resident(1))), "0.00");
    assert_eq!(balance(Account::Loss(STREET_OFFICER)), "-5.80");
    // Both bags of rice and both haircuts: the merchant is paid for what was handed out.
    assert_eq!(balance(Account::Supplier(MERCHANT)), "11.80");
    assert_eq!(world.state.shelf(STATION, RICE).delivered, 1);
    let sums = Sums { slips: 1, spent: points("7.4"), overspent: points("5.8") };
    assert_eq!(world.state.allowances().get(ALLOWANCE).unwrap().sums, sums);
    // The same slip again counts nothing, and what was short can't be returned for points.
    assert_eq!(world.wish(count(&off_line)), Err(Refusal::SlipCounted));
    let back = redemption::Returning {
        redemption: off_line.redemption,
        station: STATION,
        lines: Vec::new(),
        reason: redemption::ReturnReason::Unwanted,
        officer: None,
    };
    let back = redemption::Command::Return(back);
    assert_eq!(world.wish(back), Err(Refusal::NoReturns));
}

#[test]
fn a_slip_that_cant_be_counted_is_reported_and_not_lost() {
    let mut world = rich(4);
    world.wish(allowance::Command::Grant(grant(&world, "12", "5", 24))).unwrap();
    let from = at(world.now);
    world.now += HOUR;
    let early = OfflineSlip {
        handed_at: at(world.now - 2 * HOUR),
        ..slip(&world, 2, 1, &[(HAIRCUT, 1)], "1.5")
    };
    world.wish(count(&slip(&world, 1, 1, &[(HAIRCUT, 1)], "1.5"))).unwrap();
    let taken = OfflineSlip {
        number: 1,
        redemption: redemption(200),
        ..slip(&world, 2, 2, &[(HAIRCUT, 1)], "1.5")
    };
    let until = at(world.now + 23 * HOUR);
    for (slip, why) in [
        (taken.clone(), Report::NumberTaken { by: redemption(101) }),
        (early, Report::NotCovered { from, until }),
        (slip(&world, 3, 1, &[(RICE, 1)], "4.4"), Report::PersonLimit { left: points("3.5") }),
        (slip(&world, 4, 2, &[(RICE, 1)], "4"), Report::OtherPrice { costs: points("4.4") }),
        (slip(&world, 5, 2, &[(WHEELCHAIR, 1)], "0"), Report::NotEligible { item: WHEELCHAIR }),
        (slip(&world, 6, 2, &[(RICE, 3)], "13.2"), Report::StationLimit { left: points("10.5") }),
    ] {
        let records = world.wish(count(&slip)).unwrap();
        assert_eq!(reported(&records), why);
        assert!(records[0].postings.is_empty());
        assert_eq!(world.wish(count(&slip)), Err(Refusal::SlipReported));
    }
    for (wrong, refusal) in [
        (slip(&world, 0, 1, &[(HAIRCUT, 1)], "1.5"), Refusal::SlipNumber { most: 2_000 }),
        (slip(&world, 7, 1, &[], "0"), Refusal::EmptyBasket),
        (slip(&world, 7, 1, &[(HAIRCUT, 0)], "0"), Refusal::QuantityZero { item: HAIRCUT }),
        (slip(&world, 7, 20, &[(HAIRCUT, 1)], "1.5"), Refusal::Unknown(Noun::Resident)),
    ] {
        assert_eq!(world.wish(count(&wrong)), Err(refusal));
    }
}

#[test]
fn a_reported_slip_is_counted_once_what_hindered_it_is_gone() {
    let mut world = rich(4);
    world.wish(allowance::Command::Grant(grant(&world, "20", "12", 24))).unwrap();
    let found = |found| {
        let (station, item, officer) = (STATION, RICE, STREET_OFFICER);
        item::Command::CountStock(CountStock { station, item, officer, operator: None, found })
    };
    world.wish(found(0)).unwrap();
    let slip = slip(&world, 1, 1, &[(RICE, 1)], "4.4");
    let records = world.wish(count(&slip)).unwrap();
    assert_eq!(reported(&records), Report::OutOfStock { item: RICE, free: 0 });
    world.wish(found(2)).unwrap();
    assert_eq!(counted(&world.wish(count(&slip)).unwrap()).short, points("0"));
    // Slips come in for seven days after the end, and no longer.
    let late = OfflineSlip { number: 2, redemption: redemption(300), ..slip.clone() };
    world.now += 8 * DAY;
    let until = world.state.allowances().get(ALLOWANCE).unwrap().sync_until;
    assert_eq!(reported(&world.wish(count(&late)).unwrap()), Report::TooLate { until });
}

/// The terms of items hold off line as at the counter: whom an item isn't open to, and who has had
/// as much of it as a limit says, has a slip that somebody looks into.
#[test]
fn the_terms_of_items_hold_off_line_too() {
    let mut world = rich(4);
    world.open_services();
    world.wish(allowance::Command::Grant(grant(&world, "20", "12", 24))).unwrap();
    let most = Much::Pieces(1);
    let limits = vec![Limit { taker: Taker::Person, window: Window::Month, most }];
    let bounded = Terms { item: HAIRCUT, only: Vec::new(), limits, voucher: None };
    world.wish(item::Command::SetTerms(bounded)).unwrap();
    let only = vec![OpenTo::Resident(resident(2))];
    let reserved = Terms { item: RICE, only, limits: Vec::new(), voucher: None };
    world.wish(item::Command::SetTerms(reserved)).unwrap();
    world.wish(count(&slip(&world, 1, 1, &[(HAIRCUT, 1)], "1.5"))).unwrap();
    for (number, item, total) in [(2, HAIRCUT, "1.5"), (3, RICE, "4.4")] {
        let records = world.wish(count(&slip(&world, number, 1, &[(item, 1)], total))).unwrap();
        assert_eq!(reported(&records), Report::NotEligible { item });
    }
    // What was had off line counts at the counter.
    let again = redemption::Command::Sell(haircut(9, None));
    assert!(matches!(world.wish(again), Err(Refusal::TooManyTaken { taken: 1, .. })));
    let voucher = repair_terms().item;
    let handed = slip(&world, 4, 1, &[(voucher, 1)], "1");
    assert_eq!(world.wish(count(&handed)), Err(Refusal::VoucherNeeded { item: voucher }));
}

/// Whoever is erased while the station is off line has nothing left to pay with: the goods are gone
/// all the same, and the office that granted the allowance answers.
#[test]
fn a_slip_of_one_who_was_erased_is_all_short() {
    let mut world = World::new();
    patrol(&mut world, 1, resident(5), 2);
    world.wish(allowance::Command::Grant(grant(&world, "20", "12", 24))).unwrap();
    let handed = slip(&world, 1, 5, &[(RICE, 1)], "4.4");
    world.now += HOUR;
    world.wish(erase(5)).unwrap();
    world.now += HOUR;
    let records = world.wish(count(&handed)).unwrap();
    assert_eq!(counted(&records).short, points("4.4"));
    assert!(records.last().unwrap().postings.iter().all(|it| {
        matches!(it.account, Account::Loss(STREET_OFFICER) | Account::Supplier(MERCHANT))
    }));
    world.state.check_laws().unwrap();
}
