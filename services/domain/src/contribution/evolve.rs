//! What the facts of contributions do to the state.

use crate::award::Award;
use crate::contribution::{
    Attaching, Claim, Contribution, Counted, Event, Given, Grade, Restoration, Reversal, Status,
    Used, Verification,
};
use crate::honour::{self, Counts};
use crate::id::{ContributionId, OfficerId, ResidentId};
use crate::quantity::{Minutes, Points};
use crate::resident::{Change, Resident};
use crate::rules::Scope;
use crate::state::{Law, Step, known};
use crate::text::ActCode;
use crate::time::{Period, Timestamp, Window};
use crate::wallet::LotTaken;
use crate::{Deadline, State};

pub(crate) fn evolve(state: &mut State, event: &Event, now: Timestamp) -> Step {
    match event {
        Event::Submitted { claim, grade, caused_by } => {
            state.submitted(claim, *grade, now)?;
            state.referral_moved(claim.contribution, &Change::Submitted(*caused_by), now)
        }
        Event::Verified(word) => state.verified(word, now),
        Event::Queued(queued) => {
            let contribution = state.pending(queued.word.contribution)?;
            contribution.queued = Some((queued.word.officer, queued.until));
            Ok(())
        }
        Event::Rejected(word) => {
            let contribution = state.pending(word.contribution)?;
            contribution.status = Status::Rejected;
            contribution.queued = None;
            let resident = contribution.claim.resident;
            known(state.residents.get_mut(resident), resident)?.served.vacate(word.contribution);
            state.fell(word.contribution, Some(word.officer), now);
            Ok(())
        }
        Event::Awarded(award) => {
            state.awarded(award, now)?;
            state.referral_moved(award.contribution, &Change::Stands, now)
        }
        Event::Reversed(reversal) => {
            state.undone(reversal, now)?;
            let word = reversal.word;
            state.fell(word.contribution, Some(word.officer), now);
            state.take_time_back(word.contribution, now);
            state.referral_moved(word.contribution, &Change::Fell(&word), now)
        }
        Event::Restored(it) => {
            state.restored(it, now)?;
            state.referral_moved(it.award.contribution, &Change::Stands, now)
        }
        Event::Attached(it) => state.attached(it),
    }
}

impl State {
    fn pending(&mut self, id: ContributionId) -> Result<&mut Contribution, (Law, String)> {
        let pending = |found: &&mut Contribution| found.status == Status::Pending;
        known(self.contributions.get_mut(id).filter(pending), id)
    }

    fn submitted(&mut self, claim: &Claim, grade: Grade, now: Timestamp) -> Step {
        let odd = self.odd_of_seat(claim, now);
        let resident = known(self.residents.get_mut(claim.resident), claim.resident)?;
        // A mediator's time is taken since the session.
        if claim.takes_time() && !resident.served.holds(claim.happened, claim.contribution) {
            if let Some((_, other)) = resident.served.overlapping(claim.happened) {
                return Err((Law::NoOverlap, format!("overlaps contribution {other}")));
            }
            resident.served.occupy(claim.happened, claim.contribution, now);
        }
        let contribution = Contribution {
            claim: claim.clone(),
            grade,
            status: Status::Pending,
            verified_by: Vec::new(),
            difficulty: None,
            queued: None,
            given: None,
        };
        self.contributions.insert(claim.contribution, contribution);
        self.leave_traces(claim, now);
        self.seat_has_become(claim.contribution);
        self.hold_next(claim.contribution, odd, now);
        self.dispute_has_paid(claim.contribution)
    }

    fn attached(&mut self, it: &Attaching) -> Step {
        let contribution = self.pending(it.contribution)?;
        contribution.claim.attachments.extend(&it.files);
        let ended_at = contribution.claim.happened.end();
        if self.rules.in_force(ended_at).is_some_and(|rules| rules.conduct.is_some()) {
            self.leave_files(it.contribution, &it.files);
        }
        Ok(())
    }

    fn verified(&mut self, word: &Verification, now: Timestamp) -> Step {
        let contribution = self.pending(word.contribution)?;
        contribution.verified_by.push(word.officer);
        contribution.difficulty = word.difficulty;
        contribution.queued = None;
        let minutes = contribution.claim.happened.minutes();
        self.vouch(word.officer, minutes, Points::ZERO, now)
    }

