//! Deadlines: what happens by itself when its time has come. They are a queue in the state; the
//! writer turns those that are due into records before it takes the next command.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::calendar::Day;
use crate::id::{
    ActivityId, AidId, AllowanceId, AreaId, BookingId, ContributionId, EstateId, ItemId, LotId,
    OrderId, RedemptionId, ReportId, ResidentId, ResourceId, SeatId, ShiftId, StationId, VoucherId,
    WhistleId,
};
use crate::inspection::Head;
use crate::notice::Hearing;
use crate::time::Timestamp;
use crate::{
    Event, State, aid, conduct, contribution, estate, honour, inspection, notice, order,
    redemption, time_bank, wallet, whistle,
};

/// What is to happen by itself.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum Deadline {
    /// A shift that nobody closed closes.
    ShiftCloses(ShiftId),
    /// Nothing more is covered by an allowance.
    AllowanceEnds(AllowanceId),
    /// An open redemption releases.
    HoldReleases(RedemptionId),
    /// A voucher that nobody used expires.
    VoucherExpires(VoucherId),
    /// What can be spent of a lot lapses.
    LotLapses(ResidentId, LotId),
    /// What had been held of a reversed contribution's lot is taken back, for its hold has ended.
    LotRecalled(LotId),
    /// The time to object to what stands on notice is over.
    NoticeEnds(ContributionId),
    /// The time of a panel is over.
    HearingEnds(ContributionId, Hearing),
    /// What stood on notice, and stands, is awarded; what was reversed wrongly is given back.
    NoticeAwards(ContributionId),
    /// A seat ends, served or not.
    SeatEnds(SeatId),
    /// A seat whose check-out was forgotten becomes a contribution.
    SeatBecomes(SeatId),
    /// What a seat became looks odd, and is held.
    ClaimHeld(ContributionId),
    /// The waiting list of an activity moves on.
    ListMoves(ActivityId),
    /// The term of an estate's committee ends.
    CommitteeEnds(EstateId),
    /// What an erased resident's wallet still holds is cleared.
    WalletCloses(ResidentId),
    /// The sample of a day is drawn.
    SampleDrawn(Day),
    /// The clock of an order runs out.
    OrderClock(OrderId),
    /// A clock of a whistle runs out.
    WhistleClock(WhistleId, whistle::Reply),
    /// An ask, an offer or a wish lapses.
    AidLapses(AidId),
    /// Something happens to a resident's titles or certificates by itself.
    HonourReviewed(ResidentId),
    /// Nobody has answered a report that a record is wrong.
    ReportOverdue(ReportId),
    /// What was booked ends, used or not.
    BookingEnds(BookingId),
    /// There is room for somebody who waits.
    WaiterAdvances(ResourceId),
    /// What somebody waited for begins without them.
    WaitLapses(BookingId),
    /// An ask to a chest waits no longer.
    AskLapses(ResidentId),
    /// The stored time of a reversed contribution goes back.
    TimeTakenBack(ContributionId),
    /// What an erased resident has stored goes to the chest.
    TimeCloses(ResidentId),
    /// A chest has enough for who comes next.
    ChestGrants(AreaId),
    /// There is something for somebody who waits for an item at a station.
    QueueMoves(StationId, ItemId),
    /// A volunteer has served as often as it takes to reward who referred this one, or no longer.
    ReferralMoves(ResidentId),
}

impl State {
    /// The first deadline that has come by `now`, with the fact it leads to. Recording the fact
    /// takes the deadline out of the queue, so asking again gives the next one. `head` is the log before the frame that
    /// the fact will stand in: a sample hangs on it.
    #[must_use]
    pub fn due(&self, now: Timestamp, head: Head) -> Option<(Timestamp, Event)> {
        let (at, deadline) = self.deadlines.first().filter(|(at, _)| *at <= now)?;
        Some((*at, self.consequence(*deadline, *at, now, head)?))
    }

