//! Many new rows at once, as PostgreSQL's binary copy has them.

use std::error::Error;

use bytes::{BufMut as _, Bytes, BytesMut};
use deadpool_postgres::Transaction;
use futures::{SinkExt as _, pin_mut};
use linli_domain::text::Code;
use postgres_types::{IsNull, ToSql as _};

use super::statement::names;
use super::{Table, type_of};
use crate::cell::Cell;
use crate::error::WriteError;

/// Bytes that are sent at once: some hundreds of rows, few enough that the server works on the
/// first while the next are made.
const CHUNK_BYTES: usize = 128 * 1024;

/// What a copy begins with: the signature, no flags, no extension.
const HEAD: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

/// What it ends with.
const END: i16 = -1;

/// Inserts rows; one that is there already is an error.
pub(crate) async fn copy<T: Table>(
    transaction: &Transaction<'_>,
    schema: &str,
    district: &Code,
    rows: &[&T],
) -> Result<(), WriteError> {
    let fault = |source| WriteError::Statement { table: T::NAME, source };
    let text = format!(
        "COPY {schema}.{} (district, {}) FROM STDIN (FORMAT binary)",
        T::NAME,
        names::<T>("")
    );
    let statement = transaction.prepare_cached(&text).await.map_err(fault)?;
    let sink = transaction.copy_in::<_, Bytes>(&statement).await.map_err(fault)?;
    pin_mut!(sink);
    let columns = i16::try_from(T::COLUMNS.len()).unwrap_or(i16::MAX).saturating_add(1);
    let mut out = BytesMut::with_capacity(CHUNK_BYTES);
    out.put_slice(HEAD);
    for row in rows {
        out.put_i16(columns);
        put(&mut out, |out| {
            out.put_slice(district.as_str().as_bytes());
            Ok(IsNull::No)
        })
        .and_then(|()| row.put(&mut out))
        .map_err(|source| WriteError::Form { table: T::NAME, source })?;
        if out.len() >= CHUNK_BYTES {
            sink.send(out.split().freeze()).await.map_err(fault)?;
            out.reserve(CHUNK_BYTES);
        }
    }
    out.put_i16(END);
    sink.send(out.freeze()).await.map_err(fault)?;
    sink.finish().await.map(drop).map_err(fault)
}

/// Puts a cell after its length.
///
/// # Errors
///
/// A cell that has no form in SQL; no type of this crate is so.
pub(crate) fn put_cell<T: Cell>(
    cell: &T,
    out: &mut BytesMut,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    put(out, |out| cell.wire().to_sql(&type_of(T::SQL), out))
}

/// Puts what `value` writes after its length; nothing but -1 for null.
fn put(
    out: &mut BytesMut,
    value: impl FnOnce(&mut BytesMut) -> Result<IsNull, Box<dyn Error + Send + Sync>>,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let at = out.len();
    out.put_i32(-1);
    let begin = out.len();
    if let IsNull::No = value(out)? {
        let length = i32::try_from(out.len().saturating_sub(begin))?;
        if let Some(place) = out.get_mut(at..begin) {
            place.copy_from_slice(&length.to_be_bytes());
        }
    }
    Ok(())
}
