//! What the facts of redemptions do to the state.

use crate::item::Shelf;
use crate::redemption::{Event, Slip, Status};
use crate::state::{Law, Redemption, Step, known};
use crate::time::Timestamp;
use crate::wallet::{LotTaken, Wallet};
use crate::{Deadline, State};

pub(crate) fn evolve(state: &mut State, event: &Event) -> Step {
    let slip = event.slip();
    match event {
        Event::Reserved { slip, expires_at } => {
            state.shelve(slip, Shelf::reserve)?;
            state.pay(slip, |wallet, slip| wallet.hold(&slip.lots))?;
            let status = Status::Reserved;
            let hold = Redemption { status, expires_at: *expires_at, slip: Some(slip.clone()) };
            state.redemptions.insert(slip.redemption, hold);
            state.deadlines.insert((*expires_at, Deadline::HoldReleases(slip.redemption)));
            Ok(())
        }
        Event::Captured(slip) => {
            state.end_hold(slip, Status::Captured)?;
            state.shelve(slip, Shelf::deliver)?;
            state.pay(slip, |wallet, slip| wallet.take_held(&slip.lots))
        }
        Event::Voided { lapsed, .. } => state.given_back(slip, lapsed, Status::Voided),
        Event::TimedOut { lapsed, .. } => state.given_back(slip, lapsed, Status::TimedOut),
        Event::Sold(slip) => {
            state.shelve(slip, |shelf, quantity| shelf.reserve(quantity)?.deliver(quantity))?;
            state.pay(slip, |wallet, slip| wallet.take(&slip.lots))?;
            let status = Status::Captured;
            let sale = Redemption { status, expires_at: Timestamp::default(), slip: None };
            state.redemptions.insert(slip.redemption, sale);
            Ok(())
        }
    }
}

impl State {
    fn given_back(&mut self, slip: &Slip, lapsed: &[LotTaken], status: Status) -> Step {
        self.end_hold(slip, status)?;
        self.shelve(slip, Shelf::release)?;
        let back = |part: &&LotTaken| !lapsed.contains(part);
        let kept: Vec<LotTaken> = slip.lots.iter().filter(back).copied().collect();
        self.pay(slip, |wallet, _| {
            wallet.release(&kept)?;
            wallet.take_held(lapsed)
        })
    }

    fn end_hold(&mut self, slip: &Slip, status: Status) -> Step {
        let hold = known(self.redemptions.get_mut(slip.redemption), slip.redemption)?;
        if hold.slip.as_ref() != Some(slip) {
            return Err((
                Law::HoldEndsOnce,
                format!("redemption {} is {:?}", slip.redemption, hold.status),
            ));
        }
        (hold.status, hold.slip) = (status, None);
        self.deadlines.remove(&(hold.expires_at, Deadline::HoldReleases(slip.redemption)));
        Ok(())
    }

    fn shelve(&mut self, slip: &Slip, change: impl Fn(Shelf, u32) -> Option<Shelf>) -> Step {
        for line in slip.lines.iter().filter(|line| line.stocked) {
            let shelf = self.shelves.entry((slip.station, line.item));
            *shelf = change(*shelf, line.quantity)
                .ok_or_else(|| (Law::Stock, format!("item {} has {shelf:?}", line.item)))?;
        }
        Ok(())
    }

    fn pay(&mut self, slip: &Slip, change: impl FnOnce(&mut Wallet, &Slip) -> Option<()>) -> Step {
        let wallet = known(self.wallet_mut(slip.resident), slip.resident)?;
        let changed = change(wallet, slip);
        changed
            .ok_or_else(|| (Law::Lots, format!("the lots of redemption {}", slip.redemption)))?;
        self.watch_lots(slip.resident, &slip.lots);
        Ok(())
    }
}
