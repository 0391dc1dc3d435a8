//! Stored time, added up from the facts: what every record of the time bank has to move, told from the wish, the
//! balances before and who lives where, and what no wish may do.
//!
//! It shares no code with the core: each flow is worked out here again, and the record's moves are held against it.

mod flow;
mod netting;
mod places;
mod wishes;

use borsh::{BorshDeserialize, BorshSerialize};
use linli_domain::Position;
use linli_domain::contribution::Claim;
use linli_domain::id::{AreaId, ContributionId, TeamId};
use linli_domain::rules::{RuleSet, TimeBankRules};
use linli_domain::time::Timestamp;
use linli_domain::time_bank::{Event, Mark, Move, TimeAccount};

use super::*;
use flow::Flow;

/// Whom a contribution served, and by whose how many minutes, once it was awarded.
#[derive(Clone, Copy, Debug, BorshSerialize, BorshDeserialize)]
struct Served {
    whom: ResidentId,
    by: Option<(ResidentId, i128)>,
    /// Was the award taken back?
    reversed: bool,
}

/// What was stored for a contribution, as far as taking it back needs it.
#[derive(Clone, Copy, Debug, BorshSerialize, BorshDeserialize)]
struct Deposited {
    from: TimeAccount,
    to: TimeAccount,
    minutes: i128,
    overflow: i128,
}

/// An ask that waits: key elders first, then in the order of arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, BorshSerialize, BorshDeserialize)]
struct Waiting {
    community: AreaId,
    rank: Mark,
    since: Position,
    minutes: i128,
}

/// A move from one community to another that clearing has to follow.
#[derive(Clone, Copy, Debug, BorshSerialize, BorshDeserialize)]
struct Moving {
    resident: ResidentId,
    old: AreaId,
    new: AreaId,
}

/// Accounts in minutes, and what the facts say of whom they are.
#[derive(Debug, Default, BorshSerialize, BorshDeserialize)]
pub(super) struct StoredTime {
    accounts: FxHashMap<TimeAccount, i128>,
    terms: Vec<(Timestamp, Option<TimeBankRules>)>,
    communities: FxHashMap<AreaId, AreaId>,
    buildings: FxHashMap<HouseholdId, AreaId>,
    grids: FxHashMap<TeamId, AreaId>,
    members: FxHashMap<ResidentId, TeamId>,
    served: FxHashMap<ContributionId, Served>,
    deposits: FxHashMap<ContributionId, Deposited>,
    elders: FxHashSet<ResidentId>,
    kin: FxHashSet<(ResidentId, ResidentId)>,
    asks: FxHashMap<ResidentId, Waiting>,
    moving: Option<Moving>,
    /// What the fund has put into each community.
    issued: FxHashMap<AreaId, i128>,
    trades: FxHashMap<(AreaId, AreaId), i128>,
    stated: FxHashMap<AreaId, i128>,
    statements: u32,
    stated_at: Option<Position>,
}

impl StoredTime {
    fn stands(&self, account: TimeAccount) -> i128 {
        self.accounts.get(&account).copied().unwrap_or_default()
    }

    /// What the rules in force then say; none if they know no time bank.
    fn terms_at(&self, now: Timestamp) -> Option<&TimeBankRules> {
        let in_force = self.terms.iter().rev().find(|(from, _)| *from <= now)?;
        in_force.1.as_ref()
    }

    pub(super) fn live_by(&mut self, rules: &RuleSet) {
        self.terms.push((rules.effective_from, rules.time_bank.clone()));
    }

    /// Whom a claim says that it served.
    pub(super) fn claimed(&mut self, claim: &Claim) {
        if let Some(whom) = claim.beneficiary {
            self.served.insert(claim.contribution, Served { whom, by: None, reversed: false });
        }
    }

    pub(super) fn awarded(&mut self, award: &Award) {
        if let Some(served) = self.served.get_mut(&award.contribution) {
            served.by = Some((award.resident, award.minutes.get().into()));
        }
    }

    /// The award was taken back, or stands again.
    pub(super) fn reversed(&mut self, id: ContributionId, reversed: bool) {
        if let Some(served) = self.served.get_mut(&id) {
            served.reversed = reversed;
        }
    }

