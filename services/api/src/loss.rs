//! Loss accounts (损失账户): what offices answer for.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Amount, Id};

/// What an office answers for: what counts missed, what was written off, what came back and could not be
/// handed out again, and what was handed out off line that nobody had the points for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LossAccount {
    /// Which officer.
    pub officer: Id,
    /// Points that residents were given back, or hadn't, and no supplier bears.
    pub points: Amount,
    /// Pieces lost.
    #[schema(example = 2)]
    pub lost_pieces: i64,
    /// What they cost, in yuan.
    pub lost_yuan: Amount,
    /// Pieces that counts found and nobody knew of; they stand beside the lost ones, not against them.
    #[schema(example = 0)]
    pub surplus_pieces: i64,
    /// What they cost, in yuan.
    pub surplus_yuan: Amount,
}

/// All loss accounts, in the order of the officers' ids; who answers for nothing has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Losses {
    /// The accounts.
    pub losses: Vec<LossAccount>,
}
