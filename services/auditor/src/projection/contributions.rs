//! Contributions: the claim from the state, what was decided on it from the records; the words
//! of officers by their sums.

use std::collections::BTreeMap;

use linli_domain::award::{Award, MinutesKind};
use linli_domain::calendar::Day;
use linli_domain::contribution::{Claim, Contribution, Event as Happened, RejectReason, Undoing};
use linli_domain::id::{ContributionId, OfficerId, PoolId};
use linli_domain::notice::{Event as Heard, Outcome};
use linli_domain::quantity::{Merit, Minutes, Points};
use linli_domain::rules::{Category, RuleVersion};
use linli_domain::time::Timestamp;
use linli_domain::{Event, Position, Record, State, conduct, inspection};
use linli_readmodel::contributions::{
    Attached, Case, Hold, Inspection, ReviewVerdict, Sampled, Verification,
};
use linli_readmodel::{ReadError, Snapshot};
use rustc_hash::FxHashMap;

use super::Rows;
use super::merge::merge;
use super::notices::Notices;
use super::tally::Tally;

/// A place in the log and its time.
type Moment = (Position, Timestamp);

/// What records tell of contributions and the state forgets.
#[derive(Default)]
pub(super) struct Told {
    submitted: FxHashMap<ContributionId, Moment>,
    rejected: FxHashMap<ContributionId, (Moment, Refused)>,
    awarded: FxHashMap<ContributionId, (Moment, Awarded)>,
    reversed: FxHashMap<ContributionId, (Moment, Undoing)>,
    verifications: Tally<ContributionId>,
    attached: Tally<ContributionId>,
    samples: BTreeMap<Day, Sampled>,
    inspections: BTreeMap<ContributionId, Inspection>,
    notices: Notices,
    holds: BTreeMap<ContributionId, Hold>,
}

/// Who rejected it, and why; no officer where a panel did.
type Refused = (Option<OfficerId>, Option<RejectReason>);

/// What is shown of an award.
#[derive(Clone, Copy)]
struct Awarded {
    rules: RuleVersion,
    category: Category,
    minutes: Minutes,
    minutes_kind: MinutesKind,
    merit: Merit,
    points: Points,
    issue: Option<(PoolId, Timestamp)>,
}

impl From<&Award> for Awarded {
    fn from(award: &Award) -> Self {
        Self {
            rules: award.rules,
            category: award.category,
            minutes: award.minutes,
            minutes_kind: award.minutes_kind,
            merit: award.merit,
            points: award.points(),
            issue: award.issue.map(|issue| (issue.pool, issue.expires_at)),
        }
    }
}

impl Told {
    pub(super) fn take(&mut self, record: &Record) {
        if let Event::Inspection(event) = &record.event {
            return self.inspection(record, event);
        }
        if let Event::Conduct(event) = &record.event {
            return self.conduct(record, event);
        }
        if let Event::Notice(event) = &record.event {
            if let Heard::Decided(it) = event
                && it.outcome == Outcome::Rejected
            {
                let moment = (record.position, record.recorded_at);
                self.rejected.insert(it.contribution, (moment, (None, it.reason)));
            }
            return self.notices.take(record, event);
        }
        let Event::Contribution(event) = &record.event else { return };
        let moment = (record.position, record.recorded_at);
        match event {
            Happened::Submitted { claim, .. } => {
                self.submitted.insert(claim.contribution, moment);
            }
            Happened::Rejected(word) => {
                let why = (Some(word.officer), Some(word.reason));
                self.rejected.insert(word.contribution, (moment, why));
            }
            Happened::Awarded(award) => {
                self.awarded.insert(award.contribution, (moment, award.as_ref().into()));
            }
            Happened::Attached(it) => {
                let row = Attached {
                    contribution: it.contribution,
                    position: record.position,
                    files: u16::try_from(it.files.len()).unwrap_or(u16::MAX),
                    attached_at: record.recorded_at,
                };
                self.attached.add(it.contribution, &row);
            }
            // The state knows whose word waits, and what stands again.
            Happened::Queued(_) | Happened::Restored(_) => {}
            Happened::Reversed(reversal) => {
                let word = reversal.word;
                self.reversed.insert(word.contribution, (moment, word));
            }
            Happened::Verified(word) => {
                let row = Verification {
                    contribution: word.contribution,
                    position: record.position,
                    officer: word.officer,
                    assessed: word.assessed,
                    difficulty: word.difficulty.map(|level| level.0),
                    verified_at: record.recorded_at,
                };
                self.verifications.add(word.contribution, &row);
            }
        }
    }

