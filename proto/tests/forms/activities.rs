//! Samples of activities, seats and what was shown.

use linli_domain::activity::{
    ActivityPart, Command as Wish, Event, Link, Outcome, Plan, Publisher, Request, Showing, Status,
    Stay, Terms, Unfit, Visit,
};
use linli_domain::contribution::{Signal, Signals};
use linli_domain::hazard::PlaceKey;
use linli_domain::quantity::Minutes;
use linli_domain::rules::{ActivityRules, RuleSet};
use linli_domain::team::{self, Membership};
use linli_domain::text::ActCode;
use linli_domain::{Command, Noun, Refusal};

use crate::events::{Samples, sample};
use crate::values::{at, bare_rules, decimal, id, interval, name};

/// A rule set that has a part on activities.
pub(crate) fn rules_with_activities() -> RuleSet {
    let activities = ActivityRules {
        days_ahead: 30,
        early: Minutes::new(30),
        late: Minutes::new(45),
        step: Minutes::new(1),
        lag: 2,
        checkpoints_part: decimal("0.75"),
        only: vec![ActCode::new("PA-1").unwrap()],
    };
    RuleSet { activities: Some(activities), ..bare_rules() }
}

fn terms() -> Terms {
    Terms {
        early: Minutes::new(30),
        late: Minutes::new(45),
        step: Minutes::new(1),
        lag: 2,
        checkpoints_least: 3,
    }
}

fn class() -> Plan {
    Plan {
        activity: id!(ActivityId, 120),
        by: Publisher::Officer(id!(OfficerId, 5)),
        team: None,
        act: ActCode::new("ST-1").unwrap(),
        grid: id!(AreaId, 12),
        name: name("防诈骗课堂", "Lecture on fraud"),
        planned: interval(),
        seats: 30,
        place: PlaceKey([7; 32]),
        alert: false,
        code: Link([8; 32]),
        checkpoints: Vec::new(),
        estate: None,
    }
}

fn patrol() -> Plan {
    Plan {
        by: Publisher::Leader(id!(ResidentId, 11)),
        team: Some(id!(TeamId, 37)),
        alert: true,
        checkpoints: (1..=4).map(|byte| Link([byte; 32])).collect(),
        ..class()
    }
}

fn request() -> Request {
    Request {
        seat: id!(SeatId, 121),
        activity: id!(ActivityId, 120),
        resident: id!(ResidentId, 11),
    }
}

fn shown() -> Showing {
    Showing { code: Some(Link([9; 32])), place: Some(PlaceKey([7; 32])) }
}

fn visited() -> Vec<Visit> {
    [0, 2, 3].map(|checkpoint| Visit { checkpoint, proof: Link([checkpoint; 32]) }).into()
}

fn stay(outcome: Outcome) -> Stay {
    let signals: Signals = [Signal::RotatingCode, Signal::Place].into_iter().collect();
    Stay { from: at(60), until: at(150), signals, outcome }
}

/// Every form of an event.
pub(crate) fn events() -> Samples {
    let (request, activity) = (request(), id!(ActivityId, 120));
    let published = |plan: Plan| Event::Published { plan: Box::new(plan), terms: terms() };
    let called_off = |by| Event::CalledOff { activity, by };
    let out = |visited, outcome| Event::CheckedOut {
        request,
        showing: shown(),
        visited,
        stay: stay(outcome),
    };
    let nothing = Showing::default();
    vec![
        sample("class", published(class())),
        sample("patrol", published(patrol())),
        sample("officer", called_off(class().by)),
        sample("leader", called_off(patrol().by)),
        sample("whole", Event::Taken(request)),
        sample("whole", Event::Waited(request)),
        sample("whole", Event::Promoted(request)),
        sample("clash", Event::PassedOver { request, why: Unfit::Clash }),
        sample("team", Event::PassedOver { request, why: Unfit::NotInTeam }),
        sample("whole", Event::Lapsed(request)),
        sample("whole", Event::Withdrawn(request)),
        sample("whole", Event::SeatCalledOff(request)),
        sample("shown", Event::CheckedIn { request, showing: shown() }),
        sample("nothing shown", Event::CheckedIn { request, showing: nothing }),
        sample("patrol", out(visited(), Outcome::Contribution)),
        sample("class", out(Vec::new(), Outcome::TooShort)),
        sample("whole", Event::Forgotten { request, stay: stay(Outcome::Contribution) }),
        sample("no rules", Event::Forgotten { request, stay: stay(Outcome::NotByRules) }),
        sample("whole", Event::Missed(request)),
        sample("whole", Event::Vacated(request)),
        sample("whole", team::Event::Led(membership())),
    ]
}

fn membership() -> Membership {
    Membership { team: id!(TeamId, 37), resident: id!(ResidentId, 11) }
}

/// The wishes.
pub(crate) fn commands() -> Vec<Command> {
    let (seat, activity) = (id!(SeatId, 121), id!(ActivityId, 120));
    vec![
        Wish::Publish(Box::new(class())).into(),
        Wish::Publish(Box::new(patrol())).into(),
        Wish::CallOff { activity, by: class().by }.into(),
        Wish::SignUp(request()).into(),
        Wish::Withdraw(seat).into(),
        Wish::CheckIn { seat, showing: shown() }.into(),
        Wish::CheckIn { seat, showing: Showing::default() }.into(),
        Wish::CheckOut { seat, showing: shown(), visited: visited() }.into(),
        team::Command::Lead(membership()).into(),
    ]
}

/// The refusals.
pub(crate) fn refusals() -> Vec<Refusal> {
    let seat = id!(SeatId, 121);
    let parts = [ActivityPart::Seats, ActivityPart::Times, ActivityPart::Checkpoints];
    let found = [
        Status::Waiting,
        Status::Taken,
        Status::Present,
        Status::Served,
        Status::Forgotten,
        Status::Missed,
        Status::Withdrawn,
        Status::PassedOver,
        Status::Lapsed,
        Status::CalledOff,
        Status::Vacated,
    ];
    let mut refusals: Vec<_> = [Noun::Activity, Noun::Seat].map(Refusal::Unknown).into();
    refusals.extend(parts.map(|part| Refusal::InvalidActivity { part }));
    refusals.extend(found.map(|found| Refusal::SeatAt { found }));
    refusals.extend([
        Refusal::NotTeamLeader,
        Refusal::NoActivityRules,
        Refusal::OnlyByActivity(ActCode::new("PA-1").unwrap()),
        Refusal::ActivityBegun { since: at(60) },
        Refusal::ActivityCalledOff,
        Refusal::SignedUp { seat },
        Refusal::SeatClash { seat, planned: interval() },
        Refusal::CheckInTooEarly { from: at(30) },
        Refusal::WrongCode,
        Refusal::WrongCheckpoint { checkpoint: 3 },
    ]);
    refusals
}
