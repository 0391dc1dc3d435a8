//! Hazards, orders, whistles, mutual aid and activities as they stand.

mod activities;
mod begun;
mod cases;

use std::collections::BTreeMap;

use deadpool_postgres::Object;
use linli_domain::area::Level;
use linli_domain::id::{AidId, HazardId, OfficerId, OrderId};
use linli_domain::order::{Cause, Why};
use linli_domain::text::Code;
use linli_domain::time::Timestamp;
use linli_domain::whistle::Reply;
use linli_domain::{Event, Record, aid, hazard, order, whistle};
use linli_readmodel::orders::{
    Aid, Changes, Hazard, Open, Order, Pause, PauseState, Step, StepKind,
};
use linli_readmodel::{ReadError, Uuid};

use super::Fold;
use crate::error::FoldError;
use begun::{asked, blown, reported};

/// Remembers what is not over, and writes each row whole as it stands after a batch.
pub struct Orders(Open);

impl Fold for Orders {
    type Changes = Changes;

    async fn load(client: &Object, schema: &str, district: &Code) -> Result<Self, ReadError> {
        Open::load(client, schema, district).await.map(Self)
    }

    fn fold(&self, changes: &mut Changes, record: &Record) -> Result<(), FoldError> {
        match &record.event {
            Event::Hazard(event) => self.hazard(changes, record, event),
            Event::Order(event) => self.order(changes, record, event),
            Event::Whistle(event) => self.whistle(changes, record, event),
            Event::Aid(event) => self.aid(changes, record, event),
            Event::Activity(event) => activities::fold(changes, record, event),
            Event::Mediation(event) => {
                cases::fold(changes, record, event);
                Ok(())
            }
            Event::Honour(_)
            | Event::Queue(_)
            | Event::TimeBank(_)
            | Event::Estate(_)
            | Event::Area(_)
            | Event::Household(_)
            | Event::Resident(_)
            | Event::Officer(_)
            | Event::Station(_)
            | Event::Operator(_)
            | Event::Allowance(_)
            | Event::Supplier(_)
            | Event::Pool(_)
            | Event::Rules(_)
            | Event::Item(_)
            | Event::Statement(_)
            | Event::Resource(_)
            | Event::Booking(_)
            | Event::Contribution(_)
            | Event::Redemption(_)
            | Event::Notice(_)
            | Event::Conduct(_)
            | Event::Voucher(_)
            | Event::Team(_)
            | Event::Inspection(_)
            | Event::Wallet(_) => Ok(()),
        }
    }

    fn learn(&mut self, changes: &Changes) {
        self.0.learn(changes);
    }
}

/// The row as it stands after what was folded so far, to be changed.
fn row<'a, K: Copy + Ord, V: Clone>(
    changed: &'a mut BTreeMap<K, V>,
    known: &BTreeMap<K, V>,
    id: K,
    noun: &'static str,
) -> Result<&'a mut V, FoldError> {
    if !changed.contains_key(&id)
        && let Some(row) = known.get(&id)
    {
        changed.insert(id, row.clone());
    }
    changed.get_mut(&id).ok_or(FoldError::Unopened(noun))
}

fn count(to: &mut u32) -> Result<(), FoldError> {
    *to = to.checked_add(1).ok_or(FoldError::Range)?;
    Ok(())
}

fn step(
    changes: &mut Changes,
    record: &Record,
    file: u128,
    kind: StepKind,
    by: (Option<OfficerId>, Option<Level>),
) {
    let (officer, level) = by;
    let (file, position) = (Uuid(file), record.position);
    let happened_at = record.happened_at;
    changes.steps.push(Step { file, position, kind, officer, level, happened_at });
}

