//! What can be booked: the resources of bookable items, and when they are open.

use linli_domain::Position;
use linli_domain::booking::Side;
use linli_domain::id::{ItemId, ResourceId, StationId};
use linli_domain::quantity::Minutes;
use linli_domain::resource::{Event, OffReason, Weekday};
use linli_domain::time::{Timestamp, Zone};
use rust_decimal::Decimal;

use crate::table::table;

table! {
    /// A bookable item's place in the world.
    Resource in Catalogue "resource" {
        /// Its id.
        Key resource: ResourceId = "resource",
        /// Which item; price, cost, supplier and eligibility are the item's.
        Fix item: ItemId = "item",
        /// The station that hands out the key.
        Fix station: StationId = "station",
        /// How many units.
        Fix quantity: u32 = "quantity",
        /// How long a slot is.
        Fix slot: Minutes = "slot_minutes",
        /// In every so many weeks, counted from the one that holds 1970-01-01.
        Fix every_weeks: u8 = "every_weeks",
        /// The clock that its timetable goes by.
        Fix zone: Zone = "zone_offset_seconds",
        /// The most slots in a row that one booking takes.
        Fix in_a_row_most: u16 = "in_a_row_most",
        /// A slot can be booked from so many days before its start.
        Fix days_ahead: u16 = "days_ahead",
        /// A resident cancels free of charge until so long before the start.
        Fix free_until: Minutes = "free_until_minutes",
        /// Part of the price that is kept when a resident cancels later.
        Fix late_part: Decimal = "late_part",
        /// Part of the price that is kept when nobody comes.
        Fix no_show_part: Decimal = "no_show_part",
        /// The key is handed out from so long before the start.
        Fix key_from: Minutes = "key_from_minutes",
        /// So many absences pause booking; none: they never do.
        Fix pause_no_shows: Option<u8> = "pause_no_shows",
        /// Within so many days.
        Fix pause_within_days: Option<u16> = "pause_within_days",
        /// For so many days.
        Fix pause_days: Option<u16> = "pause_days",
        /// The record that opened it.
        Fix position: Position = "position",
        /// The record that withdrew it.
        Set withdrawn_position: Option<Position> = "withdrawn_position",
    }
}

table! {
    /// A resource can't be booked any more: a change to [`Resource`].
    Withdrawal in Catalogue "resource" {
        /// Which.
        Key resource: ResourceId = "resource",
        /// The record that withdrew it.
        Set withdrawn_position: Option<Position> = "withdrawn_position",
    }
}

table! {
    /// Slots one after another, from a time of a day on.
    Opening in Catalogue "opening" {
        /// Of which resource.
        Key resource: ResourceId = "resource",
        /// In the order of the week, from 0.
        Key ordinal: u16 = "ordinal",
        /// The day on which the first begins.
        Fix weekday: Weekday = "weekday",
        /// The minute of that day at which it begins.
        Fix from: Minutes = "from_minute",
        /// How many.
        Fix slots: u16 = "slots",
    }
}

table! {
    /// A slot was called off, or opened again.
    SlotTurn in Catalogue "slot_turn" {
        /// Of which resource.
        Key resource: ResourceId = "resource",
        /// The start of the slot.
        Key start: Timestamp = "start_us",
        /// The record.
        Key position: Position = "position",
        /// By which side.
        Fix by: Side = "by_side",
        /// Why it is off; none: it was opened again.
        Fix reason: Option<OffReason> = "reason",
    }
}

impl SlotTurn {
    /// The rows of a record by which slots were called off or opened again; none of any other.
    pub fn of(event: &Event, position: Position) -> impl Iterator<Item = Self> {
        let (turned, starts) = match event {
            Event::CalledOff { resource, off, starts, .. } => {
                (Some((*resource, off.by.side(), Some(off.reason))), starts.as_slice())
            }
            Event::Reopened { resource, by, starts, .. } => {
                (Some((*resource, by.side(), None)), starts.as_slice())
            }
            Event::Opened { .. } | Event::Withdrawn(_) => (None, [].as_slice()),
        };
        turned.into_iter().flat_map(move |(resource, by, reason)| {
            starts.iter().map(move |start| Self { resource, start: *start, position, by, reason })
        })
    }
}

impl Resource {
    /// The row of one that was opened by a record, and its openings.
    ///
    /// `None` for more openings than a timetable has.
    #[must_use]
    pub fn opened(
        it: &linli_domain::resource::Resource,
        zone: Zone,
        position: Position,
    ) -> Option<(Self, Vec<Opening>)> {
        let (resource, table, terms) = (it.resource, &it.timetable, &it.terms);
        let row = Self {
            resource,
            item: it.item,
            station: it.station,
            quantity: it.quantity,
            slot: table.slot,
            every_weeks: table.every_weeks,
            zone,
            in_a_row_most: it.in_a_row_most,
            days_ahead: it.days_ahead,
            free_until: terms.free_until,
            late_part: terms.late_part,
            no_show_part: terms.no_show_part,
            key_from: terms.key_from,
            pause_no_shows: terms.pause.map(|pause| pause.no_shows),
            pause_within_days: terms.pause.map(|pause| pause.within_days),
            pause_days: terms.pause.map(|pause| pause.days),
            position,
            withdrawn_position: None,
        };
        let mut openings = Vec::with_capacity(table.openings.len());
        for (index, opening) in table.openings.iter().enumerate() {
            let ordinal = u16::try_from(index).ok()?;
            let linli_domain::resource::Opening { weekday, from, slots } = *opening;
            openings.push(Opening { resource, ordinal, weekday, from, slots });
        }
        Some((row, openings))
    }

    /// Its timetable, with these openings.
    #[must_use]
    pub fn timetable(&self, openings: &[Opening]) -> linli_domain::resource::Timetable {
        let opening = |it: &Opening| linli_domain::resource::Opening {
            weekday: it.weekday,
            from: it.from,
            slots: it.slots,
        };
        linli_domain::resource::Timetable {
            slot: self.slot,
            every_weeks: self.every_weeks,
            openings: openings.iter().map(opening).collect(),
        }
    }
}
