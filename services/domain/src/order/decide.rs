//! Who may do what with an order, and what comes of a clock that runs out.

use crate::contribution::{
    Attachment, AttachmentKind, Beyond, Claim, Signal, Verification, attachable, reward,
};
use crate::hazard::Report;
use crate::id::{AreaId, HazardId, OfficerId, OrderId};
use crate::officer::Officer;
use crate::order::{
    Cause, Clock, Command, Event, Opening, Order, Reason, Request, Status, Verdict, Why,
};
use crate::quantity::Minutes;
use crate::rules::OrderRules;
use crate::time::{Interval, Timestamp};
use crate::{Decision, Noun, Refusal, State};

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Request(wish) => request(state, wish, now),
        Command::Dispatch { order, officer, unit } => dispatch(state, *order, *officer, *unit, now),
        Command::Accept { order, officer } => accept(state, *order, *officer, now),
        Command::Escalate { order, officer, reason } => {
            escalate(state, *order, *officer, *reason, now)
        }
        Command::Close { order, officer, evidence } => {
            close(state, *order, *officer, evidence, now)
        }
        Command::Check { order, officer, verdict } => check(state, *order, *officer, *verdict, now),
    }
}

fn request(state: &State, wish: &Request, now: Timestamp) -> Result<Decision, Refusal> {
    let Request { order, resident, kind, area } = *wish;
    state.unnumbered(order.number(), Noun::Order)?;
    state.resident(resident)?;
    state.grid_of(area)?;
    let opening = Opening { order, cause: Cause::Request(resident), kind, area };
    Ok(Decision::one(opened(state, opening, now)?))
}

/// The order that a verified hazard opens.
pub(crate) fn of_hazard(state: &State, report: &Report, now: Timestamp) -> Result<Event, Refusal> {
    let Report { hazard, kind, area, .. } = *report;
    opened(state, Opening { order: hazard.order(), cause: Cause::Hazard(hazard), kind, area }, now)
}

fn opened(state: &State, opening: Opening, now: Timestamp) -> Result<Event, Refusal> {
    let (_, orders) = state.order_rules(now)?;
    let level = state.area(opening.area)?.level;
    Ok(Event::Opened { opening, level, due_at: now.after(orders.clocks(level).accept) })
}

fn dispatch(
    state: &State,
    order: OrderId,
    officer: OfficerId,
    unit: AreaId,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let found = under_way(state, order)?;
    let giver = state.officer_on_duty(officer)?;
    let to = state.area(unit)?;
    // Whoever stands over both the place and the unit.
    let over = |area| state.lies_in(area, giver.appointment.area);
    if !over(found.opening.area) || !over(found.unit) || !over(unit) {
        return Err(Refusal::OutsideAuthority);
    }
    if unit == found.unit && found.status == Status::Dispatched {
        return Err(Refusal::OrderAt { found: found.status });
    }
    let (_, orders) = state.order_rules(now)?;
    let due_at = now.after(orders.clocks(to.level).accept);
    Ok(Decision::one(Event::Dispatched { order, officer, unit, level: to.level, due_at }))
}

fn accept(
    state: &State,
    order: OrderId,
    officer: OfficerId,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let found = state.order(order)?;
    if found.status != Status::Dispatched {
        return Err(Refusal::OrderAt { found: found.status });
    }
    of_unit(found, state.officer_on_duty(officer)?)?;
    let (_, orders) = state.order_rules(now)?;
    let due_at = now.after(orders.clocks(found.level).close);
    Ok(Decision::one(Event::Accepted { order, officer, due_at }))
}

fn escalate(
    state: &State,
    order: OrderId,
    officer: OfficerId,
    reason: Reason,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let found = under_way(state, order)?;
    of_unit(found, state.officer_on_duty(officer)?)?;
    let (_, orders) = state.order_rules(now)?;
    let why = Why::Handed { officer, reason };
    let up = up(state, order, found, orders, why, now).ok_or(Refusal::NothingAbove)?;
    Ok(Decision::one(up))
}

fn close(
    state: &State,
    order: OrderId,
    officer: OfficerId,
    evidence: &[Attachment],
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let found = state.order(order)?;
    if found.status != Status::Accepted {
        return Err(Refusal::OrderAt { found: found.status });
    }
    state.officer_on_duty(officer)?;
    if found.handler != Some(officer) {
        return Err(Refusal::NotHandler);
    }
    if evidence.is_empty() {
        return Err(Refusal::EvidenceNeeded);
    }
    attachable(state, evidence, now)?;
    let (_, orders) = state.order_rules(now)?;
    let (evidence, due_at) = (evidence.to_vec(), now.after(orders.check));
    Ok(Decision::one(Event::Closed { order, officer, evidence, due_at }))
}

fn check(
    state: &State,
    order: OrderId,
    officer: OfficerId,
    verdict: Verdict,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let found = state.order(order)?;
    if found.status != Status::Closed {
        return Err(Refusal::OrderAt { found: found.status });
    }
    let checker = state.officer_on_duty(officer)?;
    if !state.lies_in(found.opening.area, checker.appointment.area) {
        return Err(Refusal::OutsideAuthority);
    }
    somebody_else(state, found, officer, checker)?;
    match found.opening.cause {
        Cause::Hazard(hazard) => {
            state.uninvolved(checker, state.hazard(hazard)?.report.reporter)?;
        }
        Cause::Request(resident) => state.uninvolved(checker, resident)?,
    }
    match (verdict, found.opening.cause) {
        (Verdict::NotDone, _) => {
            let (_, orders) = state.order_rules(now)?;
            let due_at = now.after(orders.clocks(found.level).close);
            Ok(Decision::one(Event::SentBack { order, officer, due_at }))
        }
        (Verdict::Done, Cause::Request(_)) => Ok(Decision::one(Event::Checked { order, officer })),
        (Verdict::Done, Cause::Hazard(hazard)) => {
            let rewarded = rewarded(state, hazard, now)?;
            Ok(Decision::many(Event::Checked { order, officer }, rewarded))
        }
    }
}