    /// An officer has vouched for so much more today.
    pub(crate) fn vouch(
        &mut self,
        officer: OfficerId,
        minutes: Minutes,
        points: Points,
        now: Timestamp,
    ) -> Step {
        // Where no rules are in force there are no quotas either.
        let Some(zone) = self.rules.in_force(now).map(|rules| rules.zone) else { return Ok(()) };
        let found = known(self.officers.get_mut(officer), officer)?;
        let today = found.vouched.on(zone.day_and_minute(now).0);
        found.vouched = today
            .plus(minutes, points)
            .ok_or_else(|| (Law::Range, format!("officer {officer}")))?;
        Ok(())
    }

    fn awarded(&mut self, award: &Award, now: Timestamp) -> Step {
        let waits =
            |found: &&mut Contribution| matches!(found.status, Status::Pending | Status::OnNotice);
        let found = self.contributions.get_mut(award.contribution).filter(waits);
        let contribution = known(found, award.contribution)?;
        if !contribution.is_for(award) {
            let what = format!("contribution {} claims something else", award.contribution);
            return Err((Law::Known, what));
        }
        let noticed = contribution.status == Status::OnNotice;
        contribution.status = Status::Awarded;
        contribution.given = Some(Box::new(Given::of(award)));
        let verified_by = contribution.verified_by.clone();
        // What stood on notice was vouched for when it was opened.
        if let Some(last) = verified_by.last().filter(|_| !noticed) {
            self.vouch(*last, Minutes::ZERO, award.points(), now)?;
        }
        self.notice_awarded(award.contribution);
        self.put_into_sample(award, verified_by, now);
        let contribution = known(self.contributions.get(award.contribution), award.contribution)?;
        let resident = self.credited(award, contribution.claim.beneficiary)?;
        if let Some(issue) = award.issue {
            let lot = LotTaken {
                lot: award.contribution,
                pool: issue.pool,
                expires_at: issue.expires_at,
                points: known(award.kept(), award.contribution)?,
            };
            known(resident.wallet.put(lot), award.contribution)?;
            self.watch_lots(award.resident, &[lot]);
        }
        for part in &award.repaid {
            let wallet = known(self.wallet_mut(award.resident), award.resident)?;
            let less = part.points.negated();
            known(wallet.owe(part.debt, part.pool, less), part.debt)?;
            self.settle(part.debt, part.points)?;
        }
        honour::served(self, award, Counts::More, now)
    }

    /// Whoever served gets minutes and merit, and caps are used up. Answers the resident.
    fn credited(
        &mut self,
        award: &Award,
        beneficiary: Option<ResidentId>,
    ) -> Result<&mut Resident, (Law, String)> {
        let counts = known(self.counts(award, beneficiary), award.rules)?;
        let out_of_range = || (Law::Range, format!("resident {}", award.resident));
        let resident = known(self.residents.get_mut(award.resident), award.resident)?;
        let minutes = resident.minutes_of(award.minutes_kind);
        *minutes = minutes.plus(award.minutes).ok_or_else(out_of_range)?;
        resident.merit = resident.merit.plus(award.merit).ok_or_else(out_of_range)?;
        for Count { holder, period, counted, used } in counts {
            let holder = known(self.residents.get_mut(holder), holder)?;
            holder.served.count(period, counted, used).ok_or_else(out_of_range)?;
        }
        known(self.residents.get_mut(award.resident), award.resident)
    }

    /// What an award gave is taken back, and what it used up of caps and of the time is free again.
    fn undone(&mut self, reversal: &Reversal, now: Timestamp) -> Step {
        let Reversal { word, award, recall } = reversal;
        let id = word.contribution;
        let awarded = |found: &&mut Contribution| found.status == Status::Awarded;
        let contribution = known(self.contributions.get_mut(id).filter(awarded), id)?;
        if contribution.award().as_ref() != Some(award) {
            return Err((Law::Known, format!("contribution {id} was given something else")));
        }
        contribution.status = Status::Reversed;
        let beneficiary = contribution.claim.beneficiary;
        let counts = known(self.counts(award, beneficiary), award.rules)?;
        let out_of_range = || (Law::Range, format!("resident {}", award.resident));
        let resident = known(self.residents.get_mut(award.resident), award.resident)?;
        let minutes = resident.minutes_of(award.minutes_kind);
        *minutes = minutes.less(award.minutes);
        resident.merit = resident.merit.minus(award.merit).ok_or_else(out_of_range)?;
        resident.served.vacate(id);
        for Count { holder, period, counted, used } in counts {
            let holder = known(self.residents.get_mut(holder), holder)?;
            holder.served.uncount(period, &counted, used).ok_or_else(out_of_range)?;
        }
        honour::served(self, award, Counts::Less, now)?;
        match recall {
            Some(recall) => self.recalled(recall),
            None => Ok(()),
        }
    }

