//! What the facts of allowances do to the state.

use crate::allowance::{Allowance, Counted, Event, Grant, Sums};
use crate::quantity::Points;
use crate::state::{Law, Step, known};
use crate::time::Timestamp;
use crate::{Deadline, State};

pub(crate) fn evolve(state: &mut State, event: &Event, now: Timestamp) -> Step {
    match event {
        Event::Granted { grant, sync_until } => granted(state, grant, *sync_until, now),
        Event::Counted(it) => return counted(state, it, now),
        Event::Reported { slip, .. } => {
            let found = known(state.allowances.get_mut(slip.allowance), slip.allowance)?;
            found.reported.insert(slip.redemption);
        }
        Event::Ended { allowance, ends_at, sums, .. } => {
            let found = known(state.allowances.get_mut(*allowance), allowance)?;
            if found.ended_at.is_some() || found.sums != *sums {
                return Err((Law::Allowance, format!("allowance {allowance} is {found:?}")));
            }
            found.ended_at = Some(now);
            state.deadlines.remove(&(*ends_at, Deadline::AllowanceEnds(*allowance)));
        }
    }
    Ok(())
}

fn granted(state: &mut State, grant: &Grant, sync_until: Timestamp, now: Timestamp) {
    let granted = Allowance {
        grant: *grant,
        granted_at: now,
        sync_until,
        ended_at: None,
        sums: Sums::default(),
        numbers: std::collections::BTreeMap::new(),
        people: std::collections::BTreeMap::new(),
        reported: std::collections::BTreeSet::new(),
    };
    state.allowances.insert(grant.allowance, granted);
    state.counters.entry(grant.station).allowance = Some(grant.allowance);
    state.deadlines.insert((grant.ends_at, Deadline::AllowanceEnds(grant.allowance)));
}

/// A slip is a sale, but that a part of it may have been short: what comes back of such a one can't
/// be told apart, so only what was paid in full can be returned.
fn counted(state: &mut State, it: &Counted, now: Timestamp) -> Step {
    let slip = &it.slip;
    state.sell(slip, now)?;
    if it.short.is_zero() {
        state.keep_for_returns(slip, now)?;
    }
    // Whoever answers for a loss stands among those who do, from the first on.
    if !it.short.is_zero() {
        state.losses.entry(it.officer);
    }
    let found = known(state.allowances.get_mut(it.allowance), it.allowance)?;
    let summed = add(found, it);
    summed.ok_or_else(|| (Law::Allowance, format!("allowance {} and {it:?}", it.allowance)))
}

/// `None` if the number was counted before, or past the range.
fn add(found: &mut Allowance, it: &Counted) -> Option<()> {
    found.reported.remove(&it.slip.redemption);
    if found.numbers.insert(it.number, it.slip.redemption).is_some() {
        return None;
    }
    let had = found.people.entry(it.slip.resident).or_insert(Points::ZERO);
    *had = had.plus(it.slip.total)?;
    let Sums { slips, spent, overspent } = found.sums;
    found.sums = Sums {
        slips: slips.checked_add(1)?,
        spent: spent.plus(it.slip.total)?,
        overspent: overspent.plus(it.short)?,
    };
    Some(())
}
