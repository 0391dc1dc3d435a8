//! Who may object, convene, vote and appeal, and what comes of a time that is over.

use crate::award::{self, Assessment, Award};
use crate::contribution::{self, Contribution, Status, elsewhere, has_authority};
use crate::id::ContributionId;
use crate::notice::{
    Against, Appeal, Ballot, Command, Convening, Decided, Event, Hearing, Member, Notice,
    OBJECTIONS_MAX, Objection, Opening, Outcome, Ruling, Stage,
};
use crate::quantity::Points;
use crate::rules::{NoticeRules, RuleSet};
use crate::time::Timestamp;
use crate::{Decision, Noun, Refusal, State};

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Object(objection) => object(state, objection),
        Command::Convene(panel) => convene(state, panel),
        Command::Vote(ballot) => vote(state, *ballot),
        Command::Appeal(appeal) => self::appeal(state, *appeal, now),
    }
}

/// What follows when enough officers have verified a contribution: its award, or its notice where
/// the rules want one.
pub(crate) fn concluded(
    rules: &RuleSet,
    award: Award,
    each: Points,
    now: Timestamp,
) -> crate::Event {
    let wanted = rules.notice.as_ref().and_then(|terms| Some((terms, terms.why(&award)?)));
    let Some((terms, why)) = wanted else {
        return contribution::Event::Awarded(Box::new(award)).into();
    };
    let expected = award.points();
    let Award { contribution, resident, act, grid, .. } = award;
    let until = rules.working_days_after(now, terms.working_days);
    let rules = rules.version;
    let it = Opening { contribution, resident, act, grid, rules, why, each, expected, until };
    Event::Opened(Box::new(it)).into()
}

fn object(state: &State, it: &Objection) -> Result<Decision, Refusal> {
    let contribution = state.contribution(it.contribution)?;
    let notice = state.notice(it.contribution, Hearing::Notice)?;
    state.resident(it.resident)?;
    if notice.stage != Stage::Open {
        return Err(Refusal::NoticeAt { found: notice.stage });
    }
    if it.resident == contribution.claim.resident {
        return Err(Refusal::OwnContribution);
    }
    if notice.objections.iter().any(|known| known.resident == it.resident) {
        return Err(Refusal::ObjectedAlready);
    }
    if notice.objections.len() >= OBJECTIONS_MAX {
        return Err(Refusal::TooManyObjections { most: OBJECTIONS_MAX });
    }
    Ok(Decision::one(Event::Objected(*it)))
}

/// The one who convenes has authority over where it was done, stands high enough, no lower than
/// whoever spoke before, and has nothing to do with the case.
fn convene(state: &State, it: &Convening) -> Result<Decision, Refusal> {
    let contribution = state.contribution(it.contribution)?;
    let (hearing, notice) = state.contested(it.contribution)?;
    if !notice.panel.is_empty() {
        return Err(Refusal::PanelSits);
    }
    let (_, terms) = state.notice_rules(contribution)?;
    let convener = has_authority(state, contribution, it.officer)?;
    convener.no_lower(state, contribution)?;
    let decider = state.fallen.get(it.contribution).and_then(|fallen| fallen.by);
    let decider = decider.filter(|_| hearing == Hearing::Appeal);
    let spoke = decider.and_then(|officer| state.officers.get(officer));
    let spoke = spoke.map(|officer| officer.appointment.duty.level());
    let needed = spoke.map_or(terms.convener, |level| level.max(terms.convener));
    let found = convener.appointment.duty.level();
    if found < needed {
        return Err(Refusal::LevelTooLow { needed, found });
    }
    let case = state.involved(it.contribution, contribution, hearing);
    if let Some(tie) = state.tie(Member::Officer(it.officer), &case) {
        return Err(Refusal::PanelMemberTied { place: 0, tie });
    }
    state.fit_panel(it, &case, terms)?;
    Ok(Decision::one(Event::Convened { panel: it.clone(), hearing }))
}

