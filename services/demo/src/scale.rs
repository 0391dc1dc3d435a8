//! How much of the year's traffic there is.

use std::str::FromStr;

use thiserror::Error;

const MILLIONTHS: u64 = 1_000_000;

/// Above this the community's people have no hours left.
const SCALE_MOST_MILLIONTHS: u64 = 4 * MILLIONTHS;

/// A factor on contributions and redemptions, above 0 and up to 4; the population stays whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scale(u64);

/// A text that is no such factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the scale is a number above 0 and up to 4, such as 0.2")]
pub struct InvalidScale;

impl Scale {
    /// The whole year.
    pub const WHOLE: Self = Self(MILLIONTHS);

    /// So much of a count, to the nearest whole.
    pub(crate) fn of(self, count: u64) -> u64 {
        count.saturating_mul(self.0).saturating_add(MILLIONTHS / 2) / MILLIONTHS
    }

    /// Of a supply, that which is never less than for the whole year.
    pub(crate) fn of_supply(self, amount: u64) -> u64 {
        Self(self.0.max(MILLIONTHS)).of(amount)
    }
}

impl FromStr for Scale {
    type Err = InvalidScale;

    fn from_str(text: &str) -> Result<Self, InvalidScale> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || fraction.len() > 6 || !all_digits(whole) || !all_digits(fraction) {
            return Err(InvalidScale);
        }
        let millionths: u64 = format!("{whole}{fraction:0<6}").parse().map_err(|_| InvalidScale)?;
        if (1..=SCALE_MOST_MILLIONTHS).contains(&millionths) {
            Ok(Self(millionths))
        } else {
            Err(InvalidScale)
        }
    }
}

impl std::fmt::Display for Scale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, fraction) = (self.0 / MILLIONTHS, self.0 % MILLIONTHS);
        let fraction = format!("{fraction:06}");
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{whole}"),
            fraction => write!(f, "{whole}.{fraction}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_a_number_up_to_four() {
        for (text, shown) in [("1", "1"), ("0.2", "0.2"), ("4.0", "4"), ("0.000001", "0.000001")] {
            assert_eq!(text.parse::<Scale>().map(|scale| scale.to_string()), Ok(shown.to_owned()));
        }
        for text in ["", "0", "-1", "4.1", "0.0000001", "1e3", ".5", "many"] {
            assert_eq!(text.parse::<Scale>(), Err(InvalidScale), "{text}");
        }
        assert_eq!("0.2".parse::<Scale>().map(|fifth| fifth.of(28_080)), Ok(5_616));
    }
}
