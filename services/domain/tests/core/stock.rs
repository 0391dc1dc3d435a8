//! Stock counted, moved, sent back and written off.

use crate::world::*;
use linli_domain::Refusal;
use linli_domain::item::{Command, CountStock, Delivery, Move, WriteOffReason, WriteOffStock};
use linli_domain::text::Reference;

pub fn note() -> Reference {
    Reference::new("note").unwrap()
}

pub fn count(found: u32) -> Command {
    Command::CountStock(CountStock {
        station: STATION,
        item: RICE,
        officer: STREET_OFFICER,
        operator: None,
        found,
    })
}

fn shift(quantity: u32) -> Command {
    let (from, to) = (STATION, OTHER_STATION);
    Command::MoveStock(Move { from, to, item: RICE, quantity, reference: note() })
}

fn write_off(quantity: u32) -> WriteOffStock {
    let (reason, officer) = (WriteOffReason::Damaged, STREET_OFFICER);
    WriteOffStock { station: STATION, item: RICE, quantity, reason, officer }
}

pub fn send_back(quantity: u32) -> Command {
    let delivery = Delivery { station: STATION, item: RICE, quantity, reference: note() };
    Command::SendStockBack(delivery)
}

#[test]
fn every_piece_is_accounted_for() {
    let mut world = World::new();
    world.wish(count(2)).unwrap();
    world.wish(count(4)).unwrap();
    world.wish(shift(1)).unwrap();
    world.wish(send_back(1)).unwrap();
    world.wish(Command::WriteOffStock(write_off(1))).unwrap();
    let shelf = world.state.shelf(STATION, RICE);
    assert!(shelf.is_accounted_for(), "{shelf:?}");
    assert_eq!((shelf.received, shelf.on_hand), (3, 1));
    assert_eq!((shelf.missing, shelf.surplus), (1, 2));
    assert_eq!((shelf.moved_out, shelf.sent_back, shelf.written_off), (1, 1, 1));
    assert_eq!(world.state.shelf(OTHER_STATION, RICE).on_hand, 4);
    // A piece costs a yuan.
    let loss = world.state.loss(STREET_OFFICER);
    assert_eq!((loss.lost_pieces, loss.lost_cost.to_string().as_str()), (2, "2.00"));
    assert_eq!((loss.surplus_pieces, loss.surplus_cost.to_string().as_str()), (2, "2.00"));
    world.state.check_laws().unwrap();
}

#[test]
fn what_is_set_aside_stays() {
    let mut world = crate::spending::rich(4);
    let wish = basket(1, resident(1), STATION, &[(RICE, 2)]);
    world.wish(linli_domain::redemption::Command::Reserve(wish)).unwrap();
    let short = Refusal::InsufficientStock { item: RICE, free: 1, wanted: 2 };
    for wish in [shift(2), send_back(2), Command::WriteOffStock(write_off(2))] {
        assert_eq!(world.wish(wish), Err(short.clone()));
    }
    let below = Refusal::CountBelowReserved { item: RICE, reserved: 2, found: 1 };
    assert_eq!(world.wish(count(1)), Err(below));
    assert_eq!(world.wish(count(2)).map(|records| records.len()), Ok(1));
}

#[test]
fn what_makes_no_sense() {
    let mut world = World::new();
    let by = |officer| Command::WriteOffStock(WriteOffStock { officer, ..write_off(1) });
    let haircut = Command::WriteOffStock(WriteOffStock { item: HAIRCUT, ..write_off(1) });
    let round = Move { from: STATION, to: STATION, item: RICE, quantity: 1, reference: note() };
    for (wish, refusal) in [
        (by(GRID_OFFICER), Refusal::OutsideAuthority),
        (haircut, Refusal::NotStocked { item: HAIRCUT }),
        (Command::MoveStock(round), Refusal::SameStation),
        (shift(0), Refusal::QuantityZero { item: RICE }),
    ] {
        assert_eq!(world.wish(wish), Err(refusal));
    }
}

#[test]
fn the_last_bag_moves_and_then_goes_to_one() {
    let mut world = crate::spending::rich(2);
    crate::spending::patrol(&mut world, 21, resident(5), 2);
    world.wish(shift(2)).unwrap();
    let bag = |number, who, station| {
        linli_domain::redemption::Command::Sell(basket(number, who, station, &[(RICE, 1)]))
    };
    world.wish(bag(1, resident(1), STATION)).unwrap();
    let none = Refusal::InsufficientStock { item: RICE, free: 0, wanted: 1 };
    assert_eq!(world.wish(bag(2, resident(5), STATION)), Err(none));
    world.wish(bag(3, resident(5), OTHER_STATION)).unwrap();
}
