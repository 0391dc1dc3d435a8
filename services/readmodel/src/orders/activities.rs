//! Queries of activities and seats, and where patrols walk.

use std::collections::BTreeMap;

use linli_domain::Position;
use linli_domain::id::{ActivityId, AreaId, ResidentId, SeatId};
use linli_domain::time::Timestamp;

use super::{Activity, Seat};
use crate::cell::{Cell as _, Uuid};
use crate::error::ReadError;
use crate::page::{Page, fetch};
use crate::reader::Reader;

/// An activity with those who signed up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    /// The activity.
    pub activity: Activity,
    /// Its seats, in the order of the sign-ups. The core bounds them.
    pub seats: Vec<Seat>,
}

impl Reader {
    /// An activity.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn activity(&self, id: ActivityId) -> Result<Option<Activity>, ReadError> {
        self.select_first("AND activity = $2", &[&id.wire()]).await
    }

    /// An activity with those who signed up.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn attendance(&self, id: ActivityId) -> Result<Option<Attendance>, ReadError> {
        let Some(activity) = self.activity(id).await? else { return Ok(None) };
        let seats = self.select("AND activity = $2 ORDER BY position", &[&id.wire()]).await?;
        Ok(Some(Attendance { activity, seats }))
    }

    /// The activities of some grids that begin in a span of time, in the order of the starts; after
    /// one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn activities_in(
        &self,
        grids: &[AreaId],
        (from, until): (Timestamp, Timestamp),
        after: Option<(Timestamp, Position)>,
        limit: u32,
    ) -> Result<Page<Activity, (Timestamp, Position)>, ReadError> {
        let rest = "AND grid = ANY($2) AND start_us >= $3 AND start_us < $4 \
                    AND (start_us, position) > ($5, $6) ORDER BY start_us, position LIMIT $7";
        let grids: Vec<Uuid> = grids.iter().map(|grid| grid.wire()).collect();
        let (after_start, after_position) =
            after.unwrap_or((Timestamp::from_microseconds(i64::MIN), Position::START));
        let (from, until) = (from.wire(), until.wire());
        let (start, position) = (after_start.wire(), after_position.wire());
        let rows =
            self.select(rest, &[&grids, &from, &until, &start, &position, &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &Activity| (row.start, row.position)))
    }

    /// A seat.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn activity_seat(&self, id: SeatId) -> Result<Option<Seat>, ReadError> {
        self.select_first("AND seat = $2", &[&id.wire()]).await
    }

    /// A resident's seats, newest first, before one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn seats_of(
        &self,
        resident: ResidentId,
        before: Option<Position>,
        limit: u32,
    ) -> Result<Page<Seat, Position>, ReadError> {
        let rest = "AND resident = $2 AND position < $3 ORDER BY position DESC LIMIT $4";
        let before = before.unwrap_or(Position(u64::MAX));
        let rows = self.select(rest, &[&resident.wire(), &before.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &Seat| row.position))
    }

    /// The patrols of some grids that are on in a span of time, with their seats: a day has three a
    /// grid.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn patrols_within(
        &self,
        grids: &[AreaId],
        (from, until): (Timestamp, Timestamp),
    ) -> Result<Vec<Attendance>, ReadError> {
        let rest = "AND checkpoints > 0 AND grid = ANY($2) AND ends_at_us > $3 AND start_us < $4 \
                    ORDER BY start_us, position";
        let grids: Vec<Uuid> = grids.iter().map(|grid| grid.wire()).collect();
        let patrols: Vec<Activity> =
            self.select(rest, &[&grids, &from.wire(), &until.wire()]).await?;
        let ids: Vec<Uuid> = patrols.iter().map(|patrol| patrol.activity.wire()).collect();
        let mut seats: BTreeMap<ActivityId, Vec<Seat>> = BTreeMap::new();
        for seat in self.select::<Seat>("AND activity = ANY($2) ORDER BY position", &[&ids]).await?
        {
            seats.entry(seat.activity).or_default().push(seat);
        }
        let of = |activity: Activity| {
            let seats = seats.remove(&activity.activity).unwrap_or_default();
            Attendance { activity, seats }
        };
        Ok(patrols.into_iter().map(of).collect())
    }
}
