//! What the facts of notices do to the state.

use crate::contribution::Status;
use crate::id::{ContributionId, OfficerId};
use crate::notice::{
    Appeal, Decided, Event, Fallen, Hearing, Notice, Opening, Outcome, Ruling, Seat, Stage,
};
use crate::quantity::{Minutes, Points};
use crate::state::{Law, Step, known};
use crate::time::Timestamp;
use crate::{Deadline, State};

pub(crate) fn evolve(state: &mut State, event: &Event, now: Timestamp) -> Step {
    match event {
        Event::Opened(opening) => state.noticed(opening, now),
        Event::Objected(it) => {
            state.hearing_at(it.contribution, Hearing::Notice, Stage::Open)?.objections.push(*it);
            Ok(())
        }
        Event::Unopposed(id) => {
            state.hearing_at(*id, Hearing::Notice, Stage::Open)?.stage = Stage::Unopposed;
            state.wind_hearing((*id, Hearing::Notice), Some((now, Deadline::NoticeAwards(*id))))
        }
        Event::Contested { contribution, decide_by, .. } => {
            let id = *contribution;
            state.hearing_at(id, Hearing::Notice, Stage::Open)?.stage = Stage::Contested;
            let next = (*decide_by, Deadline::HearingEnds(id, Hearing::Notice));
            state.wind_hearing((id, Hearing::Notice), Some(next))
        }
        Event::Appealed { appeal, decide_by, .. } => state.appealed(*appeal, *decide_by, now),
        Event::Convened { panel, hearing } => {
            let notice = state.hearing_at(panel.contribution, *hearing, Stage::Contested)?;
            let seat = |member| Seat { member, vote: None };
            notice.panel = panel.members.iter().copied().map(seat).collect();
            Ok(())
        }
        Event::Voted { ballot, hearing, .. } => {
            let notice = state.hearing_at(ballot.contribution, *hearing, Stage::Contested)?;
            let mut open = notice.panel.iter_mut().filter(|seat| seat.vote.is_none());
            let seat = open.find(|seat| seat.member == ballot.member);
            known(seat, ballot.member)?.vote = Some(ballot.vote);
            Ok(())
        }
        Event::Decided(decided) => state.heard(decided, now),
    }
}

impl State {
    /// It waits on notice, and its last verifier has vouched for what it would give.
    fn noticed(&mut self, it: &Opening, now: Timestamp) -> Step {
        let id = it.contribution;
        let pending =
            |found: &&mut crate::contribution::Contribution| found.status == Status::Pending;
        let contribution = known(self.contributions.get_mut(id).filter(pending), id)?;
        (contribution.status, contribution.queued) = (Status::OnNotice, None);
        let last = contribution.verified_by.last().copied();
        let notice = Notice {
            stage: Stage::Open,
            due_at: None,
            each: it.each,
            objections: Vec::new(),
            panel: Vec::new(),
        };
        self.notices.insert((id, Hearing::Notice), notice);
        if let Some(officer) = last {
            self.vouch(officer, Minutes::ZERO, it.expected, now)?;
        }
        self.wind_hearing((id, Hearing::Notice), Some((it.until, Deadline::NoticeEnds(id))))
    }

    /// The claim takes its time again until the appeal is decided, and longer if it is upheld.
    fn appealed(&mut self, it: Appeal, decide_by: Timestamp, now: Timestamp) -> Step {
        let id = it.contribution;
        self.take_time(id, now)?;
        let notice = Notice {
            stage: Stage::Contested,
            due_at: None,
            each: Points::ZERO,
            objections: Vec::new(),
            panel: Vec::new(),
        };
        self.notices.insert((id, Hearing::Appeal), notice);
        let next = (decide_by, Deadline::HearingEnds(id, Hearing::Appeal));
        self.wind_hearing((id, Hearing::Appeal), Some(next))
    }

