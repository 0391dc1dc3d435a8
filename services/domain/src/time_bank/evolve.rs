//! What the facts of the time bank do to the state, and what follows from a reversal and an erasure.

use crate::id::{AreaId, ContributionId, ResidentId};
use crate::quantity::Minutes;
use crate::state::{Law, Step, known};
use crate::time::Timestamp;
use crate::time_bank::{
    Deposit, Deposited, Event, Into, Mark, Move, Netting, Payer, TimeAccount, Waiting,
};
use crate::{Deadline, State};

pub(crate) fn evolve(state: &mut State, event: &Event, now: Timestamp) -> Step {
    match event {
        Event::Marked(it) => match it.mark {
            Mark::KeyElder => state.key_elders.insert(it.resident, ()),
            Mark::Ordinary => state.key_elders.remove(it.resident),
        },
        Event::KinLinked(it) => {
            state.kin.insert((it.one.min(it.other), it.one.max(it.other)), ());
        }
        Event::Stored { deposit, minutes, overflow, moves } => {
            let (from, to) = known(state.way(*deposit), deposit.contribution)?;
            let (minutes, overflow) = (*minutes, *overflow);
            let deposited = Deposited { from, to, minutes, overflow };
            state.deposits.insert(deposit.contribution, deposited);
            return state.move_time(moves, now);
        }
        Event::Given { moves, .. } => return state.move_time(moves, now),
        Event::Asked { ask, rank, lapses_at } => {
            let home = state.time_home(TimeAccount::Resident(ask.resident));
            let community = known(home, ask.resident)?;
            let (minutes, rank, lapses_at) = (ask.minutes, *rank, *lapses_at);
            let since = state.position.next();
            let waiting = Waiting { community, minutes, rank, since, lapses_at };
            state.asks.insert(ask.resident, waiting);
            state.deadlines.insert((lapses_at, Deadline::AskLapses(ask.resident)));
            state.watch_chest(community, now);
        }
        Event::Granted { ask, moves } => {
            state.end_ask(ask.resident, now)?;
            return state.move_time(moves, now);
        }
        Event::Withdrawn(resident) | Event::AskLapsed(resident) => {
            return state.end_ask(*resident, now);
        }
        Event::TakenBack { contribution, moves, .. } => {
            known(state.deposits.get(*contribution), contribution)?;
            state.deposits.remove(*contribution);
            state.unqueue(Deadline::TimeTakenBack(*contribution), now);
            return state.move_time(moves, now);
        }
        Event::Closed { resident, moves } => {
            state.unqueue(Deadline::TimeCloses(*resident), now);
            return state.move_time(moves, now);
        }
        Event::Followed { moves, .. } => return state.move_time(moves, now),
        Event::Netted { netting, .. } => return state.netted(netting),
    }
    Ok(())
}

impl State {
    /// From whom to whom a deposit goes, before what is above the cap goes on to a chest.
    fn way(&self, deposit: Deposit) -> Option<(TimeAccount, TimeAccount)> {
        let found = self.contributions.get(deposit.contribution)?;
        let (server, served) = (found.claim.resident, found.claim.beneficiary?);
        let from = match deposit.payer {
            Payer::Fund => TimeAccount::Fund,
            Payer::Served => TimeAccount::Resident(served),
            Payer::Chest => TimeAccount::Chest(self.time_home(TimeAccount::Resident(served))?),
        };
        let to = match deposit.into {
            Into::Own => TimeAccount::Resident(server),
            Into::Team => TimeAccount::Team(self.residents.get(server)?.team?),
        };
        Some((from, to))
    }

    /// Moves accounts, clearing and chests on.
    fn move_time(&mut self, moves: &[Move], now: Timestamp) -> Step {
        let wrong = |found: String| Err((Law::StoredTime, found));
        let sum = moves.iter().try_fold(0_i64, |sum, step| sum.checked_add(step.minutes));
        if sum != Some(0) {
            return wrong(format!("{moves:?} sum to {sum:?}"));
        }
        for step in moves {
            let after = self.stored_time(step.account).checked_add(step.minutes);
            if after != Some(step.balance) {
                return wrong(format!("{step:?} should stand at {after:?}"));
            }
            self.time.insert(step.account, step.balance);
        }
        self.traded(moves)?;
        for step in moves {
            if let TimeAccount::Chest(community) = step.account {
                self.watch_chest(community, now);
            }
        }
        Ok(())
    }

