//! Merit by person, grid and period, as rankings count it: what the state doesn't keep.

use std::collections::{BTreeMap, BTreeSet};

use linli_domain::id::{AreaId, ResidentId};
use linli_domain::quantity::Merit;
use linli_domain::rules::Ties;
use linli_domain::time::{Period, Window};
use linli_domain::{Event, Record, State, contribution};
use linli_readmodel::rankings::{STORED, stored};

use crate::Past;

/// Merit by period, grid and person.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scores(BTreeMap<(Period, AreaId, ResidentId), Merit>);

/// A place on a board of the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// The place, from 1; equals share it, and the next is counted as the rules say.
    pub rank: u64,
    /// How many stood on the board.
    pub of: u64,
    /// With how much merit.
    pub merit: Merit,
}

impl Scores {
    /// Adds what a record changes, after the state has taken it.
    pub(crate) fn take(&mut self, state: &State, record: &Record) {
        let Event::Contribution(event) = &record.event else { return };
        let (award, merit) = match event {
            contribution::Event::Awarded(award) => (award.as_ref(), award.merit),
            contribution::Event::Restored(it) => (&it.award, it.award.merit),
            contribution::Event::Reversed(undone) => (&undone.award, undone.award.merit.negated()),
            contribution::Event::Submitted { .. }
            | contribution::Event::Verified(_)
            | contribution::Event::Rejected(_)
            | contribution::Event::Queued(_)
            | contribution::Event::Attached(_) => return,
        };
        // The rules that made the award are in the state: it has just been replayed.
        let Some(rules) = state.rules().version(award.rules) else { return };
        for window in STORED {
            let period = rules.zone.period(window, award.happened.end());
            let sum = self.0.entry((period, award.grid, award.resident)).or_insert(Merit::ZERO);
            // A sum past the range would have been refused by the state's own.
            *sum = sum.plus(merit).unwrap_or(*sum);
        }
    }

    fn sum(
        &self,
        (window, indices): (Window, Vec<i32>),
        grids: impl Fn(AreaId) -> bool,
    ) -> BTreeMap<ResidentId, Merit> {
        let mut sums = BTreeMap::new();
        for ((period, grid, resident), merit) in &self.0 {
            if period.window == window && indices.contains(&period.index) && grids(*grid) {
                let sum = sums.entry(*resident).or_insert(Merit::ZERO);
                *sum = merit.plus(*sum).unwrap_or(*sum);
            }
        }
        sums
    }
}

impl Past {
    /// A resident's place then on the board of an area in the period that held the moment; none
    /// without merit there, without the wish to be shown, or before there were rules.
    #[must_use]
    pub fn rank(&self, area: AreaId, window: Window, resident: ResidentId) -> Option<Rank> {
        let state = self.state();
        let rules = state.rules().in_force(state.recorded_at())?;
        let period = rules.zone.period(window, state.recorded_at());
        let board = self.scores().sum(stored(period), |grid| state.lies_in(grid, area));
        let shown = |id: &ResidentId| state.residents().get(*id).is_some_and(|one| one.ranked);
        let shown: BTreeMap<_, _> =
            board.into_iter().filter(|(id, merit)| *merit > Merit::ZERO && shown(id)).collect();
        let merit = *shown.get(&resident)?;
        let ahead = || shown.values().filter(|other| **other > merit);
        // Who was first isn't kept of the past, so there such ties share a rank.
        let ahead = match rules.ties() {
            Ties::Dense => ahead().collect::<BTreeSet<_>>().len(),
            Ties::Competition | Ties::EarlierFirst => ahead().count(),
        };
        Some(Rank { rank: wide(ahead).saturating_add(1), of: wide(shown.len()), merit })
    }
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
