//! What the facts of redemptions do to the state.

use crate::item::Shelf;
use crate::redemption::{Event, Fate, Line, Return, Slip, Status};
use crate::state::{Law, Redemption, Step, known};
use crate::time::Timestamp;
use crate::wallet::{LotTaken, Wallet};
use crate::{Deadline, State};

pub(crate) fn evolve(state: &mut State, event: &Event, now: Timestamp) -> Step {
    if let Event::Reserved { slip, .. }
    | Event::Sold(slip)
    | Event::Captured(slip)
    | Event::PartCaptured { handed: slip, .. } = event
    {
        state.keep_shown(slip)?;
    }
    match event {
        Event::Reserved { slip, expires_at } => {
            state.shelve(slip, now, Shelf::reserve)?;
            state.pay(slip, |wallet, slip| wallet.hold(&slip.lots))?;
            let status = Status::Reserved;
            let kept = Some(Box::new(slip.clone()));
            let hold = Redemption { status, expires_at: *expires_at, slip: kept };
            state.redemptions.insert(slip.redemption, hold);
            state.deadlines.insert((*expires_at, Deadline::HoldReleases(slip.redemption)));
            state.wait_served(slip, now)?;
            state.slip_taken(slip, now)
        }
        Event::Captured(slip) => {
            state.end_hold(slip, Status::Captured)?;
            state.handed_out(slip, now)
        }
        Event::PartCaptured { handed, rest, lapsed } => {
            state.part_hold(handed, rest)?;
            state.handed_out(handed, now)?;
            state.given_back(rest, lapsed, now)
        }
        Event::Voided { slip, lapsed, .. } => {
            state.end_hold(slip, Status::Voided)?;
            state.given_back(slip, lapsed, now)
        }
        Event::TimedOut { slip, lapsed } => {
            state.end_hold(slip, Status::TimedOut)?;
            state.given_back(slip, lapsed, now)
        }
        Event::Sold(slip) => {
            state.sell(slip, now)?;
            state.keep_for_returns(slip, now)
        }
        Event::Returned(it) => returned(state, it, now),
    }
}

fn returned(state: &mut State, it: &Return, now: Timestamp) -> Step {
    let slip = &it.slip;
    let found = known(state.redemptions.get_mut(slip.redemption), slip.redemption)?;
    let left = known(found.slip.as_ref().and_then(|whole| whole.less(slip)), slip.redemption)?;
    if left.is_empty() {
        (found.status, found.slip) = (Status::Returned, None);
        let closing = (found.expires_at, slip.redemption);
        state.returnable.remove(&closing);
    } else {
        found.slip = Some(Box::new(left));
    }
    for (line, fate) in it.lines().filter(|(line, _)| line.stocked) {
        let Line { item, quantity, .. } = *line;
        state.change_shelf(slip.station, item, now, |shelf| match fate {
            Fate::Shelf => shelf.take_back(quantity),
            Fate::SentBack => shelf.take_back(quantity)?.send_back(quantity),
            Fate::WrittenOff => shelf.take_back(quantity)?.write_off(quantity),
            Fate::Gone => Some(shelf),
        })?;
    }
    state.slip_untaken(slip)?;
    state.owe_less(it.borne_by_supplier())?;
    for line in it.borne_by_officer() {
        let officer = known(it.officer, "the office that answers for a return")?;
        known(state.losses.entry(officer).lose(line.quantity, line.cost), officer)?;
    }
    let wallet = known(state.wallet_mut(slip.resident), slip.resident)?;
    known(wallet.restore(&it.back), &it.back)?;
    state.watch_lots(slip.resident, &it.back);
    Ok(())
}

impl State {
    /// What was held is paid and gone from the shelf, and the suppliers are owed for it.
    fn handed_out(&mut self, slip: &Slip, now: Timestamp) -> Step {
        self.shelve(slip, now, Shelf::deliver)?;
        self.pay(slip, |wallet, slip| wallet.take_held(&slip.lots))?;
        self.keep_for_returns(slip, now)?;
        self.owe(&slip.lines)
    }

