//! A small place with its state, and the records that led there.

use linli_domain::area::{Area, GridKind, Level};
use linli_domain::contribution::{self, Claim, Grade, RejectReason, Signal};
use linli_domain::household::Household;
use linli_domain::id::*;
use linli_domain::inspection::Head;
use linli_domain::item::{Delivery, Eligibility, Item, ItemKind, Pricing};
use linli_domain::officer::{Appointment, Duty};
use linli_domain::pool::{Funding, Pool};
use linli_domain::quantity::{Fen, Minutes, Points};
use linli_domain::redemption::{self, Basket, VoidReason, Wish};
use linli_domain::resident::Registration;
use linli_domain::rules::*;
use linli_domain::station::{Station, StationKind};
use linli_domain::supplier::{Supplier, SupplierKind};
use linli_domain::text::{ActCode, Bilingual, CardCode, Code, Name, Reference};
use linli_domain::time::{Interval, Timestamp, Window, Zone};
use linli_domain::{
    BodyHash, ClientId, Command, Event, IdempotencyKey, Origin, Record, Stamp, State, area,
    household, item, officer, pool, resident, rules, station, supplier,
};

pub(crate) const MINUTE: i64 = 60_000_000;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;
/// Monday 2025-03-03, 09:00 in Nanjing.
const MORNING: i64 = 1_740_963_600_000_000;

pub(crate) const DISTRICT: AreaId = AreaId::from_number(1);
pub(crate) const COMMUNITY: AreaId = AreaId::from_number(3);
pub(crate) const GRID: AreaId = AreaId::from_number(4);
pub(crate) const OTHER_GRID: AreaId = AreaId::from_number(5);
const BUILDING: AreaId = AreaId::from_number(6);
pub(crate) const OFFICER: OfficerId = OfficerId::from_number(1);
pub(crate) const STATION: StationId = StationId::from_number(1);
const MERCHANT: SupplierId = SupplierId::from_number(1);
pub(crate) const SUPPLIERS: [SupplierId; 1] = [MERCHANT];
const POOL: PoolId = PoolId::from_number(1);
pub(crate) const POOLS: [PoolId; 1] = [POOL];
pub(crate) const RICE: ItemId = ItemId::from_number(1);
pub(crate) const HAIRCUT: ItemId = ItemId::from_number(2);
/// The residents are 1 to this.
pub(crate) const RESIDENTS: u128 = 6;

pub(crate) fn at(microseconds: i64) -> Timestamp {
    Timestamp::from_microseconds(microseconds)
}

pub(crate) fn resident(number: u128) -> ResidentId {
    ResidentId::from_number(number)
}

fn points(text: &str) -> Points {
    Points::parse(text).unwrap()
}

fn name(text: &str) -> Bilingual {
    Bilingual { zh: Name::new(text).unwrap(), en: Name::new(text).unwrap() }
}

/// The state, the records that led to it and were not taken yet, and a clock.
pub(crate) struct World {
    pub(crate) state: State,
    records: Vec<Record>,
    now: i64,
    minted: u128,
}

impl World {
    /// Everything there that has to be; nobody has done anything yet.
    pub(crate) fn new() -> Self {
        let mut world =
            Self { state: State::default(), records: Vec::new(), now: MORNING - DAY, minted: 0 };
        founding().into_iter().for_each(|command| world.wish(command));
        world.now = MORNING;
        world
    }

    /// The records since the last call.
    pub(crate) fn take_records(&mut self) -> Vec<Record> {
        std::mem::take(&mut self.records)
    }

    pub(crate) fn now(&self) -> Timestamp {
        at(self.now)
    }

    pub(crate) fn pass(&mut self, microseconds: i64) {
        self.now += microseconds;
        while let Some((_, event)) = self.state.due(at(self.now), Head::default()) {
            self.put(event, Origin::Deadline);
        }
    }

    pub(crate) fn wish(&mut self, command: impl Into<Command>) {
        self.pass(MINUTE);
        let decision = self.state.decide(&command.into(), at(self.now)).unwrap();
        let key = IdempotencyKey::new(&format!("k{}", self.mint())).unwrap();
        for event in decision {
            self.put(
                event,
                Origin::Command {
                    client: ClientId(7),
                    key: key.clone(),
                    body_hash: Some(BodyHash([7; 32])),
                },
            );
        }
    }

    fn put(&mut self, event: Event, origin: Origin) {
        let stamp = Stamp { recorded_at: at(self.now), origin };
        self.records.push(self.state.record(event, stamp).unwrap());
    }

    fn mint(&mut self) -> u128 {
        self.minted += 1;
        self.minted
    }

