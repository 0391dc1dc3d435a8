//! Changes of balances.

use std::collections::BTreeMap;

use linli_domain::id::{LotId, OfficerId, PoolId, ResidentId, SupplierId};
use linli_domain::time::Timestamp;

use super::{
    Disputed, Line, LossAccount, Lot, Part, PoolAccount, Resolved, Settlement, Statement,
    SupplierAccount, TimeAsk, TimeAskEnded, TimeBalance, TimeHolder, TimeNetting, Wallet,
};
use crate::cell::Uuid;
use crate::error::WriteError;
use crate::projection::Projection;
use crate::write::Writer;

/// What a batch of records changes in balances: new lots as they stand at its end, lines as they
/// are, and in each other row how much is added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is a table or a change to one, told there")]
pub struct Changes {
    pub wallets: BTreeMap<ResidentId, Wallet>,
    pub lots: BTreeMap<(ResidentId, LotId, Timestamp), Lot>,
    /// What came back into a lot that may have left the table.
    pub restored: BTreeMap<(ResidentId, LotId, Timestamp), Lot>,
    pub parts: BTreeMap<(ResidentId, LotId, Timestamp), Part>,
    pub lines: Vec<Line>,
    pub pools: BTreeMap<PoolId, PoolAccount>,
    pub suppliers: BTreeMap<SupplierId, SupplierAccount>,
    pub losses: BTreeMap<OfficerId, LossAccount>,
    pub statements: Vec<Statement>,
    pub disputed: Vec<Disputed>,
    pub resolved: Vec<Resolved>,
    pub settlements: Vec<Settlement>,
    pub time_balances: BTreeMap<(TimeHolder, Uuid), TimeBalance>,
    pub time_asks: BTreeMap<ResidentId, TimeAsk>,
    pub time_asks_ended: BTreeMap<ResidentId, TimeAskEnded>,
    pub time_nettings: Vec<TimeNetting>,
}

impl crate::write::Changes for Changes {
    const PROJECTION: Projection = Projection::Balances;

    async fn write(&self, writer: &Writer<'_>) -> Result<(), WriteError> {
        writer.upsert(self.wallets.values()).await?;
        writer.insert(self.lots.values().filter(|lot| !lot.is_spent())).await?;
        writer.upsert(self.restored.values()).await?;
        // Lots that hold nothing any longer leave, as they leave a wallet.
        writer.change_or_end(self.parts.values(), Part::SPENT).await?;
        let key = |line: &Line| (line.resident, line.position, line.ordinal);
        writer.insert_by(&self.lines, key).await?;
        writer.upsert(self.pools.values()).await?;
        writer.upsert(self.suppliers.values()).await?;
        writer.upsert(self.losses.values()).await?;
        writer.insert(&self.statements).await?;
        writer.insert(&self.disputed).await?;
        writer.change(&self.resolved).await?;
        writer.change(&self.settlements).await?;
        writer.upsert(self.time_balances.values()).await?;
        writer.change(self.time_asks_ended.values()).await?;
        writer.upsert(self.time_asks.values()).await?;
        writer.insert(&self.time_nettings).await
    }
}
