//! Contributions: the case file of each, and the queue of those that wait for verification.
//! The whole claim and the explanation of an award are in the log, at the positions that stand
//! here.

mod hearing;
mod hearings;
mod hold;
mod listed;
mod read;
mod rows;
mod write;

pub use hearing::{
    Contesting, Ending, Notice, Objecting, Objection, Seat, Seating, Standing, Vote, Voting,
};
pub use hearings::Hearings;
pub use hold::{Hold, ReviewVerdict, Reviewing};
pub use listed::{AwardCursor, AwardSum};
pub use read::CaseFile;
pub use rows::{
    Attached, Attaching, Awarding, Case, Finding, Inspection, Queueing, Rejecting, Reversing,
    Sampled, Verification, Verifying,
};
pub use write::Changes;

use crate::table::{Definition, Index};

pub(crate) const TABLES: &[Definition] = &[
    Definition::of::<Case>().updated().indexed(&[
        // An index on a column that changes: once in the life of a case. It keeps the queue as
        // short as what waits, however long the history grows.
        Index {
            name: "queue",
            unique: false,
            columns: "grid, submitted_position",
            only: "status = 'pending'",
        },
        Index {
            name: "resident",
            unique: false,
            columns: "resident, submitted_position",
            only: "",
        },
        // What the public list of a quarter asks; a case comes into it once, with its award.
        Index {
            name: "awarded",
            unique: false,
            columns: "grid, decided_at_us, decided_position",
            only: "category IS NOT NULL",
        },
    ]),
    Definition::of::<Verification>(),
    Definition::of::<Attached>(),
    Definition::of::<Inspection>().updated().indexed(&[
        Index {
            name: "open",
            unique: false,
            columns: "grid, drawn_position, ordinal",
            only: "outcome IS NULL",
        },
        Index { name: "day", unique: false, columns: "day, ordinal", only: "" },
    ]),
    Definition::of::<Sampled>(),
    Definition::of::<Notice>().updated().indexed(&[Index {
        name: "newest",
        unique: false,
        columns: "position",
        only: "",
    }]),
    Definition::of::<Objection>(),
    Definition::of::<Hold>().updated().indexed(&[Index {
        name: "held",
        unique: false,
        columns: "grid, position",
        only: "verdict IS NULL",
    }]),
    Definition::of::<Seat>().updated().indexed(&[Index {
        name: "wanted",
        unique: false,
        columns: "officer",
        only: "vote IS NULL",
    }]),
];
