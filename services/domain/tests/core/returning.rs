//! Part captures and returns: lots, dates, stock, and who bears the loss.

use crate::spending::rich;
use crate::world::*;
use linli_domain::id::{ItemId, OfficerId};
use linli_domain::posting::Account;
use linli_domain::quantity::{Fen, Points};
use linli_domain::redemption::{
    Command, Event, Fate, Return, ReturnLine, ReturnReason, Returning, Wish,
};
use linli_domain::{Record, Refusal};

fn sell(number: u128, wishes: &[(ItemId, u32)]) -> Command {
    Command::Sell(basket(number, resident(1), STATION, wishes))
}

fn give_back(number: u128, lines: &[(ItemId, u32, Fate)], reason: ReturnReason) -> Returning {
    let line = |(item, quantity, fate): &(ItemId, u32, Fate)| ReturnLine {
        item: *item,
        quantity: *quantity,
        fate: *fate,
    };
    Returning {
        redemption: redemption(number),
        station: STATION,
        lines: lines.iter().map(line).collect(),
        reason,
        officer: None,
    }
}

fn answered(wish: Returning, officer: OfficerId) -> Command {
    Command::Return(Returning { officer: Some(officer), ..wish })
}

fn returned(records: &[Record]) -> &Return {
    match &records.last().unwrap().event {
        linli_domain::Event::Redemption(Event::Returned(it)) => it,
        other => panic!("{other:?}"),
    }
}

fn points_of(world: &World, account: Account) -> String {
    world.state.balance(account).points.to_string()
}

#[test]
fn a_part_is_handed_out_and_the_rest_goes_back() {
    let mut world = rich(4);
    let before = world.state.residents().get(resident(1)).unwrap().wallet.lots().to_vec();
    let wish = basket(1, resident(1), STATION, &[(RICE, 2), (HAIRCUT, 1)]);
    world.wish(Command::Reserve(wish)).unwrap();
    let capture = |handed: &[(ItemId, u32)]| {
        let wish = |(item, quantity): &(ItemId, u32)| Wish { item: *item, quantity: *quantity };
        let handed = handed.iter().map(wish).collect();
        Command::Capture {
            redemption: redemption(1),
            station: STATION,
            shift: None,
            shown: None,
            handed,
        }
    };
    for (handed, refusal) in [
        (vec![(RICE, 3)], Refusal::MoreThanOnSlip { item: RICE, left: 2, wanted: 3 }),
        (vec![(ADVICE, 1)], Refusal::NotOnSlip { item: ADVICE }),
        (vec![(RICE, 0)], Refusal::QuantityZero { item: RICE }),
        (vec![(RICE, 1), (RICE, 1)], Refusal::ItemTwice { item: RICE }),
    ] {
        assert_eq!(world.wish(capture(&handed)), Err(refusal));
    }
    world.wish(capture(&[(RICE, 1)])).unwrap();
    let wallet = &world.state.residents().get(resident(1)).unwrap().wallet;
    assert_eq!((wallet.available.points, wallet.held.points), (points("7.60"), Points::ZERO));
    // The lots that lapse first paid; the others are as they were.
    assert_eq!(wallet.lots()[1..], before[2..]);
    assert_eq!(wallet.lots()[0].available, points("1.60"));
    let shelf = world.state.shelf(STATION, RICE);
    assert_eq!((shelf.on_hand, shelf.reserved, shelf.delivered), (2, 0, 1));
    assert_eq!(points_of(&world, Account::Supplier(MERCHANT)), "4.40");
    assert_eq!(world.wish(capture(&[])), Err(Refusal::AlreadyCaptured));
    world.state.check_laws().unwrap();
}

#[test]
fn what_comes_back_goes_where_it_came_from() {
    let mut world = rich(4);
    let before = world.state.clone();
    world.wish(sell(1, &[(RICE, 2)])).unwrap();
    let one = give_back(1, &[(RICE, 1, Fate::Shelf)], ReturnReason::Unwanted);
    world.wish(Command::Return(one.clone())).unwrap();
    assert_eq!(world.available(resident(1)), points("7.60"));
    world.wish(Command::Return(one.clone())).unwrap();
    let lots = |state: &linli_domain::State| {
        state.residents().get(resident(1)).unwrap().wallet.lots().to_vec()
    };
    assert_eq!(lots(&world.state), lots(&before));
    assert_eq!(world.state.shelf(STATION, RICE), before.shelf(STATION, RICE));
    assert_eq!(points_of(&world, Account::Supplier(MERCHANT)), "0.00");
    assert_eq!(world.wish(Command::Return(one)), Err(Refusal::AlreadyReturned));
}

