//! Orders: dispatched, accepted, escalated, closed, checked.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::area::Level;
use crate::award::Award;
use crate::contribution::Attachment;
use crate::hazard::HazardKind;
use crate::{Amount, Id, Instant};

/// How far an order has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// With a unit that hasn't accepted it yet.
    Dispatched,
    /// Accepted.
    Accepted,
    /// Said to be done.
    Closed,
    /// Checked and done.
    Checked,
}

/// Why an officer hands an order up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EscalationReason {
    /// It takes more authority.
    Authority,
    /// It takes means that the unit doesn't have.
    Means,
    /// It takes several units.
    SeveralUnits,
    /// It is another unit's.
    NotOurs,
}

/// A clock that an order runs by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderClock {
    /// To be accepted.
    Accept,
    /// To be closed.
    Close,
    /// To be checked.
    Check,
}

/// What the check of a closed order found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderVerdict {
    /// It is done.
    Done,
    /// It is not, and goes back to who closed it.
    NotDone,
}

/// Something that a resident asks to be seen to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestOrder {
    /// The order's id; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Id>,
    /// Who asks.
    pub resident: Id,
    /// What it is about.
    pub kind: HazardKind,
    /// Where: a grid, or a micro-grid of one.
    pub area: Id,
}

/// What an officer does with an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "step", rename_all = "snake_case", deny_unknown_fields)]
pub enum OrderStep {
    /// Give it to a unit: the officers of an area.
    Dispatch {
        /// The area.
        unit: Id,
    },
    /// Accept it for one's own unit.
    Accept {},
    /// Hand it a level up.
    Escalate {
        /// Why.
        reason: EscalationReason,
    },
    /// Say that it is done.
    Close {
        /// Hashes of photographs and papers, kept elsewhere; one at the least.
        evidence: Vec<Attachment>,
    },
    /// Check what somebody else closed.
    Check {
        /// What was found.
        verdict: OrderVerdict,
    },
}

/// What an officer does with an order, in bulk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderStepOne {
    /// Which order.
    pub order: Id,
    /// What is done with it.
    #[serde(rename = "do")]
    pub act: OrderStep,
}

/// What became of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrderChanged {
    /// The order.
    pub order: Id,
    /// How far it has come.
    pub status: OrderStatus,
    /// With the officers of which area it is now, where that changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id>,
    /// That area's level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// When its clock runs out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Instant>,
    /// What the reporter of its hazard got, once it is checked and done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub award: Option<Award>,
    /// What the reporter can spend after it, if points were issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available: Option<Amount>,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Order {
    /// Its id.
    pub order: Id,
    /// The hazard that opened it, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hazard: Option<Id>,
    /// Who asked for it, if somebody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requester: Option<Id>,
    /// What it is about.
    pub kind: HazardKind,
    /// Where.
    pub area: Id,
    /// When it was opened.
    pub opened_at: Instant,
    /// How far it has come.
    pub status: OrderStatus,
    /// The area whose officers it stands with.
    pub unit: Id,
    /// That area's level.
    pub level: Level,
    /// Who accepted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handler: Option<Id>,
    /// When its clock runs out; none if it has, and no level is above, or if it is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Instant>,
    /// How many clocks it has missed.
    pub missed: u32,
    /// How many times it went a level up.
    pub escalations: u32,
    /// How many times a check sent it back.
    pub returns: u32,
    /// Who checked it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checker: Option<Id>,
    /// When it was checked and done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_at: Option<Instant>,
}

/// What a step of a file was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is what happened")]
pub enum FileStepKind {
    Reported,
    Merged,
    Verified,
    Dismissed,
    Opened,
    Dispatched,
    Accepted,
    Escalated,
    ClockMissed,
    Closed,
    SentBack,
    Checked,
    Blown,
    Signed,
    InTouch,
    OnSite,
    Settled,
}

/// A step of a hazard, its order, or a whistle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FileStep {
    /// The record.
    pub position: u64,
    /// What.
    pub kind: FileStepKind,
    /// By whom; nobody if it came by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Id>,
    /// To which level, where it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// When it happened.
    pub happened_at: Instant,
}