/// Refuses the handler, and whoever lives with the handler.
fn somebody_else(
    state: &State,
    found: &Order,
    officer: OfficerId,
    checker: &Officer,
) -> Result<(), Refusal> {
    let handler = found.handler.and_then(|handler| state.officers.get(handler));
    let home = |officer: &Officer| {
        let resident = state.residents.get(officer.appointment.resident?)?;
        Some(resident.registration.household)
    };
    let one_home = handler.and_then(home).is_some_and(|theirs| home(checker) == Some(theirs));
    if found.handler == Some(officer) || one_home {
        return Err(Refusal::HandlerChecks);
    }
    Ok(())
}

/// The contribution of a hazard's reporter, as every other: submitted, verified by those whose
/// words opened the order, awarded. There is none if the reporter was erased meanwhile.
fn rewarded(state: &State, hazard: HazardId, now: Timestamp) -> Result<Vec<crate::Event>, Refusal> {
    let found = state.hazard(hazard)?;
    let report = &found.report;
    if state.is_erased(report.reporter) {
        return Ok(Vec::new());
    }
    let (_, orders) = state.order_rules(report.seen_at)?;
    let seriousness = found.words.last().map_or(report.seriousness, |(_, said)| *said);
    let contribution = hazard.contribution();
    // A report is a moment; it counts as the minute before it.
    let before =
        Timestamp::from_microseconds(report.seen_at.microseconds().saturating_sub(A_MINUTE));
    let happened = Interval::new(before, report.seen_at).ok_or(Refusal::TooShort)?;
    let photo = report.evidence.iter().any(|file| file.kind == AttachmentKind::Photo);
    let photo = photo.then_some(Signal::Photo);
    let claim = Claim {
        contribution,
        resident: report.reporter,
        act: orders.hazards.of(seriousness).clone(),
        grid: state.grid_of(report.area)?,
        happened,
        estate: report.estate,
        beneficiary: None,
        alert: false,
        signals: photo.into_iter().chain([Signal::OrderChecked]).collect(),
        attachments: report.evidence.clone(),
    };
    let agreeing = found.words.iter().filter(|(_, said)| *said == seriousness);
    let words: Vec<_> = agreeing
        .map(|(officer, _)| Verification {
            contribution,
            officer: *officer,
            assessed: None,
            difficulty: None,
        })
        .collect();
    let queue = if orders.quotas { Beyond::Waits } else { Beyond::Counts };
    reward(state, claim, words, queue, now)
}

/// Microseconds in a minute.
const A_MINUTE: i64 = 60_000_000;

/// An order that is neither closed nor checked.
fn under_way(state: &State, order: OrderId) -> Result<&Order, Refusal> {
    let found = state.order(order)?;
    match found.status {
        Status::Dispatched | Status::Accepted => Ok(found),
        found @ (Status::Closed | Status::Checked) => Err(Refusal::OrderAt { found }),
    }
}

/// The officer is one of the unit's own.
fn of_unit(found: &Order, officer: &Officer) -> Result<(), Refusal> {
    let appointment = &officer.appointment;
    if appointment.area == found.unit && appointment.duty.level() == found.level {
        Ok(())
    } else {
        Err(Refusal::NotOfUnit { level: found.level })
    }
}

/// A level up, with the clock of that level from `at` on; none above the district.
fn up(
    state: &State,
    order: OrderId,
    found: &Order,
    orders: &OrderRules,
    why: Why,
    at: Timestamp,
) -> Option<Event> {
    let above = state.areas.get(state.areas.get(found.unit)?.parent?)?;
    let (unit, level) = (above.area, above.level);
    let due_at = at.after(orders.clocks(level).accept);
    Some(Event::Escalated { order, why, unit, level, due_at })
}

/// What comes of an order's clock that ran out at `at`: a level up, or a clock missed where there
/// is none above, or where what is missing is a check, which anybody with authority may make.
pub(crate) fn overdue(state: &State, order: OrderId, at: Timestamp) -> Option<Event> {
    let found = state.orders.get(order)?;
    let clock = found.status.clock()?;
    let missed = Event::ClockMissed { order, clock };
    match clock {
        Clock::Check => Some(missed),
        Clock::Accept | Clock::Close => {
            let orders = state.order_rules(at).ok().map(|(_, orders)| orders);
            let up =
                orders.and_then(|orders| up(state, order, found, orders, Why::Overdue(clock), at));
            Some(up.unwrap_or(missed))
        }
    }
}

impl State {
    pub(crate) fn order(&self, id: OrderId) -> Result<&Order, Refusal> {
        self.orders.get(id).ok_or(Refusal::Unknown(Noun::Order))
    }

    /// A length of time in minutes from days.
    pub(crate) const fn days(days: u16) -> Minutes {
        #[allow(clippy::as_conversions, reason = "u16 to u32 loses nothing; From is not const")]
        Minutes::new((days as u32).saturating_mul(1_440))
    }
}
