//! Teams (志愿服务队): volunteers who serve together. Nobody vouches for a member of the own team.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::area::Level;
use crate::id::{AreaId, ResidentId, TeamId};
use crate::state::{Step, known};
use crate::text::Bilingual;
use crate::{Decision, Noun, Refusal, State};

/// A team as it was formed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub struct Team {
    /// Its id.
    pub team: TeamId,
    /// The grid it is at home in.
    pub grid: AreaId,
    /// What people call it.
    pub name: Bilingual,
}

/// Somebody and a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Which team.
    pub team: TeamId,
    /// Who.
    pub resident: ResidentId,
}

/// What can be wished of teams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Form a team.
    Form(Team),
    /// Let a volunteer join; a volunteer is in one team.
    Join(Membership),
    /// Let a member leave.
    Leave(Membership),
    /// Let a member lead: publish activities for the team.
    Lead(Membership),
}

/// What happened to teams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A team was formed.
    Formed(Team),
    /// A volunteer joined.
    Joined(Membership),
    /// A member left.
    Left(Membership),
    /// A member leads the team from now on.
    Led(Membership),
}

impl Event {
    /// The wish that it answers.
    pub(crate) fn wish(&self) -> Command {
        match self {
            Self::Formed(it) => Command::Form(it.clone()),
            Self::Joined(it) => Command::Join(*it),
            Self::Left(it) => Command::Leave(*it),
            Self::Led(it) => Command::Lead(*it),
        }
    }
}

pub(crate) fn decide(state: &State, command: &Command) -> Result<Decision, Refusal> {
    match command {
        Command::Form(team) => {
            state.teams.vacant(team.team, Noun::Team)?;
            let level = state.area(team.grid)?.level;
            if level != Level::Grid {
                let (expected, found) = (Some(Level::Grid), Some(level));
                return Err(Refusal::WrongLevel { expected, found });
            }
            Ok(Decision::one(Event::Formed(team.clone())))
        }
        Command::Join(membership) => {
            let resident = state.resident(membership.resident)?;
            if !state.teams.contains(membership.team) {
                return Err(Refusal::Unknown(Noun::Team));
            }
            if !resident.volunteer {
                return Err(Refusal::NotVolunteer);
            }
            if let Some(team) = resident.team {
                return Err(Refusal::InTeam { team });
            }
            Ok(Decision::one(Event::Joined(*membership)))
        }
        Command::Leave(membership) => {
            if state.resident(membership.resident)?.team != Some(membership.team) {
                return Err(Refusal::NotInTeam);
            }
            Ok(Decision::one(Event::Left(*membership)))
        }
        Command::Lead(membership) => {
            if state.resident(membership.resident)?.team != Some(membership.team) {
                return Err(Refusal::NotInTeam);
            }
            Ok(Decision::one(Event::Led(*membership)))
        }
    }
}

pub(crate) fn evolve(state: &mut State, event: &Event) -> Step {
    match event {
        Event::Formed(team) => state.teams.insert(team.team, team.clone()),
        Event::Joined(Membership { team, resident }) => {
            known(state.residents.get_mut(*resident), resident)?.team = Some(*team);
        }
        Event::Left(Membership { team, resident }) => {
            known(state.residents.get_mut(*resident), resident)?.team = None;
            if state.leaders.get(*team) == Some(resident) {
                state.leaders.remove(*team);
            }
        }
        Event::Led(Membership { team, resident }) => state.leaders.insert(*team, *resident),
    }
    Ok(())
}
