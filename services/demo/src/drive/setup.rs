//! Setting the place up on the eve of the year, as an operator does.

use linli_api::area::{FoundArea, Level};
use linli_api::household::RegisterHousehold;
use linli_api::item::ListItem;
use linli_api::officer::AppointOfficer;
use linli_api::pool::{FundPool, OpenPool};
use linli_api::resident::{RegisterResident, WhichResident};
use linli_api::station::OpenStation;
use linli_api::supplier::EnrolSupplier;
use linli_api::{Amount, Client, Id};
use ulid::Ulid;

use super::DemoSettings;
use super::batch::{accepted, bulks, several};
use super::hands::{self, DemoKey, Hands};
use super::{clock, estates, id, time_bank};
use crate::calendar::Moment;
use crate::error::{DemoError, Doing as _};
use crate::population::Place;
use crate::progress::Progress;
use crate::traffic::Plan;

/// One in so many volunteers was brought by another.
const REFERRED_EVERY: usize = 20;

/// The place as it was set up, by what was answered.
pub(crate) struct SetUp {
    pub(crate) residents: usize,
    pub(crate) households: usize,
    pub(crate) grids: usize,
    pub(crate) micro_grids: usize,
    pub(crate) keys: Vec<DemoKey>,
    pub(super) hands: Hands,
}

/// How many things there are to do.
pub(super) fn size(place: &Place) -> usize {
    let volunteers = place.volunteers.len();
    let organisation = place.areas.len().saturating_add(place.officers().count());
    let people = place.households.len().saturating_add(place.residents.len());
    [organisation, people, volunteers].into_iter().fold(0, usize::saturating_add)
}

pub(super) async fn set_up(
    operator: &Client,
    place: &Place,
    plan: &Plan,
    settings: &DemoSettings,
    progress: &Progress,
) -> Result<SetUp, DemoError> {
    progress.chapter("rules");
    clock::move_to(operator, Moment::EVE).await?;
    publish(operator, &settings.rules).await?;
    progress.chapter("areas");
    let (grids, micro_grids) = found_areas(operator, place, progress).await?;
    estates::register(operator, place).await?;
    let bank = place.bank.as_ref().ok_or(DemoError::Plan("those who save time"))?;
    time_bank::found(operator, bank).await?;
    progress.chapter("households");
    let households = register_households(operator, place, progress).await?;
    progress.chapter("residents");
    let residents = register_residents(operator, place, progress).await?;
    progress.chapter("volunteers");
    enrol(operator, place, progress).await?;
    progress.chapter("officers");
    appoint(operator, place, progress).await?;
    progress.chapter("supplies");
    supply(operator, place, settings).await?;
    let (hands, keys) = hands::mint(operator, place, plan).await?;
    Ok(SetUp { residents, households, grids, micro_grids, keys, hands })
}

async fn publish(operator: &Client, rules: &str) -> Result<(), DemoError> {
    let reply =
        operator.publish_rules("rules-2025", rules, &Moment::NEW_YEAR.instant(), Some(1)).await;
    reply.doing(|| "publish the rules".to_owned()).map(|_| ())
}

/// Parents stand before their children, so one bulk follows the other.
async fn found_areas(
    operator: &Client,
    place: &Place,
    progress: &Progress,
) -> Result<(usize, usize), DemoError> {
    let key = |area: &FoundArea| {
        format!("area-{}", area.area.as_ref().map(Id::as_str).unwrap_or_default())
    };
    let (mut grids, mut micro_grids) = (0_usize, 0_usize);
    for bulk in bulks(place.areas.iter().map(|area| (key(area), area.clone()))) {
        let founded = accepted("found areas", operator.found_areas(&bulk).await)?;
        progress.done(founded.len());
        let of = |level| bulk.items.iter().filter(|item| item.body.level == level).count();
        grids = grids.saturating_add(of(Level::Grid));
        micro_grids = micro_grids.saturating_add(of(Level::MicroGrid));
    }
    Ok((grids, micro_grids))
}

async fn register_households(
    operator: &Client,
    place: &Place,
    progress: &Progress,
) -> Result<usize, DemoError> {
    let items = place.households.iter().map(|household| {
        let body = RegisterHousehold {
            household: Some(id(household.id)),
            micro_grid: id(household.micro_grid),
        };
        (format!("household-{}", household.id), body)
    });
    let send = |bulk| async move {
        let answer = operator.register_households(&bulk).await;
        let registered = accepted("register households", answer)?.len();
        progress.done(registered);
        Ok(registered)
    };
    Ok(several(bulks(items).into_iter().map(send).collect()).await?.into_iter().sum())
}

