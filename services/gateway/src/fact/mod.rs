//! Records of the log as JSON, for auditors.

mod activities;
mod counter;
mod estates;
mod event;
mod honours;
mod mediation;
mod notices;
mod orders;
mod places;
mod residents;
mod services;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use linli_api::log::{
    Account as ApiAccount, LogRecord, Origin as ApiOrigin, Posting as ApiPosting,
};
use linli_domain::posting::{Account, Posting};
use linli_domain::{Origin, Record};

pub(crate) use orders::files;

use crate::key::hex;
use crate::receipt::{amount, id, instant};

/// A record, with the bytes that it was read from and their leaf hash.
pub(crate) fn record(record: &Record, bytes: &[u8], leaf: [u8; 32]) -> LogRecord {
    LogRecord {
        position: record.position.0,
        recorded_at: instant(record.recorded_at),
        happened_at: instant(record.happened_at),
        origin: match &record.origin {
            Origin::Command { client, key, body_hash: _ } => {
                ApiOrigin::Command { client: id(client), key: key.as_str().to_owned() }
            }
            Origin::Deadline => ApiOrigin::Deadline,
        },
        event: event::fact(&record.event),
        postings: record.postings.iter().map(posting).collect(),
        bytes: BASE64_STANDARD.encode(bytes),
        leaf: hex(&leaf).into(),
    }
}

fn posting(posting: &Posting) -> ApiPosting {
    ApiPosting {
        account: match posting.account {
            Account::Funder(pool) => ApiAccount::Funder(id(pool)),
            Account::Pool(pool) => ApiAccount::Pool(id(pool)),
            Account::Available(resident) => ApiAccount::Available(id(resident)),
            Account::Held(resident) => ApiAccount::Held(id(resident)),
            Account::Supplier(supplier) => ApiAccount::Supplier(id(supplier)),
            Account::Expired(pool) => ApiAccount::Expired(id(pool)),
            Account::Receivable(resident) => ApiAccount::Receivable(id(resident)),
            Account::Claims(pool) => ApiAccount::Claims(id(pool)),
            Account::Loss(officer) => ApiAccount::Loss(id(officer)),
            Account::Settled(supplier) => ApiAccount::Settled(id(supplier)),
            Account::Corrected(supplier) => ApiAccount::Corrected(id(supplier)),
        },
        amount: amount(posting.amount),
        balance: amount(posting.balance),
        version: posting.version,
    }
}