fn vote(state: &State, ballot: Ballot) -> Result<Decision, Refusal> {
    state.contribution(ballot.contribution)?;
    let (hearing, notice) = state.contested(ballot.contribution)?;
    match ballot.member {
        Member::Officer(officer) => state.officer_on_duty(officer).map(|_| ())?,
        Member::Resident(resident) => state.resident(resident).map(|_| ())?,
    }
    let mut after = notice.clone();
    let mut seats = (1_u8..).zip(&mut after.panel);
    let found = seats.find(|(_, seat)| seat.member == ballot.member);
    let (seat, taken) = found.ok_or(Refusal::NotOnPanel)?;
    if taken.vote.replace(ballot.vote).is_some() {
        return Err(Refusal::VotedAlready);
    }
    let voted = Event::Voted { ballot, hearing, seat };
    Ok(match after.majority() {
        Some(ruling) => {
            Decision::two(voted, state.decided(&after, ballot.contribution, hearing, ruling))
        }
        None => Decision::one(voted),
    })
}

/// Once, in time, by whose contribution it is.
fn appeal(state: &State, it: Appeal, now: Timestamp) -> Result<Decision, Refusal> {
    let contribution = state.contribution(it.contribution)?;
    let claim = &contribution.claim;
    if claim.resident != it.resident {
        return Err(Refusal::NotClaimant);
    }
    if state.notices.contains((it.contribution, Hearing::Appeal)) {
        return Err(Refusal::AppealedOnce);
    }
    let against = match contribution.status {
        Status::Rejected => Against::Rejection,
        Status::Reversed => Against::Reversal,
        Status::Pending | Status::Held | Status::OnNotice | Status::Awarded => {
            return Err(Refusal::NothingToAppeal);
        }
    };
    let (rules, terms) = state.notice_rules(contribution)?;
    let fallen = state.fallen.get(it.contribution).ok_or(Refusal::NoNoticeRules)?;
    if now >= fallen.until {
        return Err(Refusal::AppealClosed { closed_at: fallen.until });
    }
    // It takes its time again, which somebody else's may have filled meanwhile.
    let resident = state.resident(claim.resident)?;
    if claim.takes_time()
        && let Some((happened, other)) = resident.served.overlapping(claim.happened)
    {
        return Err(Refusal::Overlaps { other, happened });
    }
    elsewhere(state, claim)?;
    let decide_by = rules.working_days_after(now, terms.decide_working_days);
    let (act, grid) = (claim.act.clone(), claim.grid);
    Ok(Decision::one(Event::Appealed { appeal: it, against, act, grid, decide_by }))
}

/// What comes of a notice that is over: nobody objected, or a panel has to decide; it falls if the
/// claimant was erased.
pub(crate) fn ended(state: &State, id: ContributionId, at: Timestamp) -> Option<Event> {
    let notice = state.notices.get((id, Hearing::Notice))?;
    if state.is_erased(state.contributions.get(id)?.claim.resident) {
        return Some(state.decided(notice, id, Hearing::Notice, Ruling::Uphold));
    }
    if notice.objections.is_empty() {
        return Some(Event::Unopposed(id));
    }
    let (rules, terms) = state.notice_rules(state.contributions.get(id)?).ok()?;
    let objections = u8::try_from(notice.objections.len()).unwrap_or(u8::MAX);
    let decide_by = rules.working_days_after(at, terms.decide_working_days);
    Some(Event::Contested { contribution: id, objections, decide_by })
}

/// What comes of a hearing without a majority in its time: what stood before stands. Of an erased
/// claimant's nothing is awarded: who it was can't be asked, and there is no account to give it to.
pub(crate) fn late(state: &State, id: ContributionId, hearing: Hearing) -> Option<Event> {
    let notice = state.notices.get((id, hearing))?;
    let erased = state.is_erased(state.contributions.get(id)?.claim.resident);
    let ruling = match hearing {
        Hearing::Notice if erased => Ruling::Uphold,
        Hearing::Notice | Hearing::Appeal => Ruling::Dismiss,
    };
    Some(state.decided(notice, id, hearing, ruling))
}

