//! Case files.

use deadpool_postgres::Object;
use linli_domain::award::Award;
use linli_domain::contribution::{Claim, Grade, RejectReason, Status};
use linli_domain::id::{ContributionId, OfficerId};
use linli_domain::inspection::Sample;
use linli_domain::text::Code;
use linli_domain::{
    Event, Record, area, contribution, household, inspection, officer, pool, resident, rules,
    station, supplier, wallet,
};
use linli_readmodel::ReadError;
use linli_readmodel::contributions::{
    Attached, Attaching, Awarding, Case, Changes, Finding, Inspection, Queueing, Rejecting,
    Reversing, Sampled, Verification, Verifying,
};

use super::{Fold, ordinal};
use crate::error::FoldError;

/// A case is opened by a submission and closed by an award or a rejection.
pub struct Contributions;

impl Fold for Contributions {
    type Changes = Changes;

    async fn load(_: &Object, _: &str, _: &Code) -> Result<Self, ReadError> {
        Ok(Self)
    }

    fn fold(&self, changes: &mut Changes, record: &Record) -> Result<(), FoldError> {
        match &record.event {
            Event::Contribution(event) => of_case(changes, record, event)?,
            Event::Notice(event) => super::notices::fold(changes, record, event)?,
            Event::Conduct(event) => super::conduct::fold(changes, record, event)?,
            Event::Inspection(inspection::Event::Drawn(sample)) => {
                drawn(changes, record, sample)?;
            }
            Event::Inspection(inspection::Event::Inspected { word, .. }) => {
                inspected(changes, record, *word);
            }
            Event::Team(_)
            | Event::Activity(_)
            | Event::Area(
                area::Event::Founded(_)
                | area::Event::AlertDeclared(_)
                | area::Event::AlertWithdrawn(_),
            )
            | Event::Household(household::Event::Registered(_))
            | Event::Resident(
                resident::Event::Registered(_)
                | resident::Event::VolunteerEnrolled(_)
                | resident::Event::VolunteerReferred { .. }
                | resident::Event::RankingJoined(_)
                | resident::Event::RankingLeft(_)
                | resident::Event::Moved { .. }
                | resident::Event::Pseudonym(_)
                | resident::Event::CardIssued { .. }
                | resident::Event::CardBlocked { .. }
                | resident::Event::Erased(_),
            )
            | Event::Officer(officer::Event::Appointed(_) | officer::Event::Retired(_))
            | Event::Station(station::Event::Opened(_))
            | Event::Operator(_)
            | Event::Allowance(_)
            | Event::Supplier(supplier::Event::Enrolled(_))
            | Event::Pool(pool::Event::Opened(_) | pool::Event::Funded(_))
            | Event::Rules(rules::Event::Published(_))
            | Event::Wallet(
                wallet::Event::LotExpired { .. }
                | wallet::Event::LotRecalled(_)
                | wallet::Event::Closed(_),
            )
            | Event::Hazard(_)
            | Event::Order(_)
            | Event::Whistle(_)
            | Event::Aid(_)
            | Event::Honour(_)
            | Event::Mediation(_)
            | Event::Queue(_)
            | Event::TimeBank(_)
            | Event::Estate(_)
            | Event::Item(_)
            | Event::Statement(_)
            | Event::Resource(_)
            | Event::Booking(_)
            | Event::Redemption(_)
            | Event::Voucher(_) => {}
        }
        Ok(())
    }
}

fn of_case(
    changes: &mut Changes,
    record: &Record,
    event: &contribution::Event,
) -> Result<(), FoldError> {
    match event {
        contribution::Event::Submitted { claim, grade, .. } => {
            changes.cases.insert(claim.contribution, submitted(record, claim, *grade)?);
        }
        contribution::Event::Verified(word) => verified(changes, record, *word)?,
        contribution::Event::Rejected(rejection) => {
            let contribution::Rejection { contribution, officer, reason } = *rejection;
            rejected(changes, record, contribution, (Some(officer), Some(reason)));
        }
        contribution::Event::Awarded(award) => awarded(changes, record, award),
        contribution::Event::Reversed(reversal) => reversed(changes, record, reversal.word),
        contribution::Event::Restored(it) => {
            super::notices::stands(changes, it.award.contribution, Status::Awarded);
        }
        contribution::Event::Queued(queued) => waits(changes, queued),
        contribution::Event::Attached(it) => attached(changes, record, it)?,
    }
    Ok(())
}

