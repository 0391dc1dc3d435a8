//! How much anybody redeems of all items together, as the rules say it.

use std::collections::BTreeMap;

use linli_domain::booking::{self, Request, Side};
use linli_domain::id::{HouseholdId, ResidentId};
use linli_domain::item::{TakenBy, Taker};
use linli_domain::quantity::Points;
use linli_domain::redemption::{
    self, Command, Fate, ReturnLine, ReturnReason, Returning, VoidReason,
};
use linli_domain::rules::{
    self, InvalidRules, Redeemed, RuleSet, RuleVersion, RulesPart, SpendingLimit,
};
use linli_domain::time::{Window, Zone};
use linli_domain::voucher::{self, Purchase};
use linli_domain::{Event, Record, Refusal, allowance};

use crate::services::{settle_in, told};
use crate::vouchers::{hash, voucher};
use crate::world::*;

fn times(taker: Taker, window: Window, most: u32) -> SpendingLimit {
    SpendingLimit { taker, window, most: Redeemed::Times(most) }
}

fn in_points(taker: Taker, window: Window, most: &str) -> SpendingLimit {
    SpendingLimit { taker, window, most: Redeemed::Points(points(most)) }
}

/// The rules in force, with these limits, from now on.
pub fn limit(world: &mut World, limits: Vec<SpendingLimit>) -> Result<Vec<Record>, Refusal> {
    let latest = world.state.rules().latest().unwrap().clone();
    let mut spending = latest.spending.clone().unwrap_or_default();
    spending.limits = limits;
    let next = RuleSet {
        version: RuleVersion(latest.version.0 + 1),
        effective_from: at(world.now),
        spending: Some(spending),
        ..latest
    };
    world.wish(rules::Command::Publish(Box::new(next)))
}

/// Numbers 1 to 4 have 4.50 points each; 1 and 2 live together, and so do 3 and 4.
fn world(limits: Vec<SpendingLimit>) -> World {
    let mut world = crate::terms::world();
    limit(&mut world, limits).unwrap();
    world
}

fn cut(number: u128, who: u128, count: u32) -> Command {
    Command::Sell(basket(number, resident(who), STATION, &[(HAIRCUT, count)]))
}

fn void(number: u128) -> Command {
    let (redemption, station) = (redemption(number), STATION);
    Command::Void { redemption, station, reason: VoidReason::Resident }
}

#[test]
fn limits_have_to_make_sense() {
    let refused =
        Refusal::InvalidRules(InvalidRules { part: RulesPart::SpendingLimits, act: None });
    for limits in [
        vec![times(Taker::Person, Window::Quarter, 0)],
        vec![in_points(Taker::Household, Window::Year, "0")],
        vec![times(Taker::Person, Window::Day, 1); 13],
    ] {
        assert_eq!(limit(&mut World::new(), limits), Err(refused.clone()));
    }
}

#[test]
fn one_redemption_a_quarter_is_one_and_the_refusal_names_it() {
    let mut world = world(vec![times(Taker::Person, Window::Quarter, 1)]);
    world.wish(cut(1, 1, 1)).unwrap();
    let again = |earlier| Refusal::TooManyRedemptions {
        taker: Taker::Person,
        window: Window::Quarter,
        most: 1,
        redeemed: 1,
        until: Zone::CHINA.end_of_period(Window::Quarter, at(world.now)),
        earlier,
    };
    let refused = again(TakenBy::Redemption(redemption(1)));
    assert_eq!(world.wish(cut(2, 1, 1)), Err(refused.clone()));
    // Whoever is in the same household may, and what costs nothing is no redemption.
    world.wish(cut(2, 2, 1)).unwrap();
    world.wish(Command::Sell(basket(3, resident(2), STATION, &[(ADVICE, 1)]))).unwrap();
    // At the first instant of the next quarter it is counted anew.
    let Refusal::TooManyRedemptions { until: Some(until), .. } = refused else { panic!() };
    world.now = until.microseconds() - 1;
    assert!(matches!(world.wish(cut(4, 1, 1)), Err(Refusal::TooManyRedemptions { .. })));
    world.now += 1;
    world.wish(cut(4, 1, 1)).unwrap();
}

#[test]
fn a_household_is_counted_together_in_points() {
    let mut world = world(vec![in_points(Taker::Household, Window::Year, "4")]);
    world.wish(cut(1, 1, 1)).unwrap();
    world.wish(cut(2, 2, 1)).unwrap();
    let much = Refusal::TooMuchRedeemed {
        taker: Taker::Household,
        window: Window::Year,
        most: points("4"),
        redeemed: points("3"),
        wanted: points("1.5"),
        until: Zone::CHINA.end_of_period(Window::Year, at(world.now)),
        earlier: Some(TakenBy::Redemption(redemption(2))),
    };
    for who in [1, 2] {
        assert_eq!(world.wish(cut(3, who, 1)), Err(much.clone()));
    }
    world.wish(cut(3, 3, 2)).unwrap();
}

