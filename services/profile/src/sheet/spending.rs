//! The tables `[expiry]`, `[returns]` and `[redemptions]`: how points are spent.

use std::ops::Range;

use linli_domain::calendar::Day;
use linli_domain::item::Taker;
use linli_domain::quantity::Points;
use linli_domain::rules::{Expiry, Redeemed, ReturnTerms, Spending, SpendingLimit};
use linli_domain::time::{Timestamp, Window, Zone};
use serde::Deserialize;
use toml::Spanned;

use crate::error::Flaw;
use crate::word::{HalfYear, Word};

/// When points lapse, if not by `[lot_life]`: after months, rounded up to the end of the
/// half-year, or all at the end of one day. Which of the two it is follows from the keys that are
/// there, and is asked here: the parser would only say that it is neither.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExpirySheet {
    months: Option<u16>,
    round: Option<Word<HalfYear>>,
    last_day: Option<Spanned<Word<Day>>>,
}

impl ExpirySheet {
    fn to_rules(&self, zone: Zone, span: Range<usize>) -> Result<Expiry, Flaw> {
        match (self.months, &self.round, &self.last_day) {
            (Some(months), Some(_), None) => Ok(Expiry::HalfYear { months }),
            (None, None, Some(last_day)) => Ok(Expiry::On(end_of(zone, last_day.get_ref().0))),
            (Some(_), None, None) => Err(Flaw::new(
                span,
                "missing key `round`: the months are rounded up to the end of a half-year",
            )),
            (None, Some(_), None) => Err(Flaw::new(
                span,
                "missing key `months`: after how many points lapse, before they are rounded up",
            )),
            (None, None, None) => Err(Flaw::new(
                span,
                "points lapse after `months`, with `round`, or all on `last_day`: neither is told",
            )),
            (_, _, Some(last_day)) => Err(Flaw::new(
                last_day.span(),
                "points lapse after `months`, with `round`, or all on `last_day`: not both",
            )),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReturnSheet {
    window_days: u16,
    grace_days: u16,
}

/// What anybody redeems of all items together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RedemptionSheet {
    limits: Vec<Spanned<LimitSheet>>,
}

/// A limit: `{ per = "quarter", times = 1 }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LimitSheet {
    per: Word<Window>,
    #[serde(rename = "for")]
    taker: Option<Word<Taker>>,
    times: Option<u32>,
    points: Option<Word<Points>>,
}

impl RedemptionSheet {
    fn to_rules(&self) -> Result<Vec<SpendingLimit>, Flaw> {
        self.limits.iter().map(limit).collect()
    }
}

fn limit(sheet: &Spanned<LimitSheet>) -> Result<SpendingLimit, Flaw> {
    let LimitSheet { per, taker, times, points } = sheet.get_ref();
    let most = match (times, points) {
        (Some(times), None) => Redeemed::Times(*times),
        (None, Some(points)) => Redeemed::Points(points.0),
        (Some(_), Some(_)) | (None, None) => {
            return Err(Flaw::new(sheet.span(), "a limit has either times or points"));
        }
    };
    let taker = taker.as_ref().map_or(Taker::Person, |taker| taker.0);
    Ok(SpendingLimit { taker, window: per.0, most })
}

pub(super) fn to_rules(
    zone: Zone,
    expiry: Option<&Spanned<ExpirySheet>>,
    returns: Option<&Spanned<ReturnSheet>>,
    redemptions: Option<&Spanned<RedemptionSheet>>,
) -> Result<Option<Spending>, Flaw> {
    let expiry = expiry.map(|sheet| sheet.get_ref().to_rules(zone, sheet.span())).transpose()?;
    let returns = returns.map(|sheet| {
        let ReturnSheet { window_days, grace_days } = *sheet.get_ref();
        ReturnTerms { window_days, grace_days }
    });
    let limits = redemptions.map(|sheet| sheet.get_ref().to_rules()).transpose()?;
    let limits = limits.unwrap_or_default();
    let said = expiry.is_some() || returns.is_some() || !limits.is_empty();
    Ok(said.then_some(Spending { expiry, returns, limits }))
}

/// The first instant after a day on the wall.
fn end_of(zone: Zone, day: Day) -> Timestamp {
    let seconds = i64::from(day.next().number()).saturating_mul(86_400);
    let seconds = seconds.saturating_sub(i64::from(zone.offset_seconds()));
    Timestamp::from_microseconds(seconds.saturating_mul(1_000_000))
}
