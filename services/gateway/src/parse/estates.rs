//! Estates and their committees.

use linli_api as api;
use linli_api::estate::CommitteeMember;
use linli_domain::estate::{Command, Committee, Estate, ManagementForm, Member};
use linli_domain::id::{CommitteeId, EstateId};

use crate::parse::{Spoken, id, instant, name, own_id};
use crate::problem::Problem;

pub(crate) fn estate(said: &api::estate::RegisterEstate) -> Result<Command, Problem> {
    Ok(Command::Register(Estate {
        estate: own_id("estate", said.estate.as_ref(), EstateId::from_number)?,
        area: id("area", &said.area)?,
        name: name(&said.name)?,
        form: ManagementForm::heard(said.form),
    }))
}

pub(crate) fn committee(
    estate: EstateId,
    said: &api::estate::ElectCommittee,
) -> Result<Command, Problem> {
    Ok(Command::Elect(Committee {
        committee: own_id("committee", said.committee.as_ref(), CommitteeId::from_number)?,
        estate,
        members: said.members.iter().map(member).collect::<Result<_, _>>()?,
        until: instant("until", &said.until)?,
    }))
}

pub(crate) fn member(said: &CommitteeMember) -> Result<Member, Problem> {
    Ok(match said {
        CommitteeMember::Resident(resident) => Member::Resident(id("resident", resident)?),
        CommitteeMember::Officer(officer) => Member::Officer(id("officer", officer)?),
    })
}
