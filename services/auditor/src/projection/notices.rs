//! Notices, objections and panels, from the records.

use std::collections::BTreeMap;

use linli_domain::id::{AreaId, ContributionId, ResidentId};
use linli_domain::notice::{Event, Hearing, Member, Ruling, Stage};
use linli_domain::text::ActCode;
use linli_domain::time::Timestamp;
use linli_domain::{Position, Record};
use linli_readmodel::contributions::{Notice, Objection, Seat};
use linli_readmodel::{ReadError, Snapshot};

use super::Rows;
use super::merge::merge;
use super::tally::Tally;

/// What records tell of notices and appeals.
#[derive(Default)]
pub(super) struct Notices {
    rows: BTreeMap<(ContributionId, Hearing), Notice>,
    seats: BTreeMap<(ContributionId, Hearing, u8), Seat>,
    objections: Tally<ContributionId>,
}

impl Notices {
    pub(super) fn take(&mut self, record: &Record, event: &Event) {
        match event {
            Event::Opened(_) | Event::Appealed { .. } => self.begin(record, event),
            Event::Objected(it) => {
                let row = Objection {
                    contribution: it.contribution,
                    position: record.position,
                    resident: it.resident,
                    reason: it.reason,
                    objected_at: record.recorded_at,
                };
                self.objections.add(it.contribution, &row);
                self.change((it.contribution, Hearing::Notice), |row| {
                    row.objections = row.objections.saturating_add(1);
                });
            }
            Event::Contested { contribution, decide_by, .. } => {
                self.change((*contribution, Hearing::Notice), |row| {
                    (row.stage, row.decide_by) = (Stage::Contested, Some(*decide_by));
                });
            }
            Event::Convened { panel, hearing } => {
                let (contribution, hearing) = (panel.contribution, *hearing);
                for (seat, member) in (1_u8..).zip(&panel.members) {
                    let (officer, resident) = match *member {
                        Member::Officer(officer) => (Some(officer), None),
                        Member::Resident(resident) => (None, Some(resident)),
                    };
                    let row = Seat { contribution, hearing, seat, officer, resident, vote: None };
                    self.seats.insert((contribution, hearing, seat), row);
                }
                let seats = u16::try_from(panel.members.len()).ok();
                self.change((contribution, hearing), |row| row.seats = seats);
            }
            Event::Voted { ballot, hearing, seat } => {
                if let Some(row) = self.seats.get_mut(&(ballot.contribution, *hearing, *seat)) {
                    row.vote = Some(ballot.vote);
                }
                self.change((ballot.contribution, *hearing), |row| {
                    let count = match ballot.vote {
                        Ruling::Uphold => &mut row.upholding,
                        Ruling::Dismiss => &mut row.dismissing,
                    };
                    *count = count.saturating_add(1);
                });
            }
            Event::Unopposed(id) => self.end(record, (*id, Hearing::Notice), Stage::Unopposed),
            Event::Decided(it) => {
                let stage = match it.ruling {
                    Ruling::Uphold => Stage::Upheld,
                    Ruling::Dismiss => Stage::Dismissed,
                };
                self.end(record, (it.contribution, it.hearing), stage);
            }
        }
    }

    fn begin(&mut self, record: &Record, event: &Event) {
        let mut row = match event {
            Event::Opened(it) => Notice {
                why: Some(it.why),
                expected: Some(it.expected),
                until: Some(it.until),
                ..blank(it.contribution, it.resident, it.act.clone(), it.grid)
            },
            Event::Appealed { appeal, against, act, grid, decide_by } => Notice {
                hearing: Hearing::Appeal,
                against: Some(*against),
                stage: Stage::Contested,
                decide_by: Some(*decide_by),
                ..blank(appeal.contribution, appeal.resident, act.clone(), *grid)
            },
            Event::Objected(_)
            | Event::Unopposed(_)
            | Event::Contested { .. }
            | Event::Convened { .. }
            | Event::Voted { .. }
            | Event::Decided(_) => return,
        };
        (row.position, row.opened_at) = (record.position, record.recorded_at);
        self.rows.insert((row.contribution, row.hearing), row);
    }

    fn end(&mut self, record: &Record, key: (ContributionId, Hearing), stage: Stage) {
        self.change(key, |row| {
            row.stage = stage;
            (row.ended_position, row.ended_at) = (Some(record.position), Some(record.recorded_at));
        });
    }

    fn change(&mut self, key: (ContributionId, Hearing), to: impl FnOnce(&mut Notice)) {
        if let Some(row) = self.rows.get_mut(&key) {
            to(row);
        }
    }

    pub(super) async fn compare(
        &self,
        snapshot: &Snapshot,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        let notices = self.rows.values().cloned();
        merge(snapshot, notices, |row: &Notice| (row.contribution, row.hearing), rows).await?;
        let of_seat = |row: &Seat| (row.contribution, row.hearing, row.seat);
        merge(snapshot, self.seats.values().cloned(), of_seat, rows).await?;
        self.objections.compare(snapshot, |row: &Objection| row.contribution, rows).await
    }
}

/// A notice of which only the claim is known.
fn blank(contribution: ContributionId, resident: ResidentId, act: ActCode, grid: AreaId) -> Notice {
    Notice {
        contribution,
        hearing: Hearing::Notice,
        resident,
        act,
        grid,
        why: None,
        expected: None,
        against: None,
        position: Position::START,
        opened_at: Timestamp::default(),
        until: None,
        objections: 0,
        stage: Stage::Open,
        decide_by: None,
        seats: None,
        upholding: 0,
        dismissing: 0,
        ended_position: None,
        ended_at: None,
    }
}
