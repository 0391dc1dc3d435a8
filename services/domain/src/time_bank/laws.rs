//! Laws of stored time that hold at every position.

use crate::state::Law;
use crate::time_bank::{Event, TimeAccount};
use crate::{Contradiction, Deadline, State};

impl State {
    /// Checks what a fact has touched: nobody but the fund, whoever was served, and clearing stands below zero,
    /// and a chest grants as soon as it can.
    pub(crate) fn check_time(&self, event: &Event) -> Result<(), Contradiction> {
        event.moves().iter().try_for_each(|step| self.check_time_account(step.account))
    }

    fn check_time_account(&self, account: TimeAccount) -> Result<(), Contradiction> {
        let found = self.stored_time(account);
        let stands = match account {
            TimeAccount::Fund | TimeAccount::Clearing(_) => true,
            // How far somebody may owe is the rules' of the day, which the wish is asked again by.
            TimeAccount::Resident(id) => found == 0 || !self.is_erased(id) || self.closing_time(id),
            TimeAccount::Team(_) => found >= 0,
            TimeAccount::Chest(community) => found >= 0 && self.watches_chest(community),
        };
        if stands {
            return Ok(());
        }
        Err(self.broken(Law::StoredTime, format!("{account:?} at {found} min")))
    }

    fn closing_time(&self, id: crate::id::ResidentId) -> bool {
        self.deadlines.iter().any(|(_, queued)| *queued == Deadline::TimeCloses(id))
    }

    /// Checks all of it: accounts sum to zero, and so do the clearing accounts; every ask has its clock.
    pub(crate) fn check_time_bank(&self) -> Result<(), Contradiction> {
        let (mut sum, mut clearing) = (0_i128, 0_i128);
        for (account, minutes) in self.time.sorted() {
            self.check_time_account(account)?;
            sum = sum.saturating_add(i128::from(*minutes));
            if let TimeAccount::Clearing(_) = account {
                clearing = clearing.saturating_add(i128::from(*minutes));
            }
        }
        if (sum, clearing) != (0, 0) {
            let found = format!("all accounts sum to {sum} min, clearing to {clearing} min");
            return Err(self.broken(Law::StoredTime, found));
        }
        for (id, ask) in self.asks.sorted() {
            let deadline = Deadline::AskLapses(id);
            if !self.deadlines.contains(&(ask.lapses_at, deadline)) {
                let found = format!("{deadline:?} is not in the queue");
                return Err(self.broken(Law::Deadline, found));
            }
        }
        Ok(())
    }
}
