//! What is redeemed in all, added up from the facts: nobody redeems more than the rules of the time
//! allow, but by a slip of the time off line, which is counted all the same.

use borsh::{BorshDeserialize, BorshSerialize};
use linli_domain::item::{TakenBy, Taker, Unused};
use linli_domain::resident;
use linli_domain::rules::{Redeemed, RuleSet, SpendingLimit};
use linli_domain::time::{Timestamp, Zone};
use linli_domain::{allowance, booking, voucher};

use super::*;

/// What was redeemed by whom, and the limits by when they came into force.
#[derive(Debug, Default, BorshSerialize, BorshDeserialize)]
pub(super) struct Outlays {
    limits: Vec<(Timestamp, Zone, Vec<SpendingLimit>)>,
    homes: FxHashMap<ResidentId, HouseholdId>,
    rows: FxHashMap<HouseholdId, Vec<Outlay>>,
}

#[derive(Clone, Copy, Debug, BorshSerialize, BorshDeserialize)]
struct Outlay {
    resident: ResidentId,
    at: Timestamp,
    by: TakenBy,
    pieces: i128,
    hundredths: i128,
}

/// Is more redeemed, or given back?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Out,
    /// Off line, where nobody could look it up.
    Blindly,
    Back,
}

impl Outlays {
    pub(super) fn live_by(&mut self, rules: &RuleSet) {
        let limits = rules.spending_limits().to_vec();
        self.limits.push((rules.effective_from, rules.zone, limits));
    }

    pub(super) fn settle_in(&mut self, event: &resident::Event) {
        match event {
            resident::Event::Registered(it) => drop(self.homes.insert(it.resident, it.household)),
            // What somebody redeemed counts for the household that they live with now.
            resident::Event::Moved { to, before } => {
                self.homes.insert(to.resident, to.household);
                let rows = self.rows.entry(*before).or_default();
                let (moved, stay) =
                    std::mem::take(rows).into_iter().partition(|row| row.resident == to.resident);
                *rows = stay;
                let moved: Vec<Outlay> = moved;
                let joined = self.rows.entry(to.household).or_default();
                joined.extend(moved);
            }
            resident::Event::VolunteerEnrolled(_)
            | resident::Event::RankingJoined(_)
            | resident::Event::RankingLeft(_)
            | resident::Event::Pseudonym(_)
            | resident::Event::CardIssued { .. }
            | resident::Event::CardBlocked { .. }
            | resident::Event::Erased(_) => {}
        }
    }

    fn take(&mut self, outlay: Outlay, way: Way, broken: &mut Vec<Broken>) {
        let Some(home) = self.homes.get(&outlay.resident) else { return };
        let rows = self.rows.entry(*home).or_default();
        if way == Way::Back {
            if let Some(row) = rows.iter_mut().find(|row| row.by == outlay.by) {
                row.pieces = row.pieces.saturating_sub(outlay.pieces);
                row.hundredths = row.hundredths.saturating_sub(outlay.hundredths);
            }
            rows.retain(|row| row.pieces > 0);
            return;
        }
        let now = outlay.at;
        let in_force = self.limits.iter().rev().find(|(from, _, _)| *from <= now);
        let Some((_, zone, limits)) = in_force.filter(|(_, _, limits)| !limits.is_empty()) else {
            return;
        };
        if outlay.hundredths == 0 {
            return;
        }
        rows.push(outlay);
        for limit in limits.iter().filter(|_| way == Way::Out) {
            let mine = |row: &&Outlay| match limit.taker {
                Taker::Person => row.resident == outlay.resident,
                Taker::Household => true,
            };
            let here =
                |row: &&Outlay| zone.period(limit.window, row.at) == zone.period(limit.window, now);
            let counted = rows.iter().filter(mine).filter(here);
            let (sum, most) = match limit.most {
                Redeemed::Times(most) => (counted.map(|_| 1).sum::<i128>(), i128::from(most)),
                Redeemed::Points(most) => {
                    (counted.map(|row| row.hundredths).sum::<i128>(), i128::from(most.hundredths()))
                }
            };
            if sum > most {
                let what = format!("{:?}: {sum} of {most}", outlay.by);
                broken.push((Rule::SpendingLimit, what));
            }
        }
    }
}

