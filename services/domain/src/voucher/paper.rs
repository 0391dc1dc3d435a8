//! The voucher on paper: what it is for, what was paid for it, and when and how it is good.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::SupplierId;
use crate::item::VoucherTerms;
use crate::quantity::{Fen, Points};
use crate::resource::Weekday;
use crate::statement::Due;
use crate::time::{Timestamp, Zone};
use crate::voucher::Purchase;
use crate::wallet::LotTaken;

/// A voucher as issued.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Voucher {
    /// What was wanted.
    pub purchase: Purchase,
    /// Who supplies it.
    pub supplier: SupplierId,
    /// Points for it.
    pub price: Points,
    /// What it costs the pools, in fen.
    pub cost: Fen,
    /// The lots that pay, soonest expiry first; they sum to the price.
    pub lots: Vec<LotTaken>,
    /// From when it is good.
    pub good_from: Timestamp,
    /// When it expires by itself.
    pub expires_at: Timestamp,
    /// The clock of the rules in force then, which its days go by.
    pub zone: Zone,
    /// What was agreed.
    pub terms: VoucherTerms,
}

impl Voucher {
    /// What its supplier is paid when it is used.
    #[must_use]
    pub const fn due(&self) -> Due {
        Due { points: self.price, fen: self.cost }
    }

    /// Is it good on the day of the week that `at` is?
    #[must_use]
    pub fn is_good_on_day_of(&self, at: Timestamp) -> bool {
        let days = &self.terms.weekdays;
        days.is_empty() || days.contains(&Weekday::at(self.zone, at))
    }
}
