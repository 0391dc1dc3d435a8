//! What the facts of wallets do to the state, and the deadlines of lots.

use crate::id::ResidentId;
use crate::state::{Step, known};
use crate::wallet::LotTaken;
use crate::{Deadline, State};

/// Takes away what lapsed.
pub(crate) fn evolve(state: &mut State, resident: ResidentId, lapsed: &LotTaken) -> Step {
    let wallet = known(state.wallet_mut(resident), resident)?;
    known(wallet.take(std::slice::from_ref(lapsed)), lapsed)?;
    state.watch_lots(resident, std::slice::from_ref(lapsed));
    Ok(())
}

impl State {
    /// Keeps a deadline for each lot just as long as something of it can be spent.
    pub(crate) fn watch_lots(&mut self, resident: ResidentId, touched: &[LotTaken]) {
        for part in touched {
            let deadline = (part.expires_at, Deadline::LotLapses(resident, part.lot));
            let wallet = self.residents.get(resident).map(|resident| &resident.wallet);
            if wallet.and_then(|wallet| wallet.lapsing(part.lot)).is_some() {
                self.deadlines.insert(deadline);
            } else {
                self.deadlines.remove(&deadline);
            }
        }
    }
}