    /// What a reversal took back of merit, minutes, caps and points is given back. The claim takes its
    /// time again since the appeal.
    fn restored(&mut self, it: &Restoration, now: Timestamp) -> Step {
        let Restoration { award, back, forgiven } = it;
        let id = award.contribution;
        let reversed = |found: &&mut Contribution| found.status == Status::Reversed;
        let contribution = known(self.contributions.get_mut(id).filter(reversed), id)?;
        contribution.status = Status::Awarded;
        let beneficiary = contribution.claim.beneficiary;
        if contribution.award().as_ref() != Some(award) {
            return Err((Law::Known, format!("contribution {id} was given something else")));
        }
        let given = known(contribution.given.as_deref_mut(), id)?;
        let points = back.map_or(Points::ZERO, |part| part.points);
        given.settled = known(given.settled.minus(points), id)?;
        if let Some(at) = given.recall_at.take() {
            self.deadlines.remove(&(at, Deadline::LotRecalled(id)));
        }
        let resident = self.credited(award, beneficiary)?;
        if let Some(issue) = award.issue.filter(|_| !forgiven.is_zero()) {
            known(resident.wallet.owe(id, issue.pool, forgiven.negated()), id)?;
        }
        if let Some(part) = back {
            known(resident.wallet.restore(std::slice::from_ref(part)), id)?;
            self.watch_lots(award.resident, std::slice::from_ref(part));
        }
        self.notice_awarded(id);
        honour::served(self, award, Counts::More, now)
    }

    /// What an award uses up of which caps, by the rules that made it.
    fn counts(&self, award: &Award, beneficiary: Option<ResidentId>) -> Option<Vec<Count>> {
        let rules = self.rules.version(award.rules)?;
        let act = rules.act(&award.act)?;
        let period = |window| rules.zone.period(window, award.happened.start());
        let minutes = award.counted_minutes.get();
        let times = u32::from(!award.counted_points.is_zero() || minutes > 0);
        let used = Used { minutes, times, points: award.counted_points };
        let mut counts: Vec<Count> = Vec::new();
        for cap in &act.caps {
            let Some(window) = cap.window else { continue };
            let Some((holder, counted)) = cap.scope.counts(&award.act, award.resident, beneficiary)
            else {
                continue;
            };
            let count = Count { holder, period: period(window), counted, used };
            // Two caps over one stretch count one use.
            if !counts.contains(&count) {
                counts.push(count);
            }
        }
        let used = Used { minutes: 0, times: 1, points: award.points() };
        let month = |counted| {
            let (holder, period) = (award.resident, period(Window::Month));
            Count { holder, period, counted, used }
        };
        counts.push(month(Counted::Grade(award.grade)));
        if !act.outside_month_cap {
            counts.push(month(Counted::All));
        }
        Some(counts)
    }
}

/// What an award uses up of one cap, and in whose counts.
#[derive(PartialEq, Eq)]
struct Count {
    holder: ResidentId,
    period: Period,
    counted: Counted,
    used: Used,
}

impl Scope {
    /// In whose counts what a cap of this scope counts stands, and as what; none without the
    /// beneficiary that it takes.
    pub(crate) fn counts(
        self,
        act: &ActCode,
        resident: ResidentId,
        beneficiary: Option<ResidentId>,
    ) -> Option<(ResidentId, Counted)> {
        let act = act.clone();
        Some(match self {
            Self::Person => (resident, Counted::Act { act, with: None }),
            Self::Pair => (resident, Counted::Act { act, with: beneficiary }),
            Self::Beneficiary => (beneficiary?, Counted::Received(act)),
            // One count for both ways: it stands with the lower id.
            Self::Couple => {
                let other = beneficiary?;
                (resident.min(other), Counted::Between { act, and: resident.max(other) })
            }
        })
    }
}

impl Given {
    fn of(award: &Award) -> Self {
        Self {
            category: award.category,
            rules: award.rules,
            minutes: award.minutes,
            minutes_kind: award.minutes_kind,
            merit: award.merit,
            issue: award.issue,
            counted_minutes: award.counted_minutes,
            counted_points: award.counted_points,
            repaid: award.repaid.clone(),
            lapsed: Points::ZERO,
            settled: Points::ZERO,
            recall_at: None,
        }
    }
}
