//! How points are spent: how long they live where months and a period are not enough, and until
//! when what was handed out can be returned.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::rules::RuleSet;
use crate::time::Timestamp;

/// The longest window for returns, and the longest grace: a year and a day.
pub(super) const DAYS_MAX: u16 = 366;

/// When points lapse, if not by [`LotLife`](crate::rules::LotLife).
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum Expiry {
    /// After so many months, rounded up to the end of the half-year that holds that day.
    HalfYear {
        /// So many months.
        months: u16,
    },
    /// All on one day: at this instant. What is earned later lapses at once.
    On(Timestamp),
}

/// Until when, and with what grace, something that was handed out can be returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct ReturnTerms {
    /// For so many days after it was handed out.
    pub window_days: u16,
    /// Points that come back through a fault of the station or of the supplier can be spent for
    /// so many days at least, whatever their date was.
    pub grace_days: u16,
}

/// How points are spent. A rule set without it is one of before: its lots live by their months,
/// and nothing can be returned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Spending {
    /// When points lapse, if not by the life of lots.
    pub expiry: Option<Expiry>,
    /// Returns; none: nothing can be returned.
    pub returns: Option<ReturnTerms>,
}

impl RuleSet {
    /// When a lot that is issued at `from` lapses.
    #[must_use]
    pub fn lot_end(&self, from: Timestamp) -> Timestamp {
        match self.spending.and_then(|spending| spending.expiry) {
            None => self.zone.end_of_life(from, self.lot_life.months, self.lot_life.round),
            Some(Expiry::HalfYear { months }) => self.zone.end_of_half_year(from, months),
            Some(Expiry::On(end)) => end,
        }
    }

    /// The terms of returns, if there are any.
    #[must_use]
    pub fn returns(&self) -> Option<ReturnTerms> {
        self.spending.and_then(|spending| spending.returns)
    }

    /// Does what is said of spending make sense?
    pub(super) fn returns_make_sense(&self) -> bool {
        self.returns().is_none_or(|terms| {
            (1..=DAYS_MAX).contains(&terms.window_days) && terms.grace_days <= DAYS_MAX
        })
    }

    /// Does the day on which all lapses come after the rules come into force?
    pub(super) fn expiry_makes_sense(&self) -> bool {
        match self.spending.and_then(|spending| spending.expiry) {
            Some(Expiry::On(end)) => self.effective_from < end,
            Some(Expiry::HalfYear { .. }) | None => true,
        }
    }
}
