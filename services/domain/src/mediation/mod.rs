//! Mediation (调解): a case of a dispute, its parties, the "reasoning" table (说理) of mediators from several
//! bodies, its sessions, what was settled, and whether that was kept.
//!
//! Once a case has ended, each resident who sat at its table has a contribution (`crate::contribution`),
//! which goes the way of every other. A dispute pays once, however often it is mediated.

mod case;
mod decide;
mod evolve;
mod pay;
mod wish;

pub use case::{Case, Mediator, Status};
pub use decide::{PARTIES_MAX, SESSIONS_MAX, TABLE_MAX};
pub(crate) use decide::{decide, outside};
pub(crate) use evolve::evolve;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{AreaId, CaseId, ContributionId, EstateId, MediatorId, OfficerId, ResidentId};
use crate::time::Interval;

impl MediatorId {
    /// The contribution that the mediator's work becomes once the case has ended: it has its number.
    #[must_use]
    pub const fn contribution(self) -> ContributionId {
        ContributionId::from_number(self.number())
    }
}

/// What a dispute is about: a closed list, since free text about people stays out of the log.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
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

/// The bodies that sit at the table (说理).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum Body {
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

/// Who sits there for a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Sitter {
    /// A volunteer, whose work becomes a contribution.
    Resident(ResidentId),
    /// An officer, whose job it is.
    Officer(OfficerId),
    /// Somebody whom the body sent, and whom the log doesn't know.
    Delegate,
}

/// A place at a case's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Place {
    /// Its id.
    pub mediator: MediatorId,
    /// At which case's table.
    pub case: CaseId,
    /// For which body.
    pub body: Body,
    /// Who.
    pub sitter: Sitter,
}

/// How hard a case was; each has an act of the rules.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum Tier {
    /// Settled by word of mouth (口头).
    Oral,
    /// Simple, in writing (简单).
    Simple,
    /// Difficult: with departments, or many households (疑难).
    Difficult,
    /// Major (重大).
    Major,
}

/// A file that is kept sealed elsewhere, by the SHA-256 of its sealed bytes: so the log says nothing of
/// what stands in it, and nobody can guess it by hashing.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub struct SealedFile(pub [u8; 32]);

/// A case as it was opened.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Opening {
    /// Its id.
    pub case: CaseId,
    /// Who opens it.
    pub officer: OfficerId,
    /// What it is about.
    pub kind: DisputeKind,
    /// The grid where it is.
    pub grid: AreaId,
    /// The parties, each once, ascending.
    pub parties: Vec<ResidentId>,
    /// An earlier case of the same dispute, if somebody knows of one.
    pub again: Option<CaseId>,
    /// The estate that it is in, if it is in one.
    pub estate: Option<EstateId>,
}

/// A session of a case's table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Of which case.
    pub case: CaseId,
    /// Who enters it.
    pub officer: OfficerId,
    /// When.
    pub happened: Interval,
    /// Who sat, each once, ascending.
    pub sat: Vec<MediatorId>,
    /// Its minutes (笔录), if any were written.
    pub minutes: Option<SealedFile>,
}

/// What was settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Settlement {
    /// How hard it was.
    pub tier: Tier,
    /// The agreement (调解协议), if it is in writing.
    pub agreement: Option<SealedFile>,
}

/// What comes of it for those who sat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Pay {
    /// The contributions of the residents who sat follow.
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

/// What can be wished of mediation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Open a case.
    Open(Opening),
    /// Give somebody a place at the table.
    Join {
        /// Which, and for whom.
        place: Place,
        /// Who says so.
        officer: OfficerId,
    },
    /// Enter a session.
    Sit(Session),
    /// Settle a case.
    Settle {
        /// Which.
        case: CaseId,
        /// Who says so, and didn't sit at the table.
        officer: OfficerId,
        /// What was settled.
        settlement: Settlement,
    },
    /// Say that the agreement was kept.
    Perform {
        /// Of which case.
        case: CaseId,
        /// Who says so, and didn't sit at the table.
        officer: OfficerId,
    },
    /// Say that the agreement was broken.
    Break {
        /// Of which case.
        case: CaseId,
        /// Who says so, and didn't sit at the table.
        officer: OfficerId,
    },
    /// Close a case unsettled.
    Close {
        /// Which.
        case: CaseId,
        /// Who says so, and didn't sit at the table.
        officer: OfficerId,
        /// How hard it was.
        tier: Tier,
    },
    /// Take up a case again that was closed unsettled, or whose agreement was broken.
    Reopen {
        /// Which.
        case: CaseId,
        /// Who.
        officer: OfficerId,
    },
}

/// What happened in mediation. Each tells all of how its case stands, so that no fold has to remember.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A case was opened.
    Opened {
        /// The case.
        opening: Opening,
        /// The first case of its dispute: itself, if there is no earlier one.
        dispute: CaseId,
    },
    /// Somebody has a place at the table.
    Joined {
        /// Which, and who.
        place: Place,
        /// Who said so.
        officer: OfficerId,
    },
    /// A session was held.
    Sat(Session),
    /// It was settled.
    Settled {
        /// Which case.
        case: CaseId,
        /// Who said so.
        officer: OfficerId,
        /// What was settled.
        settlement: Settlement,
        /// What comes of it.
        pay: Pay,
    },
    /// The agreement was kept.
    Performed {
        /// Of which case.
        case: CaseId,
        /// Who said so.
        officer: OfficerId,
        /// What was settled.
        settlement: Settlement,
        /// What comes of it.
        pay: Pay,
    },
    /// The agreement was broken. What the case had given is taken back next, or falls.
    Broken {
        /// Of which case.
        case: CaseId,
        /// Who said so.
        officer: OfficerId,
        /// What had been settled.
        settlement: Settlement,
    },
    /// It was closed unsettled.
    Closed {
        /// Which case.
        case: CaseId,
        /// Who said so.
        officer: OfficerId,
        /// How hard it was.
        tier: Tier,
        /// What comes of it.
        pay: Pay,
    },
    /// It was taken up again.
    Reopened {
        /// Which case.
        case: CaseId,
        /// Who.
        officer: OfficerId,
    },
}

impl Event {
    /// The case that it is about.
    #[must_use]
    pub const fn case(&self) -> CaseId {
        match self {
            Self::Opened { opening, .. } => opening.case,
            Self::Joined { place, .. } => place.case,
            Self::Sat(session) => session.case,
            Self::Settled { case, .. }
            | Self::Performed { case, .. }
            | Self::Broken { case, .. }
            | Self::Closed { case, .. }
            | Self::Reopened { case, .. } => *case,
        }
    }

    /// How far the case has come by it, if that changes.
    #[must_use]
    pub const fn status(&self) -> Option<Status> {
        Some(match self {
            Self::Opened { .. } | Self::Reopened { .. } => Status::Open,
            Self::Settled { .. } => Status::Settled,
            Self::Performed { .. } => Status::Performed,
            Self::Broken { .. } => Status::Broken,
            Self::Closed { .. } => Status::Unsettled,
            Self::Joined { .. } | Self::Sat(_) => return None,
        })
    }
}
