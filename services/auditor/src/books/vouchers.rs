//! Vouchers and limits, added up from the facts: each voucher is issued once and ends once, its points
//! all go somewhere, and nobody has more of an item than its terms say.

use borsh::{BorshDeserialize, BorshSerialize};
use linli_domain::booking;
use linli_domain::item::{Much, Taker, Terms};
use linli_domain::resident::Move;
use linli_domain::time::{Period, Timestamp, Window, Zone};
use linli_domain::voucher::{Event, Status, Voucher};

use super::homes::move_rows;
use super::outlays::{DAYS_KEPT, Way, slip_of, ticket_of, voucher_of};
use super::*;

/// What was taken by whom.
#[derive(Debug, Default, BorshSerialize, BorshDeserialize)]
pub(super) struct Services {
    terms: FxHashMap<ItemId, Terms>,
    /// Of an item, by those who live together now: when, by what, pieces, hundredths.
    taken: FxHashMap<(ItemId, HouseholdId), Vec<Taken>>,
    zone_offset_seconds: i32,
}

#[derive(Clone, Copy, Debug, BorshSerialize, BorshDeserialize)]
struct Taken {
    resident: ResidentId,
    at: Timestamp,
    by: u128,
    pieces: i128,
    hundredths: i128,
}

/// What is taken or given back of an item.
struct Change<'a> {
    resident: ResidentId,
    by: u128,
    lines: Vec<(ItemId, i128, i128)>,
    back: bool,
    event: &'a str,
}

impl Services {
    pub(super) fn live_by(&mut self, zone: Zone) {
        self.zone_offset_seconds = zone.offset_seconds();
    }

    pub(super) fn set(&mut self, terms: &Terms) {
        self.terms.insert(terms.item, terms.clone());
    }

    /// What somebody took counts for the household that they live with now.
    pub(super) fn move_house(&mut self, to: &Move, before: HouseholdId) {
        let items = self.taken.keys().filter(|(_, home)| *home == before);
        for (item, _) in items.copied().collect::<Vec<_>>() {
            let homes = ((item, before), (item, to.household));
            move_rows(&mut self.taken, homes, |row| row.resident == to.resident);
        }
    }

    fn change(
        &mut self,
        change: &Change<'_>,
        homes: &Homes,
        now: Timestamp,
        broken: &mut Vec<Broken>,
    ) {
        let Some(home) = homes.get(&change.resident).copied() else { return };
        for (item, pieces, hundredths) in change.lines.iter().copied() {
            if change.back {
                let rows = self.taken.get_mut(&(item, home)).into_iter().flatten();
                if let Some(row) = rows.into_iter().find(|row| row.by == change.by) {
                    row.pieces = row.pieces.saturating_sub(pieces);
                    row.hundredths = row.hundredths.saturating_sub(hundredths);
                }
                continue;
            }
            // A limit counts from when it was set on.
            let Some(terms) = self.terms.get(&item).filter(|terms| !terms.limits.is_empty()) else {
                continue;
            };
            let (resident, by) = (change.resident, change.by);
            let rows = self.taken.entry((item, home)).or_default();
            let all_time = terms.limits.iter().any(|limit| limit.window == Window::AllTime);
            let since = now.days_before(DAYS_KEPT);
            rows.retain(|row| all_time || row.at > since);
            rows.push(Taken { resident, at: now, by, pieces, hundredths });
            let zone = Zone::from_offset_seconds(self.zone_offset_seconds);
            let period = |window, at| zone.map(|zone: Zone| -> Period { zone.period(window, at) });
            for limit in &terms.limits {
                let mine = |row: &&Taken| match limit.taker {
                    Taker::Person => row.resident == resident,
                    Taker::Household => true,
                };
                let here = |row: &&Taken| period(limit.window, row.at) == period(limit.window, now);
                let counted = rows.iter().filter(mine).filter(here);
                let (sum, most) = match limit.most {
                    Much::Pieces(most) => {
                        (counted.map(|row| row.pieces).sum::<i128>(), i128::from(most))
                    }
                    Much::Points(most) => (
                        counted.map(|row| row.hundredths).sum::<i128>(),
                        i128::from(most.hundredths()),
                    ),
                };
                if sum > most {
                    let what = format!("{} of item {item}: {sum} of {most}", change.event);
                    broken.push((Rule::ItemLimit, what));
                }
            }
        }
    }
}

