//! What was taken of items that have limits, by person and by household. A limit counts from when
//! it was set on; what is given back is not counted.

use std::collections::BTreeSet;
use std::hash::Hash;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::booking::Ticket;
use crate::id::{BookingId, HouseholdId, ItemId, RedemptionId, ResidentId, VoucherId};
use crate::item::{Limit, Much, Taker};
use crate::quantity::Points;
use crate::redemption::{Line, Slip};
use crate::state::{Law, Step, known};
use crate::time::{Timestamp, Window};
use crate::{Refusal, Registry, State};

/// Takings of before are forgotten after so many days: the longest window that ends is a year.
const DAYS_KEPT: u16 = 366;

/// Who took something, as a limit counts it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum Holder {
    /// A person.
    Person(ResidentId),
    /// A household.
    Household(HouseholdId),
}

/// What something was taken by.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum TakenBy {
    /// A redemption.
    Redemption(RedemptionId),
    /// A voucher.
    Voucher(VoucherId),
    /// A booking.
    Booking(BookingId),
}

/// Something that was taken of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Taking {
    /// By what.
    pub by: TakenBy,
    /// When.
    pub at: Timestamp,
    /// How many.
    pub pieces: u32,
    /// For how many points.
    pub points: Points,
}

/// How much of an item is wanted, or was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Amount {
    pub(crate) item: ItemId,
    pub(crate) pieces: u32,
    pub(crate) points: Points,
}

impl Amount {
    pub(crate) fn of(line: &Line) -> Option<Self> {
        Some(Self { item: line.item, pieces: line.quantity, points: line.total()? })
    }

    /// Of a ticket each unit and slot is a piece.
    pub(crate) fn of_ticket(ticket: &Ticket) -> Option<Self> {
        let pieces = u32::try_from(ticket.units()).ok()?;
        Some(Self { item: ticket.item, pieces, points: ticket.total })
    }
}

impl State {
    /// What somebody has of an item in the stretch of a limit that holds `now`: as much as the limit
    /// counts.
    #[must_use]
    pub fn taken(&self, item: ItemId, resident: ResidentId, limit: Limit, now: Timestamp) -> Much {
        let mut takings = self.takings_of(item, resident, limit, now);
        match limit.most {
            Much::Pieces(_) => {
                Much::Pieces(takings.fold(0, |sum, it| sum.saturating_add(it.pieces)))
            }
            Much::Points(_) => Much::Points(
                takings
                    .try_fold(Points::ZERO, |sum, it| sum.plus(it.points))
                    .unwrap_or(Points::from_hundredths(i64::MAX)),
            ),
        }
    }

    fn takings_of(
        &self,
        item: ItemId,
        resident: ResidentId,
        limit: Limit,
        now: Timestamp,
    ) -> impl Iterator<Item = &Taking> {
        let holder = self.holder(resident, limit.taker);
        let takings = holder.and_then(|holder| self.takings.get((item, holder)));
        self.in_stretch(takings, limit.window, now)
    }

