//! The catalogue: items, what they cost and cost before, what stands on the shelves, and what can be
//! booked.

mod read;
mod resource;
mod resources;
mod rows;
mod write;

pub use read::Offer;
pub use resource::{Opening, Resource, Withdrawal};
pub use resources::Place;
pub use rows::{Item, Price, Pricing, Shelf};
pub use write::Changes;

use crate::table::{Definition, Index};

pub(crate) const TABLES: &[Definition] = &[
    Definition::of::<Item>(),
    Definition::of::<Price>(),
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
];