impl Books {
    pub(super) fn vouch(
        &mut self,
        event: &Event,
        postings: &[Posting],
        now: Timestamp,
        broken: &mut Vec<Broken>,
    ) {
        let id = event.id();
        self.lives.of_voucher(id, event);
        let Some(voucher) = event.voucher() else { return };
        check_voucher(event, voucher, postings, broken);
        if matches!(event, Event::Used { .. }) {
            let owed = self.owed_fen.entry(voucher.supplier).or_default();
            *owed = owed.saturating_add(i128::from(voucher.cost.hundredths()));
        }
        let Some((voucher, way)) = voucher_of(event) else { return };
        let back = way == Way::Back;
        let (resident, by) = (voucher.purchase.resident, id.number());
        let lines = vec![(voucher.purchase.item, 1, i128::from(voucher.price.hundredths()))];
        let change = Change { resident, by, lines, back, event: "voucher" };
        self.services.change(&change, &self.homes, now, broken);
    }

    pub(super) fn count_slip(
        &mut self,
        event: &redemption::Event,
        now: Timestamp,
        broken: &mut Vec<Broken>,
    ) {
        if let Some((slip, way)) = slip_of(event) {
            let change = change_of(slip, way == Way::Back);
            self.services.change(&change, &self.homes, now, broken);
        }
    }

    /// What a slip that was written off line says was taken.
    pub(super) fn count_sale(&mut self, slip: &Slip, now: Timestamp, broken: &mut Vec<Broken>) {
        self.services.change(&change_of(slip, false), &self.homes, now, broken);
    }

    pub(super) fn count_ticket(
        &mut self,
        event: &booking::Event,
        now: Timestamp,
        broken: &mut Vec<Broken>,
    ) {
        let Some((ticket, way)) = ticket_of(event) else { return };
        let back = way == Way::Back;
        let booking::Request { booking, resident, .. } = ticket.request;
        let total = i128::from(ticket.total.hundredths());
        let lines = vec![(ticket.item, i128::from(ticket.units()), total)];
        let change = Change { resident, by: booking.number(), lines, back, event: "booking" };
        self.services.change(&change, &self.homes, now, broken);
    }
}

/// What a slip takes or gives back.
fn change_of(slip: &Slip, back: bool) -> Change<'static> {
    let line = |line: &Line| {
        let each = i128::from(line.price.hundredths());
        let pieces = i128::from(line.quantity);
        (line.item, pieces, each.saturating_mul(pieces))
    };
    let (resident, by) = (slip.resident, slip.redemption.number());
    let lines = slip.lines.iter().map(line).collect();
    Change { resident, by, lines, back, event: "redemption" }
}

/// The price is what the lots sum to, and all of it is held, then goes to the supplier, back, or
/// lapses.
fn check_voucher(event: &Event, voucher: &Voucher, postings: &[Posting], broken: &mut Vec<Broken>) {
    let resident = voucher.purchase.resident;
    let price = i128::from(voucher.price.hundredths());
    let lapsed = sum_of(event.lapsed());
    let (held, available, supplier) = match event.status() {
        Status::Issued => (price, price.saturating_neg(), 0),
        Status::Used => (price.saturating_neg(), 0, price),
        Status::Expired | Status::Returned => {
            (price.saturating_neg(), price.saturating_sub(lapsed), 0)
        }
    };
    let posted = [
        Account::Held(resident),
        Account::Available(resident),
        Account::Supplier(voucher.supplier),
    ]
    .map(|account| posted_to(postings, account));
    if posted != [held, available, supplier] || sum_of(&voucher.lots) != price {
        let what = format!("voucher {}: price {price}, posted {posted:?}", event.id());
        broken.push((Rule::VoucherSum, what));
    }
}
