//! The counter's rows from the records.

use std::collections::BTreeMap;

use linli_domain::id::{AllowanceId, OperatorId, RedemptionId, ShiftId};
use linli_domain::{Event, Record, allowance, operator};
use linli_readmodel::redemptions::{Allowance, OffLine, Operator, Shift};
use linli_readmodel::{ReadError, Snapshot};

use super::Rows;
use super::merge::merge;

/// What records tell of operators, shifts, allowances and slips written off line.
#[derive(Default)]
pub(super) struct Counter {
    operators: BTreeMap<OperatorId, Operator>,
    shifts: BTreeMap<ShiftId, Shift>,
    allowances: BTreeMap<AllowanceId, Allowance>,
    slips: BTreeMap<RedemptionId, OffLine>,
}

impl Counter {
    pub(super) fn take(&mut self, record: &Record) {
        let at = (record.position, record.recorded_at);
        if let Event::Operator(event) = &record.event {
            self.operate(*event, at);
        }
        let Event::Allowance(event) = &record.event else { return };
        match event {
            allowance::Event::Granted { grant, sync_until } => {
                let row = Allowance::granted(*grant, *sync_until, at);
                self.allowances.insert(grant.allowance, row);
            }
            allowance::Event::Counted(it) => {
                self.slips.insert(it.slip.redemption, OffLine::counted(it, at));
                let Some(row) = self.allowances.get_mut(&it.allowance) else { return };
                row.slips = row.slips.saturating_add(1);
                row.spent = row.spent.plus(it.slip.total).unwrap_or(row.spent);
                row.overspent = row.overspent.plus(it.short).unwrap_or(row.overspent);
            }
            allowance::Event::Reported { slip, why } => {
                self.slips.insert(slip.redemption, OffLine::reported(slip, *why, at));
            }
            allowance::Event::Ended { allowance, by, .. } => {
                let Some(row) = self.allowances.get_mut(allowance) else { return };
                (row.ended_at, row.ended_by) = (Some(record.recorded_at), *by);
            }
        }
    }

    fn operate(
        &mut self,
        event: operator::Event,
        at: (linli_domain::Position, linli_domain::time::Timestamp),
    ) {
        match event {
            operator::Event::Enrolled(it) => {
                self.operators.insert(it.operator, Operator::enrolled(it, at));
            }
            operator::Event::Retired(operator) => {
                if let Some(row) = self.operators.get_mut(&operator) {
                    row.retired_at = Some(at.1);
                }
            }
            operator::Event::ShiftOpened(it) => {
                self.shifts.insert(it.shift, Shift::opened(it, at));
            }
            operator::Event::ShiftClosed { shift, closing } => {
                if let Some(row) = self.shifts.get_mut(&shift.shift) {
                    (row.closed_at, row.closing) = (Some(at.1), Some(closing));
                }
            }
            operator::Event::ShiftsSet { .. } => {}
        }
    }

    pub(super) async fn compare(
        &self,
        snapshot: &Snapshot,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        let operators = self.operators.values().cloned();
        merge(snapshot, operators, |row: &Operator| row.operator, rows).await?;
        let shifts = self.shifts.values().cloned();
        merge(snapshot, shifts, |row: &Shift| row.shift, rows).await?;
        let allowances = self.allowances.values().cloned();
        merge(snapshot, allowances, |row: &Allowance| row.allowance, rows).await?;
        let slips = self.slips.values().cloned();
        merge(snapshot, slips, |row: &OffLine| row.redemption, rows).await
    }
}