fn submitted(record: &Record, claim: &Claim, grade: Grade) -> Result<Case, FoldError> {
    Ok(Case {
        contribution: claim.contribution,
        resident: claim.resident,
        act: claim.act.clone(),
        grid: claim.grid,
        estate: claim.estate,
        started_at: claim.happened.start(),
        ended_at: claim.happened.end(),
        beneficiary: claim.beneficiary,
        alert: claim.alert,
        signals: claim.signals,
        attachments: ordinal(claim.attachments.len())?,
        grade,
        submitted_position: record.position,
        submitted_at: record.recorded_at,
        verifications: 0,
        queued_by: None,
        queued_until: None,
        status: Status::Pending,
        decided_position: None,
        decided_at: None,
        rejected_by: None,
        reject_reason: None,
        rules: None,
        category: None,
        minutes: None,
        minutes_kind: None,
        merit: None,
        points: None,
        pool: None,
        expires_at: None,
        reversed_position: None,
        reversed_at: None,
        reversed_by: None,
        reversal_reason: None,
    })
}

fn attached(
    changes: &mut Changes,
    record: &Record,
    it: &contribution::Attaching,
) -> Result<(), FoldError> {
    let (contribution, files) = (it.contribution, ordinal(it.files.len())?);
    let attached_at = record.recorded_at;
    changes.attached.push(Attached { contribution, position: record.position, files, attached_at });
    let count = match changes.cases.get_mut(&contribution) {
        Some(case) => &mut case.attachments,
        None => {
            let none = Attaching { contribution, attachments: 0 };
            &mut changes.attachings.entry(contribution).or_insert(none).attachments
        }
    };
    *count = count.checked_add(files).ok_or(FoldError::Range)?;
    Ok(())
}

fn waits(changes: &mut Changes, queued: &contribution::Queued) {
    let contribution = queued.word.contribution;
    let (queued_by, queued_until) = (Some(queued.word.officer), Some(queued.until));
    match changes.cases.get_mut(&contribution) {
        Some(case) => (case.queued_by, case.queued_until) = (queued_by, queued_until),
        None => {
            let queueing = Queueing { contribution, queued_by, queued_until };
            changes.queueings.insert(contribution, queueing);
        }
    }
}

fn drawn(changes: &mut Changes, record: &Record, sample: &Sample) -> Result<(), FoldError> {
    let Sample { day, awarded, .. } = *sample;
    changes.samples.push(Sampled { day, position: record.position, awarded });
    for (at, one) in sample.drawn.iter().enumerate() {
        let row = Inspection {
            contribution: one.contribution,
            day: sample.day,
            grid: one.grid,
            verifier: one.verifier,
            rate: one.rate,
            drawn_position: record.position,
            ordinal: ordinal(at)?,
            drawn_at: record.recorded_at,
            outcome: None,
            inspected_by: None,
            inspected_at: None,
        };
        changes.inspections.insert(one.contribution, row);
    }
    Ok(())
}

fn inspected(changes: &mut Changes, record: &Record, word: inspection::Inspection) {
    let inspection::Inspection { contribution, officer, outcome } = word;
    let (outcome, inspected_by) = (Some(outcome), Some(officer));
    let inspected_at = Some(record.recorded_at);
    match changes.inspections.get_mut(&contribution) {
        Some(row) => {
            (row.outcome, row.inspected_by) = (outcome, inspected_by);
            row.inspected_at = inspected_at;
        }
        None => {
            let finding = Finding { contribution, outcome, inspected_by, inspected_at };
            changes.findings.insert(contribution, finding);
        }
    }
}

