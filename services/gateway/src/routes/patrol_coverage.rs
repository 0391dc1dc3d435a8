//! Where patrols walked on a day, by grid and hour, and where nobody did.
//!
//! It is worked out from when people came and went. Nothing is kept of where in a grid anybody was, or
//! when.

use std::collections::BTreeMap;

use axum::response::Response;
use linli_api::activity::{GridPatrols, PatrolCoverage};
use linli_domain::activity::Status;
use linli_domain::calendar::Day;
use linli_domain::id::AreaId;
use linli_domain::quantity::Minutes;
use linli_domain::time::{Interval, Timestamp, Zone};
use linli_readmodel::Projection;
use linli_readmodel::orders::Attendance;

use crate::calendar::span;
use crate::front::Here;
use crate::problem::Problem;
use crate::receipt::id;
use crate::request::Reading;
use crate::routes::activities::area_asked;
use crate::routes::resources::day_asked;
use crate::told::{Seen, fault, shown};

/// Where patrols walked on a day in an area
///
/// Every grid of the area, with the minutes that people walked in each hour of the day, and the hours in
/// which nobody did. Whoever is still on the way isn't counted yet.
#[utoipa::path(get, path = "/v1/patrols/coverage", tag = "activities",
    params(("area" = String, Query, description = "A grid, or what grids lie in"),
        ("day" = String, Query, description = "The day, such as 2025-03-05")),
    responses((status = 200, description = "By grid and hour", body = PatrolCoverage)))]
pub(super) async fn show(Here(gateway): Here, mut reading: Reading) -> Result<Response, Problem> {
    let day = day_asked(&mut reading)?;
    let area = area_asked(&mut reading)?;
    reading.asked.done()?;
    let of = [Projection::Directory, Projection::Orders];
    let Seen(position) = gateway.see(&of, reading.after).await?;
    let grids = gateway.reader.grids_in(area).await.map_err(fault)?;
    let zone = gateway.zone().await?;
    let patrols = gateway.reader.patrols_within(&grids, span(zone, day)).await.map_err(fault)?;
    Ok(shown(position, &coverage(zone, day, &grids, &patrols)))
}

const HOURS: u32 = 24;

#[derive(Clone, Default)]
struct Tally {
    planned: u32,
    walked: BTreeMap<u32, u32>,
    assumed: BTreeMap<u32, u32>,
}

fn coverage(zone: Zone, day: Day, grids: &[AreaId], patrols: &[Attendance]) -> PatrolCoverage {
    let mut tallies: BTreeMap<AreaId, Tally> =
        grids.iter().map(|grid| (*grid, Tally::default())).collect();
    for Attendance { activity, seats } in patrols {
        let Some(tally) = tallies.get_mut(&activity.grid) else { continue };
        let called_off = u32::from(activity.called_off_at.is_some());
        tally.planned = tally.planned.saturating_add(1).saturating_sub(called_off);
        for seat in seats {
            let Some((from, until)) = seat.from.zip(seat.until) else { continue };
            let to = match seat.status {
                Status::Forgotten => &mut tally.assumed,
                Status::Waiting
                | Status::Taken
                | Status::Present
                | Status::Served
                | Status::Missed
                | Status::Withdrawn
                | Status::PassedOver
                | Status::Lapsed
                | Status::CalledOff
                | Status::Vacated => &mut tally.walked,
            };
            for (hour, minutes) in by_hour(zone, day, from, until) {
                let sum = to.entry(hour).or_default();
                *sum = sum.saturating_add(minutes);
            }
        }
    }
    let grids = tallies.into_iter().map(|(grid, tally)| told(grid, &tally)).collect();
    PatrolCoverage { day: day.to_string(), grids }
}

fn told(grid: AreaId, tally: &Tally) -> GridPatrols {
    let hours = |of: &BTreeMap<u32, u32>| {
        (0..HOURS).map(|hour| of.get(&hour).copied().unwrap_or_default()).collect::<Vec<_>>()
    };
    let (walked, assumed) = (hours(&tally.walked), hours(&tally.assumed));
    let empty = |(_, (one, other)): &(u8, (&u32, &u32))| **one == 0 && **other == 0;
    let nobody = (0_u8..).zip(walked.iter().zip(&assumed)).filter(empty).map(|(hour, _)| hour);
    let nobody = nobody.collect();
    GridPatrols { grid: id(grid), planned: tally.planned, walked, assumed, nobody }
}

/// The whole minutes of a stretch in each hour of a day that it touches.
fn by_hour(
    zone: Zone,
    day: Day,
    from: Timestamp,
    until: Timestamp,
) -> impl Iterator<Item = (u32, u32)> {
    let midnight = zone.midnight(day.number());
    let hour = move |hour: u32| midnight.after(Minutes::new(hour.saturating_mul(60)));
    (0..HOURS).filter_map(move |at| {
        let (start, end) = (hour(at), hour(at.saturating_add(1)));
        let shared = Interval::new(from.max(start), until.min(end))?;
        Some((at, shared.minutes().get()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_fall_into_the_hours_that_the_wall_shows() {
        let day = Day::parse("2025-03-05").unwrap();
        let midnight = Zone::CHINA.midnight(day.number());
        let at = |minutes| midnight.after(Minutes::new(minutes));
        let found = |from, until| {
            by_hour(Zone::CHINA, day, from, until).filter(|(_, it)| *it > 0).collect::<Vec<_>>()
        };
        assert_eq!(found(at(19 * 60 + 30), at(21 * 60)), [(19, 30), (20, 60)]);
        // A night shift: what lies on the day counts.
        assert_eq!(found(midnight.before(Minutes::new(60)), at(30)), [(0, 30)]);
        assert_eq!(found(at(23 * 60 + 59), at(26 * 60)), [(23, 1)]);
        assert_eq!(found(at(60), at(60)), []);
    }

    #[test]
    fn a_grid_without_patrols_says_that_nobody_walked() {
        let day = Day::parse("2025-03-05").unwrap();
        let none = coverage(Zone::CHINA, day, &[AreaId::from_number(1)], &[]);
        let [grid] = &none.grids[..] else { panic!() };
        assert_eq!((grid.planned, grid.nobody.len(), grid.walked.len()), (0, 24, 24));
    }
}
