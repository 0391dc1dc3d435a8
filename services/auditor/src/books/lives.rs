//! What happens once, or in one order, in the life of a thing: awards, slips, vouchers, bookings,
//! seats. Nothing tells how long after its beginning a life goes on, so each moment is put down, and
//! the lives are looked at when all moments are there, thing by thing and in their order.

use std::io;

use borsh::{BorshDeserialize, BorshSerialize};
use linli_domain::id::{
    AllowanceId, BookingId, ContributionId, ItemId, RedemptionId, SeatId, VoucherId,
};
use linli_domain::{activity, booking, redemption, voucher};

use super::{Broken, Rule};
use crate::runs::{Entry, Runs};

/// Broken rules that are told at most: whoever has so many needs no more of them.
const BROKEN_MAX: usize = 1_000;

/// All moments so far.
#[derive(Debug, Default, BorshSerialize, BorshDeserialize)]
pub(super) struct Lives {
    moments: Runs<Moment>,
    /// The record that is being taken in.
    position: u64,
}

/// What happened to a thing in a record.
#[derive(Clone, Copy, Debug, BorshSerialize, BorshDeserialize)]
struct Moment {
    thing: u128,
    /// Of several things with one number: an item on a slip, a slip of an allowance.
    part: u128,
    position: u64,
    step: Step,
}

impl Entry for Moment {
    type Key = (u128, Noun, u128, u64);

    fn key(&self) -> Self::Key {
        (self.thing, self.step.noun(), self.part, self.position)
    }
}

/// Things of two nouns may have one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Noun {
    Contribution,
    Redemption,
    Line,
    Voucher,
    Booking,
    Seat,
    OffLineSlip,
}

/// What can happen.
#[derive(Clone, Copy, Debug, BorshSerialize, BorshDeserialize)]
pub(super) enum Step {
    Awarded,
    Reversed,
    Restored,
    Reserved,
    Sold,
    SoldOffLine,
    /// A hold ended, one way or the other.
    Released,
    Returned,
    /// So many pieces of a line.
    HandedOut(u32),
    CameBack(u32),
    Issued,
    Voucher(voucher::Status),
    Booking(booking::Status),
    Seat(activity::Status),
    Counted,
}

impl Step {
    const fn noun(self) -> Noun {
        match self {
            Self::Awarded | Self::Reversed | Self::Restored => Noun::Contribution,
            Self::Reserved | Self::Sold | Self::SoldOffLine | Self::Released | Self::Returned => {
                Noun::Redemption
            }
            Self::HandedOut(_) | Self::CameBack(_) => Noun::Line,
            Self::Issued | Self::Voucher(_) => Noun::Voucher,
            Self::Booking(_) => Noun::Booking,
            Self::Seat(_) => Noun::Seat,
            Self::Counted => Noun::OffLineSlip,
        }
    }
}

impl Lives {
    /// What is put down from now on happened in this record.
    pub(super) const fn at(&mut self, position: u64) {
        self.position = position;
    }

    /// The same in the life of one part of a thing.
    fn of_part(&mut self, thing: u128, part: u128, step: Step) {
        self.moments.push(Moment { thing, part, position: self.position, step });
    }

    pub(super) fn of_contribution(&mut self, id: ContributionId, step: Step) {
        self.of_part(id.number(), 0, step);
    }

    pub(super) fn of_redemption(&mut self, id: RedemptionId, event: &redemption::Event) {
        let step = match event {
            redemption::Event::Reserved { .. } => Step::Reserved,
            redemption::Event::Sold(_) => Step::Sold,
            redemption::Event::Captured(_)
            | redemption::Event::PartCaptured { .. }
            | redemption::Event::Voided { .. }
            | redemption::Event::TimedOut { .. } => Step::Released,
            redemption::Event::Returned(_) => Step::Returned,
        };
        self.of_part(id.number(), 0, step);
    }

    pub(super) fn of_sale_off_line(&mut self, id: RedemptionId) {
        self.of_part(id.number(), 0, Step::SoldOffLine);
    }

    pub(super) fn of_line(&mut self, id: RedemptionId, item: ItemId, step: Step) {
        self.of_part(id.number(), item.number(), step);
    }

    pub(super) fn of_voucher(&mut self, id: VoucherId, event: &voucher::Event) {
        let step = match event {
            voucher::Event::Issued(_) => Step::Issued,
            voucher::Event::WrongCode { .. }
            | voucher::Event::Used { .. }
            | voucher::Event::Expired { .. }
            | voucher::Event::Returned { .. } => Step::Voucher(event.status()),
        };
        self.of_part(id.number(), 0, step);
    }

    pub(super) fn of_booking(&mut self, id: BookingId, status: booking::Status) {
        self.of_part(id.number(), 0, Step::Booking(status));
    }

    pub(super) fn of_seat(&mut self, id: SeatId, status: activity::Status) {
        self.of_part(id.number(), 0, Step::Seat(status));
    }

