//! Who may do what with a case.

use crate::area::Level;
use crate::contribution::{self, ReversalReason, Undoing, present_at, timely};
use crate::id::{CaseId, ContributionId, MediatorId, OfficerId, ResidentId};
use crate::mediation::pay::pay;
use crate::mediation::{
    Case, Command, Event, Mediator, Opening, Pay, Place, SealedFile, Session, Settlement, Sitter,
    Status, Tier,
};
use crate::officer::Officer;
use crate::time::{Interval, Timestamp};
use crate::{Decision, Noun, Refusal, State};

/// The most parties of one case: more is no dispute between neighbours, but a department's business.
pub const PARTIES_MAX: usize = 16;

/// The most places at one table. All their contributions begin with one record's command.
pub const TABLE_MAX: usize = 12;

/// The most sessions of one case: with the agreement, their minutes are as many files as one
/// contribution may have.
pub const SESSIONS_MAX: usize = 15;

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Open(opening) => open(state, opening, now),
        Command::Join { place, officer } => join(state, *place, *officer),
        Command::Sit(session) => sit(state, session, now),
        Command::Settle { case, officer, settlement } => {
            settle(state, *case, *officer, *settlement, now)
        }
        Command::Perform { case, officer } => perform(state, *case, *officer, now),
        Command::Break { case, officer } => break_off(state, *case, *officer),
        Command::Close { case, officer, tier } => close(state, *case, *officer, *tier, now),
        Command::Reopen { case, officer } => {
            let found = at(state, *case, &[Status::Unsettled, Status::Broken])?;
            in_charge(state, &found.opening, *officer)?;
            Ok(Decision::one(Event::Reopened { case: *case, officer: *officer }))
        }
    }
}

fn open(state: &State, opening: &Opening, now: Timestamp) -> Result<Decision, Refusal> {
    if state.cases.contains(opening.case) {
        return Err(Refusal::AlreadyExists(Noun::Case));
    }
    let (_, rules) = state.mediation_rules(now)?;
    let level = state.area(opening.grid)?.level;
    if level != Level::Grid {
        return Err(Refusal::WrongLevel { expected: Some(Level::Grid), found: Some(level) });
    }
    if let Some(estate) = opening.estate {
        state.of_estate(estate, opening.grid)?;
    }
    let parties = &opening.parties;
    let fit =
        (1..=PARTIES_MAX).contains(&parties.len()) && parties.is_sorted_by(|one, next| one < next);
    if !fit {
        return Err(Refusal::InvalidParties { most: PARTIES_MAX });
    }
    parties.iter().try_for_each(|party| state.resident(*party).map(|_| ()))?;
    in_charge(state, opening, opening.officer)?;
    let since = now.days_before(rules.same_dispute_days);
    let dispute = match opening.again {
        Some(earlier) => state.case(earlier)?.dispute,
        None => state.disputed_before(opening, since).unwrap_or(opening.case),
    };
    Ok(Decision::one(Event::Opened { opening: opening.clone(), dispute }))
}

fn join(state: &State, place: Place, officer: OfficerId) -> Result<Decision, Refusal> {
    let found = at(state, place.case, &[Status::Open])?;
    in_charge(state, &found.opening, officer)?;
    state.unnumbered(place.mediator.number(), Noun::Mediator)?;
    if found.table.len() >= TABLE_MAX {
        return Err(Refusal::TableFull { most: TABLE_MAX });
    }
    match place.sitter {
        Sitter::Resident(resident) if !state.resident(resident)?.volunteer => {
            return Err(Refusal::NotVolunteer);
        }
        Sitter::Officer(officer) => state.officer_on_duty(officer).map(|_| ())?,
        Sitter::Resident(_) | Sitter::Delegate => {}
    }
    let person = state.sitter(place.sitter);
    if person.is_some_and(|person| state.is_party(&found.opening, person)) {
        return Err(Refusal::PartyMediates);
    }
    let sits = |one: &Mediator| {
        (one.place.sitter == place.sitter && place.sitter != Sitter::Delegate)
            || (person.is_some() && state.sitter(one.place.sitter) == person)
    };
    if state.table(found).any(sits) {
        return Err(Refusal::AtTable);
    }
    Ok(Decision::one(Event::Joined { place, officer }))
}

