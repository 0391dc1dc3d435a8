//! Accounts and postings.

use linli_domain::posting::{Account, Posting};

use crate::wire;

choice! { Account = wire::Account, wire::account::Kind {
    one {
        Funder, Pool, Available, Held, Supplier, Expired, Receivable, Claims, Loss, Settled,
        Corrected,
    }
} }

message! { Posting = wire::Posting {
    account: need(account),
    amount_points_hundredths: plain(amount),
    balance_points_hundredths: plain(balance),
    version: plain(version),
} }
