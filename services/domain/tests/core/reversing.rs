//! Taking back: what a reversal reaches, what is owed, and how later awards repay it.

use crate::world::*;
use linli_domain::award::Line;
use linli_domain::contribution::{Event, Status};
use linli_domain::id::{OfficerId, ResidentId};
use linli_domain::posting::Account;
use linli_domain::quantity::{Merit, Points};
use linli_domain::redemption::{self, VoidReason};
use linli_domain::{Record, Refusal, State, contribution as noun};
use proptest::prelude::*;

/// Available, held, owed; merit; what the pool has.
fn stands(world: &World, who: ResidentId) -> [String; 5] {
    let it = world.state.residents().get(who).unwrap();
    let pool = world.state.balance(Account::Pool(POOL)).points;
    let wallet = &it.wallet;
    [wallet.available.points, wallet.held.points, wallet.receivable.points, Points::ZERO, pool]
        .map(|points| points.to_string())
        .iter()
        .enumerate()
        .map(|(at, text)| if at == 3 { it.merit.to_string() } else { text.clone() })
        .collect::<Vec<_>>()
        .try_into()
        .unwrap()
}

/// Resident 3 has patrolled twice, for three points each.
fn patrolled() -> World {
    let mut world = World::new();
    for number in 1..=2 {
        patrol(&mut world, number);
    }
    world
}

fn patrol(world: &mut World, number: u128) -> Vec<Record> {
    world.now += 3 * HOUR;
    let claim = claim(number, resident(3), "PATROL", world.now - 3 * HOUR, world.now);
    world.wish(submit(claim)).unwrap();
    world.wish(verify(number, GRID_OFFICER)).unwrap()
}

fn buy(world: &mut World, number: u128) {
    let rice = basket(number, resident(3), STATION, &[(RICE, 1)]);
    world.wish(redemption::Command::Sell(rice)).unwrap();
}

fn hold(world: &mut World, number: u128) {
    let rice = basket(number, resident(3), STATION, &[(RICE, 1)]);
    world.wish(redemption::Command::Reserve(rice)).unwrap();
}

#[test]
fn what_was_not_spent_goes_back_to_the_pool() {
    let mut world = patrolled();
    assert_eq!(stands(&world, resident(3)), ["6.00", "0.00", "0.00", "6.60", "494.00"]);
    world.wish(reverse(1, STREET_OFFICER)).unwrap();
    assert_eq!(stands(&world, resident(3)), ["3.00", "0.00", "0.00", "3.30", "497.00"]);
    world.wish(reverse(2, STREET_OFFICER)).unwrap();
    assert_eq!(stands(&world, resident(3)), ["0.00", "0.00", "0.00", "0.00", "500.00"]);
    assert!(world.state.next_deadline().is_none());
}

#[test]
fn what_was_spent_is_owed_and_half_of_later_awards_repays_it() {
    let mut world = patrolled();
    buy(&mut world, 1);
    // Of the rice, 3.00 were paid by the first lot and 1.40 by the second.
    world.wish(reverse(2, STREET_OFFICER)).unwrap();
    assert_eq!(stands(&world, resident(3)), ["0.00", "0.00", "1.40", "3.30", "495.60"]);
    assert_eq!(world.state.balance(Account::Claims(POOL)).points, points("1.40").negated());
    let learn = |world: &mut World, number| {
        let records = world.serve(number, resident(3), "LEARN");
        let linli_domain::Event::Contribution(Event::Awarded(award)) = records[1].event.clone()
        else {
            panic!("{records:?}")
        };
        award
    };
    let award = learn(&mut world, 11);
    assert!(award.lines.contains(&Line::Repaid {
        owed: points("1.40"),
        repaid: points("1"),
        points: points("1"),
    }));
    assert_eq!(stands(&world, resident(3)), ["1.00", "0.00", "0.40", "5.30", "494.60"]);
    let award = learn(&mut world, 12);
    assert_eq!(award.kept(), Some(points("1.60")));
    assert_eq!(stands(&world, resident(3)), ["2.60", "0.00", "0.00", "7.30", "493.00"]);
    assert!(learn(&mut world, 13).repaid.is_empty());
    assert_eq!(world.state.balance(Account::Claims(POOL)).points, Points::ZERO);
}

#[test]
fn what_is_held_follows_when_the_hold_ends() {
    for (given_back, expected) in [
        (true, ["0.00", "0.00", "0.00", "3.30", "497.00"]),
        (false, ["0.00", "0.00", "1.40", "3.30", "495.60"]),
    ] {
        let mut world = patrolled();
        hold(&mut world, 1);
        world.wish(reverse(2, STREET_OFFICER)).unwrap();
        assert_eq!(stands(&world, resident(3)), ["0.00", "4.40", "0.00", "3.30", "495.60"]);
        let (redemption, station, reason) = (redemption(1), STATION, VoidReason::Resident);
        let end = if given_back {
            redemption::Command::Void { redemption, station, reason }
        } else {
            redemption::Command::Capture {
                redemption,
                station,
                shift: None,
                shown: None,
                handed: Vec::new(),
            }
        };
        world.wish(end).unwrap();
        world.let_due_happen();
        let mut expected = expected.map(str::to_owned);
        if given_back {
            // Of what came back, the lot that was not reversed stays.
            expected[0] = "3.00".to_owned();
        }
        assert_eq!(stands(&world, resident(3)), expected);
        world.state.check_laws().unwrap();
    }
}

