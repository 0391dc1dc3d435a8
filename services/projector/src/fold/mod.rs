//! Folds: what each record changes in a read model. Pure, and every fold names every fact, so
//! that a new one breaks each of them until somebody has thought about it.

mod balances;
mod bookings;
mod catalogue;
mod conduct;
mod contributions;
mod counter;
mod directory;
mod emptied;
mod estates;
mod honours;
mod losses;
mod notices;
mod orders;
mod postings;
mod queues;
mod rankings;
mod redemptions;
mod settling;
mod stored_time;
mod vouchers;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

pub use balances::Balances;
pub use catalogue::Catalogue;
pub use contributions::Contributions;
pub use directory::Directory;
pub use orders::Orders;
pub use rankings::Rankings;
pub use redemptions::Redemptions;

use deadpool_postgres::Object;
use linli_domain::Record;
use linli_domain::quantity::{Fen, Merit, Points};
use linli_domain::text::Code;
use linli_readmodel::{Changes, ReadError};

use crate::error::FoldError;

/// A fold, with what it has to remember of earlier records.
pub trait Fold: Sized + Send + Sync {
    /// What it makes.
    type Changes: Changes + 'static;

    /// Remembers what earlier records said, from the rows that were made of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    fn load(
        client: &Object,
        schema: &str,
        district: &Code,
    ) -> impl Future<Output = Result<Self, ReadError>> + Send;

    /// Adds what a record changes.
    ///
    /// # Errors
    ///
    /// [`FoldError`] if the record contradicts what is known. `changes` is then of no more use.
    fn fold(&self, changes: &mut Self::Changes, record: &Record) -> Result<(), FoldError>;

    /// Remembers what was written of these changes.
    fn learn(&mut self, changes: &Self::Changes) {
        let _ = changes;
    }
}

/// Adds to an amount.
fn add_points(to: &mut Points, more: Points) -> Result<(), FoldError> {
    *to = to.plus(more).ok_or(FoldError::Range)?;
    Ok(())
}

/// Adds to money.
fn add_fen(to: &mut Fen, more: Fen) -> Result<(), FoldError> {
    *to = to.plus(more).ok_or(FoldError::Range)?;
    Ok(())
}

/// Adds to merit.
fn add_merit(to: &mut Merit, more: Merit) -> Result<(), FoldError> {
    *to = to.plus(more).ok_or(FoldError::Range)?;
    Ok(())
}

/// Adds to a count.
fn add_count(to: &mut i64, more: i64) -> Result<(), FoldError> {
    *to = to.checked_add(more).ok_or(FoldError::Range)?;
    Ok(())
}

/// The number of something in a list of a record, which holds 65,535 bytes at the most.
fn ordinal(index: usize) -> Result<u16, FoldError> {
    u16::try_from(index).map_err(|_| FoldError::Range)
}