#[test]
fn what_has_passed_its_date_lapses_unless_somebody_is_at_fault() {
    for (reason, officer, available, lapsed) in [
        (ReturnReason::Unwanted, None, "0.00", 2),
        (ReturnReason::Defective, None, "4.40", 0),
        (ReturnReason::Mishandled, Some(STREET_OFFICER), "4.40", 0),
    ] {
        let mut world = rich(2);
        let end = world.state.residents().get(resident(1)).unwrap().wallet.lots()[0].expires_at;
        world.now = end.microseconds() - DAY;
        world.wish(sell(1, &[(RICE, 1)])).unwrap();
        world.now = end.microseconds() + DAY;
        let wish = give_back(1, &[(RICE, 1, Fate::Shelf)], reason);
        let wish = Command::Return(Returning { officer, ..wish });
        let records = world.wish(wish).unwrap();
        assert_eq!(returned(&records).lapsed.len(), lapsed, "{reason:?}");
        assert_eq!(world.available(resident(1)).to_string(), available);
        world.now += 30 * DAY - 1;
        world.let_due_happen();
        assert_eq!(world.available(resident(1)).to_string(), available, "days of grace");
        world.now += 1;
        world.let_due_happen();
        assert_eq!(world.available(resident(1)), Points::ZERO);
        world.state.check_laws().unwrap();
    }
}

#[test]
fn days_of_grace_stand_beside_the_lot_they_came_from() {
    let mut world = rich(1);
    let end = world.state.residents().get(resident(1)).unwrap().wallet.lots()[0].expires_at;
    world.now = end.microseconds() - 12 * DAY;
    world.wish(sell(1, &[(HAIRCUT, 1)])).unwrap();
    world.now += 2 * DAY;
    let wish = give_back(1, &[(HAIRCUT, 1, Fate::Gone)], ReturnReason::NotRendered);
    world.wish(Command::Return(wish)).unwrap();
    let lots = world.state.residents().get(resident(1)).unwrap().wallet.lots().to_vec();
    assert_eq!(lots.len(), 2);
    assert_eq!((lots[0].lot, lots[0].expires_at), (lots[1].lot, end));
    assert_eq!(lots[1].expires_at, at(world.now).days_after(30));
    world.now = end.microseconds();
    world.let_due_happen();
    assert_eq!(world.available(resident(1)), points("1.50"), "only the one whose date it was");
    assert_eq!(world.state.next_deadline(), Some(lots[1].expires_at));
}

/// Available, supplier, loss in points; loss in pieces and fen; on hand, delivered, sent back,
/// written off.
fn after(reason: ReturnReason, fate: Fate) -> Result<String, Refusal> {
    let mut world = rich(2);
    world.wish(sell(1, &[(RICE, 1)])).unwrap();
    world.wish(answered(give_back(1, &[(RICE, 1, fate)], reason), STREET_OFFICER))?;
    let (loss, shelf) = (world.state.loss(STREET_OFFICER), world.state.shelf(STATION, RICE));
    world.state.check_laws().unwrap();
    Ok(format!(
        "{} {} {} / {} {} / {} {} {} {}",
        world.available(resident(1)),
        points_of(&world, Account::Supplier(MERCHANT)),
        points_of(&world, Account::Loss(STREET_OFFICER)),
        loss.lost_pieces,
        loss.lost_cost,
        shelf.on_hand,
        shelf.delivered,
        shelf.sent_back,
        shelf.written_off
    ))
}

