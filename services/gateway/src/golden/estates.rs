//! Refusals of estates.

use linli_domain::Refusal;
use linli_domain::id::EstateId;

use super::at;

pub(super) fn refusals() -> Vec<Refusal> {
    use Refusal as R;
    vec![
        R::NoEstateRules,
        R::EstateElsewhere,
        R::NotRedCommittee,
        R::InvalidCommittee { least: 5, most: 9 },
        R::InvalidTerm { latest: at("19:30:00") },
        R::NotOnCommittee,
        R::OnCommittee { estate: EstateId::from_number(7) },
    ]
}
