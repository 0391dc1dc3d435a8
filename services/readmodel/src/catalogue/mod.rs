//! The catalogue: items, what they cost and cost before, what stands on the shelves, and what can be
//! booked.

mod read;
mod resource;
mod resources;
mod rows;
mod terms;
mod write;

pub use read::Offer;
pub use resource::{Opening, Resource, SlotTurn, Withdrawal};
pub use resources::Place;
pub use rows::{Item, Price, Pricing, Shelf};
pub use terms::{ItemLimit, ItemOpenTo, ItemTerms, day_bits, days_of, term_rows};
pub use write::Changes;

use crate::table::{Definition, Index};

pub(crate) const TABLES: &[Definition] = &[
    Definition::of::<Item>(),
    Definition::of::<Price>(),
    Definition::of::<ItemTerms>(),
    Definition::of::<ItemOpenTo>(),
    Definition::of::<ItemLimit>(),
    Definition::of::<Shelf>().updated().indexed(&[Index {
        name: "item",
        unique: false,
        columns: "item",
        only: "",
    }]),
    Definition::of::<Resource>().indexed(&[
        Index { name: "item", unique: false, columns: "item, resource", only: "" },
        Index { name: "station", unique: false, columns: "station, resource", only: "" },
    ]),
    Definition::of::<Opening>(),
    Definition::of::<SlotTurn>(),
];