/// The award of what stood on notice, by the rules of its time and with what caps and pools have
/// left today. It could be assessed when the notice was opened, so it can be now.
pub(crate) fn unheard(state: &State, id: ContributionId, now: Timestamp) -> Option<Award> {
    let contribution = state.contributions.get(id)?;
    let each = state.notices.get((id, Hearing::Notice))?.each;
    let rules = state.rules.in_force(contribution.claim.happened.end())?;
    let act = rules.act(&contribution.claim.act)?;
    let found = Assessment { each, difficulty: contribution.difficulty };
    award::assess(state, rules, act, contribution, found, now).ok()
}

/// Was a rejection of it lifted on appeal? Then no officer rejects it again.
pub(crate) fn reinstated(state: &State, id: ContributionId) -> bool {
    state.notices.get((id, Hearing::Appeal)).is_some_and(|appeal| appeal.stage == Stage::Upheld)
}

impl State {
    fn decided(
        &self,
        notice: &Notice,
        contribution: ContributionId,
        hearing: Hearing,
        ruling: Ruling,
    ) -> Event {
        let count = |count: usize| u8::try_from(count).unwrap_or(u8::MAX);
        let was_noticed = self.notices.contains((contribution, Hearing::Notice));
        let found = self.contributions.get(contribution);
        let was_reversed = found.is_some_and(Contribution::is_reversed);
        let outcome = match (hearing, ruling) {
            (Hearing::Notice, Ruling::Uphold) => Outcome::Rejected,
            (Hearing::Notice, Ruling::Dismiss) => Outcome::Awarded,
            // What officers had verified in full is awarded; else it waits for them again.
            (Hearing::Appeal, Ruling::Uphold) if was_reversed => Outcome::Restored,
            (Hearing::Appeal, Ruling::Uphold) if was_noticed => Outcome::Awarded,
            (Hearing::Appeal, Ruling::Uphold) => Outcome::Waits,
            (Hearing::Appeal, Ruling::Dismiss) => Outcome::Stands,
        };
        let first = notice.objections.first().filter(|_| outcome == Outcome::Rejected);
        Event::Decided(Decided {
            contribution,
            hearing,
            ruling,
            outcome,
            seats: count(notice.panel.len()),
            upholding: count(notice.votes(Ruling::Uphold)),
            dismissing: count(notice.votes(Ruling::Dismiss)),
            reason: first.map(|objection| objection.reason),
        })
    }

    fn notice(&self, id: ContributionId, hearing: Hearing) -> Result<&Notice, Refusal> {
        self.notices.get((id, hearing)).ok_or(Refusal::Unknown(Noun::Notice))
    }

    /// The hearing that waits for a panel, or for its votes.
    fn contested(&self, id: ContributionId) -> Result<(Hearing, &Notice), Refusal> {
        let last = [Hearing::Appeal, Hearing::Notice]
            .into_iter()
            .find_map(|hearing| Some((hearing, self.notices.get((id, hearing))?)));
        let (hearing, notice) = last.ok_or(Refusal::Unknown(Noun::Notice))?;
        match notice.stage {
            Stage::Contested => Ok((hearing, notice)),
            found @ (Stage::Open | Stage::Unopposed | Stage::Upheld | Stage::Dismissed) => {
                Err(Refusal::NoticeAt { found })
            }
        }
    }

    /// The rules of a contribution's time, and what they say of notices.
    pub(super) fn notice_rules(
        &self,
        contribution: &Contribution,
    ) -> Result<(&RuleSet, &NoticeRules), Refusal> {
        let rules = self.rules.in_force(contribution.claim.happened.end());
        let rules = rules.ok_or(Refusal::NoRulesInForce)?;
        Ok((rules, rules.notice.as_ref().ok_or(Refusal::NoNoticeRules)?))
    }
}
