//! How points are spent: how long they live where months and a period are not enough, until when
//! what was handed out can be returned, and how much anybody redeems.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::item::Taker;
use crate::quantity::Points;
use crate::rules::RuleSet;
use crate::time::{Timestamp, Window};

/// The longest window for returns, and the longest grace: a year and a day.
pub(super) const DAYS_MAX: u16 = 366;

/// The most limits on all that is redeemed: each of two takers by each of six windows.
pub(super) const SPENDING_LIMITS_MAX: usize = 12;

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

/// How often, or for how many points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Redeemed {
    /// So many redemptions, vouchers and bookings.
    Times(u32),
    /// So many points.
    Points(Points),
}

/// How much anybody redeems of all items together in a stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub struct SpendingLimit {
    /// Who is counted together.
    pub taker: Taker,
    /// In which stretch.
    pub window: Window,
    /// At most so much.
    pub most: Redeemed,
}

impl SpendingLimit {
    fn makes_sense(&self) -> bool {
        match self.most {
            Redeemed::Times(times) => times > 0,
            Redeemed::Points(points) => points > Points::ZERO,
        }
    }
}

/// How points are spent. A rule set without it is one of before: its lots live by their months,
/// nothing can be returned, and anybody redeems what there are points for.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Spending {
    /// When points lapse, if not by the life of lots.
    pub expiry: Option<Expiry>,
    /// Returns; none: nothing can be returned.
    pub returns: Option<ReturnTerms>,
    /// How much anybody redeems of all items together; none: what there are points for.
    pub limits: Vec<SpendingLimit>,
}

impl RuleSet {
    /// When a lot that is issued at `from` lapses.
    #[must_use]
    pub fn lot_end(&self, from: Timestamp) -> Timestamp {
        match self.spending.as_ref().and_then(|spending| spending.expiry) {
            None => self.zone.end_of_life(from, self.lot_life.months, self.lot_life.round),
            Some(Expiry::HalfYear { months }) => self.zone.end_of_half_year(from, months),
            Some(Expiry::On(end)) => end,
        }
    }

    /// The terms of returns, if there are any.
    #[must_use]
    pub fn returns(&self) -> Option<ReturnTerms> {
        self.spending.as_ref().and_then(|spending| spending.returns)
    }

    /// How much anybody redeems of all items together.
    #[must_use]
    pub fn spending_limits(&self) -> &[SpendingLimit] {
        self.spending.as_ref().map_or(&[][..], |spending| &spending.limits)
    }

    /// Are the limits on all that is redeemed few enough, and each above zero?
    pub(super) fn spending_limits_make_sense(&self) -> bool {
        let limits = self.spending_limits();
        limits.len() <= SPENDING_LIMITS_MAX && limits.iter().all(SpendingLimit::makes_sense)
    }

    /// Does what is said of spending make sense?
    pub(super) fn returns_make_sense(&self) -> bool {
        self.returns().is_none_or(|terms| {
            (1..=DAYS_MAX).contains(&terms.window_days) && terms.grace_days <= DAYS_MAX
        })
    }

    /// Does the day on which all lapses come after the rules come into force?
    pub(super) fn expiry_makes_sense(&self) -> bool {
        match self.spending.as_ref().and_then(|spending| spending.expiry) {
            Some(Expiry::On(end)) => self.effective_from < end,
            Some(Expiry::HalfYear { .. }) | None => true,
        }
    }
}
