//! Books of stored time, kept from facts alone.

use std::collections::{BTreeMap, BTreeSet};

use linli_domain::contribution;
use linli_domain::id::{AreaId, ContributionId, ResidentId};
use linli_domain::time::Timestamp;
use linli_domain::time_bank::{
    Ask, Deposit, Event, Gift, Giver, Into, Mark, Move, Netting, Payer, Receiver, TimeAccount,
};
use linli_domain::{Event as Fact, Origin, Record};

use crate::town::{self, CAP_MINUTES, TEAM, TRADE_MINUTES};

/// Who served whom, and how long, once it was awarded.
#[derive(Clone, Copy, Debug)]
struct Served {
    by: ResidentId,
    whom: Option<ResidentId>,
    minutes: Option<i64>,
}

/// An ask that waits.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    minutes: i64,
    rank: Mark,
    since: u64,
    until: Timestamp,
}

/// What all facts so far amount to, in minutes.
#[derive(Clone, Debug, Default)]
pub struct Hours {
    stands: BTreeMap<TimeAccount, i64>,
    served: BTreeMap<ContributionId, Served>,
    stored: BTreeSet<ContributionId>,
    elders: BTreeSet<ResidentId>,
    kin: BTreeSet<(ResidentId, ResidentId)>,
    asks: BTreeMap<ResidentId, Waiting>,
    /// What moved from one community to another since the last statement.
    trades: BTreeMap<(AreaId, AreaId), i64>,
    nettings: u32,
}

/// Changes of accounts.
type Changes = BTreeMap<TimeAccount, i64>;

impl Hours {
    /// Enters a record.
    ///
    /// # Errors
    /// What in it can't be.
    pub fn enter(&mut self, record: &Record) -> Result<(), String> {
        let by_itself = record.origin == Origin::Deadline;
        if !by_itself {
            self.nothing_overdue(record.recorded_at)?;
        }
        if let Fact::Contribution(contribution::Event::Submitted { claim, .. }) = &record.event {
            let (by, whom) = (claim.resident, claim.beneficiary);
            self.served.insert(claim.contribution, Served { by, whom, minutes: None });
        }
        if let Fact::Contribution(contribution::Event::Awarded(award)) = &record.event
            && let Some(served) = self.served.get_mut(&award.contribution)
        {
            served.minutes = Some(award.minutes.get().into());
        }
        let Fact::TimeBank(event) = &record.event else { return Ok(()) };
        let expected = self.expected(event, record)?;
        self.book(event.moves(), expected)
    }

    /// Nobody's wish is recorded while an ask is past its time, or a chest has enough for who comes next.
    fn nothing_overdue(&self, now: Timestamp) -> Result<(), String> {
        if let Some((who, _)) = self.asks.iter().find(|(_, ask)| ask.until <= now) {
            return Err(format!("the ask of {who} was over and is still there"));
        }
        let could = |community: &AreaId| {
            let next = self.next_at(*community);
            next.is_some_and(|(_, ask)| ask.minutes <= self.stands(TimeAccount::Chest(*community)))
        };
        match town::COMMUNITIES.iter().find(|community| could(community)) {
            Some(community) => Err(format!("the chest of {community} could grant")),
            None => Ok(()),
        }
    }

