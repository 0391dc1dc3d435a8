//! How much one key may ask in how much time, so that one app gone wild leaves room for the rest.
//!
//! A token bucket a key, in the memory of each gateway: whole at first, filled again at an even
//! pace. A request takes as many units as its route costs. What is left is told in the fields of
//! draft-ietf-httpapi-ratelimit-headers-10.

mod bucket;

pub(crate) use bucket::{Bucket, Empty, Taken};

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, Response};

/// `RateLimit`: what is left, and in how many seconds all of it is there again.
const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// `RateLimit-Policy`: how much in how many seconds.
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Units that a request takes.
pub(crate) type Units = u32;

/// A request of one command, or a read.
pub(crate) const REQUEST_UNITS: Units = 1;

/// A bulk: a thousand items, each of which takes about a tenth of a request of its own.
pub(crate) const BULK_UNITS: Units = 100;

/// So many units in so many seconds, at once or spread, for each key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    units: NonZeroU32,
    seconds: NonZeroU32,
}

/// A text that is no rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a rate is units/seconds, such as 60000/60: at least {BULK_UNITS} units, at most a million a second and a day"
)]
pub struct InvalidRate;

impl Rate {
    /// The most units a second: beyond it there is nothing left to count.
    const UNITS_A_SECOND_MAX: u32 = 1_000_000;

    /// The longest time to spread them over.
    const SECONDS_MAX: u32 = 24 * 60 * 60;

    /// So many units in so many seconds.
    ///
    /// # Errors
    ///
    /// [`InvalidRate`]; fewer units than a bulk takes would refuse every bulk.
    pub fn new(units: u32, seconds: u32) -> Result<Self, InvalidRate> {
        let (Some(units), Some(seconds)) = (NonZeroU32::new(units), NonZeroU32::new(seconds))
        else {
            return Err(InvalidRate);
        };
        let most = seconds.get().saturating_mul(Self::UNITS_A_SECOND_MAX);
        let fits = (BULK_UNITS..=most).contains(&units.get()) && seconds.get() <= Self::SECONDS_MAX;
        if fits { Ok(Self { units, seconds }) } else { Err(InvalidRate) }
    }

    pub(crate) const fn units(self) -> u32 {
        self.units.get()
    }

    pub(crate) const fn seconds(self) -> u32 {
        self.seconds.get()
    }

    /// The time in which an empty bucket is full.
    fn window(self) -> Duration {
        Duration::from_secs(self.seconds.get().into())
    }

    /// The time in which a unit flows in.
    fn unit(self) -> Duration {
        self.window().checked_div(self.units.get()).unwrap_or_default()
    }

    /// Tells what is left where it matters: once half of it is gone, or all.
    pub(crate) fn tell<B>(self, taken: Taken, response: &mut Response<B>) {
        if taken.left > self.units.get() / 2 {
            return;
        }
        let policy = format!("\"burst\";q={};w={}", self.units, self.seconds);
        let left = format!("\"burst\";r={};t={}", taken.left, whole_seconds(taken.full_in));
        for (name, text) in [(RATE_LIMIT_POLICY, policy), (RATE_LIMIT, left)] {
            // Digits and quotes always make a value.
            if let Ok(value) = HeaderValue::try_from(text) {
                response.headers_mut().insert(name, value);
            }
        }
    }
}

/// Rounded up, and never none: come too early, one would be told the same again.
pub(crate) fn whole_seconds(time: Duration) -> u32 {
    let up = time.as_secs().saturating_add(u64::from(time.subsec_nanos() > 0));
    u32::try_from(up).unwrap_or(u32::MAX).max(1)
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.units, self.seconds)
    }
}

impl FromStr for Rate {
    type Err = InvalidRate;

    fn from_str(text: &str) -> Result<Self, InvalidRate> {
        let (units, seconds) = text.split_once('/').ok_or(InvalidRate)?;
        let number = |text: &str| text.parse().map_err(|_| InvalidRate);
        Self::new(number(units)?, number(seconds)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_reads_back_and_leaves_room_for_a_bulk() {
        for (text, fits) in [
            ("60000/60", true),
            ("100/1", true),
            ("99/1", false),
            ("1000000/1", true),
            ("1000001/1", false),
            ("100/86400", true),
            ("100/86401", false),
            ("0/60", false),
            ("100/0", false),
            ("100", false),
            ("-100/1", false),
            ("", false),
        ] {
            let read = text.parse::<Rate>().ok().map(|rate| rate.to_string());
            assert_eq!(read.as_deref(), fits.then_some(text), "{text}");
        }
    }

    #[test]
    fn what_is_left_is_told_from_the_half_on() {
        let rate = Rate::new(100, 60).unwrap();
        let told = |left, full_in_ms| {
            let mut response = Response::new(());
            let full_in = Duration::from_millis(full_in_ms);
            rate.tell(Taken { left, full_in }, &mut response);
            let of = |name| response.headers().get(name).map(|value| value.to_str().unwrap());
            [of("ratelimit-policy"), of("ratelimit")].map(|text| text.unwrap_or("-").to_owned())
        };
        assert_eq!(told(51, 29_400), ["-", "-"]);
        assert_eq!(told(50, 30_000), ["\"burst\";q=100;w=60", "\"burst\";r=50;t=30"]);
        assert_eq!(told(0, 59_001), ["\"burst\";q=100;w=60", "\"burst\";r=0;t=60"]);
    }
}
