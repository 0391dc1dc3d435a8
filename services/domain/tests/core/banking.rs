//! Random histories of the time bank: their steps, and what has to hold of the records whatever the steps were.

use std::collections::{BTreeMap, BTreeSet};

use linli_domain::id::{AreaId, HouseholdId, OfficerId, ResidentId, TeamId};
use linli_domain::quantity::Minutes;
use linli_domain::resident;
use linli_domain::time_bank::{
    Ask, Command, Deposit, Event, Gift, Giver, Into, Kin, Mark, Marking, Payer, Receiver,
    TimeAccount,
};
use linli_domain::{Event as Any, Record};
use proptest::prelude::*;

use crate::steps::{Step as Steps, days};
use crate::time_bank::{EAST, EAST_HOME};
use crate::world::*;

/// One wish, by small numbers.
#[derive(Clone, Debug)]
pub enum Step {
    Mark { who: u128, key: bool, officer: u128 },
    Kin { one: u128, other: u128, officer: u128 },
    Store { which: usize, payer: u8, team: bool },
    Give { from: u128, to: u128, how: u8, minutes: u32 },
    Ask { who: u128, minutes: u32 },
    Withdraw { who: u128 },
    Net { officer: Option<u128> },
}

pub fn step() -> impl Strategy<Value = Step> {
    let who = || 1..=9_u128;
    let officer = || prop_oneof![3 => Just(10_u128), 1 => 1..=12_u128];
    prop_oneof![
        2 => (who(), prop::bool::weighted(0.8), officer())
            .prop_map(|(who, key, officer)| Step::Mark { who, key, officer }),
        1 => (who(), who(), officer())
            .prop_map(|(one, other, officer)| Step::Kin { one, other, officer }),
        8 => (0..6_usize, 0..4_u8, prop::bool::weighted(0.4))
            .prop_map(|(which, payer, team)| Step::Store { which, payer, team }),
        6 => (prop_oneof![2 => 1..=2_u128, 1 => who()], prop_oneof![1 => Just(8), 2 => who()], 0..5_u8, 0..150_u32)
            .prop_map(|(from, to, how, minutes)| Step::Give { from, to, how, minutes }),
        1 => (who(), 0..90_u32).prop_map(|(who, minutes)| Step::Ask { who, minutes }),
        1 => who().prop_map(|who| Step::Withdraw { who }),
        1 => prop_oneof![1 => Just(None), 2 => Just(Some(3)), 1 => officer().prop_map(Some)]
            .prop_map(|officer| Step::Net { officer }),
    ]
}

/// The time bank, and contributions, teams and movers for it.
pub fn and_all_it_needs() -> impl Strategy<Value = Steps> {
    prop_oneof![
        6 => step().prop_map(Steps::Banking),
        3 => helping(),
        1 => crewing(),
        1 => moving(),
        1 => days(),
    ]
}

/// An hour or two for somebody, mostly for the key elder, and the word of those who may say it.
fn helping() -> impl Strategy<Value = Steps> {
    let whom = prop_oneof![2 => Just(8_u128), 1 => 1..=9_u128];
    let officer = prop_oneof![2 => Just(1_u128), 1 => Just(3_u128)];
    prop_oneof![
        1 => (1..=9_u128, whom, 0..300_i64, 30..150_i64).prop_map(|(who, whom, ago, minutes)| {
            let (act, signals, beneficiary) = (1, 1, Some(whom));
            Steps::Submit { who, act, ago, minutes, signals, beneficiary }
        }),
        1 => (0..4_usize, officer)
            .prop_map(|(which, officer)| Steps::Verify { which, officer, assessed: None }),
    ]
}

/// Somebody joins a team of the world.
fn crewing() -> impl Strategy<Value = Steps> {
    (1..=9_u128, 1..=2_u128).prop_map(|(who, team)| Steps::Team { who, team, join: true })
}

/// Somebody moves; household 5 is in another community.
pub fn moving() -> impl Strategy<Value = Steps> {
    (1..=9_u128, 1..=5_u128).prop_map(|(who, household)| Steps::Move { who, household })
}

