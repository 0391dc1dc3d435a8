//! Mutual aid and micro-wishes: asked, offered, matched, done, confirmed by both.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::award::Award;
use crate::{Amount, Id, Instant};

/// Who begins, and what for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AidKind {
    /// Somebody asks for help.
    Ask,
    /// Somebody offers help.
    Offer,
    /// An assisted household has a micro-wish (微心愿).
    Wish,
}

/// What kind of help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Help {
    /// Shopping and errands (跑腿代办).
    Errand,
    /// Company, to a hospital or at home (陪伴).
    Company,
    /// Looking after children, elders or animals (照看).
    Care,
    /// Small repairs (小修小补).
    Repair,
    /// Carrying and moving things (搬运).
    Carrying,
    /// Teaching, telephones, homework (教学).
    Teaching,
    /// Lending or giving a thing (借物赠物).
    Thing,
    /// Anything else.
    Other,
}

/// How far an aid has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AidStatus {
    /// Waiting for the other side.
    Open,
    /// Both sides are there.
    Matched,
    /// One side says that it was done.
    Finished,
    /// Both sides say so.
    Confirmed,
    /// Taken back.
    Withdrawn,
    /// Lapsed.
    Lapsed,
}

/// An ask, an offer or a wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenAid {
    /// Its id; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aid: Option<Id>,
    /// Who begins.
    pub kind: AidKind,
    /// Who asks, offers or wishes.
    pub resident: Id,
    /// What kind of help.
    pub help: Help,
    /// The grid where it is.
    pub grid: Id,
    /// The estate that it is in, if it is in one: what is done counts for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estate: Option<Id>,
}

/// What a resident does with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "step", rename_all = "snake_case", deny_unknown_fields)]
pub enum AidStep {
    /// Take part from the other side: help, be helped, or fulfil the wish.
    Match {},
    /// Leave it to somebody else.
    StepBack {},
    /// Take it back.
    Withdraw {},
    /// Say that it was done; either side says it.
    Finish {
        /// From when.
        started_at: Instant,
        /// Until when; not later than now.
        ended_at: Instant,
    },
    /// Confirm what the other side said.
    Confirm {},
}

/// A step of a resident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeAidStep {
    /// Who.
    pub resident: Id,
    /// What.
    #[serde(rename = "do")]
    pub act: AidStep,
}

/// A step of a resident, in bulk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AidStepOne {
    /// Which ask, offer or wish.
    pub aid: Id,
    /// Who.
    pub resident: Id,
    /// What.
    #[serde(rename = "do")]
    pub act: AidStep,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AidChanged {
    /// Which.
    pub aid: Id,
    /// How far it has come.
    pub status: AidStatus,
    /// When it lapses, told when it is opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lapses_at: Option<Instant>,
    /// The contribution of who helped, once both have confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contribution: Option<Id>,
    /// Why it is held until somebody has looked at it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<crate::conduct::ConductSign>,
    /// What it gave. A wish waits for an officer first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub award: Option<Award>,
    /// What the helper can spend after it, if points were issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available: Option<Amount>,
}

/// An ask, an offer or a wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Aid {
    /// Its id.
    pub aid: Id,
    /// Who began, and what for.
    pub kind: AidKind,
    /// Who asked, offered or wished.
    pub opener: Id,
    /// What kind of help.
    pub help: Help,
    /// The grid.
    pub grid: Id,
    /// The estate that it is in, if it is in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estate: Option<Id>,
    /// When it was opened.
    pub opened_at: Instant,
    /// When it lapses, unless both have confirmed it.
    pub lapses_at: Instant,
    /// How far it has come.
    pub status: AidStatus,
    /// Who takes part from the other side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<Id>,
    /// Who said that it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_by: Option<Id>,
    /// From when it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Instant>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Instant>,
}