    pub(super) fn of_off_line_slip(&mut self, id: AllowanceId, number: u32) {
        self.of_part(id.number(), number.into(), Step::Counted);
    }

    /// Looks at all lives, and says in which record which rule was broken.
    ///
    /// # Errors
    /// If what was put down can't be read again.
    pub(super) fn look(&mut self) -> io::Result<Vec<(u64, Broken)>> {
        let mut broken = Vec::new();
        let mut life = Life::default();
        let mut whose = None;
        self.moments.in_order(|moment| {
            let (thing, noun, part, position) = moment.key();
            if whose.replace((thing, noun, part)) != Some((thing, noun, part)) {
                life = Life::default();
            }
            let found = life.goes_on(&moment);
            if broken.len() < BROKEN_MAX {
                broken.extend(found.map(|found| (position, found)));
            }
        })?;
        broken.sort_by_key(|(position, _)| *position);
        Ok(broken)
    }
}

/// How far a life has come.
#[derive(Clone, Copy, Debug, Default)]
struct Life {
    before: Option<Before>,
    /// Of a line: what of it is not back.
    left: i128,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Awarded,
    Reversed,
    Held(Hold),
    Voucher(voucher::Status),
    Booking(booking::Status),
    Seat(activity::Status),
    Counted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hold {
    Open,
    Ended,
}

impl Life {
    fn goes_on(&mut self, moment: &Moment) -> Option<Broken> {
        let Moment { thing, part, step, .. } = *moment;
        match step {
            Step::Awarded | Step::Reversed | Step::Restored => {
                self.award(ContributionId::from_number(thing), step)
            }
            Step::Reserved => self.hold(thing, None, Hold::Open),
            Step::Sold => self.hold(thing, None, Hold::Ended),
            Step::Released => self.hold(thing, Some(Hold::Open), Hold::Ended),
            Step::Returned => self.hold(thing, Some(Hold::Ended), Hold::Ended),
            Step::SoldOffLine => {
                let before = self.before.replace(Before::Held(Hold::Ended));
                let id = RedemptionId::from_number(thing);
                before.map(|_| (Rule::HoldOnce, format!("redemption {id} again")))
            }
            Step::HandedOut(pieces) => {
                self.left = pieces.into();
                None
            }
            Step::CameBack(pieces) => {
                self.left = self.left.saturating_sub(pieces.into());
                let (id, item) = (RedemptionId::from_number(thing), ItemId::from_number(part));
                let what = || format!("redemption {id}, item {item}");
                (self.left < 0).then(|| (Rule::ReturnedAtMost, what()))
            }
            Step::Issued => self.voucher(thing, voucher::Status::Issued, None),
            Step::Voucher(next) => self.voucher(thing, next, Some(voucher::Status::Issued)),
            Step::Booking(next) => self.booking(thing, next),
            Step::Seat(next) => self.seat(thing, next),
            Step::Counted => {
                let before = self.before.replace(Before::Counted);
                let id = AllowanceId::from_number(thing);
                before.map(|_| (Rule::SlipOnce, format!("allowance {id}, slip {part}")))
            }
        }
    }

    fn award(&mut self, id: ContributionId, step: Step) -> Option<Broken> {
        match (step, self.before) {
            (Step::Awarded, None) | (Step::Restored, Some(Before::Reversed)) => {
                self.before = Some(Before::Awarded);
                None
            }
            (Step::Reversed, Some(Before::Awarded)) => {
                self.before = Some(Before::Reversed);
                None
            }
            (Step::Awarded, _) => Some((Rule::AwardOnce, format!("contribution {id} again"))),
            (Step::Restored, _) => {
                Some((Rule::ReverseOnce, format!("contribution {id} was not reversed")))
            }
            (_, _) => Some((Rule::ReverseOnce, format!("contribution {id}"))),
        }
    }

    fn hold(&mut self, thing: u128, needed: Option<Hold>, after: Hold) -> Option<Broken> {
        let before = match self.before.replace(Before::Held(after)) {
            Some(Before::Held(hold)) => Some(hold),
            _ => None,
        };
        let id = RedemptionId::from_number(thing);
        let what = || format!("redemption {id} was {before:?}, had to be {needed:?}");
        (before != needed).then(|| (Rule::HoldOnce, what()))
    }

    fn voucher(
        &mut self,
        thing: u128,
        next: voucher::Status,
        needed: Option<voucher::Status>,
    ) -> Option<Broken> {
        let before = match self.before.replace(Before::Voucher(next)) {
            Some(Before::Voucher(status)) => Some(status),
            _ => None,
        };
        let id = VoucherId::from_number(thing);
        let what = || format!("voucher {id} was {before:?}, and {next:?} can't follow");
        (before != needed).then(|| (Rule::VoucherOnce, what()))
    }

