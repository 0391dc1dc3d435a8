//! Moving house: whom a household's rules bind goes with the person.

use crate::terms;
use crate::world::*;
use linli_domain::id::HouseholdId;
use linli_domain::item::{Much, Taker};
use linli_domain::redemption::{self, VoidReason};
use linli_domain::resident::{Command, Event, Move};
use linli_domain::time::Window;
use linli_domain::{Event as Fact, Noun, Refusal};

pub fn move_to(who: u128, household: u128, assisted: bool) -> Command {
    let household = HouseholdId::from_number(household);
    Command::Move(Move { resident: resident(who), household, assisted })
}

#[test]
fn somebody_moves_to_a_household_that_is_there_and_not_to_the_own_one() {
    let mut world = World::with_places();
    for (command, refusal) in [
        (move_to(99, 2, false), Refusal::Unknown(Noun::Resident)),
        (move_to(1, 99, false), Refusal::Unknown(Noun::Household)),
        (move_to(1, 1, false), Refusal::LivesThere),
    ] {
        assert_eq!(world.wish(command), Err(refusal));
    }
    let moved = world.wish(move_to(1, 2, true)).unwrap();
    let Fact::Resident(Event::Moved { to, before }) = moved[0].event else { panic!() };
    assert_eq!((to.household.number(), before.number()), (2, 1));
    let home = world.state.residents().get(resident(1)).unwrap().registration;
    assert_eq!((home.household.number(), home.assisted), (2, true));
    world.wish(crate::erasing::erase(5)).unwrap();
    assert_eq!(world.wish(move_to(5, 1, false)), Err(Refusal::ResidentErased));
}

/// 1 and 2 live together; 3 and 4 do.
#[test]
fn what_was_taken_counts_for_the_household_of_today() {
    let mut world = terms::world();
    let most = Much::Pieces(2);
    terms::set(&mut world, terms::limited(HAIRCUT, Taker::Household, Window::Year, most));
    let many = |taken| Refusal::TooManyTaken {
        item: HAIRCUT,
        taker: Taker::Household,
        window: Window::Year,
        most: 2,
        taken,
        wanted: 1,
    };
    let reserved = basket(1, resident(1), STATION, &[(HAIRCUT, 1)]);
    world.wish(redemption::Command::Reserve(reserved)).unwrap();
    world.wish(terms::cut(2, 2, 1)).unwrap();
    world.wish(terms::cut(3, 3, 1)).unwrap();
    assert_eq!(world.wish(terms::cut(4, 2, 1)), Err(many(2)));
    world.wish(move_to(1, 2, false)).unwrap();
    // Of the old household there is room for one more, and in the new one there is none.
    world.wish(terms::cut(4, 2, 1)).unwrap();
    for who in [1, 4] {
        assert_eq!(world.wish(terms::cut(5, who, 1)), Err(many(2)));
    }
    // What is given back is given back where it counts now.
    let (redemption, station, reason) = (redemption(1), STATION, VoidReason::Resident);
    world.wish(redemption::Command::Void { redemption, station, reason }).unwrap();
    world.wish(terms::cut(5, 4, 1)).unwrap();
}

/// The head of the building is resident 1, who lives with 2.
#[test]
fn nobody_vouches_for_whom_they_live_with_now() {
    let mut world = World::with_places();
    for (number, who) in [(1, 2), (2, 5)] {
        world.now += 3 * HOUR;
        let (from, until) = (world.now - HOUR, world.now);
        world.wish(submit(claim(number, resident(who), "LEARN", from, until))).unwrap();
    }
    assert_eq!(world.wish(verify(1, HEAD)), Err(Refusal::SameHousehold));
    world.wish(move_to(2, 3, false)).unwrap();
    world.wish(move_to(5, 1, false)).unwrap();
    world.wish(verify(1, HEAD)).unwrap();
    assert_eq!(world.wish(verify(2, HEAD)), Err(Refusal::SameHousehold));
}
