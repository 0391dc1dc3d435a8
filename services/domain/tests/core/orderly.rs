//! Random histories of hazards, orders, whistles and mutual aid: their steps, and what has to hold
//! of the records whatever the steps were.

use std::collections::{BTreeMap, BTreeSet};

use linli_domain::aid::{self, Help, Opening};
use linli_domain::hazard::{self, Dismissal, Ruling, Seriousness};
use linli_domain::id::{AidId, HazardId, OfficerId, OrderId, ResidentId, WhistleId};
use linli_domain::order::{self, Cause, Reason, Verdict};
use linli_domain::time::{Interval, Timestamp};
use linli_domain::whistle::{self, Blast, Reply};
use linli_domain::{Command, Event, Record, contribution, resident};
use proptest::prelude::*;

use crate::world::*;

/// One wish, by small numbers.
#[derive(Clone, Debug)]
pub enum Step {
    Report { who: u128, place: u8, ago: i64 },
    Hazard { which: usize, officer: u128, kind: u8 },
    Merge { which: usize, into: usize, officer: u128 },
    Appeal { who: u128, officer: Option<u128>, lifted: bool },
    Request { who: u128 },
    Order { which: usize, of_hazard: bool, officer: u128, kind: u8 },
    Blow { tackle: bool, officer: u128, called: u128 },
    Whistle { which: usize, officer: u128, kind: u8 },
    Open { who: u128, kind: u8 },
    Aid { which: usize, who: u128, kind: u8, minutes: i64 },
}

/// Officers who have something to do with it, more often than those who don't.
fn officer() -> impl Strategy<Value = u128> {
    prop_oneof![4 => Just(1_u128), 3 => Just(10_u128), 1 => 1..=12_u128]
}

pub fn step() -> impl Strategy<Value = Step> {
    let who = || 1..=9_u128;
    prop_oneof![
        3 => (prop_oneof![2 => Just(2_u128), 1 => who()], 0..3_u8, 0..300_i64).prop_map(|(who, place, ago)| Step::Report { who, place, ago }),
        4 => (0..3_usize, officer(), prop_oneof![2 => 0..6_u8, 1 => Just(5)]).prop_map(|(which, officer, kind)| Step::Hazard { which, officer, kind }),
        1 => (0..3_usize, 0..4_usize, officer()).prop_map(|(which, into, officer)| Step::Merge { which, into, officer }),
        2 => (prop_oneof![2 => Just(2_u128), 1 => who()], prop::option::of(officer()), any::<bool>()).prop_map(|(who, officer, lifted)| Step::Appeal { who, officer, lifted }),
        1 => who().prop_map(|who| Step::Request { who }),
        8 => (0..3_usize, any::<bool>(), officer(), 0..14_u8).prop_map(|(which, of_hazard, officer, kind)| Step::Order { which, of_hazard, officer, kind }),
        1 => (any::<bool>(), 7..=8_u128, 3..=10_u128).prop_map(|(tackle, officer, called)| Step::Blow { tackle, officer, called }),
        3 => (0..2_usize, 7..=10_u128, 0..8_u8).prop_map(|(which, officer, kind)| Step::Whistle { which, officer, kind }),
        2 => (who(), 0..3_u8).prop_map(|(who, kind)| Step::Open { who, kind }),
        6 => (0..2_usize, who(), 0..6_u8, 0..200_i64).prop_map(|(which, who, kind, minutes)| Step::Aid { which, who, kind, minutes }),
    ]
}

/// How many of each were wished for; numbers of one kind begin where no other's reach.
#[derive(Default)]
pub struct Counts {
    hazards: u128,
    requests: u128,
    whistles: u128,
    aids: u128,
}

const HAZARDS: u128 = 10_000;
const REQUESTS: u128 = 20_000;
const AIDS: u128 = 30_000;

fn recent(base: u128, count: u128, which: usize) -> u128 {
    base + count.saturating_sub(u128::try_from(which).unwrap())
}

