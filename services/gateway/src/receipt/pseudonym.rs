//! Receipts of pseudonyms.

use linli_api::pseudonym::PseudonymChanged;
use linli_domain::resident::{Event, PseudonymFact};
use linli_domain::{Event as Fact, Record};

use crate::parse::{Spoken as _, pseudonym};
use crate::receipt::id;

/// A pseudonym that was chosen, given up or withdrawn.
pub(crate) fn pseudonym_changed(records: &[Record]) -> Option<PseudonymChanged> {
    let Fact::Resident(Event::Pseudonym(fact)) = &records.first()?.event else { return None };
    Some(pseudonym_fact(fact))
}

/// What became of one.
pub(crate) fn pseudonym_fact(fact: &PseudonymFact) -> PseudonymChanged {
    let (PseudonymFact::Chosen { resident, pseudonym: which }
    | PseudonymFact::Dropped { resident, pseudonym: which }
    | PseudonymFact::Withdrawn { resident, pseudonym: which, .. }) = fact;
    let (officer, reason) = match fact {
        PseudonymFact::Withdrawn { officer, reason, .. } => {
            (Some(id(officer)), Some(reason.said()))
        }
        PseudonymFact::Chosen { .. } | PseudonymFact::Dropped { .. } => (None, None),
    };
    PseudonymChanged {
        resident: id(resident),
        pseudonym: pseudonym(*which),
        chosen: fact.after().is_some(),
        officer,
        reason,
    }
}
