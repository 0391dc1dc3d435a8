//! Vouchers.

use linli_domain::Record;
use linli_domain::quantity::Points;
use linli_domain::voucher::{Counter, Event};
use linli_domain::wallet::LotTaken;
use linli_readmodel::balances::{self, Kind};
use linli_readmodel::redemptions::{Changes, Voucher, VoucherEnd, VoucherLot, VoucherTries};

use super::balances::{Cause, Move, move_lot, restore, supplier_of};
use super::{add_fen, add_points, ordinal};
use crate::error::FoldError;

pub(super) fn fold(changes: &mut Changes, record: &Record, event: &Event) -> Result<(), FoldError> {
    let mut end = VoucherEnd {
        voucher: event.id(),
        status: event.status(),
        ended_position: Some(record.position),
        ended_at: Some(record.recorded_at),
        station: None,
        returned_by: None,
        lapsed: Points::ZERO,
    };
    event.lapsed().iter().try_for_each(|part| add_points(&mut end.lapsed, part.points))?;
    match event {
        Event::Issued(voucher) => {
            let id = event.id();
            let row = Voucher::issued(voucher, (record.position, record.recorded_at));
            changes.vouchers.insert(id, row);
            for (index, part) in voucher.lots.iter().enumerate() {
                let LotTaken { lot, pool, expires_at, points } = *part;
                let ordinal = ordinal(index)?;
                let row = VoucherLot { voucher: id, ordinal, lot, pool, expires_at, points };
                changes.voucher_lots.push(row);
            }
        }
        Event::WrongCode { voucher, at: _, code: _, tries, most: _, locked_until } => {
            let tries = if locked_until.is_some() { 0 } else { *tries };
            let missed = VoucherTries { voucher: *voucher, tries, locked_until: *locked_until };
            match changes.vouchers.get_mut(voucher) {
                Some(row) => row.miss(missed),
                None => {
                    changes.voucher_tries.insert(*voucher, missed);
                }
            }
        }
        Event::Used { voucher: _, at } => {
            end.station = match at {
                Counter::Station(station) => Some(*station),
                Counter::Supplier(_) => None,
            };
            ended(changes, end);
        }
        Event::Expired { voucher: _, lapsed: _ } => ended(changes, end),
        Event::Returned { voucher: _, by, back: _, lapsed: _ } => {
            end.returned_by = Some(*by);
            ended(changes, end);
        }
    }
    Ok(())
}

fn ended(changes: &mut Changes, end: VoucherEnd) {
    match changes.vouchers.get_mut(&end.voucher) {
        Some(row) => row.end(end),
        None => {
            changes.voucher_ends.insert(end.voucher, end);
        }
    }
}

/// What a voucher sets aside, pays and gives back.
pub(super) fn move_points(
    changes: &mut balances::Changes,
    event: &Event,
) -> Result<Cause, FoldError> {
    let Some(voucher) = event.voucher() else { return Ok(None) };
    let resident = voucher.purchase.resident;
    let how = match event {
        Event::Issued(_) => Move::Hold,
        Event::WrongCode { .. }
        | Event::Used { .. }
        | Event::Expired { .. }
        | Event::Returned { .. } => Move::SpendHeld,
    };
    voucher.lots.iter().try_for_each(|part| move_lot(changes, resident, part, how))?;
    event.back().iter().try_for_each(|part| restore(changes, resident, part))?;
    let kind = match event {
        Event::Issued(_) => Kind::VoucherIssued,
        Event::WrongCode { .. } => return Ok(None),
        Event::Used { .. } => {
            add_fen(&mut supplier_of(changes, voucher.supplier).owed_fen, voucher.cost)?;
            Kind::VoucherUsed
        }
        Event::Expired { .. } => Kind::VoucherExpired,
        Event::Returned { .. } => Kind::VoucherReturned,
    };
    Ok(Some((kind, linli_readmodel::Uuid(event.id().number()))))
}
