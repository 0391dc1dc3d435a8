//! Receipts of stock that was counted, moved, sent back and written off.

use linli_api::station::{StockCounted, StockMoved, StockReceived, StockWrittenOff};
use linli_domain::item::{Count, Delivery, Event as Stocked, Move, WriteOff};
use linli_domain::{Event, Record};

use crate::parse::Spoken as _;
use crate::receipt::{amount, id};

/// A count.
pub(crate) fn counted(records: &[Record]) -> Option<StockCounted> {
    let Event::Item(Stocked::StockCounted(it)) = &records.first()?.event else { return None };
    Some(of_count(it))
}

/// Goods moved to another station.
pub(crate) fn moved(records: &[Record]) -> Option<StockMoved> {
    let Event::Item(Stocked::StockMoved(it)) = &records.first()?.event else { return None };
    Some(of_move(it))
}

/// Goods sent back to the supplier.
pub(crate) fn sent_back(records: &[Record]) -> Option<StockReceived> {
    let Event::Item(Stocked::StockSentBack(it)) = &records.first()?.event else { return None };
    Some(of_delivery(it))
}

/// Goods written off.
pub(crate) fn written_off(records: &[Record]) -> Option<StockWrittenOff> {
    let Event::Item(Stocked::StockWrittenOff(it)) = &records.first()?.event else { return None };
    Some(of_write_off(it))
}

pub(crate) fn of_count(it: &Count) -> StockCounted {
    StockCounted {
        station: id(it.count.station),
        item: id(it.count.item),
        officer: id(it.count.officer),
        operator: it.count.operator.map(id),
        expected: it.expected,
        found: it.count.found,
        cost: amount(it.cost),
    }
}

pub(crate) fn of_move(it: &Move) -> StockMoved {
    StockMoved {
        from: id(it.from),
        to: id(it.to),
        item: id(it.item),
        quantity: it.quantity,
        reference: it.reference.to_string(),
    }
}

pub(crate) fn of_delivery(it: &Delivery) -> StockReceived {
    StockReceived {
        station: id(it.station),
        item: id(it.item),
        quantity: it.quantity,
        reference: it.reference.to_string(),
    }
}

pub(crate) fn of_write_off(it: &WriteOff) -> StockWrittenOff {
    StockWrittenOff {
        station: id(it.goods.station),
        item: id(it.goods.item),
        quantity: it.goods.quantity,
        reason: it.goods.reason.said(),
        officer: id(it.goods.officer),
        cost: amount(it.cost),
    }
}
