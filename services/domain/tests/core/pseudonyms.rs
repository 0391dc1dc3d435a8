//! Pseudonyms: two words of a list and a number that is given once, taken away by an officer with
//! a reason, and gone with the person.

use std::collections::BTreeSet;

use crate::erasing::erase;
use crate::world::*;
use linli_domain::area::Level;
use linli_domain::id::OfficerId;
use linli_domain::resident::{
    self, Command, PSEUDONYM_WORDS, Pseudonym, PseudonymFact, PseudonymWish, WithdrawalReason,
    Words,
};
use linli_domain::{Command as Wish, Event, Record, Refusal};
use proptest::prelude::*;

const HERON: Words = Words { first: 3, second: 7 };

fn choose(who: u128, words: Words) -> Command {
    Command::Pseudonym(PseudonymWish::Choose { resident: resident(who), words })
}

fn give_up(who: u128) -> Command {
    Command::Pseudonym(PseudonymWish::Drop(resident(who)))
}

fn withdraw(who: u128, officer: OfficerId) -> Command {
    let (resident, reason) = (resident(who), WithdrawalReason::Offensive);
    Command::Pseudonym(PseudonymWish::Withdraw { resident, officer, reason })
}

/// Residents 5 and 6 are shown.
fn world() -> World {
    let mut world = World::new();
    for who in [5, 6] {
        world.wish(Command::JoinRanking(resident(who))).unwrap();
    }
    world
}

fn called(world: &World, who: u128) -> Option<(Words, u32)> {
    let pseudonym = world.state.residents().get(resident(who)).unwrap().pseudonym;
    pseudonym.map(|it| (it.words, it.number))
}

#[test]
fn a_number_is_given_once() {
    let mut world = world();
    world.wish(choose(5, HERON)).unwrap();
    world.wish(choose(6, HERON)).unwrap();
    assert_eq!((called(&world, 5), called(&world, 6)), (Some((HERON, 1)), Some((HERON, 2))));
    // Whoever gives one up and comes back isn't who they were, and nobody else is either.
    world.wish(give_up(5)).unwrap();
    assert_eq!(called(&world, 5), None);
    world.wish(choose(5, HERON)).unwrap();
    assert_eq!(called(&world, 5), Some((HERON, 3)));
    // Leaving the rankings keeps it for who comes back.
    world.wish(Command::LeaveRanking(resident(5))).unwrap();
    assert_eq!(called(&world, 5), Some((HERON, 3)));
}

#[test]
fn what_is_refused_says_why() {
    let mut world = world();
    world.wish(choose(6, HERON)).unwrap();
    for (wish, expected) in [
        (choose(2, HERON), Refusal::NotRanked),
        (choose(5, Words { first: PSEUDONYM_WORDS, second: 0 }), Refusal::NoSuchWords),
        (choose(5, Words { first: 0, second: PSEUDONYM_WORDS }), Refusal::NoSuchWords),
        (choose(6, HERON), Refusal::CalledSoAlready),
        (give_up(5), Refusal::NoPseudonym),
        (withdraw(5, COMMUNITY_OFFICER), Refusal::NoPseudonym),
        (
            withdraw(6, GRID_OFFICER),
            Refusal::LevelTooLow { needed: Level::Community, found: Level::Grid },
        ),
    ] {
        assert_eq!(world.wish(wish), Err(expected));
    }
    world.wish(withdraw(6, COMMUNITY_OFFICER)).unwrap();
    assert_eq!(called(&world, 6), None);
    for who in [5, 6] {
        assert_eq!(world.wish(choose(who, HERON)), Err(Refusal::WordsWithdrawn));
    }
}

#[test]
fn it_goes_with_the_person_and_is_nobodys_afterwards() {
    let mut world = world();
    world.wish(choose(5, HERON)).unwrap();
    world.wish(erase(5)).unwrap();
    assert_eq!(called(&world, 5), None);
    assert_eq!(world.wish(give_up(5)), Err(Refusal::ResidentErased));
    world.wish(choose(6, HERON)).unwrap();
    assert_eq!(called(&world, 6), Some((HERON, 2)));
}

/// A wish about a pseudonym, by small numbers.
#[derive(Clone, Debug)]
pub enum Step {
    Choose { who: u128, first: u8, second: u8 },
    Drop { who: u128 },
    Withdraw { who: u128, officer: u128 },
}

pub fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (1..=9_u128, 62..66_u8, 0..2_u8)
            .prop_map(|(who, first, second)| Step::Choose { who, first, second }),
        1 => (1..=9_u128).prop_map(|who| Step::Drop { who }),
        1 => (1..=9_u128, prop_oneof![1..=6_u128, Just(10)])
            .prop_map(|(who, officer)| Step::Withdraw { who, officer }),
    ]
}

pub fn command(step: &Step) -> Wish {
    match *step {
        Step::Choose { who, first, second } => choose(who, Words { first, second }),
        Step::Drop { who } => give_up(who),
        Step::Withdraw { who, officer } => withdraw(who, OfficerId::from_number(officer)),
    }
    .into()
}

/// From the records alone: nobody is called as anybody was before, and withdrawn words are nobody's.
pub fn check(records: &[Record]) {
    let mut given: BTreeSet<Pseudonym> = BTreeSet::new();
    let mut withdrawn: BTreeSet<Words> = BTreeSet::new();
    for record in records {
        let Event::Resident(resident::Event::Pseudonym(fact)) = &record.event else { continue };
        match fact {
            PseudonymFact::Chosen { pseudonym, .. } => {
                assert!(given.insert(*pseudonym), "{pseudonym:?} was given before");
                assert!(!withdrawn.contains(&pseudonym.words), "{pseudonym:?} is nobody's");
            }
            PseudonymFact::Dropped { pseudonym, .. } => assert!(given.contains(pseudonym)),
            PseudonymFact::Withdrawn { pseudonym, .. } => {
                assert!(given.contains(pseudonym));
                withdrawn.insert(pseudonym.words);
            }
        }
    }
}
