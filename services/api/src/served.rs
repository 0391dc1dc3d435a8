//! What happened to contributions, redemptions and wallets, as the log tells it.

use crate::award::Award;
use crate::contribution::{Attachment, Grade, RejectReason, ReversalReason, Signal};
use crate::person::ErasureReason;
use crate::redemption::{LotTaken, Slip, VoidReason};
use crate::wallet::Recalled;
use crate::{Amount, Id, Instant};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A claim and the grade of its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContributionSubmitted {
    /// The contribution's id.
    pub contribution: Id,
    /// Who served.
    pub resident: Id,
    /// Which act.
    pub act: String,
    /// The grid where it was done.
    pub grid: Id,
    /// The estate that it was done for, if it was for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estate: Option<Id>,
    /// When it began.
    pub started_at: Instant,
    /// When it ended.
    pub ended_at: Instant,
    /// For whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beneficiary: Option<Id>,
    /// Was a weather alert in force?
    pub alert: bool,
    /// What vouches for it.
    pub signals: Vec<Signal>,
    /// Files kept elsewhere.
    pub attachments: Vec<Attachment>,
    /// The grade of its evidence.
    pub grade: Grade,
    /// The award that it follows from, if it is for another's service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caused_by: Option<Id>,
}

/// A word for a contribution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContributionVerified {
    /// Which.
    pub contribution: Id,
    /// Who verified.
    pub officer: Id,
    /// The points assessed, if the act's are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessed: Option<Amount>,
    /// How hard the officer found it, if more than ordinary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 1)]
    pub difficulty: Option<u8>,
}

/// A word against a contribution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContributionRejected {
    /// Which.
    pub contribution: Id,
    /// Who rejected.
    pub officer: Id,
    /// Why.
    pub reason: RejectReason,
}

/// A word that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContributionQueued {
    /// The word.
    pub word: ContributionVerified,
    /// When the officer may say it again.
    pub until: Instant,
    /// What the officer had vouched for that day, in minutes,
    pub minutes: u32,
    /// of so many,
    pub minutes_quota: u32,
    /// and in points,
    pub points: Amount,
    /// of so many.
    pub points_quota: Amount,
}

/// An award that was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContributionReversed {
    /// Who reversed it.
    pub officer: Id,
    /// Why.
    pub reason: ReversalReason,
    /// What it had given, without the explanation.
    pub award: Award,
    /// What of its points was taken back at once; left out if it had given none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recalled: Option<Recalled>,
}

/// Files that came after a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContributionAttached {
    /// Of which contribution.
    pub contribution: Id,
    /// Whose it is.
    pub resident: Id,
    /// Files kept elsewhere.
    pub attachments: Vec<Attachment>,
}

/// What a reversal had taken back, and a panel has found wrongly so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContributionRestored {
    /// What it had given, without the explanation.
    pub award: Award,
    /// What comes back of its points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<LotTaken>,
    /// What is owed for it no longer.
    pub forgiven: Amount,
}

/// A slip whose points and stock were set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RedemptionReserved {
    /// The slip.
    pub slip: Slip,
    /// When the hold releases by itself.
    pub expires_at: Instant,
}

/// Which slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfSlip {
    /// The slip.
    pub slip: Slip,
}

/// A slip of which a part was handed out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RedemptionPartCaptured {
    /// What was handed out.
    pub handed: Slip,
    /// What was given back.
    pub rest: Slip,
    /// What of the rest had passed its date meanwhile.
    pub lapsed: Vec<LotTaken>,
}

/// A slip that was given back on somebody's wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RedemptionVoided {
    /// The slip.
    pub slip: Slip,
    /// Why.
    pub reason: VoidReason,
    /// What had passed its date meanwhile.
    pub lapsed: Vec<LotTaken>,
}

/// A slip that was given back by its deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RedemptionTimedOut {
    /// The slip.
    pub slip: Slip,
    /// What had passed its date meanwhile.
    pub lapsed: Vec<LotTaken>,
}

/// A lot whose rest lapsed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LotExpired {
    /// Whose.
    pub resident: Id,
    /// What lapsed.
    pub lapsed: LotTaken,
}

/// A resident who lives with another household now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ResidentMoved {
    /// Who.
    pub resident: Id,
    /// With which household.
    pub household: Id,
    /// Does that household receive assistance?
    pub assisted: bool,
    /// With which one before.
    pub before: Id,
}

/// A resident whose account was closed for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ResidentErased {
    /// Whose.
    pub resident: Id,
    /// Why.
    pub reason: ErasureReason,
}

/// What was cleared out of an erased resident's wallet, or as much of it as one record takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WalletClosed {
    /// Whose.
    pub resident: Id,
    /// What could be spent, which lapsed.
    pub lapsed: Vec<LotTaken>,
    /// What was owed, which was written off.
    pub forgiven: Vec<DebtForgiven>,
}

/// What was still owed for one reversed contribution, and is no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DebtForgiven {
    /// The contribution that was reversed.
    pub contribution: Id,
    /// The pool that it was owed to.
    pub pool: Id,
    /// How much.
    pub owed: Amount,
}
