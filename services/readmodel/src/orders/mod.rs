//! Orders: hazards, the orders that they open, whistles, mutual aid, activities and mediation cases, each as it stands, and the
//! steps by which hazards, orders and whistles came there.

mod activities;
mod activity;
mod case;
mod cases;
mod open;
mod read;
mod rows;
mod write;

pub use activities::Attendance;
pub use activity::{Activity, CallOff, Seat, SeatArrival, SeatEnd, SeatTaken};
pub use case::{Case, CaseParty, CaseWord, Mediator, Session, Sitting};
pub use cases::CaseFile;
pub use open::Open;
pub use read::{OrderFile, OrdersOf};
pub use rows::{Aid, Hazard, Order, Pause, PauseState, Step, StepKind, Whistle};
pub use write::Changes;

use crate::table::{Definition, Index};

pub(crate) const TABLES: &[Definition] = &[
    Definition::of::<Hazard>().updated().indexed(&[
        Index {
            name: "merged",
            unique: false,
            columns: "merged_into",
            only: "merged_into IS NOT NULL",
        },
        Index {
            name: "waiting",
            unique: false,
            columns: "area, reported_position",
            only: "status = 'reported'",
        },
        Index { name: "reporter", unique: false, columns: "reporter, reported_position", only: "" },
    ]),
    Definition::of::<Pause>().updated(),
    // What is open is little, whatever was closed before: the list of a unit is read whole.
    Definition::of::<Order>().updated().indexed(&[Index {
        name: "open",
        unique: false,
        columns: "unit, due_at_us",
        only: "status <> 'checked'",
    }]),
    Definition::of::<Whistle>().updated().indexed(&[Index {
        name: "open",
        unique: false,
        columns: "called",
        only: "status <> 'settled'",
    }]),
    Definition::of::<Aid>().updated().indexed(&[
        Index { name: "opener", unique: false, columns: "opener, opened_position", only: "" },
        Index {
            name: "partner",
            unique: false,
            columns: "partner, opened_position",
            only: "partner IS NOT NULL",
        },
        Index {
            name: "open",
            unique: false,
            columns: "grid, opened_position",
            only: "status = 'open'",
        },
    ]),
    Definition::of::<Step>(),
    // What begins on a day, in whichever grid: of a day there are some dozens.
    Definition::of::<Activity>().updated().indexed(&[Index {
        name: "start",
        unique: false,
        columns: "start_us, position",
        only: "",
    }]),
    Definition::of::<Case>().updated().indexed(&[Index {
        name: "grid",
        unique: false,
        columns: "grid, position",
        only: "",
    }]),
    Definition::of::<CaseParty>().indexed(&[Index {
        name: "resident",
        unique: false,
        columns: "resident",
        only: "",
    }]),
    Definition::of::<Mediator>().indexed(&[Index {
        name: "case",
        unique: false,
        columns: "case_id, position",
        only: "",
    }]),
    Definition::of::<Session>().indexed(&[Index {
        name: "case",
        unique: false,
        columns: "case_id, position",
        only: "",
    }]),
    Definition::of::<Sitting>().indexed(&[Index {
        name: "case",
        unique: false,
        columns: "case_id, position",
        only: "",
    }]),
    Definition::of::<Seat>().updated().indexed(&[
        Index { name: "activity", unique: false, columns: "activity, position", only: "" },
        Index { name: "resident", unique: false, columns: "resident, position", only: "" },
    ]),
];
