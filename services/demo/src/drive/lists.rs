//! The public list of each quarter, once all of them are open: as long as the days' samples say, nothing twice, and
//! its points are what had left the pools when the quarter ended, less what residents owed them.

use std::collections::BTreeSet;

use linli_api::award_list::{CommunityAwards, ListedAward};
use linli_api::client::When;
use linli_api::{Client, Id, Instant};

use super::batch::several;
use super::clock;
use super::hands::Hands;
use crate::amount::{amount, hundredths};
use crate::calendar::{Day, Moment};
use crate::error::{DemoError, Doing as _};
use crate::summary::QuarterList;

const STORY: &str = "the public list of a quarter";

/// The last quarter's list is open after five working days of the new year: 9 January 2026.
const ALL_OPEN: Day = Day(373);

const QUARTERS: [(&str, Day, Day); 4] = [
    ("2025-Q1", Day(0), Day(90)),
    ("2025-Q2", Day(90), Day(181)),
    ("2025-Q3", Day(181), Day(273)),
    ("2025-Q4", Day(273), Day(365)),
];

/// What the mediator of the broken settlement still owed when erased, on 13 October: written off, so it stays out
/// of the pools and nobody owes it. The story of the erasure holds it to this; in hundredths.
const WRITTEN_OFF: (Day, i64) = (Day(285), 700);

/// The most that a page has.
const PAGE: u32 = 200;

/// Reads all lists of the year, as anybody may, and holds them against what else is told of it.
pub(super) async fn read(operator: &Client, hands: &Hands) -> Result<Vec<QuarterList>, DemoError> {
    clock::move_to(operator, Moment::on(ALL_OPEN, 1)).await?;
    let head = hands.auditor.log_head().await.doing(|| "read the head of the log".to_owned())?.body;
    // A read that waits for cases: whoever reads after it sees all that a list is made of.
    let officer = hands.staff.values().next().ok_or(DemoError::Plan("an officer's key"))?;
    let seen = officer.after(head.position).inspections(1, None).await;
    seen.doing(|| "read what is to be looked at again".to_owned())?;
    let mut seen = BTreeSet::new();
    let (mut all, mut told) = (Vec::new(), Vec::new());
    for (quarter, first, after) in QUARTERS {
        let list = of_quarter(operator, &head.district, quarter).await?;
        for item in &list {
            if !seen.insert(item.contribution.clone()) {
                return Err(ended(format!("{} stands twice", item.contribution)));
            }
        }
        let awarded = sampled(operator, &head.district, first, after).await?;
        let reversed = list.iter().filter(|item| item.reversed_at.is_some()).count();
        let points = points_of(&list)?;
        if awarded != list.len() {
            return Err(ended(format!("{quarter} has {}, not {awarded}", list.len())));
        }
        told.push(QuarterList {
            quarter: quarter.to_owned(),
            awards: list.len(),
            reversed,
            points: amount(points),
        });
        all.extend(list);
        let (since, written_off) = WRITTEN_OFF;
        let gone = if after > since { written_off } else { 0 };
        let (stood, out) = (standing(&all, after)?, out(hands, after).await?.saturating_sub(gone));
        if stood != out {
            let [stood, out] = [stood, out].map(amount);
            return Err(ended(format!("by the end of {quarter} {stood} stood, and {out} was out")));
        }
    }
    Ok(told)
}

fn ended(outcome: String) -> DemoError {
    DemoError::Story { story: STORY, outcome }
}

/// The lists of all communities, each as long and as much as its sum says.
async fn of_quarter(
    reader: &Client,
    district: &str,
    quarter: &str,
) -> Result<Vec<ListedAward>, DemoError> {
    let sums = reader.quarter_awards(district, quarter).await;
    let sums = sums.doing(|| format!("read what was awarded in {quarter}"))?.body.communities;
    let whole = |sum: CommunityAwards| async move {
        let list = whole(reader, district, quarter, &sum.community).await?;
        let points = points_of(&list)?;
        let awards = u64::try_from(list.len()).unwrap_or(u64::MAX);
        if (sum.awards, hundredths(&sum.points)?) != (awards, points) {
            let (points, told) = (amount(points), &sum.points);
            let sums =
                format!("{awards} awards of {points} where {} of {told} are told", sum.awards);
            return Err(ended(format!("{quarter}: {sums}")));
        }
        Ok(list)
    };
    Ok(several(sums.into_iter().map(whole).collect()).await?.concat())
}

/// In hundredths.
fn points_of<'a>(list: impl IntoIterator<Item = &'a ListedAward>) -> Result<i64, DemoError> {
    list.into_iter().try_fold(0_i64, |sum, item| {
        hundredths(&item.points).map(|points| sum.saturating_add(points))
    })
}

async fn whole(
    reader: &Client,
    district: &str,
    quarter: &str,
    community: &Id,
) -> Result<Vec<ListedAward>, DemoError> {
    let (mut all, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let wish = (PAGE, cursor.as_deref());
        let page = reader.award_list(district, quarter, community, wish).await;
        let page = page.doing(|| format!("read the list of {quarter}"))?.body;
        all.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            return Ok(all);
        }
    }
}

/// How many were awarded in these days, as the samples of each tell; a day without awards has none.
async fn sampled(
    reader: &Client,
    district: &str,
    first: Day,
    after: Day,
) -> Result<usize, DemoError> {
    let of_day = |day: Day| async move {
        let day = day.written();
        match reader.sample(district, &day).await {
            Err(error) if super::is(&error, "not-found") => Ok(0),
            told => Ok(told.doing(|| format!("read the sample of {day}"))?.body.awarded),
        }
    };
    let awarded = several((first.0..after.0).map(Day).map(of_day).collect()).await?;
    let awarded = awarded.into_iter().fold(0_usize, |sum, awarded| {
        sum.saturating_add(usize::try_from(awarded).unwrap_or(usize::MAX))
    });
    Ok(awarded)
}

/// The points of what stood when a day began.
fn standing(all: &[ListedAward], day: Day) -> Result<i64, DemoError> {
    let began = Moment::on(day, 0).timestamp();
    let mut stood = Vec::new();
    for item in all {
        let back = item.reversed_at.as_ref().map(when).transpose()?;
        if back.is_none_or(|back| back >= began) {
            stood.push(item);
        }
    }
    points_of(stood)
}

fn when(at: &Instant) -> Result<jiff::Timestamp, DemoError> {
    at.as_str().parse().map_err(|_| ended(format!("{at} is no instant")))
}

/// What had left the pools when a day began, less what residents owed them for what was taken back: by a
/// replay of the log.
async fn out(hands: &Hands, day: Day) -> Result<i64, DemoError> {
    // What is recorded at midnight is the new day's.
    let midnight = Moment::on(day, 0).timestamp();
    let last = midnight
        .checked_sub(std::time::Duration::from_micros(1))
        .map_err(|_| ended(format!("{midnight} is the first instant")))?;
    let when = When { position: None, at: Some(last.to_string().into()) };
    let then = hands.auditor.past_pools(&when).await;
    let pools = then.doing(|| format!("read the pools before {}", day.written()))?.body.pools;
    pools.iter().try_fold(0_i64, |sum, pool| {
        let drawn = hundredths(&pool.funded)?.saturating_sub(hundredths(&pool.left)?);
        Ok(sum.saturating_add(drawn).saturating_sub(hundredths(&pool.claims)?))
    })
}
