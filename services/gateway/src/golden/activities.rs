//! Refusals of activities.

use linli_domain::Refusal;
use linli_domain::activity::{ActivityPart, Status};
use linli_domain::id::SeatId;
use linli_domain::text::ActCode;
use linli_domain::time::Interval;

use super::at;

pub(super) fn refusals() -> Vec<Refusal> {
    use Refusal as R;
    let seat = SeatId::from_number(7);
    let planned = Interval::new(at("19:30:00"), at("21:00:00")).unwrap();
    vec![
        R::NotTeamLeader,
        R::NoActivityRules,
        R::OnlyByActivity(ActCode::new("PA-1").unwrap()),
        R::InvalidActivity { part: ActivityPart::Times },
        R::ActivityBegun { since: at("19:30:00") },
        R::ActivityCalledOff,
        R::SignedUp { seat },
        R::SeatClash { seat, planned },
        R::SeatAt { found: Status::Forgotten },
        R::CheckInTooEarly { from: at("19:00:00") },
        R::WrongCode,
        R::WrongCheckpoint { checkpoint: 2 },
    ]
}
