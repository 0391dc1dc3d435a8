//! Erasing a resident: the log's fact first, then the key of who it was.

use axum::http::StatusCode;
use axum::response::Response;
use linli_api::person::{ErasePerson, Erasure, ErasureReason};
use linli_domain::id::ResidentId;
use linli_domain::time::Timestamp;
use linli_domain::{Position, Refusal, resident};
use linli_port::Rejected;
use linli_readmodel::directory;

use super::people::{failed, ulid, visit};
use crate::caller::Caller;
use crate::command::{Deed, told};
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::Spoken as _;
use crate::problem::Problem;
use crate::receipt::{id, instant, last_position};
use crate::request::{PathText, Reading, SentPlain, json};
use crate::told::shown;

const ERASE: Deed = Deed::changing("resident.erase");

/// An account that is closed: since when, as far as it is known here, and where the log says so.
struct Closed {
    at: Option<Timestamp>,
    position: Option<Position>,
}

/// Erase a resident
///
/// First the account is closed for good, as a fact of the log: what is open ends, points lapse, nothing
/// more is done with it. Then the record of who it was and the key that opens it are destroyed
/// together. Receipts, proofs and everything that was recorded stay valid, under an id that is
/// nobody's any more. Asked again, what is missing is done and the first answer is given.
#[utoipa::path(post, path = "/v1/residents/{id}/erasure", tag = "people", request_body = ErasePerson,
    params(("id" = String, Path, description = "The resident")),
    responses((status = 200, description = "Erased", body = Erasure)))]
pub(super) async fn erase(
    Here(gateway): Here,
    PathText(resident): PathText,
    reading: Reading,
    sent: SentPlain,
) -> Result<Response, Problem> {
    let said: ErasePerson = json(&sent.body)?;
    let (row, seen) = gateway.known_resident(&resident, &reading).await?;
    let resident = row.resident;
    // The fact comes first: whoever falls over between the two leaves an account that the log says
    // is closed, and a key that the next asking destroys. The other way round, an account would
    // stay open of which nobody can tell any more whose it is.
    let closed = gateway.close(&row, &reading.caller, said.reason).await?;
    let seen = closed.position.unwrap_or(seen);
    let erasure = match &gateway.vault {
        None => None,
        Some(vault) => {
            let visit = visit(&reading.caller, resident, said.reason.name());
            Some(vault.erase(&visit).await.map_err(failed)?)
        }
    };
    Ok(shown(seen, &erasure_of(resident, closed.at, erasure)))
}

/// Whether a resident was erased
#[utoipa::path(get, path = "/v1/residents/{id}/erasure", tag = "people",
    params(("id" = String, Path, description = "The resident")),
    responses((status = 200, description = "Whether, when and why", body = Erasure)))]
pub(super) async fn erasure(
    Here(gateway): Here,
    PathText(resident): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let (row, seen) = gateway.known_resident(&resident, &reading).await?;
    let erasure = match &gateway.vault {
        None => None,
        Some(vault) => vault.erasure(row.resident.number()).await.map_err(failed)?,
    };
    Ok(told(StatusCode::OK, seen, &erasure_of(row.resident, row.erased_at, erasure)))
}

impl Inner {
    /// Writes the fact that closes an account; one that is closed already stays so.
    async fn close(
        &self,
        row: &directory::Resident,
        caller: &Caller,
        reason: ErasureReason,
    ) -> Result<Closed, Problem> {
        if row.erased_at.is_some() {
            return Ok(Closed { at: row.erased_at, position: None });
        }
        let resident = row.resident;
        let erasure =
            resident::Erasure { resident, reason: resident::ErasureReason::heard(reason) };
        let command = resident::Command::Erase(erasure).into();
        match self.submit_once(ERASE, caller, &resident.to_string(), command).await {
            Ok(accepted) => Ok(Closed {
                at: accepted.records.first().map(|record| record.recorded_at),
                position: Some(last_position(&accepted.records)),
            }),
            // Somebody else closed it, and the read models don't show it yet.
            Err(Rejected::Refused(Refusal::ResidentErased)) => {
                Ok(Closed { at: None, position: None })
            }
            Err(rejected) => Err(Problem::from(&rejected)),
        }
    }
}

fn erasure_of(
    resident: ResidentId,
    closed_at: Option<Timestamp>,
    erasure: Option<linli_vault::Erasure>,
) -> Erasure {
    let (resident, closed_at) = (id(resident), closed_at.map(instant));
    match erasure {
        None => {
            Erasure { resident, closed_at, erased: false, erased_at: None, by: None, reason: None }
        }
        Some(erasure) => Erasure {
            resident,
            closed_at,
            erased: true,
            erased_at: Some(instant(Timestamp::from_microseconds(erasure.at_us))),
            by: Some(ulid(erasure.api_key)),
            reason: Some(erasure.reason),
        },
    }
}
