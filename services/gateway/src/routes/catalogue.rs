//! The catalogue: what can be had, where, by whom; and its prices.

use axum::response::Response;
use linli_api as api;
use linli_api::item::{
    Catalogue, CatalogueItem, Hindrance, ItemTerms, ListItem, PriceItem, PriceSince, Prices,
};
use linli_api::receipt::{Named, Receipt};
use linli_domain::Noun;
use linli_domain::id::{AreaId, HouseholdId, ItemId, ResidentId, ResourceId, StationId};
use linli_domain::item::{OpenTo, Terms};
use linli_domain::quantity::Points;
use linli_readmodel::catalogue::{Item, Offer, Price};
use linli_readmodel::{PAGE_ROWS_MAX, Projection};

use crate::command::Deed;
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::{self, Path as _, Spoken as _};
use crate::problem::{Problem, unknown};
use crate::receipt::{amount, id, instant, item_terms, named};
use crate::request::{Cursor, PathText, Reading, Sent};
use crate::told::{Seen, fault, shown};

const LIST: Deed = Deed::creating("item.list");
const PRICE: Deed = Deed::changing("item.price");
const TERMS: Deed = Deed::changing("item.terms");

/// What can be had
///
/// With a station: the goods that it ever had, with what is free now, all services and all
/// bookables. With a resident: what stands in the way of each.
#[utoipa::path(get, path = "/v1/catalogue", tag = "catalogue",
    params(("station" = Option<String>, Query, description = "At which station"),
        ("resident" = Option<String>, Query, description = "For which resident"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of the catalogue", body = Catalogue)))]
pub(super) async fn list(Here(gateway): Here, mut reading: Reading) -> Result<Response, Problem> {
    let (station, resident) = (reading.asked.id("station")?, reading.asked.id("resident")?);
    let after = reading.asked.cursor()?;
    reading.asked.done()?;
    let of = [Projection::Catalogue, Projection::Directory, Projection::Balances];
    let Seen(position) = gateway.see(&of, reading.after).await?;
    let (offers, next) = gateway.offers(station, after).await?;
    let booked = gateway.reader.booked_items().await.map_err(fault)?;
    let wanted: Vec<ItemId> = offers.iter().map(|offer| offer.item.item).collect();
    let terms = gateway.reader.terms_of(&wanted).await.map_err(fault)?;
    let customer = match resident {
        Some(resident) => Some(gateway.customer(resident, terms.values()).await?),
        None => None,
    };
    let offered = |offer: &Offer| {
        let item = offer.item.item;
        let (terms, booked) = (terms.get(&item), booked.contains(&item));
        CatalogueItem {
            free: free(offer),
            hindrances: hindrances(offer, station.is_some(), customer.as_ref(), (booked, terms)),
            item: of_row(&offer.item, terms),
        }
    };
    let catalogue = Catalogue {
        station: station.map(id),
        resident: resident.map(id),
        items: offers.iter().map(offered).collect(),
        next: next.map(|next| next.write()),
    };
    Ok(shown(position, &catalogue))
}

/// An item
#[utoipa::path(get, path = "/v1/items/{id}", tag = "catalogue",
    params(("id" = String, Path, description = "The item")),
    responses((status = 200, description = "The item at today's price", body = api::item::Item)))]
pub(super) async fn show(
    Here(gateway): Here,
    PathText(item): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let item = ItemId::from_path(&item, Noun::Item)?;
    let Seen(position) = gateway.see(&[Projection::Catalogue], reading.after).await?;
    let row = gateway.reader.item(item).await.map_err(fault)?.ok_or_else(|| unknown(Noun::Item))?;
    let terms = gateway.reader.terms_of(&[item]).await.map_err(fault)?;
    Ok(shown(position, &of_row(&row, terms.get(&item))))
}

/// All prices that an item had
///
/// Newest first.
#[utoipa::path(get, path = "/v1/items/{id}/prices", tag = "catalogue",
    params(("id" = String, Path, description = "The item")),
    responses((status = 200, description = "The prices", body = Prices)))]
pub(super) async fn prices(
    Here(gateway): Here,
    PathText(item): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let item = ItemId::from_path(&item, Noun::Item)?;
    let Seen(position) = gateway.see(&[Projection::Catalogue], reading.after).await?;
    gateway.reader.item(item).await.map_err(fault)?.ok_or_else(|| unknown(Noun::Item))?;
    let rows = gateway.reader.prices(item).await.map_err(fault)?;
    let since = |row: &Price| PriceSince {
        position: row.position.0,
        since: instant(row.recorded_at),
        price: amount(row.price),
        cost: amount(row.cost),
    };
    let prices = Prices { item: id(item), prices: rows.iter().map(since).collect() };
    Ok(shown(position, &prices))
}

/// Set an item's terms
///
/// All of them: to whom it is open, how much of it anybody may have, and whether it is had as a
/// voucher. What was issued or booked before keeps the terms it was issued under.
#[utoipa::path(post, path = "/v1/items/{id}/terms", tag = "catalogue",
    params(("id" = String, Path, description = "The item")), request_body = ItemTerms,
    responses((status = 200, description = "Set", body = Receipt<Named>)))]
pub(super) async fn set_terms(
    Here(gateway): Here,
    PathText(item): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: ItemTerms, _: &_| parse::terms(ItemId::from_path(&item, Noun::Item)?, &said);
    gateway.perform(TERMS, &sent, &item, meant, named).await
}

/// List an item
#[utoipa::path(post, path = "/v1/items", tag = "catalogue", request_body = ListItem,
    responses((status = 201, description = "Listed", body = Receipt<Named>)))]
