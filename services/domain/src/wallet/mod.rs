//! Wallets: a resident's points as lots, soonest expiry first.

mod event;
mod evolve;
mod lot;

pub use event::Event;
pub(crate) use evolve::evolve;
pub use lot::{Lot, LotTaken, Wallet};
