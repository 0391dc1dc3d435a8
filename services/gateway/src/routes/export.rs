//! All that is kept about a resident, to take along: what the vault holds, who looked at it, and every
//! record of the log that is about them, with the bytes that prove it.
//!
//! It is written as it is read, so that a long life takes no more memory than a short one. An answer
//! that doesn't end in `"complete":true` was cut off.

use axum::BoxError;
use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::Response;
use bytes::Bytes;
use futures::{Stream, StreamExt as _};
use linli_api::header::POSITION;
use linli_api::person::{LookReason, Person, PersonExport};
use linli_archive::{About, ArchiveError};
use linli_domain::Noun;
use linli_domain::id::ResidentId;
use linli_log::merkle::leaf_hash;
use linli_readmodel::{Projection, directory};
use linli_vault::{Opened, Vault};
use serde::Serialize;

use super::people::{failed, look, person_of, visit};
use crate::caller::Caller;
use crate::fact;
use crate::front::Here;
use crate::gateway::Inner;
use crate::parse::Path as _;
use crate::problem::{Kind, Problem};
use crate::request::{PathText, Reading};

/// Looks read at once: a page as everywhere else.
const LOOKS_PAGE: u32 = 200;

type Chunk = Result<Bytes, BoxError>;

/// All that is kept about a resident
///
/// For the resident, with a key bound to them, or for an officer who has the right; that it was
/// asked for is written down. The whole log is gone through: allow for some seconds.
#[utoipa::path(get, path = "/v1/residents/{id}/export", tag = "people",
    params(("id" = String, Path, description = "The resident")),
    responses((status = 200, description = "All of it, written as it is read", body = PersonExport)))]
pub(super) async fn export(
    Here(gateway): Here,
    PathText(resident): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    reading.caller.may_export(ResidentId::from_path(&resident, Noun::Resident)?)?;
    let (row, seen) = gateway.known_resident(&resident, &reading).await?;
    let person = gateway.person_to_export(&row, &reading.caller).await?;
    let id = row.resident;
    gateway.see(&[Projection::Balances], reading.after).await?;
    let time = gateway.time_of(id).await?;
    let begin = format!(
        "{{\"resident\":{},\"person\":{},\"time\":{},\"looks\":[",
        json(&id.to_string())?,
        json(&person)?,
        json(&time)?
    );
    let looks = looks(gateway.vault.clone(), id);
    let records = records(gateway.archive.about(id));
    let text = |text: &'static str| literal(text.into());
    let whole = literal(begin.into())
        .chain(looks)
        .chain(text("],\"records\":["))
        .chain(records)
        .chain(text("],\"complete\":true}\n"));
    let mut response = Response::new(Body::from_stream(whole));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers
        .insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=export.json"));
    headers.insert(POSITION, HeaderValue::from(seen.0));
    Ok(response)
}

impl Inner {
    /// Who it is, if the vault still knows.
    async fn person_to_export(
        &self,
        row: &directory::Resident,
        caller: &Caller,
    ) -> Result<Option<Person>, Problem> {
        let vault = self.vault.as_ref().filter(|_| row.erased_at.is_none());
        let Some(vault) = vault else { return Ok(None) };
        let reason = LookReason::OwnRequest.name();
        let opened = vault.read(&visit(caller, row.resident, reason)).await;
        match opened.map_err(failed)? {
            Opened::Person(plain) => person_of(&plain).map(Some),
            Opened::Nobody | Opened::Erased => Ok(None),
        }
    }
}

fn json(value: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(value).map_err(|error| Problem::fault(Kind::Internal, &error))
}

fn literal(text: Bytes) -> impl Stream<Item = Chunk> + Send + 'static {
    futures::stream::once(std::future::ready(Ok(text)))
}

/// Who looked, newest first, page by page.
fn looks(vault: Option<Vault>, id: ResidentId) -> impl Stream<Item = Chunk> + Send + 'static {
    let begin = vault.map(|vault| (vault, None));
    let pages = futures::stream::try_unfold(begin, move |state| async move {
        let Some((vault, before)) = state else { return Ok::<_, BoxError>(None) };
        let page = vault.visits(id.number(), before, LOOKS_PAGE).await?;
        let next = page.last().map(|visited| (vault, Some(visited.number)));
        Ok(Some((page, next)))
    });
    let mut list = List::default();
    pages.map(move |page| list.chunk(page?.iter().map(look)))
}

/// The records, a chunk for each frame that has some.
fn records(
    about: impl Stream<Item = Result<Vec<About>, ArchiveError>> + Send + 'static,
) -> impl Stream<Item = Chunk> + Send + 'static {
    let mut list = List::default();
    about.map(move |found| {
        let found = found?;
        list.chunk(
            found.iter().map(|(record, bytes)| fact::record(record, bytes, leaf_hash(bytes).0)),
        )
    })
}

/// A list that is written in chunks.
#[derive(Default)]
struct List {
    begun: bool,
}

impl List {
    fn chunk<T: Serialize>(&mut self, items: impl Iterator<Item = T>) -> Chunk {
        let mut text = Vec::new();
        for item in items {
            if std::mem::replace(&mut self.begun, true) {
                text.push(b',');
            }
            serde_json::to_writer(&mut text, &item)?;
        }
        Ok(text.into())
    }
}
