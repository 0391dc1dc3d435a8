//! Officers: people with authority over an area (grid officers, building heads, committee staff).

use borsh::{BorshDeserialize, BorshSerialize};

use crate::area::Level;
use crate::id::{AreaId, OfficerId, ResidentId};
use crate::quantity::{Minutes, Points};
use crate::state::{Step, known};
use crate::time::Timestamp;
use crate::{Decision, Noun, Refusal, State, resident};

/// What an officer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Duty {
    /// Head of a building, liaison of a micro-grid (楼栋长、微网格联络员).
    BuildingHead,
    /// Full-time grid officer (专职网格员).
    FullTimeGridOfficer,
    /// Part-time grid officer (兼职网格员).
    PartTimeGridOfficer,
    /// Staff of a community committee (社区工作者).
    CommunityOfficer,
    /// Staff of a sub-district (街道干部).
    SubDistrictOfficer,
    /// Staff of the district (区级干部).
    DistrictOfficer,
    /// Member of a sub-district's leadership (街道班子成员): blows the whistle that pushes work.
    SubDistrictLeader,
    /// Secretary or director of a sub-district (街道书记、主任): blows both whistles.
    SubDistrictChief,
    /// The office of a district's department or unit (区级部门、责任单位) that whistles call.
    UnitOfficer,
}

impl Duty {
    /// The level of area that the duty is done for.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::BuildingHead => Level::MicroGrid,
            Self::FullTimeGridOfficer | Self::PartTimeGridOfficer => Level::Grid,
            Self::CommunityOfficer => Level::Community,
            Self::SubDistrictOfficer | Self::SubDistrictLeader | Self::SubDistrictChief => {
                Level::SubDistrict
            }
            Self::DistrictOfficer | Self::UnitOfficer => Level::District,
        }
    }
}

impl Duty {
    /// Is it paid work? Building heads and part-time officers are volunteers with a task.
    #[must_use]
    pub const fn is_paid(self) -> bool {
        match self {
            Self::BuildingHead | Self::PartTimeGridOfficer => false,
            Self::FullTimeGridOfficer
            | Self::CommunityOfficer
            | Self::SubDistrictOfficer
            | Self::DistrictOfficer
            | Self::SubDistrictLeader
            | Self::SubDistrictChief
            | Self::UnitOfficer => true,
        }
    }
}

/// An officer as appointed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Appointment {
    /// The officer's id, which is of the office, not of the person.
    pub officer: OfficerId,
    /// The duty.
    pub duty: Duty,
    /// The area of the authority.
    pub area: AreaId,
    /// The resident who holds the office, if one of ours: nobody verifies self or own household.
    pub resident: Option<ResidentId>,
}

/// What can be wished of officers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Appoint an officer.
    Appoint(Appointment),
    /// End an officer's authority.
    Retire(OfficerId),
}

/// What happened to officers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// An officer was appointed.
    Appointed(Appointment),
    /// An officer's authority ended.
    Retired(OfficerId),
}

/// An officer in the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Officer {
    pub(crate) appointment: Appointment,
    pub(crate) retired: bool,
    /// How often the officer's words are looked at again, in ten thousand; none: as rules begin.
    pub(crate) rate: Option<u16>,
    /// What the officer vouched for on the last day on which there was anything.
    pub(crate) vouched: Vouched,
}

/// What an officer vouched for on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Vouched {
    day: i32,
    pub(crate) minutes: Minutes,
    pub(crate) points: Points,
}

impl Vouched {
    /// What it was on this day.
    pub(crate) fn on(self, day: i32) -> Self {
        if self.day == day { self } else { Self { day, ..Self::default() } }
    }

    /// So much more; `None` past the range.
    pub(crate) fn plus(self, minutes: Minutes, points: Points) -> Option<Self> {
        let (minutes, points) = (self.minutes.plus(minutes)?, self.points.plus(points)?);
        Some(Self { minutes, points, ..self })
    }
}

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Appoint(appointment) => appoint(state, appointment, now),
        Command::Retire(officer) => {
            state.officer_on_duty(*officer)?;
            Ok(Decision::one(Event::Retired(*officer)))
        }
    }
}

/// Whoever takes up work that isn't ranked leaves the rankings with it.
fn appoint(state: &State, appointment: &Appointment, now: Timestamp) -> Result<Decision, Refusal> {
    state.officers.vacant(appointment.officer, Noun::Officer)?;
    let (expected, found) = (appointment.duty.level(), state.area(appointment.area)?.level);
    if found != expected {
        return Err(Refusal::WrongLevel { expected: Some(expected), found: Some(found) });
    }
    let appointed = Event::Appointed(*appointment);
    match appointment.resident {
        Some(id) if state.resident(id)?.ranked && state.is_unranked(appointment.duty, now) => {
            Ok(Decision::two(appointed, resident::Event::RankingLeft(id)))
        }
        Some(_) | None => Ok(Decision::one(appointed)),
    }
}

pub(crate) fn evolve(state: &mut State, event: &Event) -> Step {
    match event {
        Event::Appointed(appointment) => {
            let officer = Officer {
                appointment: *appointment,
                retired: false,
                rate: None,
                vouched: Vouched::default(),
            };
            state.officers.insert(appointment.officer, officer);
            if let Some(resident) = appointment.resident.filter(|_| appointment.duty.is_paid()) {
                state.employed.insert(resident, appointment.officer);
            }
        }
        Event::Retired(id) => known(state.officers.get_mut(*id), id)?.retired = true,
    }
    Ok(())
}

impl State {
    /// Do the rules in force leave those out of the rankings who have this duty?
    fn is_unranked(&self, duty: Duty, now: Timestamp) -> bool {
        let honours = self.rules.in_force(now).and_then(|rules| rules.honours.as_ref());
        honours.is_some_and(|honours| honours.unranked.contains(&duty))
    }

    /// Has this resident a duty that the rules in force leave out of the rankings? Goes through the
    /// officers, who are few.
    pub(crate) fn is_unranked_staff(&self, id: ResidentId, now: Timestamp) -> bool {
        self.officers.values().any(|officer| {
            let Appointment { resident, duty, .. } = officer.appointment;
            !officer.retired && resident == Some(id) && self.is_unranked(duty, now)
        })
    }

    /// The officer, unless unknown or retired.
    pub(crate) fn officer_on_duty(&self, id: OfficerId) -> Result<&Officer, Refusal> {
        let officer = self.officers.get(id).ok_or(Refusal::Unknown(Noun::Officer))?;
        if officer.retired { Err(Refusal::OfficerRetired) } else { Ok(officer) }
    }
}
