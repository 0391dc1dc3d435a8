//! Random histories of objections, panels, votes and appeals, and what has to hold of the records.

use std::collections::{BTreeMap, BTreeSet};

use crate::conduct::{attach, review};
use crate::notice::{appeal, convene, noticed_world, object, vote};
use crate::world::*;
use linli_domain::conduct::{self, Verdict};
use linli_domain::contribution::{self, Status};
use linli_domain::id::{ContributionId, OfficerId, ResidentId};
use linli_domain::notice::{self, Hearing, Member, Ruling, Stage};
use linli_domain::{Command, Event, Record};
use proptest::prelude::*;

/// One step. Which case is meant is counted among those at the stage for it.
#[derive(Clone, Debug)]
pub enum Step {
    Object { which: usize, who: u128 },
    Convene { which: usize, officer: u128, members: Vec<(bool, u128)> },
    Vote { which: usize, seat: usize, uphold: bool },
    Appeal { which: usize, claimant: bool },
    Review { which: usize, officer: u128, release: bool },
    Attach { which: usize, file: u8, claimant: bool },
}

pub fn step() -> impl Strategy<Value = Step> {
    let member = || (any::<bool>(), prop_oneof![1..=12_u128, 5..=10_u128]);
    let officer = || prop_oneof![3 => Just(7_u128), 1 => Just(8_u128), 1 => 1..=12_u128];
    prop_oneof![
        3 => (0..4_usize, 1..=9_u128).prop_map(|(which, who)| Step::Object { which, who }),
        4 => (0..4_usize, officer(), prop_oneof![
            // Officers who have little to do with anything, and whoever chance calls.
            Just(vec![(true, 6), (true, 8), (true, 9)]),
            prop::collection::vec(member(), 3),
        ])
            .prop_map(|(which, officer, members)| Step::Convene { which, officer, members }),
        6 => (0..4_usize, 0..4_usize, any::<bool>())
            .prop_map(|(which, seat, uphold)| Step::Vote { which, seat, uphold }),
        3 => (0..4_usize, prop::bool::weighted(0.9))
            .prop_map(|(which, claimant)| Step::Appeal { which, claimant }),
        3 => (0..4_usize, prop_oneof![3 => Just(7_u128), 1 => 1..=12_u128], any::<bool>())
            .prop_map(|(which, officer, release)| Step::Review { which, officer, release }),
        2 => (0..4_usize, 0..6_u8, prop::bool::weighted(0.9))
            .prop_map(|(which, file, claimant)| Step::Attach { which, file, claimant }),
    ]
}

/// The wish behind a step.
pub fn command(step: &Step, world: &World) -> Command {
    let at_stage = |wanted: Stage| {
        let found = world.state.notices().sorted().filter(move |(_, it)| it.stage == wanted);
        found.map(|((id, _), _)| id).collect::<Vec<_>>()
    };
    let pick = |from: Vec<ContributionId>, which: usize| {
        let count = from.len().max(1);
        from.get(which % count).copied().unwrap_or(contribution(1)).number()
    };
    match step {
        Step::Review { which, officer, release } => {
            let held = world.state.held().sorted().map(|(id, _)| id).collect();
            let verdict = match release {
                true => Verdict::Release,
                false => Verdict::Reject(contribution::RejectReason::NotEligible),
            };
            let officer = OfficerId::from_number(*officer);
            return review(pick(held, *which), officer, verdict).into();
        }
        Step::Attach { which, file, claimant } => {
            let waits = world.state.contributions().sorted();
            let waits = waits.filter(|(_, it)| it.status == Status::Pending);
            let number = pick(waits.map(|(id, _)| id).collect(), *which);
            let found = world.state.contributions().get(contribution(number));
            let who = found.filter(|_| *claimant).map_or(4, |it| it.claim.resident.number());
            return attach(number, who, &[*file]).into();
        }
        Step::Object { which, who } => object(pick(at_stage(Stage::Open), *which), *who),
        Step::Convene { which, officer, members } => {
            let member = |(is_officer, number): &(bool, u128)| match is_officer {
                true => Member::Officer(OfficerId::from_number(*number)),
                false => Member::Resident(ResidentId::from_number(*number)),
            };
            let members: Vec<_> = members.iter().map(member).collect();
            let number = pick(at_stage(Stage::Contested), *which);
            convene(number, OfficerId::from_number(*officer), &members)
        }
        Step::Vote { which, seat, uphold } => {
            let number = pick(at_stage(Stage::Contested), *which);
            let hearings = [Hearing::Appeal, Hearing::Notice];
            let found = hearings
                .iter()
                .find_map(|hearing| world.state.notices().get((contribution(number), *hearing)));
            let seat = found.and_then(|found| found.panel.get(*seat));
            let member = seat.map_or(Member::Officer(HEAD), |seat| seat.member);
            vote(number, member, if *uphold { Ruling::Uphold } else { Ruling::Dismiss })
        }
        Step::Appeal { which, claimant } => {
            let all = world.state.contributions().sorted();
            let fell = [Status::Rejected, Status::Reversed];
            let fallen = all.filter(|(_, it)| fell.contains(&it.status));
            let number = pick(fallen.map(|(id, _)| id).collect(), *which);
            let found = world.state.contributions().get(contribution(number));
            let who = found.filter(|_| *claimant).map_or(4, |it| it.claim.resident.number());
            appeal(number, who)
        }
    }
    .into()
}

/// What records tell of a case.
#[derive(Default)]
struct Told {
    people: Vec<ResidentId>,
    officers: Vec<OfficerId>,
    hearing: Option<Hearing>,
    ended: BTreeMap<Hearing, u32>,
    opened: BTreeMap<Hearing, u32>,
    held: bool,
}

