//! One rewarded act: `PA-1`, a patrol slot of an hour and a half, and the like.

use borsh::{BorshDeserialize, BorshSerialize};
use rust_decimal::Decimal;

use crate::area::Level;
use crate::contribution::{Grade, Signals};
use crate::quantity::{Minutes, Points};
use crate::text::{ActCode, Bilingual, Code};
use crate::time::Window;

/// What a contribution counts as: the seven services, patrol, hazards and mutual aid.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum Category {
    /// Study and education (学习教育).
    Study,
    /// Cultural publicity (文化宣传).
    Culture,
    /// Environment (环境维护).
    Environment,
    /// Mediation (矛盾调解).
    Mediation,
    /// Helping people in need (困难帮扶).
    Assistance,
    /// Public-welfare service (公益服务).
    PublicWelfare,
    /// Outstanding deeds (突出贡献).
    Outstanding,
    /// Patrol (平安巡逻).
    Patrol,
    /// Hazard report (隐患上报).
    Hazard,
    /// Mutual aid (邻里互助).
    MutualAid,
}

/// What the base points are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Unit {
    /// The act, however long.
    Each,
    /// An hour; parts of it count in proportion.
    Hour,
    /// A slot of so many minutes; parts of one don't count.
    Slot(Minutes),
}

/// How many base points a unit gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Amount {
    /// Always the same.
    Fixed(Points),
    /// What the verifier assesses, between two bounds.
    Assessed {
        /// At least.
        least: Points,
        /// At most.
        most: Points,
    },
}

/// Whom a cap counts for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum Scope {
    /// The person who serves.
    Person,
    /// The person who serves and the one who is served, as a pair.
    Pair,
    /// The person who is served, by whomever.
    Beneficiary,
    /// Two persons, whoever of them serves the other.
    Couple,
}

/// How much may count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Limit {
    /// So much time.
    Minutes(Minutes),
    /// So many times.
    Times(u32),
    /// So many base points.
    Points(Points),
}

/// A bound on what counts of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub struct Cap {
    /// Whom it counts for.
    pub scope: Scope,
    /// Over what stretch; none for a single contribution.
    pub window: Option<Window>,
    /// How much.
    pub limit: Limit,
}

/// Who has to verify.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub struct VerificationNeed {
    /// The lowest level of officer whose verification awards.
    pub level: Level,
    /// From how many different levels a verification is needed, 1 or 2.
    pub levels: u8,
}

/// An act and its rule.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Act {
    /// Its code.
    pub code: ActCode,
    /// What people call it.
    pub name: Bilingual,
    /// What it counts as.
    pub category: Category,
    /// What the base points are for.
    pub unit: Unit,
    /// How many base points a unit gives.
    pub base: Amount,
    /// Merit = base points × this.
    pub merit_weight: Decimal,
    /// Is the night coefficient for it?
    pub night: bool,
    /// Is the weather-alert coefficient for it?
    pub alert: bool,
    /// Is the coefficient for service to assisted people for it?
    pub assisted: bool,
    /// Do verifiers say how hard it was?
    pub difficulty: bool,
    /// The minutes that are credited for it, however long it took; else the time that it took.
    pub credits: Option<Minutes>,
    /// Bounds on what counts.
    pub caps: Vec<Cap>,
    /// The weakest evidence that gives points; weaker gives merit and minutes by its grade.
    pub least_grade: Grade,
    /// What the evidence has to hold besides, whatever its grade, to give points.
    pub needs: Signals,
    /// Who has to verify.
    pub verification: VerificationNeed,
    /// Does the month cap over all acts leave it out?
    pub outside_month_cap: bool,
    /// After how many services of the one who was referred it is given by itself to who referred that one; none if
    /// it is claimed.
    pub referral: Option<u8>,
    /// The pool that it draws on.
    pub pool: Code,
}

impl Act {
    /// Can it be claimed only for somebody?
    #[must_use]
    pub fn is_for_somebody(&self) -> bool {
        self.caps.iter().any(|cap| cap.scope != Scope::Person)
    }
}
