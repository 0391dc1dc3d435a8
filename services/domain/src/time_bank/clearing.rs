//! Clearing (通存通兑) between communities: what one owes the others, and the statement of it.
//!
//! A statement is closed by its record (as a supplier's is): its position, and the tree's root there, seal it.
//! Nobody pays time for it: it says where each community stands, and how it came there.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{AreaId, HouseholdId, OfficerId, ResidentId};
use crate::time_bank::{Event, TimeAccount};
use crate::{Decision, Position, Refusal, State};

/// The most pairs of communities that trade in one period: they fit a record with room to spare.
pub(super) const PAIRS_MAX: usize = 600;

/// What moved from one community's people to another's in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Trade {
    /// Whose time it was: those who were served.
    pub from: AreaId,
    /// Whose it is: those who served.
    pub to: AreaId,
    /// How many minutes.
    pub minutes: u64,
}

/// A community in a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct NettingLine {
    /// Which community.
    pub community: AreaId,
    /// What it owed before, in minutes; below zero what it was owed.
    pub opening: i64,
    /// What its people gave the others in the period.
    pub given: u64,
    /// What its people took from the others.
    pub taken: u64,
    /// What it owes now: opening + taken − given.
    pub closing: i64,
}

/// A netting statement (轧差对账单).
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Netting {
    /// Its number: 1 for a district's first.
    pub number: u32,
    /// The position that the period begins after.
    pub since: Position,
    /// Each community that owes, is owed, or traded, in the order of ids.
    pub lines: Vec<NettingLine>,
    /// Who traded with whom, in the order of ids.
    pub trades: Vec<Trade>,
}

pub(super) fn net(state: &State, officer: Option<OfficerId>) -> Result<Decision, Refusal> {
    let by = officer.map(|officer| state.officer_on_duty(officer)).transpose()?;
    let netting = state.netting().ok_or(Refusal::NothingToNet)?;
    let within = |area| netting.lines.iter().all(|line| state.lies_in(line.community, area));
    if by.is_some_and(|officer| !within(officer.appointment.area)) {
        return Err(Refusal::OutsideAuthority);
    }
    Ok(Decision::one(Event::Netted { officer, netting }))
}

impl State {
    /// What clearing does when somebody moves between households: the old community owes the others what went
    /// away with its resident, or is owed what that one owed. Nothing within one community, and nothing for an
    /// empty account.
    pub(crate) fn time_followed(
        &self,
        resident: ResidentId,
        (from, to): (HouseholdId, HouseholdId),
    ) -> Option<Event> {
        let has = self.stored_time(TimeAccount::Resident(resident));
        let community = |home| self.community_of(self.households.get(home)?.micro_grid);
        let (old, new) = (community(from)?, community(to)?);
        if old == new || has == 0 {
            return None;
        }
        let changes =
            [(TimeAccount::Clearing(old), has), (TimeAccount::Clearing(new), has.checked_neg()?)];
        Some(Event::Followed { resident, moves: self.time_moves(&changes)? })
    }

    /// The statement that is due, if anybody has traded since the last one.
    pub(super) fn netting(&self) -> Option<Netting> {
        let trades: Vec<Trade> = self
            .time_trades
            .sorted()
            .map(|((from, to), minutes)| Trade { from, to, minutes: *minutes })
            .collect();
        if trades.is_empty() {
            return None;
        }
        let mut sums: BTreeMap<AreaId, (u64, u64)> = BTreeMap::new();
        for trade in &trades {
            let taker = sums.entry(trade.from).or_default();
            taker.1 = taker.1.checked_add(trade.minutes)?;
            let giver = sums.entry(trade.to).or_default();
            giver.0 = giver.0.checked_add(trade.minutes)?;
        }
        for (account, _) in self.time.sorted() {
            if let TimeAccount::Clearing(community) = account {
                sums.entry(community).or_default();
            }
        }
        let line = |(community, (given, taken)): (AreaId, (u64, u64))| {
            let closing = self.stored_time(TimeAccount::Clearing(community));
            let opening = closing.checked_add_unsigned(given)?.checked_sub_unsigned(taken)?;
            Some(NettingLine { community, opening, given, taken, closing })
        };
        let lines = sums.into_iter().map(line).collect::<Option<Vec<_>>>()?;
        let number = u32::try_from(self.nettings.len()).ok()?.checked_add(1)?;
        let since = number.checked_sub(1).and_then(|before| self.nettings.get(before).copied());
        Some(Netting { number, since: since.unwrap_or(Position::START), lines, trades })
    }
}
