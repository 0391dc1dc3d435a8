//! Queries of what can be booked.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use linli_domain::id::{ItemId, ResourceId, StationId};
use linli_domain::time::Timestamp;

use super::{Opening, Resource, SlotTurn};
use crate::cell::Cell as _;
use crate::error::ReadError;
use crate::page::{Page, fetch};
use crate::reader::Reader;

/// A resource with its openings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The resource.
    pub resource: Resource,
    /// When it is open, in the order of the week.
    pub openings: Vec<Opening>,
}

impl Reader {
    /// One resource.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn resource(&self, id: ResourceId) -> Result<Option<Place>, ReadError> {
        let resource = self.select_first("AND resource = $2", &[&id.wire()]).await?;
        let Some(resource) = resource else { return Ok(None) };
        let openings = self.select("AND resource = $2 ORDER BY ordinal", &[&id.wire()]).await?;
        Ok(Some(Place { resource, openings }))
    }

    /// The slots of a resource that are off and begin in a span of time, by their start: what turned
    /// each last.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn slots_off(
        &self,
        id: ResourceId,
        (from, until): (Timestamp, Timestamp),
    ) -> Result<BTreeMap<Timestamp, SlotTurn>, ReadError> {
        let rest = "AND resource = $2 AND start_us >= $3 AND start_us < $4 \
                    ORDER BY start_us, position";
        let turns: Vec<SlotTurn> =
            self.select(rest, &[&id.wire(), &from.wire(), &until.wire()]).await?;
        let mut last: BTreeMap<_, _> = turns.into_iter().map(|turn| (turn.start, turn)).collect();
        last.retain(|_, turn| turn.reason.is_some());
        Ok(last)
    }

    /// The items that are booked by the slot: those with a resource that wasn't withdrawn.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn booked_items(&self) -> Result<BTreeSet<ItemId>, ReadError> {
        let open: Vec<Resource> = self.select("AND withdrawn_position IS NULL", &[]).await?;
        Ok(open.into_iter().map(|row| row.item).collect())
    }

    /// Resources in the order of their ids, after one of them: those of an item, of a station, or of
    /// both, where these are named.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn resources(
        &self,
        item: Option<ItemId>,
        station: Option<StationId>,
        after: Option<ResourceId>,
        limit: u32,
    ) -> Result<Page<Place, ResourceId>, ReadError> {
        let rest = "AND ($2::uuid IS NULL OR item = $2) AND ($3::uuid IS NULL OR station = $3) \
                    AND ($4::uuid IS NULL OR resource > $4) ORDER BY resource LIMIT $5";
        let rows: Vec<Resource> = self
            .select(rest, &[&item.wire(), &station.wire(), &after.wire(), &fetch(limit)])
            .await?;
        let of: Vec<_> = rows.iter().map(|row| row.resource.wire()).collect();
        let rest = "AND resource = ANY($2) ORDER BY resource, ordinal";
        let mut openings: HashMap<ResourceId, Vec<Opening>> = HashMap::new();
        for opening in self.select::<Opening>(rest, &[&of]).await? {
            openings.entry(opening.resource).or_default().push(opening);
        }
        let place = |resource: Resource| Place {
            openings: openings.remove(&resource.resource).unwrap_or_default(),
            resource,
        };
        let places = rows.into_iter().map(place).collect();
        Ok(Page::cut(places, limit, |place: &Place| place.resource.resource))
    }
}
