//! The checks, one function each: what a claim shows beside all that was submitted before it.

use crate::conduct::Sign;
use crate::contribution::{Attachment, Claim, Signal, Signals};
use crate::id::ResidentId;
use crate::quantity::Minutes;
use crate::rules::{ConductRules, Frequency, LateTerms, RuleSet, TravelTerms};
use crate::time::Timestamp;
use crate::{Refusal, State};

/// The most signs on one hold: a record has to end somewhere, and a person needs no more.
const SIGNS_MAX: usize = 8;

/// Microseconds in a minute.
const A_MINUTE: i64 = 60_000_000;

/// What looks odd about a claim by the rules of its time; nothing where they have no checks.
pub(crate) fn signs(state: &State, claim: &Claim, now: Timestamp) -> Result<Vec<Sign>, Refusal> {
    let rules = state.rules.in_force(claim.happened.end()).ok_or(Refusal::NoRulesInForce)?;
    let Some(terms) = &rules.conduct else { return Ok(Vec::new()) };
    let mut signs = Vec::new();
    signs.extend(served_elsewhere(state, claim));
    signs.extend(terms.travel.and_then(|travel| too_far(state, claim, travel)));
    signs.extend(terms.late.and_then(|late| entered_late(state, claim, late, now)));
    signs.extend(used_before(state, claim, &claim.attachments));
    signs.extend(terms.pair.and_then(|pair| often_served(state, claim, pair)));
    signs.extend(terms.ring.and_then(|ring| in_a_ring(state, claim, ring)));
    signs.extend(in_staff_hours(state, rules, terms, claim));
    signs.truncate(SIGNS_MAX);
    Ok(signs)
}

/// Whoever is served is there: serving somewhere else at that time is told by one of two claims
/// wrongly.
fn served_elsewhere(state: &State, claim: &Claim) -> Option<Sign> {
    let served = state.residents.get(claim.beneficiary?)?;
    let (_, other) = served.served.overlapping(claim.happened)?;
    Some(Sign::ServedElsewhere { other })
}

/// Places are known only where a device was at them, and only by their grids: from one to another
/// it is some metres at the least.
fn too_far(state: &State, claim: &Claim, travel: TravelTerms) -> Option<Sign> {
    let placed: Signals = [Signal::Place].into_iter().collect();
    if !claim.signals.contains(placed) || !claim.takes_time() {
        return None;
    }
    let TravelTerms { grid_metres, metres_per_minute } = travel;
    let served = &state.residents.get(claim.resident)?.served;
    let near = served.neighbours(claim.happened);
    let elsewhere = near.into_iter().flatten().find_map(|(happened, other)| {
        let there = &state.contributions.get(other)?.claim;
        let away = there.grid != claim.grid && there.signals.contains(placed);
        let (earlier, later) = if happened.end() <= claim.happened.start() {
            (happened.end(), claim.happened.start())
        } else {
            (claim.happened.end(), happened.start())
        };
        let gap = later.microseconds().saturating_sub(earlier.microseconds());
        let minutes = u32::try_from(gap.checked_div(A_MINUTE)?).ok()?;
        let reach = u64::from(minutes).saturating_mul(u64::from(metres_per_minute));
        (away && reach < u64::from(grid_metres)).then_some((other, minutes))
    });
    let (other, minutes) = elsewhere?;
    Some(Sign::Travel { other, minutes, metres: grid_metres, metres_per_minute })
}

fn entered_late(state: &State, claim: &Claim, late: LateTerms, now: Timestamp) -> Option<Sign> {
    let LateTerms { hours, entries, within_hours } = late;
    if !claim.entered_late(late, now) {
        return None;
    }
    let since = before(now, hours_long(within_hours));
    let known = state.traces.get(claim.resident).map_or(0, |trace| trace.entered_late(since));
    let found = u16::try_from(known.saturating_add(1)).unwrap_or(u16::MAX);
    let sign = Sign::LateEntries { entries: found, within_hours, late_hours: hours };
    (found > entries).then_some(sign)
}

/// One photograph shows one moment: whoever served together may attach the same.
pub(crate) fn used_before(state: &State, claim: &Claim, files: &[Attachment]) -> Option<Sign> {
    files.iter().find_map(|file| {
        let other = state.evidence.get(file.sha256).copied()?;
        let known = &state.contributions.get(other)?.claim;
        let together = known.resident != claim.resident && known.happened.overlaps(claim.happened);
        (!together).then_some(Sign::EvidenceUsed { other })
    })
}

fn often_served(state: &State, claim: &Claim, pair: Frequency) -> Option<Sign> {
    let (with, days) = (claim.beneficiary?, pair.days);
    let since = claim.happened.end().days_before(days);
    let times = times(state, claim.resident, with, since).saturating_add(1);
    let times = u16::try_from(times).unwrap_or(u16::MAX);
    (times > pair.times).then_some(Sign::Pair { with, times, days })
}

/// The claimant serves one who serves the claimant, or one who serves somebody who does.
fn in_a_ring(state: &State, claim: &Claim, ring: Frequency) -> Option<Sign> {
    let (me, next) = (claim.resident, claim.beneficiary?);
    let Frequency { times: least, days } = ring;
    let since = claim.happened.end().days_before(days);
    let often = |one, other, more: usize| {
        times(state, one, other, since).saturating_add(more) >= usize::from(least)
    };
    if !often(me, next, 1) {
        return None;
    }
    let sign = |through| Sign::Ring { through, times: least, days };
    if often(next, me, 0) {
        return Some(sign(vec![next]));
    }
    let beyond = state.traces.get(next)?.all_served(since);
    let third = beyond
        .into_iter()
        .find(|third| *third != me && often(next, *third, 0) && often(*third, me, 0))?;
    Some(sign(vec![next, third]))
}

fn times(state: &State, who: ResidentId, served: ResidentId, since: Timestamp) -> usize {
    state.traces.get(who).map_or(0, |trace| trace.served(served, since))
}

/// Job time is not volunteer time: the paid hours of an office, on days that are worked.
fn in_staff_hours(
    state: &State,
    rules: &RuleSet,
    terms: &ConductRules,
    claim: &Claim,
) -> Option<Sign> {
    let hours = terms.staff_hours?;
    let officer = *state.employed.get(claim.resident)?;
    let found = state.officers.get(officer).filter(|found| !found.retired)?;
    if !found.appointment.duty.is_paid() || !claim.takes_time() {
        return None;
    }
    let (start, end) = (claim.happened.start(), claim.happened.end());
    if !rules.calendar.is_working_at(rules.zone, start) {
        return None;
    }
    let (day, _) = rules.zone.day_and_minute(start);
    let at = |minute: Minutes| rules.zone.midnight(day).after(minute);
    (start < at(hours.until) && at(hours.from) < end).then_some(Sign::StaffHours { officer })
}

/// So many hours in minutes.
fn hours_long(hours: u16) -> Minutes {
    Minutes::new(u32::from(hours).saturating_mul(60))
}

fn before(at: Timestamp, span: Minutes) -> Timestamp {
    let back = i64::from(span.get()).saturating_mul(A_MINUTE);
    Timestamp::from_microseconds(at.microseconds().saturating_sub(back))
}
