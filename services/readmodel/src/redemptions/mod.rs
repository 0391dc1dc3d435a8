//! Redemptions: each slip, what stands on it, which lots paid it and what came of it; and bookings and
//! vouchers, which are paid for in the same way. Who waits for goods. And the counter that hands things out: its operators, shifts
//! and allowances, and the slips that it wrote off line.

mod booking;
mod bookings;
mod counter;
mod queue;
mod read;
mod rows;
mod voucher;
mod write;

pub use booking::{Agreement, Booking, BookingEnd, BookingLot};
pub use bookings::Ticket;
pub use counter::{
    Allowance, AllowanceEnd, AllowanceUse, AtCounter, OffLine, Operator, OperatorEnd, Shift,
    ShiftEnd, SlipStanding,
};
pub use queue::{Wait, WaitEnd};
pub use read::Slip;
pub use rows::{Ending, LeftLine, LineItem, LotUsed, Redemption, Return, ReturnedLine, Showing};
pub use voucher::{Voucher, VoucherEnd, VoucherLot, VoucherTries};
pub use write::Changes;

use crate::table::{Definition, Index};

pub(crate) const TABLES: &[Definition] = &[
    Definition::of::<Redemption>().updated().indexed(&[
        Index { name: "resident", unique: false, columns: "resident, position", only: "" },
        Index { name: "station", unique: false, columns: "station, position", only: "" },
        // Changes once in the life of a redemption, and keeps the counter's list of open holds
        // as short as what is open.
        Index {
            name: "open",
            unique: false,
            columns: "station, position",
            only: "status = 'reserved'",
        },
    ]),
    Definition::of::<LineItem>(),
    Definition::of::<LotUsed>(),
    Definition::of::<LeftLine>(),
    Definition::of::<ReturnedLine>(),
    Definition::of::<Booking>().updated().indexed(&[
        Index { name: "resident", unique: false, columns: "resident, position", only: "" },
        Index { name: "station", unique: false, columns: "station, start_us, position", only: "" },
        // What takes room: free slots are asked for days that aren't over.
        Index {
            name: "taken",
            unique: false,
            columns: "resource, ends_at_us",
            only: "status IN ('booked', 'used')",
        },
        Index {
            name: "waiting",
            unique: false,
            columns: "resource, position",
            only: "status = 'waiting'",
        },
    ]),
    Definition::of::<BookingLot>(),
    Definition::of::<Voucher>().updated().indexed(&[Index {
        name: "resident",
        unique: false,
        columns: "resident, position",
        only: "",
    }]),
    Definition::of::<VoucherLot>(),
    Definition::of::<Wait>().updated().indexed(&[
        Index { name: "resident", unique: false, columns: "resident, position", only: "" },
        // As short as what is waited for.
        Index {
            name: "waiting",
            unique: false,
            columns: "station, position",
            only: "status = 'waiting'",
        },
    ]),
    Definition::of::<Operator>().updated().indexed(BY_STATION),
    Definition::of::<Shift>().updated().indexed(BY_STATION),
    Definition::of::<Allowance>().updated().indexed(BY_STATION),
    Definition::of::<OffLine>().updated().indexed(BY_STATION),
];

const BY_STATION: &[Index] =
    &[Index { name: "station", unique: false, columns: "station, position", only: "" }];
