//! Postings: what each account comes to, and the lines of residents' statements.

use linli_domain::Record;
use linli_domain::posting::{Account, Posting};
use linli_readmodel::balances::{Changes, Kind, Line, Side};

use super::balances::{Cause, pool_of, supplier_of, wallet_of};
use super::{add_points, losses};
use crate::error::FoldError;

/// Adds a posting to its account, and to the resident's statement if it is one of theirs.
pub(super) fn fold(
    changes: &mut Changes,
    record: &Record,
    cause: Cause,
    ordinal: u16,
    posting: &Posting,
) -> Result<(), FoldError> {
    let amount = posting.amount;
    let (resident, side) = match posting.account {
        Account::Funder(pool) => {
            return add_points(&mut pool_of(changes, pool).funded, amount.negated());
        }
        Account::Pool(pool) => return add_points(&mut pool_of(changes, pool).left, amount),
        Account::Expired(pool) => return add_points(&mut pool_of(changes, pool).lapsed, amount),
        Account::Claims(pool) => {
            return add_points(&mut pool_of(changes, pool).claims, amount.negated());
        }
        Account::Supplier(supplier) => {
            return add_points(&mut supplier_of(changes, supplier).owed, amount);
        }
        Account::Settled(supplier) => {
            return add_points(&mut supplier_of(changes, supplier).settled, amount);
        }
        Account::Loss(officer) => {
            return add_points(&mut losses::of(changes, officer).points, amount.negated());
        }
        // The other side of what stands in the supplier's account.
        Account::Corrected(_) => return Ok(()),
        Account::Available(resident) => (resident, Side::Available),
        Account::Held(resident) => (resident, Side::Held),
        Account::Receivable(resident) => (resident, Side::Receivable),
    };
    let wallet = wallet_of(changes, resident);
    let balance = match side {
        Side::Available => &mut wallet.available,
        Side::Held => &mut wallet.held,
        Side::Receivable => &mut wallet.receivable,
    };
    add_points(balance, amount)?;
    let (kind, reference) = cause.ok_or(FoldError::Unexplained)?;
    let kind = match (kind, side) {
        (Kind::Earned, Side::Receivable) => Kind::Repaid,
        (kind, _) => kind,
    };
    changes.lines.push(Line {
        resident,
        position: record.position,
        ordinal,
        side,
        kind,
        amount,
        balance: posting.balance,
        reference,
        happened_at: record.happened_at,
        recorded_at: record.recorded_at,
    });
    Ok(())
}