fn reversed(changes: &mut Changes, record: &Record, word: contribution::Undoing) {
    let reversing = Reversing {
        contribution: word.contribution,
        status: Status::Reversed,
        reversed_position: Some(record.position),
        reversed_at: Some(record.recorded_at),
        reversed_by: Some(word.officer),
        reversal_reason: Some(word.reason),
    };
    match changes.cases.get_mut(&word.contribution) {
        Some(case) => reversing.apply(case),
        None => {
            comes_to(changes, word.contribution, Status::Reversed);
            changes.reversings.insert(word.contribution, reversing);
        }
    }
}

fn verified(
    changes: &mut Changes,
    record: &Record,
    verification: contribution::Verification,
) -> Result<(), FoldError> {
    let contribution::Verification { contribution, officer, assessed, difficulty } = verification;
    changes.verifications.push(Verification {
        contribution,
        position: record.position,
        officer,
        assessed,
        difficulty: difficulty.map(|level| level.0),
        verified_at: record.recorded_at,
    });
    changes.queueings.remove(&contribution);
    let count = match changes.cases.get_mut(&contribution) {
        Some(case) => {
            (case.queued_by, case.queued_until) = (None, None);
            &mut case.verifications
        }
        None => {
            let (queued_by, queued_until) = (None, None);
            let none = Verifying { contribution, verifications: 0, queued_by, queued_until };
            &mut changes.verifyings.entry(contribution).or_insert(none).verifications
        }
    };
    *count = count.checked_add(1).ok_or(FoldError::Range)?;
    Ok(())
}

/// The verifications of an earlier case in this batch, which its decision takes along.
fn verifications(changes: &mut Changes, contribution: ContributionId) -> u32 {
    changes.queueings.remove(&contribution);
    changes.verifyings.remove(&contribution).map_or(0, |verifying| verifying.verifications)
}

/// It is rejected: by an officer, or by a panel, which is nobody's word alone.
pub(super) fn rejected(
    changes: &mut Changes,
    record: &Record,
    contribution: ContributionId,
    (rejected_by, reject_reason): (Option<OfficerId>, Option<RejectReason>),
) {
    let (status, decided_position) = (Status::Rejected, Some(record.position));
    let decided_at = Some(record.recorded_at);
    if let Some(case) = changes.cases.get_mut(&contribution) {
        (case.status, case.decided_position) = (status, decided_position);
        (case.decided_at, case.rejected_by) = (decided_at, rejected_by);
        case.reject_reason = reject_reason;
        (case.queued_by, case.queued_until) = (None, None);
        return;
    }
    // An earlier one in the batch, which was lifted since, leaves it what it had taken along.
    let before = changes.rejectings.get(&contribution).map_or(0, |before| before.verifications);
    let rejecting = Rejecting {
        contribution,
        verifications: verifications(changes, contribution).saturating_add(before),
        queued_by: None,
        queued_until: None,
        status,
        decided_position,
        decided_at,
        rejected_by,
        reject_reason,
    };
    comes_to(changes, contribution, status);
    changes.rejectings.insert(contribution, rejecting);
}

/// What a hearing of this batch said of a case is not its last word.
fn comes_to(changes: &mut Changes, contribution: ContributionId, status: Status) {
    if let Some(standing) = changes.standings.get_mut(&contribution) {
        standing.status = status;
    }
}

fn awarded(changes: &mut Changes, record: &Record, award: &Award) {
    let mut awarding = Awarding {
        contribution: award.contribution,
        verifications: 0,
        queued_by: None,
        queued_until: None,
        status: Status::Awarded,
        decided_position: Some(record.position),
        decided_at: Some(record.recorded_at),
        rules: Some(award.rules),
        category: Some(award.category),
        minutes: Some(award.minutes),
        minutes_kind: Some(award.minutes_kind),
        merit: Some(award.merit),
        points: Some(award.points()),
        pool: award.issue.map(|issue| issue.pool),
        expires_at: award.issue.map(|issue| issue.expires_at),
    };
    match changes.cases.get_mut(&award.contribution) {
        Some(case) => awarding.apply(case),
        None => {
            awarding.verifications = verifications(changes, award.contribution);
            comes_to(changes, award.contribution, Status::Awarded);
            changes.awardings.insert(award.contribution, awarding);
        }
    }
}
