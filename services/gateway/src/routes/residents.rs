//! Residents: registered, enrolled, shown in rankings or not.

use axum::response::Response;
use linli_api as api;
use linli_api::bulk::{Bulk, BulkAnswer};
use linli_api::receipt::{Named, Receipt};
use linli_api::resident::{EnrolVolunteer, MoveResident, RegisterResident, WhichResident};
use linli_domain::Noun;
use linli_domain::id::ResidentId;
use linli_domain::resident::{Command, Move};
use linli_domain::text::CardCode;
use linli_readmodel::{Projection, directory};

use crate::caller::Caller;
use crate::command::{Bare, Deed};
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::{self, Path as _};
use crate::problem::{Kind, Problem, unknown};
use crate::receipt::{id, instant, named};
use crate::request::{PathText, Reading, Sent, SentMany};
use crate::told::{Seen, fault, shown};

const REGISTER: Deed = Deed::creating("resident.register");
const ENROL: Deed = Deed::changing("resident.enrol");
const MOVE: Deed = Deed::changing("resident.move");
const JOIN: Deed = Deed::changing("resident.join-ranking");
const LEAVE: Deed = Deed::changing("resident.leave-ranking");

/// Register a resident
#[utoipa::path(post, path = "/v1/residents", tag = "residents", request_body = RegisterResident,
    responses((status = 201, description = "Registered", body = Receipt<Named>)))]
pub(super) async fn register(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    gateway
        .perform(REGISTER, &sent, "", |said: RegisterResident, _| parse::registration(&said), named)
        .await
}

/// Register up to 1,000 residents
#[utoipa::path(post, path = "/v1/residents/bulk", tag = "residents", request_body = Bulk<RegisterResident>,
    responses((status = 200, description = "An answer for each", body = BulkAnswer<Named>)))]
pub(super) async fn register_bulk(
    Here(gateway): Here,
    sent: SentMany,
) -> Result<Response, Problem> {
    gateway
        .perform_all(REGISTER, &sent, |said: RegisterResident, _| parse::registration(&said), named)
        .await
}

/// Enrol a resident as a volunteer
///
/// Whoever referred this one is rewarded by itself once this one has served as often as the rules say.
#[utoipa::path(post, path = "/v1/residents/{id}/volunteer", tag = "residents",
    params(("id" = String, Path, description = "The resident")), request_body = Option<EnrolVolunteer>,
    responses((status = 200, description = "Enrolled", body = Receipt<Named>)))]
pub(super) async fn enrol(
    Here(gateway): Here,
    PathText(resident): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: EnrolVolunteer, _: &Caller| {
        let resident = ResidentId::from_path(&resident, Noun::Resident)?;
        Ok(match said.referred_by {
            Some(by) => Command::EnrolReferred { resident, by: parse::id("referred_by", &by)? },
            None => Command::EnrolVolunteer(resident),
        })
    };
    gateway.perform(ENROL, &sent, &resident, meant, named).await
}

/// Enrol up to 1,000 residents as volunteers
#[utoipa::path(post, path = "/v1/volunteers/bulk", tag = "residents", request_body = Bulk<WhichResident>,
    responses((status = 200, description = "An answer for each", body = BulkAnswer<Named>)))]
pub(super) async fn enrol_bulk(Here(gateway): Here, sent: SentMany) -> Result<Response, Problem> {
    gateway.perform_all(ENROL, &sent, which(Command::EnrolVolunteer), named).await
}

/// Let a resident live with another household
///
/// What was earned stays where it was earned. Limits that count by the household count what this
/// resident took for the new one from then on.
#[utoipa::path(post, path = "/v1/residents/{id}/move", tag = "residents",
    params(("id" = String, Path, description = "The resident")), request_body = MoveResident,
    responses((status = 200, description = "Moved", body = Receipt<Named>)))]
pub(super) async fn move_house(
    Here(gateway): Here,
    PathText(resident): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: MoveResident, _: &Caller| {
        Ok(Command::Move(Move {
            resident: ResidentId::from_path(&resident, Noun::Resident)?,
            household: parse::id("household", &said.household)?,
            assisted: said.assisted,
        }))
    };
    gateway.perform(MOVE, &sent, &resident, meant, named).await
}

/// Show a resident in the rankings, at the resident's own wish
#[utoipa::path(put, path = "/v1/residents/{id}/ranking", tag = "residents",
    params(("id" = String, Path, description = "The resident")),
    responses((status = 200, description = "Shown from now on", body = Receipt<Named>)))]
