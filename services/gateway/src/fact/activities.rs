//! Facts of activities and seats as JSON.

use linli_api as api;
use linli_api::Bilingual;
use linli_api::activity::{ActivityCalledOff, ActivityPublished};
use linli_api::fact::Fact;
use linli_domain::activity::{Event, Plan, Publisher, Request, Status, Terms};

use crate::key::hex;
use crate::receipt::{id, instant, seat_changed};

pub(super) fn of_activity(event: &Event) -> Fact {
    let seat = |request: &Request, status| Fact::Seat(seat_changed(event, request, status));
    match event {
        Event::Published { plan, terms } => {
            Fact::ActivityPublished(Box::new(published(plan, *terms)))
        }
        Event::CalledOff { activity, by } => called_off(id(activity), *by),
        Event::Taken(it) | Event::Promoted(it) => seat(it, Status::Taken),
        Event::Waited(it) => seat(it, Status::Waiting),
        Event::PassedOver { request: it, .. } => seat(it, Status::PassedOver),
        Event::Lapsed(it) => seat(it, Status::Lapsed),
        Event::Withdrawn(it) => seat(it, Status::Withdrawn),
        Event::SeatCalledOff(it) => seat(it, Status::CalledOff),
        Event::CheckedIn { request: it, .. } => seat(it, Status::Present),
        Event::CheckedOut { request: it, .. } => seat(it, Status::Served),
        Event::Forgotten { request: it, .. } => seat(it, Status::Forgotten),
        Event::Missed(it) => seat(it, Status::Missed),
        Event::Vacated(it) => seat(it, Status::Vacated),
    }
}

fn by(publisher: Publisher) -> (Option<api::Id>, Option<api::Id>) {
    match publisher {
        Publisher::Officer(officer) => (Some(id(officer)), None),
        Publisher::Leader(leader) => (None, Some(id(leader))),
    }
}

fn called_off(activity: api::Id, publisher: Publisher) -> Fact {
    let (officer, leader) = by(publisher);
    Fact::ActivityCalledOff(ActivityCalledOff { activity, officer, leader })
}

fn published(plan: &Plan, terms: Terms) -> ActivityPublished {
    let (officer, leader) = by(plan.by);
    ActivityPublished {
        activity: api::activity::Activity {
            activity: id(plan.activity),
            grid: id(plan.grid),
            team: plan.team.map(id),
            act: plan.act.as_str().to_owned(),
            name: Bilingual::new(plan.name.zh.as_str(), plan.name.en.as_str()),
            start: instant(plan.planned.start()),
            ends_at: instant(plan.planned.end()),
            opens_at: instant(terms.opens_at(plan)),
            shuts_at: instant(terms.shuts_at(plan)),
            seats: plan.seats,
            alert: plan.alert,
            checkpoints: u16::try_from(plan.checkpoints.len()).unwrap_or(u16::MAX),
            checkpoints_least: terms.checkpoints_least,
            estate: plan.estate.map(id),
            officer,
            leader,
            called_off_at: None,
        },
        place: hex(&plan.place.0).into(),
        code_end: hex(&plan.code.0).into(),
        checkpoint_ends: plan.checkpoints.iter().map(|end| hex(&end.0).into()).collect(),
        code_minutes: terms.step.get(),
        code_lag: terms.lag,
    }
}
