//! The ledger's time and calendar, as the read models know them: what week it is for rankings, and
//! which rules say what a star takes.

use jiff::civil::{Date, ISOWeekDate, Weekday};
use linli_api::ranking::RankingWindow;
use linli_domain::calendar::Day;
use linli_domain::rules::{RuleVersion, Season, Seasons, Ties};
use linli_domain::time::{Period, Timestamp, Window, Zone};
use linli_readmodel::rankings::{Calendar, Stretch};
use linli_readmodel::{Projection, balances};

use crate::gateway::Inner;
use crate::problem::Problem;
use crate::told::fault;

impl Inner {
    /// The time of the last record that a read model has seen. Not this machine's: the ledger may
    /// run on a test clock.
    pub(crate) async fn ledger_time(&self, projection: Projection) -> Result<Timestamp, Problem> {
        let standings = self.reader.standings().await.map_err(fault)?;
        let standing =
            standings.iter().find(|standing| standing.generation.projection == projection);
        Ok(standing.map(|standing| standing.recorded_at).unwrap_or_default())
    }

    /// The stars for a resident's minutes, by the rules in force now.
    pub(crate) async fn stars(&self, wallet: &balances::Wallet) -> Result<u8, Problem> {
        let now = self.ledger_time(Projection::Directory).await?;
        let Some(rules) = self.reader.rules_in_force(now).await.map_err(fault)? else {
            return Ok(0);
        };
        let stars = self.reader.stars(rules.version).await.map_err(fault)?;
        let hours = wallet.service().whole_hours();
        let reached = stars.iter().filter(|star| hours >= star.hours).map(|star| star.stars);
        Ok(reached.max().unwrap_or_default())
    }

    /// The clock on the wall, by the rules in force.
    pub(crate) async fn zone(&self) -> Result<Zone, Problem> {
        let now = self.ledger_time(Projection::Directory).await?;
        Ok(self.calendar_at(now).await?.zone)
    }

    /// What the rules in force then say of rankings; before there are any, China's clock alone.
    pub(crate) async fn calendar_at(&self, at: Timestamp) -> Result<Calendar, Problem> {
        let known = self.reader.calendar_at(at).await.map_err(fault)?;
        Ok(known.unwrap_or(Calendar {
            version: RuleVersion(0),
            effective_from: at,
            zone: Zone::CHINA,
            ties: Ties::default(),
            seasons: Seasons::default(),
        }))
    }
}

/// The domain's window; `None` for a season, which is none of the calendar's but of the rules.
pub(crate) const fn window(said: RankingWindow) -> Option<Window> {
    match said {
        RankingWindow::Week => Some(Window::Week),
        RankingWindow::Month => Some(Window::Month),
        RankingWindow::Quarter => Some(Window::Quarter),
        RankingWindow::Season => None,
        RankingWindow::Year => Some(Window::Year),
        RankingWindow::All => Some(Window::AllTime),
    }
}

/// A stretch of time as people write it; a season as `2025-S2`.
pub(crate) fn stretch_text(stretch: Stretch) -> String {
    match stretch {
        Stretch::Period(period) => period_text(period),
        Stretch::Season(Season { year, number, .. }) => format!("{year:04}-S{number}"),
    }
}

/// The year and the number that a season's text means.
pub(crate) fn season_of(text: &str) -> Option<(i32, u8)> {
    let (year, nth) = text.split_once("-S")?;
    Some((number(year, 4)?, u8::try_from(number(nth, nth.len().min(2))?).ok()?))
}

/// 1970-01-01, the day with the index zero, and its week's Monday, three days before.
const EPOCH: Date = Date::constant(1970, 1, 1);
const EPOCH_MONDAY: Date = Date::constant(1969, 12, 29);

