//! A resource in the state: what of it is taken, who waits, who stayed away.

use std::collections::{BTreeMap, BTreeSet};

use borsh::{BorshDeserialize, BorshSerialize};

use crate::booking::Ticket;
use crate::id::{BookingId, ResidentId};
use crate::resource::terms::Pause;
use crate::resource::{Off, Resource};
use crate::time::{Timestamp, Zone};

/// What of a slot is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Taken {
    /// Units of open bookings.
    pub booked: u32,
    /// Units whose key was handed out.
    pub used: u32,
}

impl Taken {
    /// All units that nobody else can have.
    #[must_use]
    pub const fn units(self) -> u32 {
        self.booked.saturating_add(self.used)
    }
}

/// A resource in the state. Of its slots it keeps those that aren't over.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Place {
    /// As opened.
    pub resource: Resource,
    /// The clock that its timetable goes by.
    pub zone: Zone,
    /// Was it withdrawn?
    pub withdrawn: bool,
    /// What is taken of each slot that isn't over, by its start.
    pub(crate) taken: BTreeMap<Timestamp, Taken>,
    /// The slots that are off, by their start. Some may be over.
    pub(crate) off: BTreeMap<Timestamp, Off>,
    /// Open bookings.
    pub(crate) open: BTreeSet<BookingId>,
    /// Who waits, in the order of arrival.
    pub(crate) waiting: Vec<BookingId>,
    /// When the first who waits and would fit advances, while there is one.
    pub(crate) advances_at: Option<Timestamp>,
    /// Absences that still count, oldest first.
    pub(crate) absences: BTreeMap<ResidentId, Vec<Timestamp>>,
    /// Until when absentees may not book.
    pub(crate) paused: BTreeMap<ResidentId, Timestamp>,
}

impl Place {
    pub(crate) const fn new(resource: Resource, zone: Zone) -> Self {
        Self {
            resource,
            zone,
            withdrawn: false,
            taken: BTreeMap::new(),
            off: BTreeMap::new(),
            open: BTreeSet::new(),
            waiting: Vec::new(),
            advances_at: None,
            absences: BTreeMap::new(),
            paused: BTreeMap::new(),
        }
    }

    /// Units that can still be booked in every one of these slots: none if one is off.
    #[must_use]
    pub fn free(&self, starts: impl IntoIterator<Item = Timestamp>) -> u32 {
        let free = |start| match self.off(start) {
            Some(_) => 0,
            None => self.resource.quantity.saturating_sub(self.taken(start).units()),
        };
        starts.into_iter().map(free).min().unwrap_or_default()
    }

    /// What is taken of the slot that begins then.
    #[must_use]
    pub fn taken(&self, start: Timestamp) -> Taken {
        self.taken.get(&start).copied().unwrap_or_default()
    }

    /// Who waits, in the order of arrival.
    #[must_use]
    pub fn waiting(&self) -> &[BookingId] {
        &self.waiting
    }

    /// Until when this resident may not book, if that is after `now`.
    #[must_use]
    pub fn paused(&self, resident: ResidentId, now: Timestamp) -> Option<Timestamp> {
        self.paused.get(&resident).copied().filter(|until| *until > now)
    }

    /// When booking pauses until, after another absence at `now`.
    pub(crate) fn pause_after(
        &self,
        resident: ResidentId,
        pause: Option<Pause>,
        now: Timestamp,
    ) -> Option<Timestamp> {
        let Pause { no_shows, within_days, days } = pause?;
        let since = now.days_before(within_days);
        let before = self
            .absences
            .get(&resident)
            .map_or(0, |times| times.iter().filter(|absence| **absence > since).count());
        (before.saturating_add(1) >= usize::from(no_shows)).then(|| now.days_after(days))
    }

    /// Keeps an absence in mind, and a pause if it led to one, which all absences are spent on.
    pub(crate) fn stayed_away(
        &mut self,
        ticket: &Ticket,
        paused_until: Option<Timestamp>,
        now: Timestamp,
    ) {
        self.paused.retain(|_, until| *until > now);
        let resident = ticket.request.resident;
        match (ticket.terms.pause, paused_until) {
            (_, Some(until)) => {
                self.absences.remove(&resident);
                self.paused.insert(resident, until);
            }
            (Some(pause), None) => {
                let since = now.days_before(pause.within_days);
                let times = self.absences.entry(resident).or_default();
                times.retain(|absence| *absence > since);
                times.push(now);
            }
            (None, None) => {}
        }
    }

    /// Changes what is taken of each slot of a ticket; `None` if one can't be changed so. Slots
    /// that are over by `now` leave the table.
    pub(crate) fn change(
        &mut self,
        ticket: &Ticket,
        now: Timestamp,
        to: impl Fn(Taken, u32) -> Option<Taken>,
    ) -> Option<()> {
        let slot = self.resource.timetable.slot;
        for start in ticket.starts().filter(|start| start.after(slot) > now) {
            let taken = to(self.taken(start), ticket.request.quantity)?;
            if taken.units() > self.resource.quantity {
                return None;
            }
            self.taken.insert(start, taken);
        }
        self.taken.retain(|start, taken| start.after(slot) > now && taken.units() > 0);
        Some(())
    }
}
