//! The commands that found a district.

use linli_domain::Command;
use linli_domain::area::{self, Area, GridKind, Level};
use linli_domain::contribution::Grade;
use linli_domain::household::{self, Household};
use linli_domain::id::{AreaId, HouseholdId, ItemId};
use linli_domain::item::{self, Delivery, Eligibility, Item, ItemKind};
use linli_domain::officer::{self, Appointment, Duty};
use linli_domain::pool::{self, Funding, Pool};
use linli_domain::quantity::{Fen, Points};
use linli_domain::resident::{self, Registration};
use linli_domain::rules::{self, Act, Amount, RuleSet, RuleVersion, Unit};
use linli_domain::station::{self, Station, StationKind};
use linli_domain::supplier::{self, Supplier, SupplierKind};
use linli_domain::text::{Bilingual, CardCode, Name, Reference};
use linli_domain::time::Timestamp;

use super::{BUILDING, GRID, ITEMS, OFFICER, POOLS, STATION, SUPPLIER};

/// A claim gives so many points, in hundredths.
const AWARD: i64 = 200;

/// A sale costs so many, so that a resident can buy after each award and lots stay few.
const PRICE: i64 = 190;

/// The lowest price.
const PRICE_MIN: i64 = 1;

/// More than any run awards.
const FUNDS: i64 = 1_000_000_000_000;

/// More than any run sells of one item.
const STOCK: u32 = 1_000_000_000;

/// So many residents, four to a household; all of them volunteer.
pub(super) fn people(residents: usize) -> impl Iterator<Item = Command> {
    let household = |number: usize| HouseholdId::from_number(1 + number as u128 / 4);
    let homes = (0..residents).step_by(4).map(move |number| {
        let household = Household { household: household(number), micro_grid: BUILDING };
        household::Command::Register(household).into()
    });
    let people = (0..residents).map(move |number| {
        let registration = Registration {
            resident: super::resident_id(number),
            household: household(number),
            card: CardCode::from_serial(1 + number as u64),
            assisted: false,
        };
        resident::Command::Register(registration).into()
    });
    let volunteers = (0..residents)
        .map(|number| resident::Command::EnrolVolunteer(super::resident_id(number)).into());
    homes.chain(people).chain(volunteers)
}

/// Areas, an officer, a station with stock, funded pools, rules in force from an instant on.
pub(super) fn place(rules_from_us: i64) -> anyhow::Result<Vec<Command>> {
    let mut commands: Vec<Command> =
        vec![rules::Command::Publish(Box::new(rule_set(rules_from_us)?)).into()];
    let levels =
        [Level::District, Level::SubDistrict, Level::Community, Level::Grid, Level::MicroGrid];
    for (number, level) in (1_u128..).zip(levels) {
        commands.push(
            area::Command::Found(Area {
                area: AreaId::from_number(number),
                level,
                grid_kind: (level == Level::Grid).then_some(GridKind::Comprehensive),
                parent: (number > 1).then(|| AreaId::from_number(number - 1)),
                name: name("丁山", "Dingshan")?,
            })
            .into(),
        );
    }
    let appointment = Appointment {
        officer: OFFICER,
        duty: Duty::FullTimeGridOfficer,
        area: GRID,
        resident: None,
    };
    commands.push(officer::Command::Appoint(appointment).into());
    let counter = Station {
        station: STATION,
        area: AreaId::from_number(3),
        kind: StationKind::Counter,
        name: name("丁山驿站", "Dingshan station")?,
    };
    commands.push(station::Command::Open(counter).into());
    let merchant = Supplier {
        supplier: SUPPLIER,
        kind: SupplierKind::Merchant,
        name: name("超市", "Grocer")?,
    };
    commands.push(supplier::Command::Enrol(merchant).into());
    let reference = Reference::new("2026-001")?;
    for number in 0..POOLS {
        let (pool, code) = (super::pool(number), super::pool_code(number)?);
        let opened = Pool { pool, code, name: name("资金池", "Pool")? };
        let points = Points::from_hundredths(FUNDS);
        commands.push(pool::Command::Open(opened).into());
        commands.push(
            pool::Command::Fund(Funding { pool, points, reference: reference.clone() }).into(),
        );
    }
    for number in 0..ITEMS {
        let item = super::item(number);
        commands.push(item::Command::List(listed(item, ItemKind::Goods, PRICE)?).into());
        let delivery =
            Delivery { station: STATION, item, quantity: STOCK, reference: reference.clone() };
        commands.push(item::Command::ReceiveStock(delivery).into());
    }
    let cheap = listed(super::cheap_item(), ItemKind::Service, PRICE_MIN)?;
    commands.push(item::Command::List(cheap).into());
    Ok(commands)
}

fn listed(item: ItemId, kind: ItemKind, price: i64) -> anyhow::Result<Item> {
    Ok(Item {
        item,
        supplier: SUPPLIER,
        name: name("大米", "Rice")?,
        kind,
        price: Points::from_hundredths(price),
        cost: Fen::from_hundredths(price),
        eligibility: Eligibility::default(),
    })
}

/// The rules that Linli ships, with an act more for each pool that no cap touches. Nothing waits on
/// public notice, since a sale wants its points at once; and no check of conduct holds anything, for
/// who serves some thousand times a second looks odd, and rightly so.
fn rule_set(from_us: i64) -> anyhow::Result<RuleSet> {
    let from = Timestamp::from_microseconds(from_us);
    let mut rules = linli_profile::parse("gulou.toml", linli_profile::GULOU, RuleVersion(1), from)?;
    (rules.notice, rules.conduct) = (None, None);
    let patterns = rules.acts.first().cloned();
    for (number, pattern) in (0..POOLS).zip(patterns.iter().cycle()) {
        let mut act = pattern.clone();
        act.code = super::act(number)?;
        act.unit = Unit::Each;
        act.base = Amount::Fixed(Points::from_hundredths(AWARD));
        act.caps = Vec::new();
        act.least_grade = Grade::C;
        act.outside_month_cap = true;
        act.verification.level = Level::Grid;
        act.verification.levels = 1;
        act.pool = super::pool_code(number)?;
        rules.acts.push(act);
    }
    // Last in the order of the codes, as it has to be.
    if let Some(act) = rules.acts.last().cloned() {
        rules.acts.push(Act { code: super::hourly_act()?, unit: Unit::Hour, ..act });
    }
    Ok(rules)
}

fn name(zh: &str, en: &str) -> anyhow::Result<Bilingual> {
    Ok(Bilingual { zh: Name::new(zh)?, en: Name::new(en)? })
}
