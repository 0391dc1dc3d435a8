//! Estates: how they are managed, who sits on a committee until when, and contributions for them.

use linli_domain::activity::Plan;
use linli_domain::contribution::{self, Claim};
use linli_domain::estate::{Command, Committee, Estate, Event, ManagementForm, Member};
use linli_domain::hazard::{self, Report};
use linli_domain::id::{AreaId, CommitteeId, EstateId};
use linli_domain::mediation::{self, Opening, Sitter, Tier};
use linli_domain::resident::{self, Erasure, ErasureReason};
use linli_domain::{Event as Any, Noun, Record, Refusal};
use proptest::prelude::*;

use crate::activities::{check_in, check_out, plan, publish, sign_up};
use crate::mediation::{join, opening, session, settle};
use crate::orders::reward;
use crate::world::*;

const YARD: EstateId = EstateId::from_number(1);

pub fn estate(number: u128, area: AreaId, form: ManagementForm) -> Command {
    let estate = EstateId::from_number(number);
    Command::Register(Estate { estate, area, name: name("Yard"), form })
}

fn committee(world: &World, number: u128, members: &[u128], days: i64) -> Committee {
    let member = |number: &u128| Member::Resident(resident(*number));
    Committee {
        committee: CommitteeId::from_number(number),
        estate: YARD,
        members: members.iter().map(member).collect(),
        until: at(world.now + days * DAY),
    }
}

fn with_yard() -> World {
    let mut world = World::new();
    world.wish(estate(1, GRID, ManagementForm::RedCommittee)).unwrap();
    world
}

fn sitting(world: &World) -> Vec<(u8, Member)> {
    world.state.estates().get(YARD).unwrap().sitting().collect()
}

