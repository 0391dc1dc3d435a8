//! Who may report, whose word counts for a hazard, and when two reports are one.

use std::collections::BTreeSet;

use crate::area::Level;
use crate::contribution::{CLOCK_SKEW, attachable};
use crate::hazard::{
    Appeal, Command, Dismissal, Event, Hazard, Report, Reporter, Ruling, Seriousness, Status,
};
use crate::id::{AreaId, HazardId, OfficerId, ResidentId};
use crate::officer::Officer;
use crate::quantity::Minutes;
use crate::rules::{OrderRules, RuleSet};
use crate::time::Timestamp;
use crate::{Decision, Noun, Refusal, State, order};

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Report(wish) => report(state, wish, now),
        Command::Verify { hazard, officer, seriousness } => {
            verify(state, *hazard, *officer, *seriousness, now)
        }
        Command::Dismiss { hazard, officer, why } => dismiss(state, *hazard, *officer, *why, now),
        Command::Merge { hazard, into, officer } => merge(state, *hazard, *into, *officer),
        Command::Appeal(resident) => appeal(state, *resident, now),
        Command::Rule { resident, officer, ruling } => {
            rule(state, *resident, *officer, *ruling, now)
        }
    }
}

fn report(state: &State, report: &Report, now: Timestamp) -> Result<Decision, Refusal> {
    state.unnumbered(report.hazard.number(), Noun::Hazard)?;
    state.resident(report.reporter)?;
    if let Some(until) = state.paused_until(report.reporter).filter(|until| now < *until) {
        return Err(Refusal::ReportingPaused { until });
    }
    let (rules, orders) = state.order_rules(report.seen_at)?;
    if report.seen_at > now.after(CLOCK_SKEW) {
        return Err(Refusal::InFuture { ends_at: report.seen_at, now });
    }
    if report.seen_at < now.days_before(rules.late_entry_days) {
        return Err(Refusal::TooLate { limit_days: rules.late_entry_days });
    }
    state.grid_of(report.area)?;
    if let Some(estate) = report.estate {
        state.of_estate(estate, report.area)?;
    }
    attachable(state, &report.evidence, now)?;
    let reported = Event::Reported(report.clone());
    Ok(match state.same_as(report, orders) {
        Some(into) => {
            let (hazard, officer) = (report.hazard, None);
            Decision::two(reported, Event::Merged { hazard, into, officer })
        }
        None => Decision::one(reported),
    })
}

fn verify(
    state: &State,
    hazard: HazardId,
    officer: OfficerId,
    seriousness: Seriousness,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let (found, judge) = in_authority(state, hazard, officer)?;
    let (rules, orders) = state.order_rules(found.report.seen_at)?;
    let code = orders.hazards.of(seriousness);
    let act = rules.act(code).ok_or_else(|| Refusal::UnknownAct(code.clone()))?;
    if found.words.iter().any(|(who, said)| *who == officer && *said == seriousness) {
        return Err(Refusal::AlreadyVerified);
    }
    // Words on another seriousness are not for this act.
    let agreeing = found.words.iter().filter(|(_, said)| *said == seriousness);
    let level = |who| state.officers.get(who).map(|officer| officer.appointment.duty.level());
    let mut levels: BTreeSet<Level> = agreeing.filter_map(|(who, _)| level(*who)).collect();
    let own = judge.appointment.duty.level();
    if !levels.insert(own) {
        return Err(Refusal::SecondLevelNeeded { level: own });
    }
    let verified = Event::Verified { hazard, officer, seriousness };
    if levels.len() < usize::from(act.verification.levels) {
        return Ok(Decision::one(verified));
    }
    let needed = act.verification.level;
    if levels.last().is_none_or(|highest| *highest < needed) {
        return Err(Refusal::LevelTooLow { needed, found: own });
    }
    let opened = order::of_hazard(state, &found.report, now)?;
    Ok(Decision::two(verified, opened))
}

fn dismiss(
    state: &State,
    hazard: HazardId,
    officer: OfficerId,
    why: Dismissal,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let (found, _) = in_authority(state, hazard, officer)?;
    let (_, orders) = state.order_rules(found.report.seen_at)?;
    let before = state.reporters.get(found.report.reporter).copied().unwrap_or_default();
    let one_too_many = why == Dismissal::BadFaith
        && before.false_reports.saturating_add(1) >= orders.false_reports;
    let paused_until = one_too_many.then(|| now.after(State::days(orders.pause_days)));
    Ok(Decision::one(Event::Dismissed { hazard, officer, why, paused_until }))
}

fn merge(
    state: &State,
    hazard: HazardId,
    into: HazardId,
    officer: OfficerId,
) -> Result<Decision, Refusal> {
    let (found, _) = in_authority(state, hazard, officer)?;
    let first = state.hazard(into)?;
    match first.status {
        Status::Reported | Status::Verified => {}
        found @ (Status::Merged | Status::Dismissed) => {
            return Err(Refusal::HazardAt { found });
        }
    }
    if (first.report.seen_at, into) >= (found.report.seen_at, hazard) {
        return Err(Refusal::LaterReport);
    }
    Ok(Decision::one(Event::Merged { hazard, into, officer: Some(officer) }))
}

fn appeal(state: &State, resident: ResidentId, now: Timestamp) -> Result<Decision, Refusal> {
    let reporter = paused(state, resident, now)?;
    match reporter.appeal {
        None => Ok(Decision::one(Event::Appealed(resident))),
        Some(Appeal::Open | Appeal::Upheld) => Err(Refusal::AppealedAlready),
    }
}

