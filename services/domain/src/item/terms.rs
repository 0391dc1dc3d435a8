//! The terms (兑换条件) of an item: to whom it is open, how much of it anybody may have, and whether
//! it is had as a voucher. They belong to the item, and whoever has set them has set all of them.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{AreaId, HouseholdId, ItemId, ResidentId};
use crate::item::{Event, Item, ItemKind};
use crate::quantity::{Minutes, Points};
use crate::resident::Resident;
use crate::resource::Weekday;
use crate::time::{Timestamp, Window};
use crate::{Decision, Refusal, State};

/// The most that an item can be open to by name: a list that somebody can still read.
pub const ONLY_MAX: usize = 100;
/// The most limits of an item: each of two takers by each of six windows.
pub const LIMITS_MAX: usize = 12;
/// The longest that a voucher is good, and the longest before its first use: two years.
pub const VOUCHER_DAYS_MAX: u16 = 731;
/// The most wrong codes before a voucher locks: more would be guessing.
pub const WRONG_CODES_MAX: u8 = 20;
/// The longest that a voucher locks: four weeks.
pub const LOCK_MAX: Minutes = Minutes::new(40_320);

/// To whom an item is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum OpenTo {
    /// To those whose household lies in an area: a grid, a building.
    Area(AreaId),
    /// To a household.
    Household(HouseholdId),
    /// To a resident.
    Resident(ResidentId),
}

/// Who is counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Taker {
    /// One person.
    Person,
    /// All of a household.
    Household,
}

/// How much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Much {
    /// So many pieces.
    Pieces(u32),
    /// So many points.
    Points(Points),
}

/// How much of an item somebody may have in a stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub struct Limit {
    /// Who is counted together.
    pub taker: Taker,
    /// In which stretch.
    pub window: Window,
    /// At most so much.
    pub most: Much,
}

/// What becomes of the points of a voucher that nobody used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Unused {
    /// They go back into the lots that had paid, with their dates.
    Returned,
    /// They lapse.
    Lapsed,
}

/// What is agreed with every voucher of an item.
#[derive(Clone, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub struct VoucherTerms {
    /// It is good from the beginning of the day so many days after it was issued; from the moment
    /// itself if zero.
    pub from_days: u16,
    /// It is good until the end of the day so many days after it was issued.
    pub until_days: u16,
    /// The days of the week on which it is good, Monday first; all if none are named.
    pub weekdays: Vec<Weekday>,
    /// What becomes of its points if nobody uses it.
    pub unused: Unused,
    /// So many wrong codes in a row
    pub wrong_codes: u8,
    /// lock it for so long.
    pub lock: Minutes,
}

/// The terms of an item.
#[derive(Clone, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub struct Terms {
    /// Of which item.
    pub item: ItemId,
    /// To whom it is open; to everybody if nobody is named.
    pub only: Vec<OpenTo>,
    /// How much anybody may have.
    pub limits: Vec<Limit>,
    /// What is agreed with its vouchers; none: it is handed out over the counter.
    pub voucher: Option<VoucherTerms>,
}

/// What of an item's terms makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TermsPart {
    /// To whom it is open.
    Only,
    /// The limits.
    Limits,
    /// The voucher.
    Voucher,
}

impl VoucherTerms {
    fn are_sensible(&self) -> bool {
        (1..=VOUCHER_DAYS_MAX).contains(&self.until_days)
            && self.from_days <= self.until_days
            && self.weekdays.is_sorted_by(|day, next| day < next)
            && (1..=WRONG_CODES_MAX).contains(&self.wrong_codes)
            && (Minutes::new(1)..=LOCK_MAX).contains(&self.lock)
    }
}

pub(super) fn set(state: &State, terms: &Terms) -> Result<Decision, Refusal> {
    let item = state.item(terms.item)?;
    let named = |to: &OpenTo| match *to {
        OpenTo::Area(area) => state.areas.contains(area),
        OpenTo::Household(household) => state.households.contains(household),
        OpenTo::Resident(resident) => state.residents.contains(resident),
    };
    let only = terms.only.len() <= ONLY_MAX && terms.only.iter().all(named);
    let positive = |limit: &Limit| match limit.most {
        Much::Pieces(pieces) => pieces > 0,
        Much::Points(points) => points > Points::ZERO,
    };
    let limits = terms.limits.len() <= LIMITS_MAX && terms.limits.iter().all(positive);
    let voucher = terms
        .voucher
        .as_ref()
        .is_none_or(|voucher| item.kind == ItemKind::Service && voucher.are_sensible());
    let parts =
        [(TermsPart::Only, only), (TermsPart::Limits, limits), (TermsPart::Voucher, voucher)];
    if let Some((part, _)) = parts.iter().find(|(_, sensible)| !sensible) {
        return Err(Refusal::InvalidTerms { item: terms.item, part: *part });
    }
    Ok(Decision::one(Event::TermsSet(terms.clone())))
}

impl State {
    /// The terms of an item, if any were set.
    #[must_use]
    pub fn terms(&self, item: ItemId) -> Option<&Terms> {
        self.terms.get(item)
    }

    /// Is it an item that this resident may have at all?
    pub(crate) fn open_to(
        &self,
        item: &Item,
        resident: &Resident,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let (id, needed) = (item.item, item.eligibility.least_stars);
        let stars = self.rules.in_force(now).map_or(0, |rules| rules.stars(resident.minutes));
        if stars < needed {
            return Err(Refusal::TooFewStars { item: id, needed, found: stars });
        }
        if item.eligibility.assisted_only && !resident.registration.assisted {
            return Err(Refusal::AssistedOnly { item: id });
        }
        let only = self.terms(id).map_or(&[][..], |terms| &terms.only);
        if only.is_empty() || only.iter().any(|to| self.includes(*to, resident)) {
            Ok(())
        } else {
            Err(Refusal::NotOpenTo { item: id })
        }
    }

    fn includes(&self, to: OpenTo, resident: &Resident) -> bool {
        let household = resident.registration.household;
        match to {
            OpenTo::Resident(named) => named == resident.registration.resident,
            OpenTo::Household(named) => named == household,
            OpenTo::Area(outer) => self
                .households
                .get(household)
                .is_some_and(|household| self.lies_in(household.micro_grid, outer)),
        }
    }
}
