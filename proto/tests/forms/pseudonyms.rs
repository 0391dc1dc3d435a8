//! Samples of pseudonyms.

use linli_domain::resident::{self, Pseudonym, PseudonymFact, WithdrawalReason, Words};

use crate::events::{Samples, sample};
use crate::values::id;

/// The facts.
pub(crate) fn events() -> Samples {
    let (resident, officer) = (id!(ResidentId, 11), id!(OfficerId, 5));
    let pseudonym = |first, second, number| Pseudonym { words: Words { first, second }, number };
    let fact = |special: &str, fact| sample(special, resident::Event::Pseudonym(fact));
    let withdrawn = |reason| {
        let pseudonym = pseudonym(3, 7, 1);
        fact(
            &format!("{reason:?}"),
            PseudonymFact::Withdrawn { resident, pseudonym, officer, reason },
        )
    };
    vec![
        fact("first", PseudonymFact::Chosen { resident, pseudonym: pseudonym(3, 7, 1) }),
        fact("places of zero", PseudonymFact::Chosen { resident, pseudonym: pseudonym(0, 0, 300) }),
        fact("whole", PseudonymFact::Dropped { resident, pseudonym: pseudonym(63, 63, 2) }),
        withdrawn(WithdrawalReason::Offensive),
        withdrawn(WithdrawalReason::TakenForAnother),
    ]
}
