//! The commands that found the place.

use linli_domain::area::{Area, GridKind, Level};
use linli_domain::contribution::{self, Signal, Verification};
use linli_domain::household::Household;
use linli_domain::id::{AreaId, ContributionId, HouseholdId};
use linli_domain::item::{Delivery, Eligibility, Item, ItemKind};
use linli_domain::officer::{Appointment, Duty};
use linli_domain::pool::{Funding, Pool};
use linli_domain::quantity::{Fen, Points};
use linli_domain::resident::Registration;
use linli_domain::station::{Station, StationKind};
use linli_domain::supplier::{Supplier, SupplierKind};
use linli_domain::text::{ActCode, Bilingual, CardCode, Code, Name, Reference};
use linli_domain::time::{Interval, Timestamp};
use linli_domain::time_bank::{self, Deposit, Into, Mark, Marking, Payer};
use linli_domain::{
    Command, area, household, item, officer as officers, pool as pools, resident as residents,
    rules as rule_sets, station as stations, supplier as suppliers, team,
};

use super::{
    ADVICE, BUILDING, COMMUNITY, DISTRICT, FAR_BUILDING, FAR_GRID, GRID, HAIRCUT, OTHER_COMMUNITY,
    OTHER_GRID, POOLS, RESIDENTS, RICE, STATIONS, STREET, TEAM, officer, pool, resident, rules,
    station, supplier,
};

use super::DAY_US;
use crate::time::MORNING_US;

/// What the rules draw on, by the number of the pool.
pub(super) const POOL_CODES: [&str; 2] = ["street", "firm"];

/// Points in each pool at the beginning: soon given away.
const FUNDED_HUNDREDTHS: i64 = 2_000;

/// Bags of rice at each station at the beginning: soon handed out.
const BAGS: u32 = 3;

/// What two have stored at the beginning, each in a contribution with a number that no run comes to.
const STORED_US: i64 = 90 * 60_000_000;
const FOUNDING: u128 = 1_000_000;

pub(super) fn commands() -> Option<Vec<Command>> {
    let mut all: Vec<Command> =
        vec![rule_sets::Command::Publish(Box::new(rules::rule_set()?)).into()];
    for area in areas()? {
        all.push(area::Command::Found(area).into());
    }
    for number in 1..=RESIDENTS.div_ceil(2) {
        let household = HouseholdId::from_number(number);
        let micro_grid = if number == 1 { BUILDING } else { FAR_BUILDING };
        let household = Household { household, micro_grid };
        all.push(household::Command::Register(household).into());
    }
    for number in 1..=RESIDENTS {
        let registration = Registration {
            resident: resident(number),
            household: HouseholdId::from_number(number.div_ceil(2)),
            card: CardCode::from_serial(u64::try_from(number).ok()?),
            assisted: false,
        };
        all.push(residents::Command::Register(registration).into());
        all.push(residents::Command::EnrolVolunteer(resident(number)).into());
    }
    for (number, area, duty) in [
        (1, GRID, Duty::FullTimeGridOfficer),
        (2, OTHER_GRID, Duty::FullTimeGridOfficer),
        (3, STREET, Duty::SubDistrictOfficer),
    ] {
        let appointment = Appointment { officer: officer(number), duty, area, resident: None };
        all.push(officers::Command::Appoint(appointment).into());
    }
    all.extend(money()?);
    all.extend(goods()?);
    all.extend(hours()?);
    Some(all)
}

fn name(text: &str) -> Option<Bilingual> {
    Some(Bilingual { zh: Name::new(text).ok()?, en: Name::new(text).ok()? })
}

fn areas() -> Option<Vec<Area>> {
    let area = |area: AreaId, level, grid_kind, parent, text: &str| {
        Some(Area { area, level, grid_kind, parent, name: name(text)? })
    };
    let comprehensive = Some(GridKind::Comprehensive);
    Some(vec![
        area(DISTRICT, Level::District, None, None, "District")?,
        area(STREET, Level::SubDistrict, None, Some(DISTRICT), "Street")?,
        area(COMMUNITY, Level::Community, None, Some(STREET), "Community")?,
        area(GRID, Level::Grid, comprehensive, Some(COMMUNITY), "Grid 1")?,
        area(OTHER_GRID, Level::Grid, comprehensive, Some(COMMUNITY), "Grid 2")?,
        area(BUILDING, Level::MicroGrid, None, Some(GRID), "Building 1")?,
        area(OTHER_COMMUNITY, Level::Community, None, Some(STREET), "Other community")?,
        area(FAR_GRID, Level::Grid, comprehensive, Some(OTHER_COMMUNITY), "Grid 3")?,
        area(FAR_BUILDING, Level::MicroGrid, None, Some(FAR_GRID), "Building 2")?,
    ])
}