    /// Clearing accounts move in pairs: the one that owes more was served by the other.
    fn traded(&mut self, moves: &[Move]) -> Step {
        let community = |step: &Move| match step.account {
            TimeAccount::Clearing(community) => Some((community, step.minutes)),
            TimeAccount::Fund
            | TimeAccount::Resident(_)
            | TimeAccount::Team(_)
            | TimeAccount::Chest(_) => None,
        };
        let mut owes = moves.iter().filter(|step| step.minutes > 0).filter_map(community);
        let mut owed = moves.iter().filter(|step| step.minutes < 0).filter_map(community);
        let (Some((from, minutes)), Some((to, _))) = (owes.next(), owed.next()) else {
            return Ok(());
        };
        let minutes = minutes.unsigned_abs();
        let trade = self.time_trades.entry((from, to));
        *trade = known(trade.checked_add(minutes), (from, to))?;
        Ok(())
    }

    fn end_ask(&mut self, resident: ResidentId, now: Timestamp) -> Step {
        let ask = *known(self.asks.get(resident), resident)?;
        self.asks.remove(resident);
        self.deadlines.remove(&(ask.lapses_at, Deadline::AskLapses(resident)));
        self.watch_chest(ask.community, now);
        Ok(())
    }

    /// A deadline that stands alone in the queue, and is due: it was set at its time or before.
    fn unqueue(&mut self, deadline: Deadline, now: Timestamp) {
        let at = self.deadlines.iter().take_while(|(at, _)| *at <= now);
        if let Some(found) = at.copied().find(|(_, queued)| *queued == deadline) {
            self.deadlines.remove(&found);
        }
    }

    fn netted(&mut self, netting: &Netting) -> Step {
        if self.netting().as_ref() != Some(netting) {
            return Err((Law::StoredTime, format!("netting {}", netting.number)));
        }
        let pairs: Vec<(AreaId, AreaId)> = self.time_trades.sorted().map(|(id, _)| id).collect();
        for pair in pairs {
            self.time_trades.remove(pair);
        }
        self.nettings.insert(netting.number, self.position.next());
        Ok(())
    }

    /// A contribution was reversed: what was stored for it goes back at once, before the next wish.
    pub(crate) fn take_time_back(&mut self, id: ContributionId, now: Timestamp) {
        if self.deposits.contains(id) {
            self.deadlines.insert((now, Deadline::TimeTakenBack(id)));
        }
    }

    /// A resident was erased: what is stored goes to the chest at once, before the next wish.
    pub(crate) fn close_time(&mut self, id: ResidentId, now: Timestamp) {
        if self.stored_time(TimeAccount::Resident(id)) != 0 {
            self.deadlines.insert((now, Deadline::TimeCloses(id)));
        }
    }

    /// What goes back of a reversed contribution's time. Whoever served gives what is there; what was given away
    /// or spent meanwhile the fund bears, and nobody owes it. Whoever paid and was erased has a chest.
    pub(crate) fn time_taken_back(&self, id: ContributionId) -> Option<Event> {
        let Deposited { from, to, minutes, overflow } = *self.deposits.get(id)?;
        let there = u32::try_from(self.stored_time(to).max(0)).unwrap_or(u32::MAX);
        let back = Minutes::new(there).min(minutes.less(overflow));
        let gone = |id: ResidentId| self.is_erased(id);
        let payer = match from {
            TimeAccount::Resident(id) if gone(id) => {
                self.time_home(from).map_or(TimeAccount::Fund, TimeAccount::Chest)
            }
            TimeAccount::Resident(_)
            | TimeAccount::Fund
            | TimeAccount::Team(_)
            | TimeAccount::Chest(_)
            | TimeAccount::Clearing(_) => from,
        };
        let borne = minutes.less(back);
        let all = i64::from(borne.get());
        // Whoever paid gets it back whole, above the cap as well: it was that one's own.
        let (_, mut changes) = self.time_changes(to, payer, back, Minutes::new(u32::MAX));
        changes.extend([(TimeAccount::Fund, all.saturating_neg()), (payer, all)]);
        let moves = self.time_moves(&changes)?;
        Some(Event::TakenBack { contribution: id, minutes, borne, moves })
    }

    /// What becomes of an erased resident's time.
    pub(crate) fn time_closed(&self, resident: ResidentId) -> Option<Event> {
        let account = TimeAccount::Resident(resident);
        let has = self.stored_time(account);
        let chest = self.time_home(account).map_or(TimeAccount::Fund, TimeAccount::Chest);
        let other = if has > 0 { chest } else { TimeAccount::Fund };
        let moves = self.time_moves(&[(account, has.checked_neg()?), (other, has)])?;
        Some(Event::Closed { resident, moves })
    }
}