fn sit(state: &State, session: &Session, now: Timestamp) -> Result<Decision, Refusal> {
    let found = at(state, session.case, &[Status::Open])?;
    in_charge(state, &found.opening, session.officer)?;
    let Session { happened, sat, .. } = session;
    let (rules, _) = state.mediation_rules(happened.end())?;
    timely(rules, *happened, now)?;
    if usize::from(found.sessions) >= SESSIONS_MAX {
        return Err(Refusal::TooManySessions { most: SESSIONS_MAX });
    }
    if sat.is_empty() {
        return Err(Refusal::NobodySat);
    }
    if !sat.is_sorted_by(|one, next| one < next) {
        return Err(Refusal::AtTable);
    }
    sat.iter().try_for_each(|id| free(state, found, *id, *happened))?;
    Ok(Decision::one(Event::Sat(session.clone())))
}

/// One at this case's table, who was nowhere else at that time. What is entered here takes the time,
/// so the contribution that follows one day always fits.
fn free(state: &State, case: &Case, id: MediatorId, happened: Interval) -> Result<(), Refusal> {
    let here = case.table.contains(&id);
    let found = state.mediators.get(id).filter(|_| here).ok_or(Refusal::Unknown(Noun::Mediator))?;
    let Sitter::Resident(resident) = found.place.sitter else { return Ok(()) };
    match state.resident(resident)?.served.overlapping(happened) {
        Some((happened, other)) => Err(Refusal::Overlaps { other, happened }),
        None => present_at(state, resident, happened),
    }
}

fn settle(
    state: &State,
    id: CaseId,
    officer: OfficerId,
    settlement: Settlement,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let found = at(state, id, &[Status::Open])?;
    from_outside(state, found, officer)?;
    let (_, rules) = state.mediation_rules(found.last_ended_at.ok_or(Refusal::NobodySat)?)?;
    let terms = rules.of(settlement.tier);
    if terms.written && settlement.agreement.is_none() {
        return Err(Refusal::AgreementNeeded);
    }
    let (pay, follows) = match terms.performed {
        true if !state.has_paid(found) => (Pay::OncePerformed, Vec::new()),
        true | false => pay(state, found, settlement, false, now)?,
    };
    Ok(Decision::many(Event::Settled { case: id, officer, settlement, pay }, follows))
}

fn perform(
    state: &State,
    id: CaseId,
    officer: OfficerId,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let found = at(state, id, &[Status::Settled])?;
    from_outside(state, found, officer)?;
    let settlement = settled(found)?;
    let (pay, follows) = pay(state, found, settlement, false, now)?;
    Ok(Decision::many(Event::Performed { case: id, officer, settlement, pay }, follows))
}

/// What was awarded is taken back by the same word, so it has to be one that could do so.
fn break_off(state: &State, id: CaseId, officer: OfficerId) -> Result<Decision, Refusal> {
    let found = at(state, id, &[Status::Settled, Status::Performed])?;
    from_outside(state, found, officer)?;
    let settlement = settled(found)?;
    let mut follows = Vec::new();
    for one in state.table(found) {
        let (contribution, reason) = (one.place.mediator.contribution(), ReversalReason::Broken);
        let awarded = state.contributions.get(contribution).filter(|it| it.is_awarded());
        // What was spent by one who was erased would be owed by nobody.
        if awarded.is_some_and(|it| !state.is_erased(it.claim.resident)) {
            let word = Undoing { contribution, officer, reason };
            follows.push(contribution::undone(state, &word)?.into());
        }
    }
    Ok(Decision::many(Event::Broken { case: id, officer, settlement }, follows))
}

