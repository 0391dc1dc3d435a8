//! A small place to test in: one community, two grids, a few people, and rules with every kind
//! of cap.

pub use crate::rulebook::rule_set;
use linli_domain::area::{Area, GridKind, Level};
use linli_domain::contribution::{Attachment, AttachmentKind, Claim, ReversalReason, Signal};
use linli_domain::hazard::{HazardKind, PlaceKey, Report, Seriousness};
use linli_domain::household::Household;
use linli_domain::id::*;
use linli_domain::inspection::Head;
use linli_domain::item::{Delivery, Eligibility, Item, ItemKind};
use linli_domain::officer::{Appointment, Duty};
use linli_domain::pool::{Funding, Pool};
use linli_domain::quantity::{Fen, Minutes, Points};
use linli_domain::redemption::{Basket, Wish};
use linli_domain::resident::Registration;
use linli_domain::resource::{Opening, Pause, Resource, Terms, Timetable, Weekday};
use linli_domain::station::{Station, StationKind};
use linli_domain::supplier::{Supplier, SupplierKind};
use linli_domain::text::{ActCode, Bilingual, CardCode, Code, Name, Reference};
use linli_domain::time::{Interval, Timestamp};
use linli_domain::{
    BodyHash, ClientId, Command, Event, IdempotencyKey, Origin, Position, Record, Refusal, Stamp,
    State, area, household, item, officer, pool, resident, resource, rules, station, supplier,
};

pub const MINUTE: i64 = 60_000_000;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// Monday 2025-03-03, 09:00 in Nanjing.
pub const MORNING: i64 = 1_740_963_600_000_000;

pub const DISTRICT: AreaId = AreaId::from_number(1);
pub const STREET: AreaId = AreaId::from_number(2);
pub const COMMUNITY: AreaId = AreaId::from_number(3);
pub const GRID: AreaId = AreaId::from_number(4);
pub const OTHER_GRID: AreaId = AreaId::from_number(5);
pub const BUILDING: AreaId = AreaId::from_number(6);
pub const GRID_OFFICER: OfficerId = OfficerId::from_number(1);
pub const OTHER_GRID_OFFICER: OfficerId = OfficerId::from_number(2);
pub const STREET_OFFICER: OfficerId = OfficerId::from_number(3);
pub const HEAD: OfficerId = OfficerId::from_number(4);
pub const COMMUNITY_OFFICER: OfficerId = OfficerId::from_number(10);
pub const LEADER: OfficerId = OfficerId::from_number(7);
pub const CHIEF: OfficerId = OfficerId::from_number(8);
pub const UNIT: OfficerId = OfficerId::from_number(9);
pub const DISTRICT_OFFICER: OfficerId = OfficerId::from_number(6);
/// The next two live together, in the household of residents 3 and 4.
pub const SECOND_GRID_OFFICER: OfficerId = OfficerId::from_number(11);
pub const NEIGHBOUR_OFFICER: OfficerId = OfficerId::from_number(12);
pub const STATION: StationId = StationId::from_number(1);
pub const OTHER_STATION: StationId = StationId::from_number(2);
pub const MERCHANT: SupplierId = SupplierId::from_number(1);
pub const DEPARTMENT: SupplierId = SupplierId::from_number(2);
pub const POOL: PoolId = PoolId::from_number(1);
pub const RICE: ItemId = ItemId::from_number(1);
pub const HAIRCUT: ItemId = ItemId::from_number(2);
pub const ADVICE: ItemId = ItemId::from_number(3);
pub const WHEELCHAIR: ItemId = ItemId::from_number(4);
pub const SEAT: ItemId = ItemId::from_number(5);
pub const REPAIR: ItemId = ItemId::from_number(6);
pub const LESSON: ItemId = ItemId::from_number(7);
pub const CLASS: ResourceId = ResourceId::from_number(1);
pub const COURT: ResourceId = ResourceId::from_number(2);

/// A root that nobody could have known, as a log has one: it hangs on how long the log is.
pub fn head(size: Position) -> Head {
    let mut root = [7; 32];
    root[..8].copy_from_slice(&(size.0.wrapping_mul(0x9e37_79b9_7f4a_7c15)).to_be_bytes());
    Head { size, root }
}

