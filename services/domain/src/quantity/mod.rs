//! The three quantities that are never one (service minutes, merit, points), money and counts.

mod hundredths;
mod minutes;

pub use hundredths::{Fen, InvalidAmount, Merit, Points};
pub use minutes::Minutes;
