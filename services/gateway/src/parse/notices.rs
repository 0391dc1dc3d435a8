//! Objections, panels, votes and appeals.

use linli_api as api;
use linli_domain::contribution::RejectReason;
use linli_domain::id::{ContributionId, OfficerId};
use linli_domain::notice::{Appeal, Ballot, Command, Convening, Member, Objection, Ruling};

use crate::parse::{Spoken as _, id};
use crate::problem::Problem;

pub(crate) fn objection(
    contribution: ContributionId,
    said: &api::notice::ObjectToNotice,
) -> Result<Command, Problem> {
    let resident = id("resident", &said.resident)?;
    let reason = RejectReason::heard(said.reason);
    Ok(Command::Object(Objection { contribution, resident, reason }))
}

pub(crate) fn panel(
    contribution: ContributionId,
    officer: OfficerId,
    said: &api::notice::ConvenePanel,
) -> Result<Command, Problem> {
    let member = |member: &api::notice::PanelMember| {
        Ok(match member {
            api::notice::PanelMember::Officer(officer) => Member::Officer(id("members", officer)?),
            api::notice::PanelMember::Resident(resident) => {
                Member::Resident(id("members", resident)?)
            }
        })
    };
    let members = said.members.iter().map(member).collect::<Result<_, Problem>>()?;
    Ok(Command::Convene(Convening { contribution, officer, members }))
}

pub(crate) fn vote(
    contribution: ContributionId,
    officer: OfficerId,
    said: &api::notice::CastVote,
) -> Command {
    let (member, vote) = (Member::Officer(officer), Ruling::heard(said.vote));
    Command::Vote(Ballot { contribution, member, vote })
}

pub(crate) fn resident_vote(
    contribution: ContributionId,
    said: &api::notice::CastResidentVote,
) -> Result<Command, Problem> {
    let member = Member::Resident(id("resident", &said.resident)?);
    Ok(Command::Vote(Ballot { contribution, member, vote: Ruling::heard(said.vote) }))
}

pub(crate) fn appeal(
    contribution: ContributionId,
    said: &api::notice::AppealFor,
) -> Result<Command, Problem> {
    Ok(Command::Appeal(Appeal { contribution, resident: id("resident", &said.resident)? }))
}
