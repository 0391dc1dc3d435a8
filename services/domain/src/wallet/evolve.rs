//! What the facts of wallets do to the state, and the deadlines of lots.

use crate::id::{ContributionId, ResidentId};
use crate::quantity::Points;
use crate::state::{Step, known};
use crate::wallet::{Event, LotTaken, Recall};
use crate::{Deadline, State};

/// Takes away what lapsed or was recalled.
pub(crate) fn evolve(state: &mut State, event: &Event) -> Step {
    match event {
        Event::LotExpired { resident, lapsed } => {
            let wallet = known(state.wallet_mut(*resident), resident)?;
            known(wallet.take(std::slice::from_ref(lapsed)), lapsed)?;
            state.watch_lots(*resident, std::slice::from_ref(lapsed));
            Ok(())
        }
        Event::LotRecalled(recall) => state.recalled(recall),
        Event::Closed(closing) => state.cleared(closing),
    }
}

impl State {
    /// Keeps a deadline for each lot just as long as something of it can be spent, and one for
    /// what is to be taken back of a reversed one.
    pub(crate) fn watch_lots(&mut self, resident: ResidentId, touched: &[LotTaken]) {
        for part in touched {
            let deadline = (part.expires_at, Deadline::LotLapses(resident, part.lot));
            let wallet = self.residents.get(resident).map(|resident| &resident.wallet);
            if wallet.and_then(|wallet| wallet.lapsing(part.lot, part.expires_at)).is_some() {
                self.deadlines.insert(deadline);
            } else {
                self.deadlines.remove(&deadline);
            }
            self.watch_recall(part.lot);
        }
    }

    /// What is to be taken back of a reversed contribution's points can only change when its lot
    /// does; it is taken at once, before anybody's next wish.
    fn watch_recall(&mut self, lot: ContributionId) {
        if !self.reversed(lot) || self.recall(lot).is_none_or(|recall| recall.is_nothing()) {
            return;
        }
        let at = self.recorded_at;
        let found = self.contributions.get_mut(lot).and_then(|it| it.given.as_deref_mut());
        if let Some(given) = found.filter(|given| given.recall_at.is_none()) {
            given.recall_at = Some(at);
            self.deadlines.insert((at, Deadline::LotRecalled(lot)));
        }
    }

    fn reversed(&self, lot: ContributionId) -> bool {
        self.contributions.get(lot).is_some_and(|it| it.is_reversed())
    }

    /// What a reversal of this contribution takes back as things stand: what can be spent of its
    /// lot goes to the pool, what is held waits, what was spent (or repaid another debt) is owed, what
    /// lapsed is gone.
    pub(crate) fn recall(&self, contribution: ContributionId) -> Option<Recall> {
        let found = self.contributions.get(contribution)?;
        let given = found.given.as_deref()?;
        let issue = given.issue?;
        let resident = found.claim.resident;
        let wallet = &self.residents.get(resident)?.wallet;
        let mut due = issue.points.minus(given.lapsed)?.minus(given.settled)?;
        let mut back = Vec::new();
        for lot in wallet.parts(contribution) {
            let points = lot.available.min(due.max(Points::ZERO));
            if points > Points::ZERO {
                due = due.minus(points)?;
                let (pool, expires_at) = (lot.pool, lot.expires_at);
                back.push(LotTaken { lot: contribution, pool, expires_at, points });
            }
        }
        let held = wallet.parts(contribution).try_fold(Points::ZERO, |sum, lot| sum.plus(lot.held));
        let owed = due.minus(held?)?.max(Points::ZERO);
        let owed = owed.minus(wallet.debt(contribution))?;
        Some(Recall { resident, contribution, pool: issue.pool, back, owed })
    }

    /// Takes back what a recall says.
    pub(crate) fn recalled(&mut self, recall: &Recall) -> Step {
        let Recall { resident, contribution, pool, back, owed } = recall;
        let wallet = known(self.wallet_mut(*resident), resident)?;
        known(wallet.take(back), contribution)?;
        known(wallet.owe(*contribution, *pool, *owed), contribution)?;
        let returned = known(recall.returned(), contribution)?;
        self.settle(*contribution, returned)?;
        let found =
            self.contributions.get_mut(*contribution).and_then(|it| it.given.as_deref_mut());
        if let Some(at) = known(found, contribution)?.recall_at.take() {
            self.deadlines.remove(&(at, Deadline::LotRecalled(*contribution)));
        }
        self.watch_lots(*resident, back);
        Ok(())
    }

    /// So much more of a contribution's points has come back.
    pub(crate) fn settle(&mut self, contribution: ContributionId, points: Points) -> Step {
        let found = self.contributions.get_mut(contribution).and_then(|it| it.given.as_deref_mut());
        let given = known(found, contribution)?;
        given.settled = known(given.settled.plus(points), contribution)?;
        Ok(())
    }

    /// So much of some lots has lapsed, which no reversal takes back any more.
    pub(crate) fn note_lapsed(&mut self, parts: &[LotTaken]) -> Step {
        for part in parts {
            let found = self.contributions.get_mut(part.lot).and_then(|it| it.given.as_deref_mut());
            let given = known(found, part.lot)?;
            given.lapsed = known(given.lapsed.plus(part.points), part.lot)?;
        }
        Ok(())
    }
}