fn money() -> Option<Vec<Command>> {
    let mut all = Vec::new();
    for (number, code) in (1..=POOLS).zip(POOL_CODES) {
        let opened = Pool { pool: pool(number), code: Code::new(code).ok()?, name: name(code)? };
        all.push(pools::Command::Open(opened).into());
        let funding = Funding {
            pool: pool(number),
            points: Points::from_hundredths(FUNDED_HUNDREDTHS),
            reference: Reference::new("founding").ok()?,
        };
        all.push(pools::Command::Fund(funding).into());
    }
    Some(all)
}

/// A team of one, who is a key elder, and what somebody has stored for serving one, and the team for another.
fn hours() -> Option<Vec<Command>> {
    let (one, other) = (resident(1), resident(3));
    let mut all = vec![
        team::Command::Form(team::Team { team: TEAM, grid: GRID, name: name("Team")? }).into(),
        team::Command::Join(team::Membership { team: TEAM, resident: one }).into(),
    ];
    for elder in [resident(2), other] {
        let mark = Marking { resident: elder, mark: Mark::KeyElder, officer: officer(3) };
        all.push(time_bank::Command::Mark(mark).into());
    }
    for (number, serves, served, into) in
        [(1, one, other, Into::Team), (2, resident(4), resident(2), Into::Own)]
    {
        let contribution = ContributionId::from_number(FOUNDING.saturating_add(number));
        let end = Timestamp::from_microseconds(MORNING_US.saturating_sub(2 * DAY_US));
        let claim = contribution::Claim {
            contribution,
            resident: serves,
            act: ActCode::new("AID").ok()?,
            grid: GRID,
            happened: Interval::new(
                Timestamp::from_microseconds(end.microseconds().saturating_sub(STORED_US)),
                end,
            )?,
            estate: None,
            beneficiary: Some(served),
            alert: false,
            signals: [Signal::Confirmed].into_iter().collect(),
            attachments: Vec::new(),
        };
        all.push(contribution::Command::Submit(Box::new(claim)).into());
        let word =
            Verification { contribution, officer: officer(1), assessed: None, difficulty: None };
        all.push(contribution::Command::Verify(word).into());
        let deposit = Deposit { contribution, payer: Payer::Fund, into };
        all.push(time_bank::Command::Store(deposit).into());
    }
    Some(all)
}

fn goods() -> Option<Vec<Command>> {
    let mut all = Vec::new();
    for number in 1..=STATIONS {
        let kind = StationKind::Counter;
        let opened =
            Station { station: station(number), area: COMMUNITY, kind, name: name("Station")? };
        all.push(stations::Command::Open(opened).into());
    }
    for number in [1, 2] {
        let kind = SupplierKind::Merchant;
        let enrolled = Supplier { supplier: supplier(number), kind, name: name("Supplier")? };
        all.push(suppliers::Command::Enrol(enrolled).into());
    }
    for (item, by, kind, hundredths) in [
        (RICE, 1, ItemKind::Goods, 140),
        (HAIRCUT, 2, ItemKind::Service, 50),
        (ADVICE, 2, ItemKind::Service, 0),
    ] {
        let listed = Item {
            item,
            supplier: supplier(by),
            name: name("Item")?,
            kind,
            price: Points::from_hundredths(hundredths),
            cost: Fen::from_hundredths(100),
            eligibility: Eligibility::default(),
        };
        all.push(item::Command::List(listed).into());
    }
    for number in 1..=STATIONS {
        let reference = Reference::new("founding").ok()?;
        let delivery = Delivery { station: station(number), item: RICE, quantity: BAGS, reference };
        all.push(item::Command::ReceiveStock(delivery).into());
    }
    Some(all)
}
