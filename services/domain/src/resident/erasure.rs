//! Erasure (注销): a resident's account closes for good, and everything that was open ends.
//!
//! The fact itself says who and why. What was open then ends by itself, each with a record of its
//! own that names the erasure as its reason: holds and bookings are called off, waiting ends,
//! mutual aid lapses, what stands on notice falls, appeals are dismissed, certificates are void,
//! reports are dropped, seats of activities are vacated, and what the wallet held is cleared. All of
//! it is due at the moment of the erasure, so it stands in the log before the next wish is decided.
//!
//! Who it was is destroyed elsewhere, with the key of the person's record (`linli-vault`). What
//! the log holds stays: it is of a number that is nobody's any more.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::booking::Open;
use crate::id::{ContributionId, ResidentId};
use crate::notice::Hearing;
use crate::resident::Event;
use crate::state::{Step, known};
use crate::time::Timestamp;
use crate::{Deadline, Decision, Refusal, State};

/// Why a resident is erased: a closed list, since free text about people stays out of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum ErasureReason {
    /// The resident asks for it.
    OwnRequest,
    /// The resident has died.
    Death,
    /// A court orders it.
    CourtOrder,
}

/// An erasure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// Who is erased.
    pub resident: ResidentId,
    /// Why.
    pub reason: ErasureReason,
}

/// Nobody is erased twice, and whoever holds an office gives it up first: an office answers for
/// what it signed, so it never stands under a name that is gone. So is a committee's seat.
pub(super) fn decide(state: &State, erasure: &Erasure) -> Result<Decision, Refusal> {
    state.resident(erasure.resident)?;
    // Offices are few, and in order of their ids, so that the one named is always the same.
    let held = state.officers.sorted().find(|(_, officer)| {
        !officer.retired && officer.appointment.resident == Some(erasure.resident)
    });
    match held {
        Some((officer, _)) => Err(Refusal::HoldsOffice { officer }),
        None => match state.on_committee(erasure.resident) {
            Some(estate) => Err(Refusal::OnCommittee { estate }),
            None => Ok(Decision::one(Event::Erased(*erasure))),
        },
    }
}

pub(super) fn evolve(state: &mut State, erasure: &Erasure, now: Timestamp) -> Step {
    let id = erasure.resident;
    let resident = known(state.residents.get_mut(id).filter(|it| it.erased_at.is_none()), id)?;
    resident.erased_at = Some(now);
    resident.ranked = false;
    resident.pseudonym = None;
    resident.team = None;
    for (before, deadline) in state.open_of(id) {
        state.due_now(deadline, now);
        state.deadlines.remove(&(before, deadline));
        state.deadlines.insert((now, deadline));
    }
    state.leave_queues(id, now);
    state.watch_closing(id);
    state.close_time(id, now);
    state.watch_honours(id, now);
    state.vacate(id, now)
}

impl State {
    /// Was this resident erased?
    #[must_use]
    pub fn is_erased(&self, id: ResidentId) -> bool {
        self.residents.get(id).is_some_and(|resident| resident.erased_at.is_some())
    }

    /// What of a resident ends by itself at some time. Walks the whole queue: people are erased a
    /// few times a year, and an index of what is open would cost every redemption of every day.
    fn open_of(&self, id: ResidentId) -> Vec<(Timestamp, Deadline)> {
        self.deadlines.iter().filter(|(_, deadline)| self.is_of(*deadline, id)).copied().collect()
    }