    /// What a fact has to do to accounts.
    fn expected(&mut self, event: &Event, record: &Record) -> Result<Changes, String> {
        match event {
            Event::Marked(it) => {
                match it.mark {
                    Mark::KeyElder => self.elders.insert(it.resident),
                    Mark::Ordinary => self.elders.remove(&it.resident),
                };
                Ok(Changes::new())
            }
            Event::KinLinked(it) => {
                self.kin.insert((it.one, it.other));
                Ok(Changes::new())
            }
            Event::Stored { deposit, minutes, overflow, .. } => {
                self.deposited(*deposit, minutes.get().into(), overflow.get().into())
            }
            Event::Given { gift, overflow, .. } => self.given(*gift, overflow.get().into()),
            Event::Asked { ask, rank, lapses_at } => {
                let waiting = Waiting {
                    minutes: ask.minutes.get().into(),
                    rank: *rank,
                    since: record.position.0,
                    until: *lapses_at,
                };
                let is_elder = *rank == Mark::KeyElder;
                let before = self.asks.insert(ask.resident, waiting);
                if before.is_some() || is_elder != self.elders.contains(&ask.resident) {
                    return Err(format!("{ask:?} after {before:?}"));
                }
                Ok(Changes::new())
            }
            Event::Granted { ask, .. } => self.granted(*ask),
            Event::Withdrawn(who) => self.asked_no_longer(*who).map(|_| Changes::new()),
            Event::AskLapsed(who) => {
                let ask = self.asked_no_longer(*who)?;
                let room = CAP_MINUTES - self.stands(TimeAccount::Resident(*who));
                if ask.until > record.recorded_at && room >= ask.minutes {
                    return Err(format!("the ask of {who} was not over"));
                }
                Ok(Changes::new())
            }
            Event::Netted { netting, .. } => self.netted(netting).map(|()| Changes::new()),
            Event::TakenBack { .. } | Event::Closed { .. } | Event::Followed { .. } => {
                Err("nobody is reversed, erased or moved in a run".to_owned())
            }
        }
    }

    fn deposited(&mut self, it: Deposit, minutes: i64, overflow: i64) -> Result<Changes, String> {
        let found = self.served.get(&it.contribution).copied();
        let Some(Served { by, whom: Some(whom), minutes: Some(served) }) = found else {
            return Err(format!("{it:?} of {found:?}"));
        };
        let may = it.payer != Payer::Fund || self.elders.contains(&whom);
        if served != minutes || !may || !self.stored.insert(it.contribution) {
            return Err(format!("{it:?} of {minutes} min, of {found:?}"));
        }
        let from = match it.payer {
            Payer::Fund => TimeAccount::Fund,
            Payer::Served => TimeAccount::Resident(whom),
            Payer::Chest => TimeAccount::Chest(town::community_of(whom)),
        };
        let to = match it.into {
            Into::Own => TimeAccount::Resident(by),
            Into::Team => TimeAccount::Team(TEAM),
        };
        self.moved(from, to, minutes, overflow)
    }

    fn given(&mut self, it: Gift, overflow: i64) -> Result<Changes, String> {
        let may = match (it.from, it.to) {
            (Giver::Resident(from), Receiver::Resident(to)) => {
                let linked = [(from, to), (to, from)].iter().any(|pair| self.kin.contains(pair));
                from != to && (linked || town::household_of(from) == town::household_of(to))
            }
            (Giver::Team(_), Receiver::Resident(to)) => self.elders.contains(&to),
            (Giver::Resident(_) | Giver::Team(_), Receiver::Chest(_)) => true,
        };
        if !may {
            return Err(format!("{it:?} is given to nobody's kin"));
        }
        let from = match it.from {
            Giver::Resident(id) => TimeAccount::Resident(id),
            Giver::Team(id) => TimeAccount::Team(id),
        };
        let to = match it.to {
            Receiver::Resident(id) => TimeAccount::Resident(id),
            Receiver::Chest(id) => TimeAccount::Chest(id),
        };
        self.moved(from, to, it.minutes.get().into(), overflow)
    }

    /// Key elders come first, and then whoever asked first.
    fn next_at(&self, community: AreaId) -> Option<(ResidentId, Waiting)> {
        let here = self.asks.iter().filter(|(who, _)| town::community_of(**who) == community);
        let first = here.min_by_key(|(_, ask)| (ask.rank != Mark::KeyElder, ask.since));
        first.map(|(who, ask)| (*who, *ask))
    }

    fn granted(&mut self, it: Ask) -> Result<Changes, String> {
        let community = town::community_of(it.resident);
        let next = self.next_at(community).map(|(who, ask)| (who, ask.minutes));
        if next != Some((it.resident, it.minutes.get().into())) {
            return Err(format!("{it:?} was granted, and {next:?} comes next"));
        }
        self.asked_no_longer(it.resident)?;
        let to = TimeAccount::Resident(it.resident);
        self.moved(TimeAccount::Chest(community), to, it.minutes.get().into(), 0)
    }

