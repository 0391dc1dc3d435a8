//! A district's history of merit: areas, rules, people who come and go, awards.

use linli_domain::area::{Area, GridKind, Level};
use linli_domain::award::{Award, MinutesKind};
use linli_domain::contribution::Grade;
use linli_domain::household::Household;
use linli_domain::id::{AreaId, ContributionId, HouseholdId, ResidentId};
use linli_domain::quantity::{Merit, Minutes, Points};
use linli_domain::resident::Registration;
use linli_domain::rules::{Category, RuleVersion};
use linli_domain::text::{ActCode, Bilingual, CardCode, Name};
use linli_domain::time::{Interval, Timestamp};
use linli_domain::{
    Event, Origin, Position, Record, area, contribution, household, resident, rules,
};

/// Of all levels; two grids in each of two communities, and a micro-grid, in which nothing is
/// ranked.
pub(crate) const AREAS: [u128; 9] = [1, 2, 10, 20, 11, 12, 21, 22, 111];
const GRIDS: [u128; 4] = [11, 12, 21, 22];
pub(crate) const RESIDENTS: u128 = 24;

const HOUR: i64 = 3_600_000_000;
/// Monday 2025-03-03, 09:00 in Nanjing.
const MORNING: i64 = 1_740_963_600_000_000;

/// Small numbers that look thrown, the same every time (an LCG of Knuth's).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % bound
    }
}

/// Makes records, one after another.
pub(crate) struct History {
    pub(crate) dice: Dice,
    position: u64,
    now: i64,
}

impl History {
    pub(crate) fn new(seed: u64) -> Self {
        Self { dice: Dice(seed), position: 0, now: MORNING }
    }

    /// Areas, rules and people.
    pub(crate) fn founding(&mut self) -> Vec<Record> {
        let rules = linli_profile::parse(
            "gulou",
            linli_profile::GULOU,
            RuleVersion(1),
            Timestamp::from_microseconds(0),
        );
        let mut events: Vec<Event> = vec![rules::Event::Published(Box::new(rules.unwrap())).into()];
        events.extend(AREAS.map(|number| area::Event::Founded(area_of(number)).into()));
        for number in 1..=RESIDENTS {
            let household = HouseholdId::from_number(number);
            let home = Household { household, micro_grid: AreaId::from_number(111) };
            let card = CardCode::from_serial(number as u64);
            let resident = ResidentId::from_number(number);
            let registration = Registration { resident, household, card, assisted: false };
            events.push(household::Event::Registered(home).into());
            events.push(resident::Event::Registered(registration).into());
        }
        events.into_iter().map(|event| self.record(event)).collect()
    }

    /// So many records, of which most give merit and some are people who come and go.
    pub(crate) fn go_on(&mut self, count: usize) -> Vec<Record> {
        let event = |history: &mut Self| {
            let number = u128::from(history.dice.below(RESIDENTS as u64)) + 1;
            let resident = ResidentId::from_number(number);
            match history.dice.below(8) {
                0 | 1 => Event::Resident(resident::Event::RankingJoined(resident)),
                2 => Event::Resident(resident::Event::RankingLeft(resident)),
                _ => contribution::Event::Awarded(Box::new(history.award(resident))).into(),
            }
        };
        (0..count)
            .map(|_| {
                let event = event(self);
                self.record(event)
            })
            .collect()
    }

    fn record(&mut self, event: Event) -> Record {
        self.position += 1;
        // Some weeks pass in a history, so that there are many periods.
        self.now += HOUR;
        Record {
            position: Position(self.position),
            recorded_at: Timestamp::from_microseconds(self.now),
            happened_at: Timestamp::from_microseconds(self.now - HOUR),
            origin: Origin::Deadline,
            event,
            postings: Vec::new(),
        }
    }

    /// Small merits, so that many are level; none at all now and then; some of service long ago.
    fn award(&mut self, resident: ResidentId) -> Award {
        let end = self.now - HOUR * self.dice.below(100) as i64;
        let at = Timestamp::from_microseconds;
        Award {
            contribution: ContributionId::from_number(self.position.into()),
            resident,
            grid: AreaId::from_number(GRIDS[self.dice.below(4) as usize]),
            estate: None,
            act: ActCode::new("CLEAN").unwrap(),
            category: Category::Environment,
            happened: Interval::new(at(end - HOUR), at(end)).unwrap(),
            grade: Grade::B,
            rules: RuleVersion(1),
            minutes: Minutes::new(60),
            minutes_kind: MinutesKind::Service,
            merit: Merit::from_hundredths(self.dice.below(4) as i64 * 100),
            issue: None,
            counted_minutes: Minutes::new(60),
            counted_points: Points::ZERO,
            repaid: Vec::new(),
            lines: Vec::new(),
        }
    }
}

fn area_of(number: u128) -> Area {
    let (level, parent) = match number {
        1 => (Level::District, None),
        2 => (Level::SubDistrict, Some(1)),
        10 | 20 => (Level::Community, Some(2)),
        111 => (Level::MicroGrid, Some(11)),
        grid => (Level::Grid, Some(grid / 10 * 10)),
    };
    let name = |text| Name::new(text).unwrap();
    Area {
        area: AreaId::from_number(number),
        level,
        grid_kind: (level == Level::Grid).then_some(GridKind::Comprehensive),
        parent: parent.map(AreaId::from_number),
        name: Bilingual { zh: name("区"), en: name("area") },
    }
}