impl Counts {
    /// The wish behind a step. Some kinds mean whatever comes next, for chains are long and chance is
    /// short of breath.
    pub fn command(&mut self, step: &Step, world: &World) -> Option<Command> {
        let now = world.now;
        let hazard = |which| HazardId::from_number(recent(HAZARDS, self.hazards, which));
        let officer_of = OfficerId::from_number;
        Some(match *step {
            Step::Report { who, place, ago } => {
                self.hazards += 1;
                let number = HAZARDS + self.hazards;
                let seen_at = now - ago * MINUTE;
                hazard::Command::Report(Box::new(report(number, resident(who), place, seen_at)))
                    .into()
            }
            Step::Hazard { which, officer, kind } => {
                of_hazard(hazard(which), officer_of(officer), kind).into()
            }
            Step::Merge { which, into, officer } => {
                let (hazard, into) = (hazard(which), hazard(into));
                hazard::Command::Merge { hazard, into, officer: officer_of(officer) }.into()
            }
            Step::Appeal { who, officer: None, .. } => {
                hazard::Command::Appeal(resident(who)).into()
            }
            Step::Appeal { who, officer: Some(officer), lifted } => {
                let ruling = if lifted { Ruling::Lifted } else { Ruling::Upheld };
                let (resident, officer) = (resident(who), officer_of(officer));
                hazard::Command::Rule { resident, officer, ruling }.into()
            }
            Step::Request { who } => {
                self.requests += 1;
                let order = OrderId::from_number(REQUESTS + self.requests);
                let kind = hazard::HazardKind::Road;
                let (resident, area) = (resident(who), BUILDING);
                order::Command::Request(order::Request { order, resident, kind, area }).into()
            }
            Step::Order { which, of_hazard, officer, kind } => {
                let order = if of_hazard {
                    hazard(which).order()
                } else {
                    OrderId::from_number(recent(REQUESTS, self.requests, which))
                };
                of_order(world, order, officer_of(officer), kind).into()
            }
            Step::Blow { tackle, officer, called } => {
                self.whistles += 1;
                let kind = if tackle { whistle::Kind::Tackle } else { whistle::Kind::Push };
                let whistle = WhistleId::from_number(self.whistles);
                let (officer, called) = (officer_of(officer), officer_of(called));
                whistle::Command::Blow(Blast { whistle, kind, officer, called, order: None }).into()
            }
            Step::Whistle { which, officer, kind } => {
                let whistle = WhistleId::from_number(recent(0, self.whistles, which));
                of_whistle(world, whistle, officer_of(officer), kind)?.into()
            }
            Step::Open { who, kind } => {
                self.aids += 1;
                let kind = [aid::Kind::Ask, aid::Kind::Offer, aid::Kind::Wish][usize::from(kind)];
                let (aid, resident) = (AidId::from_number(AIDS + self.aids), resident(who));
                let help = Help::Errand;
                aid::Command::Open(Opening { aid, kind, resident, help, grid: GRID, estate: None })
                    .into()
            }
            Step::Aid { which, who, kind, minutes } => {
                let aid = AidId::from_number(recent(AIDS, self.aids, which));
                of_aid(world, aid, resident(who), kind, minutes)?.into()
            }
        })
    }
}

fn of_whistle(
    world: &World,
    whistle: WhistleId,
    officer: OfficerId,
    kind: u8,
) -> Option<whistle::Command> {
    if kind > 3 {
        return next_of(world, whistle);
    }
    Some(match Reply::ALL.get(usize::from(kind)) {
        Some(reply) => whistle::Command::Answer { whistle, officer, reply: *reply },
        None => whistle::Command::Settle { whistle, officer },
    })
}

fn next_of(world: &World, whistle: WhistleId) -> Option<whistle::Command> {
    let found = world.state.whistles().get(whistle)?;
    let officer = found.blast.called;
    Some(match found.status.next() {
        Some(reply) => whistle::Command::Answer { whistle, officer, reply },
        None => whistle::Command::Settle { whistle, officer: LEADER },
    })
}

fn of_hazard(hazard: HazardId, officer: OfficerId, kind: u8) -> hazard::Command {
    let seriousness = match kind {
        0 | 1 => Seriousness::Ordinary,
        2 => Seriousness::Serious,
        3 => Seriousness::Major,
        4 => {
            let why = Dismissal::NotFound;
            return hazard::Command::Dismiss { hazard, officer, why };
        }
        _ => {
            let why = Dismissal::BadFaith;
            return hazard::Command::Dismiss { hazard, officer, why };
        }
    };
    hazard::Command::Verify { hazard, officer, seriousness }
}

