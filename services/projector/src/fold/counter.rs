//! The counter: operators, shifts, allowances, and slips written off line.

use linli_domain::quantity::Points;
use linli_domain::{Record, allowance, operator};
use linli_readmodel::redemptions::{
    Allowance, AllowanceEnd, AllowanceUse, Changes, OffLine, Operator, OperatorEnd, Shift, ShiftEnd,
};

use super::{add_count, add_points};
use crate::error::FoldError;

pub(super) fn operated(changes: &mut Changes, record: &Record, event: operator::Event) {
    let (at, when) = ((record.position, record.recorded_at), Some(record.recorded_at));
    match event {
        operator::Event::Enrolled(it) => {
            changes.operators.insert(it.operator, Operator::enrolled(it, at));
        }
        operator::Event::Retired(operator) => match changes.operators.get_mut(&operator) {
            Some(row) => row.retired_at = when,
            None => {
                let end = OperatorEnd { operator, retired_at: when };
                changes.operator_ends.insert(operator, end);
            }
        },
        operator::Event::ShiftOpened(it) => {
            changes.shifts.insert(it.shift, Shift::opened(it, at));
        }
        operator::Event::ShiftClosed { shift, closing } => {
            let (shift, closing) = (shift.shift, Some(closing));
            match changes.shifts.get_mut(&shift) {
                Some(row) => (row.closed_at, row.closing) = (when, closing),
                None => {
                    let end = ShiftEnd { shift, closed_at: when, closing };
                    changes.shift_ends.insert(shift, end);
                }
            }
        }
        // How a station is kept stands with the station.
        operator::Event::ShiftsSet { .. } => {}
    }
}

/// What of an allowance is no redemption.
pub(super) fn allowed(
    changes: &mut Changes,
    record: &Record,
    event: &allowance::Event,
) -> Result<(), FoldError> {
    let at = (record.position, record.recorded_at);
    match event {
        allowance::Event::Granted { grant, sync_until } => {
            let row = Allowance::granted(*grant, *sync_until, at);
            changes.allowances.insert(grant.allowance, row);
        }
        allowance::Event::Counted(it) => {
            changes.off_line.insert(it.slip.redemption, OffLine::counted(it, at));
            let (slips, spent, overspent) = match changes.allowances.get_mut(&it.allowance) {
                Some(row) => (&mut row.slips, &mut row.spent, &mut row.overspent),
                None => {
                    let none = AllowanceUse {
                        allowance: it.allowance,
                        slips: 0,
                        spent: Points::ZERO,
                        overspent: Points::ZERO,
                    };
                    let used = changes.allowance_uses.entry(it.allowance).or_insert(none);
                    (&mut used.slips, &mut used.spent, &mut used.overspent)
                }
            };
            add_count(slips, 1)?;
            add_points(spent, it.slip.total)?;
            add_points(overspent, it.short)?;
        }
        allowance::Event::Reported { slip, why } => {
            changes.off_line.insert(slip.redemption, OffLine::reported(slip, *why, at));
        }
        allowance::Event::Ended { allowance, by, .. } => {
            let (ended_at, ended_by) = (Some(record.recorded_at), *by);
            match changes.allowances.get_mut(allowance) {
                Some(row) => (row.ended_at, row.ended_by) = (ended_at, ended_by),
                None => {
                    let end = AllowanceEnd { allowance: *allowance, ended_at, ended_by };
                    changes.allowance_ends.insert(*allowance, end);
                }
            }
        }
    }
    Ok(())
}
