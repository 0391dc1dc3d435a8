//! Wallets: a resident's points as lots, soonest expiry first.

mod closing;
mod debt;
mod event;
mod evolve;
mod lot;

pub use closing::CLOSED_MAX;
pub use debt::Debt;
pub use event::{Closing, Event, Recall};
pub(crate) use evolve::evolve;
pub use lot::{Lot, LotTaken, Wallet};