    /// From waiting to booked at most, and then to one end.
    fn booking(&mut self, thing: u128, next: booking::Status) -> Option<Broken> {
        use booking::Status::{
            Booked, Cancelled, Lapsed, Left, NotShown, PassedOver, Used, Waiting,
        };
        let before = match self.before.replace(Before::Booking(next)) {
            Some(Before::Booking(status)) => Some(status),
            _ => None,
        };
        let fits = match next {
            Waiting => before.is_none(),
            Booked => before.is_none_or(|before| before == Waiting),
            Left | PassedOver | Lapsed => before == Some(Waiting),
            Cancelled | Used | NotShown => before == Some(Booked),
        };
        let id = BookingId::from_number(thing);
        let what = || format!("booking {id} was {before:?}, and {next:?} can't follow");
        (!fits).then(|| (Rule::BookingOnce, what()))
    }

    /// From waiting to taken at most, from there to present, and then to one end.
    fn seat(&mut self, thing: u128, next: activity::Status) -> Option<Broken> {
        use activity::Status::{
            CalledOff, Forgotten, Lapsed, Missed, PassedOver, Present, Served, Taken, Vacated,
            Waiting, Withdrawn,
        };
        let before = match self.before.replace(Before::Seat(next)) {
            Some(Before::Seat(status)) => Some(status),
            _ => None,
        };
        let fits = match next {
            Waiting => before.is_none(),
            Taken => before.is_none_or(|before| before == Waiting),
            Present | Missed => before == Some(Taken),
            Served | Forgotten => before == Some(Present),
            PassedOver | Lapsed => before == Some(Waiting),
            Withdrawn => matches!(before, Some(Waiting | Taken)),
            CalledOff | Vacated => matches!(before, Some(Waiting | Taken | Present)),
        };
        let id = SeatId::from_number(thing);
        let what = || format!("seat {id} was {before:?}, and {next:?} can't follow");
        (!fits).then(|| (Rule::SeatOnce, what()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Moments of one thing, and what they break in which record.
    type Case<'a> = (&'a [Step], &'a [(u64, Rule)]);

    /// What the moments of one thing break, each in a record of its own, and in which.
    fn broken(steps: &[Step]) -> Vec<(u64, Rule)> {
        let mut lives = Lives::default();
        // Others between them, and a thing of each noun with the same number.
        for (position, step) in (1..).zip(steps) {
            lives.at(position);
            lives.of_part(7, 1, *step);
            lives.of_part(u128::from(position) << 64, 1, Step::Awarded);
            lives.of_part(u128::from(position) << 64, 2, Step::Counted);
        }
        let found = lives.look().unwrap();
        assert_eq!(lives.look().unwrap().len(), found.len(), "a second look");
        found.into_iter().map(|(position, (rule, _))| (position, rule)).collect()
    }

    #[test]
    fn each_life_has_its_order() {
        use Step::*;
        let booking = [booking::Status::Waiting, booking::Status::Booked, booking::Status::Used];
        let seat = [activity::Status::Taken, activity::Status::Present, activity::Status::Served];
        let used = Voucher(voucher::Status::Used);
        let wrong_code = Voucher(voucher::Status::Issued);
        let table: [Case<'_>; 18] = [
            (&[Awarded, Reversed, Restored, Reversed], &[]),
            (&[Awarded, Awarded], &[(2, Rule::AwardOnce)]),
            (&[Awarded, Reversed, Awarded], &[(3, Rule::AwardOnce)]),
            (&[Reversed, Awarded, Restored], &[(1, Rule::ReverseOnce), (3, Rule::ReverseOnce)]),
            (&[Awarded, Reversed, Reversed], &[(3, Rule::ReverseOnce)]),
            (&[Reserved, Released, Returned, Returned], &[]),
            (&[Sold, Released, Sold], &[(2, Rule::HoldOnce), (3, Rule::HoldOnce)]),
            (&[Reserved, Returned], &[(2, Rule::HoldOnce)]),
            (&[SoldOffLine, Returned, SoldOffLine], &[(3, Rule::HoldOnce)]),
            (&[HandedOut(3), CameBack(1), CameBack(2)], &[]),
            (&[HandedOut(3), CameBack(1), CameBack(3)], &[(3, Rule::ReturnedAtMost)]),
            (&[Issued, wrong_code, used], &[]),
            (
                &[Issued, used, wrong_code, Issued],
                &[(3, Rule::VoucherOnce), (4, Rule::VoucherOnce)],
            ),
            (&booking.map(Booking), &[]),
            (
                &[Booking(booking[2]), Booking(booking[2])],
                &[(1, Rule::BookingOnce), (2, Rule::BookingOnce)],
            ),
            (&seat.map(Seat), &[]),
            (&[Seat(seat[0]), Seat(seat[2])], &[(2, Rule::SeatOnce)]),
            (&[Counted, Counted], &[(2, Rule::SlipOnce)]),
        ];
        for (steps, expected) in table {
            assert_eq!(broken(steps), expected, "{steps:?}");
        }
        // Things of two nouns with one number don't meet.
        assert_eq!(broken(&[Awarded, Sold, Issued, Counted, HandedOut(1)]), []);
    }
}
