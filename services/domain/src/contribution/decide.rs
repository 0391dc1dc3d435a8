//! Who may submit what, and whose word counts for it.

use std::collections::BTreeSet;

use crate::activity::Engagement;
use crate::area::Level;
use crate::award::{self, Assessment};
use crate::contribution::{
    Claim, Command, Contribution, Event, Queued, Rejection, Signals, Status, Verification,
    attach::attach, attachable, reversal, served::INTERVALS_KEPT_DAYS,
};
use crate::id::ResidentId;
use crate::officer::{Officer, Vouched};
use crate::quantity::{Minutes, Points};
use crate::rules::{Act, Amount, RuleSet};
use crate::time::{Interval, Timestamp};
use crate::{Decision, Noun, Refusal, State, conduct, mediation, notice};

/// How far a sender's clock may be ahead of ours.
pub(crate) const CLOCK_SKEW: Minutes = Minutes::new(2);

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Submit(claim) => submit(state, claim, now),
        Command::Verify(word) => verify(state, word, now),
        Command::Reject(word) => reject(state, word),
        Command::Reverse(word) => reversal::reverse(state, word),
        Command::Attach(wish) => attach(state, wish, now),
    }
}

fn submit(state: &State, claim: &Claim, now: Timestamp) -> Result<Decision, Refusal> {
    state.unnumbered(claim.contribution.number(), Noun::Contribution)?;
    let resident = state.resident(claim.resident)?;
    if !resident.volunteer {
        return Err(Refusal::NotVolunteer);
    }
    let rules = state.rules.in_force(claim.happened.end()).ok_or(Refusal::NoRulesInForce)?;
    timely(rules, claim.happened, now)?;
    let act = rules.act(&claim.act).ok_or_else(|| Refusal::UnknownAct(claim.act.clone()))?;
    rules.claimable(&claim.act)?;
    let late = claim.signals.contains(Signals::ADMINISTRATOR_ENTRY);
    if !late && rules.activities.as_ref().is_some_and(|it| it.only.contains(&claim.act)) {
        return Err(Refusal::OnlyByActivity(claim.act.clone()));
    }
    if claim.signals.meets(Signals::RESERVED) {
        return Err(Refusal::SignalReserved);
    }
    let level = state.area(claim.grid)?.level;
    if level != Level::Grid {
        return Err(Refusal::WrongLevel { expected: Some(Level::Grid), found: Some(level) });
    }
    if let Some(estate) = claim.estate {
        state.of_estate(estate, claim.grid)?;
    }
    for_somebody_else(state, claim, act)?;
    attachable(state, &claim.attachments, now)?;
    if let Some((happened, other)) = resident.served.overlapping(claim.happened) {
        return Err(Refusal::Overlaps { other, happened });
    }
    elsewhere(state, claim)?;
    let grade = rules.grade_of(claim.signals);
    conduct::submitted(
        state,
        Event::Submitted { claim: claim.clone(), grade, caused_by: None },
        claim,
        now,
    )
}

/// Refuses time at which somebody is checked in to an activity.
pub(crate) fn elsewhere(state: &State, claim: &Claim) -> Result<(), Refusal> {
    if claim.takes_time() { present_at(state, claim.resident, claim.happened) } else { Ok(()) }
}

/// Refuses a resident's time at which that one is checked in to an activity.
pub(crate) fn present_at(
    state: &State,
    resident: ResidentId,
    happened: Interval,
) -> Result<(), Refusal> {
    match state.present(resident, happened) {
        Some(Engagement { planned, seat }) => Err(Refusal::SeatClash { seat, planned }),
        None => Ok(()),
    }
}

/// Refuses time that has not come yet, was too long ago, or is too short or too long by the rules.
pub(crate) fn timely(rules: &RuleSet, happened: Interval, now: Timestamp) -> Result<(), Refusal> {
    let ends_at = happened.end();
    if ends_at > now.after(CLOCK_SKEW) {
        return Err(Refusal::InFuture { ends_at, now });
    }
    let limit_days = rules.late_entry_days.min(INTERVALS_KEPT_DAYS);
    if ends_at < now.days_before(limit_days) {
        return Err(Refusal::TooLate { limit_days });
    }
    let minutes = happened.minutes();
    if minutes == Minutes::ZERO {
        return Err(Refusal::TooShort);
    }
    if minutes > rules.longest {
        return Err(Refusal::TooLong { longest_minutes: rules.longest.get() });
    }
    Ok(())
}

