//! Changes of balances.

use std::collections::BTreeMap;

use linli_domain::id::{LotId, PoolId, ResidentId, SupplierId};

use super::{Line, Lot, PoolAccount, SupplierAccount, Wallet};
use crate::cell::{Cell as _, Uuid};
use crate::error::WriteError;
use crate::projection::Projection;
use crate::table::Table as _;
use crate::write::Writer;

/// What a batch of records changes in balances: in each row but the lines, how much is added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is a table, told there")]
pub struct Changes {
    pub wallets: BTreeMap<ResidentId, Wallet>,
    pub lots: BTreeMap<(ResidentId, LotId), Lot>,
    pub lines: Vec<Line>,
    pub pools: BTreeMap<PoolId, PoolAccount>,
    pub suppliers: BTreeMap<SupplierId, SupplierAccount>,
}

impl crate::write::Changes for Changes {
    const PROJECTION: Projection = Projection::Balances;

    async fn write(&self, writer: &Writer<'_>) -> Result<(), WriteError> {
        writer.upsert(self.wallets.values()).await?;
        writer.upsert(self.lots.values()).await?;
        self.drop_spent_lots(writer).await?;
        writer.upsert(&self.lines).await?;
        writer.upsert(self.pools.values()).await?;
        writer.upsert(self.suppliers.values()).await
    }
}

impl Changes {
    /// Of the lots that changed, those that hold nothing any longer leave, as they leave a wallet.
    async fn drop_spent_lots(&self, writer: &Writer<'_>) -> Result<(), WriteError> {
        if self.lots.is_empty() {
            return Ok(());
        }
        let fault = |source| WriteError::Statement { table: Lot::NAME, source };
        let text = format!(
            "DELETE FROM {}.lot t USING unnest($2::uuid[], $3::uuid[]) AS u(resident, lot) \
             WHERE t.district = $1 AND t.resident = u.resident AND t.lot = u.lot \
               AND t.available_hundredths = 0 AND t.held_hundredths = 0",
            writer.schema
        );
        let statement = writer.transaction.prepare_cached(&text).await.map_err(fault)?;
        let (residents, lots): (Vec<Uuid>, Vec<Uuid>) =
            self.lots.keys().map(|(resident, lot)| (resident.wire(), lot.wire())).unzip();
        let district = writer.district.as_str();
        let deleted = writer.transaction.execute(&statement, &[&district, &residents, &lots]).await;
        deleted.map(drop).map_err(fault)
    }
}
