//! A made-up sub-district: who lives there, and what they do all day, as records.

use std::collections::VecDeque;

use linli_domain::area::{Area, GridKind, Level};
use linli_domain::contribution::{self, Claim, Grade, Signal};
use linli_domain::household::Household;
use linli_domain::id::*;
use linli_domain::inspection::Head;
use linli_domain::item::{Delivery, Eligibility, Item, ItemKind};
use linli_domain::officer::{Appointment, Duty};
use linli_domain::pool::{Funding, Pool};
use linli_domain::quantity::{Fen, Minutes, Points};
use linli_domain::redemption::{self, Basket, Wish};
use linli_domain::resident::Registration;
use linli_domain::rules::*;
use linli_domain::station::{Station, StationKind};
use linli_domain::supplier::{Supplier, SupplierKind};
use linli_domain::text::{ActCode, Bilingual, CardCode, Code, Name, Reference};
use linli_domain::time::{Interval, Timestamp, Window, Zone};
use linli_domain::{
    BodyHash, ClientId, Command, IdempotencyKey, Origin, Record, Stamp, State, area, household,
    item, officer, pool, resident, rules, station, supplier,
};

const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// 2025-01-01 in Nanjing.
const NEW_YEAR: i64 = 1_735_660_800_000_000;

const GRIDS: u128 = 40;
const STATIONS: u128 = 4;
const ITEMS: u128 = 20;
/// What everything costs.
const PRICE: Points = Points::from_hundredths(100);
/// How many contributions wait for an officer.
const PENDING: usize = 3_000;
const OFFICER: OfficerId = OfficerId::from_number(1);
const POOL: PoolId = PoolId::from_number(1);
const MERCHANT: SupplierId = SupplierId::from_number(1);

/// People who serve and redeem in turn.
pub(crate) struct City {
    state: State,
    records: Vec<Record>,
    now: i64,
    minted: u128,
    residents: u128,
    turn: u128,
    /// Submitted, and verified later.
    pending: VecDeque<ContributionId>,
}

impl City {
    pub(crate) fn of(residents: u128) -> anyhow::Result<Self> {
        let (state, records) = (State::default(), Vec::new());
        let (now, pending) = (NEW_YEAR, VecDeque::new());
        let mut city = Self { state, records, now, minted: 0, residents, turn: 0, pending };
        for command in founding()? {
            city.wish(command)?;
        }
        for number in 1..=residents {
            city.settle(number)?;
        }
        Ok(city)
    }

    /// The records since the last call.
    pub(crate) fn take_records(&mut self) -> Vec<Record> {
        std::mem::take(&mut self.records)
    }

    /// One person's turn: an hour of service that is verified; now and then something is bought,
    /// or reserved and fetched.
    pub(crate) fn live(&mut self) -> anyhow::Result<()> {
        let number = self.turn % self.residents + 1;
        if number == 1 {
            self.pass(2 * HOUR)?;
        }
        let round = self.turn / self.residents;
        self.turn += 1;
        self.serve(number)?;
        match (number + round) % 10 {
            3 | 6 if self.has_points(number) => self.sell(number),
            9 if self.has_points(number) => self.fetch(number),
            _ => Ok(()),
        }
    }

    fn settle(&mut self, number: u128) -> anyhow::Result<()> {
        let (resident, household) =
            (ResidentId::from_number(number), HouseholdId::from_number(number));
        let micro_grid = AreaId::from_number(1_000 + number % GRIDS);
        let card = CardCode::from_serial(u64::try_from(number)?);
        self.wish(household::Command::Register(Household { household, micro_grid }))?;
        self.wish(resident::Command::Register(Registration {
            resident,
            household,
            card,
            assisted: false,
        }))?;
        self.wish(resident::Command::EnrolVolunteer(resident))?;
        self.wish(resident::Command::JoinRanking(resident))
    }

