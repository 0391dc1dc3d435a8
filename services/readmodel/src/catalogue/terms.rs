//! The terms of items: to whom they are open, how much of them anybody may have, their vouchers.
//! Whoever has set an item's terms has set all of them, so the newest are in force.

use std::collections::HashMap;

use linli_domain::Position;
use linli_domain::id::{AreaId, HouseholdId, ItemId, ResidentId};
use linli_domain::item::{Limit, Much, OpenTo, Taker, Terms, Unused, VoucherTerms};
use linli_domain::quantity::{Minutes, Points};
use linli_domain::resource::Weekday;
use linli_domain::time::{Timestamp, Window};

use crate::cell::Cell;
use crate::error::ReadError;
use crate::reader::Reader;
use crate::table::table;

table! {
    /// The terms of an item from a record on, without their lists.
    ItemTerms in Catalogue "item_terms" {
        /// Of which item.
        Key item: ItemId = "item",
        /// From this record on.
        Key position: Position = "position",
        /// When it was recorded.
        Fix recorded_at: Timestamp = "recorded_at_us",
        /// A voucher is good so many days after its issue; none: there are no vouchers.
        Fix from_days: Option<u16> = "from_days",
        /// It is good until the end of the day so many days after its issue.
        Fix until_days: Option<u16> = "until_days",
        /// The days of the week on which it is good, Monday the lowest bit.
        Fix weekdays: Option<u8> = "weekdays",
        /// What becomes of its points if nobody uses it.
        Fix unused: Option<Unused> = "unused",
        /// So many wrong codes in a row
        Fix wrong_codes: Option<u8> = "wrong_codes",
        /// lock it for so long.
        Fix lock: Option<Minutes> = "lock_minutes",
    }
}

table! {
    /// Somebody to whom an item is open; an item without any is open to all.
    ItemOpenTo in Catalogue "item_open_to" {
        /// Which item.
        Key item: ItemId = "item",
        /// From this record on.
        Key position: Position = "position",
        /// As named, from 0.
        Key ordinal: u16 = "ordinal",
        /// An area.
        Fix area: Option<AreaId> = "area",
        /// A household.
        Fix household: Option<HouseholdId> = "household",
        /// A resident.
        Fix resident: Option<ResidentId> = "resident",
    }
}

table! {
    /// How much of an item somebody may have in a stretch of the calendar.
    ItemLimit in Catalogue "item_limit" {
        /// Of which item.
        Key item: ItemId = "item",
        /// From this record on.
        Key position: Position = "position",
        /// As named, from 0.
        Key ordinal: u16 = "ordinal",
        /// Who is counted together.
        Fix taker: Taker = "taker",
        /// In which stretch.
        Fix stretch: Window = "stretch",
        /// At most so many pieces.
        Fix pieces: Option<u32> = "pieces",
        /// At most so many points.
        Fix points: Option<Points> = "points_hundredths",
    }
}

/// Days of the week as bits, Monday the lowest; none stands for all.
#[must_use]
pub fn day_bits(days: &[Weekday]) -> u8 {
    let all = Weekday::ALL.iter().zip(0_u32..);
    let set = all.filter(|(day, _)| days.is_empty() || days.contains(day));
    set.fold(0, |bits, (_, place)| bits | 1_u8.checked_shl(place).unwrap_or_default())
}

/// The days behind bits, Monday first.
#[must_use]
pub fn days_of(bits: u8) -> Vec<Weekday> {
    let all = Weekday::ALL.into_iter().zip(0_u32..);
    let set = all.filter(|(_, place)| bits & 1_u8.checked_shl(*place).unwrap_or_default() != 0);
    set.map(|(day, _)| day).collect()
}

