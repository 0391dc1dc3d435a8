//! What may be granted, for how long, and to whom.

use crate::allowance::{Allowance, Command, Event, Grant};
use crate::id::{AllowanceId, OfficerId};
use crate::quantity::Points;
use crate::time::Timestamp;
use crate::{Decision, Noun, Refusal, State};

/// The highest number of a slip: more than a counter hands out in the longest time off line.
pub const SLIPS_MAX: u32 = 2_000;

/// The most slips of one allowance that are reported at a time: what a person can look into.
pub const REPORTS_MAX: usize = 500;

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Grant(grant) => decide_grant(state, grant, now),
        Command::Count(slip) => super::count::decide(state, slip, now),
        Command::End { allowance, officer } => {
            let found = state.allowance(*allowance)?;
            state.answers_for(*officer, found.grant.station)?;
            match found.ended_at {
                Some(since) => Err(Refusal::AllowanceEnded { since }),
                None => Ok(Decision::one(found.ended(Some(*officer)))),
            }
        }
    }
}

fn decide_grant(state: &State, grant: &Grant, now: Timestamp) -> Result<Decision, Refusal> {
    state.allowances.vacant(grant.allowance, Noun::Allowance)?;
    state.answers_for(grant.officer, grant.station)?;
    let rules = state.rules.in_force(now).ok_or(Refusal::NoRulesInForce)?;
    let terms = rules.counter.and_then(|counter| counter.offline).ok_or(Refusal::NoOfflineTerms)?;
    let standing = state.counter(grant.station).allowance.and_then(|id| state.allowances.get(id));
    if let Some(found) = standing.filter(|found| found.ended_at.is_none()) {
        return Err(Refusal::AllowanceStanding { ends_at: found.grant.ends_at });
    }
    if grant.per_person <= Points::ZERO || grant.total <= Points::ZERO || grant.ends_at <= now {
        return Err(Refusal::AllowanceEmpty);
    }
    if grant.total > terms.station_most {
        return Err(Refusal::AllowanceTooLarge { most: terms.station_most, wanted: grant.total });
    }
    if grant.per_person > terms.person_most {
        let most = terms.person_most;
        return Err(Refusal::AllowanceTooLargeEach { most, wanted: grant.per_person });
    }
    let latest = now.after(terms.longest);
    if grant.ends_at > latest {
        return Err(Refusal::AllowanceTooLong { latest });
    }
    let sync_until = grant.ends_at.days_after(terms.sync_days);
    Ok(Decision::one(Event::Granted { grant: *grant, sync_until }))
}

impl Allowance {
    fn ended(&self, by: Option<OfficerId>) -> Event {
        let Grant { allowance, station, ends_at, .. } = self.grant;
        Event::Ended { allowance, station, ends_at, by, sums: self.sums }
    }
}

impl State {
    pub(crate) fn allowance(&self, id: AllowanceId) -> Result<&Allowance, Refusal> {
        self.allowances.get(id).ok_or(Refusal::Unknown(Noun::Allowance))
    }

    /// The end of an allowance whose time has come.
    pub(crate) fn allowance_over(&self, id: AllowanceId) -> Option<Event> {
        Some(self.allowances.get(id)?.ended(None))
    }
}
