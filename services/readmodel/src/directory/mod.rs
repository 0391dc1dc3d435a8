//! The directory: what exists and what it is called. Areas, officers, households, residents,
//! stations, suppliers, pools and the published rules, as far as pages and checks show them.
//! A whole rule set is in the log, at the position that stands here.

mod alerts;
mod estates;
mod read;
mod rows;
mod write;

pub use alerts::{Alert, AlertEnding};
pub use estates::{CommitteeSeat, Estate, EstateCommittee, EstateForm, SeatLeft};
pub use read::PoolStanding;
pub use rows::{
    Act, Area, Household, Officer, Pool, Resident, RuleSet, Star, Station, Supplier, Team, UnitKind,
};
pub use rows::{Calling, Carding, Enrolment, Erasing, Joining, Moving, Ranking, Retirement};
pub use write::Changes;

use crate::table::{Definition, Index};

pub(crate) const TABLES: &[Definition] = &[
    Definition::of::<Area>(),
    Definition::of::<Officer>().indexed(&[Index {
        name: "area",
        unique: false,
        columns: "area",
        only: "",
    }]),
    Definition::of::<Household>(),
    // Households and cards change seldom; the flags that do are in no index.
    Definition::of::<Resident>().updated().indexed(&[
        Index { name: "card", unique: true, columns: "card", only: "" },
        Index { name: "household", unique: false, columns: "household", only: "" },
    ]),
    Definition::of::<Station>(),
    Definition::of::<Supplier>(),
    Definition::of::<Pool>(),
    Definition::of::<RuleSet>(),
    Definition::of::<Star>(),
    Definition::of::<Act>(),
    Definition::of::<Team>(),
    Definition::of::<Estate>().updated(),
    Definition::of::<Alert>().updated(),
    Definition::of::<CommitteeSeat>().updated(),
];
