//! Statements, their disputes and payments, from the records.

use std::collections::BTreeMap;

use linli_domain::Record;
use linli_domain::id::{ItemId, StatementId, SupplierId};
use linli_domain::quantity::{Fen, Points};
use linli_domain::statement::{Event, Ruling};
use linli_readmodel::balances::{Disputed, Statement};
use linli_readmodel::{ReadError, Snapshot, Uuid};

use super::Rows;
use super::merge::merge;

/// What records tell of statements.
#[derive(Default)]
pub(super) struct Settling {
    statements: BTreeMap<StatementId, Statement>,
    disputed: BTreeMap<(StatementId, Uuid), Disputed>,
    paid_fen: BTreeMap<SupplierId, Fen>,
}

impl Settling {
    pub(super) fn take(&mut self, record: &Record, event: &Event) {
        match event {
            Event::Issued(it) => {
                let row = Statement {
                    statement: it.issue.statement,
                    supplier: it.issue.supplier,
                    label: it.issue.label.clone(),
                    position: record.position,
                    issued_at: record.recorded_at,
                    settled_position: None,
                    payment: None,
                    paid: None,
                    paid_fen: None,
                };
                self.statements.insert(it.issue.statement, row);
            }
            Event::Disputed { dispute, .. } => {
                let key = (dispute.statement, line_of(dispute.item));
                let row = Disputed {
                    statement: key.0,
                    item: key.1,
                    reason: dispute.reason,
                    claimed: dispute.claimed.points,
                    claimed_fen: dispute.claimed.fen,
                    resolution: None,
                    upheld: None,
                    correction: Points::ZERO,
                    correction_fen: Fen::ZERO,
                };
                self.disputed.insert(key, row);
            }
            Event::Resolved { resolve, correction, .. } => {
                let key = (resolve.statement, line_of(resolve.item));
                let Some(row) = self.disputed.get_mut(&key) else { return };
                row.resolution = Some(resolve.reference.clone());
                row.upheld = Some(matches!(resolve.ruling, Ruling::Upheld(_)));
                (row.correction, row.correction_fen) = (correction.points, correction.fen);
            }
            Event::Settled { supplier, settle, paid } => {
                let sum = self.paid_fen.entry(*supplier).or_default();
                *sum = sum.plus(paid.fen).unwrap_or(*sum);
                let Some(row) = self.statements.get_mut(&settle.statement) else { return };
                row.settled_position = Some(record.position);
                row.payment = Some(settle.reference.clone());
                (row.paid, row.paid_fen) = (Some(paid.points), Some(paid.fen));
            }
        }
    }

    /// What a supplier was paid, in fen.
    pub(super) fn paid_fen(&self, supplier: SupplierId) -> Fen {
        self.paid_fen.get(&supplier).copied().unwrap_or_default()
    }

    pub(super) async fn compare(
        &self,
        snapshot: &Snapshot,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        let statements = self.statements.values().cloned();
        merge(snapshot, statements, |row: &Statement| row.statement, rows).await?;
        let disputed = self.disputed.values().cloned();
        merge(snapshot, disputed, |row: &Disputed| (row.statement, row.item), rows).await
    }
}

/// Which line: an item's, or nil for that of all others.
fn line_of(item: Option<ItemId>) -> Uuid {
    Uuid(item.map_or(0, ItemId::number))
}