    fn conduct(&mut self, record: &Record, event: &conduct::Event) {
        match event {
            conduct::Event::Held(it) => {
                let row = Hold {
                    contribution: it.contribution,
                    resident: it.resident,
                    grid: it.grid,
                    position: record.position,
                    held_at: record.recorded_at,
                    signs: u16::try_from(it.signs.len()).unwrap_or(u16::MAX),
                    verdict: None,
                    reviewed_by: None,
                    reviewed_position: None,
                    reviewed_at: None,
                };
                self.holds.insert(it.contribution, row);
            }
            conduct::Event::Reviewed(it) => {
                if let conduct::Verdict::Reject(reason) = it.verdict {
                    let moment = (record.position, record.recorded_at);
                    let why = (Some(it.officer), Some(reason));
                    self.rejected.insert(it.contribution, (moment, why));
                }
                let Some(row) = self.holds.get_mut(&it.contribution) else { return };
                row.verdict = Some(match it.verdict {
                    conduct::Verdict::Release => ReviewVerdict::Released,
                    conduct::Verdict::Reject(_) => ReviewVerdict::Rejected,
                });
                row.reviewed_by = Some(it.officer);
                row.reviewed_position = Some(record.position);
                row.reviewed_at = Some(record.recorded_at);
            }
        }
    }

    fn inspection(&mut self, record: &Record, event: &inspection::Event) {
        match event {
            inspection::Event::Drawn(sample) => {
                let (day, position) = (sample.day, record.position);
                let row = Sampled { day, position, awarded: sample.awarded };
                self.samples.insert(day, row);
                for (ordinal, one) in (0_u16..).zip(&sample.drawn) {
                    let row = Inspection {
                        contribution: one.contribution,
                        day: sample.day,
                        grid: one.grid,
                        verifier: one.verifier,
                        rate: one.rate,
                        drawn_position: record.position,
                        ordinal,
                        drawn_at: record.recorded_at,
                        outcome: None,
                        inspected_by: None,
                        inspected_at: None,
                    };
                    self.inspections.insert(one.contribution, row);
                }
            }
            inspection::Event::Inspected { word, .. } => {
                let row = self.inspections.get_mut(&word.contribution);
                row.into_iter().for_each(|row| {
                    row.outcome = Some(word.outcome);
                    row.inspected_by = Some(word.officer);
                    row.inspected_at = Some(record.recorded_at);
                });
            }
        }
    }

    pub(super) async fn compare(
        &self,
        snapshot: &Snapshot,
        state: &State,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        let cases = state.contributions().sorted().map(|(id, it)| self.case(id, it));
        merge(snapshot, cases, |row: &Case| row.contribution, rows).await?;
        merge(snapshot, self.samples.values().cloned(), |row: &Sampled| row.day, rows).await?;
        let of_inspection = |row: &Inspection| row.contribution;
        merge(snapshot, self.inspections.values().cloned(), of_inspection, rows).await?;
        self.notices.compare(snapshot, rows).await?;
        let of_hold = |row: &Hold| row.contribution;
        merge(snapshot, self.holds.values().cloned(), of_hold, rows).await?;
        self.attached.compare(snapshot, |row: &Attached| row.contribution, rows).await?;
        self.verifications.compare(snapshot, |row: &Verification| row.contribution, rows).await
    }

    fn case(&self, id: ContributionId, it: &Contribution) -> Case {
        let Claim { happened, attachments, .. } = &it.claim;
        let submitted = self.submitted.get(&id).copied().unwrap_or_default();
        let rejected = self.rejected.get(&id);
        let awarded = self.awarded.get(&id);
        let reversed = self.reversed.get(&id);
        let decided = awarded.map(|(at, _)| at).or(rejected.map(|(at, _)| at));
        let award = awarded.map(|(_, award)| award);
        Case {
            contribution: id,
            resident: it.claim.resident,
            act: it.claim.act.clone(),
            grid: it.claim.grid,
            estate: it.claim.estate,
            started_at: happened.start(),
            ended_at: happened.end(),
            beneficiary: it.claim.beneficiary,
            alert: it.claim.alert,
            signals: it.claim.signals,
            attachments: u16::try_from(attachments.len()).unwrap_or(u16::MAX),
            grade: it.grade,
            submitted_position: submitted.0,
            submitted_at: submitted.1,
            queued_by: it.queued.map(|(officer, _)| officer),
            queued_until: it.queued.map(|(_, until)| until),
            verifications: u32::try_from(it.verified_by.len()).unwrap_or(u32::MAX),
            status: it.status,
            decided_position: decided.map(|(position, _)| *position),
            decided_at: decided.map(|(_, at)| *at),
            rejected_by: rejected.and_then(|(_, (officer, _))| *officer),
            reject_reason: rejected.and_then(|(_, (_, reason))| *reason),
            rules: award.map(|award| award.rules),
            category: award.map(|award| award.category),
            minutes: award.map(|award| award.minutes),
            minutes_kind: award.map(|award| award.minutes_kind),
            merit: award.map(|award| award.merit),
            points: award.map(|award| award.points),
            pool: award.and_then(|award| award.issue).map(|(pool, _)| pool),
            expires_at: award.and_then(|award| award.issue).map(|(_, at)| at),
            reversed_position: reversed.map(|((position, _), _)| *position),
            reversed_at: reversed.map(|((_, at), _)| *at),
            reversed_by: reversed.map(|(_, word)| word.officer),
            reversal_reason: reversed.map(|(_, word)| word.reason),
        }
    }
}
