//! What the facts of vouchers do to the state, and what happens to one by itself.

use crate::booking::Side;
use crate::id::VoucherId;
use crate::item::{Amount, TakenBy, Unused};
use crate::state::{Law, Step, known};
use crate::time::Timestamp;
use crate::voucher::{Event, Standing, Status, Voucher};
use crate::wallet::{LotTaken, Wallet};
use crate::{Deadline, State};

pub(crate) fn evolve(state: &mut State, event: &Event, now: Timestamp) -> Step {
    let by = TakenBy::Voucher(event.id());
    match event {
        Event::Issued(voucher) => {
            state.pocket(voucher, |wallet| wallet.hold(&voucher.lots))?;
            let (id, open) = (event.id(), Some(Box::new(voucher.clone())));
            let ends_at = voucher.expires_at;
            let (status, locked_until) = (Status::Issued, None);
            let standing = Standing { status, tries: 0, locked_until, ends_at, open };
            state.vouchers.insert(id, standing);
            state.deadlines.insert((voucher.expires_at, Deadline::VoucherExpires(id)));
            state.whole_taken(amount(voucher), voucher.purchase.resident, by, now)
        }
        Event::WrongCode { voucher, tries, locked_until, .. } => {
            let found = known(state.vouchers.get_mut(*voucher), voucher)?;
            // A lock is the end of a row, and what comes after it begins another.
            found.tries = if locked_until.is_some() { 0 } else { *tries };
            found.locked_until = locked_until.or(found.locked_until);
            Ok(())
        }
        Event::Used { voucher, .. } => {
            state.voucher_ended(voucher, Status::Used)?;
            state.pocket(voucher, |wallet| wallet.take_held(&voucher.lots))?;
            let volume = known(event.owed(), event.id())?;
            state.owe_volume(voucher.supplier, voucher.purchase.item, volume)
        }
        Event::Expired { voucher, .. } | Event::Returned { voucher, .. } => {
            state.voucher_ended(voucher, event.status())?;
            let back = event.back();
            state.pocket(voucher, |wallet| {
                wallet.take_held(&voucher.lots)?;
                wallet.restore(&back)
            })?;
            state.watch_lots(voucher.purchase.resident, &back);
            // What lapsed for want of use was taken all the same.
            if event.status() == Status::Expired && voucher.terms.unused == Unused::Lapsed {
                return Ok(());
            }
            state.whole_untaken(amount(voucher), voucher.purchase.resident, by)
        }
    }
}

fn amount(voucher: &Voucher) -> Amount {
    Amount { item: voucher.purchase.item, pieces: 1, points: voucher.price }
}

impl State {
    fn voucher_ended(&mut self, voucher: &Voucher, status: Status) -> Step {
        let id = voucher.purchase.voucher;
        let found = known(self.vouchers.get_mut(id), id)?;
        if found.open.as_deref() != Some(voucher) {
            let found = format!("voucher {id} is {:?}", found.status);
            return Err((Law::HoldEndsOnce, found));
        }
        (found.status, found.open) = (status, None);
        let deadline = (found.ends_at, Deadline::VoucherExpires(id));
        self.deadlines.remove(&deadline);
        Ok(())
    }

    fn pocket(
        &mut self,
        voucher: &Voucher,
        change: impl FnOnce(&mut Wallet) -> Option<()>,
    ) -> Step {
        let (id, resident) = (voucher.purchase.voucher, voucher.purchase.resident);
        let wallet = known(self.wallet_mut(resident), resident)?;
        change(wallet).ok_or_else(|| (Law::Lots, format!("the lots of voucher {id}")))?;
        self.watch_lots(resident, &voucher.lots);
        Ok(())
    }

    /// How a voucher that nobody used ends at its time, which for one who was erased is at once.
    pub(crate) fn voucher_expired(&self, id: VoucherId, now: Timestamp) -> Option<Event> {
        let voucher = self.vouchers.get(id)?.open.as_deref()?.clone();
        if self.is_erased(voucher.purchase.resident) {
            let lapsed = voucher.lots.clone();
            return Some(Event::Returned { voucher, by: Side::Erased, back: Vec::new(), lapsed });
        }
        let lapses = |part: &&LotTaken| match voucher.terms.unused {
            Unused::Lapsed => true,
            Unused::Returned => part.expires_at <= now,
        };
        let lapsed = voucher.lots.iter().filter(lapses).copied().collect();
        Some(Event::Expired { voucher, lapsed })
    }
}