/// A period as people write it: `2025-W10`, `2025-03`, `2025-Q1`, `2025`, `all`.
pub(crate) fn period_text(period: Period) -> String {
    let index = period.index;
    match period.window {
        Window::Day => day(EPOCH, index).to_string(),
        Window::Week => {
            let week = day(EPOCH_MONDAY, index.saturating_mul(7)).iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        Window::Month => {
            format!("{:04}-{:02}", index.div_euclid(12), index.rem_euclid(12).saturating_add(1))
        }
        Window::Quarter => {
            format!("{:04}-Q{}", index.div_euclid(4), index.rem_euclid(4).saturating_add(1))
        }
        Window::Year => format!("{index:04}"),
        Window::AllTime => "all".to_owned(),
    }
}

/// The period that such a text means.
pub(crate) fn period_of(window: Window, text: &str) -> Option<Period> {
    let parts = |mark: &str| {
        let (year, part) = text.split_once(mark)?;
        Some((number(year, 4)?, part))
    };
    let index = match window {
        Window::Day => text.parse::<Date>().ok()?.since(EPOCH).ok()?.get_days(),
        Window::Week => {
            let (year, week) = parts("-W")?;
            let week = i8::try_from(number(week, 2)?).ok()?;
            let monday = ISOWeekDate::new(i16::try_from(year).ok()?, week, Weekday::Monday).ok()?;
            monday.date().since(EPOCH_MONDAY).ok()?.get_days().div_euclid(7)
        }
        Window::Month => {
            let (year, month) = parts("-")?;
            let month = Some(number(month, 2)?).filter(|month| (1..=12).contains(month))?;
            year.checked_mul(12)?.checked_add(month.checked_sub(1)?)?
        }
        Window::Quarter => {
            let (year, quarter) = parts("-Q")?;
            let quarter = Some(number(quarter, 1)?).filter(|quarter| (1..=4).contains(quarter))?;
            year.checked_mul(4)?.checked_add(quarter.checked_sub(1)?)?
        }
        Window::Year => number(text, 4)?,
        Window::AllTime => return (text == "all").then_some(Period { window, index: 0 }),
    };
    Some(Period { window, index })
}

/// So many digits and nothing else.
fn number(text: &str, digits: usize) -> Option<i32> {
    let fits = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

/// From when to when a day is, by the clock on the wall.
pub(crate) fn span(zone: Zone, day: Day) -> (Timestamp, Timestamp) {
    (zone.midnight(day.number()), zone.midnight(day.next().number()))
}

fn day(from: Date, days: i32) -> Date {
    from.checked_add(jiff::Span::new().days(days.clamp(-700_000, 2_900_000))).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_reads_back_what_it_writes() {
        let noon = |text: &str| {
            let at: jiff::Timestamp = format!("{text}T04:00:00Z").parse().unwrap();
            Timestamp::from_microseconds(at.as_microsecond())
        };
        for (date, window, text) in [
            ("2025-03-05", Window::Day, "2025-03-05"),
            ("2025-03-05", Window::Week, "2025-W10"),
            ("2024-12-30", Window::Week, "2025-W01"),
            ("2027-01-01", Window::Week, "2026-W53"),
            ("2025-03-05", Window::Month, "2025-03"),
            ("2025-12-31", Window::Month, "2025-12"),
            ("2025-03-05", Window::Quarter, "2025-Q1"),
            ("2025-10-01", Window::Quarter, "2025-Q4"),
            ("2025-03-05", Window::Year, "2025"),
            ("2025-03-05", Window::AllTime, "all"),
        ] {
            let period = Zone::CHINA.period(window, noon(date));
            assert_eq!(period_text(period), text, "{date}");
            assert_eq!(period_of(window, text), Some(period), "{text}");
        }
    }

    #[test]
    fn a_season_reads_back_what_it_writes() {
        for (year, number) in [(2025, 1), (2025, 12), (9999, 4)] {
            let season = Season { year, number, first: 0, months: 3 };
            let text = stretch_text(Stretch::Season(season));
            assert_eq!(season_of(&text), Some((year, number)), "{text}");
        }
        for text in ["2025", "2025-S", "25-S1", "2025-Q1", "2025-S+1", "2025-S123"] {
            assert_eq!(season_of(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_period_is_none() {
        for (window, text) in [
            (Window::Week, "2025-W54"),
            (Window::Week, "2025-10"),
            (Window::Week, "2025-W1"),
            (Window::Month, "2025-13"),
            (Window::Month, "2025-00"),
            (Window::Month, "2025"),
            (Window::Quarter, "2025-Q5"),
            (Window::Year, "25"),
            (Window::Year, "-025"),
            (Window::AllTime, ""),
        ] {
            assert_eq!(period_of(window, text), None, "{text}");
        }
    }
}
