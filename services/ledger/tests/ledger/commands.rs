//! Commands for the tests, and a small district to send them to.

use linli_domain::area::{self, Area, GridKind, Level};
use linli_domain::contribution::Grade;
use linli_domain::household::{self, Household};
use linli_domain::id::{
    AreaId, HouseholdId, ItemId, PoolId, RedemptionId, ResidentId, StationId, SupplierId,
};
use linli_domain::item::{self, Eligibility, Item, ItemKind};
use linli_domain::pool::{self, Funding, Pool};
use linli_domain::quantity::{Fen, Minutes, Points};
use linli_domain::redemption::{self, Basket, Wish};
use linli_domain::resident::{self, Registration};
use linli_domain::rules::{
    self, Act, Amount, Category, Coefficients, GradeTerms, LotLife, RuleSet, RuleVersion, Unit,
    VerificationNeed,
};
use linli_domain::station::{self, Station, StationKind};
use linli_domain::supplier::{self, Supplier, SupplierKind};
use linli_domain::text::{ActCode, Bilingual, CardCode, Code, Name, Reference};
use linli_domain::time::{Timestamp, Window, Zone};
use linli_domain::{ClientId, Command, IdempotencyKey};
use linli_port::Envelope;
use rust_decimal::Decimal;

pub(crate) const CLIENT: ClientId = ClientId(0x0193_5e5e_0000_7000_8000_0000_0000_0001);

/// How long a hold lasts in the small district.
pub(crate) const HOLD_MINUTES: u32 = 30;

const ONE: u128 = 1;

/// An envelope of [`CLIENT`] whose body hash stands for the key alone.
pub(crate) fn envelope(key: &str, command: impl Into<Command>) -> Envelope {
    Envelope {
        client: CLIENT,
        key: IdempotencyKey::new(key).unwrap(),
        body_hash: [7; 32],
        command: command.into(),
    }
}

pub(crate) fn open_pool() -> Command {
    let pool = PoolId::from_number(ONE);
    pool::Command::Open(Pool {
        pool,
        code: code("street"),
        name: name("街道资金池", "Street pool"),
    })
    .into()
}

/// One record, and it never is refused once the pool is open.
pub(crate) fn fund(hundredths: i64) -> Command {
    let points = Points::from_hundredths(hundredths);
    let reference = Reference::new("2026-001").unwrap();
    pool::Command::Fund(Funding { pool: PoolId::from_number(ONE), points, reference }).into()
}

/// Always refused.
pub(crate) fn fund_nothing() -> Command {
    fund(0)
}

/// A free service, held until the deadline.
pub(crate) fn reserve(redemption: u128) -> Command {
    redemption::Command::Reserve(Basket {
        redemption: RedemptionId::from_number(redemption),
        resident: ResidentId::from_number(ONE),
        station: StationId::from_number(ONE),
        shift: None,
        shown: None,
        wishes: vec![Wish { item: ItemId::from_number(ONE), quantity: 1 }],
    })
    .into()
}

/// A pool, and one of everything that a redemption needs.
pub(crate) fn small_district() -> Vec<Command> {
    let mut commands: Vec<Command> = vec![open_pool()];
    let levels =
        [Level::District, Level::SubDistrict, Level::Community, Level::Grid, Level::MicroGrid];
    for (n, level) in (1_u128..).zip(levels) {
        let parent = n.checked_sub(1).filter(|n| *n > 0).map(AreaId::from_number);
        let grid_kind = (level == Level::Grid).then_some(GridKind::Comprehensive);
        let area = AreaId::from_number(n);
        let area = Area { area, level, grid_kind, parent, name: name("丁山", "Dingshan") };
        commands.push(area::Command::Found(area).into());
    }
    let household = HouseholdId::from_number(ONE);
    let micro_grid = AreaId::from_number(5);
    let supplier = SupplierId::from_number(ONE);
    let (resident, card) = (ResidentId::from_number(ONE), CardCode::from_serial(1));
    commands.extend([
        household::Command::Register(Household { household, micro_grid }).into(),
        resident::Command::Register(Registration { resident, household, card, assisted: false })
            .into(),
        station::Command::Open(Station {
            station: StationId::from_number(ONE),
            area: AreaId::from_number(3),
            kind: StationKind::Counter,
            name: name("丁山驿站", "Dingshan station"),
        })
        .into(),
        supplier::Command::Enrol(Supplier {
            supplier,
            kind: SupplierKind::Merchant,
            name: name("理发店", "Barber"),
        })
        .into(),
        item::Command::List(Item {
            item: ItemId::from_number(ONE),
            supplier,
            name: name("理发", "Haircut"),
            kind: ItemKind::Service,
            price: Points::ZERO,
            cost: Fen::ZERO,
            eligibility: Eligibility::default(),
        })
        .into(),
        rules::Command::Publish(Box::new(rule_set())).into(),
    ]);
    commands
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
        profile: code("test"),
        effective_from: Timestamp::from_microseconds(0),
        zone: Zone::CHINA,
        step: Points::from_hundredths(1),
        late_entry_days: 7,
        longest: Minutes::new(600),
        hold: Minutes::new(HOLD_MINUTES),
        month_cap: None,
        lot_life: LotLife { months: 24, round: Window::Quarter },
        star_hours: vec![100],
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
            code: ActCode::new("PA-1").unwrap(),
            name: name("巡逻", "Patrol"),
            category: Category::Patrol,
            unit: Unit::Hour,
            base: Amount::Fixed(Points::from_hundredths(1_000)),
            merit_weight: Decimal::ONE,
            night: false,
            alert: false,
            caps: Vec::new(),
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

fn name(zh: &str, en: &str) -> Bilingual {
    Bilingual { zh: Name::new(zh).unwrap(), en: Name::new(en).unwrap() }
}

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}
