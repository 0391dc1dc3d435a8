//! The table `[conduct]`: what looks odd about a claim, and who looks at it. A check that isn't
//! written is not made.

use linli_domain::area::Level;
use linli_domain::rules::{ConductRules, Frequency, LateTerms, StaffHours, TravelTerms};
use serde::Deserialize;

use crate::word::{Clock, Word};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConductSheet {
    reviewed_by: Word<Level>,
    travel: Option<TravelSheet>,
    late: Option<LateSheet>,
    pair: Option<FrequencySheet>,
    ring: Option<FrequencySheet>,
    staff_hours: Option<StaffSheet>,
    #[serde(default)]
    forgotten_check_outs: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TravelSheet {
    grid_metres: u32,
    metres_per_minute: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LateSheet {
    hours: u16,
    entries: u16,
    within_hours: u16,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FrequencySheet {
    times: u16,
    days: u16,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StaffSheet {
    from: Word<Clock>,
    until: Word<Clock>,
}

impl ConductSheet {
    pub(super) fn to_rules(&self) -> ConductRules {
        let often = |sheet: &FrequencySheet| Frequency { times: sheet.times, days: sheet.days };
        ConductRules {
            reviewer: self.reviewed_by.0,
            travel: self.travel.as_ref().map(|sheet| TravelTerms {
                grid_metres: sheet.grid_metres,
                metres_per_minute: sheet.metres_per_minute,
            }),
            late: self.late.as_ref().map(|sheet| LateTerms {
                hours: sheet.hours,
                entries: sheet.entries,
                within_hours: sheet.within_hours,
            }),
            pair: self.pair.as_ref().map(often),
            ring: self.ring.as_ref().map(often),
            staff_hours: self
                .staff_hours
                .as_ref()
                .map(|sheet| StaffHours { from: sheet.from.0.0, until: sheet.until.0.0 }),
            forgotten: self.forgotten_check_outs,
        }
    }
}
