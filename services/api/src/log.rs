//! The log as an auditor reads it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::fact::Fact;
use crate::{Amount, Hash, Id, Instant};

/// Where the log ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LogHead {
    /// The district.
    #[schema(example = "gulou")]
    pub district: String,
    /// The position of the last record; 0 for an empty log.
    #[schema(example = 48_212)]
    pub position: u64,
    /// The root of the RFC 6962 tree over all records up to it.
    pub root: Hash,
}

/// Why a record is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Origin {
    /// Somebody wished it.
    Command {
        /// The owner of the key that it came with.
        client: Id,
        /// The idempotency key.
        key: String,
    },
    /// Its time had come.
    Deadline,
}

/// Where points stand.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Account {
    /// What a pool's funder has put in: the account below zero.
    Funder(Id),
    /// What a pool still has to give.
    Pool(Id),
    /// What a resident can spend.
    Available(Id),
    /// What is set aside for a resident.
    Held(Id),
    /// What a supplier has handed goods out for.
    Supplier(Id),
    /// What lapsed, by the pool that it came from.
    Expired(Id),
    /// What a resident owes.
    Receivable(Id),
    /// What is owed to a pool, below zero.
    Claims(Id),
    /// What was paid back for what can't be handed out again, by the office that answers for it.
    Loss(Id),
    /// What a supplier was paid for.
    Settled(Id),
    /// What disputes moved in a supplier's account.
    Corrected(Id),
}

/// A booked change of one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Posting {
    /// Which account.
    pub account: Account,
    /// By how much; down if negative.
    pub amount: Amount,
    /// What the account stood at after it.
    pub balance: Amount,
    /// How many postings the account had had, this one included.
    pub version: u64,
}

/// A record of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LogRecord {
    /// Its place.
    #[schema(example = 48_211)]
    pub position: u64,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// When it happened.
    pub happened_at: Instant,
    /// Why it is there.
    pub origin: Origin,
    /// The fact.
    pub event: Fact,
    /// What it did to points; they sum to zero.
    pub postings: Vec<Posting>,
    /// The exact bytes of the record, base 64. They are the leaf of the tree.
    #[schema(content_encoding = "base64")]
    pub bytes: String,
    /// SHA-256 of a zero byte and those bytes (RFC 6962).
    pub leaf: Hash,
}

/// Records in the order of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LogRecords {
    /// The records.
    pub records: Vec<LogRecord>,
    /// Ask with `after` this for what follows.
    pub last: u64,
}