fn for_somebody_else(state: &State, claim: &Claim, act: &Act) -> Result<(), Refusal> {
    match claim.beneficiary {
        Some(beneficiary) if beneficiary == claim.resident => Err(Refusal::OwnBeneficiary),
        Some(beneficiary) => state.resident(beneficiary).map(|_| ()),
        None if act.is_for_somebody() => Err(Refusal::BeneficiaryNeeded),
        None => Ok(()),
    }
}

fn verify(state: &State, word: &Verification, now: Timestamp) -> Result<Decision, Refusal> {
    let (contribution, officer) = in_authority(state, word.contribution, word.officer)?;
    let claim = &contribution.claim;
    // What an erased resident left waiting can be rejected, so that it waits no longer.
    state.resident(claim.resident)?;
    // What was settled didn't last. Only a panel that lifts a rejection says otherwise.
    if state.of_broken_case(word.contribution) && !notice::reinstated(state, word.contribution) {
        return Err(Refusal::CaseAt { found: mediation::Status::Broken });
    }
    let rules = state.rules.in_force(claim.happened.end()).ok_or(Refusal::NoRulesInForce)?;
    let act = rules.act(&claim.act).ok_or_else(|| Refusal::UnknownAct(claim.act.clone()))?;
    let level = officer.appointment.duty.level();
    let mut levels = levels_so_far(state, contribution);
    if contribution.verified_by.contains(&word.officer) {
        return Err(Refusal::AlreadyVerified);
    }
    if !levels.insert(level) {
        return Err(Refusal::SecondLevelNeeded { level });
    }
    rules.knows(act, word.difficulty)?;
    if let Some((queued, until)) = contribution.queued
        && queued == word.officer
        && now < until
    {
        return Err(Refusal::Queued { until });
    }
    let verified = Event::Verified(*word);
    if levels.len() < usize::from(act.verification.levels) {
        let queued = over_quota(state, contribution, officer, word, Points::ZERO, now);
        return Ok(Decision::one(queued.map_or(verified, Event::Queued)));
    }
    let needed = act.verification.level;
    if levels.last().is_none_or(|highest| *highest < needed) {
        return Err(Refusal::LevelTooLow { needed, found: level });
    }
    let found = Assessment { each: base(act, word.assessed)?, difficulty: word.difficulty };
    let award = award::assess(state, rules, act, contribution, found, now)?;
    if let Some(queued) = over_quota(state, contribution, officer, word, award.points(), now) {
        return Ok(Decision::one(Event::Queued(queued)));
    }
    Ok(Decision::two(verified, notice::concluded(rules, award, found.each, now)))
}

/// What a word becomes that is beyond what a day allows by the rules of the moment.
pub(super) fn over_quota(
    state: &State,
    contribution: &Contribution,
    officer: &Officer,
    word: &Verification,
    points: Points,
    now: Timestamp,
) -> Option<Queued> {
    let rules = state.rules.in_force(now)?;
    let quota = *rules.fairness.quota(officer.appointment.duty)?;
    let (day, _) = rules.zone.day_and_minute(now);
    let before = officer.vouched.on(day);
    let after = before.plus(contribution.claim.happened.minutes(), points);
    let within = |after: Vouched| after.minutes <= quota.minutes && after.points <= quota.points;
    if after.is_some_and(within) {
        return None;
    }
    let until = rules.zone.midnight(day.saturating_add(1));
    Some(Queued { word: *word, until, minutes: before.minutes, points: before.points, quota })
}

