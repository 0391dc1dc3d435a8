//! Stored time: what accounts stand at, asks, and netting statements.

use linli_domain::Record;
use linli_domain::id::ResidentId;
use linli_domain::time_bank::Event;
use linli_readmodel::balances::{Changes, TimeAsk, TimeAskEnded, TimeBalance, TimeNetting};

pub(super) fn fold(changes: &mut Changes, record: &Record, event: &Event) {
    let moved = TimeBalance::moved(record, event).map(|row| ((row.holder, row.id), row));
    changes.time_balances.extend(moved);
    match event {
        Event::Asked { ask, rank, lapses_at } => {
            // Whatever ended before in the same batch was another ask.
            changes.time_asks_ended.remove(&ask.resident);
            let row = TimeAsk {
                resident: ask.resident,
                minutes: ask.minutes,
                mark: *rank,
                position: record.position,
                lapses_at: *lapses_at,
                ended: None,
            };
            changes.time_asks.insert(ask.resident, row);
        }
        Event::Granted { ask, .. } => end(changes, record, ask.resident),
        Event::Withdrawn(resident) | Event::AskLapsed(resident) => end(changes, record, *resident),
        Event::Netted { officer, netting } => changes.time_nettings.push(TimeNetting {
            number: netting.number,
            position: record.position,
            netted_at: record.recorded_at,
            officer: *officer,
        }),
        Event::Marked(_)
        | Event::KinLinked(_)
        | Event::Stored { .. }
        | Event::Given { .. }
        | Event::TakenBack { .. }
        | Event::Closed { .. }
        | Event::Followed { .. } => {}
    }
}

fn end(changes: &mut Changes, record: &Record, resident: ResidentId) {
    let ended = Some(record.position);
    match changes.time_asks.get_mut(&resident) {
        Some(row) => row.ended = ended,
        None => drop(changes.time_asks_ended.insert(resident, TimeAskEnded { resident, ended })),
    }
}