#[test]
fn who_bears_it() {
    use Fate::{Gone, SentBack, Shelf, WrittenOff};
    use ReturnReason::{Defective, Mishandled, NotRendered, Unwanted, WrongItem};
    for (reason, fate, expected) in [
        (Unwanted, Shelf, "6.00 0.00 0.00 / 0 0.00 / 3 0 0 0"),
        (Unwanted, WrittenOff, "6.00 4.40 -4.40 / 1 1.00 / 2 0 0 1"),
        (WrongItem, Shelf, "6.00 0.00 0.00 / 0 0.00 / 3 0 0 0"),
        (Mishandled, WrittenOff, "6.00 4.40 -4.40 / 1 1.00 / 2 0 0 1"),
        (Mishandled, Gone, "6.00 4.40 -4.40 / 1 1.00 / 2 1 0 0"),
        (Defective, SentBack, "6.00 0.00 0.00 / 0 0.00 / 2 0 1 0"),
        (Defective, WrittenOff, "6.00 0.00 0.00 / 0 0.00 / 2 0 0 1"),
        (NotRendered, Gone, "6.00 0.00 0.00 / 0 0.00 / 2 1 0 0"),
    ] {
        assert_eq!(after(reason, fate).as_deref(), Ok(expected), "{reason:?} {fate:?}");
    }
    assert_eq!(after(Unwanted, Gone), Err(Refusal::NothingComesBack { item: RICE }));
}

#[test]
fn what_can_not_be_returned() {
    let mut world = rich(4);
    world.wish(sell(1, &[(RICE, 1), (HAIRCUT, 1)])).unwrap();
    world.wish(Command::Reserve(basket(2, resident(1), STATION, &[(RICE, 1)]))).unwrap();
    let shelf =
        |item, quantity| give_back(1, &[(item, quantity, Fate::Shelf)], ReturnReason::Unwanted);
    let spoilt = give_back(1, &[(RICE, 1, Fate::WrittenOff)], ReturnReason::Mishandled);
    let closed_at = at(world.now).days_after(30);
    for (wish, refusal) in [
        (shelf(RICE, 2), Refusal::MoreThanOnSlip { item: RICE, left: 1, wanted: 2 }),
        (shelf(ADVICE, 1), Refusal::NotOnSlip { item: ADVICE }),
        (shelf(RICE, 0), Refusal::QuantityZero { item: RICE }),
        (shelf(HAIRCUT, 1), Refusal::NotStocked { item: HAIRCUT }),
        (give_back(1, &[], ReturnReason::Unwanted), Refusal::NothingComesBack { item: HAIRCUT }),
        (Returning { station: OTHER_STATION, ..shelf(RICE, 1) }, Refusal::OtherStation),
        (Returning { redemption: redemption(2), ..shelf(RICE, 1) }, Refusal::NotHandedOut),
        (spoilt.clone(), Refusal::OfficerNeeded),
        (Returning { officer: Some(GRID_OFFICER), ..spoilt }, Refusal::OutsideAuthority),
    ] {
        let digest = world.state.digest();
        assert_eq!(world.wish(Command::Return(wish)), Err(refusal));
        assert_eq!(world.state.digest(), digest, "a refusal changes nothing");
    }
    world.now = closed_at.microseconds();
    let late = Command::Return(shelf(RICE, 1));
    assert_eq!(world.wish(late.clone()), Err(Refusal::ReturnsClosed { closed_at }));
    // And still so when the slip is forgotten.
    world.serve(90, resident(2), "CLEAN");
    assert_eq!(world.wish(late), Err(Refusal::ReturnsClosed { closed_at }));
    assert_eq!(world.state.redemptions().get(redemption(1)).unwrap().slip, None);
}

#[test]
fn no_returns_by_rules_that_know_none() {
    let mut world = World::new();
    let mut strict = rule_set();
    strict.version = linli_domain::rules::RuleVersion(2);
    strict.effective_from = at(world.now);
    strict.spending = None;
    world.wish(linli_domain::rules::Command::Publish(Box::new(strict))).unwrap();
    crate::spending::patrol(&mut world, 1, resident(1), 2);
    world.wish(sell(1, &[(RICE, 1)])).unwrap();
    let wish = give_back(1, &[(RICE, 1, Fate::Shelf)], ReturnReason::Unwanted);
    assert_eq!(world.wish(Command::Return(wish)), Err(Refusal::NoReturns));
    assert_eq!(Fen::ZERO, world.state.loss(STREET_OFFICER).lost_cost);
}