#[test]
fn a_committee_sits_until_its_term_ends_by_itself() {
    let mut world = with_yard();
    world.wish(Command::Elect(committee(&world, 1, &[1, 3, 5], 30))).unwrap();
    assert_eq!(sitting(&world).len(), 3);
    let member = Member::Resident(resident(3));
    let left = world.wish(Command::Leave { estate: YARD, member }).unwrap();
    let Any::Estate(Event::Left { place, .. }) = left[0].event else { panic!() };
    assert_eq!((place, sitting(&world).len()), (2, 2));
    let again = world.wish(Command::Leave { estate: YARD, member });
    assert_eq!(again, Err(Refusal::NotOnCommittee));
    let end = world.now + 30 * DAY;
    world.now = end + HOUR;
    world.let_due_happen();
    let Record { event, happened_at, .. } = world.records.last().unwrap();
    let committee = CommitteeId::from_number(1);
    assert_eq!(*event, Event::TermEnded { estate: YARD, committee }.into());
    assert_eq!(*happened_at, at(end));
    assert_eq!(sitting(&world), []);
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn who_sits_and_for_how_long_is_bounded() {
    let mut world = with_yard();
    let latest = at(world.now + 1_100 * DAY);
    let sizes = Refusal::InvalidCommittee { least: 3, most: 5 };
    let refused = [
        (committee(&world, 1, &[1, 3], 30), sizes.clone()),
        (committee(&world, 1, &[1, 2, 3, 4, 5, 6], 30), sizes.clone()),
        (committee(&world, 1, &[1, 3, 3], 30), sizes),
        (committee(&world, 1, &[1, 3, 5], 1_101), Refusal::InvalidTerm { latest }),
        (committee(&world, 1, &[1, 3, 5], 0), Refusal::InvalidTerm { latest }),
        (committee(&world, 1, &[1, 3, 55], 30), Refusal::Unknown(Noun::Resident)),
    ];
    for (committee, expected) in refused {
        assert_eq!(world.wish(Command::Elect(committee.clone())), Err(expected), "{committee:?}");
    }
    world.wish(Command::Elect(committee(&world, 1, &[1, 3, 5], 30))).unwrap();
    let twice = world.wish(Command::Elect(committee(&world, 1, &[1, 3, 5], 30)));
    assert_eq!(twice, Err(Refusal::AlreadyExists(Noun::Committee)));
    // The next one takes its place, and its clock.
    world.wish(Command::Elect(committee(&world, 2, &[1, 3, 7], 60))).unwrap();
    world.now += 31 * DAY;
    world.let_due_happen();
    assert_eq!(sitting(&world).len(), 3);
    // Whoever sits there leaves first.
    let reason = ErasureReason::OwnRequest;
    let erase = resident::Command::Erase(Erasure { resident: resident(7), reason });
    assert_eq!(world.wish(erase), Err(Refusal::OnCommittee { estate: YARD }));
    let member = Member::Resident(resident(7));
    world.wish(Command::Leave { estate: YARD, member }).unwrap();
    world.wish(erase).unwrap();
    // Managed otherwise, it has none, and none is elected.
    let form = ManagementForm::PropertyEntrusted;
    world.wish(Command::SetForm { estate: YARD, form }).unwrap();
    assert_eq!(sitting(&world), []);
    let other = world.wish(Command::Elect(committee(&world, 3, &[1, 3, 5], 30)));
    assert_eq!(other, Err(Refusal::NotRedCommittee));
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn a_contribution_belongs_to_an_estate_of_its_grid() {
    let mut world = with_yard();
    let form = ManagementForm::HomeownerSelfRule;
    world.wish(estate(2, OTHER_GRID, form)).unwrap();
    world.wish(estate(3, STREET, form)).unwrap();
    let building = world.wish(estate(4, BUILDING, form));
    assert!(matches!(building, Err(Refusal::WrongLevel { .. })));
    assert_eq!(world.wish(estate(1, GRID, form)), Err(Refusal::AlreadyExists(Noun::Estate)));
    world.now += 3 * HOUR;
    let swept = |number, estate: u128, hours: i64| Claim {
        estate: Some(EstateId::from_number(estate)),
        ..claim(number, resident(3), "CLEAN", hours * HOUR, (hours + 1) * HOUR)
    };
    let begun = world.now / HOUR;
    let elsewhere = world.wish(submit(swept(1, 2, begun - 1)));
    assert_eq!(elsewhere, Err(Refusal::EstateElsewhere));
    let nowhere = world.wish(submit(swept(1, 9, begun - 1)));
    assert_eq!(nowhere, Err(Refusal::Unknown(Noun::Estate)));
    for (number, estate) in [(1, 1), (2, 3)] {
        let hours = begun - i64::try_from(number).unwrap();
        world.wish(submit(swept(number, estate, hours))).unwrap();
        let awarded = world.wish(verify(number, GRID_OFFICER)).unwrap();
        let Any::Contribution(contribution::Event::Awarded(award)) = &awarded[1].event else {
            panic!()
        };
        assert_eq!(award.estate, Some(EstateId::from_number(estate)));
    }
}

#[test]
fn a_seat_and_a_hazard_belong_to_the_estate_that_they_were_published_with() {
    let mut world = with_yard();
    world.wish(estate(2, OTHER_GRID, ManagementForm::HomeownerSelfRule)).unwrap();
    let of = |number| Some(EstateId::from_number(number));
    let class = |number, world: &World| Plan { estate: of(number), ..plan(world, 1, 20) };
    assert_eq!(world.wish(publish(class(2, &world))), Err(Refusal::EstateElsewhere));
    assert_eq!(world.wish(publish(class(9, &world))), Err(Refusal::Unknown(Noun::Estate)));
    let class = class(1, &world);
    let (start, end) = (class.planned.start(), class.planned.end());
    world.wish(publish(class)).unwrap();
    world.wish(sign_up(1, 1, 3)).unwrap();
    world.now = start.microseconds();
    check_in(&mut world, 1).unwrap();
    world.now = end.microseconds();
    world.wish(check_out(&world, 1, &[])).unwrap();
    let claimed = |world: &World, number| {
        world.state.contributions().get(contribution(number)).unwrap().claim.estate
    };
    assert_eq!(claimed(&world, 1), of(1));

    let seen =
        |number, estate| Report { estate: of(estate), ..report(number, resident(3), 1, MORNING) };
    let elsewhere = world.wish(hazard::Command::Report(Box::new(seen(7, 2))));
    assert_eq!(elsewhere, Err(Refusal::EstateElsewhere));
    world.wish(hazard::Command::Report(Box::new(seen(7, 1)))).unwrap();
    reward(&mut world, 7);
    assert_eq!(claimed(&world, 7), of(1));
}

#[test]
fn a_case_belongs_to_the_estate_that_it_was_opened_with() {
    let mut world = with_yard();
    world.wish(estate(2, OTHER_GRID, ManagementForm::HomeownerSelfRule)).unwrap();
    let of =
        |number| Opening { estate: Some(EstateId::from_number(number)), ..opening(1, &[1, 3]) };
    let elsewhere = world.wish(mediation::Command::Open(of(2)));
    assert_eq!(elsewhere, Err(Refusal::EstateElsewhere));
    world.now += 2 * HOUR;
    world.wish(mediation::Command::Open(of(1))).unwrap();
    world.wish(join(55, 1, Sitter::Resident(resident(5)))).unwrap();
    world.wish(mediation::Command::Sit(session(&world, 1, &[55]))).unwrap();
    // By somebody's word who didn't sit there.
    world.wish(settle(1, GRID_OFFICER, Tier::Oral)).unwrap();
    let found = world.state.contributions().get(contribution(55)).unwrap();
    assert_eq!(found.claim.estate, Some(YARD));
}

/// One wish, by small numbers.
#[derive(Clone, Debug)]
pub enum Step {
    Form { estate: u128, form: u8 },
    Elect { estate: u128, members: Vec<u128>, days: i64 },
    Leave { estate: u128, who: u128 },
}

pub fn step() -> impl Strategy<Value = Step> {
    let estate = || 1..=2_u128;
    prop_oneof![
        2 => (estate(), 0..3_u8).prop_map(|(estate, form)| Step::Form { estate, form }),
        3 => (estate(), prop::collection::vec(1..=9_u128, 2..5), 0..40_i64)
            .prop_map(|(estate, members, days)| Step::Elect { estate, members, days }),
        2 => (estate(), 1..=9_u128).prop_map(|(estate, who)| Step::Leave { estate, who }),
    ]
}

/// How many committees were wished for.
#[derive(Default)]
pub struct Counts(u128);

impl Counts {
    /// The wish behind a step: an estate is registered the first time it is spoken of.
    pub fn command(&mut self, step: &Step, world: &World) -> Command {
        let forms = [
            ManagementForm::RedCommittee,
            ManagementForm::RedCommittee,
            ManagementForm::CommunityTrusteeship,
        ];
        let (Step::Form { estate: number, .. }
        | Step::Elect { estate: number, .. }
        | Step::Leave { estate: number, .. }) = *step;
        let id = EstateId::from_number(number);
        if world.state.estates().get(id).is_none() {
            return estate(number, GRID, forms[0]);
        }
        match step {
            Step::Form { form, .. } => {
                Command::SetForm { estate: id, form: forms[usize::from(*form)] }
            }
            Step::Elect { members, days, .. } => {
                self.0 += 1;
                Command::Elect(Committee { estate: id, ..committee(world, self.0, members, *days) })
            }
            Step::Leave { who, .. } => {
                Command::Leave { estate: id, member: Member::Resident(resident(*who)) }
            }
        }
    }
}

/// A term ends once, at its time, and nobody leaves twice.
pub fn check(records: &[Record]) {
    let (mut until, mut left) = (std::collections::BTreeMap::new(), Vec::new());
    for record in records {
        let Any::Estate(event) = &record.event else { continue };
        match event {
            Event::Registered(_) => {}
            Event::FormSet { estate, form } => {
                if *form != ManagementForm::RedCommittee {
                    until.remove(estate);
                }
            }
            Event::Elected(it) => {
                until.insert(it.estate, (it.committee, it.until));
            }
            Event::Left { estate, committee, place, .. } => {
                assert_eq!(until.get(estate).map(|(it, _)| it), Some(committee));
                assert!(!left.contains(&(*committee, *place)));
                left.push((*committee, *place));
            }
            Event::TermEnded { estate, committee } => {
                assert_eq!(until.remove(estate), Some((*committee, record.happened_at)));
            }
        }
    }
}
