//! Wallets: a resident's points as lots, soonest expiry first.

mod debt;
mod event;
mod evolve;
mod lot;

pub use debt::Debt;
pub use event::{Event, Recall};
pub(crate) use evolve::evolve;
pub use lot::{Lot, LotTaken, Wallet};
