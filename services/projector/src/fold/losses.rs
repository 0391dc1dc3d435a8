//! What is lost, under the name of the officer who answers for it.

use linli_domain::id::OfficerId;
use linli_domain::item;
use linli_domain::quantity::Fen;
use linli_readmodel::balances::{Changes, LossAccount};

use super::{add_count, add_fen};
use crate::error::FoldError;

/// A shelf was counted: what is missing, and what nobody knew of.
pub(super) fn counted(changes: &mut Changes, it: &item::Count) -> Result<(), FoldError> {
    let item::CountStock { officer, found, .. } = it.count;
    lose(changes, officer, it.expected.saturating_sub(found), it.cost)?;
    let surplus = found.saturating_sub(it.expected);
    let fen = it.cost.times(surplus).ok_or(FoldError::Range)?;
    let loss = of(changes, officer);
    add_count(&mut loss.surplus_pieces, i64::from(surplus))?;
    add_fen(&mut loss.surplus_fen, fen)
}

/// Pieces are gone, at this cost each.
pub(super) fn lose(
    changes: &mut Changes,
    officer: OfficerId,
    pieces: u32,
    cost: Fen,
) -> Result<(), FoldError> {
    let fen = cost.times(pieces).ok_or(FoldError::Range)?;
    let loss = of(changes, officer);
    add_count(&mut loss.lost_pieces, i64::from(pieces))?;
    add_fen(&mut loss.lost_fen, fen)
}

/// What stands under an officer's name.
pub(super) fn of(changes: &mut Changes, officer: OfficerId) -> &mut LossAccount {
    changes.losses.entry(officer).or_insert_with(|| LossAccount::empty(officer))
}
