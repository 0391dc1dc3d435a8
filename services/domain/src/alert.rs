//! Weather alerts (高温、冰雪预警): an officer says where and when one is in force, and where the rules want
//! it so the coefficient asks that and not whoever claims.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::area::{Event, Level};
use crate::id::{AreaId, OfficerId};
use crate::quantity::Minutes;
use crate::time::{Interval, Timestamp};
use crate::{Decision, Refusal, State};

/// The longest alert: a longer one is declared anew, by somebody who has looked at the weather again.
pub const ALERT_HOURS_MAX: u16 = 7 * 24;

/// How many days ahead one is declared: as far as weather is known.
const AHEAD_DAYS: u16 = 3;

/// What the alert is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum AlertKind {
    /// Heat (高温).
    Heat,
    /// Snow and ice (冰雪).
    Snow,
}

/// An alert as it was declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Alert {
    /// Where: this area, and all that lies in it.
    pub area: AreaId,
    /// Of what.
    pub kind: AlertKind,
    /// When.
    pub during: Interval,
    /// Who declares it.
    pub officer: OfficerId,
}

/// An alert, and since when it is none any longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Declared {
    /// The alert.
    pub alert: Alert,
    /// Since when it is withdrawn, if it is.
    pub withdrawn_at: Option<Timestamp>,
}

impl Declared {
    /// Is it in force at an instant? Until it was withdrawn it was.
    fn holds(&self, at: Timestamp) -> bool {
        let Self { alert: Alert { during, .. }, withdrawn_at } = self;
        let end = withdrawn_at.map_or(during.end(), |withdrawn| withdrawn.min(during.end()));
        during.start() <= at && at < end
    }
}

/// The end of an alert before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// Where it was declared,
    pub area: AreaId,
    /// and from when on, by which it is known.
    pub started_at: Timestamp,
    /// Who withdraws it.
    pub officer: OfficerId,
}

/// An officer who stands no lower than who declared it, and over where it is: from now on it is none. What was done
/// under it until now stays under it, since service is looked at by its start.
pub(crate) fn withdraw(
    state: &State,
    withdrawal: &Withdrawal,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let Withdrawal { area, started_at, officer } = *withdrawal;
    let appointment = &state.officer_on_duty(officer)?.appointment;
    state.area(area)?;
    let mut declared = state.alerts_of(area).iter();
    let found = declared.find(|known| known.alert.during.start() == started_at);
    let runs = |known: &&Declared| known.withdrawn_at.is_none() && now < known.alert.during.end();
    let known = found.filter(runs).ok_or(Refusal::NoAlert)?;
    // Who declared it may have retired since, and keeps the level.
    let declarer = state.officers.get(known.alert.officer);
    let needed = declarer.map_or(Level::Community, |found| found.appointment.duty.level());
    let found = appointment.duty.level();
    if found < needed {
        return Err(Refusal::LevelTooLow { needed, found });
    }
    if !state.lies_in(area, appointment.area) {
        return Err(Refusal::OutsideAuthority);
    }
    Ok(Decision::one(Event::AlertWithdrawn(*withdrawal)))
}

/// An officer of a community or above, for an area of their own: some days ahead, or as late as
/// contributions are entered.
pub(crate) fn declare(state: &State, alert: &Alert, now: Timestamp) -> Result<Decision, Refusal> {
    let appointment = &state.officer_on_duty(alert.officer)?.appointment;
    let (needed, found) = (Level::Community, appointment.duty.level());
    if found < needed {
        return Err(Refusal::LevelTooLow { needed, found });
    }
    state.area(alert.area)?;
    if !state.lies_in(alert.area, appointment.area) {
        return Err(Refusal::OutsideAuthority);
    }
    let minutes = alert.during.minutes();
    let most = Minutes::new(u32::from(ALERT_HOURS_MAX).saturating_mul(60));
    if minutes == Minutes::ZERO || minutes > most {
        return Err(Refusal::InvalidAlert { hours_most: ALERT_HOURS_MAX });
    }
    let rules = state.rules.in_force(now).ok_or(Refusal::NoRulesInForce)?;
    let start = alert.during.start();
    if start < now.days_before(rules.late_entry_days) {
        return Err(Refusal::TooLate { limit_days: rules.late_entry_days });
    }
    let latest = now.days_after(AHEAD_DAYS);
    if start > latest {
        return Err(Refusal::TooFarAhead { latest });
    }
    if state.alerts_of(alert.area).iter().any(|known| known.alert.during.start() == start) {
        return Err(Refusal::AlertDeclared);
    }
    Ok(Decision::one(Event::AlertDeclared(*alert)))
}

impl State {
    /// What was declared of an area itself, in the order in which it was.
    #[must_use]
    pub fn alerts_of(&self, area: AreaId) -> &[Declared] {
        self.alerts.get(area).map(Vec::as_slice).unwrap_or_default()
    }

    /// It is one from its start on.
    pub(crate) fn alert_declared(&mut self, it: &Alert) {
        self.alerts.entry(it.area).push(Declared { alert: *it, withdrawn_at: None });
    }

    /// From now on it is none.
    pub(crate) fn alert_withdrawn(&mut self, it: &Withdrawal, now: Timestamp) {
        let declared = self.alerts.get_mut(it.area).into_iter().flatten();
        for known in declared.filter(|known| known.alert.during.start() == it.started_at) {
            known.withdrawn_at = Some(now);
        }
    }

    /// Was an alert in force in a grid, or in what it lies in, at an instant?
    pub(crate) fn alerted(&self, grid: AreaId, at: Timestamp) -> bool {
        self.lineage(grid).any(|area| self.alerts_of(area.area).iter().any(|one| one.holds(at)))
    }
}