pub fn at(microseconds: i64) -> Timestamp {
    Timestamp::from_microseconds(microseconds)
}

pub fn points(text: &str) -> Points {
    Points::parse(text).unwrap()
}

pub fn resident(number: u128) -> ResidentId {
    ResidentId::from_number(number)
}

pub fn contribution(number: u128) -> ContributionId {
    ContributionId::from_number(number)
}

pub fn redemption(number: u128) -> RedemptionId {
    RedemptionId::from_number(number)
}

pub fn booking(number: u128) -> BookingId {
    BookingId::from_number(number)
}

pub fn place(number: u128) -> ResourceId {
    ResourceId::from_number(number)
}

pub fn code(text: &str) -> ActCode {
    ActCode::new(text).unwrap()
}

pub fn name(text: &str) -> Bilingual {
    Bilingual { zh: Name::new(text).unwrap(), en: Name::new(text).unwrap() }
}

/// A state, the records that led to it, and a clock.
#[derive(Clone)]
pub struct World {
    pub state: State,
    pub records: Vec<Record>,
    pub now: i64,
    pub commands: u64,
}

impl World {
    /// Areas, eight residents in four households of two (1 and 2 live together, and so on; all
    /// but number 8 volunteer), officers, two stations, a funded pool, four items, rules.
    pub fn new() -> Self {
        let mut world =
            Self { state: State::default(), records: Vec::new(), now: MORNING - DAY, commands: 0 };
        for command in founding() {
            world.wish(command).unwrap();
        }
        world.now = MORNING;
        world
    }

    /// The same, with a class of two seats on six days a week, and a court that is always open;
    /// a slot is an hour and costs one point.
    pub fn with_places() -> Self {
        let mut world = Self::new();
        world.open_places();
        world
    }

    /// Opens the class and the court.
    pub fn open_places(&mut self) {
        let eligibility = Eligibility::default();
        let (price, cost) = (points("1"), Fen::from_hundredths(30));
        let (name, kind) = (name("Seat"), ItemKind::Bookable);
        let item = Item { item: SEAT, supplier: DEPARTMENT, name, kind, price, cost, eligibility };
        self.wish(item::Command::List(item)).unwrap();
        let six = Weekday::ALL.into_iter().filter(|day| *day != Weekday::Monday);
        let hours = |weekday| Opening { weekday, from: Minutes::new(8 * 60), slots: 9 };
        let mut class = Resource { resource: CLASS, quantity: 2, ..court(CLASS) };
        class.timetable.openings = six.map(hours).collect();
        for resource in [class, court(COURT)] {
            self.wish(resource::Command::Open(resource)).unwrap();
        }
    }

    /// Records what is due, then decides and records a wish.
    pub fn wish(&mut self, command: impl Into<Command>) -> Result<Vec<Record>, Refusal> {
        self.let_due_happen();
        let decision = self.state.decide(&command.into(), at(self.now))?;
        self.commands += 1;
        let key = IdempotencyKey::new(&format!("k{}", self.commands)).unwrap();
        let origin =
            Origin::Command { client: ClientId(7), key, body_hash: Some(BodyHash([7; 32])) };
        let from = self.records.len();
        for event in decision {
            self.put(event, origin.clone());
        }
        Ok(self.records[from..].to_vec())
    }

    pub fn let_due_happen(&mut self) {
        while let Some((_, event)) = self.state.due(at(self.now), head(self.state.position())) {
            self.put(event, Origin::Deadline);
        }
    }

    fn put(&mut self, event: Event, origin: Origin) {
        let stamp = Stamp { recorded_at: at(self.now), origin };
        self.records.push(self.state.record(event, stamp).unwrap());
    }

    /// An hour of this act by this resident, ending now, submitted and verified in the grid.
    pub fn serve(&mut self, number: u128, who: ResidentId, act: &str) -> Vec<Record> {
        self.now += HOUR;
        self.wish(submit(claim(number, who, act, self.now - HOUR, self.now))).unwrap();
        self.wish(verify(number, GRID_OFFICER)).unwrap()
    }

