//! The reference: what a log must amount to, told as simply as can be. Plain maps and sums, no code
//! shared with the core's decisions.

mod books;
mod hours;
mod promise;
mod totals;
mod waiting;

pub use books::Books;
pub use hours::Hours;
pub use promise::kept;
pub use totals::Totals;
