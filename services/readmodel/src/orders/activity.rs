//! What stands in the tables of activities and their seats.

use linli_domain::activity::{Outcome, Plan, Publisher, Request, Status, Terms, Unfit};
use linli_domain::contribution::Signals;
use linli_domain::id::{ActivityId, AreaId, EstateId, OfficerId, ResidentId, SeatId, TeamId};
use linli_domain::quantity::Minutes;
use linli_domain::text::{ActCode, Name};
use linli_domain::time::Timestamp;
use linli_domain::{Position, Record};

use crate::table::table;

table! {
    /// An activity as it stands. The hash of its place, and the ends of its codes, are in the record.
    Activity in Orders "activity" {
        /// Its id.
        Key activity: ActivityId = "activity",
        /// The grid where it is done.
        Fix grid: AreaId = "grid",
        /// The team that it is for, if it is for one.
        Fix team: Option<TeamId> = "team",
        /// Which act a served seat is.
        Fix act: ActCode = "act",
        /// What people call it, in Chinese,
        Fix name_zh: Name = "name_zh",
        /// and in English.
        Fix name_en: Name = "name_en",
        /// When it begins.
        Fix start: Timestamp = "start_us",
        /// When it ends.
        Fix ends_at: Timestamp = "ends_at_us",
        /// From when people check in.
        Fix opens_at: Timestamp = "opens_at_us",
        /// Until when they check out.
        Fix shuts_at: Timestamp = "shuts_at_us",
        /// How many can take part.
        Fix seats: u16 = "seats",
        /// Is it under a heat or snow alert?
        Fix alert: bool = "alert",
        /// How many checkpoints it has: a patrol has some.
        Fix checkpoints: u16 = "checkpoints",
        /// How many of them make it one.
        Fix checkpoints_least: u8 = "checkpoints_least",
        /// The estate that it is done for, if it is for one.
        Fix estate: Option<EstateId> = "estate",
        /// After how long the rotating code changes.
        Fix step: Minutes = "step_minutes",
        /// The officer who published it, if one did.
        Fix officer: Option<OfficerId> = "officer",
        /// The team's leader who published it, if one did.
        Fix leader: Option<ResidentId> = "leader",
        /// The record that published it.
        Fix position: Position = "position",
        /// When that was recorded.
        Fix recorded_at: Timestamp = "recorded_at_us",
        /// When it was called off, if it was.
        Set called_off_at: Option<Timestamp> = "called_off_at_us",
    }
}

table! {
    /// That an activity was called off: a change to [`Activity`].
    CallOff in Orders "activity" {
        /// Which.
        Key activity: ActivityId = "activity",
        /// When.
        Set called_off_at: Option<Timestamp> = "called_off_at_us",
    }
}

table! {
    /// A seat, or the wish for one.
    Seat in Orders "seat" {
        /// Its id; a served seat's contribution has it too.
        Key seat: SeatId = "seat",
        /// Of which activity.
        Fix activity: ActivityId = "activity",
        /// Whose.
        Fix resident: ResidentId = "resident",
        /// The record of the sign-up.
        Fix position: Position = "position",
        /// When that was recorded.
        Fix recorded_at: Timestamp = "recorded_at_us",
        /// How far it has come.
        Set status: Status = "status",
        /// When the resident checked in.
        Set came_at: Option<Timestamp> = "came_at_us",
        /// Why it was passed over on the waiting list.
        Set unfit: Option<Unfit> = "unfit",
        /// When it ended, however it did.
        Set ended_at: Option<Timestamp> = "ended_at_us",
        /// From when the stay counts.
        Set from: Option<Timestamp> = "from_us",
        /// Until when it counts.
        Set until: Option<Timestamp> = "until_us",
        /// What the ledger found to vouch for it.
        Set signals: Signals = "signals",
        /// How many checkpoints were scanned. Which, and when, is not kept here.
        Set scanned: u16 = "scanned",
        /// What came of the stay.
        Set outcome: Option<Outcome> = "outcome",
    }
}

table! {
    /// That somebody who waited has a seat: a change to [`Seat`].
    SeatTaken in Orders "seat" {
        /// Which.
        Key seat: SeatId = "seat",
        /// Taken.
        Set status: Status = "status",
    }
}

table! {
    /// That somebody came: a change to [`Seat`].
    SeatArrival in Orders "seat" {
        /// To which.
        Key seat: SeatId = "seat",
        /// Present.
        Set status: Status = "status",
        /// When.
        Set came_at: Option<Timestamp> = "came_at_us",
    }
}

table! {
    /// How a seat ended: a change to [`Seat`].
    SeatEnd in Orders "seat" {
        /// Which.
        Key seat: SeatId = "seat",
        /// How.
        Set status: Status = "status",
        /// Why it was passed over.
        Set unfit: Option<Unfit> = "unfit",
        /// When.
        Set ended_at: Option<Timestamp> = "ended_at_us",
        /// From when the stay counts.
        Set from: Option<Timestamp> = "from_us",
        /// Until when it counts.
        Set until: Option<Timestamp> = "until_us",
        /// What the ledger found.
        Set signals: Signals = "signals",
        /// How many checkpoints were scanned.
        Set scanned: u16 = "scanned",
        /// What came of the stay.
        Set outcome: Option<Outcome> = "outcome",
    }
}

impl Activity {
    /// As it was published.
    #[must_use]
    pub fn published(record: &Record, plan: &Plan, terms: Terms) -> Self {
        let (officer, leader) = match plan.by {
            Publisher::Officer(officer) => (Some(officer), None),
            Publisher::Leader(leader) => (None, Some(leader)),
        };
        Self {
            activity: plan.activity,
            grid: plan.grid,
            team: plan.team,
            act: plan.act.clone(),
            name_zh: plan.name.zh.clone(),
            name_en: plan.name.en.clone(),
            start: plan.planned.start(),
            ends_at: plan.planned.end(),
            opens_at: terms.opens_at(plan),
            shuts_at: terms.shuts_at(plan),
            seats: plan.seats,
            alert: plan.alert,
            // The core takes a few at the most.
            checkpoints: u16::try_from(plan.checkpoints.len()).unwrap_or(u16::MAX),
            checkpoints_least: terms.checkpoints_least,
            estate: plan.estate,
            step: terms.step,
            officer,
            leader,
            position: record.position,
            recorded_at: record.recorded_at,
            called_off_at: None,
        }
    }
}

impl Seat {
    /// As somebody signed up for it.
    #[must_use]
    pub const fn begun(record: &Record, request: &Request, status: Status) -> Self {
        let Request { seat, activity, resident } = *request;
        Self {
            seat,
            activity,
            resident,
            position: record.position,
            recorded_at: record.recorded_at,
            status,
            came_at: None,
            unfit: None,
            ended_at: None,
            from: None,
            until: None,
            signals: Signals::NONE,
            scanned: 0,
            outcome: None,
        }
    }

    /// Puts in how it ended.
    pub fn end(&mut self, it: SeatEnd) {
        let SeatEnd { seat: _, status, unfit, ended_at, from, until, signals, scanned, outcome } =
            it;
        (self.status, self.unfit, self.ended_at) = (status, unfit, ended_at);
        (self.from, self.until, self.signals) = (from, until, signals);
        (self.scanned, self.outcome) = (scanned, outcome);
    }
}
