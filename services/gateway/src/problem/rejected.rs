//! What the port answers instead of records, as problems.

use linli_port::{ClockRefused, Rejected};

use crate::parse;
use crate::problem::{Kind, Problem};

impl From<&Rejected> for Problem {
    fn from(rejected: &Rejected) -> Self {
        match rejected {
            Rejected::Refused(refusal) => refusal.into(),
            Rejected::KeyReused => Self::plain(Kind::IdempotencyKeyReused),
            Rejected::Unknown => Self::plain(Kind::OutcomeUnknown).retry_after(1),
            Rejected::Overloaded { retry_after_ms } => {
                Self::plain(Kind::Overloaded).retry_after(seconds(*retry_after_ms))
            }
            Rejected::Unavailable { retry_after_ms } => {
                Self::plain(Kind::Unavailable).retry_after(seconds(*retry_after_ms))
            }
        }
    }
}

impl From<ClockRefused> for Problem {
    fn from(refused: ClockRefused) -> Self {
        match refused {
            ClockRefused::SystemClock => Self::plain(Kind::TestClockOff),
            ClockRefused::Backwards { now } => {
                Self::plain(Kind::ClockBackwards).with("now", parse::time_text(now))
            }
            ClockRefused::Unknown => Self::plain(Kind::OutcomeUnknown).retry_after(1),
            ClockRefused::Unavailable { retry_after_ms } => {
                Self::plain(Kind::Unavailable).retry_after(seconds(retry_after_ms))
            }
        }
    }
}

/// `Retry-After` knows whole seconds, and zero would be no pause at all.
fn seconds(ms: u32) -> u32 {
    ms.div_ceil(1_000).max(1)
}
