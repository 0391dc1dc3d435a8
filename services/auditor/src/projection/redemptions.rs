//! Redemptions: the slip's head from the records, its lines and lots by their sums; and bookings.

use std::collections::BTreeMap;

use linli_domain::id::RedemptionId;
use linli_domain::quantity::Points;
use linli_domain::redemption::{Event as Happened, Return, Slip, Status, VoidReason};
use linli_domain::time::Timestamp;
use linli_domain::wallet::LotTaken;
use linli_domain::{Event, Record, allowance};
use linli_readmodel::redemptions::{
    LeftLine, LineItem, LotUsed, Redemption, ReturnedLine, Showing,
};
use linli_readmodel::{ReadError, Snapshot};

use super::Rows;
use super::bookings::Bookings;
use super::counter::Counter;
use super::merge::merge;
use super::queues::Queues;
use super::tally::Tally;
use super::vouchers::Vouchers;

/// What records tell of redemptions and the state forgets.
#[derive(Default)]
pub(super) struct Told {
    slips: BTreeMap<RedemptionId, Redemption>,
    lines: Tally<RedemptionId>,
    lots: Tally<RedemptionId>,
    left: Tally<RedemptionId>,
    returned: Tally<RedemptionId>,
    vouchers: Vouchers,
    counter: Counter,
    bookings: Bookings,
    queues: Queues,
}

impl Told {
    pub(super) fn take(&mut self, record: &Record) {
        self.counter.take(record);
        if let Event::Voucher(event) = &record.event {
            self.vouchers.take(record, event);
        }
        if let Event::Booking(event) = &record.event {
            self.bookings.take(record, event);
        }
        if let Event::Allowance(allowance::Event::Counted(it)) = &record.event {
            self.begin(record, &it.slip, None);
            self.end(record, &it.slip, Status::Captured, None, &[]);
            if let Some(row) = self.slips.get_mut(&it.slip.redemption) {
                row.paid = row.paid.minus(it.short).unwrap_or(row.paid);
            }
        }
        if let Event::Queue(event) = &record.event {
            self.queues.take(record, event);
        }
        let Event::Redemption(event) = &record.event else { return };
        self.queues.redeemed(record, event);
        match event {
            Happened::Reserved { slip, expires_at } => self.begin(record, slip, Some(*expires_at)),
            Happened::Sold(slip) => {
                self.begin(record, slip, None);
                self.end(record, slip, Status::Captured, None, &[]);
            }
            Happened::Captured(slip) => self.end(record, slip, Status::Captured, None, &[]),
            Happened::Voided { slip, reason, lapsed } => {
                self.end(record, slip, Status::Voided, Some(*reason), lapsed);
            }
            Happened::TimedOut { slip, lapsed } => {
                self.end(record, slip, Status::TimedOut, None, lapsed);
            }
            Happened::PartCaptured { handed, rest, lapsed } => {
                let redemption = rest.redemption;
                for line in &rest.lines {
                    let row = LeftLine { redemption, item: line.item, quantity: line.quantity };
                    self.left.add(redemption, &row);
                }
                self.end(record, handed, Status::PartCaptured, None, lapsed);
            }
            Happened::Returned(it) => self.came_back(record, it),
        }
    }

    fn begin(&mut self, record: &Record, slip: &Slip, expires_at: Option<Timestamp>) {
        let redemption = slip.redemption;
        for (ordinal, line) in (0_u16..).zip(&slip.lines) {
            let row = LineItem {
                redemption,
                ordinal,
                item: line.item,
                supplier: line.supplier,
                quantity: line.quantity,
                price: line.price,
                cost: line.cost,
                stocked: line.stocked,
            };
            self.lines.add(redemption, &row);
        }
        for (ordinal, part) in (0_u16..).zip(&slip.lots) {
            let LotTaken { lot, pool, expires_at, points } = *part;
            let row = LotUsed { redemption, ordinal, lot, pool, expires_at, points };
            self.lots.add(redemption, &row);
        }
        let row = Redemption {
            redemption,
            resident: slip.resident,
            station: slip.station,
            shift: slip.shift,
            shown: slip.shown.map(Showing::from),
            total: slip.total,
            position: record.position,
            recorded_at: record.recorded_at,
            expires_at,
            status: Status::Reserved,
            handed_shift: None,
            handed_shown: None,
            ended_position: None,
            ended_at: None,
            void_reason: None,
            lapsed: Points::ZERO,
            paid: Points::ZERO,
            returned: Points::ZERO,
        };
        self.slips.insert(redemption, row);
    }

    fn end(
        &mut self,
        record: &Record,
        slip: &Slip,
        status: Status,
        void_reason: Option<VoidReason>,
        lapsed: &[LotTaken],
    ) {
        let Some(row) = self.slips.get_mut(&slip.redemption) else { return };
        row.status = status;
        match status {
            Status::Captured | Status::PartCaptured | Status::Returned => {
                row.paid = slip.total;
                (row.handed_shift, row.handed_shown) = (slip.shift, slip.shown.map(Showing::from));
            }
            Status::Reserved | Status::Voided | Status::TimedOut => row.paid = Points::ZERO,
        }
        row.ended_position = Some(record.position);
        row.ended_at = Some(record.recorded_at);
        row.void_reason = void_reason;
        let sum = lapsed.iter().try_fold(Points::ZERO, |sum, part| sum.plus(part.points));
        row.lapsed = sum.unwrap_or(Points::ZERO);
    }

    fn came_back(&mut self, record: &Record, it: &Return) {
        let redemption = it.slip.redemption;
        for (line, fate) in it.lines() {
            let row = ReturnedLine {
                redemption,
                position: record.position,
                item: line.item,
                quantity: line.quantity,
                fate,
                reason: it.reason,
                officer: it.officer,
                recorded_at: record.recorded_at,
            };
            self.returned.add(redemption, &row);
        }
        let Some(row) = self.slips.get_mut(&redemption) else { return };
        row.returned = row.returned.plus(it.slip.total).unwrap_or(row.returned);
    }

    pub(super) async fn compare(
        &self,
        snapshot: &Snapshot,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        let slips = self.slips.values().cloned();
        merge(snapshot, slips, |row: &Redemption| row.redemption, rows).await?;
        self.lines.compare(snapshot, |row: &LineItem| row.redemption, rows).await?;
        self.lots.compare(snapshot, |row: &LotUsed| row.redemption, rows).await?;
        self.left.compare(snapshot, |row: &LeftLine| row.redemption, rows).await?;
        self.returned.compare(snapshot, |row: &ReturnedLine| row.redemption, rows).await?;
        self.vouchers.compare(snapshot, rows).await?;
        self.counter.compare(snapshot, rows).await?;
        self.bookings.compare(snapshot, rows).await?;
        self.queues.compare(snapshot, rows).await
    }
}
