//! What a person has served, as far as caps and overlaps need to remember.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::contribution::Grade;
use crate::id::{ContributionId, ResidentId};
use crate::quantity::Points;
use crate::text::ActCode;
use crate::time::{Interval, Period, Timestamp};

/// Intervals that ended longer ago are forgotten; the rules' late-entry limit is below it, so
/// nothing that may still be submitted can overlap a forgotten one.
pub(crate) const INTERVALS_KEPT_DAYS: u16 = 62;

/// What a cap counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, BorshSerialize, BorshDeserialize)]
pub(crate) enum Counted {
    /// An act, for the person or for the pair with another.
    Act { act: ActCode, with: Option<ResidentId> },
    /// An act, of which the person was served by whomever.
    Received(ActCode),
    /// All that was awarded on a grade.
    Grade(Grade),
    /// All that was awarded, but what stands outside the month cap.
    All,
    /// An act, by this person for the other or the other way round.
    Between { act: ActCode, and: ResidentId },
}

/// How much was counted in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Used {
    pub(crate) minutes: u32,
    pub(crate) times: u32,
    pub(crate) points: Points,
}

/// What a person has served: intervals that others may not overlap, and how much of each cap is
/// used up.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Served {
    intervals: Vec<(Interval, ContributionId)>,
    usage: Vec<((Period, Counted), Used)>,
}

impl Served {
    /// How many intervals and counts it holds.
    pub(crate) fn len(&self) -> usize {
        self.intervals.len().saturating_add(self.usage.len())
    }

    /// What it holds outside itself, in bytes.
    pub(crate) fn heap_bytes(&self) -> usize {
        let interval = size_of::<(Interval, ContributionId)>();
        let usage = size_of::<((Period, Counted), Used)>();
        let intervals = self.intervals.capacity().saturating_mul(interval);
        intervals.saturating_add(self.usage.capacity().saturating_mul(usage))
    }

    /// A contribution that shares an instant with `happened`, if any.
    pub(crate) fn overlapping(&self, happened: Interval) -> Option<(Interval, ContributionId)> {
        self.intervals.iter().copied().find(|(known, _)| known.overlaps(happened))
    }

    /// The last contribution before, and the first after.
    pub(crate) fn neighbours(&self, happened: Interval) -> [Option<(Interval, ContributionId)>; 2] {
        let all = || self.intervals.iter().copied();
        let before = all().filter(|(known, _)| known.end() <= happened.start());
        let after = all().filter(|(known, _)| known.start() >= happened.end());
        [
            before.max_by_key(|(known, id)| (known.end(), *id)),
            after.min_by_key(|(known, id)| (known.start(), *id)),
        ]
    }

    /// Has this contribution this very time already?
    pub(crate) fn holds(&self, happened: Interval, by: ContributionId) -> bool {
        self.intervals.contains(&(happened, by))
    }

    pub(crate) fn occupy(&mut self, happened: Interval, by: ContributionId, now: Timestamp) {
        let forgotten = now.days_before(INTERVALS_KEPT_DAYS);
        self.intervals.retain(|(known, _)| known.end() > forgotten);
        self.intervals.push((happened, by));
    }

    pub(crate) fn vacate(&mut self, by: ContributionId) {
        self.intervals.retain(|(_, known)| *known != by);
    }

    pub(crate) fn used(&self, period: Period, counted: &Counted) -> Used {
        let found = self.usage.binary_search_by(|(key, _)| key_order(key, period, counted));
        found.ok().and_then(|at| self.usage.get(at)).map(|(_, used)| *used).unwrap_or_default()
    }

    /// Adds to what is used up; `None` past the range.
    #[must_use]
    pub(crate) fn count(&mut self, period: Period, counted: Counted, more: Used) -> Option<()> {
        let place = self.usage.binary_search_by(|(key, _)| key_order(key, period, &counted));
        let at = place.unwrap_or_else(|at| {
            self.usage.insert(at, ((period, counted), Used::default()));
            at
        });
        let (_, used) = self.usage.get_mut(at)?;
        used.minutes = used.minutes.checked_add(more.minutes)?;
        used.times = used.times.checked_add(more.times)?;
        used.points = used.points.plus(more.points)?;
        Some(())
    }

    /// Gives back what was used up; an entry with nothing in it leaves. `None` if less was.
    #[must_use]
    pub(crate) fn uncount(&mut self, period: Period, counted: &Counted, less: Used) -> Option<()> {
        if less == Used::default() {
            return Some(());
        }
        let found = self.usage.binary_search_by(|(key, _)| key_order(key, period, counted));
        let at = found.ok()?;
        let (_, used) = self.usage.get_mut(at)?;
        used.minutes = used.minutes.checked_sub(less.minutes)?;
        used.times = used.times.checked_sub(less.times)?;
        used.points = used.points.minus(less.points)?;
        if *used == Used::default() {
            self.usage.remove(at);
        }
        Some(())
    }
}

fn key_order(key: &(Period, Counted), period: Period, counted: &Counted) -> std::cmp::Ordering {
    key.0.cmp(&period).then_with(|| key.1.cmp(counted))
}
