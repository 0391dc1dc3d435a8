//! Pseudonyms, from the facts: a number is given once, what was withdrawn is nobody's, and only who is
//! shown chooses one.

use linli_domain::resident::{Event, Pseudonym, PseudonymFact, Words};

use super::*;

/// Who is shown, who is called what, and what became of words.
#[derive(Debug, Default, BorshSerialize, BorshDeserialize)]
pub(super) struct Pseudonyms {
    shown: FxHashSet<ResidentId>,
    called: FxHashMap<ResidentId, Pseudonym>,
    /// The last number of two words.
    given: FxHashMap<Words, u32>,
    withdrawn: FxHashSet<Words>,
}

impl Books {
    pub(super) fn call(&mut self, event: &Event, broken: &mut Vec<Broken>) {
        let told = &mut self.pseudonyms;
        let fact = match event {
            Event::RankingJoined(resident) => {
                told.shown.insert(*resident);
                return;
            }
            Event::RankingLeft(resident) => {
                told.shown.remove(resident);
                return;
            }
            Event::Erased(erasure) => {
                told.shown.remove(&erasure.resident);
                told.called.remove(&erasure.resident);
                return;
            }
            Event::Pseudonym(fact) => fact,
            Event::Registered(_)
            | Event::VolunteerEnrolled(_)
            | Event::VolunteerReferred { .. }
            | Event::Moved { .. }
            | Event::CardIssued { .. }
            | Event::CardBlocked { .. } => return,
        };
        let resident = fact.resident();
        let holds = match fact {
            PseudonymFact::Chosen { pseudonym, .. } => {
                let last = told.given.insert(pseudonym.words, pseudonym.number).unwrap_or_default();
                let next = last.checked_add(1) == Some(pseudonym.number);
                let free = !told.withdrawn.contains(&pseudonym.words);
                told.called.insert(resident, *pseudonym);
                next && free && told.shown.contains(&resident)
            }
            PseudonymFact::Dropped { pseudonym, .. } => {
                told.called.remove(&resident) == Some(*pseudonym)
            }
            PseudonymFact::Withdrawn { pseudonym, .. } => {
                told.withdrawn.insert(pseudonym.words);
                told.called.remove(&resident) == Some(*pseudonym)
            }
        };
        if !holds {
            broken.push((Rule::PseudonymOnce, format!("{fact:?}")));
        }
    }
}

#[cfg(test)]
mod tests {
    use linli_domain::resident::WithdrawalReason;

    use super::*;

    #[test]
    fn what_was_given_is_never_given_again() {
        let (one, other) = (ResidentId::from_number(1), ResidentId::from_number(2));
        let words = Words { first: 3, second: 7 };
        let of = |number| Pseudonym { words, number };
        let chosen = |resident, number| {
            Event::Pseudonym(PseudonymFact::Chosen { resident, pseudonym: of(number) })
        };
        let withdrawn = |resident, number| {
            let (officer, reason) =
                (linli_domain::id::OfficerId::from_number(5), WithdrawalReason::Offensive);
            let pseudonym = of(number);
            Event::Pseudonym(PseudonymFact::Withdrawn { resident, pseudonym, officer, reason })
        };
        let mut books = Books::default();
        for (event, holds, why) in [
            (chosen(one, 1), false, "not shown"),
            (Event::RankingJoined(one), true, ""),
            (Event::RankingJoined(other), true, ""),
            (chosen(one, 2), true, "the next"),
            (chosen(other, 2), false, "given before"),
            (chosen(other, 3), true, "the next"),
            (withdrawn(one, 3), false, "somebody else's"),
            (withdrawn(other, 3), true, ""),
            (chosen(one, 4), false, "withdrawn"),
        ] {
            let mut broken = Vec::new();
            books.call(&event, &mut broken);
            assert_eq!(broken.is_empty(), holds, "{why}: {event:?}");
        }
    }
}
