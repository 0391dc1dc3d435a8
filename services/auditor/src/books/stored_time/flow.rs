//! What a fact of the time bank has to move, from which account to which.

use linli_domain::time_bank::{Giver, Into, Payer, Receiver};

use super::*;

/// Changes by account, with the community of each, and what of them is a trade.
#[derive(Debug, Default)]
pub(super) struct Flow {
    changes: Vec<(TimeAccount, Option<AreaId>, i128)>,
    trade: Option<((AreaId, AreaId), i128)>,
}

impl Flow {
    fn change(&mut self, account: TimeAccount, home: Option<AreaId>, minutes: i128) {
        match self.changes.iter_mut().find(|(known, ..)| *known == account) {
            Some((_, _, sum)) => *sum = sum.saturating_add(minutes),
            None => self.changes.push((account, home, minutes)),
        }
    }

    /// Clearing between two communities: whose people were served owes more.
    fn clear(&mut self, (from, to): (AreaId, AreaId), minutes: i128) {
        self.change(TimeAccount::Clearing(from), Some(from), minutes);
        self.change(TimeAccount::Clearing(to), Some(to), minutes.saturating_neg());
        if minutes > 0 {
            self.trade = Some(((from, to), minutes));
        } else if minutes < 0 {
            self.trade = Some(((to, from), minutes.saturating_neg()));
        }
    }

    pub(super) fn steps(&self) -> impl Iterator<Item = (TimeAccount, i128)> {
        self.changes.iter().map(|(account, _, minutes)| (*account, *minutes))
    }

    pub(super) fn home(&self, account: TimeAccount) -> Option<AreaId> {
        self.changes.iter().find(|(known, ..)| *known == account).and_then(|(_, home, _)| *home)
    }

    pub(super) fn moves_fund(&self) -> bool {
        self.changes.iter().any(|(account, ..)| *account == TimeAccount::Fund)
    }

    pub(super) const fn trade(&self) -> Option<((AreaId, AreaId), i128)> {
        self.trade
    }

    /// Holds the moves of a record against what has to flow.
    pub(super) fn compare(&self, moves: &[Move], broken: &mut Vec<Broken>) {
        let said = |account: TimeAccount| {
            let mine = moves.iter().filter(|step| step.account == account);
            mine.map(|step| i128::from(step.minutes)).fold(0_i128, i128::saturating_add)
        };
        let due = |account: TimeAccount| {
            let mine = self.changes.iter().find(|(known, ..)| *known == account);
            mine.map_or(0, |(_, _, minutes)| *minutes)
        };
        let mut all: Vec<TimeAccount> = self.steps().map(|(account, _)| account).collect();
        all.extend(moves.iter().map(|step| step.account));
        all.sort_unstable();
        all.dedup();
        for account in all {
            let (said, due) = (said(account), due(account));
            if said != due {
                let rule = match account {
                    TimeAccount::Clearing(_) => Rule::TimeClearing,
                    TimeAccount::Fund
                    | TimeAccount::Resident(_)
                    | TimeAccount::Team(_)
                    | TimeAccount::Chest(_) => Rule::TimeMoved,
                };
                broken.push((rule, format!("{account:?} moves by {said} min, not by {due}")));
            }
        }
    }
}

impl Books {
    /// What of so much goes on to the chest, because it would be above the cap.
    fn above_cap(&self, to: TimeAccount, minutes: i128, now: Timestamp) -> i128 {
        let (TimeAccount::Resident(_), Some(terms)) = (to, self.time.terms_at(now)) else {
            return 0;
        };
        let room = i128::from(terms.cap.get()).saturating_sub(self.time.stands(to)).max(0);
        minutes.saturating_sub(room).max(0)
    }

    /// From one account to another, with what goes on to the chest, and clearing.
    fn transfer(&self, from: TimeAccount, to: TimeAccount, minutes: i128, overflow: i128) -> Flow {
        let mut flow = Flow::default();
        let (home, away) = (self.time_home(from), self.time_home(to));
        flow.change(from, home, minutes.saturating_neg());
        flow.change(to, away, minutes.saturating_sub(overflow));
        if let Some(community) = away {
            flow.change(TimeAccount::Chest(community), away, overflow);
        }
        if let (Some(home), Some(away)) = (home, away)
            && home != away
        {
            flow.clear((home, away), minutes);
        }
        flow.changes.retain(|(_, _, minutes)| *minutes != 0);
        flow
    }