    fn serve(&mut self, number: u128) -> anyhow::Result<()> {
        let contribution = ContributionId::from_number(self.mint());
        self.wish(contribution::Command::Submit(Box::new(Claim {
            contribution,
            resident: ResidentId::from_number(number),
            act: ActCode::new("CLEAN")?,
            grid: AreaId::from_number(100 + number % GRIDS),
            happened: Interval::new(at(self.now - HOUR), at(self.now)).ok_or_else(odd)?,
            estate: None,
            beneficiary: None,
            alert: false,
            signals: [Signal::SignInOut].into_iter().collect(),
            attachments: Vec::new(),
        })))?;
        // Half of them by an officer who is there, the others when an officer comes to it.
        let due = match number % 2 {
            0 => Some(contribution),
            _ => {
                self.pending.push_back(contribution);
                (self.pending.len() > PENDING).then(|| self.pending.pop_front()).flatten()
            }
        };
        let Some(contribution) = due else { return Ok(()) };
        let word = contribution::Verification {
            contribution,
            officer: OFFICER,
            assessed: None,
            difficulty: None,
        };
        self.wish(contribution::Command::Verify(word))
    }

    fn has_points(&self, number: u128) -> bool {
        let resident = self.state.residents().get(ResidentId::from_number(number));
        resident.is_some_and(|resident| resident.wallet.available.points >= PRICE)
    }

    fn sell(&mut self, number: u128) -> anyhow::Result<()> {
        let basket = self.basket(number);
        self.wish(redemption::Command::Sell(basket))
    }

    fn fetch(&mut self, number: u128) -> anyhow::Result<()> {
        let basket = self.basket(number);
        let (redemption, station) = (basket.redemption, basket.station);
        self.wish(redemption::Command::Reserve(basket))?;
        self.wish(redemption::Command::Capture {
            redemption,
            station,
            shift: None,
            shown: None,
            handed: Vec::new(),
        })
    }

    fn basket(&mut self, number: u128) -> Basket {
        let wish = |item| Wish { item: ItemId::from_number(item), quantity: 1 };
        Basket {
            redemption: RedemptionId::from_number(self.mint()),
            resident: ResidentId::from_number(number),
            station: StationId::from_number(number % STATIONS + 1),
            shift: None,
            shown: None,
            wishes: vec![wish(number % ITEMS + 1)],
        }
    }

    fn mint(&mut self) -> u128 {
        self.minted += 1;
        // Like ULIDs of the time, which is what makes their order in an index.
        (u128::try_from(self.now / 1_000).unwrap_or_default() << 80) | self.minted
    }

    fn pass(&mut self, microseconds: i64) -> anyhow::Result<()> {
        self.now += microseconds;
        while let Some((_, event)) = self.state.due(at(self.now), Head::default()) {
            let stamp = Stamp { recorded_at: at(self.now), origin: Origin::Deadline };
            self.records.push(self.state.record(event, stamp).map_err(told)?);
        }
        Ok(())
    }

    fn wish(&mut self, command: impl Into<Command>) -> anyhow::Result<()> {
        self.pass(1_000)?;
        let decision = self.state.decide(&command.into(), at(self.now)).map_err(told)?;
        let key = IdempotencyKey::new(&format!("station-{:020}", self.mint()))?;
        let body_hash = Some(BodyHash([7; 32]));
        for event in decision {
            let origin = Origin::Command { client: ClientId(7), key: key.clone(), body_hash };
            let stamp = Stamp { recorded_at: at(self.now), origin };
            self.records.push(self.state.record(event, stamp).map_err(told)?);
        }
        Ok(())
    }
}

fn told(what: impl std::fmt::Debug) -> anyhow::Error {
    anyhow::anyhow!("{what:?}")
}

fn odd() -> anyhow::Error {
    anyhow::anyhow!("an interval that ends before it begins")
}

fn at(microseconds: i64) -> Timestamp {
    Timestamp::from_microseconds(microseconds)
}

fn name(text: &str) -> anyhow::Result<Bilingual> {
    Ok(Bilingual { zh: Name::new(text)?, en: Name::new(text)? })
}

