//! What a district is to its ladders: areas, calendars, who wishes to be shown, what time it is.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use linli_domain::Position;
use linli_domain::area::Level;
use linli_domain::id::{AreaId, ResidentId};
use linli_domain::resident::Pseudonym;
use linli_domain::rules::{RuleVersion, Ties};
use linli_domain::time::{Period, Timestamp, Window, Zone};
use linli_readmodel::rankings::Calendar;

/// The five levels an area can lie in, itself among them.
const LEVELS: usize = 5;

/// What a resident who is shown takes: 16 bytes in nodes that are two thirds full. Areas and
/// calendars are some hundred kilobytes at the most and aren't counted.
const SHOWN_BYTES: usize = 26;

/// What a resident who is called something takes.
const CALLED_BYTES: usize = 38;

/// A district up to a record. It is moved on by the log alone; doing so twice changes nothing.
#[derive(Debug, Default)]
pub(crate) struct Ground {
    /// The last record that it knows.
    pub(crate) position: Position,
    /// When that was recorded: the ledger's time, which may be a test clock's.
    pub(crate) now: Timestamp,
    areas: HashMap<AreaId, Area>,
    calendars: BTreeMap<RuleVersion, Calendar>,
    shown: BTreeSet<ResidentId>,
    called: BTreeMap<ResidentId, Pseudonym>,
}

#[derive(Clone, Copy, Debug)]
struct Area {
    level: Level,
    parent: Option<AreaId>,
}

impl Ground {
    /// As of a record, with nothing in it yet.
    pub(crate) fn at(position: Position, now: Timestamp) -> Self {
        Self { position, now, ..Self::default() }
    }

    pub(crate) fn found(&mut self, area: AreaId, level: Level, parent: Option<AreaId>) {
        self.areas.insert(area, Area { level, parent });
    }

    pub(crate) fn publish(&mut self, calendar: Calendar) {
        self.calendars.insert(calendar.version, calendar);
    }

    pub(crate) fn show(&mut self, resident: ResidentId) {
        self.shown.insert(resident);
    }

    pub(crate) fn hide(&mut self, resident: ResidentId) {
        self.shown.remove(&resident);
    }

    /// A resident is called something from now on, or nothing.
    pub(crate) fn call(&mut self, resident: ResidentId, pseudonym: Option<Pseudonym>) {
        match pseudonym {
            Some(pseudonym) => drop(self.called.insert(resident, pseudonym)),
            None => drop(self.called.remove(&resident)),
        }
    }

    /// What a resident is called.
    pub(crate) fn called(&self, resident: ResidentId) -> Option<Pseudonym> {
        self.called.get(&resident).copied()
    }

    pub(crate) fn is_shown(&self, resident: ResidentId) -> bool {
        self.shown.contains(&resident)
    }

    /// Is there such an area?
    pub(crate) fn has(&self, area: AreaId) -> bool {
        self.areas.contains_key(&area)
    }

    /// The one area that lies in none.
    pub(crate) fn district(&self) -> Option<AreaId> {
        let is_district = |(_, area): &(&AreaId, &Area)| area.level == Level::District;
        self.areas.iter().find(is_district).map(|(area, _)| *area)
    }

    /// An area and all that it lies in.
    pub(crate) fn lineage(&self, area: AreaId) -> impl Iterator<Item = AreaId> {
        let above = |area: &AreaId| self.areas.get(area)?.parent;
        std::iter::successors(Some(area), above).take(LEVELS)
    }

    /// The grids that lie in an area, or the area itself if it is a grid.
    pub(crate) fn grids_in(&self, area: AreaId) -> Vec<AreaId> {
        let grids = self.areas.iter().filter(|(_, one)| one.level == Level::Grid);
        let inside = grids.filter(|(grid, _)| self.lineage(**grid).any(|above| above == area));
        inside.map(|(grid, _)| *grid).collect()
    }

    /// The clock of a rule set.
    pub(crate) fn zone(&self, version: RuleVersion) -> Option<Zone> {
        self.calendars.get(&version).map(|calendar| calendar.zone)
    }

    /// The period of this kind that it is now, on the clock of the rules in force.
    pub(crate) fn period_now(&self, window: Window) -> Period {
        self.in_force().map_or(Zone::CHINA, |calendar| calendar.zone).period(window, self.now)
    }

    /// How people with the same merit are ranked, by the rules in force.
    pub(crate) fn ties(&self) -> Ties {
        self.in_force().map(|calendar| calendar.ties).unwrap_or_default()
    }

    fn in_force(&self) -> Option<&Calendar> {
        let in_force = |calendar: &&Calendar| calendar.effective_from <= self.now;
        self.calendars.values().rev().find(in_force)
    }

    /// Does anybody wish to be shown?
    pub(crate) fn shows_anybody(&self) -> bool {
        !self.shown.is_empty()
    }

    /// Roughly the memory that it takes, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        let called = self.called.len().saturating_mul(CALLED_BYTES);
        self.shown.len().saturating_mul(SHOWN_BYTES).saturating_add(called)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linli_domain::rules::Seasons;

    #[test]
    fn an_area_holds_the_grids_below_it() {
        let id = AreaId::from_number;
        let mut ground = Ground::default();
        for (area, level, parent) in [
            (1, Level::District, None),
            (2, Level::SubDistrict, Some(1)),
            (3, Level::Community, Some(2)),
            (4, Level::Grid, Some(3)),
            (5, Level::Grid, Some(3)),
            (6, Level::MicroGrid, Some(4)),
        ] {
            ground.found(id(area), level, parent.map(id));
        }
        let grids = |area| {
            let mut grids: Vec<u128> =
                ground.grids_in(id(area)).into_iter().map(AreaId::number).collect();
            grids.sort_unstable();
            grids
        };
        for (area, expected) in
            [(1, vec![4, 5]), (3, vec![4, 5]), (4, vec![4]), (6, vec![]), (7, vec![])]
        {
            assert_eq!(grids(area), expected, "{area}");
        }
        assert_eq!(ground.district(), Some(id(1)));
        assert!(ground.lineage(id(4)).eq([4, 3, 2, 1].map(id)));
    }

    #[test]
    fn the_year_is_that_of_the_rules_in_force() {
        let at = Timestamp::from_microseconds;
        let utc = Zone::from_offset_seconds(0).unwrap();
        // 1969-12-31 23:00 in Greenwich, and the next morning in China.
        let mut ground = Ground { now: at(-3_600_000_000), ..Ground::default() };
        let mut check = |version, effective_from, zone, expected, why: &str| {
            let effective_from = at(effective_from);
            ground.publish(Calendar {
                version: RuleVersion(version),
                effective_from,
                zone,
                ties: Ties::default(),
                seasons: Seasons::default(),
            });
            assert_eq!(ground.period_now(Window::Year).index, expected, "{why}");
        };
        check(1, i64::MIN, Zone::CHINA, 1970, "the only rules");
        check(2, 0, utc, 1970, "not yet in force");
        check(3, i64::MIN, utc, 1969, "in force, and of a later version");
    }
}
