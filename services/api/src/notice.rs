//! Public notice (公示), objections, panels and appeals.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::contribution::RejectReason;
use crate::{Amount, Bilingual, Id, Instant};

/// What a panel is to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Hearing {
    /// The claimant's appeal against a rejection or a reversal.
    Appeal,
    /// The objections to what stands on notice.
    Notice,
}

/// How far a notice or an appeal has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeStage {
    /// On notice: anybody registered may object.
    Open,
    /// Before a panel, or waiting for one.
    Contested,
    /// Ended: nobody objected, and it is awarded.
    Unopposed,
    /// Ended: the objections, or the appeal, were upheld.
    Upheld,
    /// Ended: the objections, or the appeal, were dismissed.
    Dismissed,
}

/// Why something stands on notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeReason {
    /// The rules want it of the act.
    Act,
    /// It would give as many points as the rules want seen first.
    Points,
}

/// What an appeal is against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AppealAgainst {
    /// The rejection of a contribution.
    Rejection,
    /// The reversal of an award, with what is owed since.
    Reversal,
}

/// A member's vote, and a panel's ruling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// The objection, or the appeal, is right.
    Uphold,
    /// It is not.
    Dismiss,
}

/// What follows from a ruling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HearingOutcome {
    /// It is awarded next.
    Awarded,
    /// It is rejected.
    Rejected,
    /// What its reversal had taken back is given back next.
    Restored,
    /// Its rejection, or its reversal, stands.
    Stands,
    /// Its rejection is lifted, and it waits for verification again.
    Waits,
}

/// Somebody on a panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PanelMember {
    /// An officer.
    Officer(Id),
    /// A resident.
    Resident(Id),
}

/// A word against what stands on notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectToNotice {
    /// Who objects: anybody registered but the claimant.
    pub resident: Id,
    /// Why.
    pub reason: RejectReason,
}

/// Who is to decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConvenePanel {
    /// As many as the rules say, none of whom has anything to do with the case.
    pub members: Vec<PanelMember>,
}

/// An officer's vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CastVote {
    /// What.
    pub vote: Ruling,
}

/// A resident's vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CastResidentVote {
    /// Whose.
    pub resident: Id,
    /// What.
    pub vote: Ruling,
}

/// An appeal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppealFor {
    /// Who appeals: whose contribution it is.
    pub resident: Id,
}

/// What became of a notice or an appeal. What a step says nothing of is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NoticeChanged {
    /// The contribution.
    pub contribution: Id,
    /// Which of the two.
    pub hearing: Hearing,
    /// How far it has come.
    pub stage: NoticeStage,
    /// Whose contribution it is, who objects, or who appeals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resident: Option<Id>,
    /// Which act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "OC-1")]
    pub act: Option<String>,
    /// The grid where it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grid: Option<Id>,
    /// The rule set that wants a notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules_version: Option<u32>,
    /// Why it stands on notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<NoticeReason>,
    /// Base points for one unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<Amount>,
    /// What it would have given when the notice was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Amount>,
    /// Until when anybody may object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// Why somebody objects, or why it fell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RejectReason>,
    /// How many objected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objections: Option<u8>,
    /// What an appeal is against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<AppealAgainst>,
    /// Until when a panel decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decide_by: Option<Instant>,
    /// Who called the panel together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Id>,
    /// Who sits on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<PanelMember>,
    /// Who voted,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<PanelMember>,
    /// from which seat,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<u8>,
    /// and what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote: Option<Ruling>,
    /// What was decided, once it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<HearingDecision>,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HearingDecision {
    /// What.
    pub ruling: Ruling,
    /// What follows from it.
    pub outcome: HearingOutcome,
    /// How many sat on the panel; none if it was never called together.
    pub seats: u8,
    /// How many of them voted to uphold,
    pub upholding: u8,
    /// and how many to dismiss.
    pub dismissing: u8,
}

/// A line of the public list: no names, and whose it is only where that resident is shown in the
/// rankings by own wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Notice {
    /// The contribution.
    pub contribution: Id,
    /// A notice, or an appeal.
    pub hearing: Hearing,
    /// How far it has come.
    pub stage: NoticeStage,
    /// Whose it is, if that resident is shown in the rankings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resident: Option<Id>,
    /// What that resident chose to be called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pseudonym: Option<Bilingual>,
    /// Which act.
    #[schema(example = "OC-1")]
    pub act: String,
    /// The grid where it was done.
    pub grid: Id,
    /// Why it stands on notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<NoticeReason>,
    /// What it would have given when the notice was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Amount>,
    /// What an appeal is against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<AppealAgainst>,
    /// When it was opened.
    pub opened_at: Instant,
    /// Until when anybody may object to what is on notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// How many objected.
    pub objections: u32,
    /// Until when a panel decides, once one is wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decide_by: Option<Instant>,
    /// How many sit on the panel, once it was called together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<u16>,
    /// How many of them voted to uphold,
    pub upholding: u32,
    /// and how many to dismiss.
    pub dismissing: u32,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Instant>,
}

/// What was said against it, without who said it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Objection {
    /// Why.
    pub reason: RejectReason,
    /// When.
    pub objected_at: Instant,
    /// The record.
    pub position: u64,
}

/// A seat on a panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PanelSeat {
    /// Of which hearing.
    pub hearing: Hearing,
    /// Which, from one.
    pub seat: u8,
    /// Who sits on it.
    pub member: PanelMember,
    /// The vote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote: Option<Ruling>,
}

/// The hearings of a contribution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NoticeFile {
    /// Its notice and its appeal, in the order in which they were opened.
    pub hearings: Vec<Notice>,
    /// What was said against it, in order.
    pub objections: Vec<Objection>,
    /// Who sits on its panels.
    pub panel: Vec<PanelSeat>,
}

/// The hearings that wait for an officer's vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PanelDuties {
    /// In the order of their contributions.
    pub hearings: Vec<Notice>,
}
