//! Amounts as the API writes them, in hundredths.

use linli_api::Amount;

use crate::error::DemoError;

/// So many hundredths.
pub(crate) fn hundredths(amount: &Amount) -> Result<i64, DemoError> {
    parse(amount.as_str()).ok_or_else(|| DemoError::Amount(amount.to_string()))
}

fn parse(text: &str) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1_i64, text), |rest| (-1, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() || fraction.len() > 2 {
        return None;
    }
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    format!("{whole}{fraction:0<2}").parse::<i64>().ok()?.checked_mul(sign)
}

/// As people write it.
pub(crate) fn amount(hundredths: i64) -> Amount {
    let (sign, size) = (if hundredths < 0 { "-" } else { "" }, hundredths.unsigned_abs());
    Amount::from(format!("{sign}{}.{:02}", size / 100, size % 100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_and_write() {
        for (text, expected) in [("12.50", 1250), ("12.5", 1250), ("0", 0), ("-0.05", -5)] {
            assert_eq!(parse(text), Some(expected), "{text}");
        }
        for text in ["", "1.005", "x", "1e3", "--1", "+1"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(amount(1250).as_str(), "12.50");
        assert_eq!(amount(-5).as_str(), "-0.05");
    }
}
