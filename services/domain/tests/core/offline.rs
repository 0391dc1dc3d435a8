//! Random histories of shifts, allowances and slips written off line: their steps, and what has to
//! hold of the records whatever the steps were.

use std::collections::{BTreeMap, BTreeSet};

use linli_domain::allowance::{self, Grant, OfflineSlip};
use linli_domain::id::{AllowanceId, ItemId, OperatorId, ShiftId, StationId};
use linli_domain::operator::{self, Closing, Enrolment, Opening, Shifts};
use linli_domain::posting::Account;
use linli_domain::quantity::Points;
use linli_domain::redemption::Wish;
use linli_domain::{Command, Event, Record};
use proptest::prelude::*;

use crate::shopping::earning;
use crate::steps::Step as Any;
use crate::world::*;

/// One wish, by small numbers.
#[derive(Clone, Debug)]
pub enum Step {
    Operator { number: u128, how: u8 },
    Grant { station: u128, total: i64, each: i64, hours: i64, officer: u128 },
    Slip { number: u32, who: u128, wishes: Vec<(u128, u32)>, ago: i64, wrong_total: bool },
    Again { which: usize },
    End,
}

pub fn step() -> impl Strategy<Value = Step> {
    let grant = (1..=2_u128, 0..2_500_i64, 0..1_500_i64, -1..30_i64, 2..=3_u128);
    let wishes = prop::collection::vec((1..=4_u128, 0..=2_u32), 0..=2);
    let slip = (0..5_u32, 1..=9_u128, wishes, -10..300_i64, prop::bool::weighted(0.1));
    prop_oneof![
        20 => (1..=3_u128, 0..5_u8).prop_map(|(number, how)| Step::Operator { number, how }),
        20 => grant.prop_map(|(station, total, each, hours, officer)| Step::Grant {
            station, total, each, hours, officer,
        }),
        50 => slip.prop_map(|(number, who, wishes, ago, wrong_total)| Step::Slip {
            number, who, wishes, ago, wrong_total,
        }),
        15 => (0..5_usize).prop_map(|which| Step::Again { which }),
        1 => Just(Step::End),
    ]
}

/// A station that is often off line: allowances that are granted, slips whose numbers and goods are few, and
/// what is bought meanwhile elsewhere.
pub fn and_all_it_needs() -> impl Strategy<Value = Any> {
    let wishes = prop_oneof![1 => Just(vec![(1_u128, 1_u32)]), 3 => Just(vec![(2, 1)])];
    let slip = (1..4_u32, 1..=6_u128, wishes, 0..120_i64);
    let step = prop_oneof![
        2 => (500..2_000_i64, 300..1_200_i64, 5..24_i64).prop_map(|(total, each, hours)| Step::Grant {
            station: 1, total, each, hours, officer: 3,
        }),
        10 => slip.prop_map(|(number, who, wishes, ago)| Step::Slip {
            number, who, wishes, ago, wrong_total: false,
        }),
        3 => (0..5_usize).prop_map(|which| Step::Again { which }),
    ];
    prop_oneof![
        8 => step.prop_map(Any::Offline),
        2 => earning(),
        3 => (1..=6_u128).prop_map(|who| Any::Sell { who, station: 2, wishes: vec![(2, 2)] }),
        1 => (0..90_i64).prop_map(|minutes| Any::Pass { minutes }),
    ]
}

/// How many were wished for, and the slips that were written.
#[derive(Default)]
pub struct Counts {
    shifts: u128,
    allowances: u128,
    slips: Vec<OfflineSlip>,
}

impl Counts {
    /// The wish behind a step.
    pub fn command(&mut self, step: &Step, world: &World) -> Option<Command> {
        Some(match step {
            Step::Operator { number, how } => self.operate(*number, *how).into(),
            Step::Grant { station, total, each, hours, officer } => {
                self.allowances += 1;
                let grant = Grant {
                    allowance: AllowanceId::from_number(self.allowances),
                    station: StationId::from_number(*station),
                    officer: linli_domain::id::OfficerId::from_number(*officer),
                    total: Points::from_hundredths(*total),
                    per_person: Points::from_hundredths(*each),
                    ends_at: at(world.now + hours * HOUR),
                };
                allowance::Command::Grant(grant).into()
            }
            Step::Slip { .. } => {
                let slip = self.slip(step, world)?;
                self.slips.push(slip.clone());
                allowance::Command::Count(slip).into()
            }
            Step::Again { which } => {
                let slip = self.slips.iter().rev().nth(*which)?.clone();
                allowance::Command::Count(slip).into()
            }
            Step::End => {
                let (allowance, officer) =
                    (AllowanceId::from_number(self.allowances), STREET_OFFICER);
                allowance::Command::End { allowance, officer }.into()
            }
        })
    }

    /// The third operator is another station's, and station 1 may be one that needs shifts.
    fn operate(&mut self, number: u128, how: u8) -> operator::Command {
        let operator = OperatorId::from_number(number);
        let station = if number == 3 { OTHER_STATION } else { STATION };
        match how {
            0 => operator::Command::Enrol(Enrolment { operator, station }),
            1 | 2 => {
                self.shifts += 1;
                let shift = ShiftId::from_number(self.shifts);
                operator::Command::OpenShift(Opening { shift, operator, station })
            }
            3 => {
                let shift = ShiftId::from_number(self.shifts);
                operator::Command::CloseShift { shift, station }
            }
            _ if number == 2 => operator::Command::Retire(operator),
            _ => {
                let shifts = if number == 1 { Shifts::Needed } else { Shifts::Optional };
                operator::Command::SetShifts { station, shifts }
            }
        }
    }

