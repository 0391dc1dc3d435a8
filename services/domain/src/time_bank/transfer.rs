//! How minutes move from one account to another: floors, the cap, and the clearing between communities.

use crate::area::Level;
use crate::id::AreaId;
use crate::quantity::Minutes;
use crate::rules::TimeBankRules;
use crate::time_bank::clearing::PAIRS_MAX;
use crate::time_bank::{Move, TimeAccount};
use crate::{Refusal, State};

/// A transfer, decided.
pub(super) struct Transfer {
    /// What of it went on to the chest.
    pub(super) overflow: Minutes,
    /// What it does to accounts.
    pub(super) moves: Vec<Move>,
}

impl State {
    /// What an account of stored time stands at, in minutes.
    #[must_use]
    pub fn stored_time(&self, account: TimeAccount) -> i64 {
        self.time.get(account).copied().unwrap_or_default()
    }

    /// The community that an area lies in.
    pub(super) fn community_of(&self, area: AreaId) -> Option<AreaId> {
        let found = self.lineage(area).find(|area| area.level == Level::Community);
        found.map(|area| area.area)
    }

    /// The community whose books an account stands in; the fund's in none.
    pub(super) fn time_home(&self, account: TimeAccount) -> Option<AreaId> {
        match account {
            TimeAccount::Fund => None,
            TimeAccount::Resident(id) => {
                let home = self.residents.get(id)?.registration.household;
                self.community_of(self.households.get(home)?.micro_grid)
            }
            TimeAccount::Team(id) => self.community_of(self.teams.get(id)?.grid),
            TimeAccount::Chest(community) | TimeAccount::Clearing(community) => Some(community),
        }
    }

    /// Moves by their changes: an account's changes are added up, and those of nothing left out.
    pub(super) fn time_moves(&self, changes: &[(TimeAccount, i64)]) -> Option<Vec<Move>> {
        let mut sums: Vec<(TimeAccount, i64)> = Vec::new();
        for (account, minutes) in changes {
            match sums.iter_mut().find(|(known, _)| known == account) {
                Some((_, sum)) => *sum = sum.checked_add(*minutes)?,
                None => sums.push((*account, *minutes)),
            }
        }
        sums.into_iter()
            .filter(|(_, minutes)| *minutes != 0)
            .map(|(account, minutes)| {
                let balance = self.stored_time(account).checked_add(minutes)?;
                Some(Move { account, minutes, balance })
            })
            .collect()
    }

    /// The changes of a transfer, the one to the chest and those of clearing among them, and what went to the
    /// chest. Asks no limit.
    pub(super) fn time_changes(
        &self,
        from: TimeAccount,
        to: TimeAccount,
        minutes: Minutes,
        cap: Minutes,
    ) -> (Minutes, Vec<(TimeAccount, i64)>) {
        let (home, away) = (self.time_home(from), self.time_home(to));
        let overflow = match (to, away) {
            (TimeAccount::Resident(_), Some(_)) => minutes.less(self.time_room(to, cap)),
            _ => Minutes::ZERO,
        };
        let (all, kept) = (i64::from(minutes.get()), i64::from(minutes.less(overflow).get()));
        let mut changes = vec![(from, all.saturating_neg()), (to, kept)];
        if let Some(community) = away {
            changes.push((TimeAccount::Chest(community), i64::from(overflow.get())));
        }
        if let (Some(home), Some(away)) = (home, away)
            && home != away
        {
            changes.push((TimeAccount::Clearing(home), all));
            changes.push((TimeAccount::Clearing(away), all.saturating_neg()));
        }
        (overflow, changes)
    }

    /// What an account can still be given under the cap.
    pub(super) fn time_room(&self, account: TimeAccount, cap: Minutes) -> Minutes {
        let room = i64::from(cap.get()).saturating_sub(self.stored_time(account)).max(0);
        Minutes::new(u32::try_from(room).unwrap_or(u32::MAX))
    }

    /// A transfer that asks every limit: `floor` is what the giver may owe.
    pub(super) fn time_transfer(
        &self,
        terms: &TimeBankRules,
        (from, floor): (TimeAccount, Minutes),
        to: TimeAccount,
        minutes: Minutes,
    ) -> Result<Transfer, Refusal> {
        if minutes == Minutes::ZERO {
            return Err(Refusal::NoTime);
        }
        let has = self.stored_time(from);
        let may = has.saturating_add(i64::from(floor.get()));
        if from != TimeAccount::Fund && may < i64::from(minutes.get()) {
            let (needed, may_owe) = (minutes.get(), floor.get());
            return Err(Refusal::TimeShort { has, needed, may_owe });
        }
        let (overflow, changes) = self.time_changes(from, to, minutes, terms.cap);
        let moves = self.time_moves(&changes).ok_or(Refusal::AmountTooLarge)?;
        for step in &moves {
            if let TimeAccount::Clearing(community) = step.account {
                self.within_trade(terms, community, *step)?;
            }
        }
        Ok(Transfer { overflow, moves })
    }

    fn within_trade(
        &self,
        terms: &TimeBankRules,
        community: AreaId,
        step: Move,
    ) -> Result<(), Refusal> {
        let most = if step.minutes > 0 { terms.deficit_most } else { terms.surplus_most }.get();
        let after = step.balance;
        if step.minutes > 0 && after > i64::from(most) {
            return Err(Refusal::DeficitLimit { community, after, most });
        }
        if step.minutes < 0 && after < i64::from(most).saturating_neg() {
            return Err(Refusal::SurplusLimit { community, after, most });
        }
        if self.time_trades.len() >= PAIRS_MAX {
            return Err(Refusal::NettingDue { most: PAIRS_MAX });
        }
        Ok(())
    }
}
