//! Who a resident is: kept in the vault, never in the log.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::log::LogRecord;
use crate::time_bank::ResidentTime;
use crate::{Id, Instant};

/// Who a resident is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The name, 1 to 80 characters.
    #[schema(example = "陈秀英", max_length = 80)]
    pub name: String,
    /// How to reach the resident, up to 40 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 40)]
    pub phone: Option<String>,
    /// Where the resident lives, up to 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub address: Option<String>,
    /// What else whoever visits should know, up to 1,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1000)]
    pub note: Option<String>,
}

/// Nothing of a person gets into a log by being printed.
impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Person(…)")
    }
}

macro_rules! reasons {
    ($(#[$doc:meta])* $reason:ident { $($(#[$each:meta])* $name:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $reason {
            $($(#[$each])* $name),+
        }

        impl $reason {
            /// As it is said.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }

        impl FromStr for $reason {
            type Err = NoSuchReason;

            fn from_str(text: &str) -> Result<Self, NoSuchReason> {
                match text { $($text => Ok(Self::$name),)+ _ => Err(NoSuchReason) }
            }
        }
    };
}

/// A word that is no reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no such reason")]
pub struct NoSuchReason;

reasons! {
    /// Why somebody looks at who a resident is.
    LookReason {
        /// To serve the resident: a delivery, a visit, a call.
        Service = "service",
        /// To verify what the resident says to have done.
        Verification = "verification",
        /// To handle a complaint or a dispute.
        Complaint = "complaint",
        /// The resident asks what is kept.
        OwnRequest = "own_request",
        /// A court or an authority asks with a paper.
        CourtOrder = "court_order",
    }
}

reasons! {
    /// Why a resident is erased.
    ErasureReason {
        /// The resident asks for it.
        OwnRequest = "own_request",
        /// The resident has died.
        Death = "death",
        /// A court orders it.
        CourtOrder = "court_order",
    }
}

/// An erasure to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ErasePerson {
    /// Why.
    pub reason: ErasureReason,
}

/// Whether a resident was erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Erasure {
    /// The resident.
    pub resident: Id,
    /// When the log closed the account, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Instant>,
    /// Are the record and its key destroyed?
    pub erased: bool,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased_at: Option<Instant>,
    /// By which API key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Id>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What was done with who a resident is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LookDeed {
    /// Written.
    Written,
    /// Read, or asked for where there was nothing.
    Read,
    /// Erased.
    Erased,
}

/// Somebody came to who a resident is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Look {
    /// When.
    pub at: Instant,
    /// What was done.
    pub deed: LookDeed,
    /// The API key by which they came.
    pub key: Id,
    /// The officer that the key speaks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Id>,
    /// Why, as they said.
    #[schema(example = "service")]
    pub reason: String,
}

/// All that is kept about a resident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PersonExport {
    /// The resident.
    pub resident: Id,
    /// Who it is, if the vault knows.
    pub person: Option<Person>,
    /// What is stored in the time bank, or owed there.
    pub time: ResidentTime,
    /// Who looked at it, newest first.
    pub looks: Vec<Look>,
    /// Every record of the log that is about the resident, with the bytes that prove it.
    pub records: Vec<LogRecord>,
    /// True at the end of the answer: it was not cut off.
    pub complete: bool,
}