fn of_order(world: &World, order: OrderId, officer: OfficerId, kind: u8) -> order::Command {
    if kind > 7
        && let Some(found) = world.state.orders().get(order)
    {
        return match (found.status, found.handler) {
            (order::Status::Accepted, Some(officer)) => {
                order::Command::Close { order, officer, evidence: photo() }
            }
            (order::Status::Closed, _) => {
                let verdict = if kind.is_multiple_of(3) { Verdict::NotDone } else { Verdict::Done };
                order::Command::Check { order, officer, verdict }
            }
            _ => order::Command::Accept { order, officer },
        };
    }
    match kind {
        0 | 1 => order::Command::Accept { order, officer },
        2 | 3 => order::Command::Close { order, officer, evidence: photo() },
        4 => order::Command::Check { order, officer, verdict: Verdict::NotDone },
        5 => order::Command::Check { order, officer, verdict: Verdict::Done },
        6 => order::Command::Escalate { order, officer, reason: Reason::Authority },
        _ => order::Command::Dispatch { order, officer, unit: GRID },
    }
}

fn of_aid(
    world: &World,
    aid: AidId,
    resident: ResidentId,
    kind: u8,
    minutes: i64,
) -> Option<aid::Command> {
    let now = world.now;
    let found = world.state.aids().get(aid);
    // The one who took part may as well be meant, whoever was drawn.
    let resident = found.and_then(|found| found.partner).filter(|_| kind > 1).unwrap_or(resident);
    Some(match kind {
        0 => aid::Command::Match { aid, resident },
        1 => aid::Command::StepBack { aid, resident },
        2 => {
            let happened = Interval::new(at(now - minutes * MINUTE), at(now))?;
            aid::Command::Finish { aid, resident, happened }
        }
        3 => aid::Command::Confirm { aid, resident },
        4 => aid::Command::Confirm { aid, resident: found?.opening.resident },
        _ => aid::Command::Withdraw { aid, resident: found?.opening.resident },
    })
}

/// What has to hold of any records: an order ends once and nobody checks their own work; a rewarded
/// hazard has one award, unless its reporter was erased, and a merged one has none; who is paused reports nothing; no answer to a
/// whistle comes twice.
pub fn check(records: &[Record]) {
    let mut told = Told::default();
    for record in records {
        match &record.event {
            Event::Hazard(event) => told.hazard(event, record.recorded_at),
            Event::Order(event) => told.order(event),
            Event::Whistle(whistle::Event::Answered { whistle, reply, .. }) => {
                assert!(told.replies.insert((*whistle, *reply)), "answered twice: {whistle}");
            }
            Event::Aid(
                aid::Event::Confirmed { aid, .. }
                | aid::Event::Withdrawn { aid, .. }
                | aid::Event::Lapsed(aid),
            ) => assert!(told.aids.insert(*aid), "aid {aid} ended twice"),
            Event::Resident(resident::Event::Erased(erasure)) => {
                told.erased.insert(erasure.resident);
            }
            Event::Contribution(contribution::Event::Awarded(award)) => {
                told.awarded.insert(award.contribution);
            }
            // It is awarded, or somebody who looked says why not.
            Event::Conduct(linli_domain::conduct::Event::Held(it)) if it.complete => {
                told.awarded.insert(it.contribution);
            }
            // It is awarded, or a panel says why not.
            Event::Notice(linli_domain::notice::Event::Opened(it)) => {
                told.awarded.insert(it.contribution);
            }
            _ => {}
        }
    }
    for (hazard, order) in &told.hazards {
        let done = told.checked.contains(order) && !told.unrewarded.contains(order);
        assert_eq!(told.awarded.contains(&hazard.contribution()), done, "hazard {hazard}");
    }
    for hazard in &told.merged {
        assert!(!told.awarded.contains(&hazard.contribution()), "merged {hazard} was awarded");
    }
}