    pub(crate) fn submit(&mut self, who: u128, grid: AreaId, signals: &[Signal]) -> ContributionId {
        self.pass(2 * HOUR);
        let contribution = ContributionId::from_number(self.mint());
        self.wish(contribution::Command::Submit(Box::new(Claim {
            contribution,
            resident: resident(who),
            act: ActCode::new("CLEAN").unwrap(),
            grid,
            happened: Interval::new(at(self.now - HOUR), at(self.now)).unwrap(),
            estate: None,
            beneficiary: None,
            alert: false,
            signals: signals.iter().copied().collect(),
            attachments: Vec::new(),
        })));
        contribution
    }

    pub(crate) fn verify(&mut self, contribution: ContributionId) {
        let word = contribution::Verification {
            contribution,
            officer: OFFICER,
            assessed: None,
            difficulty: None,
        };
        self.wish(contribution::Command::Verify(word));
    }

    pub(crate) fn reject(&mut self, contribution: ContributionId) {
        let reason = RejectReason::EvidenceUnclear;
        let word = contribution::Rejection { contribution, officer: OFFICER, reason };
        self.wish(contribution::Command::Reject(word));
    }

    /// An hour of service that gives points.
    pub(crate) fn serve(&mut self, who: u128, grid: AreaId) {
        let contribution = self.submit(who, grid, &[Signal::SignInOut]);
        self.verify(contribution);
    }

    fn basket(&mut self, who: u128, wishes: &[(ItemId, u32)]) -> Basket {
        let wishes =
            wishes.iter().map(|(item, quantity)| Wish { item: *item, quantity: *quantity });
        Basket {
            redemption: RedemptionId::from_number(self.mint()),
            resident: resident(who),
            station: STATION,
            shift: None,
            shown: None,
            wishes: wishes.collect(),
        }
    }

    pub(crate) fn reserve(&mut self, who: u128, wishes: &[(ItemId, u32)]) -> RedemptionId {
        let basket = self.basket(who, wishes);
        let redemption = basket.redemption;
        self.wish(redemption::Command::Reserve(basket));
        redemption
    }

    pub(crate) fn sell(&mut self, who: u128, wishes: &[(ItemId, u32)]) {
        let basket = self.basket(who, wishes);
        self.wish(redemption::Command::Sell(basket));
    }

    pub(crate) fn capture(&mut self, redemption: RedemptionId) {
        self.wish(redemption::Command::Capture {
            redemption,
            station: STATION,
            shift: None,
            shown: None,
            handed: Vec::new(),
        });
    }

    pub(crate) fn void(&mut self, redemption: RedemptionId) {
        let reason = VoidReason::Station;
        self.wish(redemption::Command::Void { redemption, station: STATION, reason });
    }

    pub(crate) fn price(&mut self, item: ItemId, price: &str) {
        let cost = Fen::from_hundredths(440);
        self.wish(item::Command::Price(Pricing { item, price: points(price), cost }));
    }

    fn is_ranked(&self, who: u128) -> bool {
        self.state.residents().get(resident(who)).unwrap().ranked
    }

    /// A little of everything that can happen; may happen again.
    pub(crate) fn live(&mut self) {
        for who in 1..=RESIDENTS {
            if who % 2 == 1 && !self.is_ranked(who) {
                self.wish(resident::Command::JoinRanking(resident(who)));
            }
            for turn in 0..=who {
                self.serve(who, if turn == 1 { OTHER_GRID } else { GRID });
            }
        }
        let weak = self.submit(1, GRID, &[Signal::AdministratorEntry]);
        self.verify(weak);
        let rejected = self.submit(2, GRID, &[Signal::Photo]);
        self.reject(rejected);
        self.submit(3, OTHER_GRID, &[Signal::Photo]);
        let captured = self.reserve(4, &[(RICE, 1), (HAIRCUT, 1)]);
        let voided = self.reserve(5, &[(RICE, 1)]);
        self.capture(captured);
        self.void(voided);
        self.price(RICE, "5.50");
        self.sell(6, &[(RICE, 1)]);
        self.reserve(6, &[(HAIRCUT, 1)]);
        // Past the deadline of a hold, which releases by itself.
        self.pass(2 * HOUR);
        self.wish(resident::Command::LeaveRanking(resident(3)));
        self.reserve(6, &[(HAIRCUT, 2)]);
    }
}