impl Officer {
    /// The officer has not vouched for it, and stands no lower than those who did.
    pub(crate) fn no_lower(&self, state: &State, on: &Contribution) -> Result<(), Refusal> {
        if on.verified_by.contains(&self.appointment.officer) {
            return Err(Refusal::OwnWord);
        }
        let found = self.appointment.duty.level();
        match levels_so_far(state, on).last() {
            Some(needed) if found < *needed => Err(Refusal::LevelTooLow { needed: *needed, found }),
            Some(_) | None => Ok(()),
        }
    }
}

/// The levels that have vouched for it.
fn levels_so_far(state: &State, contribution: &Contribution) -> BTreeSet<Level> {
    let level = |id| state.officers.get(id).map(|officer| officer.appointment.duty.level());
    contribution.verified_by.iter().filter_map(|id| level(*id)).collect()
}

/// Base points for one unit of the act.
pub(crate) fn base(act: &Act, assessed: Option<Points>) -> Result<Points, Refusal> {
    match (act.base, assessed) {
        (Amount::Fixed(points), None) => Ok(points),
        (Amount::Fixed(_), Some(_)) => Err(Refusal::AssessmentUnwanted),
        (Amount::Assessed { least, most }, Some(points)) if (least..=most).contains(&points) => {
            Ok(points)
        }
        (Amount::Assessed { least, most }, _) => Err(Refusal::AssessmentNeeded { least, most }),
    }
}

fn reject(state: &State, word: &Rejection) -> Result<Decision, Refusal> {
    in_authority(state, word.contribution, word.officer)?;
    if notice::reinstated(state, word.contribution) {
        return Err(Refusal::Reinstated);
    }
    Ok(Decision::one(Event::Rejected(*word)))
}

/// A pending contribution and an officer whose word on it counts.
fn in_authority(
    state: &State,
    contribution: crate::id::ContributionId,
    officer: crate::id::OfficerId,
) -> Result<(&Contribution, &Officer), Refusal> {
    let contribution = pending(state, contribution)?;
    Ok((contribution, has_authority(state, contribution, officer)?))
}

/// A contribution that waits for a word.
pub(super) fn pending(
    state: &State,
    contribution: crate::id::ContributionId,
) -> Result<&Contribution, Refusal> {
    let contribution = state.contribution(contribution)?;
    match contribution.status {
        Status::Pending => Ok(contribution),
        Status::Held => Err(Refusal::OnHold),
        Status::OnNotice => Err(Refusal::OnNotice),
        Status::Awarded => Err(Refusal::AlreadyAwarded),
        Status::Rejected => Err(Refusal::AlreadyRejected),
        Status::Reversed => Err(Refusal::AlreadyReversed),
    }
}

/// An officer on duty with authority over where a contribution was done, and neither claimant nor
/// served nor of either's household.
pub(crate) fn has_authority<'a>(
    state: &'a State,
    contribution: &Contribution,
    officer: crate::id::OfficerId,
) -> Result<&'a Officer, Refusal> {
    let officer = state.officer_on_duty(officer)?;
    let claim = &contribution.claim;
    let household = |id| state.registered(id).map(|resident| resident.registration.household);
    let claimant_household = household(claim.resident)?;
    let appointment = &officer.appointment;
    // A building head knows the people of the building, wherever in the grid they served.
    let answers_for = match appointment.duty.level() {
        Level::MicroGrid => state.households.get(claimant_household).map(|home| home.micro_grid),
        Level::Grid | Level::Community | Level::SubDistrict | Level::District => Some(claim.grid),
    };
    if !answers_for.is_some_and(|place| state.lies_in(place, appointment.area)) {
        return Err(Refusal::OutsideAuthority);
    }
    mediation::outside(state, claim.contribution, officer)?;
    let Some(person) = appointment.resident else { return Ok(officer) };
    if person == claim.resident {
        return Err(Refusal::SelfVerification);
    }
    if household(person)? == claimant_household {
        return Err(Refusal::SameHousehold);
    }
    let team = |id| state.registered(id).map(|resident| resident.team);
    if team(person)?.is_some() && team(person)? == team(claim.resident)? {
        return Err(Refusal::SameTeam);
    }
    if let Some(beneficiary) = claim.beneficiary
        && household(person)? == household(beneficiary)?
    {
        return Err(Refusal::VerifierServed);
    }
    Ok(officer)
}
