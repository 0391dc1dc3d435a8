//! Pools: who funds the points.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Amount, Bilingual, Id};

/// A pool to open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenPool {
    /// Its id; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<Id>,
    /// The name by which rules draw on it: lower case letters, digits and hyphens.
    #[schema(example = "street", pattern = "^[a-z0-9-]{1,32}$")]
    pub code: String,
    /// Who stands behind it.
    pub name: Bilingual,
}

/// Points to put into a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FundPool {
    /// How much; above zero. A point stands for about one yuan.
    pub points: Amount,
    /// The finance desk's reference, 1 to 64 characters.
    #[schema(example = "FIN-2025-001", max_length = 64)]
    pub reference: String,
}

/// What a funding changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Funded {
    /// The pool.
    pub pool: Id,
    /// What was put in.
    pub points: Amount,
    /// What the pool has to give after it.
    pub left: Amount,
}

/// A pool and how it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Pool {
    /// Its id.
    pub pool: Id,
    /// The name by which rules draw on it.
    #[schema(example = "street")]
    pub code: String,
    /// Who stands behind it.
    pub name: Bilingual,
    /// What was ever put in.
    pub funded: Amount,
    /// What was awarded out of it.
    pub drawn: Amount,
    /// What it still has to give.
    pub left: Amount,
    /// Of what was awarded, what lapsed.
    pub lapsed: Amount,
}

/// All pools, in the order of their ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Pools {
    /// The pools.
    pub pools: Vec<Pool>,
}

/// A pool as it was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PoolOpened {
    /// Its id.
    pub pool: Id,
    /// The name by which rules draw on it.
    pub code: String,
    /// Who stands behind it.
    pub name: Bilingual,
}

/// Points put into a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PoolFunded {
    /// Into which pool.
    pub pool: Id,
    /// How much.
    pub points: Amount,
    /// The finance desk's reference.
    pub reference: String,
}