pub(super) async fn list_item(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    gateway.perform(LIST, &sent, "", |said: ListItem, _| parse::item(&said), named).await
}

/// Change an item's price
#[utoipa::path(post, path = "/v1/items/{id}/price", tag = "catalogue",
    params(("id" = String, Path, description = "The item")), request_body = PriceItem,
    responses((status = 200, description = "Priced", body = Receipt<Named>)))]
pub(super) async fn price_item(
    Here(gateway): Here,
    PathText(item): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant =
        |said: PriceItem, _: &_| parse::pricing(ItemId::from_path(&item, Noun::Item)?, &said);
    gateway.perform(PRICE, &sent, &item, meant, named).await
}

/// What of a resident decides about items.
struct Customer {
    available: Points,
    stars: u8,
    assisted: bool,
    resident: ResidentId,
    household: HouseholdId,
    /// The areas in which the household lies.
    areas: Vec<AreaId>,
}

impl Customer {
    fn is_among(&self, only: &[OpenTo]) -> bool {
        let named = |to: &OpenTo| match to {
            OpenTo::Area(area) => self.areas.contains(area),
            OpenTo::Household(household) => self.household == *household,
            OpenTo::Resident(resident) => self.resident == *resident,
        };
        only.is_empty() || only.iter().any(named)
    }
}

impl Inner {
    async fn customer(
        &self,
        resident: ResidentId,
        terms: impl Iterator<Item = &Terms>,
    ) -> Result<Customer, Problem> {
        let row = self.reader.resident(resident).await.map_err(fault)?;
        let wallet = self.reader.wallet(resident).await.map_err(fault)?;
        let (row, wallet) = row.zip(wallet).ok_or_else(|| unknown(Noun::Resident))?;
        let stars = self.stars(&wallet).await?;
        let mut named = terms.flat_map(|terms| &terms.only);
        // Most items name no area, and then nobody looks where the household lies.
        let areas = match named.any(|to| matches!(to, OpenTo::Area(_))) {
            true => self.areas_of(row.household).await?,
            false => Vec::new(),
        };
        let (available, household, assisted) = (wallet.available, row.household, row.assisted);
        Ok(Customer { available, stars, assisted, resident, household, areas })
    }

    /// The areas in which a household lies, from its micro-grid up to the district.
    pub(super) async fn areas_of(&self, household: HouseholdId) -> Result<Vec<AreaId>, Problem> {
        match self.reader.household(household).await.map_err(fault)? {
            Some(row) => self.reader.areas_over(row.micro_grid).await.map_err(fault),
            None => Ok(Vec::new()),
        }
    }

    async fn offers(
        &self,
        station: Option<StationId>,
        after: Option<ItemId>,
    ) -> Result<(Vec<Offer>, Option<ItemId>), Problem> {
        let Some(station) = station else {
            let page = self.reader.items(after, PAGE_ROWS_MAX).await.map_err(fault)?;
            let offers = page.rows.into_iter().map(|item| Offer { item, shelf: None });
            return Ok((offers.collect(), page.next));
        };
        self.reader.station(station).await.map_err(fault)?.ok_or_else(|| unknown(Noun::Station))?;
        let page = self.reader.offers(station, after, PAGE_ROWS_MAX).await.map_err(fault)?;
        Ok((page.rows, page.next))
    }
}

fn free(offer: &Offer) -> Option<u32> {
    offer.shelf.as_ref().map(|shelf| u32::try_from(shelf.free()).unwrap_or_default())
}

/// What stands in the way of one, now and here. The ledger has the last word.
fn hindrances(
    offer: &Offer,
    here: bool,
    customer: Option<&Customer>,
    (booked, terms): (bool, Option<&Terms>),
) -> Vec<Hindrance> {
    let item = &offer.item;
    let mut found = Vec::new();
    if let Some(customer) = customer {
        if customer.stars < item.least_stars {
            found.push(Hindrance::TooFewStars);
        }
        if item.assisted_only && !customer.assisted {
            found.push(Hindrance::AssistedOnly);
        }
        if terms.is_some_and(|terms| !customer.is_among(&terms.only)) {
            found.push(Hindrance::NotOpen);
        }
        if customer.available < item.price {
            found.push(Hindrance::InsufficientPoints);
        }
    }
    if here && item.kind.is_stocked() && free(offer).unwrap_or_default() == 0 {
        found.push(Hindrance::OutOfStock);
    }
    if booked {
        found.push(Hindrance::BookingNeeded);
    }
    if terms.is_some_and(|terms| terms.voucher.is_some()) {
        found.push(Hindrance::VoucherNeeded);
    }
    found
}

fn of_row(item: &Item, terms: Option<&Terms>) -> api::item::Item {
    api::item::Item {
        item: id(item.item),
        supplier: id(item.supplier),
        name: api::Bilingual::new(item.name_zh.as_str(), item.name_en.as_str()),
        kind: item.kind.said(),
        price: amount(item.price),
        cost: amount(item.cost),
        eligibility: api::item::Eligibility {
            least_stars: item.least_stars,
            assisted_only: item.assisted_only,
        },
        terms: terms.map(item_terms),
    }
}

macro_rules! cursors {
    ($($name:ident),+) => {$(
        impl Cursor for $name {
            fn numbers(&self) -> Vec<i128> {
                // ULIDs stay below 2^127 until the year 6429.
                vec![i128::try_from(self.number()).unwrap_or(i128::MAX)]
            }

            fn from_numbers(numbers: &[i128]) -> Option<Self> {
                let [number] = numbers else { return None };
                u128::try_from(*number).ok().map(Self::from_number)
            }
        }
    )+};
}

cursors! { ItemId, ResourceId }