    /// When the next deadline comes.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.deadlines.first().map(|(at, _)| *at)
    }

    /// A deadline comes at another time, or not at all: what it hangs on has changed.
    pub(crate) fn reset_deadline(
        &mut self,
        deadline: Deadline,
        before: Option<Timestamp>,
        after: Option<Timestamp>,
    ) {
        if before == after {
            return;
        }
        if let Some(at) = before {
            self.deadlines.remove(&(at, deadline));
        }
        if let Some(at) = after {
            self.deadlines.insert((at, deadline));
        }
    }

    /// The queue holds a hold, a voucher, a booking, an order, a whistle and an aid only while they are open, a
    /// lot only while something of it can be spent, a shift and an allowance while they last, and a waiting list only while somebody can leave
    /// it, so there always is a consequence.
    fn consequence(
        &self,
        deadline: Deadline,
        at: Timestamp,
        now: Timestamp,
        head: Head,
    ) -> Option<Event> {
        match deadline {
            Deadline::ShiftCloses(id) => self.overdue_shift(id).map(Event::from),
            Deadline::AllowanceEnds(id) => self.allowance_over(id).map(Event::from),
            Deadline::HoldReleases(id) => {
                let slip = self.redemptions.get(id)?.slip.as_deref().cloned()?;
                Some(redemption::released(self, slip, now).into())
            }
            Deadline::VoucherExpires(id) => self.voucher_expired(id, now).map(Event::from),
            Deadline::LotLapses(resident, lot) => {
                let lapsed = self.residents.get(resident)?.wallet.lapsing(lot, at)?;
                Some(wallet::Event::LotExpired { resident, lapsed }.into())
            }
            Deadline::LotRecalled(lot) => {
                Some(wallet::Event::LotRecalled(self.recall(lot)?).into())
            }
            Deadline::NoticeEnds(id) => notice::ended(self, id, at).map(Event::from),
            Deadline::HearingEnds(id, hearing) => notice::late(self, id, hearing).map(Event::from),
            Deadline::NoticeAwards(id) => {
                if let Some(restoration) = self.restoration(id, now) {
                    return Some(contribution::Event::Restored(Box::new(restoration)).into());
                }
                let award = notice::unheard(self, id, now)?;
                Some(contribution::Event::Awarded(Box::new(award)).into())
            }
            Deadline::SeatEnds(id) => self.seat_ended(id).map(Event::from),
            Deadline::SeatBecomes(id) => self.seat_became(id),
            Deadline::ClaimHeld(id) => conduct::found_odd(self, id).map(Event::from),
            Deadline::ListMoves(id) => self.list_moved(id, now).map(Event::from),
            Deadline::CommitteeEnds(id) => estate::term_ended(self, id).map(Event::from),
            Deadline::WalletCloses(id) => Some(wallet::Event::Closed(self.closing(id)?).into()),
            Deadline::SampleDrawn(day) => {
                let sample = self.sample_of(day, head, now);
                Some(inspection::Event::Drawn(Box::new(sample)).into())
            }
            Deadline::OrderClock(id) => order::overdue(self, id, at).map(Event::from),
            Deadline::WhistleClock(id, reply) => whistle::overdue(self, id, reply).map(Event::from),
            Deadline::AidLapses(id) => {
                self.aids.get(id)?;
                Some(aid::Event::Lapsed(id).into())
            }
            Deadline::HonourReviewed(id) => self.honour_reviewed(id, now).map(Event::from),
            Deadline::ReportOverdue(report) => Some(honour::Event::ReportOverdue { report }.into()),
            Deadline::BookingEnds(id) => self.ended(id, now).map(Event::from),
            Deadline::WaiterAdvances(id) => self.advanced(id, now).map(Event::from),
            Deadline::WaitLapses(id) => self.waited(id).map(Event::from),
            Deadline::AskLapses(id) => time_bank::lapsed(self, id).map(Event::from),
            Deadline::TimeTakenBack(id) => self.time_taken_back(id).map(Event::from),
            Deadline::TimeCloses(id) => self.time_closed(id).map(Event::from),
            Deadline::ChestGrants(id) => self.chest_granted(id, now).map(Event::from),
            Deadline::QueueMoves(station, item) => self.queue_moved(station, item, now),
            Deadline::ReferralMoves(id) => self.referral_due(id, now).map(Event::from),
        }
    }
}
