//! What the rules say of mediation: the acts of its tiers, what each has to show, and what unsettled work
//! is worth.

use borsh::{BorshDeserialize, BorshSerialize};
use rust_decimal::Decimal;

use crate::mediation::Tier;
use crate::rules::{Amount, RuleSet};
use crate::text::ActCode;

/// The most days in which a second case between the same is of the same dispute: five years.
const SAME_DISPUTE_DAYS_MAX: u16 = 1_830;

/// What a tier is worth, and what it has to show.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct TierTerms {
    /// Its act.
    pub act: ActCode,
    /// Is its agreement in writing?
    pub written: bool,
    /// Does it pay once the agreement was kept, and not when it is made?
    pub performed: bool,
}

/// What the rules say of mediation.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct MediationRules {
    /// Settled by word of mouth.
    pub oral: TierTerms,
    /// Simple.
    pub simple: TierTerms,
    /// Difficult.
    pub difficult: TierTerms,
    /// Major.
    pub major: TierTerms,
    /// This part of the base points is for documented work on a case that ended unsettled, 0 to 1.
    pub unsettled_part: Decimal,
    /// A second case of one kind between the same households within so many days is of the same
    /// dispute.
    pub same_dispute_days: u16,
}

impl MediationRules {
    /// What a tier is worth.
    #[must_use]
    pub const fn of(&self, tier: Tier) -> &TierTerms {
        match tier {
            Tier::Oral => &self.oral,
            Tier::Simple => &self.simple,
            Tier::Difficult => &self.difficult,
            Tier::Major => &self.major,
        }
    }

    const fn tiers(&self) -> [&TierTerms; 4] {
        [&self.oral, &self.simple, &self.difficult, &self.major]
    }

    /// Is the act one that only the end of a case gives?
    #[must_use]
    pub fn awards(&self, act: &ActCode) -> bool {
        self.tiers().iter().any(|terms| terms.act == *act)
    }

    /// Does it make sense: acts that are there, with fixed points and no cap for a pair, which nothing else
    /// gives?
    pub(super) fn makes_sense(&self, rules: &RuleSet) -> bool {
        let own = |terms: &&TierTerms| {
            let ordered = rules.orders.as_ref().is_some_and(|orders| orders.awards(&terms.act));
            let seated = rules.activities.as_ref().is_some_and(|it| it.only.contains(&terms.act));
            let fits = rules
                .act(&terms.act)
                .is_some_and(|act| matches!(act.base, Amount::Fixed(_)) && !act.is_for_somebody());
            fits && !ordered && !seated
        };
        self.tiers().iter().all(own)
            && (Decimal::ZERO..=Decimal::ONE).contains(&self.unsettled_part)
            && self.same_dispute_days <= SAME_DISPUTE_DAYS_MAX
    }
}
