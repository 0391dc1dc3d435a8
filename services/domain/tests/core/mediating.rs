//! Random histories of mediation: their steps, and what has to hold of the records whatever the steps were.

use std::collections::{BTreeMap, BTreeSet};

use linli_domain::id::{CaseId, MediatorId, OfficerId, ResidentId};
use linli_domain::mediation::{
    Body, Command, DisputeKind, Event, Opening, Place, SealedFile, Session, Settlement, Sitter,
    Tier,
};
use linli_domain::time::Interval;
use linli_domain::{Event as Any, Record, contribution};
use proptest::prelude::*;

use crate::world::*;

/// One wish, by small numbers.
#[derive(Clone, Debug)]
pub enum Step {
    Open { parties: (u128, u128), officer: u128, again: Option<usize> },
    Join { which: usize, who: u128, sitter: u8, officer: u128 },
    Sit { which: usize, sat: usize, minutes: i64, written: bool, officer: u128 },
    Word { which: usize, kind: u8, tier: u8, officer: u128 },
    Verify { which: usize, officer: u128 },
}

fn officer() -> impl Strategy<Value = u128> {
    prop_oneof![4 => Just(1_u128), 3 => Just(10_u128), 2 => Just(3_u128), 1 => 1..=12_u128]
}

pub fn step() -> impl Strategy<Value = Step> {
    let who = || 1..=9_u128;
    let which = || 0..2_usize;
    prop_oneof![
        2 => ((who(), who()), officer(), prop::option::weighted(0.2, which()))
            .prop_map(|(parties, officer, again)| Step::Open { parties, officer, again }),
        4 => (which(), who(), 0..4_u8, officer())
            .prop_map(|(which, who, sitter, officer)| Step::Join { which, who, sitter, officer }),
        4 => (which(), 1..3_usize, 0..90_i64, any::<bool>(), officer()).prop_map(
            |(which, sat, minutes, written, officer)| Step::Sit { which, sat, minutes, written, officer }
        ),
        6 => (which(), 0..8_u8, 0..4_u8, officer())
            .prop_map(|(which, kind, tier, officer)| Step::Word { which, kind, tier, officer }),
        4 => (0..4_usize, officer()).prop_map(|(which, officer)| Step::Verify { which, officer }),
    ]
}

/// How many of each were wished for; numbers of one kind begin where no other's reach.
#[derive(Default)]
pub struct Counts {
    cases: u128,
    mediators: u128,
}

const CASES: u128 = 60_000;
const MEDIATORS: u128 = 70_000;

fn recent(base: u128, count: u128, which: usize) -> u128 {
    base + count.saturating_sub(u128::try_from(which).unwrap())
}

impl Counts {
    /// The wish behind a step.
    pub fn command(&mut self, step: &Step, world: &World) -> Option<linli_domain::Command> {
        let case = |which| CaseId::from_number(recent(CASES, self.cases, which));
        let officer_of = OfficerId::from_number;
        Some(match *step {
            Step::Open { parties: (one, other), officer, again } => {
                let again = again.map(case);
                self.cases += 1;
                let parties: BTreeSet<ResidentId> = [one, other].map(resident).into();
                Command::Open(Opening {
                    case: CaseId::from_number(CASES + self.cases),
                    officer: officer_of(officer),
                    kind: DisputeKind::Noise,
                    grid: GRID,
                    parties: parties.into_iter().collect(),
                    again,
                    estate: None,
                })
                .into()
            }
            Step::Join { which, who, sitter, officer } => {
                let case = case(which);
                self.mediators += 1;
                let sitter = match sitter {
                    0 => Sitter::Delegate,
                    1 => Sitter::Officer(officer_of(who)),
                    _ => Sitter::Resident(resident(who)),
                };
                let mediator = MediatorId::from_number(MEDIATORS + self.mediators);
                let place = Place { mediator, case, body: Body::Resident, sitter };
                Command::Join { place, officer: officer_of(officer) }.into()
            }
            Step::Sit { which, sat, minutes, written, officer } => {
                let case = case(which);
                let table = world.state.mediators().sorted();
                let here = table.filter(|(_, one)| one.place.case == case).map(|(id, _)| id);
                let sat: Vec<_> = here.take(sat).collect();
                let until = world.now;
                Command::Sit(Session {
                    case,
                    officer: officer_of(officer),
                    happened: Interval::new(at(until - minutes * MINUTE), at(until))?,
                    sat,
                    minutes: written.then_some(SealedFile([6; 32])),
                })
                .into()
            }
            Step::Word { which, kind, tier, officer } => {
                word(case(which), kind, tier, officer_of(officer)).into()
            }
            Step::Verify { which, officer } => {
                verify(recent(MEDIATORS, self.mediators, which), officer_of(officer)).into()
            }
        })
    }
}

fn word(case: CaseId, kind: u8, tier: u8, officer: OfficerId) -> Command {
    let tier = [Tier::Oral, Tier::Simple, Tier::Difficult, Tier::Major][usize::from(tier)];
    let agreement = (tier != Tier::Oral).then_some(SealedFile([7; 32]));
    match kind {
        0..=2 => Command::Settle { case, officer, settlement: Settlement { tier, agreement } },
        3 => Command::Perform { case, officer },
        4 => Command::Break { case, officer },
        5 => Command::Close { case, officer, tier },
        _ => Command::Reopen { case, officer },
    }
}

/// A dispute pays for one ending; those who are paid sat there, and were no party; what was broken has
/// given nothing that stands.
pub fn check(records: &[Record]) {
    let (mut dispute_of, mut parties) = (BTreeMap::new(), BTreeMap::new());
    let (mut places, mut sat) = (BTreeMap::new(), BTreeSet::new());
    let (mut paid, mut ending) = (BTreeSet::new(), None);
    for record in records {
        match &record.event {
            Any::Mediation(event) => {
                ending = None;
                match event {
                    Event::Opened { opening, dispute } => {
                        dispute_of.insert(opening.case, *dispute);
                        parties.insert(opening.case, opening.parties.clone());
                    }
                    Event::Joined { place, .. } => {
                        places.insert(place.mediator.contribution(), *place);
                    }
                    Event::Sat(session) => {
                        sat.extend(session.sat.iter().map(|it| it.contribution()));
                    }
                    Event::Settled { case, .. }
                    | Event::Performed { case, .. }
                    | Event::Closed { case, .. } => ending = Some(*case),
                    Event::Broken { .. } | Event::Reopened { .. } => {}
                }
            }
            Any::Contribution(contribution::Event::Submitted { claim, .. }) => {
                let Some(place) = places.get(&claim.contribution) else { continue };
                assert_eq!(ending, Some(place.case));
                assert!(sat.contains(&claim.contribution));
                assert_eq!(place.sitter, Sitter::Resident(claim.resident));
                assert!(!parties[&place.case].contains(&claim.resident));
                // All claims of one ending come together.
                let fresh = paid.insert((dispute_of[&place.case], record.recorded_at, place.case));
                let of_dispute = paid.iter().filter(|(it, ..)| *it == dispute_of[&place.case]);
                assert!(!fresh || of_dispute.count() == 1);
            }
            _ => {}
        }
    }
}