pub(super) async fn join(
    Here(gateway): Here,
    PathText(resident): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    gateway.of_resident(JOIN, &resident, &sent, Command::JoinRanking).await
}

/// Show up to 1,000 residents in the rankings, each at their own wish
#[utoipa::path(post, path = "/v1/ranking-members/bulk", tag = "residents", request_body = Bulk<WhichResident>,
    responses((status = 200, description = "An answer for each", body = BulkAnswer<Named>)))]
pub(super) async fn join_bulk(Here(gateway): Here, sent: SentMany) -> Result<Response, Problem> {
    gateway.perform_all(JOIN, &sent, which(Command::JoinRanking), named).await
}

/// Show a resident in the rankings no longer
#[utoipa::path(delete, path = "/v1/residents/{id}/ranking", tag = "residents",
    params(("id" = String, Path, description = "The resident")),
    responses((status = 200, description = "Shown no longer", body = Receipt<Named>)))]
pub(super) async fn leave(
    Here(gateway): Here,
    PathText(resident): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    gateway.of_resident(LEAVE, &resident, &sent, Command::LeaveRanking).await
}

impl Inner {
    /// A command that says all by the resident in its path.
    async fn of_resident(
        &self,
        deed: Deed,
        resident: &str,
        sent: &Sent,
        command: fn(ResidentId) -> Command,
    ) -> Result<Response, Problem> {
        let meant = |Bare {}: Bare, _: &Caller| {
            ResidentId::from_path(resident, Noun::Resident).map(command)
        };
        self.perform(deed, sent, resident, meant, named).await
    }
}

fn which(
    command: fn(ResidentId) -> Command,
) -> impl Fn(WhichResident, &Caller) -> Result<Command, Problem> {
    move |said, _| parse::id("resident", &said.resident).map(command)
}

/// A resident
#[utoipa::path(get, path = "/v1/residents/{id}", tag = "residents",
    params(("id" = String, Path, description = "The resident")),
    responses((status = 200, description = "The resident", body = api::resident::Resident)))]
pub(super) async fn show(
    Here(gateway): Here,
    PathText(resident): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let resident = ResidentId::from_path(&resident, Noun::Resident)?;
    let Seen(position) = gateway.see(&WHO, reading.after).await?;
    let row = gateway.reader.resident(resident).await.map_err(fault)?;
    gateway.tell_resident(position, row).await
}

/// The resident with this card
///
/// As a clerk types it: either case, with blanks or hyphens, O for 0, I and L for 1.
#[utoipa::path(get, path = "/v1/residents/by-card/{card}", tag = "residents",
    params(("card" = String, Path, description = "The code on the card")),
    responses((status = 200, description = "The resident", body = api::resident::Resident)))]
pub(super) async fn by_card(
    Here(gateway): Here,
    PathText(card): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let card: CardCode =
        card.parse().map_err(|_| Problem::plain(Kind::InvalidCard).with("field", "card"))?;
    let Seen(position) = gateway.see(&WHO, reading.after).await?;
    let row = gateway.reader.resident_by_card(card).await.map_err(fault)?;
    if row.as_ref().is_some_and(|row| row.card_blocked) {
        return Err(Problem::plain(Kind::CardBlocked));
    }
    gateway.tell_resident(position, row).await
}

/// Where a resident is found, and the minutes that stars are given for.
pub(super) const WHO: [Projection; 2] = [Projection::Directory, Projection::Balances];

impl Inner {
    pub(super) async fn tell_resident(
        &self,
        position: linli_domain::Position,
        row: Option<directory::Resident>,
    ) -> Result<Response, Problem> {
        let row = row.ok_or_else(|| unknown(Noun::Resident))?;
        let wallet = self.reader.wallet(row.resident).await.map_err(fault)?;
        let stars = match wallet {
            Some(wallet) => self.stars(&wallet).await?,
            None => 0,
        };
        let resident = api::resident::Resident {
            resident: id(row.resident),
            household: id(row.household),
            card: row.card.to_string().into(),
            card_blocked: row.card_blocked,
            assisted: row.assisted,
            volunteer: row.volunteer,
            ranked: row.ranked,
            pseudonym: row.pseudonym.map(parse::pseudonym),
            team: row.team.map(id),
            stars,
            erased_at: row.erased_at.map(instant),
        };
        Ok(shown(position, &resident))
    }
}
