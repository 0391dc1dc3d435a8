//! Teams of volunteers.

use axum::response::Response;
use linli_api as api;
use linli_api::Bilingual;
use linli_api::receipt::{Named, Receipt};
use linli_api::team::{FormTeam, TeamMember, Teams};
use linli_domain::Noun;
use linli_domain::id::TeamId;
use linli_domain::team::{Command, Membership};
use linli_readmodel::Projection;
use linli_readmodel::directory::Team;

use crate::command::Deed;
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::{self, Path as _};
use crate::problem::Problem;
use crate::receipt::{id, named};
use crate::request::{PathText, Reading, Sent};
use crate::told::{Seen, fault, shown};

const FORM: Deed = Deed::creating("team.form");
const JOIN: Deed = Deed::changing("team.join");
const LEAD: Deed = Deed::changing("team.lead");
const LEAVE: Deed = Deed::changing("team.leave");

/// Form a team
#[utoipa::path(post, path = "/v1/teams", tag = "organisation", request_body = FormTeam,
    responses((status = 201, description = "Formed", body = Receipt<Named>)))]
pub(super) async fn form(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    gateway.perform(FORM, &sent, "", |said: FormTeam, _| parse::team(&said), named).await
}

/// Let a volunteer join a team
///
/// A volunteer is in one team. Nobody vouches for a member of the own team.
#[utoipa::path(post, path = "/v1/teams/{id}/join", tag = "organisation",
    params(("id" = String, Path, description = "The team")), request_body = TeamMember,
    responses((status = 200, description = "Joined", body = Receipt<Named>)))]
pub(super) async fn join(
    Here(gateway): Here,
    PathText(team): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    gateway.of_member(JOIN, &team, &sent, Command::Join).await
}

/// Let a member leave a team
#[utoipa::path(post, path = "/v1/teams/{id}/leave", tag = "organisation",
    params(("id" = String, Path, description = "The team")), request_body = TeamMember,
    responses((status = 200, description = "Left", body = Receipt<Named>)))]
pub(super) async fn leave(
    Here(gateway): Here,
    PathText(team): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    gateway.of_member(LEAVE, &team, &sent, Command::Leave).await
}

/// Let a member lead a team
///
/// Who leads publishes activities for the team. The one who led before does so no longer.
#[utoipa::path(post, path = "/v1/teams/{id}/lead", tag = "organisation",
    params(("id" = String, Path, description = "The team")), request_body = TeamMember,
    responses((status = 200, description = "Leads", body = Receipt<Named>)))]
pub(super) async fn lead(
    Here(gateway): Here,
    PathText(team): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    gateway.of_member(LEAD, &team, &sent, Command::Lead).await
}

impl Inner {
    /// A command about somebody and the team in its path.
    async fn of_member(
        &self,
        deed: Deed,
        team: &str,
        sent: &Sent,
        command: fn(Membership) -> Command,
    ) -> Result<Response, Problem> {
        let meant = |said: TeamMember, _: &_| {
            let team = TeamId::from_path(team, Noun::Team)?;
            parse::membership(team, &said).map(command)
        };
        self.perform(deed, sent, team, meant, named).await
    }
}

/// All teams
#[utoipa::path(get, path = "/v1/teams", tag = "organisation",
    responses((status = 200, description = "The teams, in the order of their ids", body = Teams)))]
pub(super) async fn list(Here(gateway): Here, reading: Reading) -> Result<Response, Problem> {
    reading.asked.done()?;
    let Seen(position) = gateway.see(&[Projection::Directory], reading.after).await?;
    let rows = gateway.reader.teams().await.map_err(fault)?;
    Ok(shown(position, &Teams { teams: rows.iter().map(of_row).collect() }))
}

fn of_row(team: &Team) -> api::team::Team {
    api::team::Team {
        team: id(team.team),
        grid: id(team.grid),
        name: Bilingual::new(team.name_zh.as_str(), team.name_en.as_str()),
    }
}