fn rule(
    state: &State,
    resident: ResidentId,
    officer: OfficerId,
    ruling: Ruling,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let reporter = paused(state, resident, now)?;
    if reporter.appeal != Some(Appeal::Open) {
        return Err(Refusal::NoAppeal);
    }
    let judge = state.officer_on_duty(officer)?;
    let found = judge.appointment.duty.level();
    let below = reporter.found_by.unwrap_or(Level::MicroGrid);
    let needed = below.above().unwrap_or(Level::District);
    if found < needed {
        return Err(Refusal::LevelTooLow { needed, found });
    }
    let home = state.resident(resident)?.registration.household;
    let place = state.households.get(home).map(|home| home.micro_grid);
    if !place.is_some_and(|place| state.lies_in(place, judge.appointment.area)) {
        return Err(Refusal::OutsideAuthority);
    }
    state.uninvolved(judge, resident)?;
    Ok(Decision::one(Event::Ruled { resident, officer, ruling }))
}

fn paused(state: &State, resident: ResidentId, now: Timestamp) -> Result<&Reporter, Refusal> {
    state.resident(resident)?;
    let reporter = state.reporters.get(resident).ok_or(Refusal::NotPaused)?;
    match reporter.paused_until {
        Some(until) if now < until => Ok(reporter),
        Some(_) | None => Err(Refusal::NotPaused),
    }
}

/// A hazard that waits, and an officer whose word on it counts: on duty, with authority over
/// where it is, and neither its reporter nor of the reporter's household.
fn in_authority(
    state: &State,
    hazard: HazardId,
    officer: OfficerId,
) -> Result<(&Hazard, &Officer), Refusal> {
    let found = state.hazard(hazard)?;
    let officer = state.officer_on_duty(officer)?;
    match found.status {
        Status::Reported => {}
        found @ (Status::Merged | Status::Verified | Status::Dismissed) => {
            return Err(Refusal::HazardAt { found });
        }
    }
    if !state.lies_in(found.report.area, officer.appointment.area) {
        return Err(Refusal::OutsideAuthority);
    }
    state.uninvolved(officer, found.report.reporter)?;
    Ok((found, officer))
}

impl State {
    pub(crate) fn hazard(&self, id: HazardId) -> Result<&Hazard, Refusal> {
        self.hazards.get(id).ok_or(Refusal::Unknown(Noun::Hazard))
    }

    /// Hazards, aids, seats, mediators and contributions share their numbers, since all of them become the
    /// last.
    pub(crate) fn unnumbered(&self, number: u128, noun: Noun) -> Result<(), Refusal> {
        let hazard = HazardId::from_number(number);
        let aid = crate::id::AidId::from_number(number);
        let taken = self.contributions.contains(hazard.contribution())
            || self.hazards.contains(hazard)
            || self.orders.contains(hazard.order())
            || self.aids.contains(aid)
            || self.seats.contains(crate::id::SeatId::from_number(number))
            || self.mediators.contains(crate::id::MediatorId::from_number(number))
            || self.referrals.contains(ResidentId::from_number(number));
        if taken { Err(Refusal::AlreadyExists(noun)) } else { Ok(()) }
    }

    /// Until when a resident reports nothing, if reporting was ever paused.
    #[must_use]
    pub fn paused_until(&self, resident: ResidentId) -> Option<Timestamp> {
        self.reporters.get(resident)?.paused_until
    }

    /// The rules in force at `at`, and what they say of orders.
    pub(crate) fn order_rules(&self, at: Timestamp) -> Result<(&RuleSet, &OrderRules), Refusal> {
        let rules = self.rules.in_force(at).ok_or(Refusal::NoRulesInForce)?;
        let orders = rules.orders.as_ref().ok_or(Refusal::NoOrderRules)?;
        Ok((rules, orders))
    }

    /// The grid that an area is or lies in; no higher area lies in one.
    pub(crate) fn grid_of(&self, area: AreaId) -> Result<AreaId, Refusal> {
        let level = self.area(area)?.level;
        let grid = self.lineage(area).find(|area| area.level == Level::Grid);
        let wrong = Refusal::WrongLevel { expected: Some(Level::Grid), found: Some(level) };
        grid.map(|grid| grid.area).ok_or(wrong)
    }

    /// Refuses an officer who is this resident, or of the resident's household.
    pub(crate) fn uninvolved(
        &self,
        officer: &Officer,
        resident: ResidentId,
    ) -> Result<(), Refusal> {
        let Some(person) = officer.appointment.resident else { return Ok(()) };
        if person == resident {
            return Err(Refusal::SelfVerification);
        }
        let household = |id| self.registered(id).map(|found| found.registration.household);
        if household(person)? == household(resident)? {
            return Err(Refusal::SameHousehold);
        }
        Ok(())
    }

    /// The hazard that a report is of, if it was reported before and is not dismissed.
    fn same_as(&self, report: &Report, orders: &OrderRules) -> Option<HazardId> {
        let first = self.places.get((report.place, report.kind)).copied()?;
        let known = self.hazards.get(first)?;
        let span = Minutes::new(u32::from(orders.duplicate_hours).saturating_mul(60));
        let (one, other) = (known.report.seen_at, report.seen_at);
        let near = other <= one.after(span) && one <= other.after(span);
        let stands = matches!(known.status, Status::Reported | Status::Verified);
        (near && stands).then_some(first)
    }
}
