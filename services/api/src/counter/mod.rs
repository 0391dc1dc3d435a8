//! Operators and shifts at a station's counter, allowances, and slips written off line.

mod shown;

pub use shown::{Allowance, OfflineWritten, Operator, Shift, SlipStanding};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::redemption::{Slip, Wish};
use crate::{Amount, Id, Instant};

/// An operator to be enrolled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrolOperator {
    /// The id that the operator will have; minted if left out. It tells nothing of the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<Id>,
    /// The station whose counter it is.
    pub station: Id,
}

/// A PIN for an operator.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetPin {
    /// 6 to 12 digits, not all of them the same.
    #[schema(pattern = "^[0-9]{6,12}$", example = "493027")]
    pub pin: String,
}

impl std::fmt::Debug for SetPin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SetPin")
    }
}

/// An operator as enrolled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OperatorEnrolled {
    /// Who.
    pub operator: Id,
    /// At which station.
    pub station: Id,
}

/// An operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfOperator {
    /// Who.
    pub operator: Id,
}

/// Whether what is handed out at a station names a shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shifts {
    /// If somebody has one open.
    Optional,
    /// Always.
    Needed,
}

/// Whether a station is to hand anything out without a shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetShifts {
    /// From now on.
    pub shifts: Shifts,
}

/// Whether a station hands anything out without a shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StationShifts {
    /// Which station.
    pub station: Id,
    /// From then on.
    pub shifts: Shifts,
}

/// A shift to be opened, at the station that the key is bound to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenShift {
    /// The id that it will have; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<Id>,
    /// Who opens it.
    pub operator: Id,
}

/// Why a shift was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShiftClosing {
    /// The operator went home.
    Operator,
    /// The operator's time at the station ended.
    Retired,
    /// Nobody closed it in time.
    Overdue,
}

/// A shift that was opened or closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ShiftChanged {
    /// Which.
    pub shift: Id,
    /// Who opened it.
    pub operator: Id,
    /// At which station.
    pub station: Id,
    /// When it closes, or would have closed, by itself.
    pub closes_at: Instant,
    /// Why it was closed, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<ShiftClosing>,
}

/// An allowance to be granted, by the office that answers for what is short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantAllowance {
    /// The id that it will have; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowance: Option<Id>,
    /// To which station.
    pub station: Id,
    /// Points, over all slips.
    pub total: Amount,
    /// Points, over all slips of one person.
    pub per_person: Amount,
    /// What is handed out from then on is not covered.
    pub ends_at: Instant,
}

/// An allowance as it was granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AllowanceGranted {
    /// Which.
    pub allowance: Id,
    /// To which station.
    pub station: Id,
    /// The office that answers for what is short.
    pub officer: Id,
    /// Points, over all slips.
    pub total: Amount,
    /// Points, over all slips of one person.
    pub per_person: Amount,
    /// What is handed out from then on is not covered.
    pub ends_at: Instant,
    /// Slips are counted until then.
    pub sync_until: Instant,
}

/// An allowance that ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AllowanceEnded {
    /// Which.
    pub allowance: Id,
    /// Of which station.
    pub station: Id,
    /// When it was to end.
    pub ends_at: Instant,
    /// The office that ended it before its time, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Id>,
    /// Slips counted so far.
    pub slips: u32,
    /// Their points.
    pub spent: Amount,
    /// What of it residents hadn't.
    pub overspent: Amount,
}

/// A slip that the station wrote while it was off line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfflineSlip {
    /// Under which allowance.
    pub allowance: Id,
    /// Its number, which the station gives once.
    #[schema(minimum = 1, maximum = 2000, example = 1)]
    pub number: u32,
    /// The id that the redemption will have. The station mints it when it writes the slip, so that
    /// the same slip is known again.
    pub redemption: Id,
    /// Who pays.
    pub resident: Id,
    /// What was handed out, and how many of each.
    pub items: Vec<Wish>,
    /// Points for all of it, as the clerk saw the prices.
    pub total: Amount,
    /// When it was handed out, by the station's clock.
    pub handed_at: Instant,
}

/// Why a slip can't be counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum SlipReport {
    /// Its number was counted for another redemption.
    NumberTaken {
        /// Which.
        by: Id,
    },
    /// It was handed out before or after the time that is covered.
    NotCovered {
        /// Covered from here
        from: Instant,
        /// until here.
        until: Instant,
    },
    /// It came too late.
    TooLate {
        /// Slips were counted until then.
        until: Instant,
    },
    /// The clerk saw other prices.
    OtherPrice {
        /// What it costs.
        costs: Amount,
    },
    /// The resident may not have it.
    NotEligible {
        /// Which item.
        item: Id,
    },
    /// More than is left of what the station may hand out.
    StationLimit {
        /// What is left.
        left: Amount,
    },
    /// More than is left of what one person may have.
    PersonLimit {
        /// What is left.
        left: Amount,
    },
    /// Fewer stand on the shelf, by the books.
    OutOfStock {
        /// Which item.
        item: Id,
        /// What is free.
        free: u32,
    },
}

/// A slip that was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SlipCounted {
    /// Under which allowance.
    pub allowance: Id,
    /// Its number.
    pub number: u32,
    /// The office that answers for what is short.
    pub officer: Id,
    /// When it was handed out.
    pub handed_at: Instant,
    /// The redemption. Its lots sum to the total, less what is short.
    pub slip: Slip,
    /// What the resident hadn't: a loss under the office's name.
    pub short: Amount,
}

/// A slip that can't be counted, and that somebody has to look into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SlipReported {
    /// Of which station.
    pub station: Id,
    /// The slip.
    pub slip: OfflineSlip,
    /// Why.
    pub why: SlipReport,
}

/// What became of a slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum SlipOutcome {
    /// It counts.
    Counted(SlipCounted),
    /// It doesn't; it is in the log with the reason.
    Reported(SlipReported),
}
