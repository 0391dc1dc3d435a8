//! Statements of suppliers, their disputes and payments.

use linli_domain::Record;
use linli_domain::id::ItemId;
use linli_domain::quantity::Fen;
use linli_domain::quantity::Points;
use linli_domain::statement::{Event, Ruling};
use linli_readmodel::Uuid;
use linli_readmodel::balances::{Changes, Disputed, Resolved, Settlement, Statement};

use super::add_fen;
use super::balances::supplier_of;
use crate::error::FoldError;

pub(super) fn fold(changes: &mut Changes, record: &Record, event: &Event) -> Result<(), FoldError> {
    match event {
        Event::Issued(it) => changes.statements.push(Statement {
            statement: it.issue.statement,
            supplier: it.issue.supplier,
            label: it.issue.label.clone(),
            position: record.position,
            issued_at: record.recorded_at,
            settled_position: None,
            payment: None,
            paid: None,
            paid_fen: None,
        }),
        Event::Disputed { dispute, .. } => changes.disputed.push(Disputed {
            statement: dispute.statement,
            item: line_of(dispute.item),
            reason: dispute.reason,
            claimed: dispute.claimed.points,
            claimed_fen: dispute.claimed.fen,
            resolution: None,
            upheld: None,
            correction: Points::ZERO,
            correction_fen: Fen::ZERO,
        }),
        Event::Resolved { supplier, resolve, correction } => {
            changes.resolved.push(Resolved {
                statement: resolve.statement,
                item: line_of(resolve.item),
                resolution: Some(resolve.reference.clone()),
                upheld: Some(matches!(resolve.ruling, Ruling::Upheld(_))),
                correction: correction.points,
                correction_fen: correction.fen,
            });
            add_fen(&mut supplier_of(changes, *supplier).owed_fen, correction.fen)?;
        }
        Event::Settled { supplier, settle, paid } => {
            changes.settlements.push(Settlement {
                statement: settle.statement,
                settled_position: Some(record.position),
                payment: Some(settle.reference.clone()),
                paid: Some(paid.points),
                paid_fen: Some(paid.fen),
            });
            let account = supplier_of(changes, *supplier);
            add_fen(&mut account.owed_fen, paid.fen.negated())?;
            add_fen(&mut account.settled_fen, paid.fen)?;
        }
    }
    Ok(())
}

/// Which line: an item's, or nil for that of all others.
fn line_of(item: Option<ItemId>) -> Uuid {
    Uuid(item.map_or(0, ItemId::number))
}