    pub fn available(&self, who: ResidentId) -> Points {
        self.state.residents().get(who).unwrap().wallet.available.points
    }
}

pub fn claim(number: u128, who: ResidentId, act: &str, from: i64, until: i64) -> Claim {
    Claim {
        contribution: contribution(number),
        resident: who,
        act: code(act),
        grid: GRID,
        happened: Interval::new(at(from), at(until)).unwrap(),
        estate: None,
        beneficiary: None,
        alert: false,
        signals: [Signal::SignInOut, Signal::Place, Signal::InsideShift].into_iter().collect(),
        attachments: Vec::new(),
    }
}

pub fn submit(claim: Claim) -> linli_domain::contribution::Command {
    linli_domain::contribution::Command::Submit(Box::new(claim))
}

pub fn verify(number: u128, officer: OfficerId) -> linli_domain::contribution::Command {
    let contribution = contribution(number);
    let word = linli_domain::contribution::Verification {
        contribution,
        officer,
        assessed: None,
        difficulty: None,
    };
    linli_domain::contribution::Command::Verify(word)
}

pub fn reverse(number: u128, officer: OfficerId) -> linli_domain::contribution::Command {
    let (contribution, reason) = (contribution(number), ReversalReason::Broken);
    let word = linli_domain::contribution::Undoing { contribution, officer, reason };
    linli_domain::contribution::Command::Reverse(word)
}

pub fn report(number: u128, who: ResidentId, place: u8, seen_at: i64) -> Report {
    Report {
        hazard: HazardId::from_number(number),
        reporter: who,
        kind: HazardKind::Fire,
        seriousness: Seriousness::Ordinary,
        area: GRID,
        place: PlaceKey([place; 32]),
        seen_at: at(seen_at),
        evidence: photo(),
        estate: None,
    }
}

pub fn photo() -> Vec<Attachment> {
    vec![Attachment::of(AttachmentKind::Photo, [3; 32])]
}

/// A photograph of which it is said when and where it was made.
pub fn made(made_at: Option<Timestamp>, made_in: Option<AreaId>) -> Vec<Attachment> {
    vec![Attachment { made_at, made_in, ..Attachment::of(AttachmentKind::Photo, [4; 32]) }]
}

pub fn basket(
    number: u128,
    who: ResidentId,
    station: StationId,
    wishes: &[(ItemId, u32)],
) -> Basket {
    let wishes =
        wishes.iter().map(|(item, quantity)| Wish { item: *item, quantity: *quantity }).collect();
    Basket {
        redemption: redemption(number),
        resident: who,
        station,
        shift: None,
        shown: None,
        wishes,
    }
}

/// A court: by the hour, at most three in a row, two weeks ahead; half the price for cancelling
/// within an hour, all of it for staying away, and three days' pause for doing so twice a week.
pub fn court(resource: ResourceId) -> Resource {
    let opening = |weekday| Opening { weekday, from: Minutes::ZERO, slots: 24 };
    let openings = Weekday::ALL.into_iter().map(opening).collect();
    Resource {
        resource,
        item: SEAT,
        station: STATION,
        quantity: 1,
        timetable: Timetable { slot: Minutes::new(60), every_weeks: 1, openings },
        in_a_row_most: 3,
        days_ahead: 14,
        terms: Terms {
            free_until: Minutes::new(60),
            late_part: "0.5".parse().unwrap(),
            no_show_part: "1".parse().unwrap(),
            key_from: Minutes::new(60),
            pause: Some(Pause { no_shows: 2, within_days: 7, days: 3 }),
        },
    }
}

