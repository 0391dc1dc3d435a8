//! Changes of redemptions.

use std::collections::BTreeMap;

use linli_domain::id::{AllowanceId, BookingId, OperatorId, RedemptionId, ShiftId, VoucherId};

use super::{
    Agreement, Allowance, AllowanceEnd, AllowanceUse, Booking, BookingEnd, BookingLot, Ending,
    LeftLine, LineItem, LotUsed, OffLine, Operator, OperatorEnd, Redemption, Return, ReturnedLine,
    Shift, ShiftEnd, Voucher, VoucherEnd, VoucherLot, VoucherTries, Wait, WaitEnd,
};
use crate::error::WriteError;
use crate::projection::Projection;
use crate::write::Writer;

/// What a batch of records changes in redemptions; what becomes of a slip that was written in the
/// same batch is put into its row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is a table or a change to one, told there")]
pub struct Changes {
    pub redemptions: BTreeMap<RedemptionId, Redemption>,
    pub lines: Vec<LineItem>,
    pub lots: Vec<LotUsed>,
    pub endings: BTreeMap<RedemptionId, Ending>,
    pub left: Vec<LeftLine>,
    pub returned: Vec<ReturnedLine>,
    pub returns: BTreeMap<RedemptionId, Return>,
    pub waits: BTreeMap<RedemptionId, Wait>,
    pub wait_ends: BTreeMap<RedemptionId, WaitEnd>,
    pub vouchers: BTreeMap<VoucherId, Voucher>,
    pub voucher_lots: Vec<VoucherLot>,
    pub voucher_tries: BTreeMap<VoucherId, VoucherTries>,
    pub voucher_ends: BTreeMap<VoucherId, VoucherEnd>,
    pub bookings: BTreeMap<BookingId, Booking>,
    pub booking_lots: Vec<BookingLot>,
    pub agreements: BTreeMap<BookingId, Agreement>,
    pub booking_ends: BTreeMap<BookingId, BookingEnd>,
    pub operators: BTreeMap<OperatorId, Operator>,
    pub operator_ends: BTreeMap<OperatorId, OperatorEnd>,
    pub shifts: BTreeMap<ShiftId, Shift>,
    pub shift_ends: BTreeMap<ShiftId, ShiftEnd>,
    pub allowances: BTreeMap<AllowanceId, Allowance>,
    pub allowance_uses: BTreeMap<AllowanceId, AllowanceUse>,
    pub allowance_ends: BTreeMap<AllowanceId, AllowanceEnd>,
    pub off_line: BTreeMap<RedemptionId, OffLine>,
}

impl crate::write::Changes for Changes {
    const PROJECTION: Projection = Projection::Redemptions;

    async fn write(&self, writer: &Writer<'_>) -> Result<(), WriteError> {
        writer.insert(self.redemptions.values()).await?;
        writer.insert_by(&self.lines, |line| (line.redemption, line.ordinal)).await?;
        writer.insert_by(&self.lots, |lot| (lot.redemption, lot.ordinal)).await?;
        writer.change(self.endings.values()).await?;
        writer.insert(&self.left).await?;
        writer.insert(&self.returned).await?;
        writer.change(self.returns.values()).await?;
        writer.insert(self.waits.values()).await?;
        writer.change(self.wait_ends.values()).await?;
        writer.insert(self.vouchers.values()).await?;
        writer.insert(&self.voucher_lots).await?;
        writer.change(self.voucher_tries.values()).await?;
        writer.change(self.voucher_ends.values()).await?;
        writer.insert(self.bookings.values()).await?;
        writer.insert(&self.booking_lots).await?;
        // In this order: what was agreed in this batch may have ended in it as well.
        writer.change(self.agreements.values()).await?;
        writer.change(self.booking_ends.values()).await?;
        writer.insert(self.operators.values()).await?;
        writer.change(self.operator_ends.values()).await?;
        writer.insert(self.shifts.values()).await?;
        writer.change(self.shift_ends.values()).await?;
        writer.insert(self.allowances.values()).await?;
        writer.change(self.allowance_uses.values()).await?;
        writer.change(self.allowance_ends.values()).await?;
        // What was reported and is brought in again takes the place of what was reported.
        writer.upsert(self.off_line.values()).await
    }
}
