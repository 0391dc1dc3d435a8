//! Rule sets as published.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::area::Level;
use crate::award::Category;
use crate::contribution::Grade;
use crate::trial::TrialChange;
use crate::{Amount, Bilingual, Factor, Instant};

/// How a rule set is to be published; unless told from the last record's time on, with the next
/// version, and without a trial.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publishing {
    /// Contributions that end at or after this are awarded by it.
    pub effective_from: Option<Instant>,
    /// Its version.
    pub version: Option<u32>,
    /// The period on which it is tried first: from, and until before.
    pub tried: Option<(Instant, Instant)>,
}

/// A rule set was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RulesPublished {
    /// Its version.
    #[schema(example = 1)]
    pub version: u32,
    /// Since when it is in force.
    pub effective_from: Instant,
    /// What the trial came to that it was published from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried: Option<RulesTried>,
}

/// What a trial of a rule set came to before it was published. It stands in the log beside the
/// rules, and whoever tries them again up to the same position sees the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RulesTried {
    /// Contributions that ended at or after this were awarded by the draft.
    pub from: Instant,
    /// The period ended before this.
    pub until: Instant,
    /// The last position of the period.
    #[schema(example = 214_044)]
    pub position: u64,
    /// What was really awarded, what would have been, and to how many more or fewer points.
    pub change: TrialChange,
    /// Points that the draft gave and the pools did not have.
    pub short: Amount,
}

/// A rule set, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Rules {
    /// Its version.
    #[schema(example = 1)]
    pub version: u32,
    /// The profile it was made from.
    #[schema(example = "gulou")]
    pub profile: String,
    /// Since when it is in force.
    pub effective_from: Instant,
}

/// All rule sets ever published, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RuleBook {
    /// The sets.
    pub rules: Vec<Rules>,
}

/// What an act's base points are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// The act, however long.
    Each,
    /// An hour, and parts of it in proportion.
    Hour,
    /// A slot of so many minutes.
    Slot,
}

/// An act under a rule set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Act {
    /// Its code.
    #[schema(example = "PA-1")]
    pub code: String,
    /// What people call it.
    pub name: Bilingual,
    /// What it counts as.
    pub category: Category,
    /// What the base points are for.
    pub unit: Unit,
    /// How long a slot is, in minutes, if the unit is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 90)]
    pub slot_minutes: Option<u32>,
    /// Base points for a unit; if assessed, at least.
    pub base_least: Amount,
    /// Base points for a unit; if assessed, at most.
    pub base_most: Amount,
    /// Does the verifier assess the points between the two?
    pub assessed: bool,
    /// Merit = base points × this.
    pub merit_weight: Factor,
    /// The weakest evidence that gives points.
    pub least_grade: Grade,
    /// The lowest level of officer whose verification awards.
    pub verified_by: Level,
    /// From how many different levels a verification is needed.
    #[schema(example = 1)]
    pub verified_levels: u8,
    /// How many levels of difficulty a verifier can find; left out if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 2)]
    pub difficulties: Option<u8>,
    /// The minutes that are credited however long it took, if they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 60)]
    pub credits_minutes: Option<u32>,
    /// The pool that it draws on, by its code.
    #[schema(example = "street")]
    pub pool: String,
}

/// A rule set and its acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RuleSet {
    /// The set.
    pub rules: Rules,
    /// A contribution is submitted at most so many days after it ended.
    #[schema(example = 7)]
    pub late_entry_days: u16,
    /// A single contribution is at most so many minutes long.
    #[schema(example = 720)]
    pub longest_minutes: u32,
    /// A hold releases by itself after so many minutes.
    #[schema(example = 1440)]
    pub hold_minutes: u32,
    /// Verified service hours for one star, two stars and so on.
    #[schema(example = json!([100, 300, 600, 1000, 1500]))]
    pub star_hours: Vec<u32>,
    /// What it rewards, in the order of codes.
    pub acts: Vec<Act>,
}

/// One thing that a rule set says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RuleLine {
    /// Where it stands in a profile.
    #[schema(example = "act.PA-1.points")]
    pub key: String,
    /// What stands there.
    #[schema(example = "1.5")]
    pub value: String,
}

/// All that a rule set says, in the words of a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RuleSheet {
    /// The set.
    pub rules: Rules,
    /// The position of the record that published it.
    #[schema(example = 7)]
    pub position: u64,
    /// What the trial came to that it was published from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried: Option<RulesTried>,
    /// What it says, in the order of a profile.
    pub lines: Vec<RuleLine>,
}

/// A line that isn't the same in two rule sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RuleChange {
    /// Where it stands in a profile.
    #[schema(example = "act.PA-1.points")]
    pub key: String,
    /// The act that it is about, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "PA-1")]
    pub act: Option<String>,
    /// What stood there, if anything did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "1.5")]
    pub before: Option<String>,
    /// What stands there, if anything does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "2")]
    pub after: Option<String>,
}

/// What is otherwise in a rule set than in another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RuleDiff {
    /// The set that it is held against; none for a first set, which is held against nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Rules>,
    /// The set.
    pub to: Rules,
    /// What the trial came to that the set was published from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried: Option<RulesTried>,
    /// What is otherwise, in the order of the keys.
    pub changes: Vec<RuleChange>,
}