impl Orders {
    fn hazard(
        &self,
        changes: &mut Changes,
        record: &Record,
        event: &hazard::Event,
    ) -> Result<(), FoldError> {
        let of = |changes, id| hazard_row(changes, &self.0, id);
        let (hazard, kind, officer) = match event {
            hazard::Event::Reported(report) => {
                changes.hazards.insert(report.hazard, reported(record, report)?);
                (report.hazard, StepKind::Reported, None)
            }
            hazard::Event::Merged { hazard, into, officer } => {
                let row = of(changes, *hazard)?;
                (row.status, row.merged_into) = (hazard::Status::Merged, Some(*into));
                (*hazard, StepKind::Merged, *officer)
            }
            hazard::Event::Verified { hazard, officer, seriousness } => {
                of(changes, *hazard)?.seriousness = Some(*seriousness);
                (*hazard, StepKind::Verified, Some(*officer))
            }
            hazard::Event::Dismissed { hazard, officer, why, paused_until } => {
                let row = of(changes, *hazard)?;
                (row.status, row.dismissal) = (hazard::Status::Dismissed, Some(*why));
                let resident = row.reporter;
                if let Some(until) = *paused_until {
                    let (state, position) = (PauseState::Paused, record.position);
                    changes.pauses.insert(resident, Pause { resident, until, state, position });
                }
                (*hazard, StepKind::Dismissed, Some(*officer))
            }
            hazard::Event::Appealed(resident) => {
                let row = row(&mut changes.pauses, &self.0.pauses, *resident, "a pause")?;
                (row.state, row.position) = (PauseState::Appealed, record.position);
                return Ok(());
            }
            hazard::Event::Ruled { resident, ruling, .. } => {
                let row = row(&mut changes.pauses, &self.0.pauses, *resident, "a pause")?;
                row.position = record.position;
                row.state = match ruling {
                    hazard::Ruling::Lifted => PauseState::Lifted,
                    hazard::Ruling::Upheld => PauseState::Upheld,
                };
                return Ok(());
            }
        };
        step(changes, record, hazard.number(), kind, (officer, None));
        Ok(())
    }

    fn order(
        &self,
        changes: &mut Changes,
        record: &Record,
        event: &order::Event,
    ) -> Result<(), FoldError> {
        use order::{Event as Happened, Status};
        if let Happened::Opened { opening, level, due_at } = event {
            return self.opened(changes, record, opening, *level, *due_at);
        }
        let id = order_of(event);
        let row = row(&mut changes.orders, &self.0.orders, id, "an order")?;
        let (kind, officer, level) = match event {
            Happened::Opened { .. } => return Ok(()),
            Happened::Dispatched { officer, unit, level, due_at, .. } => {
                (row.unit, row.level, row.due_at) = (*unit, *level, Some(*due_at));
                (row.status, row.handler) = (Status::Dispatched, None);
                (StepKind::Dispatched, Some(*officer), Some(*level))
            }
            Happened::Accepted { officer, due_at, .. } => {
                (row.status, row.due_at) = (Status::Accepted, Some(*due_at));
                row.handler = Some(*officer);
                (StepKind::Accepted, Some(*officer), None)
            }
            Happened::Escalated { why, unit, level, due_at, .. } => {
                (row.unit, row.level, row.due_at) = (*unit, *level, Some(*due_at));
                (row.status, row.handler) = (Status::Dispatched, None);
                count(&mut row.escalations)?;
                let officer = match why {
                    Why::Overdue(_) => {
                        count(&mut row.missed)?;
                        None
                    }
                    Why::Handed { officer, .. } => Some(*officer),
                };
                (StepKind::Escalated, officer, Some(*level))
            }
            Happened::ClockMissed { .. } => {
                row.due_at = None;
                count(&mut row.missed)?;
                (StepKind::ClockMissed, None, None)
            }
            Happened::Closed { officer, due_at, .. } => {
                (row.status, row.due_at) = (Status::Closed, Some(*due_at));
                (StepKind::Closed, Some(*officer), None)
            }
            Happened::SentBack { officer, due_at, .. } => {
                (row.status, row.due_at) = (Status::Accepted, Some(*due_at));
                count(&mut row.returns)?;
                (StepKind::SentBack, Some(*officer), None)
            }
            Happened::Checked { officer, .. } => {
                (row.status, row.due_at) = (Status::Checked, None);
                (row.checker, row.checked_at) = (Some(*officer), Some(record.recorded_at));
                (StepKind::Checked, Some(*officer), None)
            }
        };
        step(changes, record, id.number(), kind, (officer, level));
        Ok(())
    }

    fn opened(
        &self,
        changes: &mut Changes,
        record: &Record,
        opening: &order::Opening,
        level: Level,
        due_at: Timestamp,
    ) -> Result<(), FoldError> {
        let order::Opening { order, cause, kind, area } = *opening;
        let (hazard, requester) = match cause {
            Cause::Hazard(hazard) => {
                hazard_row(changes, &self.0, hazard)?.status = hazard::Status::Verified;
                (Some(hazard), None)
            }
            Cause::Request(resident) => (None, Some(resident)),
        };
        let row = Order {
            order,
            hazard,
            requester,
            kind,
            area,
            opened_position: record.position,
            opened_at: record.recorded_at,
            status: order::Status::Dispatched,
            unit: area,
            level,
            handler: None,
            due_at: Some(due_at),
            missed: 0,
            escalations: 0,
            returns: 0,
            checker: None,
            checked_at: None,
        };
        changes.orders.insert(order, row);
        step(changes, record, order.number(), StepKind::Opened, (None, None));
        Ok(())
    }