#[derive(Default)]
struct Told {
    paused: BTreeMap<ResidentId, Timestamp>,
    reporters: BTreeMap<HazardId, ResidentId>,
    merged: BTreeSet<HazardId>,
    hazards: BTreeMap<HazardId, OrderId>,
    handlers: BTreeMap<OrderId, OfficerId>,
    checked: BTreeSet<OrderId>,
    /// Checked after their reporter was erased.
    unrewarded: BTreeSet<OrderId>,
    erased: BTreeSet<ResidentId>,
    replies: BTreeSet<(WhistleId, Reply)>,
    aids: BTreeSet<AidId>,
    awarded: BTreeSet<linli_domain::id::ContributionId>,
}

impl Told {
    fn hazard(&mut self, event: &hazard::Event, now: Timestamp) {
        match event {
            hazard::Event::Reported(report) => {
                let until = self.paused.get(&report.reporter);
                assert!(until.is_none_or(|until| now >= *until), "paused, and reported");
                self.reporters.insert(report.hazard, report.reporter);
            }
            hazard::Event::Merged { hazard, .. } => {
                self.merged.insert(*hazard);
            }
            hazard::Event::Dismissed { hazard, paused_until: Some(until), .. } => {
                self.paused.insert(self.reporters[hazard], *until);
            }
            hazard::Event::Ruled { resident, ruling: Ruling::Lifted, .. } => {
                self.paused.remove(resident);
            }
            _ => {}
        }
    }

    fn order(&mut self, event: &order::Event) {
        match event {
            order::Event::Opened { opening, .. } => {
                if let Cause::Hazard(hazard) = opening.cause {
                    assert_eq!(self.hazards.insert(hazard, opening.order), None);
                }
            }
            order::Event::Accepted { order, officer, .. } => {
                self.handlers.insert(*order, *officer);
            }
            order::Event::SentBack { order, officer, .. } => {
                assert_ne!(self.handlers.get(order), Some(officer), "checked by its handler");
            }
            order::Event::Checked { order, officer } => {
                assert_ne!(self.handlers.get(order), Some(officer), "checked by its handler");
                assert!(self.checked.insert(*order), "order {order} ended twice");
                let cause = self.hazards.iter().find(|(_, opened)| *opened == order);
                let reporter = cause.map(|(hazard, _)| self.reporters[hazard]);
                if reporter.is_some_and(|reporter| self.erased.contains(&reporter)) {
                    self.unrewarded.insert(*order);
                }
            }
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1, ..ProptestConfig::default() })]

    /// The steps get far enough for the checks to mean something: over some hundred random
    /// histories each of these ends was reached.
    #[test]
    fn the_steps_reach_every_end(
        histories in prop::collection::vec(prop::collection::vec(step(), 100), 300),
    ) {
        let mut reached = BTreeSet::new();
        for steps in histories {
            let (mut world, mut counts) = (World::new(), Counts::default());
            for step in steps {
                world.now += 6 * MINUTE;
                let command = counts.command(&step, &world);
                let _ = command.map(|command| world.wish(command));
            }
            reached.extend(world.records.iter().filter_map(|record| match &record.event {
                Event::Hazard(hazard::Event::Dismissed { paused_until: Some(_), .. }) => Some("paused"),
                Event::Hazard(hazard::Event::Ruled { .. }) => Some("ruled"),
                Event::Hazard(hazard::Event::Merged { officer: Some(_), .. }) => Some("merged"),
                Event::Order(order::Event::Checked { .. }) => Some("checked"),
                Event::Order(order::Event::SentBack { .. }) => Some("sent back"),
                Event::Order(order::Event::Escalated { .. }) => Some("escalated"),
                Event::Whistle(whistle::Event::Settled { .. }) => Some("settled"),
                Event::Whistle(whistle::Event::ClockMissed { .. }) => Some("missed"),
                Event::Aid(aid::Event::Confirmed { .. }) => Some("confirmed"),
                Event::Aid(aid::Event::Withdrawn { .. }) => Some("withdrawn"),
                _ => None,
            }));
        }
        for end in ["merged", "checked", "sent back", "escalated", "settled", "missed", "confirmed", "withdrawn"] {
            prop_assert!(reached.contains(end), "never {}; reached {:?}", end, reached);
        }
    }
}