    fn heard(&mut self, it: &Decided, now: Timestamp) -> Step {
        let id = it.contribution;
        // A notice of one who was erased falls before it is over.
        let there = |found: &&mut Notice| !found.stage.is_over();
        let notice = known(self.notices.get_mut((id, it.hearing)).filter(there), id)?;
        notice.stage = match it.ruling {
            Ruling::Uphold => Stage::Upheld,
            Ruling::Dismiss => Stage::Dismissed,
        };
        let key = (id, it.hearing);
        self.wind_hearing(key, None)?;
        let contribution = known(self.contributions.get_mut(id), id)?;
        match it.outcome {
            Outcome::Rejected => {
                contribution.status = Status::Rejected;
                self.give_time(id)?;
                self.fell(id, None, now);
            }
            Outcome::Awarded => {
                contribution.status = Status::OnNotice;
                self.wind_hearing(key, Some((now, Deadline::NoticeAwards(id))))?;
            }
            Outcome::Restored => {
                self.wind_hearing(key, Some((now, Deadline::NoticeAwards(id))))?;
            }
            Outcome::Waits => contribution.status = Status::Pending,
            Outcome::Stands => self.give_time(id)?,
        }
        Ok(())
    }

    /// A rejection, or a reversal, that the claimant may appeal against for some time, if the rules
    /// of its time know appeals and there has been none yet.
    pub(crate) fn fell(&mut self, id: ContributionId, by: Option<OfficerId>, now: Timestamp) {
        if self.notices.contains((id, Hearing::Appeal)) {
            return;
        }
        let Some(contribution) = self.contributions.get(id) else { return };
        let Ok((rules, terms)) = self.notice_rules(contribution) else { return };
        let until = rules.working_days_after(now, terms.appeal_working_days);
        self.fallen.insert(id, Fallen { by, until });
    }

    fn take_time(&mut self, id: ContributionId, now: Timestamp) -> Step {
        let claim = &known(self.contributions.get(id), id)?.claim;
        let (resident, happened) = (claim.resident, claim.happened);
        if claim.takes_time() {
            let found = known(self.residents.get_mut(resident), resident)?;
            if let Some((_, other)) = found.served.overlapping(happened) {
                return Err((Law::NoOverlap, format!("overlaps contribution {other}")));
            }
            found.served.occupy(happened, id, now);
        }
        Ok(())
    }

    fn give_time(&mut self, id: ContributionId) -> Step {
        let resident = known(self.contributions.get(id), id)?.claim.resident;
        known(self.residents.get_mut(resident), resident)?.served.vacate(id);
        Ok(())
    }

    fn hearing_at(
        &mut self,
        id: ContributionId,
        hearing: Hearing,
        stage: Stage,
    ) -> Result<&mut Notice, (Law, String)> {
        let there = |found: &&mut Notice| found.stage == stage;
        known(self.notices.get_mut((id, hearing)).filter(there), id)
    }

    /// Stops the clock of a hearing and, if there is a next one, starts that.
    fn wind_hearing(
        &mut self,
        key: (ContributionId, Hearing),
        next: Option<(Timestamp, Deadline)>,
    ) -> Step {
        let notice = known(self.notices.get_mut(key), key)?;
        let before = std::mem::replace(&mut notice.due_at, next.map(|(at, _)| at));
        if let Some(at) = before {
            let (id, hearing) = key;
            for deadline in [
                Deadline::NoticeEnds(id),
                Deadline::HearingEnds(id, hearing),
                Deadline::NoticeAwards(id),
            ] {
                self.deadlines.remove(&(at, deadline));
            }
        }
        self.deadlines.extend(next);
        Ok(())
    }

    /// What stands on notice, or before a panel since an objection, falls now.
    pub(crate) fn notice_falls(&mut self, id: ContributionId, now: Timestamp) -> Step {
        let key = (id, Hearing::Notice);
        let next = match self.notices.get(key).map(|notice| notice.stage) {
            Some(Stage::Open) => Deadline::NoticeEnds(id),
            Some(Stage::Contested) => Deadline::HearingEnds(id, Hearing::Notice),
            // What is about to be awarded is due before any wish that could break it.
            Some(Stage::Unopposed | Stage::Upheld | Stage::Dismissed) | None => return Ok(()),
        };
        self.wind_hearing(key, Some((now, next)))
    }

    /// What stood on notice was awarded: nothing is due any more.
    pub(crate) fn notice_awarded(&mut self, id: ContributionId) {
        for hearing in [Hearing::Notice, Hearing::Appeal] {
            let found = self.notices.get_mut((id, hearing));
            if let Some(at) = found.and_then(|notice| notice.due_at.take()) {
                self.deadlines.remove(&(at, Deadline::NoticeAwards(id)));
            }
        }
    }
}
