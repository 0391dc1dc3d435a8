//! What a state takes in memory grows with what is in it.

use linli_domain::{State, Weight};

use crate::activities::{plan, publish, sign_up};
use crate::world::{World, resident};

fn of(state: &State, part: &str) -> Weight {
    *state.weights().iter().find(|weight| weight.part == part).unwrap()
}

#[test]
fn parts_are_counted_with_their_room() {
    let mut world = World::new();
    let before = of(&world.state, "residents");
    assert_eq!((before.count, of(&world.state, "lots").count), (8, 0));
    world.serve(1, resident(1), "CLEAN");
    world.serve(2, resident(2), "CLEAN");
    assert_eq!(of(&world.state, "residents"), before);
    let lots = of(&world.state, "lots");
    // A lot is an id, a pool, a date and two amounts.
    assert!(lots.count == 2 && lots.bytes >= 2 * 56, "{lots:?}");
    assert_eq!(of(&world.state, "contributions").count, 2);
    // What vouched for them, and what they gave.
    assert!(of(&world.state, "claims").bytes >= 2 * (16 + 100));
    assert_eq!(of(&State::default(), "residents").bytes, 0);
    // An open seat stands in a diary.
    world.wish(publish(plan(&world, 1, 60))).unwrap();
    world.wish(sign_up(9, 1, 1)).unwrap();
    let (diaries, engagements) = (of(&world.state, "diaries"), of(&world.state, "engagements"));
    assert_eq!((diaries.count, engagements.count), (1, 1));
    assert!(diaries.bytes > 0 && engagements.bytes >= 32, "{diaries:?} {engagements:?}");
}
