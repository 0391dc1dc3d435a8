//! Hazards, orders, whistles and mutual aid: what stands now from the state, when and by whom from
//! the records, the steps of files by their sums.

use std::collections::BTreeMap;

use linli_domain::hazard::{Dismissal, Ruling};
use linli_domain::id::{AidId, HazardId, OfficerId, OrderId, ResidentId, WhistleId};
use linli_domain::order::{Cause, Why};
use linli_domain::time::Timestamp;
use linli_domain::whistle::Reply;
use linli_domain::{Event, Position, Record, State, aid, hazard, order, whistle};
use linli_readmodel::orders::{Aid, Hazard, Order, Pause, PauseState, Step, Whistle};
use linli_readmodel::{ReadError, Snapshot, Uuid};

use super::Rows;
use super::activities::Activities;
use super::cases::Cases;
use super::merge::merge;
use super::steps::{level_of, officer_of, step_of};
use super::tally::Tally;

/// Where and when something began.
type Begun = (Position, Timestamp);

#[derive(Default)]
struct HazardTold {
    begun: Begun,
    into: Option<HazardId>,
    dismissal: Option<Dismissal>,
    reporter: Option<ResidentId>,
}

#[derive(Default)]
struct OrderTold {
    begun: Begun,
    missed: u32,
    escalations: u32,
    returns: u32,
    checked: Option<(OfficerId, Timestamp)>,
}

#[derive(Default)]
struct WhistleTold {
    begun: Begun,
    by: [Timestamp; 3],
    missed: u32,
    answered: [Option<Timestamp>; 3],
    settled: Option<Timestamp>,
}

/// What records tell of orders and the state forgets.
#[derive(Default)]
pub(super) struct Told {
    hazards: BTreeMap<HazardId, HazardTold>,
    pauses: BTreeMap<ResidentId, Pause>,
    orders: BTreeMap<OrderId, OrderTold>,
    whistles: BTreeMap<WhistleId, WhistleTold>,
    aids: BTreeMap<AidId, Begun>,
    activities: Activities,
    cases: Cases,
    steps: Tally<u128>,
}

impl Told {
    pub(super) fn take(&mut self, record: &Record) {
        if let Some((file, kind)) = step_of(&record.event) {
            let row = Step {
                file: Uuid(file),
                position: record.position,
                kind,
                officer: officer_of(&record.event),
                level: level_of(&record.event),
                happened_at: record.happened_at,
            };
            self.steps.add(file, &row);
        }
        match &record.event {
            Event::Hazard(event) => self.hazard(record, event),
            Event::Order(event) => self.order(record, event),
            Event::Whistle(event) => self.whistle(record, event),
            Event::Aid(aid::Event::Opened { opening, .. }) => {
                self.aids.insert(opening.aid, (record.position, record.recorded_at));
            }
            Event::Activity(event) => self.activities.take(record, event),
            Event::Mediation(event) => self.cases.take(record, event),
            Event::Aid(
                aid::Event::Matched { .. }
                | aid::Event::SteppedBack { .. }
                | aid::Event::Withdrawn { .. }
                | aid::Event::Finished { .. }
                | aid::Event::Confirmed { .. }
                | aid::Event::Lapsed(_),
            )
            | Event::Honour(_)
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
            | Event::Wallet(_) => {}
        }
    }

    fn hazard(&mut self, record: &Record, event: &hazard::Event) {
        let position = record.position;
        match event {
            hazard::Event::Reported(report) => {
                let told = self.hazards.entry(report.hazard).or_default();
                told.begun = (position, record.recorded_at);
                told.reporter = Some(report.reporter);
            }
            hazard::Event::Merged { hazard, into, .. } => {
                self.hazards.entry(*hazard).or_default().into = Some(*into);
            }
            hazard::Event::Verified { .. } => {}
            hazard::Event::Dismissed { hazard, why, paused_until, .. } => {
                let told = self.hazards.entry(*hazard).or_default();
                told.dismissal = Some(*why);
                if let (Some(resident), Some(until)) = (told.reporter, *paused_until) {
                    let state = PauseState::Paused;
                    self.pauses.insert(resident, Pause { resident, until, state, position });
                }
            }
            hazard::Event::Appealed(resident) => {
                self.pause(*resident, PauseState::Appealed, position);
            }
            hazard::Event::Ruled { resident, ruling: Ruling::Lifted, .. } => {
                self.pause(*resident, PauseState::Lifted, position);
            }
            hazard::Event::Ruled { resident, ruling: Ruling::Upheld, .. } => {
                self.pause(*resident, PauseState::Upheld, position);
            }
        }
    }

    fn pause(&mut self, resident: ResidentId, state: PauseState, position: Position) {
        if let Some(pause) = self.pauses.get_mut(&resident) {
            (pause.state, pause.position) = (state, position);
        }
    }

    fn order(&mut self, record: &Record, event: &order::Event) {
        let more = |count: &mut u32| *count = count.saturating_add(1);
        match event {
            order::Event::Opened { opening, .. } => {
                self.of_order(&opening.order).begun = (record.position, record.recorded_at);
            }
            order::Event::Escalated { order, why, .. } => {
                more(&mut self.of_order(order).escalations);
                if matches!(why, Why::Overdue(_)) {
                    more(&mut self.of_order(order).missed);
                }
            }
            order::Event::ClockMissed { order, .. } => more(&mut self.of_order(order).missed),
            order::Event::SentBack { order, .. } => more(&mut self.of_order(order).returns),
            order::Event::Checked { order, officer } => {
                self.of_order(order).checked = Some((*officer, record.recorded_at));
            }
            order::Event::Dispatched { .. }
            | order::Event::Accepted { .. }
            | order::Event::Closed { .. } => {}
        }
    }