fn founding() -> Vec<Command> {
    let mut all: Vec<Command> = vec![rules::Command::Publish(Box::new(rule_set())).into()];
    let area = |area, level, grid_kind, parent, text| {
        Command::from(area::Command::Found(Area {
            area,
            level,
            grid_kind,
            parent,
            name: name(text),
        }))
    };
    let street = AreaId::from_number(2);
    let (lived_in, dedicated) = (Some(GridKind::Comprehensive), Some(GridKind::Dedicated));
    all.extend([
        area(DISTRICT, Level::District, None, None, "鼓楼"),
        area(street, Level::SubDistrict, None, Some(DISTRICT), "挹江门"),
        area(COMMUNITY, Level::Community, None, Some(street), "丁山"),
        area(GRID, Level::Grid, lived_in, Some(COMMUNITY), "一网格"),
        area(OTHER_GRID, Level::Grid, dedicated, Some(COMMUNITY), "学校"),
        area(BUILDING, Level::MicroGrid, None, Some(GRID), "一号楼"),
    ]);
    for number in 1..=RESIDENTS {
        let (resident, household) = (resident(number), HouseholdId::from_number(number));
        let card = CardCode::from_serial(u64::try_from(number).unwrap());
        let registration = Registration { resident, household, card, assisted: number == 1 };
        let home = Household { household, micro_grid: BUILDING };
        all.push(household::Command::Register(home).into());
        all.push(resident::Command::Register(registration).into());
        all.push(resident::Command::EnrolVolunteer(resident).into());
    }
    for (number, duty, area) in
        [(1, Duty::CommunityOfficer, COMMUNITY), (2, Duty::FullTimeGridOfficer, GRID)]
    {
        let officer = OfficerId::from_number(number);
        let appointment = Appointment { officer, duty, area, resident: None };
        all.push(officer::Command::Appoint(appointment).into());
    }
    all.push(officer::Command::Retire(OfficerId::from_number(2)).into());
    all.extend(shop());
    all
}

fn shop() -> Vec<Command> {
    let reference = Reference::new("2025-001").unwrap();
    let pool = Pool { pool: POOL, code: Code::new("street").unwrap(), name: name("街道") };
    let funding = Funding { pool: POOL, points: points("500"), reference: reference.clone() };
    let kind = StationKind::Counter;
    let station = Station { station: STATION, area: COMMUNITY, kind, name: name("驿站") };
    let kind = SupplierKind::Merchant;
    let supplier = Supplier { supplier: MERCHANT, kind, name: name("商户") };
    let item = |item, kind, price| Item {
        item,
        supplier: MERCHANT,
        name: name("物品"),
        kind,
        price: points(price),
        cost: Fen::from_hundredths(440),
        eligibility: Eligibility::default(),
    };
    let delivery = Delivery { station: STATION, item: RICE, quantity: 90, reference };
    vec![
        pool::Command::Open(pool).into(),
        pool::Command::Fund(funding).into(),
        station::Command::Open(station).into(),
        supplier::Command::Enrol(supplier).into(),
        item::Command::List(item(RICE, ItemKind::Goods, "4.40")).into(),
        item::Command::List(item(HAIRCUT, ItemKind::Service, "1.5")).into(),
        item::Command::ReceiveStock(delivery).into(),
    ]
}

fn coefficients() -> Coefficients {
    Coefficients {
        night: "1".parse().unwrap(),
        night_from: Minutes::new(22 * 60),
        night_until: Minutes::new(6 * 60),
        alert: "1".parse().unwrap(),
        difficulty: Vec::new(),
        assisted: None,
        alerts_declared: false,
    }
}

fn rule_set() -> RuleSet {
    let rule = |grade, signal| SignalRule {
        grade,
        all: [signal].into_iter().collect(),
        any: [].into_iter().collect(),
        none: [Signal::AdministratorEntry].into_iter().collect(),
    };
    let terms = |part: &str, merit: &str, minutes_count| GradeTerms {
        points_factor: part.parse().unwrap(),
        merit_factor: merit.parse().unwrap(),
        minutes_count,
        month_cap: None,
    };
    RuleSet {
        version: RuleVersion(1),
        profile: Code::new("test").unwrap(),
        effective_from: at(MORNING - 40 * DAY),
        zone: Zone::CHINA,
        step: points("0.1"),
        late_entry_days: 7,
        longest: Minutes::new(16 * 60),
        hold: Minutes::new(30),
        month_cap: None,
        lot_life: LotLife { months: 0, round: Window::Month },
        star_hours: vec![2, 300],
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
        signals: vec![rule(Grade::B, Signal::SignInOut), rule(Grade::C, Signal::Photo)],
        grades: [
            terms("1", "1", true),
            terms("1", "1", true),
            terms("0.5", "1", true),
            terms("0", "0.5", false),
        ],
        coefficients: coefficients(),
        throttles: Vec::new(),
        acts: vec![Act {
            code: ActCode::new("CLEAN").unwrap(),
            name: name("清扫"),
            category: Category::Environment,
            unit: Unit::Hour,
            base: Amount::Fixed(points("2")),
            merit_weight: "1.1".parse().unwrap(),
            night: false,
            alert: false,
            caps: Vec::new(),
            least_grade: Grade::C,
            verification: VerificationNeed { level: Level::Grid, levels: 1 },
            outside_month_cap: false,
            referral: None,
            assisted: false,
            difficulty: false,
            credits: None,
            needs: linli_domain::contribution::Signals::NONE,
            pool: Code::new("street").unwrap(),
        }],
    }
}