impl Outlays {
    pub(super) fn redeem(
        &mut self,
        event: &redemption::Event,
        now: Timestamp,
        broken: &mut Vec<Broken>,
    ) {
        self.told(of_redemption(event, now), broken);
    }

    pub(super) fn vouch(
        &mut self,
        event: &voucher::Event,
        now: Timestamp,
        broken: &mut Vec<Broken>,
    ) {
        self.told(of_voucher(event, now), broken);
    }

    pub(super) fn book(
        &mut self,
        event: &booking::Event,
        now: Timestamp,
        broken: &mut Vec<Broken>,
    ) {
        self.told(of_booking(event, now), broken);
    }

    pub(super) fn allow(
        &mut self,
        event: &allowance::Event,
        now: Timestamp,
        broken: &mut Vec<Broken>,
    ) {
        if let allowance::Event::Counted(it) = event {
            self.take(of_slip(&it.slip, now), Way::Blindly, broken);
        }
    }

    fn told(&mut self, told: Option<(Outlay, Way)>, broken: &mut Vec<Broken>) {
        if let Some((outlay, way)) = told {
            self.take(outlay, way, broken);
        }
    }
}

fn of_slip(slip: &Slip, at: Timestamp) -> Outlay {
    let pieces = slip.lines.iter().map(|line| i128::from(line.quantity)).sum();
    let (resident, by) = (slip.resident, TakenBy::Redemption(slip.redemption));
    Outlay { resident, at, by, pieces, hundredths: i128::from(slip.total.hundredths()) }
}

fn of_redemption(event: &redemption::Event, at: Timestamp) -> Option<(Outlay, Way)> {
    let (slip, way) = match event {
        redemption::Event::Reserved { slip, .. } | redemption::Event::Sold(slip) => {
            (slip, Way::Out)
        }
        redemption::Event::PartCaptured { rest: slip, .. }
        | redemption::Event::Voided { slip, .. }
        | redemption::Event::TimedOut { slip, .. } => (slip, Way::Back),
        redemption::Event::Returned(it) => (&it.slip, Way::Back),
        redemption::Event::Captured(_) => return None,
    };
    Some((of_slip(slip, at), way))
}

fn of_voucher(event: &voucher::Event, at: Timestamp) -> Option<(Outlay, Way)> {
    let voucher = event.voucher()?;
    let lapsed = voucher.terms.unused == Unused::Lapsed;
    let way = match event {
        voucher::Event::Issued(_) => Way::Out,
        voucher::Event::Returned { .. } => Way::Back,
        voucher::Event::Expired { .. } if !lapsed => Way::Back,
        voucher::Event::Expired { .. }
        | voucher::Event::Used { .. }
        | voucher::Event::WrongCode { .. } => return None,
    };
    let (resident, by) = (voucher.purchase.resident, TakenBy::Voucher(event.id()));
    let hundredths = i128::from(voucher.price.hundredths());
    Some((Outlay { resident, at, by, pieces: 1, hundredths }, way))
}

fn of_booking(event: &booking::Event, at: Timestamp) -> Option<(Outlay, Way)> {
    let way = match event.status() {
        booking::Status::Booked => Way::Out,
        booking::Status::Cancelled => Way::Back,
        booking::Status::Waiting
        | booking::Status::Left
        | booking::Status::PassedOver
        | booking::Status::Lapsed
        | booking::Status::Used
        | booking::Status::NotShown => return None,
    };
    let ticket = event.ticket()?;
    let booking::Request { booking, resident, .. } = ticket.request;
    let (by, hundredths) = (TakenBy::Booking(booking), i128::from(ticket.total.hundredths()));
    Some((Outlay { resident, at, by, pieces: i128::from(ticket.units()), hundredths }, way))
}