/// The rows of terms that were set by a record; `None` for more than terms hold.
#[must_use]
pub fn term_rows(
    terms: &Terms,
    (position, recorded_at): (Position, Timestamp),
) -> Option<(ItemTerms, Vec<ItemOpenTo>, Vec<ItemLimit>)> {
    let (item, voucher) = (terms.item, terms.voucher.as_ref());
    let row = ItemTerms {
        item,
        position,
        recorded_at,
        from_days: voucher.map(|it| it.from_days),
        until_days: voucher.map(|it| it.until_days),
        weekdays: voucher.map(|it| day_bits(&it.weekdays)),
        unused: voucher.map(|it| it.unused),
        wrong_codes: voucher.map(|it| it.wrong_codes),
        lock: voucher.map(|it| it.lock),
    };
    let mut only = Vec::with_capacity(terms.only.len());
    for (index, to) in terms.only.iter().enumerate() {
        let ordinal = u16::try_from(index).ok()?;
        let none =
            ItemOpenTo { item, position, ordinal, area: None, household: None, resident: None };
        only.push(match *to {
            OpenTo::Area(area) => ItemOpenTo { area: Some(area), ..none },
            OpenTo::Household(household) => ItemOpenTo { household: Some(household), ..none },
            OpenTo::Resident(resident) => ItemOpenTo { resident: Some(resident), ..none },
        });
    }
    let mut limits = Vec::with_capacity(terms.limits.len());
    for (index, limit) in terms.limits.iter().enumerate() {
        let ordinal = u16::try_from(index).ok()?;
        let (pieces, points) = match limit.most {
            Much::Pieces(pieces) => (Some(pieces), None),
            Much::Points(points) => (None, Some(points)),
        };
        let Limit { taker, window: stretch, .. } = *limit;
        limits.push(ItemLimit { item, position, ordinal, taker, stretch, pieces, points });
    }
    Some((row, only, limits))
}

fn terms_of(row: &ItemTerms, only: &[ItemOpenTo], limits: &[ItemLimit]) -> Terms {
    let voucher = || {
        Some(VoucherTerms {
            from_days: row.from_days?,
            until_days: row.until_days?,
            // All of them are as good as none named.
            weekdays: row
                .weekdays
                .map(days_of)
                .map(|days| if days.len() == 7 { Vec::new() } else { days })?,
            unused: row.unused?,
            wrong_codes: row.wrong_codes?,
            lock: row.lock?,
        })
    };
    let to = |row: &ItemOpenTo| {
        let area = row.area.map(OpenTo::Area).or(row.household.map(OpenTo::Household));
        area.or(row.resident.map(OpenTo::Resident))
    };
    let limit = |row: &ItemLimit| {
        let most = row.pieces.map(Much::Pieces).or(row.points.map(Much::Points))?;
        Some(Limit { taker: row.taker, window: row.stretch, most })
    };
    let of = |item: ItemId, position: Position| (item, position) == (row.item, row.position);
    Terms {
        item: row.item,
        only: only.iter().filter(|it| of(it.item, it.position)).filter_map(to).collect(),
        limits: limits.iter().filter(|it| of(it.item, it.position)).filter_map(limit).collect(),
        voucher: voucher(),
    }
}

impl Reader {
    /// The terms in force of these items; of those that never had any, none.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn terms_of(&self, items: &[ItemId]) -> Result<HashMap<ItemId, Terms>, ReadError> {
        let wanted: Vec<_> = items.iter().map(Cell::wire).collect();
        let rows: Vec<ItemTerms> =
            self.select("AND item = ANY($2) ORDER BY item, position DESC", &[&wanted]).await?;
        if rows.is_empty() {
            return Ok(HashMap::new());
        }
        let rest = "AND item = ANY($2) ORDER BY item, position, ordinal";
        let only: Vec<ItemOpenTo> = self.select(rest, &[&wanted]).await?;
        let limits: Vec<ItemLimit> = self.select(rest, &[&wanted]).await?;
        let mut found = HashMap::new();
        for row in &rows {
            found.entry(row.item).or_insert_with(|| terms_of(row, &only, &limits));
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_read_back_from_their_bits() {
        for days in [vec![Weekday::Monday], vec![Weekday::Tuesday, Weekday::Sunday]] {
            assert_eq!(days_of(day_bits(&days)), days);
        }
        assert_eq!(days_of(day_bits(&[])), Weekday::ALL);
    }
}