/// What has to hold of any records: nothing is awarded while it is heard, each hearing ends at most
/// once, and nobody on a panel claims it, was served, vouched for it, objected, or lives with one
/// who did. The places are those of [`World::new`]: residents live in twos.
pub fn check(records: &[Record]) {
    let mut told: BTreeMap<ContributionId, Told> = BTreeMap::new();
    for record in records {
        match &record.event {
            Event::Contribution(event) => match event {
                contribution::Event::Submitted { claim, .. } => {
                    let case = told.entry(claim.contribution).or_default();
                    case.people.push(claim.resident);
                    case.people.extend(claim.beneficiary);
                }
                contribution::Event::Verified(word) => {
                    told.entry(word.contribution).or_default().officers.push(word.officer);
                }
                contribution::Event::Awarded(award) => {
                    let case = told.entry(award.contribution).or_default();
                    assert_eq!(case.hearing, None, "awarded while heard: {award:?}");
                    assert!(!case.held, "awarded while held: {award:?}");
                }
                _ => {}
            },
            Event::Notice(event) => told.entry(event.contribution()).or_default().take(event),
            Event::Conduct(event) => {
                let case = told.entry(event.contribution()).or_default();
                let holds = matches!(event, conduct::Event::Held(_));
                assert_eq!(case.held, !holds, "{event:?}");
                case.held = holds;
            }
            _ => {}
        }
    }
    for (id, case) in told {
        for (hearing, ended) in &case.ended {
            assert_eq!((*ended, case.opened.get(hearing)), (1, Some(&1)), "{id}: {hearing:?}");
        }
    }
}

impl Told {
    fn begin(&mut self, hearing: Hearing) {
        self.hearing = Some(hearing);
        *self.opened.entry(hearing).or_default() += 1;
    }

    fn end(&mut self, hearing: Hearing) {
        assert_eq!(self.hearing.take(), Some(hearing));
        *self.ended.entry(hearing).or_default() += 1;
    }

    fn take(&mut self, event: &notice::Event) {
        match event {
            notice::Event::Opened(_) => self.begin(Hearing::Notice),
            notice::Event::Appealed { .. } => self.begin(Hearing::Appeal),
            notice::Event::Objected(it) => self.people.push(it.resident),
            notice::Event::Unopposed(_) => self.end(Hearing::Notice),
            notice::Event::Decided(it) => self.end(it.hearing),
            notice::Event::Convened { panel, .. } => {
                let home = |who: ResidentId| who.number().div_ceil(2);
                // Those officers who are residents.
                let person = |member: &Member| match member {
                    Member::Resident(who) => Some(*who),
                    Member::Officer(HEAD) => Some(resident(1)),
                    Member::Officer(SECOND_GRID_OFFICER) => Some(resident(3)),
                    Member::Officer(NEIGHBOUR_OFFICER) => Some(resident(4)),
                    Member::Officer(_) => None,
                };
                let verifiers = self.officers.iter().map(|officer| Member::Officer(*officer));
                let mut homes: BTreeSet<_> = self.people.iter().map(|who| home(*who)).collect();
                homes.extend(verifiers.clone().filter_map(|it| person(&it)).map(home));
                for member in &panel.members {
                    assert!(verifiers.clone().all(|it| it != *member), "{panel:?}");
                    let at_home = person(member).map(home);
                    assert!(at_home.is_none_or(|home| !homes.contains(&home)), "{panel:?}");
                }
            }
            notice::Event::Contested { .. } | notice::Event::Voted { .. } => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1, ..ProptestConfig::default() })]

    /// The steps get far enough for the checks to mean something.
    #[test]
    fn the_steps_reach_every_end(
        histories in prop::collection::vec(prop::collection::vec(step(), 120), 60),
    ) {
        let mut reached = BTreeSet::new();
        for steps in histories {
            let mut world = noticed_world();
            for (number, step) in (1_u128..).zip(&steps) {
                if number % 12 == 1 {
                    world.serve(number, resident(number % 6 + 1), "LEARN");
                }
                if number % 12 == 7 {
                    let (id, who) = (1_000 + number, resident(number % 6 + 1));
                    world.wish(submit(claim(id, who, "CLEAN", world.now - MINUTE, world.now))).unwrap();
                    let (contribution, officer) = (contribution(id), GRID_OFFICER);
                    let reason = contribution::RejectReason::EvidenceUnclear;
                    let word = contribution::Rejection { contribution, officer, reason };
                    world.wish(contribution::Command::Reject(word)).unwrap();
                }
                world.now += 3 * HOUR;
                let command = command(step, &world);
                let _ = world.wish(command);
            }
            check(&world.records);
            reached.extend(world.records.iter().filter_map(|record| match &record.event {
                Event::Notice(notice::Event::Unopposed(_)) => Some((Hearing::Notice, None, 0)),
                Event::Notice(notice::Event::Decided(it)) => {
                    let majority = u8::from(it.upholding.max(it.dismissing) > 1);
                    Some((it.hearing, Some(it.ruling == Ruling::Uphold), majority))
                }
                _ => None,
            }));
        }
        let (notice, appeal) = (Hearing::Notice, Hearing::Appeal);
        for end in [
            (notice, None, 0), (notice, Some(true), 1), (notice, Some(false), 1),
            (notice, Some(false), 0), (appeal, Some(true), 1), (appeal, Some(false), 1),
            (appeal, Some(false), 0),
        ] {
            prop_assert!(reached.contains(&end), "never {:?}; reached {:?}", end, reached);
        }
    }
}
