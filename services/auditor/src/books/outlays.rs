//! What is redeemed in all, added up from the facts: nobody redeems more than the rules of the time
//! allow, but by a slip of the time off line, which is counted all the same.

use borsh::{BorshDeserialize, BorshSerialize};
use linli_domain::booking::Ticket;
use linli_domain::item::{TakenBy, Taker, Unused};
use linli_domain::resident::Move;
use linli_domain::rules::{Redeemed, RuleSet, SpendingLimit};
use linli_domain::time::{Timestamp, Window, Zone};
use linli_domain::voucher::Voucher;
use linli_domain::{booking, voucher};

use super::homes::move_rows;
use super::*;

/// Days for which a row is kept that no limit of all time counts: no other stretch is longer.
pub(super) const DAYS_KEPT: u16 = 366;

/// What was redeemed by whom, and the limits by when they came into force.
#[derive(Debug, Default, BorshSerialize, BorshDeserialize)]
pub(super) struct Outlays {
    limits: Vec<(Timestamp, Zone, Vec<SpendingLimit>)>,
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
pub(super) enum Way {
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

    /// What somebody redeemed counts for the household that they live with now.
    pub(super) fn move_house(&mut self, to: &Move, before: HouseholdId) {
        let moves = |row: &Outlay| row.resident == to.resident;
        move_rows(&mut self.rows, (before, to.household), moves);
    }

    fn take(&mut self, outlay: Outlay, way: Way, homes: &Homes, broken: &mut Vec<Broken>) {
        let Some(home) = homes.get(&outlay.resident) else { return };
        if way == Way::Back {
            let Some(rows) = self.rows.get_mut(home) else { return };
            if let Some(row) = rows.iter_mut().find(|row| row.by == outlay.by) {
                row.pieces = row.pieces.saturating_sub(outlay.pieces);
                row.hundredths = row.hundredths.saturating_sub(outlay.hundredths);
            }
            rows.retain(|row| row.pieces > 0);
            if rows.is_empty() {
                self.rows.remove(home);
            }
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
        let all_time = limits.iter().any(|limit| limit.window == Window::AllTime);
        let since = now.days_before(DAYS_KEPT);
        let rows = self.rows.entry(*home).or_default();
        rows.retain(|row| all_time || row.at > since);
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

impl Books {
    /// What a redemption sets aside or gives back counts in all.
    pub(super) fn count_slip_in_all(
        &mut self,
        event: &redemption::Event,
        now: Timestamp,
        broken: &mut Vec<Broken>,
    ) {
        if let Some((slip, way)) = slip_of(event) {
            self.outlays.take(of_slip(slip, now), way, &self.homes, broken);
        }
    }

    /// The same of a slip of the time off line.
    pub(super) fn count_sale_in_all(
        &mut self,
        slip: &Slip,
        now: Timestamp,
        broken: &mut Vec<Broken>,
    ) {
        self.outlays.take(of_slip(slip, now), Way::Blindly, &self.homes, broken);
    }

    /// The same of a voucher.
    pub(super) fn count_voucher_in_all(
        &mut self,
        event: &voucher::Event,
        at: Timestamp,
        broken: &mut Vec<Broken>,
    ) {
        let Some((voucher, way)) = voucher_of(event) else { return };
        let (resident, by) = (voucher.purchase.resident, TakenBy::Voucher(event.id()));
        let hundredths = i128::from(voucher.price.hundredths());
        let outlay = Outlay { resident, at, by, pieces: 1, hundredths };
        self.outlays.take(outlay, way, &self.homes, broken);
    }

    /// The same of a booking.
    pub(super) fn count_ticket_in_all(
        &mut self,
        event: &booking::Event,
        at: Timestamp,
        broken: &mut Vec<Broken>,
    ) {
        let Some((ticket, way)) = ticket_of(event) else { return };
        let booking::Request { booking, resident, .. } = ticket.request;
        let (by, hundredths) = (TakenBy::Booking(booking), i128::from(ticket.total.hundredths()));
        let pieces = i128::from(ticket.units());
        let outlay = Outlay { resident, at, by, pieces, hundredths };
        self.outlays.take(outlay, way, &self.homes, broken);
    }
}

fn of_slip(slip: &Slip, at: Timestamp) -> Outlay {
    let pieces = slip.lines.iter().map(|line| i128::from(line.quantity)).sum();
    let (resident, by) = (slip.resident, TakenBy::Redemption(slip.redemption));
    Outlay { resident, at, by, pieces, hundredths: i128::from(slip.total.hundredths()) }
}

/// What a redemption's event takes or gives back, if it does.
pub(super) fn slip_of(event: &redemption::Event) -> Option<(&Slip, Way)> {
    Some(match event {
        redemption::Event::Reserved { slip, .. } | redemption::Event::Sold(slip) => {
            (slip, Way::Out)
        }
        redemption::Event::PartCaptured { rest: slip, .. }
        | redemption::Event::Voided { slip, .. }
        | redemption::Event::TimedOut { slip, .. } => (slip, Way::Back),
        redemption::Event::Returned(it) => (&it.slip, Way::Back),
        redemption::Event::Captured(_) => return None,
    })
}

/// The same of a voucher's.
pub(super) fn voucher_of(event: &voucher::Event) -> Option<(&Voucher, Way)> {
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
    Some((voucher, way))
}

/// The same of a booking's.
pub(super) fn ticket_of(event: &booking::Event) -> Option<(&Ticket, Way)> {
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
    Some((event.ticket()?, way))
}
