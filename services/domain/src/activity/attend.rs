//! Coming and going, and the contribution that a stay becomes.

use crate::activity::{Activity, Arrival, Event, Outcome, Seat, Showing, Status, Stay, Visit};
use crate::contribution::{Claim, Signal, submitted_by};
use crate::id::SeatId;
use crate::quantity::Minutes;
use crate::time::{Interval, Timestamp};
use crate::{Decision, Refusal, State};

pub(super) fn check_in(
    state: &State,
    seat: SeatId,
    showing: Showing,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let found = at(state, seat, Status::Taken)?;
    let activity = state.activity(found.request.activity)?;
    let from = activity.terms.opens_at(&activity.plan);
    if now < from {
        return Err(Refusal::CheckInTooEarly { from });
    }
    arrival(activity, showing, now)?;
    let planned = activity.plan.planned;
    let resident = state.resident(found.request.resident)?;
    // What was claimed for that time already stands; an end that has come leaves nothing to claim.
    let here = Interval::new(now.max(planned.start()), planned.end());
    if let Some((happened, other)) = here.and_then(|here| resident.served.overlapping(here)) {
        return Err(Refusal::Overlaps { other, happened });
    }
    Ok(Decision::one(Event::CheckedIn { request: found.request, showing }))
}

/// What a showing amounts to. A code that isn't one of the moment is refused; none is none.
pub(super) fn arrival(
    activity: &Activity,
    showing: Showing,
    now: Timestamp,
) -> Result<Arrival, Refusal> {
    let Showing { code, place } = showing;
    if let Some(code) = code
        && !activity.terms.takes(&activity.plan, code, now)
    {
        return Err(Refusal::WrongCode);
    }
    let placed = place == Some(activity.plan.place);
    Ok(Arrival { at: now, coded: code.is_some(), placed })
}

pub(super) fn check_out(
    state: &State,
    seat: SeatId,
    showing: Showing,
    visited: &[Visit],
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let found = at(state, seat, Status::Present)?;
    let activity = state.activity(found.request.activity)?;
    let left = arrival(activity, showing, now)?;
    genuine(activity, visited)?;
    let stay = stay(state, activity, found, Some(left), visited.len())
        .ok_or(Refusal::SeatAt { found: found.status })?;
    let (request, visited) = (found.request, visited.to_vec());
    let first = Event::CheckedOut { request, showing, visited, stay };
    match stay.outcome {
        Outcome::Contribution => {
            let follows = submitted_by(state, claim(activity, found, stay)?, now)?;
            Ok(Decision::many(first, follows))
        }
        Outcome::TooShort | Outcome::NotByRules => Ok(Decision::one(first)),
    }
}

/// Each checkpoint is one of the plan, comes once, and was really read.
fn genuine(activity: &Activity, visited: &[Visit]) -> Result<(), Refusal> {
    let mut before = None;
    for Visit { checkpoint, proof } in visited.iter().copied() {
        let wrong = Refusal::WrongCheckpoint { checkpoint };
        let end = activity.plan.checkpoints.get(usize::from(checkpoint)).ok_or(wrong.clone())?;
        if proof.next() != *end || before.is_some_and(|before| before >= checkpoint) {
            return Err(wrong);
        }
        before = Some(checkpoint);
    }
    Ok(())
}

fn at(state: &State, seat: SeatId, needed: Status) -> Result<&Seat, Refusal> {
    let found = state.seat(seat)?;
    if found.status == needed { Ok(found) } else { Err(Refusal::SeatAt { found: found.status }) }
}

/// What counts of a stay: no more than planned, with what the ledger found to vouch for it. Without
/// a departure it was forgotten, and counts until the planned end. `None` of one who isn't there.
pub(super) fn stay(
    state: &State,
    activity: &Activity,
    seat: &Seat,
    left: Option<Arrival>,
    visited: usize,
) -> Option<Stay> {
    let came = seat.arrival?;
    let planned = activity.plan.planned;
    let from = came.at.max(planned.start());
    let until = left.map_or(planned.end(), |left| left.at.min(planned.end())).max(from);
    let least = usize::from(activity.terms.checkpoints_least);
    let found = [
        (Signal::RotatingCode, came.coded),
        (Signal::SignInOut, left.is_some()),
        (Signal::Place, came.placed && left.is_none_or(|left| left.placed)),
        (Signal::InsideShift, from < until),
        (Signal::CheckpointsScanned, activity.plan.is_patrol() && visited >= least),
    ];
    let signals = found.into_iter().filter(|(_, is)| *is).map(|(signal, _)| signal).collect();
    let happened = Interval::new(from, until);
    let outcome = match happened.filter(|it| it.minutes() > Minutes::ZERO) {
        None => Outcome::TooShort,
        Some(happened) if fits(state, activity, happened) => Outcome::Contribution,
        Some(_) => Outcome::NotByRules,
    };
    Some(Stay { from, until, signals, outcome })
}

/// Do the rules in force at its end know such a contribution? They may be newer than the plan.
fn fits(state: &State, activity: &Activity, happened: Interval) -> bool {
    let Some(rules) = state.rules.in_force(happened.end()) else { return false };
    let Some(act) = rules.act(&activity.plan.act) else { return false };
    let claimable = rules.claimable(&act.code).is_ok();
    claimable && !act.is_for_somebody() && happened.minutes() <= rules.longest
}

/// What a stay becomes.
pub(super) fn claim(activity: &Activity, seat: &Seat, stay: Stay) -> Result<Claim, Refusal> {
    let plan = &activity.plan;
    Ok(Claim {
        contribution: seat.request.seat.contribution(),
        resident: seat.request.resident,
        act: plan.act.clone(),
        grid: plan.grid,
        happened: stay.happened().ok_or(Refusal::TooShort)?,
        estate: plan.estate,
        beneficiary: None,
        alert: plan.alert,
        signals: stay.signals,
        attachments: Vec::new(),
    })
}