    fn is_of(&self, deadline: Deadline, id: ResidentId) -> bool {
        match deadline {
            Deadline::HoldReleases(redemption) => {
                let found = self.redemptions.get(redemption);
                found.and_then(|it| it.slip.as_ref()).is_some_and(|slip| slip.resident == id)
            }
            Deadline::VoucherExpires(voucher) => {
                let open = self.vouchers.get(voucher).and_then(|it| it.open.as_ref());
                open.is_some_and(|open| open.purchase.resident == id)
            }
            Deadline::BookingEnds(booking) | Deadline::WaitLapses(booking) => {
                let open = self.bookings.get(booking).and_then(|it| it.open.as_ref());
                open.is_some_and(|open| match open {
                    Open::Waiting(request) => request.resident == id,
                    Open::Booked(ticket) => ticket.request.resident == id,
                })
            }
            Deadline::AidLapses(aid) => {
                self.aids.get(aid).is_some_and(|aid| aid.sides().contains(&Some(id)))
            }
            Deadline::NoticeEnds(it)
            | Deadline::HearingEnds(it, _)
            | Deadline::NoticeAwards(it) => {
                self.contributions.get(it).is_some_and(|it| it.claim.resident == id)
            }
            Deadline::AskLapses(resident) => resident == id,
            Deadline::LotLapses(..)
            | Deadline::LotRecalled(_)
            | Deadline::WalletCloses(_)
            | Deadline::CommitteeEnds(_)
            | Deadline::SeatEnds(_)
            | Deadline::SeatBecomes(_)
            | Deadline::ClaimHeld(_)
            | Deadline::ListMoves(_)
            | Deadline::SampleDrawn(_)
            | Deadline::OrderClock(_)
            | Deadline::WhistleClock(..)
            | Deadline::ShiftCloses(_)
            | Deadline::AllowanceEnds(_)
            | Deadline::HonourReviewed(_)
            | Deadline::ReportOverdue(_)
            | Deadline::TimeTakenBack(_)
            | Deadline::TimeCloses(_)
            | Deadline::ChestGrants(_)
            | Deadline::QueueMoves(..)
            | Deadline::ReferralMoves(_)
            | Deadline::WaiterAdvances(_) => false,
        }
    }

    fn hear_now(&mut self, id: ContributionId, hearing: Hearing, now: Timestamp) {
        if let Some(notice) = self.notices.get_mut((id, hearing)) {
            notice.due_at = Some(now);
        }
    }

    /// What was to end later ends now.
    fn due_now(&mut self, deadline: Deadline, now: Timestamp) {
        match deadline {
            Deadline::HoldReleases(id) => {
                if let Some(hold) = self.redemptions.get_mut(id) {
                    hold.expires_at = now;
                }
            }
            Deadline::VoucherExpires(id) => {
                if let Some(voucher) = self.vouchers.get_mut(id) {
                    voucher.ends_at = now;
                }
            }
            Deadline::BookingEnds(id) | Deadline::WaitLapses(id) => {
                if let Some(booking) = self.bookings.get_mut(id) {
                    booking.ends_at = now;
                }
            }
            Deadline::AidLapses(id) => {
                if let Some(aid) = self.aids.get_mut(id) {
                    aid.lapses_at = now;
                }
            }
            Deadline::NoticeEnds(id) | Deadline::NoticeAwards(id) => {
                self.hear_now(id, Hearing::Notice, now);
            }
            Deadline::HearingEnds(id, hearing) => self.hear_now(id, hearing, now),
            Deadline::AskLapses(id) => {
                if let Some(ask) = self.asks.get_mut(id) {
                    ask.lapses_at = now;
                }
            }
            Deadline::LotLapses(..)
            | Deadline::LotRecalled(_)
            | Deadline::WalletCloses(_)
            | Deadline::CommitteeEnds(_)
            | Deadline::SeatEnds(_)
            | Deadline::SeatBecomes(_)
            | Deadline::ClaimHeld(_)
            | Deadline::ListMoves(_)
            | Deadline::SampleDrawn(_)
            | Deadline::OrderClock(_)
            | Deadline::WhistleClock(..)
            | Deadline::ShiftCloses(_)
            | Deadline::AllowanceEnds(_)
            | Deadline::HonourReviewed(_)
            | Deadline::ReportOverdue(_)
            | Deadline::TimeTakenBack(_)
            | Deadline::TimeCloses(_)
            | Deadline::ChestGrants(_)
            | Deadline::QueueMoves(..)
            | Deadline::ReferralMoves(_)
            | Deadline::WaiterAdvances(_) => {}
        }
    }
}
