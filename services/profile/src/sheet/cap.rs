//! A cap: `{ per = "month", hours = 20 }`.

use linli_domain::quantity::{Minutes, Points};
use linli_domain::rules::{Cap, Limit, Scope};
use linli_domain::time::Window;
use serde::Deserialize;
use toml::Spanned;

use crate::error::Flaw;
use crate::word::Word;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CapSheet {
    per: Word<Option<Window>>,
    #[serde(rename = "for")]
    scope: Option<Word<Scope>>,
    hours: Option<u16>,
    minutes: Option<u32>,
    times: Option<u32>,
    points: Option<Word<Points>>,
}

pub(super) fn cap(sheet: &Spanned<CapSheet>) -> Result<Cap, Flaw> {
    let CapSheet { per, scope, hours, minutes, times, points } = sheet.get_ref();
    let hours = hours.map(|hours| Minutes::new(u32::from(hours).saturating_mul(60)));
    let limits = [
        hours.map(Limit::Minutes),
        minutes.map(|minutes| Limit::Minutes(Minutes::new(minutes))),
        times.map(Limit::Times),
        points.as_ref().map(|points| Limit::Points(points.0)),
    ];
    let mut given = limits.into_iter().flatten();
    match (given.next(), given.next()) {
        (Some(limit), None) => Ok(Cap {
            scope: scope.as_ref().map_or(Scope::Person, |scope| scope.0),
            window: per.0,
            limit,
        }),
        _ => Err(Flaw::new(
            sheet.span(),
            "a cap has exactly one of hours, minutes, times and points",
        )),
    }
}
