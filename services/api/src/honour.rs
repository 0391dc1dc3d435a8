//! Honours: titles for service hours, certificates that a stranger can check, and records that are
//! said to be wrong.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Bilingual, Id, Instant};

/// A star or a medal, numbered from 1 by the rules.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Distinction {
    /// So many stars (星级).
    Star(u8),
    /// The first, second or third medal (奖章).
    Medal(u8),
}

/// How far a title has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TitleStanding {
    /// On public notice (公示).
    OnNotice,
    /// Granted.
    Granted,
    /// Not granted.
    Declined,
    /// Fallen: a reversal took its hours away.
    Fallen,
}

/// Why a title was not granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeclineReason {
    /// An objection was found true.
    Objection,
    /// The hours are being looked into.
    HoursInDoubt,
    /// It was applied for by mistake.
    Mistake,
    /// The resident was erased. It comes by itself; no officer can give it.
    Erased,
}

/// Apply for a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplyForTitle {
    /// Which star or medal.
    pub distinction: Distinction,
}

/// What an officer says of a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "step", rename_all = "snake_case", deny_unknown_fields)]
pub enum TitleStep {
    /// Grant it, once its notice is over.
    Grant {},
    /// Don't grant it.
    Decline {
        /// Why.
        reason: DeclineReason,
    },
}

/// An officer's word on a title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JudgeTitle {
    /// Whose.
    pub resident: Id,
    /// Which.
    pub distinction: Distinction,
    /// Of which year, where titles go by the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// What.
    #[serde(rename = "do")]
    pub act: TitleStep,
}

/// A title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Title {
    /// Whose.
    pub resident: Id,
    /// Which.
    pub distinction: Distinction,
    /// Of which year; none: of all time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// How far it has come.
    pub standing: TitleStanding,
    /// The hours that it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<u32>,
    /// The minutes that were served when it went on notice, or were left when it fell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// The end of its notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// Did the resident apply? If not, it comes by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied: Option<bool>,
    /// The officer who granted or declined it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Id>,
    /// Why it was not granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<DeclineReason>,
    /// When it came to stand so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Instant>,
}

/// Titles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Titles {
    /// Each as it stands.
    pub titles: Vec<Title>,
    /// The position after which a longer list goes on; none after the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}

/// Ask for a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestCertificate {
    /// Its id, which is also the code that it is checked by; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Id>,
    /// Whose service it tells of.
    pub resident: Id,
}

/// Why a certificate is void.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RevokeReason {
    /// It was false.
    False,
    /// It was made out by mistake.
    Mistake,
    /// The holder asked for it.
    Holder,
    /// Service that it tells of was taken back. It comes by itself; no officer can give it.
    Overtaken,
    /// The holder was erased. It comes by itself as well.
    Erased,
}

/// What an officer does with a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "step", rename_all = "snake_case", deny_unknown_fields)]
pub enum CertificateStep {
    /// Sign it, once its notice is over. The second officer's signature issues it.
    Sign {},
    /// Declare it void, or don't issue it.
    Revoke {
        /// Why.
        reason: RevokeReason,
    },
}

/// How far a certificate has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CertificateStage {
    /// On public notice, or waiting for signatures.
    OnNotice,
    /// Issued, and valid.
    Valid,
    /// Void.
    Revoked,
}

/// Service of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct YearMinutes {
    /// The year in which the service ended.
    pub year: i32,
    /// How many minutes.
    pub minutes: u32,
}

/// What a certificate says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CertificatePaper {
    /// Its number, such as `2025-000017`.
    #[schema(example = "2025-000017")]
    pub number: String,
    /// Minutes of verified service.
    pub minutes: u32,
    /// Minutes that an administrator entered afterwards, told apart.
    pub honour_minutes: u32,
    /// Verified service by year.
    pub years: Vec<YearMinutes>,
    /// The stars that were granted.
    pub stars: u8,
}

/// A certificate (志愿服务记录证明).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Certificate {
    /// Its id, and the code that it is checked by.
    pub certificate: Id,
    /// Whose service it tells of; not told to strangers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resident: Option<Id>,
    /// How far it has come.
    pub stage: CertificateStage,
    /// The end of its notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// What it says, once it was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<CertificatePaper>,
    /// The officers who signed it, in the order of their signatures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signed_by: Vec<Id>,
    /// When it was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_at: Option<Instant>,
    /// When it was declared void.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Instant>,
    /// Why it is void.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RevokeReason>,
}

/// Certificates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Certificates {
    /// Newest first.
    pub certificates: Vec<Certificate>,
}

/// What a stranger is told of a certificate: no name, and no id of the holder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckedCertificate {
    /// Its code.
    pub certificate: Id,
    /// Is it valid?
    pub valid: bool,
    /// The district whose log it stands in.
    pub district: String,
    /// The area of whoever signed last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Bilingual>,
    /// What it says; not told of a holder who was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<CertificatePaper>,
    /// When it was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_at: Option<Instant>,
    /// When it was declared void.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Instant>,
    /// Why it is void.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RevokeReason>,
}

/// What is said to be wrong with a record of service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordFault {
    /// Service that isn't recorded.
    Missing,
    /// The time.
    Time,
    /// The act or the place.
    ActOrPlace,
    /// It was somebody else.
    Person,
}

/// Say that a record of service is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportRecord {
    /// The report's id; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Id>,
    /// Whose record it is.
    pub resident: Id,
    /// What is wrong.
    pub fault: RecordFault,
    /// With which contribution; none if it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contribution: Option<Id>,
}

/// Answer such a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerReport {
    /// The contribution that puts the record right: submitted since, or reversed. None: the record
    /// is right as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_by: Option<Id>,
}

/// How far a report has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportStage {
    /// Waiting for an answer.
    Open,
    /// Waiting for an answer beyond its time.
    Overdue,
    /// Answered: the record is right.
    Right,
    /// Answered: the record was corrected.
    Corrected,
    /// Not answered: whose record it is was erased.
    Dropped,
}

/// A report that a record of service is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RecordReport {
    /// Its id.
    pub report: Id,
    /// How far it has come.
    pub stage: ReportStage,
    /// Whose record it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resident: Option<Id>,
    /// What is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<RecordFault>,
    /// With which contribution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contribution: Option<Id>,
    /// It is to be answered by then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Instant>,
    /// Who answered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Id>,
    /// The contribution that put it right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_by: Option<Id>,
}

/// Reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RecordReports {
    /// Newest first.
    pub reports: Vec<RecordReport>,
}
