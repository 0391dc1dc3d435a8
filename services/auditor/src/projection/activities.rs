//! Activities and seats from the records.

use std::collections::BTreeMap;

use linli_domain::Record;
use linli_domain::activity::{Event, Plan, Publisher, Request, Status, Terms};
use linli_domain::contribution::Signals;
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
                self.rows.insert(plan.activity, row(record, plan, *terms));
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
        let Request { seat, activity, resident } = *request;
        let row = self.seats.entry(seat).or_insert_with(|| Seat {
            seat,
            activity,
            resident,
            position: record.position,
            recorded_at: record.recorded_at,
            status,
            came_at: None,
            unfit: None,
            ended_at: None,
            from: None,
            until: None,
            signals: Signals::NONE,
            scanned: 0,
            outcome: None,
        });
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

fn row(record: &Record, plan: &Plan, terms: Terms) -> Activity {
    let planned = plan.planned;
    Activity {
        activity: plan.activity,
        grid: plan.grid,
        team: plan.team,
        act: plan.act.clone(),
        name_zh: plan.name.zh.clone(),
        name_en: plan.name.en.clone(),
        start: planned.start(),
        ends_at: planned.end(),
        opens_at: planned.start().before(terms.early),
        shuts_at: planned.end().after(terms.late),
        seats: plan.seats,
        alert: plan.alert,
        checkpoints: u16::try_from(plan.checkpoints.len()).unwrap_or(u16::MAX),
        checkpoints_least: terms.checkpoints_least,
        step: terms.step,
        officer: match plan.by {
            Publisher::Officer(officer) => Some(officer),
            Publisher::Leader(_) => None,
        },
        leader: match plan.by {
            Publisher::Leader(leader) => Some(leader),
            Publisher::Officer(_) => None,
        },
        position: record.position,
        recorded_at: record.recorded_at,
        called_off_at: None,
    }
}
