//! What a city is founded with.

use linli_domain::Command;
use linli_domain::area::{self, Area, GridKind, Level};
use linli_domain::contribution::Grade;
use linli_domain::household::{self, Household};
use linli_domain::id::{
    AreaId, HouseholdId, ItemId, OfficerId, PoolId, ResidentId, StationId, SupplierId,
};
use linli_domain::item::{self, Delivery, Eligibility, Item, ItemKind};
use linli_domain::officer::{self, Appointment, Duty};
use linli_domain::pool::{self, Funding, Pool};
use linli_domain::quantity::{Fen, Minutes, Points};
use linli_domain::resident::{self, Registration};
use linli_domain::rules::{
    self, Act, Amount, Cap, Category, Coefficients, GradeTerms, Limit, LotLife, RuleSet,
    RuleVersion, Scope, Unit, VerificationNeed,
};
use linli_domain::station::{self, Station, StationKind};
use linli_domain::supplier::{self, Supplier, SupplierKind};
use linli_domain::text::{ActCode, Bilingual, CardCode, Code, Name, Reference};
use linli_domain::time::{Timestamp, Window, Zone};
use rust_decimal::Decimal;

/// The instant that a city's test clock begins at: the first day of 2025, at noon in China.
pub const START: Timestamp = Timestamp::from_microseconds(1_735_704_000_000_000);

const DAY_US: i64 = 86_400_000_000;

pub(super) const GRIDS: u32 = 100;
pub(super) const STATIONS: u32 = 50;
pub(super) const ITEMS: u32 = 40;

/// What an item costs: five points; half an hour of service gives ten.
pub(super) const PRICE: i64 = 500;
pub(super) const AWARD: i64 = 1_000;

