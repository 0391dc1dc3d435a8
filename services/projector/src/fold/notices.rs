//! Notices, objections, panels and appeals.

use linli_domain::Record;
use linli_domain::contribution::Status;
use linli_domain::id::ContributionId;
use linli_domain::notice::{Decided, Event, Hearing, Member, Opening, Outcome, Ruling, Stage};
use linli_readmodel::contributions::{
    Changes, Contesting, Ending, Notice, Objecting, Objection, Seat, Seating, Standing, Vote,
    Voting,
};

use super::{contributions, ordinal};
use crate::error::FoldError;

pub(super) fn fold(changes: &mut Changes, record: &Record, event: &Event) -> Result<(), FoldError> {
    match event {
        Event::Opened(it) => {
            changes.notices.insert((it.contribution, Hearing::Notice), opened(record, it));
            stands(changes, it.contribution, Status::OnNotice);
        }
        Event::Objected(it) => {
            changes.objections.push(Objection {
                contribution: it.contribution,
                position: record.position,
                resident: it.resident,
                reason: it.reason,
                objected_at: record.recorded_at,
            });
            return objected(changes, it.contribution);
        }
        Event::Unopposed(id) => ended(changes, record, (*id, Hearing::Notice), Stage::Unopposed),
        Event::Contested { contribution, decide_by, .. } => {
            let key = (*contribution, Hearing::Notice);
            let (stage, decide_by) = (Stage::Contested, Some(*decide_by));
            match changes.notices.get_mut(&key) {
                Some(row) => (row.stage, row.decide_by) = (stage, decide_by),
                None => {
                    let (contribution, hearing) = key;
                    let change = Contesting { contribution, hearing, stage, decide_by };
                    changes.contestings.insert(key, change);
                }
            }
        }
        Event::Appealed { appeal, against, act, grid, decide_by } => {
            let row = Notice {
                contribution: appeal.contribution,
                hearing: Hearing::Appeal,
                resident: appeal.resident,
                act: act.clone(),
                grid: *grid,
                why: None,
                expected: None,
                against: Some(*against),
                position: record.position,
                opened_at: record.recorded_at,
                until: None,
                objections: 0,
                stage: Stage::Contested,
                decide_by: Some(*decide_by),
                seats: None,
                upholding: 0,
                dismissing: 0,
                ended_position: None,
                ended_at: None,
            };
            changes.notices.insert((appeal.contribution, Hearing::Appeal), row);
        }
        Event::Convened { panel, hearing } => {
            return convened(changes, (panel.contribution, *hearing), &panel.members);
        }
        Event::Voted { ballot, hearing, seat } => {
            return voted(changes, (ballot.contribution, *hearing), *seat, ballot.vote);
        }
        Event::Decided(it) => decided(changes, record, it),
    }
    Ok(())
}

/// The row of a notice that was opened.
fn opened(record: &Record, it: &Opening) -> Notice {
    Notice {
        contribution: it.contribution,
        hearing: Hearing::Notice,
        resident: it.resident,
        act: it.act.clone(),
        grid: it.grid,
        why: Some(it.why),
        expected: Some(it.expected),
        against: None,
        position: record.position,
        opened_at: record.recorded_at,
        until: Some(it.until),
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

/// Where a case stands from now on: the last word of a batch is written last.
pub(super) fn stands(changes: &mut Changes, contribution: ContributionId, status: Status) {
    match changes.cases.get_mut(&contribution) {
        Some(case) => {
            case.status = status;
            (case.queued_by, case.queued_until) = (None, None);
        }
        None => {
            changes.standings.insert(contribution, Standing { contribution, status });
        }
    }
}

fn objected(changes: &mut Changes, contribution: ContributionId) -> Result<(), FoldError> {
    let key = (contribution, Hearing::Notice);
    let count = match changes.notices.get_mut(&key) {
        Some(row) => &mut row.objections,
        None => {
            let none = Objecting { contribution, hearing: Hearing::Notice, objections: 0 };
            &mut changes.objectings.entry(key).or_insert(none).objections
        }
    };
    *count = count.checked_add(1).ok_or(FoldError::Range)?;
    Ok(())
}

fn ended(changes: &mut Changes, record: &Record, key: (ContributionId, Hearing), stage: Stage) {
    let (ended_position, ended_at) = (Some(record.position), Some(record.recorded_at));
    match changes.notices.get_mut(&key) {
        Some(row) => {
            (row.stage, row.ended_position, row.ended_at) = (stage, ended_position, ended_at);
        }
        None => {
            let (contribution, hearing) = key;
            let ending = Ending { contribution, hearing, stage, ended_position, ended_at };
            changes.endings.insert(key, ending);
        }
    }
}

fn convened(
    changes: &mut Changes,
    key: (ContributionId, Hearing),
    members: &[Member],
) -> Result<(), FoldError> {
    let (contribution, hearing) = key;
    for (seat, member) in (1_u8..).zip(members) {
        let (officer, resident) = match *member {
            Member::Officer(officer) => (Some(officer), None),
            Member::Resident(resident) => (None, Some(resident)),
        };
        let row = Seat { contribution, hearing, seat, officer, resident, vote: None };
        changes.seats.insert((contribution, hearing, seat), row);
    }
    let seats = Some(ordinal(members.len())?);
    match changes.notices.get_mut(&key) {
        Some(row) => row.seats = seats,
        None => {
            changes.seatings.insert(key, Seating { contribution, hearing, seats });
        }
    }
    Ok(())
}

fn voted(
    changes: &mut Changes,
    key: (ContributionId, Hearing),
    seat: u8,
    vote: Ruling,
) -> Result<(), FoldError> {
    let (contribution, hearing) = key;
    match changes.seats.get_mut(&(contribution, hearing, seat)) {
        Some(row) => row.vote = Some(vote),
        None => {
            let change = Vote { contribution, hearing, seat, vote: Some(vote) };
            changes.votes.insert((contribution, hearing, seat), change);
        }
    }
    let (upholding, dismissing) = match changes.notices.get_mut(&key) {
        Some(row) => (&mut row.upholding, &mut row.dismissing),
        None => {
            let none = Voting { contribution, hearing, upholding: 0, dismissing: 0 };
            let voting = changes.votings.entry(key).or_insert(none);
            (&mut voting.upholding, &mut voting.dismissing)
        }
    };
    let count = match vote {
        Ruling::Uphold => upholding,
        Ruling::Dismiss => dismissing,
    };
    *count = count.checked_add(1).ok_or(FoldError::Range)?;
    Ok(())
}

fn decided(changes: &mut Changes, record: &Record, it: &Decided) {
    let stage = match it.ruling {
        Ruling::Uphold => Stage::Upheld,
        Ruling::Dismiss => Stage::Dismissed,
    };
    ended(changes, record, (it.contribution, it.hearing), stage);
    match it.outcome {
        Outcome::Rejected => {
            contributions::rejected(changes, record, it.contribution, (None, it.reason));
        }
        // It was on notice, or is again.
        Outcome::Awarded => stands(changes, it.contribution, Status::OnNotice),
        Outcome::Waits => stands(changes, it.contribution, Status::Pending),
        // What is given back is a fact of its own.
        Outcome::Restored | Outcome::Stands => {}
    }
}
