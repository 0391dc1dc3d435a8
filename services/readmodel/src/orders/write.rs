//! Changes of orders.

use std::collections::BTreeMap;

use linli_domain::id::{AidId, HazardId, OrderId, ResidentId, WhistleId};

use super::{Aid, Hazard, Order, Pause, Step, Whistle};
use crate::error::WriteError;
use crate::projection::Projection;
use crate::write::Writer;

/// What a batch of records changes in orders: whole rows, as they stand after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is a table, told there")]
pub struct Changes {
    pub hazards: BTreeMap<HazardId, Hazard>,
    pub pauses: BTreeMap<ResidentId, Pause>,
    pub orders: BTreeMap<OrderId, Order>,
    pub whistles: BTreeMap<WhistleId, Whistle>,
    pub aids: BTreeMap<AidId, Aid>,
    pub steps: Vec<Step>,
}

impl crate::write::Changes for Changes {
    const PROJECTION: Projection = Projection::Orders;

    async fn write(&self, writer: &Writer<'_>) -> Result<(), WriteError> {
        writer.upsert(self.hazards.values()).await?;
        writer.upsert(self.pauses.values()).await?;
        writer.upsert(self.orders.values()).await?;
        writer.upsert(self.whistles.values()).await?;
        writer.upsert(self.aids.values()).await?;
        writer.insert(&self.steps).await
    }
}
