//! Fixed-point amounts: whole hundredths in an `i64`.

use borsh::{BorshDeserialize, BorshSerialize};
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive as _};
use thiserror::Error;

/// The largest amount that may enter the system in one command, in hundredths: ten million whole
/// units. A hundred million such amounts still fit the sum, so a total can't overflow in practice
/// and is checked all the same.
const AMOUNT_HUNDREDTHS_MAX: i64 = 1_000_000_000;

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum InvalidAmount {
    /// Not digits with at most one point.
    #[error("an amount is digits, with a point and up to two more digits")]
    Malformed,
    /// More than two digits after the point.
    #[error("an amount has at most two digits after the point")]
    TooPrecise,
    /// Below zero where only zero and above make sense.
    #[error("an amount can't be negative")]
    Negative,
    /// Above ten million.
    #[error("an amount can't be above 10000000.00")]
    TooLarge,
}

macro_rules! hundredths {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash,
            BorshSerialize, BorshDeserialize,
        )]
        pub struct $name(i64);

        impl $name {
            /// Nothing.
            pub const ZERO: Self = Self(0);

            /// So many hundredths.
            #[must_use]
            pub const fn from_hundredths(hundredths: i64) -> Self {
                Self(hundredths)
            }

            /// In hundredths.
            #[must_use]
            pub const fn hundredths(self) -> i64 {
                self.0
            }

            /// The exact decimal.
            #[must_use]
            pub fn to_decimal(self) -> Decimal {
                Decimal::new(self.0, 2)
            }

            /// The nearest multiple of `step`, ties to the even one: the one rounding rule, at
            /// the one place where a decimal becomes an amount. `None` past the range of `i64`
            /// or for a step that isn't above zero.
            #[must_use]
            pub fn rounded(exact: Decimal, step: Self) -> Option<Self> {
                let steps = exact.checked_div(step.to_decimal())?;
                let steps = steps.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven);
                steps.to_i64()?.checked_mul(step.0).map(Self)
            }

            /// The sum, or `None` past the range.
            #[must_use]
            pub const fn plus(self, other: Self) -> Option<Self> {
                match self.0.checked_add(other.0) {
                    Some(sum) => Some(Self(sum)),
                    None => None,
                }
            }

            /// The difference, or `None` past the range.
            #[must_use]
            pub const fn minus(self, other: Self) -> Option<Self> {
                match self.0.checked_sub(other.0) {
                    Some(difference) => Some(Self(difference)),
                    None => None,
                }
            }

            /// A part of it, rounded down to the hundredth; `None` past the range.
            #[must_use]
            pub fn part(self, part: Decimal) -> Option<Self> {
                let exact = Decimal::from(self.0).checked_mul(part)?;
                exact.floor().to_i64().map(Self)
            }

            /// So many times this, or `None` past the range.
            #[must_use]
            pub fn times(self, count: u32) -> Option<Self> {
                self.0.checked_mul(i64::from(count)).map(Self)
            }

            /// The other side of the account.
            #[must_use]
            pub const fn negated(self) -> Self {
                Self(self.0.saturating_neg())
            }

            /// Below zero?
            #[must_use]
            pub const fn is_negative(self) -> bool {
                self.0 < 0
            }

            /// Exactly nothing?
            #[must_use]
            pub const fn is_zero(self) -> bool {
                self.0 == 0
            }

            /// An amount as people and JSON write it, `12.5` or `"12.50"`.
            ///
            /// # Errors
            ///
            /// Anything but zero to ten million with at most two digits after the point.
            pub fn parse(text: &str) -> Result<Self, InvalidAmount> {
                parse_hundredths(text).map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.to_decimal().fmt(f)
            }
        }
    )+};
}

hundredths! {
    /// Points (积分): what is earned by the rules and spent on goods; about one yuan of cost each.
    Points,
    /// Merit (功勋值): what ranks people; never spent.
    Merit,
    /// Money, in fen (分), a hundredth of a yuan.
    Fen,
}

fn parse_hundredths(text: &str) -> Result<i64, InvalidAmount> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = match digits.split_once('.') {
        Some((_, "")) => return Err(InvalidAmount::Malformed),
        Some(parts) => parts,
        None => (digits, ""),
    };
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return Err(InvalidAmount::Malformed);
    }
    if negative {
        return Err(InvalidAmount::Negative);
    }
    if fraction.len() > 2 {
        return Err(InvalidAmount::TooPrecise);
    }
    format!("{whole}{fraction:0<2}")
        .parse()
        .ok()
        .filter(|hundredths| *hundredths <= AMOUNT_HUNDREDTHS_MAX)
        .ok_or(InvalidAmount::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_exactly() {
        for (text, expected) in [
            ("12.50", Ok(1250)),
            ("12.5", Ok(1250)),
            ("0", Ok(0)),
            ("10000000", Ok(1_000_000_000)),
            ("10000000.01", Err(InvalidAmount::TooLarge)),
            ("99999999999999999999999", Err(InvalidAmount::TooLarge)),
            ("1.005", Err(InvalidAmount::TooPrecise)),
            ("-1", Err(InvalidAmount::Negative)),
            ("1e3", Err(InvalidAmount::Malformed)),
            ("1.", Err(InvalidAmount::Malformed)),
            (".5", Err(InvalidAmount::Malformed)),
            ("", Err(InvalidAmount::Malformed)),
            ("١", Err(InvalidAmount::Malformed)),
        ] {
            assert_eq!(Points::parse(text).map(Points::hundredths), expected, "{text}");
        }
    }

    #[test]
    fn rounding_is_half_even_to_the_step() {
        let tenth = Points::from_hundredths(10);
        for (exact, hundredths) in [("0.25", 20), ("0.35", 40), ("0.251", 30), ("-0.25", -20)] {
            let exact: Decimal = exact.parse().unwrap();
            assert_eq!(Points::rounded(exact, tenth), Some(Points::from_hundredths(hundredths)));
        }
        assert_eq!(Points::rounded(Decimal::ONE, Points::ZERO), None);
    }
}
