//! Accounts that were closed for good: what they held goes where their records say, and nothing
//! comes to them any more.

use linli_domain::resident;
use linli_domain::wallet::Closing;

use super::*;

impl Books {
    pub(super) fn erase(&mut self, event: &resident::Event, broken: &mut Vec<Broken>) {
        let resident::Event::Erased(erasure) = event else { return };
        if !self.erased.insert(erasure.resident) {
            broken.push((Rule::EraseOnce, format!("resident {} again", erasure.resident)));
        }
        self.watch_queues_of(erasure.resident);
    }

    /// What lapses leaves what could be spent, and what is forgiven leaves what was owed.
    pub(super) fn close(
        &mut self,
        closing: &Closing,
        postings: &[Posting],
        broken: &mut Vec<Broken>,
    ) {
        let Closing { resident, lapsed, forgiven } = closing;
        let owed = forgiven
            .iter()
            .fold(0_i128, |sum, debt| sum.saturating_add(i128::from(debt.owed.hundredths())));
        let said = [sum_of(lapsed), owed].map(i128::saturating_neg);
        let accounts = [Account::Available(*resident), Account::Receivable(*resident)];
        let posted = accounts.map(|account| posted_to(postings, account));
        if said != posted {
            let what = format!("lapsed and forgiven are {said:?}, posted are {posted:?}");
            broken.push((Rule::ClosedPosted, what));
        }
        if !self.erased.contains(resident) {
            broken.push((Rule::ClosedPosted, format!("resident {resident} was not erased")));
        }
    }

    /// Nothing comes to an account that was closed.
    pub(super) fn stay_closed(&self, postings: &[Posting], broken: &mut Vec<Broken>) {
        if self.erased.is_empty() {
            return;
        }
        for posting in postings {
            let whose = match posting.account {
                Account::Available(id) | Account::Held(id) | Account::Receivable(id) => id,
                Account::Funder(_)
                | Account::Pool(_)
                | Account::Supplier(_)
                | Account::Expired(_)
                | Account::Claims(_)
                | Account::Loss(_)
                | Account::Settled(_)
                | Account::Corrected(_) => continue,
            };
            let hundredths = posting.amount.hundredths();
            if hundredths > 0 && self.erased.contains(&whose) {
                let what = format!("{hundredths} hundredths to {:?}", posting.account);
                broken.push((Rule::ErasedGetsNothing, what));
            }
        }
    }
}
