//! Who waits for goods.

use linli_domain::booking::Unfit;
use linli_domain::id::RedemptionId;
use linli_domain::queue::{Event, Request, Status};
use linli_domain::{Origin, Record};
use linli_readmodel::redemptions::{Changes, Wait, WaitEnd};

pub(super) fn fold(changes: &mut Changes, record: &Record, event: &Event) {
    let redemption = event.request().redemption;
    match event {
        Event::Joined(request) => begin(changes, record, request),
        Event::Left { request: _, station } => {
            end(changes, record, redemption, event.status(), (None, station.is_some()));
        }
        Event::PassedOver { request: _, why } => {
            end(changes, record, redemption, event.status(), (Some(*why), false));
        }
    }
}

/// What is reserved by itself was waited for.
pub(super) fn served(changes: &mut Changes, record: &Record, redemption: RedemptionId) {
    match record.origin {
        Origin::Deadline => end(changes, record, redemption, Status::Served, (None, false)),
        Origin::Command { .. } => {}
    }
}

fn begin(changes: &mut Changes, record: &Record, request: &Request) {
    let Request { redemption, resident, station, item, quantity } = *request;
    let row = Wait {
        redemption,
        resident,
        station,
        item,
        quantity,
        position: record.position,
        recorded_at: record.recorded_at,
        status: Status::Waiting,
        ended_position: None,
        ended_at: None,
        unfit: None,
        by_station: false,
    };
    changes.waits.insert(redemption, row);
}

fn end(
    changes: &mut Changes,
    record: &Record,
    redemption: RedemptionId,
    status: Status,
    (unfit, by_station): (Option<Unfit>, bool),
) {
    let (ended_position, ended_at) = (Some(record.position), Some(record.recorded_at));
    let end = WaitEnd { redemption, status, ended_position, ended_at, unfit, by_station };
    match changes.waits.get_mut(&redemption) {
        Some(row) => row.end(end),
        None => {
            changes.wait_ends.insert(redemption, end);
        }
    }
}
