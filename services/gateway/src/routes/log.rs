//! The log as an auditor reads it: from the truth itself, not from a read model.

use axum::http::{StatusCode, Uri};
use axum::response::Response;
use linli_api::log::{LogHead, LogRecord, LogRecords};
use linli_domain::Position;
use linli_log::merkle::{EMPTY_ROOT, leaf_hash};

use crate::caller::Caller;
use crate::command::told;
use crate::fact;
use crate::front::Here;
use crate::problem::{Kind, Problem};
use crate::request::{Asked, PathText};
use crate::told::log_fault;

/// Where the log ends
#[utoipa::path(get, path = "/v1/log/head", tag = "log",
    responses((status = 200, description = "The last position and the root of the tree there", body = LogHead)))]
pub(super) async fn head(Here(gateway): Here, _: Caller) -> Result<Response, Problem> {
    let head = gateway.log.head(&gateway.district).await.map_err(log_fault)?;
    let (position, root) = head.map_or((0, EMPTY_ROOT), |head| (head.last, head.root));
    let head = LogHead {
        district: gateway.district.to_string(),
        position,
        root: crate::key::hex(&root.0).into(),
    };
    Ok(told(StatusCode::OK, Position(position), &head))
}

/// Records after a position
///
/// With the exact bytes of each, which are the leaves of an RFC 6962 tree.
#[utoipa::path(get, path = "/v1/log/records", tag = "log",
    params(("after" = Option<u64>, Query, description = "The records after this position; from the first unless told"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many; 50 unless told")),
    responses((status = 200, description = "The records in order; none after the end", body = LogRecords)))]
pub(super) async fn records(Here(gateway): Here, _: Caller, uri: Uri) -> Result<Response, Problem> {
    let mut asked = Asked::of(&uri)?;
    let (after, limit) = (asked.value("after")?.unwrap_or(0_u64), asked.limit()?);
    asked.done()?;
    let last = Position(after.saturating_add(limit.into()));
    let found = gateway.records(Position(after).next(), last).await?;
    let records: Vec<LogRecord> = found.iter().map(|(record, bytes)| tell(record, bytes)).collect();
    let last = records.last().map_or(after, |record| record.position);
    Ok(told(StatusCode::OK, Position(last), &LogRecords { records, last }))
}

/// The record at a position
#[utoipa::path(get, path = "/v1/log/records/{position}", tag = "log",
    params(("position" = u64, Path, description = "The position, from 1")),
    responses((status = 200, description = "The record", body = LogRecord)))]
pub(super) async fn record(
    Here(gateway): Here,
    PathText(position): PathText,
    _: Caller,
) -> Result<Response, Problem> {
    let position = position.parse().ok().filter(|position| *position > 0).map(Position);
    let found = match position {
        Some(position) => gateway.record_at(position).await?,
        None => None,
    };
    let (record, bytes) = found.ok_or_else(|| Problem::plain(Kind::NotFound))?;
    Ok(told(StatusCode::OK, record.position, &tell(&record, &bytes)))
}

fn tell(record: &linli_domain::Record, bytes: &[u8]) -> LogRecord {
    fact::record(record, bytes, leaf_hash(bytes).0)
}
