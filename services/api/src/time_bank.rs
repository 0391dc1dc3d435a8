//! The time bank (时间银行): stored time, gifts, chests, and what communities owe each other.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::past::Moment;
use crate::{Hash, Id, Instant};

/// Is somebody a key elder (重点老人)?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeMark {
    /// A key elder: served by the fund's time, and first at the chest.
    KeyElder,
    /// Anybody else.
    Ordinary,
}

/// Out of whose time a contribution's is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimePayer {
    /// The fund, newly issued: for a key elder.
    Fund,
    /// Whoever was served.
    Served,
    /// The chest of that one's community.
    Chest,
}

/// Where a contribution's time goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeInto {
    /// To whoever served.
    Own,
    /// To that one's team, which can only give it away.
    Team,
}

/// A word that somebody is a key elder, or no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkElder {
    /// Who.
    pub resident: Id,
    /// What from now on.
    pub mark: TimeMark,
}

/// A word that two people are kin, though they don't share a household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkKin {
    /// The one.
    pub one: Id,
    /// The other.
    pub other: Id,
}

/// The time of an awarded contribution, to be stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StoreTime {
    /// Which contribution.
    pub contribution: Id,
    /// Who pays.
    pub payer: TimePayer,
    /// Who gets it.
    pub into: TimeInto,
}

/// Who gives time away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeGiver {
    /// A resident.
    Resident(Id),
    /// A team.
    Team(Id),
}

/// Who is given time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeReceiver {
    /// A resident: of a resident kin, of a team a key elder.
    Resident(Id),
    /// The chest of a community.
    Chest(Id),
}

/// Time to give away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveTime {
    /// Whose time it is.
    pub from: TimeGiver,
    /// Who is given it.
    pub to: TimeReceiver,
    /// How much.
    pub minutes: u32,
}

/// An ask to the chest of the resident's community.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskTime {
    /// Who asks.
    pub resident: Id,
    /// For how much; it is granted whole.
    pub minutes: u32,
}

/// An ask that is asked no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawAsk {
    /// Whose.
    pub resident: Id,
}

/// A statement to be closed of what communities owe each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NetTime {}

/// An account of stored time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeAccount {
    /// What the fund has issued; below zero.
    Fund,
    /// What a resident has stored.
    Resident(Id),
    /// What a team has stored.
    Team(Id),
    /// What a community's chest holds.
    Chest(Id),
    /// What a community owes the others; below zero what they owe it.
    Clearing(Id),
}

/// A change of one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TimeMove {
    /// Which account.
    pub account: TimeAccount,
    /// By how many minutes; down if negative.
    pub minutes: i64,
    /// What it stands at after it, in minutes.
    pub balance: i64,
}

/// What happened in the time bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeStep {
    /// Somebody is a key elder, or no longer.
    Marked,
    /// Two people are kin.
    KinLinked,
    /// The time of a contribution was stored.
    Stored,
    /// Time was given away.
    Given,
    /// Somebody asked a chest, and waits.
    Asked,
    /// The chest granted it.
    Granted,
    /// Somebody asks no longer.
    Withdrawn,
    /// An ask lapsed.
    AskLapsed,
    /// The stored time of a reversed contribution was taken back.
    TakenBack,
    /// An erased resident's time went to the chest.
    Closed,
    /// A resident moved to another community, and clearing followed.
    Followed,
    /// What communities owe each other was stated.
    Netted,
}

/// What changed in the time bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TimeChanged {
    /// What happened.
    pub step: TimeStep,
    /// Who it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resident: Option<Id>,
    /// Whose kin that one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Id>,
    /// Which contribution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contribution: Option<Id>,
    /// A key elder?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<TimeMark>,
    /// How much it was about, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// What of it was above the cap, and went to the community's chest as a gift.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overflow: Option<u32>,
    /// What of it was not there any more, and the fund bears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub borne: Option<u32>,
    /// When an ask lapses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lapses_at: Option<Instant>,
    /// What it did to accounts: they sum to zero.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<TimeMove>,
    /// The statement, where one was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub netting: Option<TimeNetting>,
}

/// A community in a netting statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NettingLine {
    /// Which community.
    pub community: Id,
    /// What it owed before, in minutes; below zero what it was owed.
    pub opening: i64,
    /// What its people gave the others.
    pub given: u64,
    /// What its people took from the others.
    pub taken: u64,
    /// What it owes now: opening + taken − given.
    pub closing: i64,
}

/// What moved from one community's people to another's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TimeTrade {
    /// Whose time it was.
    pub from: Id,
    /// Whose it is.
    pub to: Id,
    /// How many minutes.
    pub minutes: u64,
}

/// A netting statement (轧差对账单), sealed by the position and the root of its record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TimeNetting {
    /// Its number, from 1.
    pub number: u32,
    /// The position that its period begins after.
    pub since: u64,
    /// Each community.
    pub lines: Vec<NettingLine>,
    /// Who traded with whom.
    pub trades: Vec<TimeTrade>,
}

/// An account as it stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TimeStand {
    /// Which account.
    pub account: TimeAccount,
    /// What it stood at, in minutes.
    pub minutes: i64,
}

/// Somebody who waited at a chest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TimeWaiting {
    /// Who.
    pub resident: Id,
    /// At the chest of which community.
    pub community: Id,
    /// For how much.
    pub minutes: u32,
    /// As a key elder?
    pub mark: TimeMark,
    /// When it lapses.
    pub lapses_at: Instant,
}

/// The time bank at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PastTime {
    /// Of when it is.
    #[serde(flatten)]
    pub moment: Moment,
    /// All accounts that ever moved; they sum to zero.
    pub accounts: Vec<TimeStand>,
    /// Who waited, in the order in which each chest grants.
    pub waiting: Vec<TimeWaiting>,
}

/// What a resident asks a chest for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TimeAsked {
    /// Who asks.
    pub resident: Id,
    /// For how much, in minutes.
    pub minutes: u32,
    /// As a key elder?
    pub mark: TimeMark,
    /// The record of the ask.
    pub position: u64,
    /// When it lapses.
    pub lapses_at: Instant,
}

/// A resident's account of stored time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ResidentTime {
    /// Whose.
    pub resident: Id,
    /// What is stored, in minutes.
    pub stored: u64,
    /// What is owed, in minutes; zero while something is stored.
    pub owed: u64,
    /// The ask that waits, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<TimeAsked>,
}

/// What a community has, and what it owes the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CommunityTime {
    /// Which.
    pub community: Id,
    /// What its chest holds, in minutes.
    pub chest: i64,
    /// What it owes the others, in minutes; below zero what they owe it.
    pub clearing: i64,
}

/// The time bank as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CommunitiesTime {
    /// What the fund has issued, in minutes.
    pub issued: i64,
    /// Each community whose chest or clearing ever moved, in the order of ids; clearing sums to zero.
    pub communities: Vec<CommunityTime>,
}

/// A netting statement in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NettingHead {
    /// Its number, from 1.
    pub number: u32,
    /// The record that closed it.
    pub position: u64,
    /// When.
    pub netted_at: Instant,
    /// By which officer; none if the finance desk did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Id>,
}

/// A netting statement whole, with what seals it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NettingStatement {
    /// As it stands in the list.
    #[serde(flatten)]
    pub head: NettingHead,
    /// The hash of its record, in digits.
    pub leaf: Hash,
    /// The root of the log's tree at its record; none in the second before it is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<Hash>,
    /// Its figures.
    pub netting: TimeNetting,
}
