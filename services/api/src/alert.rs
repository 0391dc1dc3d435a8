//! Weather alerts: heat and snow, declared by officers.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Id, Instant};

/// What an alert is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// Heat (高温).
    Heat,
    /// Snow and ice (冰雪).
    Snow,
}

/// An alert to declare, by the officer of the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclareAlert {
    /// Where: an area of the officer's own, with all that lies in it.
    pub area: Id,
    /// Of what.
    pub kind: AlertKind,
    /// From when: at most three days from now, and not longer ago than contributions are entered late.
    pub started_at: Instant,
    /// Until when: a week later at the most.
    pub ended_at: Instant,
}

/// An alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Alert {
    /// Where.
    pub area: Id,
    /// Of what.
    pub kind: AlertKind,
    /// From when.
    pub started_at: Instant,
    /// Until when.
    pub ended_at: Instant,
    /// Who declared it.
    pub officer: Id,
    /// Since when it is withdrawn: what began before is still under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<Instant>,
    /// Who withdrew it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_by: Option<Id>,
}

/// An alert to end before its time, by the officer of the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawAlert {
    /// Where it was declared,
    pub area: Id,
    /// and from when on, by which it is known.
    pub started_at: Instant,
}

/// What was withdrawn; since when, is when it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AlertWithdrawn {
    /// Where it was declared,
    pub area: Id,
    /// and from when on.
    pub started_at: Instant,
    /// Who withdrew it.
    pub officer: Id,
}

/// What was declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AlertDeclared {
    /// The alert.
    pub alert: Alert,
}