    fn slip(&self, step: &Step, world: &World) -> Option<OfflineSlip> {
        let Step::Slip { number, who, wishes, ago, wrong_total } = step else { return None };
        let wish = |(item, quantity): &(u128, u32)| Wish {
            item: ItemId::from_number(*item),
            quantity: *quantity,
        };
        let wishes: Vec<Wish> = wishes.iter().map(wish).collect();
        let price = |wish: &Wish| world.state.items().get(wish.item)?.price.times(wish.quantity);
        let total = wishes.iter().try_fold(Points::ZERO, |sum, wish| sum.plus(price(wish)?))?;
        let wrong = if *wrong_total { points("0.01") } else { Points::ZERO };
        let (allowance, granted) = world.state.allowances().sorted().last()?;
        Some(OfflineSlip {
            allowance,
            station: granted.grant.station,
            number: *number,
            // Never a number that a sale at the counter has.
            redemption: redemption(1_000_000 + u128::try_from(self.slips.len()).unwrap()),
            resident: resident(*who),
            wishes,
            total: total.plus(wrong)?,
            handed_at: at(world.now - ago * MINUTE),
        })
    }
}

/// A shift that is open at the station, for what is handed out there.
pub fn shift_at(world: &World, station: StationId) -> Option<ShiftId> {
    let mut shifts = world.state.shifts().sorted();
    let open = shifts.find(|(_, it)| it.closed_at.is_none() && it.shift.station == station);
    open.map(|(id, _)| id)
}

/// All of it.
pub fn check(records: &[Record]) {
    no_more_is_short_than_was_granted(records);
    an_operator_has_one_shift_at_a_time(records);
}

/// Counted from the facts alone: each number of an allowance counts once; what is short is posted
/// against the office, and stays within what was granted, for the station and for each person.
fn no_more_is_short_than_was_granted(records: &[Record]) {
    let mut grants: BTreeMap<AllowanceId, Grant> = BTreeMap::new();
    let mut spent: BTreeMap<_, Points> = BTreeMap::new();
    let mut short: BTreeMap<_, Points> = BTreeMap::new();
    let mut numbers = BTreeSet::new();
    for record in records {
        match &record.event {
            Event::Allowance(allowance::Event::Granted { grant, .. }) => {
                grants.insert(grant.allowance, *grant);
            }
            Event::Allowance(allowance::Event::Counted(it)) => {
                let grant = &grants[&it.allowance];
                assert!(numbers.insert((it.allowance, it.number)), "{it:?} counts twice");
                for person in [None, Some(it.slip.resident)] {
                    let sum = spent.entry((it.allowance, person)).or_insert(Points::ZERO);
                    *sum = sum.plus(it.slip.total).unwrap();
                    let most = if person.is_some() { grant.per_person } else { grant.total };
                    assert!(*sum <= most, "{sum} of {most}");
                }
                let sum = short.entry(it.allowance).or_insert(Points::ZERO);
                *sum = sum.plus(it.short).unwrap();
                assert!(*sum <= grant.total, "{sum} short of {}", grant.total);
                let lost =
                    record.postings.iter().filter(|it| matches!(it.account, Account::Loss(_)));
                let lost = lost.fold(Points::ZERO, |sum, it| sum.plus(it.amount).unwrap());
                assert_eq!(lost, it.short.negated());
            }
            _ => {}
        }
    }
}

/// Opened and closed in turn, and by itself at its time at the latest.
fn an_operator_has_one_shift_at_a_time(records: &[Record]) {
    let mut open = BTreeMap::new();
    for record in records {
        match record.event {
            Event::Operator(operator::Event::ShiftOpened(shift)) => {
                assert_eq!(open.insert(shift.operator, shift), None);
            }
            Event::Operator(operator::Event::ShiftClosed { shift, closing }) => {
                assert_eq!(open.remove(&shift.operator), Some(shift));
                let overdue = record.recorded_at >= shift.closes_at;
                assert_eq!(closing == Closing::Overdue, overdue);
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
        histories in prop::collection::vec(prop::collection::vec(step(), 60), 300),
    ) {
        let mut reached = BTreeSet::new();
        for steps in histories {
            let (mut world, mut counts) = (crate::spending::rich(2), Counts::default());
            for step in steps {
                world.now += 6 * MINUTE;
                let command = counts.command(&step, &world);
                let _ = command.map(|command| world.wish(command));
            }
            check(&world.records);
            reached.extend(world.records.iter().filter_map(|record| match &record.event {
                Event::Allowance(allowance::Event::Counted(it)) if it.short.is_zero() => Some("paid"),
                Event::Allowance(allowance::Event::Counted(_)) => Some("short"),
                Event::Allowance(allowance::Event::Reported { why, .. }) => Some(match why {
                    allowance::Report::NumberTaken { .. } => "taken",
                    allowance::Report::PersonLimit { .. } => "a person's limit",
                    allowance::Report::StationLimit { .. } => "the station's limit",
                    allowance::Report::OutOfStock { .. } => "stock",
                    _ => "reported",
                }),
                Event::Allowance(allowance::Event::Ended { .. }) => Some("ended"),
                Event::Operator(operator::Event::ShiftClosed { closing, .. }) => Some(match closing {
                    Closing::Operator => "closed",
                    Closing::Retired => "retired",
                    Closing::Overdue => "overdue",
                }),
                _ => None,
            }));
        }
        for end in ["paid", "short", "taken", "a person's limit", "the station's limit", "ended", "closed", "retired"] {
            prop_assert!(reached.contains(end), "never {}; reached {:?}", end, reached);
        }
    }
}