/// The wish behind a step. What is stored is one of the last that was awarded and served somebody.
pub fn command(step: &Step, world: &World) -> Option<Command> {
    let officer_of = OfficerId::from_number;
    Some(match *step {
        Step::Mark { who, key, officer } => {
            let mark = if key { Mark::KeyElder } else { Mark::Ordinary };
            Command::Mark(Marking { resident: resident(who), mark, officer: officer_of(officer) })
        }
        Step::Kin { one, other, officer } => {
            let (one, other) = (resident(one), resident(other));
            Command::LinkKin(Kin { one, other, officer: officer_of(officer) })
        }
        Step::Store { which, payer, team } => {
            let all = world.state.contributions().sorted();
            let serves = all.filter(|(_, it)| {
                it.claim.beneficiary.is_some()
                    && it.claim.act == code("CLEAN")
                    && it.award().is_some()
            });
            let serves: Vec<_> = serves.map(|(id, _)| id).collect();
            let contribution = *serves.iter().rev().nth(which)?;
            let payer =
                [Payer::Fund, Payer::Chest, Payer::Served, Payer::Chest][usize::from(payer)];
            let into = if team { Into::Team } else { Into::Own };
            Command::Store(Deposit { contribution, payer, into })
        }
        Step::Give { from, to, how, minutes } => {
            let chests = [COMMUNITY, EAST, COMMUNITY, GRID];
            let chest = chests[usize::try_from(to % 4).unwrap()];
            let from = match how {
                0 | 1 => Giver::Team(TeamId::from_number(1 + from % 2)),
                _ => Giver::Resident(resident(from)),
            };
            let to = match how {
                0 | 2 => Receiver::Chest(chest),
                _ => Receiver::Resident(resident(to)),
            };
            Command::Give(Gift { from, to, minutes: Minutes::new(minutes) })
        }
        Step::Ask { who, minutes } => {
            Command::Ask(Ask { resident: resident(who), minutes: Minutes::new(minutes) })
        }
        Step::Withdraw { who } => Command::Withdraw(resident(who)),
        Step::Net { officer } => {
            officer.map_or(Command::NetByDesk, |it| Command::Net(officer_of(it)))
        }
    })
}

/// What is known from the records alone.
#[derive(Default)]
struct Bank {
    homes: BTreeMap<ResidentId, HouseholdId>,
    accounts: BTreeMap<TimeAccount, i64>,
    /// What the fund has issued in each community, without what it took back.
    issued: BTreeMap<AreaId, i64>,
    stored: BTreeSet<linli_domain::id::ContributionId>,
}

impl Bank {
    fn community(&self, account: TimeAccount) -> Option<AreaId> {
        let east = HouseholdId::from_number(EAST_HOME);
        match account {
            TimeAccount::Fund => None,
            TimeAccount::Resident(id) => {
                Some(if self.homes.get(&id) == Some(&east) { EAST } else { COMMUNITY })
            }
            TimeAccount::Team(_) => Some(COMMUNITY),
            TimeAccount::Chest(id) | TimeAccount::Clearing(id) => Some(id),
        }
    }

    /// In each community all accounts, clearing among them, sum to what the fund has put in there: only a record that
    /// moves the fund changes that, and clearing follows whoever moves.
    fn clear(&mut self, event: &Event) {
        let fund = event.moves().iter().any(|step| step.account == TimeAccount::Fund);
        for step in event.moves().iter().filter(|_| fund) {
            if let Some(community) = self.community(step.account) {
                *self.issued.entry(community).or_default() += step.minutes;
            }
        }
        let mut stands: BTreeMap<AreaId, i64> = BTreeMap::new();
        for (account, minutes) in &self.accounts {
            if let Some(community) = self.community(*account) {
                *stands.entry(community).or_default() += minutes;
            }
        }
        for (community, minutes) in stands {
            let issued = self.issued.get(&community).copied().unwrap_or_default();
            assert_eq!(minutes, issued, "{community}: {event:?}");
        }
    }

    fn take(&mut self, event: &Event) {
        let mut sum = 0;
        for step in event.moves() {
            let account = self.accounts.entry(step.account).or_default();
            *account += step.minutes;
            assert_eq!(*account, step.balance, "{event:?}");
            sum += step.minutes;
        }
        assert_eq!(sum, 0, "{event:?}");
        match event {
            Event::Stored { deposit, .. } => assert!(self.stored.insert(deposit.contribution)),
            Event::TakenBack { contribution, .. } => assert!(self.stored.remove(contribution)),
            Event::Netted { netting, .. } => {
                for line in &netting.lines {
                    let moved =
                        i64::try_from(line.taken).unwrap() - i64::try_from(line.given).unwrap();
                    let stands = self.accounts.get(&TimeAccount::Clearing(line.community));
                    assert_eq!(line.opening + moved, line.closing);
                    assert_eq!(stands.copied().unwrap_or_default(), line.closing);
                }
            }
            _ => {}
        }
        self.clear(event);
        for (account, stands) in &self.accounts {
            let above = !matches!(account, TimeAccount::Team(_) | TimeAccount::Chest(_));
            assert!(above || *stands >= 0, "{account:?} at {stands} min");
        }
    }
}

/// Each record's moves sum to zero and stand where they say; a contribution is stored once; teams and chests owe
/// nothing; statements add up.
pub fn check(records: &[Record]) {
    let mut bank = Bank::default();
    for record in records {
        match &record.event {
            Any::Resident(resident::Event::Registered(it)) => {
                bank.homes.insert(it.resident, it.household);
            }
            Any::Resident(resident::Event::Moved { to, .. }) => {
                bank.homes.insert(to.resident, to.household);
            }
            Any::TimeBank(event) => bank.take(event),
            _ => {}
        }
    }
}
