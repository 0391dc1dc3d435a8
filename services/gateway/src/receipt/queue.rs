//! Receipts of queues for goods.

use linli_api::queue::QueueChanged;
use linli_domain::queue::{Event as Queue, Request};
use linli_domain::{Event, Record};

use crate::parse::Spoken as _;
use crate::receipt::id;

/// What a step of a wait changed.
pub(crate) fn queued(records: &[Record]) -> Option<QueueChanged> {
    let Event::Queue(event) = &records.first()?.event else { return None };
    Some(queue_changed(event))
}

/// A step of a wait.
pub(crate) fn queue_changed(event: &Queue) -> QueueChanged {
    let Request { redemption, resident, station, item, quantity } = *event.request();
    let (passed_over, by_station) = match event {
        Queue::Joined(_) => (None, false),
        Queue::Left { station, .. } => (None, station.is_some()),
        Queue::PassedOver { why, .. } => (Some(why.said()), false),
    };
    QueueChanged {
        redemption: id(redemption),
        status: event.status().said(),
        resident: id(resident),
        station: id(station),
        item: id(item),
        quantity,
        passed_over,
        by_station,
    }
}
