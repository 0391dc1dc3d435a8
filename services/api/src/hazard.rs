//! Hazards: reported, verified, dismissed, merged.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::contribution::Attachment;
use crate::order::{FileStep, Order};
use crate::{Hash, Id, Instant};

/// What kind of danger it is, and so what an order is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HazardKind {
    /// Fire, blocked fire lanes, batteries charged in corridors (消防).
    Fire,
    /// Gas (燃气).
    Gas,
    /// Wires and electricity (用电).
    Electricity,
    /// A building's structure, things that may fall (房屋、高空坠物).
    Structure,
    /// Roads, manholes, steps (道路、井盖).
    Road,
    /// Water where it shouldn't be, or none (供排水).
    Water,
    /// Rubbish, smells, noise (环境).
    Environment,
    /// Anything else.
    Other,
}

/// How serious it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Seriousness {
    /// An ordinary one (一般隐患).
    Ordinary,
    /// A serious one: gas, fire, structure (较大隐患).
    Serious,
    /// A major one: life is at risk (重大隐患).
    Major,
}

/// How far a hazard has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HazardStatus {
    /// Waiting for verification.
    Reported,
    /// Another report was first.
    Merged,
    /// Verified; an order sees to it.
    Verified,
    /// Dismissed.
    Dismissed,
}

/// Why a report was dismissed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Dismissal {
    /// Nothing was found there.
    NotFound,
    /// It is there, and no hazard.
    NoHazard,
    /// It was made up (恶意谎报): counted against the reporter.
    BadFaith,
}

/// A hazard to report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportHazard {
    /// The hazard's id; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hazard: Option<Id>,
    /// Who reports.
    pub reporter: Id,
    /// What kind.
    pub kind: HazardKind,
    /// How serious, as the reporter sees it.
    pub seriousness: Seriousness,
    /// Where: a grid, or a micro-grid of one.
    pub area: Id,
    /// Where exactly: a SHA-256 that the app makes of the place, the same for the same place.
    pub place: Hash,
    /// When it was seen; not later than now.
    pub seen_at: Instant,
    /// Hashes of photographs and papers, kept elsewhere.
    #[serde(default)]
    pub evidence: Vec<Attachment>,
    /// The estate that it is in, if it is in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estate: Option<Id>,
}

/// An officer's word on a hazard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "step", rename_all = "snake_case", deny_unknown_fields)]
pub enum HazardStep {
    /// It is so. Once enough levels say so, an order is opened.
    Verify {
        /// How serious it is.
        seriousness: Seriousness,
    },
    /// It is not so.
    Dismiss {
        /// Why.
        why: Dismissal,
    },
    /// It is the hazard of an earlier report.
    Merge {
        /// The earlier report.
        into: Id,
    },
}

/// An officer's word on a hazard, in bulk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HazardStepOne {
    /// Which hazard.
    pub hazard: Id,
    /// The word.
    pub say: HazardStep,
}

/// What became of a hazard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HazardChanged {
    /// The hazard.
    pub hazard: Id,
    /// How far it has come.
    pub status: HazardStatus,
    /// The report that was first, if this is of the same hazard: its reporter is rewarded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<Id>,
    /// The order that was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Id>,
    /// Until when the reporter reports nothing more, if this was one false report too many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused_until: Option<Instant>,
}

/// A hazard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Hazard {
    /// Its id.
    pub hazard: Id,
    /// Who reported it.
    pub reporter: Id,
    /// What kind.
    pub kind: HazardKind,
    /// How serious: by the last officer's word, or else as the reporter saw it.
    pub seriousness: Seriousness,
    /// Where.
    pub area: Id,
    /// The estate that it is in, if it is in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estate: Option<Id>,
    /// When it was seen.
    pub seen_at: Instant,
    /// When it was reported.
    pub reported_at: Instant,
    /// How far it has come.
    pub status: HazardStatus,
    /// The report that was first, if this is of the same hazard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<Id>,
    /// Why it was dismissed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dismissal: Option<Dismissal>,
}

/// The file of a hazard, or of an order that somebody asked for: they have one id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrderFile {
    /// The report, if it began with one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hazard: Option<Hazard>,
    /// Later reports of the same hazard, in order.
    pub linked: Vec<Hazard>,
    /// The order, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// How it came there, step by step.
    pub steps: Vec<FileStep>,
}

/// What came of an appeal against a pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// The pause ends.
    Lifted,
    /// The pause stands.
    Upheld,
}

/// A ruling on an appeal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleOnAppeal {
    /// How.
    pub ruling: Ruling,
}

/// How a pause of somebody's reporting stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PauseState {
    /// It runs.
    Paused,
    /// The reporter appealed against it.
    Appealed,
    /// It was upheld.
    Upheld,
    /// It was lifted.
    Lifted,
}

/// A pause of a resident's reporting, the last one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Pause {
    /// Whose.
    pub resident: Id,
    /// Until when, unless it was lifted.
    pub until: Instant,
    /// How it stands.
    pub state: PauseState,
}

/// A resident's reports, and the last pause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportsOf {
    /// The last pause of the resident's reporting, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause: Option<Pause>,
    /// The reports, newest first.
    pub items: Vec<Hazard>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