#[test]
fn what_is_given_back_whole_is_counted_no_longer() {
    let mut world = world(vec![times(Taker::Person, Window::Quarter, 1)]);
    let reserve = |number| Command::Reserve(basket(number, resident(1), STATION, &[(HAIRCUT, 2)]));
    // Set aside is redeemed, until it is voided,
    world.wish(reserve(1)).unwrap();
    assert!(matches!(world.wish(reserve(2)), Err(Refusal::TooManyRedemptions { .. })));
    world.wish(void(1)).unwrap();
    // or times out,
    world.wish(reserve(2)).unwrap();
    world.now += 2 * DAY;
    world.wish(Command::Sell(basket(3, resident(1), STATION, &[(RICE, 1), (HAIRCUT, 1)]))).unwrap();
    // or all of it comes back: with one of two, the redemption is still one.
    for (left, item, fate, reason) in [
        (false, RICE, Fate::Shelf, ReturnReason::Unwanted),
        (true, HAIRCUT, Fate::Gone, ReturnReason::NotRendered),
    ] {
        let line = ReturnLine { item, quantity: 1, fate };
        world
            .wish(Command::Return(Returning {
                redemption: redemption(3),
                station: STATION,
                lines: vec![line],
                reason,
                officer: None,
            }))
            .unwrap();
        assert_eq!(world.wish(cut(4, 1, 1)).is_ok(), left);
    }
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn a_voucher_and_a_booking_are_redemptions_too() {
    let mut world = world(vec![times(Taker::Household, Window::Month, 1)]);
    world.open_services();
    let issue = |number, who| {
        let (voucher, code) = (voucher(number), hash(number));
        voucher::Command::Issue(Purchase { voucher, resident: resident(who), item: LESSON, code })
    };
    let book = |number, who| {
        booking::Command::Book(Request {
            booking: booking(number),
            resource: COURT,
            resident: resident(who),
            start: at(MORNING + 3 * DAY),
            slots: 1,
            quantity: 1,
        })
    };
    world.wish(issue(1, 1)).unwrap();
    let earlier = TakenBy::Voucher(voucher(1));
    let refused = world.wish(book(1, 2)).unwrap_err();
    assert!(
        matches!(refused, Refusal::TooManyRedemptions { earlier: found, .. } if found == earlier)
    );
    let by = Side::Resident;
    world.wish(voucher::Command::Return { voucher: voucher(1), by }).unwrap();
    world.wish(book(1, 2)).unwrap();
    let earlier = TakenBy::Booking(booking(1));
    let refused = world.wish(issue(2, 1)).unwrap_err();
    assert!(
        matches!(refused, Refusal::TooManyRedemptions { earlier: found, .. } if found == earlier)
    );
    world.wish(booking::Command::Cancel { booking: booking(1), station: None, by }).unwrap();
    world.wish(issue(2, 1)).unwrap();
}

/// What the random histories go by: four a day for each, and so many points for a household.
pub fn of_histories() -> Vec<SpendingLimit> {
    vec![times(Taker::Person, Window::Day, 4), in_points(Taker::Household, Window::Month, "24")]
}

/// By the records alone: nothing but a slip of the time off line goes past a limit.
pub fn check(records: &[Record]) {
    let mut rows: Vec<Row> = Vec::new();
    let mut homes: BTreeMap<ResidentId, HouseholdId> = BTreeMap::new();
    for record in records {
        settle_in(&mut homes, &record.event);
        let off_line = match &record.event {
            Event::Allowance(allowance::Event::Counted(it)) => Some(&it.slip),
            _ => None,
        };
        let sold = off_line.map(|slip| Event::from(redemption::Event::Sold(slip.clone())));
        let fact = sold.as_ref().unwrap_or(&record.event);
        let Some((taken, by, who, lines)) = told(fact) else { continue };
        let pieces: u32 = lines.iter().map(|line| line.1).sum();
        let points =
            lines.iter().fold(Points::ZERO, |sum, (_, _, points)| sum.plus(*points).unwrap());
        for limit in of_histories() {
            if !taken {
                for row in rows.iter_mut().filter(|row| row.by == by && row.limit == limit) {
                    row.pieces -= pieces;
                    row.points = row.points.minus(points).unwrap();
                }
                rows.retain(|row| row.pieces > 0);
                continue;
            }
            if points.is_zero() {
                continue;
            }
            let period = Zone::CHINA.period(limit.window, record.recorded_at).index;
            rows.push(Row { limit, who, by: by.clone(), period, pieces, points });
            let mine = rows.iter().filter(|row| match limit.taker {
                Taker::Person => row.who == who,
                Taker::Household => homes[&row.who] == homes[&who],
            });
            let here = mine.filter(|row| row.limit == limit && row.period == period);
            let holds = match limit.most {
                Redeemed::Times(most) => here.count() <= usize::try_from(most).unwrap(),
                Redeemed::Points(most) => {
                    here.fold(Points::ZERO, |sum, row| sum.plus(row.points).unwrap()) <= most
                }
            };
            assert!(holds || off_line.is_some(), "{:?}", record.event);
        }
    }
}

struct Row {
    limit: SpendingLimit,
    who: ResidentId,
    by: String,
    period: i32,
    pieces: u32,
    points: Points,
}
