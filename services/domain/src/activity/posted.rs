//! An activity in the state: who has a seat, who waits, and what it gave.

use std::collections::BTreeSet;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::State;
use crate::activity::{Plan, Seat, Status, Terms};
use crate::id::{ResidentId, SeatId, TeamId};
use crate::time::{Interval, Timestamp};

/// An activity in the state.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Activity {
    /// As published.
    pub plan: Box<Plan>,
    /// What was agreed.
    pub terms: Terms,
    /// Was it called off?
    pub called_off: bool,
    /// Seats that nobody else can have.
    pub taken: u16,
    /// Minutes that served seats gave.
    pub minutes: u64,
    /// Seats that are taken and haven't ended.
    pub(crate) open: BTreeSet<SeatId>,
    /// Who waits, in the order of arrival.
    pub(crate) waiting: Vec<SeatId>,
    /// When the waiting list moves, while somebody waits: at once if there is a seat, else at the
    /// start.
    pub(crate) moves_at: Option<Timestamp>,
}

impl Activity {
    pub(crate) const fn new(plan: Box<Plan>, terms: Terms) -> Self {
        Self {
            plan,
            terms,
            called_off: false,
            taken: 0,
            minutes: 0,
            open: BTreeSet::new(),
            waiting: Vec::new(),
            moves_at: None,
        }
    }

    /// Seats that can still be had.
    #[must_use]
    pub const fn free(&self) -> u16 {
        self.plan.seats.saturating_sub(self.taken)
    }

    /// Who waits, in the order of arrival.
    #[must_use]
    pub fn waiting(&self) -> &[SeatId] {
        &self.waiting
    }

    /// Is there a reason why its waiting list moves before the start?
    pub(crate) const fn moves_now(&self) -> bool {
        self.called_off || self.free() > 0
    }
}

/// A time that a resident has a seat for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Engagement {
    /// When.
    pub planned: Interval,
    /// Which seat.
    pub seat: SeatId,
}

impl State {
    /// A seat that the resident holds at that time, if any.
    pub(crate) fn engaged(&self, resident: ResidentId, at: Interval) -> Option<Engagement> {
        let diary = self.diaries.get(resident)?;
        diary.iter().copied().find(|engagement| engagement.planned.overlaps(at))
    }

    /// The seats that the resident has, and those that the resident waits for. Walks all waiting
    /// lists: people are erased a few times a year.
    pub(crate) fn seats_open_of(&self, resident: ResidentId) -> impl Iterator<Item = SeatId> {
        let diary = self.diaries.get(resident).into_iter().flatten();
        let lists = self.activities.values().flat_map(|activity| &activity.waiting);
        let own = move |id: &&SeatId| {
            self.seats.get(**id).is_some_and(|seat| seat.request.resident == resident)
        };
        diary.map(|engagement| engagement.seat).chain(lists.filter(own).copied())
    }

    /// The team that the resident leads, if any: nobody leads one without being in it.
    pub(crate) fn led_by(&self, resident: ResidentId) -> Option<TeamId> {
        self.leaders.sorted().find(|(_, leader)| **leader == resident).map(|(team, _)| team)
    }

    /// A seat on which the resident is present at that time, if any: nothing else can be claimed
    /// for it.
    pub(crate) fn present(&self, resident: ResidentId, at: Interval) -> Option<Engagement> {
        let diary = self.diaries.get(resident)?;
        let present = |engagement: &Engagement| {
            let seat: Option<&Seat> = self.seats.get(engagement.seat);
            let arrival = seat.filter(|seat| seat.status == Status::Present)?.arrival?;
            let from = arrival.at.max(engagement.planned.start());
            Interval::new(from, engagement.planned.end()).map(|here| here.overlaps(at))
        };
        diary.iter().copied().find(|engagement| present(engagement) == Some(true))
    }
}
