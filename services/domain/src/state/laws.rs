//! Laws that hold at every position, checked on what a record touched and on the whole.

use crate::id::{ContributionId, ResidentId, SupplierId};
use crate::item::{CountStock, Shelf};
use crate::posting::{Account, Balance};
use crate::quantity::Points;
use crate::redemption::{Line, Slip};
use crate::resident::Resident;
use crate::time::Timestamp;
use crate::wallet::{Closing, Recall, Wallet};
use crate::whistle::Reply;
use crate::{
    Contradiction, Deadline, Event, State, allowance, contribution, item, redemption, statement,
    wallet,
};

use super::Law;

impl State {
    /// Checks the laws on what a fact has touched.
    pub(super) fn check_touched(&self, event: &Event) -> Result<(), Contradiction> {
        match event {
            Event::Contribution(contribution::Event::Awarded(award)) => {
                self.check_wallet(award.resident)
            }
            Event::Contribution(contribution::Event::Restored(it)) => {
                self.check_wallet(it.award.resident)
            }
            Event::Contribution(contribution::Event::Reversed(reversal)) => {
                self.check_wallet(reversal.award.resident)
            }
            Event::Allowance(event) => self.check_allowance(event),
            Event::Redemption(event) => self.check_slip(event),
            Event::Voucher(event) => event.voucher().map_or(Ok(()), |voucher| {
                self.check_payable(voucher.supplier)?;
                self.check_wallet(voucher.purchase.resident)
            }),
            Event::Wallet(
                wallet::Event::LotExpired { resident, .. }
                | wallet::Event::LotRecalled(Recall { resident, .. })
                | wallet::Event::Closed(Closing { resident, .. }),
            ) => self.check_wallet(*resident),
            Event::Notice(event) => self.check_notice(event.contribution()),
            Event::Conduct(event) => self.check_held(event.contribution()),
            Event::Item(event) => self.check_stock(event),
            Event::Statement(event) => self.check_payable(match event {
                statement::Event::Issued(it) => it.issue.supplier,
                statement::Event::Disputed { supplier, .. }
                | statement::Event::Resolved { supplier, .. }
                | statement::Event::Settled { supplier, .. } => *supplier,
            }),
            Event::Booking(event) => self.check_booking(event),
            Event::Activity(event) => self.check_activity(event.activity()),
            Event::TimeBank(event) => self.check_time(event),
            Event::Contribution(
                contribution::Event::Submitted { .. }
                | contribution::Event::Verified(_)
                | contribution::Event::Rejected(_)
                | contribution::Event::Queued(_)
                | contribution::Event::Attached(_),
            )
            | Event::Team(_)
            | Event::Inspection(_)
            | Event::Area(_)
            | Event::Household(_)
            | Event::Resident(_)
            | Event::Officer(_)
            | Event::Station(_)
            | Event::Operator(_)
            | Event::Supplier(_)
            | Event::Pool(_)
            | Event::Rules(_)
            | Event::Hazard(_)
            | Event::Order(_)
            | Event::Whistle(_)
            | Event::Aid(_)
            | Event::Honour(_)
            | Event::Mediation(_)
            | Event::Estate(_)
            | Event::Queue(_)
            | Event::Resource(_) => Ok(()),
        }
    }

    /// What is held waits, and what waits for it is held.
    fn check_held(&self, id: ContributionId) -> Result<(), Contradiction> {
        let status = self.contributions.get(id).map(|found| found.status);
        let waits = status == Some(contribution::Status::Held);
        if self.held.contains(id) == waits {
            return Ok(());
        }
        Err(self.broken(Law::Held, format!("contribution {id} is {status:?}")))
    }

    fn check_stock(&self, event: &item::Event) -> Result<(), Contradiction> {
        match event {
            item::Event::Listed(_) | item::Event::Priced(_) | item::Event::TermsSet(_) => Ok(()),
            item::Event::StockReceived(it) | item::Event::StockSentBack(it) => {
                self.check_shelf(self.shelf(it.station, it.item))
            }
            item::Event::StockCounted(it) => {
                let CountStock { station, item, .. } = it.count;
                self.check_shelf(self.shelf(station, item))
            }
            item::Event::StockMoved(it) => {
                self.check_shelf(self.shelf(it.from, it.item))?;
                self.check_shelf(self.shelf(it.to, it.item))
            }
            item::Event::StockWrittenOff(it) => {
                self.check_shelf(self.shelf(it.goods.station, it.goods.item))
            }
        }
    }

    fn check_slip(&self, event: &redemption::Event) -> Result<(), Contradiction> {
        let slip = event.slip();
        let rest: &[Line] = match event {
            redemption::Event::PartCaptured { rest, .. } => &rest.lines,
            redemption::Event::Reserved { .. }
            | redemption::Event::Captured(_)
            | redemption::Event::Voided { .. }
            | redemption::Event::TimedOut { .. }
            | redemption::Event::Sold(_)
            | redemption::Event::Returned(_) => &[],
        };
        self.check_lines(slip, rest)
    }

    fn check_allowance(&self, event: &allowance::Event) -> Result<(), Contradiction> {
        let allowance::Event::Counted(it) = event else { return Ok(()) };
        let bounded = self.allowances.get(it.allowance).is_some_and(|found| found.is_bounded());
        if !bounded {
            return Err(self.broken(Law::Allowance, format!("allowance {}", it.allowance)));
        }
        self.check_lines(&it.slip, &[])
    }

