//! Changes of the catalogue.

use std::collections::BTreeMap;

use linli_domain::id::{ItemId, ResourceId, StationId};

use super::{
    Item, ItemLimit, ItemOpenTo, ItemTerms, Opening, Price, Pricing, Resource, Shelf, SlotTurn,
    Withdrawal,
};
use crate::error::WriteError;
use crate::projection::Projection;
use crate::write::Writer;

/// What a batch of records changes in the catalogue: in the shelves, how much is added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is a table or a change to one, told there")]
pub struct Changes {
    pub items: Vec<Item>,
    pub pricings: BTreeMap<ItemId, Pricing>,
    pub prices: Vec<Price>,
    pub terms: Vec<ItemTerms>,
    pub open_to: Vec<ItemOpenTo>,
    pub limits: Vec<ItemLimit>,
    pub shelves: BTreeMap<(StationId, ItemId), Shelf>,
    pub resources: BTreeMap<ResourceId, Resource>,
    pub openings: Vec<Opening>,
    pub withdrawals: Vec<Withdrawal>,
    pub slot_turns: Vec<SlotTurn>,
}

impl crate::write::Changes for Changes {
    const PROJECTION: Projection = Projection::Catalogue;

    async fn write(&self, writer: &Writer<'_>) -> Result<(), WriteError> {
        writer.insert(&self.items).await?;
        writer.change(self.pricings.values()).await?;
        writer.insert(&self.prices).await?;
        writer.insert(&self.terms).await?;
        writer.insert(&self.open_to).await?;
        writer.insert(&self.limits).await?;
        writer.upsert(self.shelves.values()).await?;
        writer.insert(self.resources.values()).await?;
        writer.insert(&self.openings).await?;
        writer.insert(&self.slot_turns).await?;
        writer.change(&self.withdrawals).await
    }
}