#[test]
fn what_lapsed_is_gone_and_not_owed() {
    let mut world = patrolled();
    world.now += 70 * DAY;
    world.let_due_happen();
    world.wish(reverse(1, STREET_OFFICER)).unwrap();
    assert_eq!(stands(&world, resident(3)), ["0.00", "0.00", "0.00", "3.30", "494.00"]);
}

#[test]
fn caps_and_times_are_given_back() {
    let mut world = World::new();
    let issued = |records: &[Record]| match &records[1].event {
        linli_domain::Event::Contribution(Event::Awarded(award)) => award.points().to_string(),
        other => panic!("{other:?}"),
    };
    let learned: Vec<_> = (1..=4).map(|n| issued(&world.serve(n, resident(3), "LEARN"))).collect();
    assert_eq!(learned, ["2.00", "2.00", "1.00", "0.00"]);
    let before = world.now;
    world.wish(reverse(1, STREET_OFFICER)).unwrap();
    assert_eq!(issued(&world.serve(5, resident(3), "LEARN")), "2.00");
    // The hour of the first is free again.
    let again = claim(6, resident(3), "LEARN", before - 4 * HOUR, before - 3 * HOUR);
    world.wish(submit(again)).unwrap();
}

#[test]
fn whose_word_takes_back() {
    let mut world = patrolled();
    let mut refused = |officer: OfficerId| world.wish(reverse(1, officer)).unwrap_err();
    assert_eq!(refused(GRID_OFFICER), Refusal::OwnWord);
    assert_eq!(refused(OTHER_GRID_OFFICER), Refusal::OutsideAuthority);
    assert!(matches!(refused(HEAD), Refusal::LevelTooLow { .. }));
    let mut world = patrolled();
    world.wish(submit(claim(9, resident(5), "CLEAN", MORNING, MORNING + HOUR))).unwrap();
    assert_eq!(world.wish(reverse(9, STREET_OFFICER)), Err(Refusal::NotAwarded));
    world.wish(reverse(1, STREET_OFFICER)).unwrap();
    assert_eq!(world.wish(reverse(1, STREET_OFFICER)), Err(Refusal::AlreadyReversed));
    assert_eq!(world.wish(verify(1, STREET_OFFICER)), Err(Refusal::AlreadyReversed));
}

/// Every award that is not reversed yet, newest first or oldest first.
fn reverse_everything(world: &mut World, newest_first: bool) {
    let standing = |state: &State| {
        let awarded = state.contributions().sorted();
        let mut awarded: Vec<_> = awarded
            .filter(|(_, it)| it.status == Status::Awarded)
            .map(|(id, it)| (id.number(), it.verified_by.clone()))
            .collect();
        if newest_first {
            awarded.reverse();
        }
        awarded
    };
    for (number, words) in standing(&world.state) {
        let officer =
            if words.contains(&STREET_OFFICER) { DISTRICT_OFFICER } else { STREET_OFFICER };
        world.wish(reverse(number, officer)).unwrap();
        world.state.check_laws().unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever was earned, bought, held and given back: once every award is reversed and every
    /// hold has ended, merit and minutes are nothing, no point is in a wallet, and what was
    /// delivered and not repaid is owed.
    #[test]
    fn reversing_everything_returns_every_balance(
        deeds in prop::collection::vec((1..=7_u128, 0..4_u8, 0..3_u8, any::<bool>()), 1..24),
        newest_first in any::<bool>(),
    ) {
        let mut world = World::new();
        for (number, (who, act, purchase, back)) in (1_u128..).zip(&deeds) {
            let act = ["CLEAN", "LEARN", "PATROL", "CLEAN"][usize::from(*act)];
            world.serve(number, resident(*who), act);
            let rice = basket(number, resident(*who), STATION, &[(HAIRCUT, 1)]);
            // Refused where the points don't reach.
            match purchase {
                1 => drop(world.wish(redemption::Command::Sell(rice))),
                2 => drop(world.wish(redemption::Command::Reserve(rice))),
                _ => {}
            }
            if *back {
                drop(world.wish(reverse(number, STREET_OFFICER)));
            }
        }
        reverse_everything(&mut world, newest_first);
        world.now += HOUR;
        world.let_due_happen();
        world.state.check_laws().unwrap();
        let mut owed = Points::ZERO;
        for (_, it) in world.state.residents().sorted() {
            prop_assert_eq!((it.merit, it.minutes.get(), it.honour_minutes.get()), (Merit::ZERO, 0, 0));
            prop_assert_eq!(it.wallet.available.points, Points::ZERO);
            prop_assert_eq!(it.wallet.held.points, Points::ZERO);
            owed = owed.plus(it.wallet.receivable.points).unwrap();
        }
        let delivered = world.state.balance(Account::Supplier(MERCHANT)).points;
        let pool = world.state.balance(Account::Pool(POOL)).points;
        prop_assert_eq!(owed, delivered);
        prop_assert_eq!(pool.plus(delivered).unwrap(), points("500"));
        for record in &world.records {
            if let linli_domain::Event::Contribution(noun::Event::Awarded(award)) = &record.event {
                let repaid = award.points().minus(award.kept().unwrap()).unwrap();
                prop_assert!(repaid.plus(repaid).unwrap() <= award.points());
            }
        }
    }
}
