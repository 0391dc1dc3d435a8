//! Changes of balances.

use std::collections::BTreeMap;

use linli_domain::id::{LotId, PoolId, ResidentId, SupplierId};

use super::{Line, Lot, Part, PoolAccount, SupplierAccount, Wallet};
use crate::cell::{Cell as _, Uuid};
use crate::error::WriteError;
use crate::projection::Projection;
use crate::table::{Table as _, statement};
use crate::write::Writer;

/// What a batch of records changes in balances: new lots as they stand at its end, lines as they
/// are, and in each other row how much is added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is a table or a change to one, told there")]
pub struct Changes {
    pub wallets: BTreeMap<ResidentId, Wallet>,
    pub lots: BTreeMap<(ResidentId, LotId), Lot>,
    pub parts: BTreeMap<(ResidentId, LotId), Part>,
    pub lines: Vec<Line>,
    pub pools: BTreeMap<PoolId, PoolAccount>,
    pub suppliers: BTreeMap<SupplierId, SupplierAccount>,
}

impl crate::write::Changes for Changes {
    const PROJECTION: Projection = Projection::Balances;

    async fn write(&self, writer: &Writer<'_>) -> Result<(), WriteError> {
        writer.upsert(self.wallets.values()).await?;
        writer.insert(self.lots.values().filter(|lot| !lot.is_spent())).await?;
        writer.change(self.parts.values()).await?;
        self.drop_spent_lots(writer).await?;
        // In the order of the key, which is a third cheaper for the index.
        let mut lines: Vec<&Line> = self.lines.iter().collect();
        lines.sort_unstable_by_key(|line| (line.resident, line.position, line.ordinal));
        writer.insert(lines).await?;
        writer.upsert(self.pools.values()).await?;
        writer.upsert(self.suppliers.values()).await
    }
}

impl Changes {
    /// Of the lots that changed, those that hold nothing any longer leave, as they leave a wallet.
    async fn drop_spent_lots(&self, writer: &Writer<'_>) -> Result<(), WriteError> {
        if self.parts.is_empty() {
            return Ok(());
        }
        let fault = |source| WriteError::Statement { table: Lot::NAME, source };
        let given = "unnest($2::uuid[], $3::uuid[]) AS a(resident, lot)";
        let keys = ["resident", "lot"].into_iter();
        let found = statement::found(writer.schema, Lot::NAME, keys, given);
        let text = format!(
            "DELETE FROM {}.lot AS t USING {found} WHERE t.ctid = u.place \
               AND t.available_hundredths = 0 AND t.held_hundredths = 0",
            writer.schema
        );
        let statement = writer.transaction.prepare_cached(&text).await.map_err(fault)?;
        let (residents, lots): (Vec<Uuid>, Vec<Uuid>) =
            self.parts.keys().map(|(resident, lot)| (resident.wire(), lot.wire())).unzip();
        let district = writer.district.as_str();
        let deleted = writer.transaction.execute(&statement, &[&district, &residents, &lots]).await;
        deleted.map(drop).map_err(fault)
    }
}