fn founding() -> anyhow::Result<Vec<Command>> {
    let mut all: Vec<Command> = vec![rules::Command::Publish(Box::new(rule_set()?)).into()];
    let mut found = |area, level, grid_kind, parent| -> anyhow::Result<()> {
        let (area, parent) = (AreaId::from_number(area), Some(AreaId::from_number(parent)));
        let parent = parent.filter(|parent| *parent != area);
        let area = Area { area, level, grid_kind, parent, name: name("鼓楼")? };
        all.push(area::Command::Found(area).into());
        Ok(())
    };
    found(1, Level::District, None, 1)?;
    found(2, Level::SubDistrict, None, 1)?;
    found(3, Level::Community, None, 2)?;
    for grid in 0..GRIDS {
        found(100 + grid, Level::Grid, Some(GridKind::Comprehensive), 3)?;
        found(1_000 + grid, Level::MicroGrid, None, 100 + grid)?;
    }
    let area = AreaId::from_number(3);
    let (duty, resident) = (Duty::CommunityOfficer, None);
    let officer = Appointment { officer: OFFICER, duty, area, resident };
    all.push(officer::Command::Appoint(officer).into());
    all.extend(shop()?);
    Ok(all)
}

fn shop() -> anyhow::Result<Vec<Command>> {
    let reference = Reference::new("2025-001")?;
    let points = Points::from_hundredths(100_000_000_000);
    let pool = Pool { pool: POOL, code: Code::new("street")?, name: name("街道")? };
    let funding = Funding { pool: POOL, points, reference: reference.clone() };
    let kind = SupplierKind::Merchant;
    let supplier = Supplier { supplier: MERCHANT, kind, name: name("商户")? };
    let mut all: Vec<Command> = vec![
        pool::Command::Open(pool).into(),
        pool::Command::Fund(funding).into(),
        supplier::Command::Enrol(supplier).into(),
    ];
    for item in 1..=ITEMS {
        let item = Item {
            item: ItemId::from_number(item),
            supplier: MERCHANT,
            name: name("大米")?,
            kind: ItemKind::Goods,
            price: PRICE,
            cost: Fen::from_hundredths(440),
            eligibility: Eligibility::default(),
        };
        all.push(item::Command::List(item).into());
    }
    for station in 1..=STATIONS {
        let station = StationId::from_number(station);
        let (area, kind) = (AreaId::from_number(3), StationKind::Counter);
        let opened = Station { station, area, kind, name: name("驿站")? };
        all.push(station::Command::Open(opened).into());
        for item in 1..=ITEMS {
            let (item, reference) = (ItemId::from_number(item), reference.clone());
            let delivery = Delivery { station, item, quantity: 500_000, reference };
            all.push(item::Command::ReceiveStock(delivery).into());
        }
    }
    Ok(all)
}

fn rule_set() -> anyhow::Result<RuleSet> {
    let terms = || -> anyhow::Result<GradeTerms> {
        let (points_factor, merit_factor) = ("1".parse()?, "1".parse()?);
        Ok(GradeTerms { points_factor, merit_factor, minutes_count: true, month_cap: None })
    };
    Ok(RuleSet {
        version: RuleVersion(1),
        profile: Code::new("city")?,
        effective_from: at(NEW_YEAR - 40 * DAY),
        zone: Zone::CHINA,
        step: Points::from_hundredths(10),
        late_entry_days: 7,
        longest: Minutes::new(16 * 60),
        hold: Minutes::new(30),
        month_cap: None,
        lot_life: LotLife { months: 12, round: Window::Month },
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
        signals: vec![SignalRule {
            grade: Grade::B,
            all: [Signal::SignInOut].into_iter().collect(),
            any: [].into_iter().collect(),
            none: [].into_iter().collect(),
        }],
        grades: [terms()?, terms()?, terms()?, terms()?],
        coefficients: Coefficients {
            night: "1".parse()?,
            night_from: Minutes::new(22 * 60),
            night_until: Minutes::new(6 * 60),
            alert: "1".parse()?,
            difficulty: Vec::new(),
            assisted: None,
            alerts_declared: false,
        },
        throttles: Vec::new(),
        acts: vec![Act {
            code: ActCode::new("CLEAN")?,
            name: name("清扫")?,
            category: Category::Environment,
            unit: Unit::Hour,
            base: Amount::Fixed(Points::from_hundredths(200)),
            merit_weight: "1.1".parse()?,
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
            pool: Code::new("street")?,
        }],
    })
}
