//! What an estate can be, and who may sit on its committee.

use std::collections::BTreeSet;

use crate::area::Level;
use crate::estate::{Command, Committee, Estate, Event, Managed, ManagementForm, Member};
use crate::id::{AreaId, EstateId, ResidentId};
use crate::time::Timestamp;
use crate::{Decision, Noun, Refusal, State};

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Register(estate) => register(state, estate),
        Command::SetForm { estate, form } => {
            state.estate(*estate)?;
            Ok(Decision::one(Event::FormSet { estate: *estate, form: *form }))
        }
        Command::Elect(committee) => elect(state, committee, now),
        Command::Leave { estate, member } => leave(state, *estate, *member),
    }
}

fn register(state: &State, estate: &Estate) -> Result<Decision, Refusal> {
    if state.estates.contains(estate.estate) {
        return Err(Refusal::AlreadyExists(Noun::Estate));
    }
    let level = state.area(estate.area)?.level;
    match level {
        Level::Grid | Level::Community | Level::SubDistrict => {}
        Level::MicroGrid | Level::District => {
            let found = Some(level);
            return Err(Refusal::WrongLevel { expected: Some(Level::Community), found });
        }
    }
    Ok(Decision::one(Event::Registered(estate.clone())))
}

fn elect(state: &State, it: &Committee, now: Timestamp) -> Result<Decision, Refusal> {
    let found = state.estate(it.estate)?;
    if state.committees.contains(it.committee) {
        return Err(Refusal::AlreadyExists(Noun::Committee));
    }
    if found.estate.form != ManagementForm::RedCommittee {
        return Err(Refusal::NotRedCommittee);
    }
    let rules = state.rules.in_force(now).ok_or(Refusal::NoRulesInForce)?;
    let terms = rules.estates.as_ref().ok_or(Refusal::NoEstateRules)?;
    let once: BTreeSet<Member> = it.members.iter().copied().collect();
    let (least, most) = (terms.members_least, terms.members_most);
    let bounds = usize::from(least)..=usize::from(most);
    if !bounds.contains(&it.members.len()) || once.len() != it.members.len() {
        return Err(Refusal::InvalidCommittee { least, most });
    }
    let latest = now.after(State::days(terms.term_days));
    if it.until <= now || it.until > latest {
        return Err(Refusal::InvalidTerm { latest });
    }
    for member in &it.members {
        match member {
            Member::Resident(resident) => state.resident(*resident).map(|_| ())?,
            Member::Officer(officer) => state.officer_on_duty(*officer).map(|_| ())?,
        }
    }
    Ok(Decision::one(Event::Elected(it.clone())))
}

fn leave(state: &State, estate: EstateId, member: Member) -> Result<Decision, Refusal> {
    let found = state.estate(estate)?;
    let committee = found.committee.as_ref().ok_or(Refusal::NotOnCommittee)?.committee;
    let (place, _) =
        found.sitting().find(|(_, sits)| *sits == member).ok_or(Refusal::NotOnCommittee)?;
    Ok(Decision::one(Event::Left { estate, committee, place, member }))
}

/// The term of an estate's committee, which is over.
pub(crate) fn term_ended(state: &State, estate: EstateId) -> Option<Event> {
    let committee = state.estates.get(estate)?.committee.as_ref()?.committee;
    Some(Event::TermEnded { estate, committee })
}

impl State {
    pub(crate) fn estate(&self, id: EstateId) -> Result<&Managed, Refusal> {
        self.estates.get(id).ok_or(Refusal::Unknown(Noun::Estate))
    }

    /// Refuses a contribution in a grid that has nothing to do with its estate: neither lies in the
    /// other.
    pub(crate) fn of_estate(&self, estate: EstateId, grid: AreaId) -> Result<(), Refusal> {
        let area = self.estate(estate)?.estate.area;
        if self.lies_in(grid, area) || self.lies_in(area, grid) {
            Ok(())
        } else {
            Err(Refusal::EstateElsewhere)
        }
    }

    /// An estate on whose committee the resident sits, the one with the smallest id.
    pub(crate) fn on_committee(&self, resident: ResidentId) -> Option<EstateId> {
        let sits = |found: &Managed| {
            found.sitting().any(|(_, member)| member == Member::Resident(resident))
        };
        self.estates.sorted().find(|(_, found)| sits(found)).map(|(id, _)| id)
    }
}
