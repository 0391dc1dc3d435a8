//! Honours (荣誉): titles for service hours, and certificates of service that a stranger can check.
//!
//! A *title* is a star or a medal, and is the resident's: once the hours are there it stands on
//! public notice, by itself or because the resident applied, and is granted afterwards, by itself
//! or by an officer of the body that rates. It falls by itself when a reversal takes the hours away.
//! A *certificate* (志愿服务记录证明) says what the log has recorded; it is issued with two signatures
//! after a notice, and is void by itself when it says more than was served.
//! When the resident is erased, what stands on notice isn't granted, certificates are void, and
//! reports are dropped.

mod audit;
mod certificate;
mod decide;
mod evolve;
mod held;
mod report;
mod review;

pub(crate) use audit::wish;
pub use certificate::{Certificate, Paper, RevokeReason, Stage, YearMinutes};
pub(crate) use decide::decide;
pub(crate) use evolve::{Counts, enrolled, evolve, served};
pub use held::{Held, Honours, Standing};
pub use report::{Answer, Fault, Report, Reported};
pub(crate) use review::Next;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{CertificateId, OfficerId, ReportId, ResidentId};
use crate::quantity::Minutes;
use crate::rules::RuleVersion;
use crate::time::Timestamp;

/// What is reached by service: numbered from 1 by the rules that it was reached by.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum Distinction {
    /// So many stars (星级).
    Star(u8),
    /// A medal (奖章), the first, second or third of the rules.
    Medal(u8),
}

/// A distinction of a resident: there is one of it, or one a year where titles go by the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Title {
    /// Whose.
    pub resident: ResidentId,
    /// Which.
    pub distinction: Distinction,
    /// Of which year; none: of all time.
    pub year: Option<i32>,
}

/// A title that stands on public notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Which title.
    pub title: Title,
    /// The hours that it takes,
    pub hours: u32,
    /// and what was served.
    pub minutes: Minutes,
    /// By which rules.
    pub rules: RuleVersion,
    /// Nobody grants it before.
    pub until: Timestamp,
    /// Did the resident apply? If not, it is granted by itself.
    pub applied: bool,
}

/// Why a title was not granted: a closed list, since free text about people stays out of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum DeclineReason {
    /// An objection was found true.
    Objection,
    /// The hours are being looked into.
    HoursInDoubt,
    /// It was applied for by mistake.
    Mistake,
    /// The resident was erased.
    Erased,
}

/// What can be wished of honours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Apply for a title, or put one on notice again.
    Apply {
        /// Who.
        resident: ResidentId,
        /// For what.
        distinction: Distinction,
    },
    /// Grant a title whose notice is over.
    Grant {
        /// Which.
        title: Title,
        /// Who grants it.
        officer: OfficerId,
    },
    /// Don't grant a title that stands on notice.
    Decline {
        /// Which.
        title: Title,
        /// Who says so.
        officer: OfficerId,
        /// Why.
        reason: DeclineReason,
    },
    /// Ask for a certificate.
    RequestCertificate {
        /// Its id, which is also the code that a stranger checks.
        certificate: CertificateId,
        /// Whose service it tells of.
        resident: ResidentId,
    },
    /// Sign a certificate whose notice is over; the second signature issues it.
    SignCertificate {
        /// Which.
        certificate: CertificateId,
        /// Who signs.
        officer: OfficerId,
    },
    /// Declare a certificate void, or don't issue it.
    RevokeCertificate {
        /// Which.
        certificate: CertificateId,
        /// Who says so.
        officer: OfficerId,
        /// Why.
        reason: RevokeReason,
    },
    /// Say that a record of service is wrong.
    ReportRecord(Report),
    /// Answer such a report.
    AnswerReport {
        /// Which.
        report: ReportId,
        /// Who looked into it.
        officer: OfficerId,
        /// What came of it.
        answer: Answer,
    },
}

/// What happened to honours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A title stands on public notice.
    Noticed(Notice),
    /// A title was granted.
    Granted {
        /// Which.
        title: Title,
        /// Who granted it; none: by itself, at the end of its notice.
        officer: Option<OfficerId>,
    },
    /// A title was not granted.
    Declined {
        /// Which.
        title: Title,
        /// Who said so; none: by itself.
        officer: Option<OfficerId>,
        /// Why.
        reason: DeclineReason,
    },
    /// A title fell: its hours are there no longer.
    Fell {
        /// Which.
        title: Title,
        /// The hours that it takes,
        hours: u32,
        /// and what is left.
        minutes: Minutes,
    },
    /// A certificate was asked for.
    CertificateRequested {
        /// Which.
        certificate: CertificateId,
        /// Whose service it tells of.
        resident: ResidentId,
        /// It isn't issued before.
        until: Timestamp,
    },
    /// A certificate was signed for the first time.
    CertificateSigned {
        /// Which.
        certificate: CertificateId,
        /// Who signed.
        officer: OfficerId,
    },
    /// A certificate was signed for the second time, and so issued.
    CertificateIssued {
        /// Which.
        certificate: CertificateId,
        /// Who signed first.
        first: OfficerId,
        /// Who signed now.
        officer: OfficerId,
        /// What it says.
        paper: Paper,
    },
    /// A certificate is void.
    CertificateRevoked {
        /// Which.
        certificate: CertificateId,
        /// Who said so; none: by itself.
        officer: Option<OfficerId>,
        /// Why.
        reason: RevokeReason,
    },
    /// Somebody says that a record of service is wrong.
    RecordReported {
        /// The report.
        report: Report,
        /// It is to be answered by then.
        due_at: Timestamp,
    },
    /// Nobody answered a report in time.
    ReportOverdue {
        /// Which.
        report: ReportId,
    },
    /// A report is answered no more: whose record it is was erased.
    ReportDropped {
        /// Which.
        report: ReportId,
    },
    /// A report was answered.
    ReportAnswered {
        /// Which.
        report: ReportId,
        /// Who looked into it.
        officer: OfficerId,
        /// What came of it.
        answer: Answer,
    },
}
