//! Activities, their seats, and what was shown at the door.

use linli_domain::activity::{
    ActivityPart, Command, Event, Link, Outcome, Plan, Publisher, Request, Showing, Status, Stay,
    Terms, Unfit, Visit,
};
use linli_domain::rules::ActivityRules;

use crate::wire;

newtype! { Link = [u8; 32] }

choice! { Publisher = wire::Publisher, wire::publisher::Kind { one { Officer, Leader } } }

message! { Plan = wire::ActivityPlan {
    activity: need(activity),
    by: need(by),
    team: plain(team),
    act: plain(act),
    grid: need(grid),
    name: need(name),
    planned: need(planned),
    seats: plain(seats),
    place: plain(place),
    alert: plain(alert),
    code: plain(code),
    checkpoints: plain(checkpoints),
    estate: plain(estate),
} }

message! { Terms = wire::ActivityTerms {
    early_minutes: plain(early),
    late_minutes: plain(late),
    step_minutes: plain(step),
    lag: plain(lag),
    checkpoints_least: plain(checkpoints_least),
} }

message! { ActivityRules = wire::ActivityRules {
    days_ahead: plain(days_ahead),
    early_minutes: plain(early),
    late_minutes: plain(late),
    step_minutes: plain(step),
    lag: plain(lag),
    checkpoints_part: need(checkpoints_part),
    only: plain(only),
} }

plain_enum! { ActivityPart = wire::ActivityPart { Seats, Times, Checkpoints } }

message! { Request = wire::SeatRequest {
    seat: need(seat),
    activity: need(activity),
    resident: need(resident),
} }

message! { Showing = wire::Showing { code: plain(code), place: plain(place) } }

message! { Visit = wire::CheckpointVisit { checkpoint: plain(checkpoint), proof: plain(proof) } }

plain_enum! { Unfit = wire::SeatUnfit { Clash, NotInTeam } }

plain_enum! { Outcome = wire::SeatOutcome { Contribution, TooShort, NotByRules } }

message! { Stay = wire::SeatStay {
    from_us: plain(from),
    until_us: plain(until),
    signals: need(signals),
    outcome: plain(outcome),
} }

plain_enum! { Status = wire::SeatStatus {
    Waiting, Taken, Present, Served, Forgotten, Missed, Withdrawn, PassedOver, Lapsed, CalledOff,
    Vacated,
} }

choice! { Command = wire::ActivityCommand, wire::activity_command::Kind {
    one { Publish, SignUp, Withdraw }
    many {
        CallOff = wire::ActivityCallOff { activity: need(activity), by: need(by) },
        CheckIn = wire::SeatCheckIn { seat: need(seat), showing: need(showing) },
        CheckOut = wire::SeatCheckOut {
            seat: need(seat),
            showing: need(showing),
            visited: plain(visited),
        },
    }
} }

choice! { Event = wire::ActivityEvent, wire::activity_event::Kind {
    one { Taken, Waited, Promoted, Lapsed, Withdrawn, SeatCalledOff, Missed, Vacated }
    many {
        Published = wire::ActivityPublished { plan: need(plan), terms: need(terms) },
        CalledOff = wire::ActivityCallOff { activity: need(activity), by: need(by) },
        PassedOver = wire::SeatPassedOver { request: need(request), why: plain(why) },
        CheckedIn = wire::SeatCheckedIn { request: need(request), showing: need(showing) },
        CheckedOut = wire::SeatCheckedOut {
            request: need(request),
            showing: need(showing),
            visited: plain(visited),
            stay: need(stay),
        },
        Forgotten = wire::SeatForgotten { request: need(request), stay: need(stay) },
    }
} }
