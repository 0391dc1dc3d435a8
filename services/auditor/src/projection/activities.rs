//! Activities and seats from the records.

use std::collections::BTreeMap;

use linli_domain::Record;
use linli_domain::activity::{Event, Request, Status};
use linli_domain::id::{ActivityId, SeatId};
use linli_readmodel::orders::{Activity, Seat};
use linli_readmodel::{ReadError, Snapshot};

use super::Rows;
use super::merge::merge;

/// What records tell of activities.
#[derive(Default)]
pub(super) struct Activities {
    rows: BTreeMap<ActivityId, Activity>,
    seats: BTreeMap<SeatId, Seat>,
}

impl Activities {
    pub(super) fn take(&mut self, record: &Record, event: &Event) {
        if let Some((request, status)) = event.seat() {
            self.seat(record, request, status);
        }
        match event {
            Event::Published { plan, terms } => {
                self.rows.insert(plan.activity, Activity::published(record, plan, *terms));
            }
            Event::CalledOff { activity, .. } => {
                let found = self.rows.get_mut(activity);
                found.into_iter().for_each(|row| row.called_off_at = Some(record.recorded_at));
            }
            Event::PassedOver { request, why } => {
                self.of(request, |row| row.unfit = Some(*why));
            }
            Event::CheckedIn { request, .. } => {
                self.of(request, |row| row.came_at = Some(record.recorded_at));
            }
            Event::CheckedOut { request, visited, .. } => {
                let scanned = u16::try_from(visited.len()).unwrap_or(u16::MAX);
                self.of(request, |row| row.scanned = scanned);
            }
            Event::Taken(_)
            | Event::Waited(_)
            | Event::Promoted(_)
            | Event::Lapsed(_)
            | Event::Withdrawn(_)
            | Event::SeatCalledOff(_)
            | Event::Forgotten { .. }
            | Event::Missed(_)
            | Event::Vacated(_) => {}
        }
        if let (Some((request, _)), Some(stay)) = (event.seat(), event.stay()) {
            self.of(request, |row| {
                (row.from, row.until) = (Some(stay.from), Some(stay.until));
                (row.signals, row.outcome) = (stay.signals, Some(stay.outcome));
            });
        }
    }

    fn of(&mut self, request: &Request, change: impl FnOnce(&mut Seat)) {
        if let Some(row) = self.seats.get_mut(&request.seat) {
            change(row);
        }
    }

    fn seat(&mut self, record: &Record, request: &Request, status: Status) {
        let row = self.seats.entry(request.seat);
        let row = row.or_insert_with(|| Seat::begun(record, request, status));
        row.status = status;
        if !matches!(status, Status::Waiting | Status::Taken | Status::Present) {
            row.ended_at = Some(record.happened_at);
        }
    }

    pub(super) async fn compare(
        &self,
        snapshot: &Snapshot,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        let activities = self.rows.values().cloned();
        merge(snapshot, activities, |row: &Activity| row.activity, rows).await?;
        let seats = self.seats.values().cloned();
        merge(snapshot, seats, |row: &Seat| row.seat, rows).await
    }
}
