//! Clearing the wallet of an erased resident, record by record.

use crate::id::ResidentId;
use crate::quantity::Points;
use crate::state::{Step, known};
use crate::wallet::{Closing, LotTaken};
use crate::{Deadline, State};

/// The most lots, and the most debts, that one record clears: with both it stays well below the
/// 65,535 bytes of a leaf. A wallet with more is cleared in several records.
pub const CLOSED_MAX: usize = 400;

impl State {
    /// What the next record clears of an erased resident's wallet.
    pub(crate) fn closing(&self, resident: ResidentId) -> Option<Closing> {
        let wallet = &self.residents.get(resident)?.wallet;
        let lots = wallet.lots().iter().filter(|lot| lot.available > Points::ZERO);
        let lapsed = lots.take(CLOSED_MAX).map(|lot| LotTaken {
            lot: lot.lot,
            pool: lot.pool,
            expires_at: lot.expires_at,
            points: lot.available,
        });
        let forgiven = wallet.debts().iter().take(CLOSED_MAX).copied().collect();
        Some(Closing { resident, lapsed: lapsed.collect(), forgiven })
    }

    /// Keeps the deadline of an erased resident's wallet just as long as there is something to clear.
    pub(crate) fn watch_closing(&mut self, id: ResidentId) {
        let Some(resident) = self.residents.get(id) else { return };
        let Some(at) = resident.erased_at else { return };
        let available = resident.wallet.lots().iter().any(|lot| lot.available > Points::ZERO);
        if available || !resident.wallet.debts().is_empty() {
            self.deadlines.insert((at, Deadline::WalletCloses(id)));
        } else {
            self.deadlines.remove(&(at, Deadline::WalletCloses(id)));
        }
    }

    /// Takes out what a record clears. What is written off counts as settled, as what was repaid:
    /// it is never asked for again.
    pub(super) fn cleared(&mut self, closing: &Closing) -> Step {
        let Closing { resident, lapsed, forgiven } = closing;
        let found = known(self.residents.get_mut(*resident), resident)?;
        known(found.erased_at, resident)?;
        known(found.wallet.take(lapsed), resident)?;
        for debt in forgiven {
            let wallet = known(self.wallet_mut(*resident), resident)?;
            let less = debt.owed.negated();
            known(wallet.owe(debt.contribution, debt.pool, less), debt.contribution)?;
            self.settle(debt.contribution, debt.owed)?;
        }
        self.watch_lots(*resident, lapsed);
        self.watch_closing(*resident);
        Ok(())
    }
}
