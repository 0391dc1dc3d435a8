//! What stands in the tables of rankings.

use linli_domain::Position;
use linli_domain::id::{AreaId, EstateId, ResidentId};
use linli_domain::quantity::Merit;
use linli_domain::rules::{RuleSet, RuleVersion, Seasons, Ties};
use linli_domain::time::{Timestamp, Window, Zone};

use crate::table::table;

table! {
    /// A person's merit in a grid and a period. A contribution counts for the period in which
    /// the service *ended*, on the clock of the rules that awarded it, whenever it was verified.
    Score in Rankings "score" {
        /// Week, month or all time.
        Key window: Window = "period_window",
        /// Which one ([`Period::index`](linli_domain::time::Period::index)).
        Key period: i32 = "period",
        /// Where the service was done.
        Key grid: AreaId = "grid",
        /// Who.
        Key resident: ResidentId = "resident",
        /// How much; as a change, how much more.
        Add merit: Merit = "merit_hundredths",
        /// The record that brought it there.
        Set reached: Position = "reached",
    }
}

table! {
    /// An estate's merit in a period: of what was done for it.
    EstateScore in Rankings "estate_score" {
        /// Week, month or all time.
        Key window: Window = "period_window",
        /// Which one ([`Period::index`](linli_domain::time::Period::index)).
        Key period: i32 = "period",
        /// Which estate.
        Key estate: EstateId = "estate",
        /// How much; as a change, how much more.
        Add merit: Merit = "merit_hundredths",
        /// The record that brought it there.
        Set reached: Position = "reached",
    }
}

table! {
    /// Who is shown. Scores are kept for everybody, so that whoever leaves is gone at once and
    /// whoever comes back is where they were.
    Member in Rankings "member" {
        /// Who.
        Key resident: ResidentId = "resident",
        /// Shown?
        Set shown: bool = "shown",
    }
}

table! {
    /// What a rule set says of rankings: the clock on the wall, which says what week it is, ties and
    /// seasons.
    Calendar in Rankings "calendar" {
        /// The rule set.
        Key version: RuleVersion = "version",
        /// Since when it is in force.
        Fix effective_from: Timestamp = "effective_from_us",
        /// Its clock.
        Fix zone: Zone = "zone_offset_seconds",
        /// How people with the same merit are ranked.
        Fix ties: Ties = "ties",
        /// The months in which a season begins.
        Fix seasons: Seasons = "season_months",
    }
}

impl From<&RuleSet> for Calendar {
    fn from(rules: &RuleSet) -> Self {
        Self {
            version: rules.version,
            effective_from: rules.effective_from,
            zone: rules.zone,
            ties: rules.ties(),
            seasons: rules.seasons(),
        }
    }
}
