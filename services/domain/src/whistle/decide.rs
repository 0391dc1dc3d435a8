//! Who blows which whistle, who answers, and what comes of a clock that runs out.

use crate::area::Level;
use crate::id::{OfficerId, WhistleId};
use crate::officer::Duty;
use crate::time::Timestamp;
use crate::whistle::{Blast, Command, Event, Kind, Reply, Status, Whistle};
use crate::{Decision, Noun, Refusal, State};

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Blow(blast) => blow(state, blast, now),
        Command::Answer { whistle, officer, reply } => answer(state, *whistle, *officer, *reply),
        Command::Settle { whistle, officer } => settle(state, *whistle, *officer),
    }
}

fn blow(state: &State, blast: &Blast, now: Timestamp) -> Result<Decision, Refusal> {
    state.whistles.vacant(blast.whistle, Noun::Whistle)?;
    let duty = state.officer_on_duty(blast.officer)?.appointment.duty;
    let needed = match blast.kind {
        Kind::Push => Duty::SubDistrictLeader,
        Kind::Tackle => Duty::SubDistrictChief,
    };
    // The secretary and the director are of the leadership as well.
    if duty != needed && duty != Duty::SubDistrictChief {
        return Err(Refusal::LeadershipOnly { needed });
    }
    let called = state.officer_on_duty(blast.called)?.appointment.duty;
    let may_be_called = match (blast.kind, called) {
        (_, Duty::UnitOfficer | Duty::DistrictOfficer)
        | (Kind::Push, Duty::SubDistrictOfficer | Duty::CommunityOfficer) => true,
        (Kind::Tackle, Duty::SubDistrictOfficer | Duty::CommunityOfficer)
        | (
            _,
            Duty::BuildingHead
            | Duty::FullTimeGridOfficer
            | Duty::PartTimeGridOfficer
            | Duty::SubDistrictLeader
            | Duty::SubDistrictChief,
        ) => false,
    };
    if !may_be_called {
        return Err(Refusal::CantBeCalled { found: called });
    }
    if let Some(order) = blast.order {
        state.order(order)?;
    }
    let (rules, orders) = state.order_rules(now)?;
    let clocks = orders.whistles;
    let days = match blast.kind {
        Kind::Push => clocks.push_working_days,
        Kind::Tackle => clocks.tackle_working_days,
    };
    Ok(Decision::one(Event::Blown {
        blast: *blast,
        sign_by: now.after(clocks.sign),
        in_touch_by: now.after(clocks.contact),
        on_site_by: rules.working_days_after(now, days),
    }))
}

fn answer(
    state: &State,
    whistle: WhistleId,
    officer: OfficerId,
    reply: Reply,
) -> Result<Decision, Refusal> {
    let found = state.whistle(whistle)?;
    state.officer_on_duty(officer)?;
    if found.blast.called != officer {
        return Err(Refusal::NotCalled);
    }
    if found.status.next() != Some(reply) {
        return Err(Refusal::WhistleAt { found: found.status });
    }
    // A clock that has run out is recorded before any command, and runs no more.
    let late = found.due_by(reply).is_none();
    Ok(Decision::one(Event::Answered { whistle, officer, reply, late }))
}

fn settle(state: &State, whistle: WhistleId, officer: OfficerId) -> Result<Decision, Refusal> {
    let found = state.whistle(whistle)?;
    let who = &state.officer_on_duty(officer)?.appointment;
    if found.status != Status::OnSite {
        return Err(Refusal::WhistleAt { found: found.status });
    }
    let blown = state.officers.get(found.blast.officer);
    let leads = matches!(who.duty, Duty::SubDistrictLeader | Duty::SubDistrictChief);
    if !leads || blown.is_none_or(|blown| blown.appointment.area != who.area) {
        return Err(Refusal::LeadershipOnly { needed: Duty::SubDistrictLeader });
    }
    Ok(Decision::one(Event::Settled { whistle, officer }))
}

/// What comes of a whistle's clock that ran out.
pub(crate) fn overdue(state: &State, whistle: WhistleId, reply: Reply) -> Option<Event> {
    state.whistles.get(whistle)?;
    Some(Event::ClockMissed { whistle, reply, level: Level::District })
}

impl Whistle {
    /// When the clock for this answer runs out; none once it did, or once it was answered.
    #[must_use]
    pub const fn due_by(&self, reply: Reply) -> Option<Timestamp> {
        let [signed, in_touch, on_site] = self.due;
        match reply {
            Reply::Signed => signed,
            Reply::InTouch => in_touch,
            Reply::OnSite => on_site,
        }
    }

    pub(crate) const fn due_mut(&mut self, reply: Reply) -> &mut Option<Timestamp> {
        let [signed, in_touch, on_site] = &mut self.due;
        match reply {
            Reply::Signed => signed,
            Reply::InTouch => in_touch,
            Reply::OnSite => on_site,
        }
    }
}

impl State {
    pub(crate) fn whistle(&self, id: WhistleId) -> Result<&Whistle, Refusal> {
        self.whistles.get(id).ok_or(Refusal::Unknown(Noun::Whistle))
    }
}
