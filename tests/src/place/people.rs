//! Households, residents, and the officers among and above them.

use anyhow::Context as _;
use linli_api::Id;
use linli_api::bulk::{Bulk, BulkAnswer, BulkItem, ItemAnswer};
use linli_api::household::RegisterHousehold;
use linli_api::key::KeyKind;
use linli_api::officer::{AppointOfficer, Duty};
use linli_api::receipt::Named;
use linli_api::resident::{RegisterResident, WhichResident};
use linli_domain::text::CardCode;

use super::founding::Founder;
use super::{Areas, Officers, People, Person};

/// The serials of the cards: people first, the crowd after them.
const PEOPLE_CARDS: u64 = 20_250_305;
const CROWD_CARDS: u64 = 30_000_000;

/// In bulk, as many as one request holds.
const AT_ONCE: usize = linli_api::bulk::BULK_ITEMS_MAX;

pub(super) async fn settle(founder: &Founder, areas: &Areas) -> anyhow::Result<People> {
    let home = |name: &'static str, building: &Id| {
        let body = RegisterHousehold { household: None, micro_grid: building.clone() };
        async move {
            let key = format!("household-{name}");
            let answer = founder.operator.register_household(&key, &body).await?;
            anyhow::Ok(answer.body.changed.id)
        }
    };
    let chens = home("chen", &areas.building).await?;
    let lis = home("li", &areas.building).await?;
    let wangs = home("wang", &areas.other_building).await?;
    let aided = home("assisted", &areas.building).await?;
    let idlers = home("idle", &areas.building).await?;
    let of = |name: &'static str, household: &Id, serial: u64| {
        let card = CardCode::from_serial(PEOPLE_CARDS.wrapping_add(serial)).to_string();
        let person = Person { resident: Id::default(), household: household.clone(), card };
        register(founder, name, person)
    };
    let people = People {
        chen: of("chen", &chens, 1).await?,
        chen_kin: of("chen_kin", &chens, 2).await?,
        wang: of("wang", &wangs, 3).await?,
        assisted: of("assisted", &aided, 4).await?,
        idle: of("idle", &idlers, 5).await?,
        li: of("li", &lis, 6).await?,
        li_kin: of("li_kin", &lis, 7).await?,
    };
    let People { chen, chen_kin, wang, assisted, li, li_kin, .. } = &people;
    for person in [chen, chen_kin, wang, assisted, li, li_kin] {
        let key = format!("volunteer-{}", person.resident);
        founder.operator.enrol_volunteer(&key, &person.resident).await?;
    }
    Ok(people)
}

async fn register(founder: &Founder, name: &str, person: Person) -> anyhow::Result<Person> {
    let body = RegisterResident {
        resident: None,
        household: person.household.clone(),
        card: person.card.as_str().into(),
        assisted: name == "assisted",
    };
    let answer = founder.operator.register_resident(&format!("resident-{name}"), &body).await?;
    Ok(Person { resident: answer.body.changed.id, ..person })
}

/// Volunteers, each in a household of their own.
pub(super) async fn crowd(
    founder: &Founder,
    areas: &Areas,
    count: usize,
) -> anyhow::Result<Vec<Person>> {
    let mut crowd = Vec::with_capacity(count);
    while crowd.len() < count {
        let some = (count - crowd.len()).min(AT_ONCE);
        crowd.extend(group(founder, areas, crowd.len(), some).await?);
    }
    Ok(crowd)
}

async fn group(
    founder: &Founder,
    areas: &Areas,
    from: usize,
    count: usize,
) -> anyhow::Result<Vec<Person>> {
    let operator = &founder.operator;
    let body = |_| RegisterHousehold { household: None, micro_grid: areas.building.clone() };
    let households = bulk("household", from, (0..count).map(body));
    let households = ids(operator.register_households(&households).await?.body)?;
    let cards = (from..).map(|at| {
        let serial = u64::try_from(at).unwrap_or_default();
        CardCode::from_serial(CROWD_CARDS.wrapping_add(serial)).to_string()
    });
    let mut people: Vec<Person> = households
        .into_iter()
        .zip(cards)
        .map(|(household, card)| Person { resident: Id::default(), household, card })
        .collect();
    let residents = people.iter().map(|person| RegisterResident {
        resident: None,
        household: person.household.clone(),
        card: person.card.as_str().into(),
        assisted: false,
    });
    let residents =
        ids(operator.register_residents(&bulk("resident", from, residents)).await?.body)?;
    let volunteers = residents.iter().map(|resident| WhichResident { resident: resident.clone() });
    ids(operator.enrol_volunteers(&bulk("volunteer", from, volunteers)).await?.body)?;
    for (person, resident) in people.iter_mut().zip(residents) {
        person.resident = resident;
    }
    Ok(people)
}

/// Items whose keys are their place in the crowd.
fn bulk<T>(about: &str, from: usize, bodies: impl Iterator<Item = T>) -> Bulk<T> {
    let items = (from..).zip(bodies);
    let items = items.map(|(at, body)| BulkItem { key: format!("crowd-{about}-{at}"), body });
    Bulk { items: items.collect() }
}

/// The ids of what was made; all of it has to be.
fn ids(answer: BulkAnswer<Named>) -> anyhow::Result<Vec<Id>> {
    let id = |answer: ItemAnswer<Named>| match answer {
        ItemAnswer::Accepted { receipt, .. } => Ok(receipt.changed.id),
        ItemAnswer::Refused { key, problem } => anyhow::bail!("{key}: {}", problem.detail_en),
    };
    answer.answers.into_iter().map(id).collect()
}

pub(super) async fn appoint(
    founder: &Founder,
    areas: &Areas,
    people: &People,
) -> anyhow::Result<Officers> {
    use Duty::{BuildingHead, CommunityOfficer, FullTimeGridOfficer, SubDistrictOfficer};
    let office = |name: &'static str, duty: Duty, area: &Id, resident: Option<&Id>| {
        let body =
            AppointOfficer { officer: None, duty, area: area.clone(), resident: resident.cloned() };
        async move {
            let officer =
                founder.operator.appoint_officer(&format!("officer-{name}"), &body).await?;
            let id = officer.body.changed.id;
            let hand = founder.hand(KeyKind::Staff, name, Some(&id)).await;
            let (key, client) = hand.with_context(|| format!("the key of {name}"))?;
            anyhow::Ok((id, key, client))
        }
    };
    let (_, grid_key, grid) = office("grid", FullTimeGridOfficer, &areas.grid, None).await?;
    let li = Some(&people.li.resident);
    let (_, _, li) = office("li", Duty::PartTimeGridOfficer, &areas.grid, li).await?;
    let (_, _, other_grid) =
        office("other-grid", FullTimeGridOfficer, &areas.other_grid, None).await?;
    let (_, _, head) = office("head", BuildingHead, &areas.building, None).await?;
    let (_, _, community) = office("community", CommunityOfficer, &areas.community, None).await?;
    let (_, _, street) = office("street", SubDistrictOfficer, &areas.street, None).await?;
    let (id, _, leaving) = office("leaving", SubDistrictOfficer, &areas.street, None).await?;
    let leaving = (id, leaving);
    Ok(Officers { grid, grid_key, li, other_grid, head, community, street, leaving })
}
