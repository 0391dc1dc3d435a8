//! Areas, people, stations, suppliers and pools to register.

use linli_api as api;
use linli_domain::area::{self, Area, GridKind, Level};
use linli_domain::household::{self, Household};
use linli_domain::id::{
    AreaId, HouseholdId, OfficerId, PoolId, ResidentId, StationId, SupplierId, TeamId,
};
use linli_domain::officer::{self, Appointment, Duty};
use linli_domain::pool::{self, Pool};
use linli_domain::resident::{self, Registration};
use linli_domain::station::{self, Station, StationKind};
use linli_domain::supplier::{self, Supplier, SupplierKind};
use linli_domain::team::{self, Membership, Team};
use linli_domain::text::Code;

use crate::parse::{Spoken, card, id, name, own_id, text, told_id};
use crate::problem::Problem;

pub(crate) fn area(said: &api::area::FoundArea) -> Result<area::Command, Problem> {
    Ok(area::Command::Found(Area {
        area: own_id("area", said.area.as_ref(), AreaId::from_number)?,
        level: Level::heard(said.level),
        grid_kind: said.grid_kind.map(GridKind::heard),
        parent: told_id("parent", said.parent.as_ref())?,
        name: name(&said.name)?,
    }))
}

pub(crate) fn household(
    said: &api::household::RegisterHousehold,
) -> Result<household::Command, Problem> {
    Ok(household::Command::Register(Household {
        household: own_id("household", said.household.as_ref(), HouseholdId::from_number)?,
        micro_grid: id("micro_grid", &said.micro_grid)?,
    }))
}

pub(crate) fn registration(
    said: &api::resident::RegisterResident,
) -> Result<resident::Command, Problem> {
    Ok(resident::Command::Register(Registration {
        resident: own_id("resident", said.resident.as_ref(), ResidentId::from_number)?,
        household: id("household", &said.household)?,
        card: card("card", &said.card)?,
        assisted: said.assisted,
    }))
}

pub(crate) fn appointment(
    said: &api::officer::AppointOfficer,
) -> Result<officer::Command, Problem> {
    Ok(officer::Command::Appoint(Appointment {
        officer: own_id("officer", said.officer.as_ref(), OfficerId::from_number)?,
        duty: Duty::heard(said.duty),
        area: id("area", &said.area)?,
        resident: told_id("resident", said.resident.as_ref())?,
    }))
}

pub(crate) fn station(said: &api::station::OpenStation) -> Result<station::Command, Problem> {
    Ok(station::Command::Open(Station {
        station: own_id("station", said.station.as_ref(), StationId::from_number)?,
        area: id("area", &said.area)?,
        kind: StationKind::heard(said.kind),
        name: name(&said.name)?,
    }))
}

pub(crate) fn supplier(said: &api::supplier::EnrolSupplier) -> Result<supplier::Command, Problem> {
    Ok(supplier::Command::Enrol(Supplier {
        supplier: own_id("supplier", said.supplier.as_ref(), SupplierId::from_number)?,
        kind: SupplierKind::heard(said.kind),
        name: name(&said.name)?,
    }))
}

pub(crate) fn team(said: &api::team::FormTeam) -> Result<team::Command, Problem> {
    Ok(team::Command::Form(Team {
        team: own_id("team", said.team.as_ref(), TeamId::from_number)?,
        grid: id("grid", &said.grid)?,
        name: name(&said.name)?,
    }))
}

pub(crate) fn membership(
    team: TeamId,
    said: &api::team::TeamMember,
) -> Result<Membership, Problem> {
    Ok(Membership { team, resident: id("resident", &said.resident)? })
}

pub(crate) fn pool(said: &api::pool::OpenPool) -> Result<pool::Command, Problem> {
    Ok(pool::Command::Open(Pool {
        pool: own_id("pool", said.pool.as_ref(), PoolId::from_number)?,
        code: text("code", &said.code, Code::new)?,
        name: name(&said.name)?,
    }))
}
