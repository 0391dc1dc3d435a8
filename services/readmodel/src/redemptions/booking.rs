//! What stands in the tables of bookings.

use linli_domain::Position;
use linli_domain::booking::{Side, Status, Unfit};
use linli_domain::id::{BookingId, LotId, PoolId, ResidentId, ResourceId, StationId};
use linli_domain::quantity::{Fen, Minutes, Points};
use linli_domain::resource::OffReason;
use linli_domain::time::Timestamp;

use crate::table::table;

table! {
    /// A booking, or the wish for one.
    Booking in Redemptions "booking" {
        /// Its id.
        Key booking: BookingId = "booking",
        /// What is booked.
        Fix resource: ResourceId = "resource",
        /// Who pays.
        Fix resident: ResidentId = "resident",
        /// The start of the first slot.
        Fix start: Timestamp = "start_us",
        /// How many slots in a row.
        Fix slots: u16 = "slots",
        /// How many units in each.
        Fix quantity: u32 = "quantity",
        /// The record that booked it, or put it on the waiting list.
        Fix position: Position = "position",
        /// When that was recorded.
        Fix recorded_at: Timestamp = "recorded_at_us",
        /// How far it has come.
        Set status: Status = "status",
        /// The record that booked it; none as long as it waits.
        Set booked_position: Option<Position> = "booked_position",
        /// The station that hands out the key, once it is booked.
        Set station: Option<StationId> = "station",
        /// The end of the last slot, once it is booked.
        Set ends_at: Option<Timestamp> = "ends_at_us",
        /// Until when the resident cancels free of charge, once it is booked.
        Set free_until: Option<Timestamp> = "free_until_us",
        /// From when the key is handed out, once it is booked.
        Set key_from: Option<Timestamp> = "key_from_us",
        /// Points for one unit and one slot, once it is booked.
        Set price: Option<Points> = "price_hundredths",
        /// Points for all of it, once it is booked.
        Set total: Option<Points> = "total_hundredths",
        /// The record that ended it.
        Set ended_position: Option<Position> = "ended_position",
        /// When it ended.
        Set ended_at: Option<Timestamp> = "ended_at_us",
        /// Points that the supplier has.
        Set kept: Points = "kept_hundredths",
        /// What the supplier is to be paid.
        Set kept_fen: Fen = "kept_fen",
        /// What had passed its date meanwhile and lapsed instead of being given back.
        Set lapsed: Points = "lapsed_hundredths",
        /// By whom it was called off.
        Set cancelled_by: Option<Side> = "cancelled_by",
        /// Why a slot of it was called off, if it ended so.
        Set off_reason: Option<OffReason> = "off_reason",
        /// Why it was passed over on the waiting list.
        Set unfit: Option<Unfit> = "unfit",
        /// Until when the resident may not book this resource, if this absence was one too many.
        Set paused_until: Option<Timestamp> = "paused_until_us",
    }
}

table! {
    /// What was agreed with one who waited: a change to [`Booking`].
    Agreement in Redemptions "booking" {
        /// Of which.
        Key booking: BookingId = "booking",
        /// How far it has come.
        Set status: Status = "status",
        /// The record.
        Set booked_position: Option<Position> = "booked_position",
        /// The station that hands out the key.
        Set station: Option<StationId> = "station",
        /// The end of the last slot.
        Set ends_at: Option<Timestamp> = "ends_at_us",
        /// Until when the resident cancels free of charge.
        Set free_until: Option<Timestamp> = "free_until_us",
        /// From when the key is handed out.
        Set key_from: Option<Timestamp> = "key_from_us",
        /// Points for one unit and one slot.
        Set price: Option<Points> = "price_hundredths",
        /// Points for all of it.
        Set total: Option<Points> = "total_hundredths",
    }
}

table! {
    /// The end of a booking, or of waiting: a change to [`Booking`].
    BookingEnd in Redemptions "booking" {
        /// Of which.
        Key booking: BookingId = "booking",
        /// How it ended.
        Set status: Status = "status",
        /// The record.
        Set ended_position: Option<Position> = "ended_position",
        /// When.
        Set ended_at: Option<Timestamp> = "ended_at_us",
        /// Points that the supplier has.
        Set kept: Points = "kept_hundredths",
        /// What the supplier is to be paid.
        Set kept_fen: Fen = "kept_fen",
        /// What lapsed instead of being given back.
        Set lapsed: Points = "lapsed_hundredths",
        /// By whom it was called off.
        Set cancelled_by: Option<Side> = "cancelled_by",
        /// Why a slot of it was called off, if it ended so.
        Set off_reason: Option<OffReason> = "off_reason",
        /// Why it was passed over.
        Set unfit: Option<Unfit> = "unfit",
        /// Until when the resident may not book this resource.
        Set paused_until: Option<Timestamp> = "paused_until_us",
    }
}

table! {
    /// A part of a lot that pays a booking.
    BookingLot in Redemptions "booking_lot" {
        /// Which booking.
        Key booking: BookingId = "booking",
        /// In the order in which they were taken, from 0.
        Key ordinal: u16 = "ordinal",
        /// Which lot.
        Fix lot: LotId = "lot",
        /// The pool it came from.
        Fix pool: PoolId = "pool",
        /// When it lapses.
        Fix expires_at: Timestamp = "expires_at_us",
        /// How much of it.
        Fix points: Points = "points_hundredths",
    }
}

impl Booking {
    /// The first instant after its last slot, of slots of this length.
    #[must_use]
    pub fn over(&self, slot: Minutes) -> Timestamp {
        self.start.after(Minutes::new(slot.get().saturating_mul(u32::from(self.slots))))
    }

    /// Puts in what was agreed.
    pub fn agree(&mut self, it: Agreement) {
        let Agreement {
            booking: _,
            status,
            booked_position,
            station,
            ends_at,
            free_until,
            key_from,
            price,
            total,
        } = it;
        (self.status, self.booked_position, self.station) = (status, booked_position, station);
        (self.ends_at, self.free_until, self.key_from) = (ends_at, free_until, key_from);
        (self.price, self.total) = (price, total);
    }

    /// Puts in how it ended.
    pub fn end(&mut self, it: BookingEnd) {
        let BookingEnd {
            booking: _,
            status,
            ended_position,
            ended_at,
            kept,
            kept_fen,
            lapsed,
            cancelled_by,
            off_reason,
            unfit,
            paused_until,
        } = it;
        (self.status, self.ended_position, self.ended_at) = (status, ended_position, ended_at);
        (self.kept, self.kept_fen, self.lapsed) = (kept, kept_fen, lapsed);
        (self.cancelled_by, self.off_reason) = (cancelled_by, off_reason);
        (self.unfit, self.paused_until) = (unfit, paused_until);
    }
}
