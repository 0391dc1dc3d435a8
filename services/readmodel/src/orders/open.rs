//! What is not over yet: what a fold remembers of earlier records.

use std::collections::BTreeMap;

use deadpool_postgres::Object;
use linli_domain::id::{AidId, HazardId, OrderId, ResidentId, WhistleId};
use linli_domain::text::Code;
use linli_domain::{aid, hazard, order, whistle};

use super::{Aid, Changes, Hazard, Order, Pause, Whistle};
use crate::error::ReadError;
use crate::table::{Table, statement};

/// Rows that may still change, whole. What is over changes no more and is forgotten.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is a table, told there")]
pub struct Open {
    pub hazards: BTreeMap<HazardId, Hazard>,
    pub pauses: BTreeMap<ResidentId, Pause>,
    pub orders: BTreeMap<OrderId, Order>,
    pub whistles: BTreeMap<WhistleId, Whistle>,
    pub aids: BTreeMap<AidId, Aid>,
}

impl Open {
    /// Reads them from a generation.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn load(client: &Object, schema: &str, district: &Code) -> Result<Self, ReadError> {
        let hazards: Vec<Hazard> = rows(client, schema, district, "status = 'reported'").await?;
        let pauses: Vec<Pause> = rows(client, schema, district, "true").await?;
        let orders: Vec<Order> = rows(client, schema, district, "status <> 'checked'").await?;
        let whistles: Vec<Whistle> = rows(client, schema, district, "status <> 'settled'").await?;
        let aids = "status IN ('open', 'matched', 'finished')";
        let aids: Vec<Aid> = rows(client, schema, district, aids).await?;
        Ok(Self {
            hazards: hazards.into_iter().map(|row| (row.hazard, row)).collect(),
            pauses: pauses.into_iter().map(|row| (row.resident, row)).collect(),
            orders: orders.into_iter().map(|row| (row.order, row)).collect(),
            whistles: whistles.into_iter().map(|row| (row.whistle, row)).collect(),
            aids: aids.into_iter().map(|row| (row.aid, row)).collect(),
        })
    }

    /// Remembers what was written, and forgets what is over.
    pub fn learn(&mut self, changes: &Changes) {
        let Changes { hazards, pauses, orders, whistles, aids, .. } = changes;
        self.hazards.extend(hazards.clone());
        self.hazards.retain(|_, row| row.status == hazard::Status::Reported);
        self.pauses.extend(pauses.clone());
        self.orders.extend(orders.clone());
        self.orders.retain(|_, row| row.status != order::Status::Checked);
        self.whistles.extend(whistles.clone());
        self.whistles.retain(|_, row| row.status != whistle::Status::Settled);
        self.aids.extend(aids.clone());
        self.aids.retain(|_, row| is_open(row.status));
    }
}

const fn is_open(status: aid::Status) -> bool {
    match status {
        aid::Status::Open | aid::Status::Matched | aid::Status::Finished => true,
        aid::Status::Confirmed | aid::Status::Withdrawn | aid::Status::Lapsed => false,
    }
}

async fn rows<T: Table>(
    client: &Object,
    schema: &str,
    district: &Code,
    only: &str,
) -> Result<Vec<T>, ReadError> {
    let (columns, table) = (statement::names::<T>(""), T::NAME);
    let text = format!("SELECT {columns} FROM {schema}.{table} WHERE district = $1 AND {only}");
    let rows = client.query(&text, &[&district.as_str()]).await?;
    let rows = rows.iter().map(|row| T::from_row(row, 0));
    rows.collect::<Result<_, _>>().map_err(ReadError::Row)
}
