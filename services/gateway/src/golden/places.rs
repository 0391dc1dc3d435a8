//! Refusals of resources and bookings.

use linli_domain::id::{ItemId, StationId};
use linli_domain::resource::{Keeper, Off, OffReason, ResourcePart};
use linli_domain::{Refusal, booking};

use super::at;

pub(super) fn refusals() -> Vec<Refusal> {
    use Refusal as R;
    let item = ItemId::from_number(7);
    vec![
        R::BookingNeeded { item },
        R::NotBookable { item },
        R::InvalidResource { part: ResourcePart::Timetable },
        R::ResourceWithdrawn,
        R::NoSuchSlot,
        R::SlotOff {
            start: at("19:30:00"),
            off: Off { by: Keeper::Station(StationId::from_number(8)), reason: OffReason::Weather },
        },
        R::NotItsKeeper,
        R::AlreadyOff,
        R::NotOff,
        R::TooManyOff { most: 1008 },
        R::TooManySlots { most: 2, wanted: 3 },
        R::MoreThanThereAre { of: 20, wanted: 21 },
        R::SlotOver { since: at("19:30:00") },
        R::TooFarAhead { latest: at("19:30:00") },
        R::SlotFull { free: 3, of: 20, wanted: 5 },
        R::SlotHasRoom { free: 3, of: 20 },
        R::WaitingListFull { most: 200 },
        R::BookingPaused { until: at("19:30:00") },
        R::BookingStatus { found: booking::Status::Used },
        R::KeyTooEarly { from: at("19:30:00") },
    ]
}