/// An id as a ULID has them: a time, and bits that are spread.
pub(super) fn id(kind: u8, number: u32) -> u128 {
    let mut bits = u64::from(number).wrapping_add(u64::from(kind) << 40);
    bits = (bits ^ (bits >> 30)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^= bits >> 31;
    (0x0194_1f29_7c00_u128 << 80) | u128::from(kind) << 72 | u128::from(bits)
}

/// The instant of a day.
pub(super) fn day(days: u32) -> Timestamp {
    Timestamp::from_microseconds(START.microseconds() + i64::from(days) * DAY_US)
}

pub(super) fn grid(number: u32) -> AreaId {
    AreaId::from_number(id(1, 100 + number % GRIDS))
}

pub(super) fn resident(number: u32) -> ResidentId {
    ResidentId::from_number(id(2, number))
}

pub(super) fn officer(number: u32) -> OfficerId {
    OfficerId::from_number(id(3, number % GRIDS))
}

pub(super) fn station(number: u32) -> StationId {
    StationId::from_number(id(4, number % STATIONS))
}

pub(super) fn item(number: u32) -> ItemId {
    ItemId::from_number(id(5, number % ITEMS))
}

pub(super) fn act() -> ActCode {
    ActCode::new("PA-1").unwrap_or_else(|_| unreachable!("it is a code"))
}

/// Three of ten residents, spread over all of them.
pub(super) fn is_volunteer(number: u32) -> bool {
    number % 10 < 3
}

fn name(text: &str) -> Bilingual {
    let name = || Name::new(text).unwrap_or_else(|_| unreachable!("it is a name"));
    Bilingual { zh: name(), en: name() }
}

fn code(text: &str) -> Code {
    Code::new(text).unwrap_or_else(|_| unreachable!("it is a code"))
}

fn reference() -> Reference {
    Reference::new("2025-001").unwrap_or_else(|_| unreachable!("it is a reference"))
}

/// Everything but people.
pub(super) fn things() -> Vec<Command> {
    let pool = PoolId::from_number(id(6, 0));
    let supplier = SupplierId::from_number(id(7, 0));
    let area = |n| AreaId::from_number(id(1, n));
    let found = |number, level, parent| {
        let grid_kind = (level == Level::Grid).then_some(GridKind::Comprehensive);
        let area = Area { area: area(number), level, grid_kind, parent, name: name("area") };
        Command::from(area::Command::Found(area))
    };
    let mut all: Vec<Command> = vec![
        pool::Command::Open(Pool { pool, code: code("street"), name: name("street") }).into(),
        rules::Command::Publish(Box::new(rule_set())).into(),
        found(0, Level::District, None),
        found(1, Level::SubDistrict, Some(area(0))),
        found(2, Level::Community, Some(area(1))),
    ];
    for n in 0..200 {
        // The most that one order of payment may be for.
        let (points, number) = (Points::from_hundredths(1_000_000_000), n);
        let reference = Reference::new(&format!("2025-{number}"));
        let reference = reference.unwrap_or_else(|_| unreachable!("it is a reference"));
        all.push(pool::Command::Fund(Funding { pool, points, reference }).into());
    }
    for n in 0..GRIDS {
        all.push(found(100 + n, Level::Grid, Some(area(2))));
        all.push(found(1_000 + n, Level::MicroGrid, Some(area(100 + n))));
        let (duty, area) = (Duty::FullTimeGridOfficer, area(100 + n));
        let office = Appointment { officer: officer(n), duty, area, resident: None };
        all.push(officer::Command::Appoint(office).into());
    }
    let enrol = Supplier { supplier, kind: SupplierKind::Merchant, name: name("merchant") };
    all.push(supplier::Command::Enrol(enrol).into());
    for n in 0..STATIONS {
        let (station, area) = (station(n), area(2));
        let open = Station { station, area, kind: StationKind::Counter, name: name("station") };
        all.push(station::Command::Open(open).into());
    }
    for n in 0..ITEMS {
        let (kind, price) = (ItemKind::Goods, Points::from_hundredths(PRICE));
        let (eligibility, cost, item) = (Eligibility::default(), Fen::ZERO, item(n));
        let list = Item { item, supplier, name: name("item"), kind, price, cost, eligibility };
        all.push(item::Command::List(list).into());
        for n in 0..STATIONS {
            let (station, quantity, reference) = (station(n), 1_000_000, reference());
            let delivery = Delivery { station, item, quantity, reference };
            all.push(item::Command::ReceiveStock(delivery).into());
        }
    }
    all
}

/// The people, each after the household.
pub(super) fn people(residents: u32) -> impl Iterator<Item = Command> {
    (0..residents).flat_map(|number| {
        let home = number / 5 * 2 + u32::from(number % 5 >= 3);
        let household = HouseholdId::from_number(id(8, home));
        let micro_grid = AreaId::from_number(id(1, 1_000 + home % GRIDS));
        let moves_in = (number % 5 == 0 || number % 5 == 3)
            .then(|| household::Command::Register(Household { household, micro_grid }).into());
        let card = CardCode::from_serial(u64::from(number));
        let who = Registration { resident: resident(number), household, card, assisted: false };
        let enrols = is_volunteer(number)
            .then(|| resident::Command::EnrolVolunteer(resident(number)).into());
        let registers = Some(resident::Command::Register(who).into());
        [moves_in, registers, enrols].into_iter().flatten()
    })
}

fn rule_set() -> RuleSet {
    let terms = GradeTerms {
        points_factor: Decimal::ONE,
        merit_factor: Decimal::ONE,
        minutes_count: true,
        month_cap: None,
    };
    RuleSet {
        version: RuleVersion(1),
        profile: code("city"),
        effective_from: Timestamp::from_microseconds(0),
        zone: Zone::CHINA,
        step: Points::from_hundredths(1),
        late_entry_days: 7,
        longest: Minutes::new(600),
        hold: Minutes::new(30),
        month_cap: None,
        lot_life: LotLife { months: 24, round: Window::Quarter },
        star_hours: vec![100, 300, 600, 1_000, 1_500],
        fairness: linli_domain::rules::Fairness::default(),
        notice: None,
        conduct: None,
        counter: None,
        spending: None,
        honours: None,
        mediation: None,
        estates: None,
        time_bank: None,
        queue: None,
        tried: None,
        calendar: linli_domain::calendar::WorkingCalendar::default(),
        activities: None,
        orders: None,
        signals: Vec::new(),
        grades: [terms; 4],
        coefficients: Coefficients {
            night: Decimal::ONE,
            night_from: Minutes::new(0),
            night_until: Minutes::new(0),
            alert: Decimal::ONE,
            difficulty: Vec::new(),
            assisted: None,
            alerts_declared: false,
        },
        throttles: Vec::new(),
        acts: vec![Act {
            code: act(),
            name: name("patrol"),
            category: Category::Patrol,
            unit: Unit::Slot(Minutes::new(30)),
            base: Amount::Fixed(Points::from_hundredths(AWARD)),
            merit_weight: Decimal::ONE,
            night: false,
            alert: false,
            caps: vec![Cap {
                scope: Scope::Person,
                window: Some(Window::Month),
                limit: Limit::Minutes(Minutes::new(40_000)),
            }],
            least_grade: Grade::D,
            verification: VerificationNeed { level: Level::Grid, levels: 1 },
            outside_month_cap: false,
            referral: None,
            assisted: false,
            difficulty: false,
            credits: None,
            needs: linli_domain::contribution::Signals::NONE,
            pool: code("street"),
        }],
    }
}