    fn check_lines(&self, slip: &Slip, rest: &[Line]) -> Result<(), Contradiction> {
        for line in slip.lines.iter().chain(rest) {
            if line.stocked {
                self.check_shelf(self.shelf(slip.station, line.item))?;
            }
            self.check_payable(line.supplier)?;
        }
        self.check_wallet(slip.resident)
    }

    pub(super) fn check_payable(&self, supplier: SupplierId) -> Result<(), Contradiction> {
        if self.payable_agrees(supplier) {
            Ok(())
        } else {
            Err(self.broken(Law::Statement, format!("supplier {supplier}")))
        }
    }

    fn check_shelf(&self, shelf: Shelf) -> Result<(), Contradiction> {
        if shelf.is_accounted_for() {
            Ok(())
        } else {
            Err(self.broken(Law::Stock, format!("{shelf:?}")))
        }
    }

    pub(super) fn check_wallet(&self, id: ResidentId) -> Result<(), Contradiction> {
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
            self.check_honours(id, resident)?;
            self.check_erased(id, resident)?;
        }
        for (id, _) in self.held.sorted() {
            self.check_held(id)?;
        }
        for ((id, _), _) in self.notices.sorted() {
            self.check_notice(id)?;
        }
        for (_, shelf) in self.shelves.sorted() {
            self.check_shelf(*shelf)?;
        }
        self.check_queues()?;
        self.check_clocks()?;
        self.check_time_bank()?;
        for (supplier, payable) in self.payables.sorted() {
            self.check_payable(supplier)?;
            if payable.closing() != Some(payable.open) {
                return Err(self.broken(Law::Statement, format!("{payable:?}")));
            }
        }
        for (id, allowance) in self.allowances.sorted() {
            if !allowance.is_bounded() {
                return Err(self.broken(Law::Allowance, format!("allowance {id}")));
            }
        }
        for (id, _) in self.activities.sorted() {
            self.check_activity(id)?;
        }
        self.check_diaries()?;
        for (id, place) in self.resources.sorted() {
            self.check_place(id, place)?;
        }
        if sum.is_zero() {
            Ok(())
        } else {
            Err(self.broken(Law::ZeroSum, format!("a sum of {sum}")))
        }
    }

    /// Who was erased has nothing left, or what is left is about to be cleared: before the next wish.
    fn check_erased(&self, id: ResidentId, resident: &Resident) -> Result<(), Contradiction> {
        let Some(at) = resident.erased_at else { return Ok(()) };
        let wallet = &resident.wallet;
        let sides = [wallet.available, wallet.held, wallet.receivable];
        let cleared = sides.iter().all(|balance| balance.points.is_zero());
        let clearing = self.next_deadline().is_some_and(|next| next <= at);
        let is_shown = resident.ranked || resident.pseudonym.is_some();
        if is_shown || !(cleared || clearing) {
            return Err(self.broken(Law::Erased, format!("resident {id}: {sides:?}")));
        }
        let seat = self.seats_open_of(id).next();
        let (seat, team) = (seat.filter(|_| !clearing), self.led_by(id));
        if seat.is_some() || team.is_some() {
            return Err(self.broken(Law::Erased, format!("resident {id}: {seat:?}, {team:?}")));
        }
        Ok(())
    }

    /// Every clock that runs is in the queue.
    fn check_clocks(&self) -> Result<(), Contradiction> {
        let queued = |at: Option<Timestamp>, deadline: Deadline| {
            at.is_none_or(|at| self.deadlines.contains(&(at, deadline)))
        };
        let missing = |deadline: Deadline| {
            Err(self.broken(Law::Deadline, format!("{deadline:?} is not in the queue")))
        };
        for (id, managed) in self.estates.sorted() {
            let until = managed.committee.as_ref().map(|committee| committee.until);
            let deadline = Deadline::CommitteeEnds(id);
            if !queued(until, deadline) {
                return missing(deadline);
            }
        }
        for (id, seat) in self.seats.sorted() {
            let deadline = Deadline::SeatBecomes(id);
            if !queued(seat.becomes.map(|(at, _)| at), deadline) {
                return missing(deadline);
            }
        }
        for (id, odd) in self.odd.sorted() {
            let deadline = Deadline::ClaimHeld(id);
            if !queued(Some(odd.found_at), deadline) {
                return missing(deadline);
            }
        }
        for (id, worked) in self.shifts.sorted() {
            let deadline = Deadline::ShiftCloses(id);
            if worked.closed_at.is_none() && !queued(Some(worked.shift.closes_at), deadline) {
                return missing(deadline);
            }
        }
        for (id, allowance) in self.allowances.sorted() {
            let deadline = Deadline::AllowanceEnds(id);
            if allowance.ended_at.is_none() && !queued(Some(allowance.grant.ends_at), deadline) {
                return missing(deadline);
            }
        }
        for (id, standing) in self.vouchers.sorted() {
            let expires_at = standing.open.as_ref().map(|_| standing.ends_at);
            let deadline = Deadline::VoucherExpires(id);
            if !queued(expires_at, deadline) {
                return missing(deadline);
            }
        }
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

    pub(crate) fn broken(&self, law: Law, found: String) -> Contradiction {
        Contradiction { position: self.position, law, found }
    }
}
