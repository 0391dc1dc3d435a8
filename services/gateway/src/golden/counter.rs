//! Refusals of operators, shifts and slips.

use linli_domain::Refusal;
use linli_domain::quantity::Points;
use linli_domain::rules::Presence;

use super::at;

pub(super) fn refusals() -> Vec<Refusal> {
    use Refusal as R;
    let (most, wanted) = (Points::from_hundredths(20_000), Points::from_hundredths(20_001));
    vec![
        R::OperatorRetired,
        R::ShiftNeeded,
        R::ShiftOpen { shift: linli_domain::id::ShiftId::from_number(5) },
        R::ShiftOver { since: at("19:30:00") },
        R::NoOfflineTerms,
        R::AllowanceStanding { ends_at: at("19:30:00") },
        R::AllowanceEmpty,
        R::AllowanceTooLarge { most, wanted },
        R::AllowanceTooLargeEach { most, wanted },
        R::AllowanceTooLong { latest: at("19:30:00") },
        R::AllowanceEnded { since: at("19:30:00") },
        R::SlipNumber { most: 2_000 },
        R::SlipCounted,
        R::SlipReported,
        R::TooManyReports { most: 500 },
        R::CardBlocked,
        R::ShownByAnother,
        R::ShownTooEarly { from: at("19:30:00") },
        R::ShownTooLate { until: at("19:30:00") },
        R::ShownBefore { last: at("19:30:00") },
        R::PresenceNeeded { needed: Presence::Proven },
    ]
}