    fn asked_no_longer(&mut self, who: ResidentId) -> Result<Waiting, String> {
        self.asks.remove(&who).ok_or_else(|| format!("{who} asked for nothing"))
    }

    /// What moves where: what is above the cap goes to the chest, and communities owe each other the rest.
    fn moved(
        &mut self,
        from: TimeAccount,
        to: TimeAccount,
        minutes: i64,
        overflow: i64,
    ) -> Result<Changes, String> {
        let above = self.stands(to) + minutes - CAP_MINUTES;
        let is_capped = matches!(to, TimeAccount::Resident(_));
        let above = if is_capped { above.clamp(0, minutes.max(0)) } else { 0 };
        if above != overflow || minutes <= 0 {
            return Err(format!("{overflow} of {minutes} min went to the chest, not {above}"));
        }
        let mut changes = Changes::new();
        let mut change = |account, by| *changes.entry(account).or_default() += by;
        change(from, -minutes);
        change(to, minutes - above);
        let (home, away) = (home(from), home(to));
        if let Some(away) = away {
            change(TimeAccount::Chest(away), above);
        }
        if let (Some(home), Some(away)) = (home, away)
            && home != away
        {
            change(TimeAccount::Clearing(home), minutes);
            change(TimeAccount::Clearing(away), -minutes);
            *self.trades.entry((home, away)).or_default() += minutes;
        }
        Ok(changes)
    }

    fn netted(&mut self, netting: &Netting) -> Result<(), String> {
        self.nettings += 1;
        let told: BTreeMap<_, _> = netting
            .trades
            .iter()
            .map(|trade| ((trade.from, trade.to), i64::try_from(trade.minutes).unwrap_or(i64::MAX)))
            .collect();
        let trades = std::mem::take(&mut self.trades);
        if netting.number != self.nettings || told != trades || trades.is_empty() {
            return Err(format!("{netting:?} of {trades:?}"));
        }
        for line in &netting.lines {
            let of = |is: fn(&(AreaId, AreaId)) -> AreaId| -> i64 {
                let own = trades.iter().filter(|(pair, _)| is(pair) == line.community);
                own.map(|(_, minutes)| *minutes).sum()
            };
            let (taken, given) = (of(|(from, _)| *from), of(|(_, to)| *to));
            let closing = self.stands(TimeAccount::Clearing(line.community));
            let sums = (line.opening + taken - given, line.closing) == (closing, closing);
            if !sums
                || (i64::try_from(line.taken), i64::try_from(line.given)) != (Ok(taken), Ok(given))
            {
                return Err(format!("{line:?}, which took {taken} and gave {given}"));
            }
        }
        Ok(())
    }

    fn stands(&self, account: TimeAccount) -> i64 {
        self.stands.get(&account).copied().unwrap_or_default()
    }

    fn book(&mut self, moves: &[Move], mut expected: Changes) -> Result<(), String> {
        expected.retain(|_, minutes| *minutes != 0);
        let found: Changes = moves.iter().map(|step| (step.account, step.minutes)).collect();
        if found != expected || found.values().sum::<i64>() != 0 {
            return Err(format!("{found:?} was moved, not {expected:?}"));
        }
        for step in moves {
            let stands = self.stands.entry(step.account).or_default();
            *stands += step.minutes;
            let within = match step.account {
                TimeAccount::Fund => *stands <= 0,
                TimeAccount::Resident(_) => (0..=CAP_MINUTES).contains(stands),
                TimeAccount::Team(_) | TimeAccount::Chest(_) => *stands >= 0,
                TimeAccount::Clearing(_) => stands.abs() <= TRADE_MINUTES,
            };
            if *stands != step.balance || !within {
                return Err(format!("{:?} stands at {stands} min", step.account));
            }
        }
        Ok(())
    }
}

/// The community in whose books an account stands.
fn home(account: TimeAccount) -> Option<AreaId> {
    match account {
        TimeAccount::Fund => None,
        TimeAccount::Resident(id) => Some(town::community_of(id)),
        TimeAccount::Team(_) => Some(town::COMMUNITY),
        TimeAccount::Chest(community) | TimeAccount::Clearing(community) => Some(community),
    }
}
