//! The table `[counter]`: shifts, and what may be handed out off line.

use linli_domain::quantity::{Minutes, Points};
use linli_domain::rules::{CounterRules, OfflineTerms, Presence};
use serde::Deserialize;

use crate::word::Word;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CounterSheet {
    shift_hours: u16,
    presence: Option<Word<Presence>>,
    offline: Option<OfflineSheet>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfflineSheet {
    station: Word<Points>,
    person: Word<Points>,
    hours: u16,
    sync_days: u16,
}

impl CounterSheet {
    pub(super) fn to_rules(&self) -> CounterRules {
        let offline = self.offline.as_ref().map(|sheet| OfflineTerms {
            station_most: sheet.station.0,
            person_most: sheet.person.0,
            longest: hours(sheet.hours),
            sync_days: sheet.sync_days,
        });
        let presence = self.presence.as_ref().map_or(Presence::Optional, |word| word.0);
        let shift_longest = hours(self.shift_hours);
        CounterRules { shift_longest, presence, offline }
    }
}

/// Sixteen bits of hours in thirty-two of minutes: this can't run over.
fn hours(hours: u16) -> Minutes {
    Minutes::new(u32::from(hours).saturating_mul(60))
}
