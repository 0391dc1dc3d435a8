//! How far the pools cover the points that are out (兑付覆盖率). Public: it names nobody.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Amount, Bilingual};

/// What stands behind the points that residents hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Coverage {
    /// The record up to which this is true.
    #[schema(example = 210_730)]
    pub position: u64,
    /// Put into the pools by their funders; a point stands for about one yuan.
    pub funded: Amount,
    /// What the goods cost that points were redeemed for, in yuan.
    pub spent: Amount,
    /// What is left to pay with: `funded` less `spent`.
    pub fund: Amount,
    /// Points in wallets, free to spend or set aside.
    pub outstanding: Amount,
    /// `fund` for each point of `outstanding`, cut to hundredths; none where none are out.
    #[schema(example = "1.72")]
    pub ratio: Option<String>,
    /// Each pool, in the order of their codes.
    pub pools: Vec<PoolCoverage>,
}

/// What a pool was given, and the points out of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PoolCoverage {
    /// The name by which rules draw on it.
    #[schema(example = "street")]
    pub code: String,
    /// Who stands behind it.
    pub name: Bilingual,
    /// What was ever put in.
    pub funded: Amount,
    /// What it still has to give.
    pub left: Amount,
    /// Points out of it in wallets, free to spend or set aside.
    pub outstanding: Amount,
}
