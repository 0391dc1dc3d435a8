//! Laws that hold at every position, checked on what a record touched and on the whole.

use crate::id::ResidentId;
use crate::item::Shelf;
use crate::posting::{Account, Balance};
use crate::quantity::Points;
use crate::time::Timestamp;
use crate::wallet::{Recall, Wallet};
use crate::whistle::Reply;
use crate::{Contradiction, Deadline, Event, State, contribution, item, redemption, wallet};

use super::Law;

impl State {
    /// Checks the laws on what a fact has touched.
    pub(super) fn check_touched(&self, event: &Event) -> Result<(), Contradiction> {
        match event {
            Event::Contribution(contribution::Event::Awarded(award)) => {
                self.check_wallet(award.resident)
            }
            Event::Contribution(contribution::Event::Reversed(reversal)) => {
                self.check_wallet(reversal.award.resident)
            }
            Event::Redemption(event) => self.check_slip(event),
            Event::Wallet(
                wallet::Event::LotExpired { resident, .. }
                | wallet::Event::LotRecalled(Recall { resident, .. }),
            ) => self.check_wallet(*resident),
            Event::Item(item::Event::StockReceived(delivery)) => {
                self.check_shelf(self.shelf(delivery.station, delivery.item))
            }
            Event::Contribution(
                contribution::Event::Submitted { .. }
                | contribution::Event::Verified(_)
                | contribution::Event::Rejected(_)
                | contribution::Event::Queued(_),
            )
            | Event::Item(item::Event::Listed(_) | item::Event::Priced(_))
            | Event::Team(_)
            | Event::Inspection(_)
            | Event::Area(_)
            | Event::Household(_)
            | Event::Resident(_)
            | Event::Officer(_)
            | Event::Station(_)
            | Event::Supplier(_)
            | Event::Pool(_)
            | Event::Rules(_)
            | Event::Hazard(_)
            | Event::Order(_)
            | Event::Whistle(_)
            | Event::Aid(_) => Ok(()),
        }
    }

    fn check_slip(&self, event: &redemption::Event) -> Result<(), Contradiction> {
        let slip = event.slip();
        for line in slip.lines.iter().filter(|line| line.stocked) {
            self.check_shelf(self.shelf(slip.station, line.item))?;
        }
        self.check_wallet(slip.resident)
    }

    fn check_shelf(&self, shelf: Shelf) -> Result<(), Contradiction> {
        let accounted = shelf.on_hand.checked_add(shelf.delivered);
        if accounted == Some(shelf.received) && shelf.reserved <= shelf.on_hand {
            Ok(())
        } else {
            Err(self.broken(Law::Stock, format!("{shelf:?}")))
        }
    }

    fn check_wallet(&self, id: ResidentId) -> Result<(), Contradiction> {
        let Some(resident) = self.residents.get(id) else {
            return Err(self.broken(Law::Known, format!("resident {id}")));
        };
        let wallet = &resident.wallet;
        self.check_debts(id, wallet)?;
        let sums = wallet
            .lots()
            .iter()
            .try_fold((Points::ZERO, Points::ZERO), |(available, held), lot| {
                Some((available.plus(lot.available)?, held.plus(lot.held)?))
            });
        if sums == Some((wallet.available.points, wallet.held.points)) {
            Ok(())
        } else {
            let (available, held) = (wallet.available.points, wallet.held.points);
            let found = format!("resident {id}: lots {sums:?}, balances {available} and {held}");
            Err(self.broken(Law::Lots, found))
        }
    }

    /// What is owed, debt by debt, is what the account says.
    fn check_debts(&self, id: ResidentId, wallet: &Wallet) -> Result<(), Contradiction> {
        let owed = wallet.debts().iter().try_fold(Points::ZERO, |sum, debt| sum.plus(debt.owed));
        if owed == Some(wallet.receivable.points) {
            return Ok(());
        }
        let balance = wallet.receivable.points;
        Err(self.broken(Law::Debts, format!("resident {id}: debts {owed:?}, balance {balance}")))
    }

    /// Checks every law on the whole state: each wallet, each shelf, each account, and the sum
    /// over all of them. Takes time in proportion to the state.
    ///
    /// # Errors
    ///
    /// The first law found broken, at the state's position.
    pub fn check_laws(&self) -> Result<(), Contradiction> {
        let mut sum = Points::ZERO;
        let mut add = |account: Account, balance: Balance| {
            if balance.points.is_negative() && !account.may_be_negative() {
                return Err(
                    self.broken(Law::NonNegative, format!("{account:?} at {}", balance.points))
                );
            }
            sum = sum
                .plus(balance.points)
                .ok_or_else(|| self.broken(Law::Range, "the sum".into()))?;
            Ok(())
        };
        for (account, balance) in self.accounts.sorted() {
            add(account, *balance)?;
        }
        for (id, resident) in self.residents.sorted() {
            add(Account::Available(id), resident.wallet.available)?;
            add(Account::Held(id), resident.wallet.held)?;
            add(Account::Receivable(id), resident.wallet.receivable)?;
            self.check_wallet(id)?;
        }
        for (_, shelf) in self.shelves.sorted() {
            self.check_shelf(*shelf)?;
        }
        self.check_clocks()?;
        if sum.is_zero() {
            Ok(())
        } else {
            Err(self.broken(Law::ZeroSum, format!("a sum of {sum}")))
        }
    }

    /// Every clock that runs is in the queue.
    fn check_clocks(&self) -> Result<(), Contradiction> {
        let queued = |at: Option<Timestamp>, deadline: Deadline| {
            at.is_none_or(|at| self.deadlines.contains(&(at, deadline)))
        };
        let missing = |deadline: Deadline| {
            Err(self.broken(Law::Deadline, format!("{deadline:?} is not in the queue")))
        };
        for (id, order) in self.orders.sorted() {
            let deadline = Deadline::OrderClock(id);
            if !queued(order.due_at, deadline) {
                return missing(deadline);
            }
        }
        for (id, whistle) in self.whistles.sorted() {
            for reply in Reply::ALL {
                let deadline = Deadline::WhistleClock(id, reply);
                if !queued(whistle.due_by(reply), deadline) {
                    return missing(deadline);
                }
            }
        }
        Ok(())
    }

    fn broken(&self, law: Law, found: String) -> Contradiction {
        Contradiction { position: self.position, law, found }
    }
}