    /// What a fact has to move.
    pub(super) fn flow_of(
        &mut self,
        event: &Event,
        now: Timestamp,
        broken: &mut Vec<Broken>,
    ) -> Flow {
        match event {
            Event::Stored { deposit, minutes, overflow, .. } => {
                let Some((from, to)) =
                    self.way_of(deposit.contribution, deposit.payer, deposit.into)
                else {
                    let what = format!("contribution {} served nobody", deposit.contribution);
                    broken.push((Rule::TimeStoredOnce, what));
                    return Flow::default();
                };
                let minutes = i128::from(minutes.get());
                let above = self.above_cap(to, minutes, now);
                says_overflow(above, overflow.get(), broken);
                let deposited = Deposited { from, to, minutes, overflow: above };
                self.store_once(deposit.contribution, deposited, broken);
                self.transfer(from, to, minutes, above)
            }
            Event::Given { gift, overflow, .. } => {
                let from = match gift.from {
                    Giver::Resident(id) => TimeAccount::Resident(id),
                    Giver::Team(id) => TimeAccount::Team(id),
                };
                let to = match gift.to {
                    Receiver::Resident(id) => TimeAccount::Resident(id),
                    Receiver::Chest(id) => TimeAccount::Chest(id),
                };
                let minutes = i128::from(gift.minutes.get());
                let above = self.above_cap(to, minutes, now);
                says_overflow(above, overflow.get(), broken);
                self.transfer(from, to, minutes, above)
            }
            Event::Granted { ask, .. } => {
                self.granted(ask.resident, ask.minutes.get().into(), broken)
            }
            Event::TakenBack { contribution, borne, .. } => {
                self.taken_back(*contribution, borne.get().into(), broken)
            }
            Event::Closed { resident, .. } => {
                let account = TimeAccount::Resident(*resident);
                let (has, home) = (self.time.stands(account), self.time_home(account));
                let chest = home.map_or(TimeAccount::Fund, TimeAccount::Chest);
                let other = if has > 0 { chest } else { TimeAccount::Fund };
                self.transfer(account, other, has, 0)
            }
            Event::Followed { resident, .. } => {
                let mut flow = Flow::default();
                if let Some(moving) = self.time.moving.filter(|it| it.resident == *resident) {
                    let has = self.time.stands(TimeAccount::Resident(*resident));
                    flow.clear((moving.old, moving.new), has);
                }
                flow
            }
            Event::Marked(_)
            | Event::KinLinked(_)
            | Event::Asked { .. }
            | Event::Withdrawn(_)
            | Event::AskLapsed(_)
            | Event::Netted { .. } => Flow::default(),
        }
    }

    /// From whom to whom a contribution's time goes.
    fn way_of(
        &self,
        contribution: ContributionId,
        payer: Payer,
        into: Into,
    ) -> Option<(TimeAccount, TimeAccount)> {
        let served = self.time.served.get(&contribution)?;
        let (server, _) = served.by?;
        let whom = TimeAccount::Resident(served.whom);
        let from = match payer {
            Payer::Fund => TimeAccount::Fund,
            Payer::Served => whom,
            Payer::Chest => TimeAccount::Chest(self.time_home(whom)?),
        };
        let to = match into {
            Into::Own => TimeAccount::Resident(server),
            Into::Team => TimeAccount::Team(*self.time.members.get(&server)?),
        };
        Some((from, to))
    }

    /// A chest grants its first, whole.
    fn granted(&self, resident: ResidentId, minutes: i128, broken: &mut Vec<Broken>) -> Flow {
        let Some(ask) = self.time.asks.get(&resident) else {
            broken.push((Rule::TimeChest, format!("resident {resident} asked for nothing")));
            return Flow::default();
        };
        let here = self.time.asks.values().filter(|other| other.community == ask.community);
        if here.min() != Some(ask) || ask.minutes != minutes {
            let what = format!("resident {resident} is granted {minutes} min before {:?}", ask);
            broken.push((Rule::TimeChest, what));
        }
        let chest = TimeAccount::Chest(ask.community);
        self.transfer(chest, TimeAccount::Resident(resident), minutes, 0)
    }

    /// What whoever served still has of it goes back; the fund bears the rest, and who paid gets all.
    fn taken_back(&self, id: ContributionId, borne: i128, broken: &mut Vec<Broken>) -> Flow {
        let reversed = self.time.served.get(&id).is_some_and(|served| served.reversed);
        let Some(it) = self.time.deposits.get(&id).filter(|_| reversed) else {
            let what = format!("contribution {id} was not stored, or not reversed");
            broken.push((Rule::TimeStoredOnce, what));
            return Flow::default();
        };
        let payer = match it.from {
            TimeAccount::Resident(one) if self.erased.contains(&one) => {
                self.time_home(it.from).map_or(TimeAccount::Fund, TimeAccount::Chest)
            }
            TimeAccount::Resident(_)
            | TimeAccount::Fund
            | TimeAccount::Team(_)
            | TimeAccount::Chest(_)
            | TimeAccount::Clearing(_) => it.from,
        };
        let kept = it.minutes.saturating_sub(it.overflow);
        let back = self.time.stands(it.to).max(0).min(kept);
        let rest = it.minutes.saturating_sub(back);
        if rest != borne {
            let what = format!("the fund bears {rest} min of contribution {id}, not {borne}");
            broken.push((Rule::TimeMoved, what));
        }
        let mut flow = self.transfer(it.to, payer, back, 0);
        flow.change(TimeAccount::Fund, None, rest.saturating_neg());
        flow.change(payer, self.time_home(payer), rest);
        flow.changes.retain(|(_, _, minutes)| *minutes != 0);
        flow
    }
}

fn says_overflow(above: i128, said: u32, broken: &mut Vec<Broken>) {
    if above != i128::from(said) {
        let what = format!("{above} min are above the cap, and {said} go to the chest");
        broken.push((Rule::TimeCap, what));
    }
}