fn founding() -> Vec<Command> {
    let mut all: Vec<Command> = vec![rules::Command::Publish(Box::new(rule_set())).into()];
    all.extend(areas().map(|area| Command::from(area::Command::Found(area))));
    for number in 1..=4 {
        let household =
            Household { household: HouseholdId::from_number(number), micro_grid: BUILDING };
        all.push(household::Command::Register(household).into());
    }
    for number in 1..=8 {
        let registration = Registration {
            resident: resident(number),
            household: HouseholdId::from_number(number.div_ceil(2)),
            card: CardCode::from_serial(u64::try_from(number).unwrap()),
            assisted: number == 8,
        };
        all.push(resident::Command::Register(registration).into());
        if number != 8 {
            all.push(resident::Command::EnrolVolunteer(resident(number)).into());
        }
    }
    for (officer, duty, area, resident) in [
        (GRID_OFFICER, Duty::FullTimeGridOfficer, GRID, None),
        (OTHER_GRID_OFFICER, Duty::FullTimeGridOfficer, OTHER_GRID, None),
        (STREET_OFFICER, Duty::SubDistrictOfficer, STREET, None),
        (HEAD, Duty::BuildingHead, BUILDING, Some(resident(1))),
        (COMMUNITY_OFFICER, Duty::CommunityOfficer, COMMUNITY, None),
        (LEADER, Duty::SubDistrictLeader, STREET, None),
        (CHIEF, Duty::SubDistrictChief, STREET, None),
        (UNIT, Duty::UnitOfficer, DISTRICT, None),
        (DISTRICT_OFFICER, Duty::DistrictOfficer, DISTRICT, None),
        (SECOND_GRID_OFFICER, Duty::PartTimeGridOfficer, GRID, Some(resident(3))),
        (NEIGHBOUR_OFFICER, Duty::PartTimeGridOfficer, GRID, Some(resident(4))),
    ] {
        all.push(officer::Command::Appoint(Appointment { officer, duty, area, resident }).into());
    }
    all.extend(shops());
    all
}

fn areas() -> impl Iterator<Item = Area> {
    let area = |area, level, grid_kind, parent, text| Area {
        area,
        level,
        grid_kind,
        parent,
        name: name(text),
    };
    [
        area(DISTRICT, Level::District, None, None, "Gulou"),
        area(STREET, Level::SubDistrict, None, Some(DISTRICT), "Yijiangmen"),
        area(COMMUNITY, Level::Community, None, Some(STREET), "Dingshan"),
        area(GRID, Level::Grid, Some(GridKind::Comprehensive), Some(COMMUNITY), "Grid 1"),
        area(OTHER_GRID, Level::Grid, Some(GridKind::Dedicated), Some(COMMUNITY), "School"),
        area(BUILDING, Level::MicroGrid, None, Some(GRID), "Building 1"),
    ]
    .into_iter()
}

fn shops() -> Vec<Command> {
    let pool = Pool { pool: POOL, code: Code::new("street").unwrap(), name: name("Street") };
    let reference = Reference::new("2025-001").unwrap();
    let funding = Funding { pool: POOL, points: points("500"), reference: reference.clone() };
    let mut all: Vec<Command> =
        vec![pool::Command::Open(pool).into(), pool::Command::Fund(funding).into()];
    for (station, kind) in
        [(STATION, StationKind::Counter), (OTHER_STATION, StationKind::VendingMachine)]
    {
        let opened = Station { station, area: COMMUNITY, kind, name: name("Station") };
        all.push(station::Command::Open(opened).into());
    }
    for (supplier, kind) in
        [(MERCHANT, SupplierKind::Merchant), (DEPARTMENT, SupplierKind::Department)]
    {
        all.push(
            supplier::Command::Enrol(Supplier { supplier, kind, name: name("Supplier") }).into(),
        );
    }
    for (item, supplier, kind, price, least_stars, assisted_only) in [
        (RICE, MERCHANT, ItemKind::Goods, "4.40", 0, false),
        (HAIRCUT, MERCHANT, ItemKind::Service, "1.5", 0, false),
        (ADVICE, DEPARTMENT, ItemKind::Service, "0", 1, false),
        (WHEELCHAIR, DEPARTMENT, ItemKind::Bookable, "0", 0, true),
    ] {
        let eligibility = Eligibility { least_stars, assisted_only };
        let (price, cost) = (points(price), Fen::from_hundredths(100));
        let listed = Item { item, supplier, name: name("Item"), kind, price, cost, eligibility };
        all.push(item::Command::List(listed).into());
    }
    for station in [STATION, OTHER_STATION] {
        let delivery = Delivery { station, item: RICE, quantity: 3, reference: reference.clone() };
        all.push(item::Command::ReceiveStock(delivery).into());
    }
    all
}
