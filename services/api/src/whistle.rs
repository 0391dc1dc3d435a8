//! Whistles: blown by a sub-district's leadership, answered by the office that is called.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::area::Level;
use crate::order::FileStep;
use crate::{Id, Instant};

/// Which whistle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhistleKind {
    /// Work is to be pushed on (工作推进哨).
    Push,
    /// A hard case is to be tackled (攻坚克难哨).
    Tackle,
}

/// What the office answers, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhistleReply {
    /// It has heard (签收).
    Signed,
    /// It is in touch with the sub-district (联系).
    InTouch,
    /// It has come and reports (现场报到).
    OnSite,
}

/// How far a whistle has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhistleStatus {
    /// Blown, and not answered.
    Blown,
    /// Signed.
    Signed,
    /// In touch.
    InTouch,
    /// On site.
    OnSite,
    /// Settled.
    Settled,
}

/// A whistle to blow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BlowWhistle {
    /// The whistle's id; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whistle: Option<Id>,
    /// Which.
    pub kind: WhistleKind,
    /// The office that is called.
    pub called: Id,
    /// The order that it is about, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Id>,
}

/// What an office does with a whistle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "step", rename_all = "snake_case", deny_unknown_fields)]
pub enum WhistleStep {
    /// Answer it, as the office that is called.
    Answer {
        /// What.
        reply: WhistleReply,
    },
    /// Say that it is settled, as the leadership that blew it.
    Settle {},
}

/// What became of a whistle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WhistleChanged {
    /// The whistle.
    pub whistle: Id,
    /// How far it has come.
    pub status: WhistleStatus,
    /// Was this answer late?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
    /// Signed by then,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_by: Option<Instant>,
    /// in touch by then,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_touch_by: Option<Instant>,
    /// on site by then: told when it is blown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_site_by: Option<Instant>,
}

/// A whistle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Whistle {
    /// Its id.
    pub whistle: Id,
    /// Which.
    pub kind: WhistleKind,
    /// Who blew it.
    pub officer: Id,
    /// The office that is called.
    pub called: Id,
    /// The order that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Id>,
    /// When it was blown.
    pub blown_at: Instant,
    /// Signed by then,
    pub sign_by: Instant,
    /// in touch by then,
    pub in_touch_by: Instant,
    /// on site by then.
    pub on_site_by: Instant,
    /// How far it has come.
    pub status: WhistleStatus,
    /// Before the leaders of which level it stands: the district's, once a clock was missed.
    pub level: Level,
    /// How many clocks were missed.
    pub missed: u32,
    /// When it was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_at: Option<Instant>,
    /// When the office was in touch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_touch_at: Option<Instant>,
    /// When it was on site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_site_at: Option<Instant>,
    /// When it was settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled_at: Option<Instant>,
    /// How it came there, step by step; in a list it is left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<FileStep>,
}

/// The whistles that are not settled, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Whistles {
    /// The whistles.
    pub whistles: Vec<Whistle>,
}
