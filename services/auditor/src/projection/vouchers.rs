//! Vouchers from the records, and the lots that pay by their sums.

use std::collections::BTreeMap;

use linli_domain::Record;
use linli_domain::id::VoucherId;
use linli_domain::voucher::{Counter, Event};
use linli_domain::wallet::LotTaken;
use linli_readmodel::redemptions::{Voucher, VoucherLot};
use linli_readmodel::{ReadError, Snapshot};

use super::Rows;
use super::merge::merge;
use super::tally::Tally;

/// What records tell of vouchers.
#[derive(Default)]
pub(super) struct Vouchers {
    rows: BTreeMap<VoucherId, Voucher>,
    lots: Tally<VoucherId>,
}

impl Vouchers {
    pub(super) fn take(&mut self, record: &Record, event: &Event) {
        let id = event.id();
        if let Event::Issued(voucher) = event {
            for (ordinal, part) in (0_u16..).zip(&voucher.lots) {
                let LotTaken { lot, pool, expires_at, points } = *part;
                let row = VoucherLot { voucher: id, ordinal, lot, pool, expires_at, points };
                self.lots.add(id, &row);
            }
            let row = Voucher::issued(voucher, (record.position, record.recorded_at));
            self.rows.insert(id, row);
            return;
        }
        let Some(row) = self.rows.get_mut(&id) else { return };
        if let Event::WrongCode { tries, locked_until, .. } = event {
            row.tries = if locked_until.is_some() { 0 } else { *tries };
            row.locked_until = *locked_until;
            return;
        }
        row.status = event.status();
        row.ended_position = Some(record.position);
        row.ended_at = Some(record.recorded_at);
        row.lapsed = LotTaken::sum(event.lapsed()).unwrap_or_default();
        match event {
            Event::Used { at: Counter::Station(station), .. } => row.station = Some(*station),
            Event::Returned { by, .. } => row.returned_by = Some(*by),
            Event::Used { at: Counter::Supplier(_), .. }
            | Event::Issued(_)
            | Event::WrongCode { .. }
            | Event::Expired { .. } => {}
        }
    }

    pub(super) async fn compare(
        &self,
        snapshot: &Snapshot,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        let vouchers = self.rows.values().cloned();
        merge(snapshot, vouchers, |row: &Voucher| row.voucher, rows).await?;
        self.lots.compare(snapshot, |row: &VoucherLot| row.voucher, rows).await
    }
}
