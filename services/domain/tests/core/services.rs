//! Random histories of vouchers and limits: their steps, and what has to hold of the records
//! whatever the steps were.

use std::collections::{BTreeMap, BTreeSet};

use linli_domain::booking::Side;
use linli_domain::id::{HouseholdId, ItemId, ResidentId, VoucherId};
use linli_domain::item::{Limit, Much, Taker, Terms, Unused};
use linli_domain::quantity::Points;
use linli_domain::redemption::{self, Slip};
use linli_domain::time::{Period, Window, Zone};
use linli_domain::voucher::{self, Counter, Purchase, Status};
use linli_domain::wallet::LotTaken;
use linli_domain::{Command, Event, Record, item, resident};
use proptest::prelude::*;

use crate::vouchers::{hash, lesson_terms};
use crate::world::*;

/// One wish, by small numbers.
#[derive(Clone, Debug)]
pub enum Step {
    Issue { who: u128, item: u128 },
    Use { which: usize, wrong: bool, at: u128 },
    Return { which: usize, by: u8 },
    Terms { item: u128, most: u32, household: bool, day: bool },
}

pub fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (1..=9_u128, prop_oneof![6 => 6..=7_u128, 1 => 1..=3_u128])
            .prop_map(|(who, item)| Step::Issue { who, item }),
        10 => (0..2_usize, any::<bool>(), 1..=4_u128).prop_map(|(which, wrong, at)| Step::Use { which, wrong, at }),
        2 => (0..4_usize, 0..3_u8).prop_map(|(which, by)| Step::Return { which, by }),
        2 => (prop_oneof![Just(1_u128), Just(2), Just(5), Just(7)], 0..3_u32, any::<bool>(), any::<bool>())
            .prop_map(|(item, most, household, day)| Step::Terms { item, most, household, day }),
    ]
}

/// How many were wished for.
#[derive(Default)]
pub struct Counts {
    vouchers: u128,
}

impl Counts {
    /// The wish behind a step.
    pub fn command(&mut self, step: &Step, world: &World) -> Command {
        // The which-th last that was issued.
        let recent = |which: usize| {
            let known = world.state.vouchers();
            let mut all = (1..=self.vouchers).rev();
            let issued = |number: &u128| known.get(VoucherId::from_number(*number)).is_some();
            all.clone().filter(issued).nth(which).or(all.next()).unwrap_or_default()
        };
        match *step {
            Step::Issue { who, item } => {
                self.vouchers += 1;
                let voucher = VoucherId::from_number(self.vouchers);
                voucher::Command::Issue(Purchase {
                    voucher,
                    resident: resident(who),
                    item: ItemId::from_number(item),
                    code: hash(self.vouchers),
                })
                .into()
            }
            Step::Use { which, wrong, at } => {
                let number = recent(which);
                let at = match at {
                    1 => Counter::Station(STATION),
                    2 | 3 => Counter::Supplier(MERCHANT),
                    _ => Counter::Supplier(DEPARTMENT),
                };
                let code = hash(if wrong { 0 } else { number });
                voucher::Command::Use { voucher: VoucherId::from_number(number), at, code }.into()
            }
            Step::Return { which, by } => {
                let by = [Side::Resident, Side::Station, Side::Supplier][usize::from(by)];
                let voucher = VoucherId::from_number(recent(which));
                voucher::Command::Return { voucher, by }.into()
            }
            Step::Terms { item, most, household, day } => {
                let item = ItemId::from_number(item);
                let taker = if household { Taker::Household } else { Taker::Person };
                let window = if day { Window::Day } else { Window::Month };
                let most = match item {
                    SEAT => Much::Points(points("2.5")),
                    _ => Much::Pieces(most),
                };
                let voucher = (item == LESSON).then(|| lesson_terms().voucher).flatten();
                let limits = vec![Limit { taker, window, most }];
                let terms = Terms { item, only: Vec::new(), limits, voucher };
                item::Command::SetTerms(terms).into()
            }
        }
    }
}

/// All of it.
pub fn check(records: &[Record]) {
    vouchers_end_once(records);
    limits_hold_at_every_position(records);
}