    fn whistle(
        &self,
        changes: &mut Changes,
        record: &Record,
        event: &whistle::Event,
    ) -> Result<(), FoldError> {
        use whistle::{Event as Happened, Status};
        let known = &self.0.whistles;
        let (whistle, kind, officer, level) = match event {
            Happened::Blown { blast, .. } => {
                changes.whistles.extend(blown(record, event));
                (blast.whistle, StepKind::Blown, Some(blast.officer), None)
            }
            Happened::Answered { whistle, officer, reply, .. } => {
                let row = row(&mut changes.whistles, known, *whistle, "a whistle")?;
                let at = Some(record.recorded_at);
                let kind = match reply {
                    Reply::Signed => {
                        (row.status, row.signed_at) = (Status::Signed, at);
                        StepKind::Signed
                    }
                    Reply::InTouch => {
                        (row.status, row.in_touch_at) = (Status::InTouch, at);
                        StepKind::InTouch
                    }
                    Reply::OnSite => {
                        (row.status, row.on_site_at) = (Status::OnSite, at);
                        StepKind::OnSite
                    }
                };
                (*whistle, kind, Some(*officer), None)
            }
            Happened::ClockMissed { whistle, level, .. } => {
                let row = row(&mut changes.whistles, known, *whistle, "a whistle")?;
                row.level = *level;
                count(&mut row.missed)?;
                (*whistle, StepKind::ClockMissed, None, Some(*level))
            }
            Happened::Settled { whistle, officer } => {
                let row = row(&mut changes.whistles, known, *whistle, "a whistle")?;
                (row.status, row.settled_at) = (Status::Settled, Some(record.recorded_at));
                (*whistle, StepKind::Settled, Some(*officer), None)
            }
        };
        step(changes, record, whistle.number(), kind, (officer, level));
        Ok(())
    }

    fn aid(
        &self,
        changes: &mut Changes,
        record: &Record,
        event: &aid::Event,
    ) -> Result<(), FoldError> {
        use aid::{Event as Happened, Status};
        let known = &self.0;
        match event {
            Happened::Opened { opening, lapses_at } => {
                changes.aids.insert(opening.aid, asked(record, opening, *lapses_at));
            }
            Happened::Matched { aid, resident } => {
                let row = aid_row(changes, known, *aid)?;
                (row.status, row.partner) = (Status::Matched, Some(*resident));
            }
            Happened::SteppedBack { aid, .. } => {
                let row = aid_row(changes, known, *aid)?;
                (row.status, row.partner) = (Status::Open, None);
            }
            Happened::Finished { aid, resident, happened } => {
                let row = aid_row(changes, known, *aid)?;
                (row.status, row.finished_by) = (Status::Finished, Some(*resident));
                (row.started_at, row.ended_at) = (Some(happened.start()), Some(happened.end()));
            }
            Happened::Withdrawn { aid, .. } => {
                aid_row(changes, known, *aid)?.status = Status::Withdrawn
            }
            Happened::Confirmed { aid, .. } => {
                aid_row(changes, known, *aid)?.status = Status::Confirmed
            }
            Happened::Lapsed(aid) => aid_row(changes, known, *aid)?.status = Status::Lapsed,
        }
        Ok(())
    }
}

fn aid_row<'a>(changes: &'a mut Changes, open: &Open, id: AidId) -> Result<&'a mut Aid, FoldError> {
    row(&mut changes.aids, &open.aids, id, "mutual aid")
}

fn hazard_row<'a>(
    changes: &'a mut Changes,
    open: &Open,
    id: HazardId,
) -> Result<&'a mut Hazard, FoldError> {
    row(&mut changes.hazards, &open.hazards, id, "a hazard")
}

const fn order_of(event: &order::Event) -> OrderId {
    match event {
        order::Event::Opened { opening, .. } => opening.order,
        order::Event::Dispatched { order, .. }
        | order::Event::Accepted { order, .. }
        | order::Event::Escalated { order, .. }
        | order::Event::ClockMissed { order, .. }
        | order::Event::Closed { order, .. }
        | order::Event::SentBack { order, .. }
        | order::Event::Checked { order, .. } => *order,
    }
}
