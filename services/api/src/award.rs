//! Awards and their explanation.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::contribution::Grade;
use crate::{Amount, Bilingual, Id, Instant};

/// What a contribution counts as.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
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

/// How minutes are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MinutesKind {
    /// Service minutes (信用时数): stars are given for them.
    Service,
    /// Honour minutes (荣誉时数): entered afterwards, shown apart.
    Honour,
}

/// What a contribution gave, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Award {
    /// The contribution, and the name of the lot.
    pub contribution: Id,
    /// Who is awarded.
    pub resident: Id,
    /// The grid where it was done.
    pub grid: Id,
    /// The estate that it was done for, if it was for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estate: Option<Id>,
    /// The act.
    #[schema(example = "PA-1")]
    pub act: String,
    /// What it counts as.
    pub category: Category,
    /// The grade of its evidence.
    pub grade: Grade,
    /// The version of the rules that made it.
    #[schema(example = 1)]
    pub rules_version: u32,
    /// The minutes credited.
    #[schema(example = 90)]
    pub minutes: u32,
    /// How they are shown.
    pub minutes_kind: MinutesKind,
    /// The merit credited.
    pub merit: Amount,
    /// The points issued; may be zero.
    pub points: Amount,
    /// What of them repaid what the resident owes; left out if nothing did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repaid: Option<Amount>,
    /// The pool they were drawn from, if any were issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<Id>,
    /// When they lapse, if any were issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Instant>,
    /// How it came about, step by step, for people.
    pub explanation: Vec<Bilingual>,
}
