//! The log as a transparency log (C2SP tlog-tiles): signed checkpoints, tiles, receipts.
//!
//! Checkpoints and tiles of hashes are for everybody: they tell nothing but that something was
//! recorded. The records themselves, the leaves, are for those who may read the log.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use linli_domain::{Event, Origin, Position, Record, allowance};
use linli_log::merkle::Tile;
use linli_notary::ProveError;

use crate::caller::Caller;
use crate::front::{Front, Here};
use crate::gateway::Inner;
use crate::key::Scope;
use crate::problem::{Kind, Problem};
use crate::request::PathText;

/// A note, a key, a proof.
const TEXT: (HeaderName, HeaderValue) =
    (CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));

/// Tiles, and bundles of records.
const BINARY: (HeaderName, HeaderValue) =
    (CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));

/// A checkpoint is followed by the next in half a second.
const FRESH: (HeaderName, HeaderValue) = (CACHE_CONTROL, HeaderValue::from_static("no-cache"));

/// A tile of some width never changes.
const FOR_GOOD: (HeaderName, HeaderValue) =
    (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));

/// Records of some width never change either, but are for the caller alone: no cache between may
/// keep them for others.
const OWN_FOR_GOOD: (HeaderName, HeaderValue) =
    (CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));

/// The caller's alone, and not the last word: cosignatures come after it.
const OWN_FRESH: (HeaderName, HeaderValue) =
    (CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));

/// What everybody may see.
pub(super) fn routes() -> Router<Arc<Front>> {
    Router::new()
        .route("/log/keys", get(keys))
        .route("/log/{district}/checkpoint", get(checkpoint))
        .route("/log/{district}/tile/{level}/{*index}", get(tile))
}

/// The public keys that checkpoints are signed with, a line each.
async fn keys(State(front): State<Arc<Front>>) -> Response {
    let keys: String = front.log_keys.iter().map(|key| format!("{key}\n")).collect();
    ([TEXT, FRESH], keys).into_response()
}

async fn checkpoint(
    State(front): State<Arc<Front>>,
    Path(district): Path<String>,
) -> Result<Response, Problem> {
    let gateway = front.of(&district)?;
    let newest = gateway.prover.newest().await.map_err(fault)?;
    let newest = newest.ok_or_else(|| Problem::plain(Kind::NotFound))?;
    Ok(([TEXT, FRESH], newest.note).into_response())
}

async fn tile(
    State(front): State<Arc<Front>>,
    Path((district, level, index)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let gateway = front.of(&district)?;
    let tile: Tile =
        format!("{level}/{index}").parse().map_err(|_| Problem::plain(Kind::NotFound))?;
    signed(gateway, tile).await?;
    let hashes = gateway.prover.tiles().hashes(tile).await.map_err(|error| fault(error.into()))?;
    let hashes = hashes.ok_or_else(|| Problem::plain(Kind::NotFound))?;
    let bytes: Vec<u8> = hashes.iter().flat_map(|hash| *hash.as_bytes()).collect();
    Ok(([BINARY, FOR_GOOD], bytes).into_response())
}

/// A bundle of records
///
/// The leaves of a tile of level 0, as C2SP tlog-tiles bundles them: the length of each in two
/// bytes, then its bytes.
#[utoipa::path(get, path = "/log/{district}/tile/entries/{*index}", tag = "log",
    params(("district" = String, Path, description = "The code of the district"),
        ("index" = String, Path, description = "The tile's index in groups of three digits, such as `x001/x234/067`, with `.p/<width>` where it is not full")),
    responses((status = 200, description = "The records", content_type = "application/octet-stream")))]
pub(super) async fn entries(
    Here(gateway): Here,
    Path((district, index)): Path<(String, String)>,
    _: Caller,
) -> Result<Response, Problem> {
    if gateway.district.as_str() != district {
        return Err(Problem::plain(Kind::NotFound));
    }
    let tile = Tile::from_index_path(0, &index).map_err(|_| Problem::plain(Kind::NotFound))?;
    signed(&gateway, tile).await?;
    let bundle = gateway.prover.tiles().entries(tile).await.map_err(|error| fault(error.into()))?;
    let bundle = bundle.ok_or_else(|| Problem::plain(Kind::NotFound))?;
    Ok(([BINARY, OWN_FOR_GOOD], bundle).into_response())
}

/// The receipt of a record
///
/// A `c2sp.org/tlog-proof@v1` that holds the record itself: it can be checked off line and for
/// ever, with nothing but the log's public key. For whoever sent the command, for the station that an
/// allowance was granted to, and for those who may read the log. A record that was just written has none until the next checkpoint, which is
/// half a second away: come again after `Retry-After`.
#[utoipa::path(get, path = "/v1/receipts/{position}", tag = "log",
    params(("position" = u64, Path, description = "The record's position, from 1")),
    responses((status = 200, description = "The receipt", content_type = "text/plain")))]
pub(super) async fn receipt(
    Here(gateway): Here,
    PathText(position): PathText,
    caller: Caller,
) -> Result<Response, Problem> {
    let not_found = || Problem::plain(Kind::NotFound);
    let position = position.parse().ok().filter(|position| *position > 0).map(Position);
    let position = position.ok_or_else(not_found)?;
    let (record, _) = gateway.record_at(position).await?.ok_or_else(not_found)?;
    let is_own = match &record.origin {
        Origin::Command { client, .. } => *client == caller.client,
        Origin::Deadline => false,
    };
    // Somebody else's is answered as one that isn't there.
    let may = is_own || is_granted_to(&record, &caller);
    if !may && !caller.kind.scopes().contains(&Scope::LogRead) {
        return Err(not_found());
    }
    match gateway.prover.receipt(position.0).await.map_err(fault)? {
        Some(receipt) => Ok(([TEXT, OWN_FRESH], receipt.to_string()).into_response()),
        None => Err(Problem::plain(Kind::Unavailable).retry_after(1)),
    }
}

/// Is it an allowance of the station that asks? Off line it shows by the receipt, which the log's key
/// has signed, what it may hand out.
fn is_granted_to(record: &Record, caller: &Caller) -> bool {
    let Event::Allowance(allowance::Event::Granted { grant, .. }) = &record.event else {
        return false;
    };
    caller.station().is_ok_and(|own| own == grant.station)
}

/// Tiles are served as far as a checkpoint was signed.
async fn signed(gateway: &Inner, tile: Tile) -> Result<(), Problem> {
    let newest = gateway.prover.newest().await.map_err(fault)?;
    let is_signed = newest.is_some_and(|newest| tile.is_in(newest.size));
    if is_signed { Ok(()) } else { Err(Problem::plain(Kind::NotFound)) }
}

fn fault(error: ProveError) -> Problem {
    Problem::fault(Kind::Unavailable, &error)
}
