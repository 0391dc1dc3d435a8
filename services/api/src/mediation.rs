//! Mediation (调解): cases, the table (说理) that sits over them, sessions, settlements.
//!
//! No file of a case is sent here. It is kept sealed elsewhere, and named by the SHA-256 of its sealed
//! bytes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Hash, Id, Instant};

/// What a dispute is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DisputeKind {
    /// Noise (噪音扰民).
    Noise,
    /// Water that came through a ceiling, pipes (漏水).
    Water,
    /// Parking and rights of way (停车、通道).
    Parking,
    /// Animals (宠物).
    Animals,
    /// Fees and services of a property firm (物业).
    Property,
    /// What somebody built or put where all walk (违建、占用公共空间).
    CommonSpace,
    /// Within a family (家庭).
    Family,
    /// Money, wages, debts (经济).
    Money,
    /// Anything else.
    Other,
}

/// A body that sits at the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MediatingBody {
    /// The police (民警).
    Police,
    /// Lawyers and legal aid (律师、法律援助).
    LegalAid,
    /// A property firm (物业).
    Property,
    /// Party members (党员).
    Party,
    /// Residents (居民代表).
    Resident,
    /// A department (职能部门).
    Department,
    /// Heads of buildings and grid staff (微网格).
    MicroGrid,
}

/// How hard a case was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MediationTier {
    /// Settled by word of mouth (口头).
    Oral,
    /// Simple, in writing (简单).
    Simple,
    /// Difficult: with departments, or many households (疑难).
    Difficult,
    /// Major (重大).
    Major,
}

/// How far a case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CaseStatus {
    /// It is being mediated.
    Open,
    /// Settled; whether it is kept is still to be seen.
    Settled,
    /// Settled, and kept.
    Performed,
    /// Settled, and broken.
    Broken,
    /// Closed unsettled.
    Unsettled,
}

/// What comes of a case for those who sat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CasePay {
    /// A contribution of each resident who sat, to be verified as any other.
    Follows,
    /// Nothing yet: the rules want the agreement to be kept first.
    OncePerformed,
    /// Nothing: this dispute has paid before.
    PaidBefore,
    /// Nothing: it ended unsettled, and no minutes show what was done.
    Undocumented,
    /// Nothing: no resident sat, or none is there any more.
    Nobody,
}

/// A case to open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenCase {
    /// Its id; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<Id>,
    /// What it is about.
    pub kind: DisputeKind,
    /// The grid where it is.
    pub grid: Id,
    /// The parties, in any order: 1 to 16 residents.
    pub parties: Vec<Id>,
    /// An earlier case of the same dispute, if somebody knows of one. Recent ones of the same kind between
    /// the same households are found anyway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Id>,
    /// The estate that it is in, if it is in one: what the mediators do counts for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estate: Option<Id>,
}

/// A place to give at a case's table. With neither a resident nor an officer it is for somebody whom the
/// body sends, and whom the log doesn't know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JoinTable {
    /// The id of the place; minted if left out. The contribution that the work there becomes has it too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mediator: Option<Id>,
    /// For which body.
    pub body: MediatingBody,
    /// A volunteer, whose work becomes a contribution,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resident: Option<Id>,
    /// or an officer, whose job it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Id>,
}

/// A session to enter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnterSession {
    /// When it began.
    pub start: Instant,
    /// When it ended.
    pub ends_at: Instant,
    /// Who sat: places at the table, in any order.
    pub sat: Vec<Id>,
    /// SHA-256 of the sealed file of its minutes (笔录), if any were written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<Hash>,
}

/// An officer's word on a case. The officer didn't sit at its table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "step", rename_all = "snake_case", deny_unknown_fields)]
pub enum CaseStep {
    /// It is settled.
    Settle {
        /// How hard it was.
        tier: MediationTier,
        /// SHA-256 of the sealed file of the agreement (调解协议), if it is in writing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agreement: Option<Hash>,
    },
    /// The agreement was kept.
    Perform {},
    /// The agreement was broken: what it gave is taken back, and what waits of it falls.
    Break {},
    /// It is closed unsettled.
    Close {
        /// How hard it was.
        tier: MediationTier,
    },
    /// It is taken up again, after it was closed unsettled or its agreement was broken.
    Reopen {},
}

/// What changed about a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CaseChanged {
    /// The case.
    pub case: Id,
    /// How far it has come, if that changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<CaseStatus>,
    /// The first case of its dispute, once it is opened: itself, if there is no earlier one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dispute: Option<Id>,
    /// The place that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mediator: Option<Id>,
    /// What comes of it for those who sat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay: Option<CasePay>,
    /// The contributions that followed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contributions: Vec<Id>,
    /// The contributions whose awards were taken back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reversed: Vec<Id>,
}

/// A case as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Case {
    /// Its id.
    pub case: Id,
    /// The first case of its dispute.
    pub dispute: Id,
    /// What it is about.
    pub kind: DisputeKind,
    /// The grid where it is.
    pub grid: Id,
    /// Who opened it.
    pub opened_by: Id,
    /// When.
    pub opened_at: Instant,
    /// How far it has come.
    pub status: CaseStatus,
    /// How hard it was, once somebody has said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<MediationTier>,
    /// SHA-256 of the sealed file of the agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Hash>,
    /// What came of it for those who sat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay: Option<CasePay>,
    /// Whose word it was that it stands so.
    pub word_by: Id,
    /// When that was.
    pub word_at: Instant,
}

/// A place at a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MediatorPlace {
    /// Its id; the contribution that the work there becomes has it too.
    pub mediator: Id,
    /// For which body.
    pub body: MediatingBody,
    /// The resident who sits there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resident: Option<Id>,
    /// The officer who sits there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Id>,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MediationSession {
    /// Who entered it.
    pub officer: Id,
    /// When it began.
    pub start: Instant,
    /// When it ended.
    pub ends_at: Instant,
    /// Who sat.
    pub sat: Vec<Id>,
    /// SHA-256 of the sealed file of its minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<Hash>,
}

/// A case with its parties, its table and its sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CaseFile {
    /// The case.
    #[serde(flatten)]
    pub case: Case,
    /// Its parties.
    pub parties: Vec<Id>,
    /// Its table, in the order in which places were given.
    pub table: Vec<MediatorPlace>,
    /// Its sessions, in the order in which they were entered.
    pub sessions: Vec<MediationSession>,
}

/// A case was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CaseOpened {
    /// The case.
    pub case: Id,
    /// The first case of its dispute.
    pub dispute: Id,
    /// Who opened it.
    pub officer: Id,
    /// What it is about.
    pub kind: DisputeKind,
    /// The grid where it is.
    pub grid: Id,
    /// The parties.
    pub parties: Vec<Id>,
    /// The earlier case that was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Id>,
    /// The estate that it is in, if it is in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estate: Option<Id>,
}

/// Somebody has a place at a case's table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TableJoined {
    /// At which case's.
    pub case: Id,
    /// The place.
    pub place: MediatorPlace,
    /// Who said so.
    pub officer: Id,
}

/// A session was held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SessionHeld {
    /// Of which case.
    pub case: Id,
    /// The session.
    pub session: MediationSession,
}

/// A case came further.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CaseMoved {
    /// Which.
    pub case: Id,
    /// Whose word it was.
    pub officer: Id,
    /// How far.
    pub status: CaseStatus,
    /// How hard it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<MediationTier>,
    /// SHA-256 of the sealed file of the agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Hash>,
    /// What comes of it for those who sat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay: Option<CasePay>,
}