fn close(
    state: &State,
    id: CaseId,
    officer: OfficerId,
    tier: Tier,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let found = at(state, id, &[Status::Open])?;
    from_outside(state, found, officer)?;
    if found.sessions == 0 {
        return Err(Refusal::NobodySat);
    }
    let unsettled = Settlement { tier, agreement: None };
    let (pay, follows) = pay(state, found, unsettled, true, now)?;
    Ok(Decision::many(Event::Closed { case: id, officer, tier, pay }, follows))
}

fn settled(case: &Case) -> Result<Settlement, Refusal> {
    case.settlement.ok_or(Refusal::CaseAt { found: case.status })
}

fn at<'a>(state: &'a State, id: CaseId, any: &[Status]) -> Result<&'a Case, Refusal> {
    let found = state.case(id)?;
    if any.contains(&found.status) {
        Ok(found)
    } else {
        Err(Refusal::CaseAt { found: found.status })
    }
}

/// An officer on duty, with authority over where the dispute is, and neither a party nor of the household
/// of one.
fn in_charge<'a>(
    state: &'a State,
    case: &Opening,
    officer: OfficerId,
) -> Result<&'a Officer, Refusal> {
    let officer = state.officer_on_duty(officer)?;
    if !state.lies_in(case.grid, officer.appointment.area) {
        return Err(Refusal::OutsideAuthority);
    }
    case.parties.iter().try_for_each(|party| state.uninvolved(officer, *party))?;
    Ok(officer)
}

/// One in charge who didn't sit at the table, nor lives with anybody who did: what a case is worth to
/// those who sat is for others to say.
fn from_outside(state: &State, case: &Case, officer: OfficerId) -> Result<(), Refusal> {
    let officer = in_charge(state, &case.opening, officer)?;
    away(state, case, officer)
}

fn away(state: &State, case: &Case, officer: &Officer) -> Result<(), Refusal> {
    let own = Sitter::Officer(officer.appointment.officer);
    for one in state.table(case) {
        let tied = state
            .sitter(one.place.sitter)
            .is_some_and(|person| state.uninvolved(officer, person).is_err());
        if one.place.sitter == own || tied {
            return Err(Refusal::AtTable);
        }
    }
    Ok(())
}

/// Refuses an officer's word on a mediator's contribution if the officer was a party of the case, or sat
/// at its table.
pub(crate) fn outside(
    state: &State,
    contribution: ContributionId,
    officer: &Officer,
) -> Result<(), Refusal> {
    let Some(case) = state.case_of(contribution) else { return Ok(()) };
    let parties = &case.opening.parties;
    parties.iter().try_for_each(|party| state.uninvolved(officer, *party))?;
    away(state, case, officer)
}

impl State {
    /// Is the resident a party, or of the household of one?
    fn is_party(&self, case: &Opening, resident: ResidentId) -> bool {
        let home = |id: ResidentId| self.residents.get(id).map(|it| it.registration.household);
        case.parties.iter().any(|party| *party == resident || home(*party) == home(resident))
    }

    /// Has the dispute of this case paid?
    pub(super) fn has_paid(&self, case: &Case) -> bool {
        self.cases.get(case.dispute).is_some_and(|first| first.paid)
    }

    /// The dispute that the parties had before, about the same, since then: the oldest, if there are
    /// several.
    fn disputed_before(&self, opening: &Opening, since: Timestamp) -> Option<CaseId> {
        let known = self.pairs(&opening.parties).into_iter().filter_map(|(one, other)| {
            self.cases.get(self.disputes.get((one, other, opening.kind)).copied()?)
        });
        let recent = known.filter(|case| case.opened_at >= since);
        let oldest = recent.min_by_key(|case| (case.opened_at, case.opening.case))?;
        Some(oldest.dispute)
    }
}

/// The files of a case: the minutes of its sessions, and the agreement.
pub(super) fn files(case: &Case, agreement: Option<SealedFile>) -> Vec<SealedFile> {
    case.minutes.iter().copied().chain(agreement).collect()
}
