//! What a trial came to that rules were published from.

use linli_api::rules::RulesTried;
use linli_api::trial::{TrialChange, TrialSums};
use linli_domain::rules::{Tried, TriedSums};

use crate::receipt::{amount, instant};

/// The trial beside a rule set.
pub(crate) fn tried(told: &Tried) -> RulesTried {
    let Tried { from, until, position, real, draft, gain, lose, short } = told;
    let (real, draft) = (tried_sums(real), tried_sums(draft));
    RulesTried {
        from: instant(*from),
        until: instant(*until),
        position: position.0,
        change: TrialChange { real, draft, gain: *gain, lose: *lose },
        short: amount(*short),
    }
}

/// What awards came to.
pub(crate) fn tried_sums(told: &TriedSums) -> TrialSums {
    TrialSums { awards: told.awards, points: amount(told.points), merit: amount(told.merit) }
}