    /// Takes the moves of a record in: they sum to zero, and stand where they say.
    fn book(&mut self, moves: &[Move], broken: &mut Vec<Broken>) {
        let mut sum = 0_i128;
        for step in moves {
            sum = sum.saturating_add(step.minutes.into());
            let account = self.accounts.entry(step.account).or_default();
            *account = account.saturating_add(step.minutes.into());
            if *account != i128::from(step.balance) {
                let what = format!(
                    "{:?} says {}, the books have {account} min",
                    step.account, step.balance
                );
                broken.push((Rule::TimeBalance, what));
            }
            if *account < 0 && matches!(step.account, TimeAccount::Team(_) | TimeAccount::Chest(_))
            {
                broken.push((Rule::TimeDebt, format!("{:?} at {account} min", step.account)));
            }
        }
        if sum != 0 {
            broken.push((Rule::TimeSum, format!("the moves sum to {sum} min")));
        }
    }

    /// Remembers who traded with whom, and what the fund put in where, by what had to flow.
    fn remember(&mut self, flow: &Flow) {
        for (account, minutes) in flow.steps() {
            if let (true, Some(community)) = (flow.moves_fund(), flow.home(account)) {
                let issued = self.issued.entry(community).or_default();
                *issued = issued.saturating_add(minutes);
            }
        }
        if let Some((pair, minutes)) = flow.trade() {
            let traded = self.trades.entry(pair).or_default();
            *traded = traded.saturating_add(minutes);
        }
    }
}

impl Books {
    /// A fact of the time bank.
    pub(super) fn bank(
        &mut self,
        event: &Event,
        at: (Position, Timestamp),
        broken: &mut Vec<Broken>,
    ) {
        let flow = self.flow_of(event, at.1, broken);
        self.check_wish(event, at.1, broken);
        flow.compare(event.moves(), broken);
        self.time.book(event.moves(), broken);
        self.time.remember(&flow);
        self.keep(event, at.0, broken);
    }

    /// Clearing follows a move in the very next record.
    pub(super) fn clearing_follows(
        &mut self,
        event: &linli_domain::Event,
        broken: &mut Vec<Broken>,
    ) {
        let Some(moving) = self.time.moving.take() else { return };
        let followed = matches!(event, linli_domain::Event::TimeBank(Event::Followed { resident, .. })
            if *resident == moving.resident);
        if followed {
            self.time.moving = Some(moving);
        } else {
            let what = format!("clearing didn't follow resident {}", moving.resident);
            broken.push((Rule::TimeClearing, what));
        }
    }

    /// What a fact changes beside accounts.
    fn keep(&mut self, event: &Event, position: Position, broken: &mut Vec<Broken>) {
        let home = |books: &Self, resident| books.time_home(TimeAccount::Resident(resident));
        match event {
            Event::Marked(it) => {
                match it.mark {
                    Mark::KeyElder => self.time.elders.insert(it.resident),
                    Mark::Ordinary => self.time.elders.remove(&it.resident),
                };
            }
            Event::KinLinked(it) => {
                self.time.kin.insert((it.one.min(it.other), it.one.max(it.other)));
            }
            Event::Asked { ask, rank, .. } => {
                if (*rank == Mark::KeyElder) != self.time.elders.contains(&ask.resident) {
                    let what = format!("resident {} asks as {rank:?}", ask.resident);
                    broken.push((Rule::TimeChest, what));
                }
                let Some(community) = home(self, ask.resident) else { return };
                let (rank, minutes) = (*rank, ask.minutes.get().into());
                let waiting = Waiting { community, rank, since: position, minutes };
                if self.time.asks.insert(ask.resident, waiting).is_some() {
                    let what = format!("resident {} asks twice", ask.resident);
                    broken.push((Rule::TimeChest, what));
                }
            }
            Event::Withdrawn(resident) | Event::AskLapsed(resident) => {
                self.time.asks.remove(resident);
            }
            Event::Granted { ask, .. } => drop(self.time.asks.remove(&ask.resident)),
            Event::TakenBack { contribution, .. } => drop(self.time.deposits.remove(contribution)),
            Event::Followed { .. } => self.time.moving = None,
            Event::Netted { netting, .. } => {
                self.time.state(netting, position, broken);
            }
            Event::Stored { .. } | Event::Given { .. } | Event::Closed { .. } => {}
        }
    }
}
