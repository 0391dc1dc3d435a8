//! The tables `[expiry]` and `[returns]`: how points are spent.

use linli_domain::calendar::Day;
use linli_domain::rules::{Expiry, ReturnTerms, Spending};
use linli_domain::time::{Timestamp, Zone};
use serde::Deserialize;
use toml::Spanned;

use crate::word::{HalfYear, Word};

/// When points lapse, if not by `[lot_life]`: after months, rounded up to the end of the
/// half-year, or all at the end of one day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, untagged)]
pub(super) enum ExpirySheet {
    HalfYear {
        months: u16,
        #[allow(dead_code, reason = "the word says what the months are rounded to")]
        round: Word<HalfYear>,
    },
    On {
        last_day: Word<Day>,
    },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReturnSheet {
    window_days: u16,
    grace_days: u16,
}

pub(super) fn to_rules(
    zone: Zone,
    expiry: Option<&Spanned<ExpirySheet>>,
    returns: Option<&Spanned<ReturnSheet>>,
) -> Option<Spending> {
    let expiry = expiry.map(|sheet| match sheet.get_ref() {
        ExpirySheet::HalfYear { months, .. } => Expiry::HalfYear { months: *months },
        ExpirySheet::On { last_day } => Expiry::On(end_of(zone, last_day.0)),
    });
    let returns = returns.map(|sheet| {
        let ReturnSheet { window_days, grace_days } = *sheet.get_ref();
        ReturnTerms { window_days, grace_days }
    });
    (expiry.is_some() || returns.is_some()).then_some(Spending { expiry, returns })
}

/// The first instant after a day on the wall.
fn end_of(zone: Zone, day: Day) -> Timestamp {
    let seconds = i64::from(day.next().number()).saturating_mul(86_400);
    let seconds = seconds.saturating_sub(i64::from(zone.offset_seconds()));
    Timestamp::from_microseconds(seconds.saturating_mul(1_000_000))
}