    /// Handed out and paid in one.
    pub(crate) fn sell(&mut self, slip: &Slip, now: Timestamp) -> Step {
        self.shelve(slip, now, |shelf, quantity| shelf.reserve(quantity)?.deliver(quantity))?;
        self.pay(slip, |wallet, slip| wallet.take(&slip.lots))?;
        let status = Status::Captured;
        let sale = Redemption { status, expires_at: Timestamp::default(), slip: None };
        self.redemptions.insert(slip.redemption, sale);
        self.slip_taken(slip, now)?;
        self.owe(&slip.lines)
    }

    /// Keeps the slip for as long as it can be returned by the rules in force now.
    pub(crate) fn keep_for_returns(&mut self, slip: &Slip, now: Timestamp) -> Step {
        let Some(terms) = self.rules.in_force(now).and_then(|rules| rules.returns()) else {
            let ended = known(self.redemptions.get_mut(slip.redemption), slip.redemption)?;
            ended.expires_at = Timestamp::default();
            return Ok(());
        };
        let until = now.days_after(terms.window_days);
        let ended = known(self.redemptions.get_mut(slip.redemption), slip.redemption)?;
        (ended.expires_at, ended.slip) = (until, Some(Box::new(slip.clone())));
        self.returnable.insert((until, slip.redemption));
        Ok(())
    }

    /// Forgets the slips that can't be returned any longer: from then on the log alone keeps them.
    pub(crate) fn forget_slips(&mut self, now: Timestamp) {
        while let Some((_, redemption)) = self.returnable.first().filter(|(at, _)| *at <= now) {
            let redemption = *redemption;
            self.returnable.pop_first();
            if let Some(found) = self.redemptions.get_mut(redemption) {
                found.slip = None;
            }
        }
    }

    fn given_back(&mut self, slip: &Slip, lapsed: &[LotTaken], now: Timestamp) -> Step {
        self.shelve(slip, now, Shelf::release)?;
        self.slip_untaken(slip)?;
        let back = |part: &&LotTaken| !lapsed.contains(part);
        let kept: Vec<LotTaken> = slip.lots.iter().filter(back).copied().collect();
        self.pay(slip, |wallet, _| {
            wallet.release(&kept)?;
            wallet.take_held(lapsed)
        })
    }

    fn end_hold(&mut self, slip: &Slip, status: Status) -> Step {
        let hold = known(self.redemptions.get_mut(slip.redemption), slip.redemption)?;
        let held = hold.slip.as_ref().map(|held| held.handed(slip.shift, slip.shown));
        if hold.status != Status::Reserved || held.as_ref() != Some(slip) {
            return Err(ended(slip, hold.status));
        }
        (hold.status, hold.slip) = (status, None);
        self.deadlines.remove(&(hold.expires_at, Deadline::HoldReleases(slip.redemption)));
        Ok(())
    }

    /// Ends a hold of which a part was handed out: the two parts have to be all of it.
    fn part_hold(&mut self, handed: &Slip, rest: &Slip) -> Step {
        let hold = known(self.redemptions.get_mut(handed.redemption), handed.redemption)?;
        let left = hold.slip.as_ref().and_then(|whole| whole.less(handed));
        if hold.status != Status::Reserved || left.as_ref() != Some(rest) {
            return Err(ended(handed, hold.status));
        }
        (hold.status, hold.slip) = (Status::PartCaptured, None);
        self.deadlines.remove(&(hold.expires_at, Deadline::HoldReleases(handed.redemption)));
        Ok(())
    }

    fn shelve(
        &mut self,
        slip: &Slip,
        now: Timestamp,
        change: impl Fn(Shelf, u32) -> Option<Shelf>,
    ) -> Step {
        for line in slip.lines.iter().filter(|line| line.stocked) {
            self.change_shelf(slip.station, line.item, now, |shelf| change(shelf, line.quantity))?;
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

fn ended(slip: &Slip, status: Status) -> (Law, String) {
    (Law::HoldEndsOnce, format!("redemption {} is {status:?}", slip.redemption))
}