    fn whistle(&mut self, record: &Record, event: &whistle::Event) {
        match event {
            whistle::Event::Blown { blast, sign_by, in_touch_by, on_site_by } => {
                let told = self.of_whistle(&blast.whistle);
                told.begun = (record.position, record.recorded_at);
                told.by = [*sign_by, *in_touch_by, *on_site_by];
            }
            whistle::Event::Answered { whistle, reply, .. } => {
                let [signed, in_touch, on_site] = &mut self.of_whistle(whistle).answered;
                let answered = match reply {
                    Reply::Signed => signed,
                    Reply::InTouch => in_touch,
                    Reply::OnSite => on_site,
                };
                *answered = Some(record.recorded_at);
            }
            whistle::Event::ClockMissed { whistle, .. } => {
                let told = self.of_whistle(whistle);
                told.missed = told.missed.saturating_add(1);
            }
            whistle::Event::Settled { whistle, .. } => {
                self.of_whistle(whistle).settled = Some(record.recorded_at);
            }
        }
    }

    fn of_order(&mut self, order: &OrderId) -> &mut OrderTold {
        self.orders.entry(*order).or_default()
    }

    fn of_whistle(&mut self, whistle: &WhistleId) -> &mut WhistleTold {
        self.whistles.entry(*whistle).or_default()
    }

    pub(super) async fn compare(
        &self,
        snapshot: &Snapshot,
        state: &State,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        let hazards = state.hazards().sorted().map(|(id, it)| self.hazard_row(id, it));
        merge(snapshot, hazards, |row: &Hazard| row.hazard, rows).await?;
        let pauses = self.pauses.values().cloned();
        merge(snapshot, pauses, |row: &Pause| row.resident, rows).await?;
        let orders = state.orders().sorted().map(|(id, it)| self.order_row(id, it));
        merge(snapshot, orders, |row: &Order| row.order, rows).await?;
        let whistles = state.whistles().sorted().map(|(id, it)| self.whistle_row(id, it));
        merge(snapshot, whistles, |row: &Whistle| row.whistle, rows).await?;
        let aids = state.aids().sorted().map(|(id, it)| self.aid_row(id, it));
        merge(snapshot, aids, |row: &Aid| row.aid, rows).await?;
        self.activities.compare(snapshot, rows).await?;
        self.cases.compare(snapshot, rows).await?;
        self.steps.compare(snapshot, |row: &Step| row.file.0, rows).await
    }

    fn hazard_row(&self, hazard: HazardId, it: &hazard::Hazard) -> Hazard {
        let told = self.hazards.get(&hazard);
        let (reported_position, reported_at) = told.map(|told| told.begun).unwrap_or_default();
        let report = &it.report;
        Hazard {
            hazard,
            reporter: report.reporter,
            kind: report.kind,
            seen_as: report.seriousness,
            area: report.area,
            estate: report.estate,
            seen_at: report.seen_at,
            evidence: u16::try_from(report.evidence.len()).unwrap_or(u16::MAX),
            reported_position,
            reported_at,
            status: it.status,
            merged_into: told.and_then(|told| told.into),
            seriousness: it.words.last().map(|(_, said)| *said),
            dismissal: told.and_then(|told| told.dismissal),
        }
    }

    fn order_row(&self, order: OrderId, it: &order::Order) -> Order {
        let nothing = OrderTold::default();
        let told = self.orders.get(&order).unwrap_or(&nothing);
        let (hazard, requester) = match it.opening.cause {
            Cause::Hazard(hazard) => (Some(hazard), None),
            Cause::Request(resident) => (None, Some(resident)),
        };
        Order {
            order,
            hazard,
            requester,
            kind: it.opening.kind,
            area: it.opening.area,
            opened_position: told.begun.0,
            opened_at: told.begun.1,
            status: it.status,
            unit: it.unit,
            level: it.level,
            handler: it.handler,
            due_at: it.due_at,
            missed: told.missed,
            escalations: told.escalations,
            returns: told.returns,
            checker: told.checked.map(|(officer, _)| officer),
            checked_at: told.checked.map(|(_, at)| at),
        }
    }

    fn whistle_row(&self, whistle: WhistleId, it: &whistle::Whistle) -> Whistle {
        let nothing = WhistleTold::default();
        let told = self.whistles.get(&whistle).unwrap_or(&nothing);
        let [sign_by, in_touch_by, on_site_by] = told.by;
        let [signed_at, in_touch_at, on_site_at] = told.answered;
        Whistle {
            whistle,
            kind: it.blast.kind,
            officer: it.blast.officer,
            called: it.blast.called,
            order: it.blast.order,
            blown_position: told.begun.0,
            blown_at: told.begun.1,
            sign_by,
            in_touch_by,
            on_site_by,
            status: it.status,
            level: it.level,
            missed: told.missed,
            signed_at,
            in_touch_at,
            on_site_at,
            settled_at: told.settled,
        }
    }

    fn aid_row(&self, aid: AidId, it: &aid::Aid) -> Aid {
        let (opened_position, opened_at) = self.aids.get(&aid).copied().unwrap_or_default();
        let happened = it.finished.map(|(_, happened)| happened);
        Aid {
            aid,
            kind: it.opening.kind,
            opener: it.opening.resident,
            help: it.opening.help,
            grid: it.opening.grid,
            estate: it.opening.estate,
            opened_position,
            opened_at,
            lapses_at: it.lapses_at,
            status: it.status,
            partner: it.partner,
            finished_by: it.finished.map(|(resident, _)| resident),
            started_at: happened.map(|happened| happened.start()),
            ended_at: happened.map(|happened| happened.end()),
        }
    }
}