/// Each voucher is issued, and then used, expired or returned at most once; a lock comes after as
/// many wrong codes as the terms say, and nothing opens it before its time.
fn vouchers_end_once(records: &[Record]) {
    let mut open = BTreeMap::new();
    let mut ended = BTreeSet::new();
    for record in records {
        let Event::Voucher(event) = &record.event else { continue };
        let id = event.id();
        match event {
            voucher::Event::Issued(voucher) => {
                assert_eq!(LotTaken::sum(&voucher.lots), Some(voucher.price));
                assert!(open.insert(id, (voucher.clone(), 0_u8, None)).is_none());
            }
            voucher::Event::WrongCode { tries, locked_until, code, .. } => {
                let (voucher, count, locked) = open.get_mut(&id).unwrap();
                assert!(locked.is_none_or(|until| record.recorded_at >= until));
                assert_ne!(*code, voucher.purchase.code);
                *count += 1;
                assert_eq!(tries, count);
                assert_eq!(locked_until.is_some(), *count == voucher.terms.wrong_codes);
                if locked_until.is_some() {
                    (*count, *locked) = (0, *locked_until);
                }
            }
            voucher::Event::Used { voucher: used, .. }
            | voucher::Event::Expired { voucher: used, .. }
            | voucher::Event::Returned { voucher: used, .. } => {
                let (voucher, _, locked) = open.remove(&id).unwrap();
                assert_eq!(*used, voucher);
                assert!(ended.insert(id), "{id} ended twice");
                if event.status() == Status::Used {
                    assert!(locked.is_none_or(|until| record.recorded_at >= until));
                    let good = voucher.good_from..voucher.expires_at;
                    assert!(good.contains(&record.recorded_at));
                }
                let gone = LotTaken::sum(&event.back()).unwrap();
                let gone = gone.plus(LotTaken::sum(event.lapsed()).unwrap()).unwrap();
                let whole =
                    if event.status() == Status::Used { Points::ZERO } else { voucher.price };
                assert_eq!(gone, whole);
            }
        }
    }
}

type Counted = BTreeMap<ItemId, Vec<(String, ResidentId, Period, Period, u32, Points)>>;

/// At every position where something was taken, no limit that is in force is passed: counted from
/// the facts alone, from when a limit was set on.
fn limits_hold_at_every_position(records: &[Record]) {
    let mut terms: BTreeMap<ItemId, Terms> = BTreeMap::new();
    let mut counted = Counted::new();
    let mut homes: BTreeMap<ResidentId, HouseholdId> = BTreeMap::new();
    for record in records {
        let now = |window| Zone::CHINA.period(window, record.recorded_at);
        settle_in(&mut homes, &record.event);
        if let Event::Item(item::Event::TermsSet(it)) = &record.event {
            terms.insert(it.item, it.clone());
        }
        let Some((taken, by, who, lines)) = told(&record.event) else { continue };
        for (item, pieces, points) in lines {
            let Some(terms) = terms.get(&item) else { continue };
            let rows = counted.entry(item).or_default();
            if !taken {
                for row in rows.iter_mut().filter(|row| row.0 == by) {
                    row.4 -= pieces;
                    row.5 = row.5.minus(points).unwrap();
                }
                continue;
            }
            rows.push((by.clone(), who, now(Window::Day), now(Window::Month), pieces, points));
            for limit in &terms.limits {
                let mine = rows.iter().filter(|row| match limit.taker {
                    Taker::Person => row.1 == who,
                    Taker::Household => homes[&row.1] == homes[&who],
                });
                let here = mine.filter(|row| match limit.window {
                    Window::Month => row.3 == now(Window::Month),
                    // Only the first terms of a lesson say a week; these days are enough of it.
                    _ => row.2 == now(Window::Day),
                });
                match limit.most {
                    Much::Pieces(most) => {
                        let sum: u32 = here.map(|row| row.4).sum();
                        assert!(sum <= most, "{sum} of {most}: {:?}", record.event);
                    }
                    Much::Points(most) => {
                        let sum = here.fold(Points::ZERO, |sum, row| sum.plus(row.5).unwrap());
                        assert!(sum <= most, "{sum} of {most}: {:?}", record.event);
                    }
                }
            }
        }
    }
}

/// Whoever has moved is counted with the household of today.
pub fn settle_in(homes: &mut BTreeMap<ResidentId, HouseholdId>, event: &Event) {
    let (resident, household) = match event {
        Event::Resident(resident::Event::Registered(it)) => (it.resident, it.household),
        Event::Resident(resident::Event::Moved { to, .. }) => (to.resident, to.household),
        _ => return,
    };
    homes.insert(resident, household);
}

