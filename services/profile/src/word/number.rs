//! Numbers: amounts, factors within their bounds, hours of the clock, days, the zone.

use linli_domain::calendar::{DAYS_MAX, Day};
use linli_domain::quantity::{Minutes, Points};
use linli_domain::time::Zone;
use rust_decimal::Decimal;

use super::Readable;

impl Readable for Points {
    const EXPECTED: &'static str = "an amount such as \"1.5\"";
    const BARE_NUMBER: bool = true;

    fn read(text: &str) -> Result<Self, String> {
        Self::parse(text).map_err(|error| error.to_string())
    }
}

macro_rules! factors {
    ($($(#[$doc:meta])* $name:ident, $what:literal, $least:literal, $most:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $name(pub(crate) Decimal);

        impl Readable for $name {
            const EXPECTED: &'static str =
                concat!($what, " from ", $least, " to ", $most, ", such as \"1.0\"");
            const BARE_NUMBER: bool = true;

            fn read(text: &str) -> Result<Self, String> {
                let value: Option<Decimal> = text.parse().ok();
                let bounds = Decimal::from($least)..=Decimal::from($most);
                value
                    .filter(|value| bounds.contains(value))
                    .map(Self)
                    .ok_or_else(|| format!("{text:?} is not {}", Self::EXPECTED))
            }
        }
    )+};
}

factors! {
    /// A part of the whole.
    Part, "a part", 0, 1;
    /// What points are multiplied by for hard hours.
    Coefficient, "a coefficient", 1, 10;
    /// What a rate of sampling is multiplied by.
    Multiple, "a multiple", 0, 10;
    /// What base points are multiplied by for merit.
    Weight, "a merit weight", 0, 10;
}

/// A minute of the day, `22:00`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock(pub(crate) Minutes);

impl Readable for Clock {
    const EXPECTED: &'static str = "an hour of the clock such as \"22:00\"";

    fn read(text: &str) -> Result<Self, String> {
        clock(text)
            .filter(|minutes| *minutes < 24 * 60)
            .map(|minutes| Self(Minutes::new(minutes)))
            .ok_or_else(|| format!("{text:?} is not {}", Self::EXPECTED))
    }
}

/// A day, or the days from one to another, both of them in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DaySpan {
    first: Day,
    last: Day,
}

impl DaySpan {
    pub(crate) fn days(self) -> impl Iterator<Item = Day> {
        std::iter::successors(Some(self.first), |day| Some(day.next()))
            .take_while(move |day| *day <= self.last)
    }
}

impl Readable for DaySpan {
    const EXPECTED: &'static str =
        "a day such as \"2026-01-01\", or days such as \"2026-02-15..2026-02-23\"";

    fn read(text: &str) -> Result<Self, String> {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        match (Day::parse(first), Day::parse(last)) {
            (Some(first), Some(last)) if first <= last => Ok(Self { first, last }),
            _ => Err(format!("{text:?} is not {}", Self::EXPECTED)),
        }
        .and_then(|span| {
            if span.days().nth(DAYS_MAX).is_none() {
                Ok(span)
            } else {
                Err(format!("{text:?} is more than {DAYS_MAX} days"))
            }
        })
    }
}

impl Readable for Day {
    const EXPECTED: &'static str = "a day such as \"2026-12-31\"";

    fn read(text: &str) -> Result<Self, String> {
        Self::parse(text).ok_or_else(|| format!("{text:?} is not {}", Self::EXPECTED))
    }
}

impl Readable for Zone {
    const EXPECTED: &'static str = "an offset from UTC such as \"+08:00\"";

    fn read(text: &str) -> Result<Self, String> {
        let (east, rest) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
            (Some(rest), _) => (1_i32, rest),
            (None, Some(rest)) => (-1_i32, rest),
            (None, None) => (1, ""),
        };
        clock(rest)
            .and_then(|minutes| i32::try_from(minutes).ok()?.checked_mul(60)?.checked_mul(east))
            .and_then(Self::from_offset_seconds)
            .ok_or_else(|| format!("{text:?} is not {}", Self::EXPECTED))
    }
}

/// `hh:mm` in minutes.
fn clock(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let two_digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !two_digits(hours) || !two_digits(minutes) {
        return None;
    }
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    if minutes > 59 {
        return None;
    }
    hours.checked_mul(60)?.checked_add(minutes)
}
