//! What is published of an activity, and what is agreed with everybody who signs up.

use std::collections::BTreeSet;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::activity::{Link, STEPS_MAX};
use crate::hazard::PlaceKey;
use crate::id::{ActivityId, AreaId, EstateId, OfficerId, ResidentId, TeamId};
use crate::quantity::Minutes;
use crate::text::{ActCode, Bilingual};
use crate::time::{Interval, Timestamp};

/// The most seats of one activity: a large hall.
pub const SEATS_MAX: u16 = 1_000;

/// The most checkpoints of one patrol: more than one walks in a shift.
pub const CHECKPOINTS_MAX: usize = 16;

/// Who publishes an activity, or calls it off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Publisher {
    /// An officer, for a grid of the officer's own area.
    Officer(OfficerId),
    /// The leader of the team that it is for.
    Leader(ResidentId),
}

/// An activity as it was published.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Plan {
    /// Its id.
    pub activity: ActivityId,
    /// Who publishes it.
    pub by: Publisher,
    /// The team that it is for; none: it is for every volunteer.
    pub team: Option<TeamId>,
    /// Which act of the rules a served seat is.
    pub act: ActCode,
    /// The grid where it is done.
    pub grid: AreaId,
    /// What people call it.
    pub name: Bilingual,
    /// When.
    pub planned: Interval,
    /// How many can take part.
    pub seats: u16,
    /// Where exactly, as a hash that senders make of it.
    pub place: PlaceKey,
    /// Is it under a heat or snow alert?
    pub alert: bool,
    /// The end of the chain of its rotating code.
    pub code: Link,
    /// For a patrol, the ends of its checkpoints' chains, each of one step.
    pub checkpoints: Vec<Link>,
    /// The estate that it is done for, if it is for one.
    pub estate: Option<EstateId>,
}

/// What of an activity makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActivityPart {
    /// The number of seats.
    Seats,
    /// Its times: longer than a contribution may be, or than its code has steps.
    Times,
    /// The checkpoints: too many, or one twice.
    Checkpoints,
}

impl Plan {
    /// Is it a patrol: something with checkpoints?
    #[must_use]
    pub fn is_patrol(&self) -> bool {
        !self.checkpoints.is_empty()
    }

    /// The most minutes that it can give: seats × length.
    #[must_use]
    pub fn minutes_most(&self) -> u64 {
        u64::from(self.seats).saturating_mul(self.planned.minutes().get().into())
    }

    /// What of it makes no sense, if anything.
    pub(super) fn flaw(&self, terms: Terms, longest: Minutes) -> Option<ActivityPart> {
        let minutes = self.planned.minutes();
        let once: BTreeSet<Link> = self.checkpoints.iter().copied().collect();
        let steps = terms.step_at(self, terms.shuts_at(self));
        let parts = [
            (ActivityPart::Seats, (1..=SEATS_MAX).contains(&self.seats)),
            (
                ActivityPart::Times,
                minutes > Minutes::ZERO && minutes <= longest && steps <= STEPS_MAX,
            ),
            (
                ActivityPart::Checkpoints,
                self.checkpoints.len() <= CHECKPOINTS_MAX && once.len() == self.checkpoints.len(),
            ),
        ];
        parts.into_iter().find(|(_, sensible)| !sensible).map(|(part, _)| part)
    }
}

/// What the rules said of activities when one was published: it goes by them for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Terms {
    /// People check in from so long before the start.
    pub early: Minutes,
    /// They check out until so long after the end; what is later than the end doesn't count.
    pub late: Minutes,
    /// The rotating code changes after so long.
    pub step: Minutes,
    /// The code of so many steps before is still good.
    pub lag: u8,
    /// So many checkpoints make a patrol.
    pub checkpoints_least: u8,
}

impl Terms {
    /// From when people check in.
    #[must_use]
    pub fn opens_at(&self, plan: &Plan) -> Timestamp {
        plan.planned.start().before(self.early)
    }

    /// Until when people check out; whoever hasn't by then has forgotten it.
    #[must_use]
    pub const fn shuts_at(&self, plan: &Plan) -> Timestamp {
        plan.planned.end().after(self.late)
    }

    /// The step of the code at an instant: 1 from when people check in.
    #[must_use]
    pub fn step_at(&self, plan: &Plan, now: Timestamp) -> u32 {
        let since = Interval::new(self.opens_at(plan), now).map_or(0, |it| it.minutes().get());
        since.checked_div(self.step.get()).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// Is it a code of the moment?
    pub(super) fn takes(&self, plan: &Plan, code: Link, now: Timestamp) -> bool {
        let latest = self.step_at(plan, now);
        let earliest = latest.saturating_sub(self.lag.into());
        code.step_before(plan.code, latest).is_some_and(|step| step >= earliest)
    }
}