/// What a fact takes or gives back, by what, whose it is, and the lines of it.
pub fn told(event: &Event) -> Option<Told> {
    match event {
        Event::Redemption(event) => Some(of_redemption(event)),
        Event::Voucher(event) => of_voucher(event),
        Event::Booking(event) => of_booking(event),
        _ => None,
    }
}

pub type Told = (bool, String, ResidentId, Vec<(ItemId, u32, Points)>);

fn of_redemption(event: &redemption::Event) -> Told {
    let (taken, slip) = match event {
        redemption::Event::Reserved { slip, .. } | redemption::Event::Sold(slip) => (true, slip),
        redemption::Event::Captured(slip) => (true, &Slip { lines: Vec::new(), ..slip.clone() }),
        redemption::Event::PartCaptured { rest, .. } => (false, rest),
        redemption::Event::Voided { slip, .. } | redemption::Event::TimedOut { slip, .. } => {
            (false, slip)
        }
        redemption::Event::Returned(it) => (false, &it.slip),
    };
    let line = |line: &redemption::Line| (line.item, line.quantity, line.total().unwrap());
    let lines = slip.lines.iter().map(line).collect();
    (taken, format!("redemption {}", slip.redemption), slip.resident, lines)
}

fn of_voucher(event: &voucher::Event) -> Option<Told> {
    let voucher = event.voucher()?;
    let taken = match event.status() {
        Status::Issued => true,
        Status::Used => return None,
        Status::Expired if voucher.terms.unused == Unused::Lapsed => return None,
        Status::Expired | Status::Returned => false,
    };
    let Purchase { voucher: id, resident, item, .. } = voucher.purchase;
    Some((taken, format!("voucher {id}"), resident, vec![(item, 1, voucher.price)]))
}

fn of_booking(event: &linli_domain::booking::Event) -> Option<Told> {
    use linli_domain::booking::Status;
    let ticket = event.ticket()?;
    let taken = match event.status() {
        Status::Booked => true,
        Status::Cancelled => false,
        _ => return None,
    };
    let units = u32::try_from(ticket.units()).unwrap();
    let by = format!("booking {}", ticket.request.booking);
    Some((taken, by, ticket.request.resident, vec![(ticket.item, units, ticket.total)]))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1, ..ProptestConfig::default() })]

    /// The steps get far enough for the checks to mean something.
    #[test]
    fn the_steps_reach_every_end(
        histories in prop::collection::vec(prop::collection::vec(step(), 60), 300),
    ) {
        let mut reached = BTreeSet::new();
        for steps in histories {
            let mut world = World::new();
            world.open_services();
            for who in 1..=7 {
                world.serve(who, resident(who), "CLEAN");
                world.serve(10 + who, resident(who), "LEARN");
            }
            let mut counts = Counts::default();
            for (nth, step) in steps.into_iter().enumerate() {
                world.now += if nth % 12 == 11 { 3 * DAY } else { 5 * MINUTE };
                let command = counts.command(&step, &world);
                let wished = world.wish(command);
                reached.extend(wished.err().and_then(|refusal| match refusal {
                    linli_domain::Refusal::VoucherLocked { .. } => Some("locked"),
                    linli_domain::Refusal::TooManyTaken { .. } => Some("too many"),
                    linli_domain::Refusal::VoucherNotToday { .. } => Some("not today"),
                    linli_domain::Refusal::VoucherTooEarly { .. } => Some("too early"),
                    _ => None,
                }));
            }
            vouchers_end_once(&world.records);
            limits_hold_at_every_position(&world.records);
            reached.extend(world.records.iter().filter_map(|record| match &record.event {
                Event::Voucher(voucher::Event::Used { .. }) => Some("used"),
                Event::Voucher(voucher::Event::Returned { .. }) => Some("returned"),
                Event::Voucher(voucher::Event::Expired { lapsed, .. }) => {
                    Some(if lapsed.is_empty() { "expired" } else { "lapsed" })
                }
                _ => None,
            }));
        }
        for end in ["used", "returned", "expired", "lapsed", "locked", "too many", "not today", "too early"] {
            prop_assert!(reached.contains(end), "never {}; reached {:?}", end, reached);
        }
    }
}
