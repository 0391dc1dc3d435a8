//! The catalogue: items, what they cost and cost before, and what stands on the shelves.

mod read;
mod rows;
mod write;

pub use read::Offer;
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
];
