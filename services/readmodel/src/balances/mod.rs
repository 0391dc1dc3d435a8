//! Balances: what each resident has and how it came to be; what each pool has given and each
//! supplier is to be paid. The sum over all of it is zero, as in the log.

mod coverage;
mod read;
mod rows;
mod time;
mod write;

pub use read::{LineCursor, Totals};
pub use rows::{
    Disputed, Kind, Line, LossAccount, Lot, Part, PoolAccount, Resolved, Settlement, Side,
    Statement, SupplierAccount, Wallet,
};
pub use time::{TimeAsk, TimeAskEnded, TimeBalance, TimeHolder, TimeNetting};
pub use write::Changes;

use crate::table::Definition;

/// No index but the keys: every amount changes all the time.
pub(crate) const TABLES: &[Definition] = &[
    Definition::of::<Wallet>().updated(),
    Definition::of::<Lot>().updated(),
    Definition::of::<Line>(),
    Definition::of::<PoolAccount>().updated(),
    Definition::of::<SupplierAccount>().updated(),
    Definition::of::<LossAccount>().updated(),
    Definition::of::<Statement>().updated(),
    Definition::of::<Disputed>().updated(),
    Definition::of::<TimeBalance>().updated(),
    Definition::of::<TimeAsk>().updated(),
    Definition::of::<TimeNetting>(),
];
