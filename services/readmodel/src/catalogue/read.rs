//! Queries of the catalogue.

use linli_domain::id::{ItemId, StationId};

use super::{Item, Price, Shelf};
use crate::cell::Cell;
use crate::error::ReadError;
use crate::page::{Page, fetch};
use crate::projection::Projection;
use crate::reader::Reader;
use crate::table::{Table as _, statement};

/// An item as a station can offer it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The item.
    pub item: Item,
    /// Its stock there; none for services and bookables, which aren't counted.
    pub shelf: Option<Shelf>,
}

impl Reader {
    /// Items in the order of their ids, after one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn items(
        &self,
        after: Option<ItemId>,
        limit: u32,
    ) -> Result<Page<Item, ItemId>, ReadError> {
        let rest = "AND ($2::uuid IS NULL OR item > $2) ORDER BY item LIMIT $3";
        let rows = self.select(rest, &[&after.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |item: &Item| item.item))
    }

    /// One item.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn item(&self, item: ItemId) -> Result<Option<Item>, ReadError> {
        self.select_first("AND item = $2", &[&item.wire()]).await
    }

    /// These items, in the order of their ids; those that aren't there are left out.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn items_of(&self, items: &[ItemId]) -> Result<Vec<Item>, ReadError> {
        let wanted: Vec<_> = items.iter().map(Cell::wire).collect();
        self.select("AND item = ANY($2) ORDER BY item", &[&wanted]).await
    }

    /// All prices that an item had, newest first.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn prices(&self, item: ItemId) -> Result<Vec<Price>, ReadError> {
        self.select("AND item = $2 ORDER BY position DESC", &[&item.wire()]).await
    }

    /// An item's stock at every station that ever had some, in the order of the stations' ids.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn shelves(&self, item: ItemId) -> Result<Vec<Shelf>, ReadError> {
        self.select("AND item = $2 ORDER BY station", &[&item.wire()]).await
    }

    /// What stands at a station, in the order of the items' ids, after one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn shelves_at(
        &self,
        station: StationId,
        after: Option<ItemId>,
        limit: u32,
    ) -> Result<Page<Shelf, ItemId>, ReadError> {
        let rest = "AND station = $2 AND ($3::uuid IS NULL OR item > $3) ORDER BY item LIMIT $4";
        let rows = self.select(rest, &[&station.wire(), &after.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &Shelf| row.item))
    }

    /// What can be had at a station, in the order of the items' ids, after one of them: goods
    /// that it ever had on its shelves (also when none is left, which a clerk wants to see), all
    /// services and all bookables.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn offers(
        &self,
        station: StationId,
        after: Option<ItemId>,
        limit: u32,
    ) -> Result<Page<Offer, ItemId>, ReadError> {
        let (client, schema) = self.session(Projection::Catalogue).await?;
        let text = format!(
            "SELECT s.item IS NOT NULL, {}, {} FROM {schema}.item i \
             LEFT JOIN {schema}.shelf s \
               ON s.district = i.district AND s.item = i.item AND s.station = $2 \
             WHERE i.district = $1 AND ($3::uuid IS NULL OR i.item > $3) \
               AND (i.kind <> 'goods' OR s.item IS NOT NULL) \
             ORDER BY i.item LIMIT $4",
            statement::names::<Item>("i."),
            statement::names::<Shelf>("s."),
        );
        let statement = client.prepare_cached(&text).await?;
        let (district, station) = (self.district().as_str(), station.wire());
        let (after, fetch) = (after.wire(), fetch(limit));
        let rows = client.query(&statement, &[&district, &station, &after, &fetch]).await?;
        let offers = rows.iter().map(offer).collect::<Result<_, _>>()?;
        Ok(Page::cut(offers, limit, |offer: &Offer| offer.item.item))
    }
}

fn offer(row: &tokio_postgres::Row) -> Result<Offer, ReadError> {
    const SHELF_AT: usize = 1_usize.saturating_add(Item::COLUMNS.len());
    let has_shelf: bool = row.try_get(0)?;
    let item = Item::from_row(row, 1)?;
    let shelf = if has_shelf { Some(Shelf::from_row(row, SHELF_AT)?) } else { None };
    Ok(Offer { item, shelf })
}
