//! Bodies: bounded in bytes and in time.

use std::time::Duration;

use axum::body::{Body, HttpBody as _};
use bytes::{Bytes, BytesMut};
use futures::{Stream, StreamExt as _};

use crate::problem::{Kind, Problem};

/// The longest body of one command: a contribution with all its attachments is 3 kB.
pub(crate) const BODY_BYTES_MAX: usize = 64 * 1024;

/// The longest body of a bulk: 1,000 contributions of 2 kB.
pub(crate) const BULK_BYTES_MAX: usize = 2 * 1024 * 1024;

/// How long a body may take to arrive: 2 MiB over a poor mobile line. Whoever sends a byte now and
/// then holds no place for longer.
const BODY_WAIT_MAX: Duration = Duration::from_secs(20);

/// How much of a body that is too long is still taken in, and for how long, before it is refused.
/// Whoever is cut off in the middle of sending sees a broken connection instead of the refusal.
const REST_BYTES_MAX: usize = 2 * BULK_BYTES_MAX;
const REST_WAIT_MAX: Duration = Duration::from_secs(2);

/// Reads a body to its end.
pub(crate) async fn read(body: Body, bytes_max: usize) -> Result<Bytes, Problem> {
    let announced = body.size_hint().exact().and_then(|bytes| usize::try_from(bytes).ok());
    if announced == Some(0) {
        return Ok(Bytes::new());
    }
    let mut stream = body.into_data_stream();
    if announced.is_some_and(|bytes| bytes > bytes_max) {
        return Err(refuse(&mut stream, bytes_max).await);
    }
    tokio::time::timeout(BODY_WAIT_MAX, collect(stream, bytes_max))
        .await
        .unwrap_or_else(|_| Err(Problem::plain(Kind::BodyTooSlow)))
}

/// Takes in what still comes, within bounds, and refuses it.
async fn refuse<E>(
    stream: &mut (impl Stream<Item = Result<Bytes, E>> + Unpin),
    bytes_max: usize,
) -> Problem {
    let rest = async {
        let mut bytes = 0_usize;
        while let Some(Ok(chunk)) = stream.next().await {
            bytes = bytes.saturating_add(chunk.len());
            if bytes > REST_BYTES_MAX {
                break;
            }
        }
    };
    // Late or not, it is refused.
    let _in_time = tokio::time::timeout(REST_WAIT_MAX, rest).await;
    too_large(bytes_max)
}

async fn collect<E>(
    mut stream: impl Stream<Item = Result<Bytes, E>> + Unpin,
    bytes_max: usize,
) -> Result<Bytes, Problem> {
    let mut whole = Bytes::new();
    let mut rest = BytesMut::new();
    while let Some(chunk) = stream.next().await {
        // A body that breaks off is read by nobody; the status only ends the request.
        let chunk = chunk.map_err(|_| Problem::plain(Kind::MalformedJson))?;
        if whole.len().saturating_add(rest.len()).saturating_add(chunk.len()) > bytes_max {
            return Err(refuse(&mut stream, bytes_max).await);
        }
        if whole.is_empty() && rest.is_empty() {
            // Small bodies come in one piece, which is not copied.
            whole = chunk;
        } else {
            if !whole.is_empty() {
                rest.extend_from_slice(&std::mem::take(&mut whole));
            }
            rest.extend_from_slice(&chunk);
        }
    }
    Ok(if rest.is_empty() { whole } else { rest.freeze() })
}

fn too_large(bytes_max: usize) -> Problem {
    let kib = bytes_max / 1_024;
    Problem::new(
        Kind::BodyTooLarge,
        format!("请求体不得超过 {kib} KiB。"),
        format!("A body here is at most {kib} KiB."),
    )
    .with("bytes_max", bytes_max)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn collected(chunks: &[&'static str], bytes_max: usize) -> Option<Bytes> {
        let chunks: Vec<Result<Bytes, ()>> =
            chunks.iter().map(|chunk| Ok(Bytes::from_static(chunk.as_bytes()))).collect();
        collect(futures::stream::iter(chunks), bytes_max).await.ok()
    }

    #[tokio::test]
    async fn bodies_are_joined_and_bounded() {
        for (chunks, bytes_max, expected) in [
            (&[][..], 3, Some("")),
            (&["abc"], 3, Some("abc")),
            (&["", "a", "", "bc"], 3, Some("abc")),
            (&["ab", "cd"], 3, None),
            (&["abcd"], 3, None),
        ] {
            assert_eq!(collected(chunks, bytes_max).await, expected.map(Bytes::from), "{chunks:?}");
        }
    }
}
