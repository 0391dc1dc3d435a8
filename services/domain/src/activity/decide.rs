//! What may be published, who may sign up, and who may leave.

use crate::activity::{
    Activity, Command, Engagement, Event, Plan, Publisher, Request, Seat, Status, Unfit, attend,
};
use crate::area::Level;
use crate::id::{ActivityId, SeatId};
use crate::rules::{ActivityRules, RuleSet};
use crate::time::Timestamp;
use crate::{Decision, Noun, Refusal, State};

/// The most who wait for one activity: more would wait for nothing.
pub const WAITING_MAX: usize = 200;

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Publish(plan) => publish(state, plan, now),
        Command::CallOff { activity, by } => call_off(state, *activity, *by, now),
        Command::SignUp(request) => sign_up(state, request, now),
        Command::Withdraw(seat) => withdraw(state, *seat, now),
        Command::CheckIn { seat, showing } => attend::check_in(state, *seat, *showing, now),
        Command::CheckOut { seat, showing, visited } => {
            attend::check_out(state, *seat, *showing, visited, now)
        }
    }
}

fn publish(state: &State, plan: &Plan, now: Timestamp) -> Result<Decision, Refusal> {
    state.activities.vacant(plan.activity, Noun::Activity)?;
    let level = state.area(plan.grid)?.level;
    if level != Level::Grid {
        return Err(Refusal::WrongLevel { expected: Some(Level::Grid), found: Some(level) });
    }
    if let Some(estate) = plan.estate {
        state.of_estate(estate, plan.grid)?;
    }
    may_host(state, plan, plan.by)?;
    let (rules, activities) = state.activity_rules(now)?;
    let act = rules.act(&plan.act).ok_or_else(|| Refusal::UnknownAct(plan.act.clone()))?;
    rules.claimable(&plan.act)?;
    if act.is_for_somebody() {
        return Err(Refusal::BeneficiaryNeeded);
    }
    if plan.planned.start() <= now {
        return Err(Refusal::ActivityBegun { since: plan.planned.start() });
    }
    let latest = now.days_after(activities.days_ahead);
    if plan.planned.start() > latest {
        return Err(Refusal::TooFarAhead { latest });
    }
    let terms = activities.terms(plan.checkpoints.len());
    match plan.flaw(terms, rules.longest) {
        Some(part) => Err(Refusal::InvalidActivity { part }),
        None => Ok(Decision::one(Event::Published { plan: Box::new(plan.clone()), terms })),
    }
}

/// An officer with authority over the grid, or the leader of the team that it is for.
fn may_host(state: &State, plan: &Plan, by: Publisher) -> Result<(), Refusal> {
    if let Some(team) = plan.team
        && !state.teams.contains(team)
    {
        return Err(Refusal::Unknown(Noun::Team));
    }
    match by {
        Publisher::Officer(officer) => {
            let area = state.officer_on_duty(officer)?.appointment.area;
            if state.lies_in(plan.grid, area) { Ok(()) } else { Err(Refusal::OutsideAuthority) }
        }
        Publisher::Leader(resident) => {
            state.resident(resident)?;
            let leader = plan.team.and_then(|team| state.leaders.get(team));
            if leader == Some(&resident) { Ok(()) } else { Err(Refusal::NotTeamLeader) }
        }
    }
}

fn call_off(
    state: &State,
    activity: ActivityId,
    by: Publisher,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let found = state.activity(activity)?;
    may_host(state, &found.plan, by)?;
    to_come(found, now)?;
    Ok(Decision::one(Event::CalledOff { activity, by }))
}

/// Neither called off nor begun.
fn to_come(found: &Activity, now: Timestamp) -> Result<(), Refusal> {
    if found.called_off {
        return Err(Refusal::ActivityCalledOff);
    }
    let since = found.plan.planned.start();
    if since <= now { Err(Refusal::ActivityBegun { since }) } else { Ok(()) }
}

fn sign_up(state: &State, request: &Request, now: Timestamp) -> Result<Decision, Refusal> {
    state.unnumbered(request.seat.number(), Noun::Seat)?;
    let found = state.activity(request.activity)?;
    to_come(found, now)?;
    if !state.resident(request.resident)?.volunteer {
        return Err(Refusal::NotVolunteer);
    }
    let own = |seat: &&Seat| seat.request.resident == request.resident;
    let mut waiting = found.waiting.iter().filter_map(|id| state.seats.get(*id));
    if let Some(seat) = waiting.find(own) {
        return Err(Refusal::SignedUp { seat: seat.request.seat });
    }
    match unfit(state, found, request) {
        Some((_, refusal)) => return Err(refusal),
        None if found.free() > 0 => return Ok(Decision::one(Event::Taken(*request))),
        None => {}
    }
    if found.waiting.len() >= WAITING_MAX {
        return Err(Refusal::WaitingListFull { most: WAITING_MAX });
    }
    Ok(Decision::one(Event::Waited(*request)))
}

/// Why this resident can't have a seat, if there is a reason.
pub(super) fn unfit(
    state: &State,
    found: &Activity,
    request: &Request,
) -> Option<(Unfit, Refusal)> {
    let resident = request.resident;
    let team = state.residents.get(resident).and_then(|resident| resident.team);
    if found.plan.team.is_some() && found.plan.team != team {
        return Some((Unfit::NotInTeam, Refusal::NotInTeam));
    }
    let Engagement { planned, seat } = state.engaged(resident, found.plan.planned)?;
    let same = state.seats.get(seat).is_some_and(|it| it.request.activity == request.activity);
    let refusal =
        if same { Refusal::SignedUp { seat } } else { Refusal::SeatClash { seat, planned } };
    Some((Unfit::Clash, refusal))
}

fn withdraw(state: &State, seat: SeatId, now: Timestamp) -> Result<Decision, Refusal> {
    let found = state.seat(seat)?;
    match found.status {
        Status::Waiting | Status::Taken => {}
        found @ (Status::Present
        | Status::Served
        | Status::Forgotten
        | Status::Missed
        | Status::Withdrawn
        | Status::PassedOver
        | Status::Lapsed
        | Status::CalledOff
        | Status::Vacated) => return Err(Refusal::SeatAt { found }),
    }
    to_come(state.activity(found.request.activity)?, now)?;
    Ok(Decision::one(Event::Withdrawn(found.request)))
}

impl State {
    pub(crate) fn activity(&self, id: ActivityId) -> Result<&Activity, Refusal> {
        self.activities.get(id).ok_or(Refusal::Unknown(Noun::Activity))
    }

    pub(crate) fn seat(&self, id: SeatId) -> Result<&Seat, Refusal> {
        self.seats.get(id).ok_or(Refusal::Unknown(Noun::Seat))
    }

    /// The rules in force at `at`, and what they say of activities.
    pub(crate) fn activity_rules(
        &self,
        at: Timestamp,
    ) -> Result<(&RuleSet, &ActivityRules), Refusal> {
        let rules = self.rules.in_force(at).ok_or(Refusal::NoRulesInForce)?;
        let activities = rules.activities.as_ref().ok_or(Refusal::NoActivityRules)?;
        Ok((rules, activities))
    }
}