async fn register_residents(
    operator: &Client,
    place: &Place,
    progress: &Progress,
) -> Result<usize, DemoError> {
    let items = place.residents.iter().map(|resident| {
        let body = RegisterResident {
            resident: Some(id(resident.id)),
            household: id(resident.household),
            card: resident.card.clone(),
            assisted: resident.assisted,
        };
        (format!("resident-{}", resident.id), body)
    });
    let send = |bulk| async move {
        let answer = operator.register_residents(&bulk).await;
        let registered = accepted("register residents", answer)?.len();
        progress.done(registered);
        Ok(registered)
    };
    Ok(several(bulks(items).into_iter().map(send).collect()).await?.into_iter().sum())
}

async fn enrol(operator: &Client, place: &Place, progress: &Progress) -> Result<(), DemoError> {
    let which = |resident: Ulid| WhichResident { resident: id(resident) };
    let (brought, first): (Vec<_>, Vec<_>) =
        place.volunteers.iter().enumerate().partition(|(at, _)| at % REFERRED_EVERY == 1);
    let items = first.iter().map(|(_, volunteer)| volunteer.resident.id);
    let items = items.map(|resident| (format!("volunteer-{resident}"), which(resident)));
    for bulk in bulks(items) {
        let answer = operator.enrol_volunteers(&bulk).await;
        progress.done(accepted("enrol volunteers", answer)?.len());
    }
    // Brought by the first of another household.
    for (at, volunteer) in &brought {
        let resident = &volunteer.resident;
        let others = first.iter().map(|(_, other)| &other.resident).cycle().skip(*at);
        let mut others = others.take(first.len());
        let Some(by) = others.find(|by| by.household != resident.household) else { continue };
        let (key, who, by) = (format!("volunteer-{}", resident.id), id(resident.id), id(by.id));
        let answer = operator.enrol_referred(&key, &who, &by).await;
        answer.doing(|| "enrol one who was referred".to_owned())?;
        progress.done(1);
    }
    let shown = place.volunteers.iter().filter(|volunteer| volunteer.ranked);
    let items = shown.map(|volunteer| volunteer.resident.id);
    let items = items.map(|resident| (format!("ranking-{resident}"), which(resident)));
    for bulk in bulks(items) {
        accepted("show volunteers in the rankings", operator.join_rankings(&bulk).await)?;
    }
    Ok(())
}

async fn appoint(operator: &Client, place: &Place, progress: &Progress) -> Result<(), DemoError> {
    let items = place.officers().map(|officer| {
        let body = AppointOfficer {
            officer: Some(id(officer.id)),
            duty: officer.duty,
            area: id(officer.area),
            resident: officer.resident.map(|(resident, _)| id(resident)),
        };
        (format!("officer-{}", officer.id), body)
    });
    for bulk in bulks(items) {
        progress.done(accepted("appoint officers", operator.appoint_officers(&bulk).await)?.len());
    }
    Ok(())
}

async fn supply(
    operator: &Client,
    place: &Place,
    settings: &DemoSettings,
) -> Result<(), DemoError> {
    for supplier in &place.suppliers {
        let body = EnrolSupplier {
            supplier: Some(id(supplier.id)),
            kind: supplier.kind,
            name: supplier.name.clone(),
        };
        let reply = operator.enrol_supplier(&format!("supplier-{}", supplier.id), &body).await;
        reply.doing(|| format!("enrol {}", supplier.name.en))?;
    }
    for station in &place.stations {
        let body = OpenStation {
            station: Some(id(station.id)),
            area: id(station.area),
            kind: station.kind,
            name: station.name.clone(),
        };
        let reply = operator.open_station(&format!("station-{}", station.id), &body).await;
        reply.doing(|| format!("open {}", station.name.en))?;
    }
    for item in &place.items {
        let body = ListItem {
            item: Some(id(item.id)),
            supplier: id(item.supplier),
            name: item.name.clone(),
            kind: item.kind,
            price: item.price_amount(),
            cost: item.cost_amount(),
            eligibility: item.eligibility,
        };
        let reply = operator.list_item(&format!("item-{}", item.id), &body).await;
        reply.doing(|| format!("list {}", item.name.en))?;
    }
    fund(operator, place, settings).await
}

async fn fund(operator: &Client, place: &Place, settings: &DemoSettings) -> Result<(), DemoError> {
    for pool in &place.pools {
        let body = OpenPool {
            pool: Some(id(pool.id)),
            code: pool.code.to_owned(),
            name: pool.name.clone(),
        };
        let reply = operator.open_pool(&format!("pool-{}", pool.id), &body).await;
        reply.doing(|| format!("open the pool {}", pool.code))?;
        let body = FundPool {
            points: Amount::from(settings.scale.of_supply(pool.points).to_string()),
            reference: format!("FIN-2025-{}", pool.code),
        };
        let reply = operator.fund_pool(&format!("fund-{}", pool.id), &id(pool.id), &body).await;
        reply.doing(|| format!("fund the pool {}", pool.code))?;
    }
    Ok(())
}
