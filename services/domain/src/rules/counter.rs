//! How a counter is kept: how long a shift lasts, and what may be handed out off line.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::quantity::{Minutes, Points};
use crate::rules::RuleSet;

/// The longest shift: a day.
const SHIFT_MAX: Minutes = Minutes::new(24 * 60);

/// The longest time off line: four weeks. Whoever is off line for longer has another trouble.
const OFFLINE_MAX: Minutes = Minutes::new(28 * 24 * 60);

/// The longest wait for slips: 60 days, for a month's books have to close some day.
const SYNC_DAYS_MAX: u16 = 60;

/// What may be handed out off line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct OfflineTerms {
    /// The most that an allowance gives a station.
    pub station_most: Points,
    /// The most that it gives one person.
    pub person_most: Points,
    /// The longest time that it covers.
    pub longest: Minutes,
    /// Slips are counted for so many days after its end.
    pub sync_days: u16,
}

/// What a resident shows before something is handed out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Presence {
    /// Whatever the station likes to see.
    #[default]
    Optional,
    /// The code of the app, the card with its PIN, or paper.
    Needed,
    /// The code of the app, or the card with its PIN.
    Proven,
}

/// How a counter is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct CounterRules {
    /// A shift closes by itself after so long.
    pub shift_longest: Minutes,
    /// What a resident shows before something is handed out.
    pub presence: Presence,
    /// Allowances; none: nothing is handed out off line.
    pub offline: Option<OfflineTerms>,
}

impl CounterRules {
    fn makes_sense(self) -> bool {
        let lasts = |time: Minutes, most| time > Minutes::ZERO && time <= most;
        lasts(self.shift_longest, SHIFT_MAX)
            && self.offline.is_none_or(|terms| {
                lasts(terms.longest, OFFLINE_MAX)
                    && terms.person_most > Points::ZERO
                    && terms.person_most <= terms.station_most
                    && terms.sync_days <= SYNC_DAYS_MAX
            })
    }
}

impl RuleSet {
    /// Does what is said of counters make sense?
    pub(super) fn counter_makes_sense(&self) -> bool {
        self.counter.is_none_or(CounterRules::makes_sense)
    }
}