    /// Of what was taken, that in the stretch of the calendar that holds `now`, oldest first.
    pub(super) fn in_stretch<'a>(
        &'a self,
        takings: Option<&'a Vec<Taking>>,
        window: Window,
        now: Timestamp,
    ) -> impl Iterator<Item = &'a Taking> {
        let zone = self.rules.in_force(now).map(|rules| rules.zone);
        let period = move |at| zone.map(|zone| zone.period(window, at));
        takings.into_iter().flatten().filter(move |it| period(it.at) == period(now))
    }

    /// As whom a limit counts somebody.
    pub(super) fn holder(&self, resident: ResidentId, taker: Taker) -> Option<Holder> {
        match taker {
            Taker::Person => Some(Holder::Person(resident)),
            Taker::Household => {
                let found = self.residents.get(resident)?;
                Some(Holder::Household(found.registration.household))
            }
        }
    }

    /// Would so much more be within the limits of the item?
    pub(crate) fn within_limits(
        &self,
        wanted: Amount,
        resident: ResidentId,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let item = wanted.item;
        for limit in self.terms(item).map_or(&[][..], |terms| &terms.limits) {
            let Limit { taker, window, most } = *limit;
            match (most, self.taken(item, resident, *limit, now)) {
                (Much::Pieces(most), Much::Pieces(taken)) => {
                    let wanted = wanted.pieces;
                    if taken.checked_add(wanted).is_none_or(|sum| sum > most) {
                        return Err(Refusal::TooManyTaken {
                            item,
                            taker,
                            window,
                            most,
                            taken,
                            wanted,
                        });
                    }
                }
                (Much::Points(most), Much::Points(spent)) => {
                    let wanted = wanted.points;
                    if spent.plus(wanted).is_none_or(|sum| sum > most) {
                        return Err(Refusal::TooMuchSpent {
                            item,
                            taker,
                            window,
                            most,
                            spent,
                            wanted,
                        });
                    }
                }
                (Much::Pieces(_), Much::Points(_)) | (Much::Points(_), Much::Pieces(_)) => {}
            }
        }
        Ok(())
    }

    /// Keeps in mind what was taken, if the item has limits.
    fn take_note(
        &mut self,
        amount: Amount,
        resident: ResidentId,
        by: TakenBy,
        now: Timestamp,
    ) -> Step {
        let Amount { item, pieces, points } = amount;
        let limits = self.terms.get(item).map_or(&[][..], |terms| &terms.limits);
        if limits.is_empty() {
            return Ok(());
        }
        let all_time = limits.iter().any(|it| it.window == Window::AllTime);
        for holder in self.holders(resident)? {
            let taking = Taking { by, at: now, pieces, points };
            keep(self.takings.entry((item, holder)), taking, all_time);
        }
        Ok(())
    }

    /// What was given back is counted no longer.
    fn unnote(&mut self, amount: Amount, resident: ResidentId, by: TakenBy) -> Step {
        let Amount { item, pieces, points } = amount;
        for holder in self.holders(resident)? {
            let left = give_back(&mut self.takings, (item, holder), by, pieces, points);
            left.ok_or_else(|| (Law::Range, format!("more of item {item} back than taken")))?;
        }
        Ok(())
    }

    /// What somebody took counts for the household that they live with now.
    pub(crate) fn takings_move(
        &mut self,
        resident: ResidentId,
        before: HouseholdId,
        after: HouseholdId,
    ) {
        let limited: Vec<ItemId> = self.terms.sorted().map(|(item, _)| item).collect();
        for item in limited {
            let own = taken_by(self.takings.get((item, Holder::Person(resident))));
            let [from, to] = [before, after].map(|home| (item, Holder::Household(home)));
            change_hands(&mut self.takings, from, to, &own);
        }
        let own = taken_by(self.outlays.get(Holder::Person(resident)));
        let [from, to] = [before, after].map(Holder::Household);
        change_hands(&mut self.outlays, from, to, &own);
    }

    pub(super) fn holders(&self, resident: ResidentId) -> Result<[Holder; 2], (Law, String)> {
        let found = known(self.residents.get(resident), resident)?;
        Ok([Holder::Person(resident), Holder::Household(found.registration.household)])
    }

    /// All lines of a slip were taken.
    pub(crate) fn slip_taken(&mut self, slip: &Slip, now: Timestamp) -> Step {
        let by = TakenBy::Redemption(slip.redemption);
        for line in &slip.lines {
            let amount = known(Amount::of(line), line.item)?;
            self.take_note(amount, slip.resident, by, now)?;
        }
        let outlay = Taking { by, at: now, pieces: pieces_of(slip), points: slip.total };
        self.note_outlay(outlay, slip.resident)
    }

    /// All lines of a slip were given back.
    pub(crate) fn slip_untaken(&mut self, slip: &Slip) -> Step {
        let by = TakenBy::Redemption(slip.redemption);
        for line in &slip.lines {
            self.unnote(known(Amount::of(line), line.item)?, slip.resident, by)?;
        }
        self.unnote_outlay(by, pieces_of(slip), slip.total, slip.resident)
    }

    /// All of one item was taken at once, by a voucher or a booking.
    pub(crate) fn whole_taken(
        &mut self,
        amount: Amount,
        resident: ResidentId,
        by: TakenBy,
        now: Timestamp,
    ) -> Step {
        self.take_note(amount, resident, by, now)?;
        let Amount { pieces, points, .. } = amount;
        self.note_outlay(Taking { by, at: now, pieces, points }, resident)
    }

    /// All of it was given back.
    pub(crate) fn whole_untaken(
        &mut self,
        amount: Amount,
        resident: ResidentId,
        by: TakenBy,
    ) -> Step {
        self.unnote(amount, resident, by)?;
        self.unnote_outlay(by, amount.pieces, amount.points, resident)
    }
}

/// Adds what was taken, and forgets what no window counts any more.
pub(super) fn keep(takings: &mut Vec<Taking>, taking: Taking, all_time: bool) {
    let since = taking.at.days_before(DAYS_KEPT);
    takings.retain(|it| all_time || it.at > since);
    takings.push(taking);
}

/// What came back of something taken is counted no longer; none if that is more than was taken.
pub(super) fn give_back<K: Copy + Ord + Hash>(
    all: &mut Registry<K, Vec<Taking>>,
    holder: K,
    by: TakenBy,
    pieces: u32,
    points: Points,
) -> Option<()> {
    if !all.contains(holder) {
        return Some(());
    }
    let takings = all.entry(holder);
    if let Some(taking) = takings.iter_mut().find(|it| it.by == by) {
        let left = taking.pieces.checked_sub(pieces).zip(taking.points.minus(points));
        (taking.pieces, taking.points) = left?;
    }
    takings.retain(|it| it.pieces > 0);
    if takings.is_empty() {
        all.remove(holder);
    }
    Some(())
}

fn taken_by(takings: Option<&Vec<Taking>>) -> BTreeSet<TakenBy> {
    takings.into_iter().flatten().map(|it| it.by).collect()
}

/// What was taken by these counts for another holder from now on.
fn change_hands<K: Copy + Ord + Hash>(
    all: &mut Registry<K, Vec<Taking>>,
    from: K,
    to: K,
    own: &BTreeSet<TakenBy>,
) {
    if own.is_empty() || !all.contains(from) {
        return;
    }
    let takings = all.entry(from);
    let (moved, stay): (Vec<_>, Vec<_>) =
        std::mem::take(takings).into_iter().partition(|it| own.contains(&it.by));
    *takings = stay;
    if takings.is_empty() {
        all.remove(from);
    }
    if !moved.is_empty() {
        let joined = all.entry(to);
        joined.extend(moved);
        joined.sort_by_key(|it| it.at);
    }
}

fn pieces_of(slip: &Slip) -> u32 {
    slip.lines.iter().fold(0, |sum, line| sum.saturating_add(line.quantity))
}
