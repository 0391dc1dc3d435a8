//! Certificates (志愿服务记录证明): what was recorded of somebody's service, signed by two officers.
//!
//! Order 67 of the Ministry of Civil Affairs: who records certifies, and records are true, accurate
//! and complete. 民发〔2015〕149号: identity, service, issuer, number and date, two signatures, a notice of
//! seven days at the least, and false certificates are declared void.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{OfficerId, ResidentId};
use crate::quantity::Minutes;
use crate::time::Timestamp;

/// Service minutes of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct YearMinutes {
    /// The year in which the service ended.
    pub year: i32,
    /// How much.
    pub minutes: Minutes,
}

/// What a certificate says.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Paper {
    /// Whose service it tells of.
    pub resident: ResidentId,
    /// The year of its number,
    pub year: i32,
    /// and the number in that year, from 1.
    pub number: u32,
    /// Verified service.
    pub minutes: Minutes,
    /// Service that an administrator entered afterwards, shown apart.
    pub honour_minutes: Minutes,
    /// Verified service by year, ascending.
    pub years: Vec<YearMinutes>,
    /// The stars that were granted; none: 0.
    pub stars: u8,
}

/// Why a certificate is void.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum RevokeReason {
    /// It was false.
    False,
    /// It was made out by mistake.
    Mistake,
    /// The holder asked for it.
    Holder,
    /// Service that it tells of was taken back: it says more than was served.
    Overtaken,
    /// The holder was erased.
    Erased,
}

/// How far a certificate has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Stage {
    /// On public notice.
    OnNotice,
    /// Issued, and valid.
    Valid,
    /// Void.
    Revoked,
}

/// A certificate in the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Certificate {
    /// Whose service it tells of.
    pub resident: ResidentId,
    /// How far it has come.
    pub stage: Stage,
    /// The end of its notice.
    pub until: Timestamp,
    /// Who signed it first.
    pub signed_by: Option<OfficerId>,
}
