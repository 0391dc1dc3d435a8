//! Who residents are: the vault's front. What passes here is never logged.

use axum::response::Response;
use linli_api::Id;
use linli_api::page::Page;
use linli_api::person::{Look, LookDeed, LookReason, Person};
use linli_domain::id::ResidentId;
use linli_domain::time::Timestamp;
use linli_domain::{Noun, Position};
use linli_readmodel::{Projection, directory};
use linli_vault::{Deed, Kept, Opened, Vault, VaultError, Visit, Visited, Visitor};

use crate::caller::Caller;
use crate::front::Here;
use crate::gateway::{Inner, now};
use crate::parse::{self, Path as _};
use crate::problem::{Kind, Problem};
use crate::receipt::{id, instant};
use crate::request::{Cursor, PathText, Reading, SentPlain, json};
use crate::told::{Seen, shown};

/// The reason of whoever writes: there is but one.
const WRITING: &str = "written";

/// Say who a resident is
///
/// Kept sealed in the vault, in the place of what was said before; nothing of it is in the log. A
/// resident who was erased stays so.
#[utoipa::path(put, path = "/v1/residents/{id}/person", tag = "people", request_body = Person,
    params(("id" = String, Path, description = "The resident")),
    responses((status = 200, description = "Kept; the body is `null`")))]
pub(super) async fn write(
    Here(gateway): Here,
    PathText(resident): PathText,
    reading: Reading,
    sent: SentPlain,
) -> Result<Response, Problem> {
    let said: Person = json(&sent.body)?;
    parse::person(&said)?;
    let (vault, row, seen) = gateway.kept_of(&resident, &reading).await?;
    // From the log's word on nothing is kept, even if the key is still to be destroyed.
    if row.erased_at.is_some() {
        return Err(Problem::plain(Kind::PersonErased));
    }
    let plain =
        serde_json::to_vec(&said).map_err(|error| Problem::fault(Kind::Internal, &error))?;
    let plain = zeroize::Zeroizing::new(plain);
    let kept = vault.write(&visit(&reading.caller, row.resident, WRITING), &plain).await;
    match kept.map_err(failed)? {
        Kept::Kept => Ok(shown(seen, &())),
        Kept::Erased => Err(Problem::plain(Kind::PersonErased)),
    }
}

/// Who a resident is
///
/// That it was asked, by whom and why, is written down first and stays.
#[utoipa::path(get, path = "/v1/residents/{id}/person", tag = "people",
    params(("id" = String, Path, description = "The resident"),
        ("reason" = LookReason, Query, description = "Why it is asked")),
    responses((status = 200, description = "Who it is", body = Person)))]
pub(super) async fn show(
    Here(gateway): Here,
    PathText(resident): PathText,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let reason: Option<LookReason> = reading.asked.value("reason")?;
    reading.asked.done()?;
    let reason =
        reason.ok_or_else(|| Problem::plain(Kind::InvalidQuery).with("field", "reason"))?;
    let (vault, row, seen) = gateway.kept_of(&resident, &reading).await?;
    let opened = vault.read(&visit(&reading.caller, row.resident, reason.name())).await;
    let opened = opened.map_err(failed)?;
    // That it was asked is written down; from the log's word on nothing is told, even if the key is
    // still to be destroyed.
    if row.erased_at.is_some() {
        return Err(Problem::plain(Kind::PersonErased));
    }
    match opened {
        Opened::Person(plain) => Ok(shown(seen, &person_of(&plain)?)),
        Opened::Nobody => Err(Problem::plain(Kind::NoPerson)),
        Opened::Erased => Err(Problem::plain(Kind::PersonErased)),
    }
}

/// Who looked at who a resident is, newest first
#[utoipa::path(get, path = "/v1/residents/{id}/person/looks", tag = "people",
    params(("id" = String, Path, description = "The resident"),
        ("limit" = Option<u32>, Query, description = "How many, up to 200"),
        ("cursor" = Option<String>, Query, description = "Where the page before ended")),
    responses((status = 200, description = "A page of looks", body = Page<Look>)))]
pub(super) async fn looks(
    Here(gateway): Here,
    PathText(resident): PathText,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let (limit, before) = (reading.asked.limit()?, reading.asked.cursor::<Before>()?);
    reading.asked.done()?;
    let (vault, row, seen) = gateway.kept_of(&resident, &reading).await?;
    let one_more = limit.saturating_add(1);
    let visits = vault.visits(row.resident.number(), before.map(|Before(number)| number), one_more);
    let mut visits = visits.await.map_err(failed)?;
    let full = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = visits.len() > full;
    visits.truncate(full);
    let last = visits.last().filter(|_| more);
    let next = last.map(|visited| Before(visited.number).write());
    Ok(shown(seen, &Page { items: visits.iter().map(look).collect(), next }))
}

impl Inner {
    /// The vault, a resident whom the log knows, and how far the log was seen.
    async fn kept_of(
        &self,
        resident: &str,
        reading: &Reading,
    ) -> Result<(&Vault, directory::Resident, Position), Problem> {
        let vault = self.vault.as_ref().ok_or_else(|| Problem::plain(Kind::NoVault))?;
        let (row, seen) = self.known_resident(resident, reading).await?;
        Ok((vault, row, seen))
    }

    /// A resident whom the log knows, and how far the log was seen.
    pub(super) async fn known_resident(
        &self,
        resident: &str,
        reading: &Reading,
    ) -> Result<(directory::Resident, Position), Problem> {
        let resident = ResidentId::from_path(resident, Noun::Resident)?;
        let Seen(seen) = self.see(&[Projection::Directory], reading.after).await?;
        Ok((self.resident(resident).await?, seen))
    }
}

/// Looks before the one of this number.
struct Before(i64);

impl Cursor for Before {
    fn numbers(&self) -> Vec<i128> {
        vec![i128::from(self.0)]
    }

    fn from_numbers(numbers: &[i128]) -> Option<Self> {
        match numbers {
            [number] => i64::try_from(*number).ok().map(Self),
            _ => None,
        }
    }
}

/// What was sealed as a person is none.
#[derive(Debug, thiserror::Error)]
#[error("what the vault holds is no person's record")]
struct NoPerson;

pub(super) fn visit(caller: &Caller, resident: ResidentId, reason: &'static str) -> Visit {
    Visit {
        resident: resident.number(),
        visitor: Visitor { api_key: caller.key.0, subject: caller.subject },
        reason,
        at_us: now().microseconds(),
    }
}

/// The person of an opened record. An error of the parser's would quote what can't be read.
pub(super) fn person_of(plain: &[u8]) -> Result<Person, Problem> {
    serde_json::from_slice(plain).map_err(|_| Problem::fault(Kind::Internal, &NoPerson))
}

pub(super) fn look(visited: &Visited) -> Look {
    Look {
        at: instant(Timestamp::from_microseconds(visited.at_us)),
        deed: match visited.deed {
            Deed::Written => LookDeed::Written,
            Deed::Read => LookDeed::Read,
            Deed::Erased => LookDeed::Erased,
        },
        key: ulid(visited.visitor.api_key),
        officer: visited.visitor.subject.map(ulid),
        reason: visited.reason.clone(),
    }
}

pub(super) fn ulid(number: u128) -> Id {
    id(ulid::Ulid(number))
}

pub(super) fn failed(error: VaultError) -> Problem {
    let kind = match &error {
        VaultError::Connection(_) | VaultError::Statement(_) => Kind::Unavailable,
        VaultError::KeyMissing { .. } | VaultError::DoesNotOpen { .. } => Kind::Internal,
    };
    Problem::fault(kind, &error)
}
