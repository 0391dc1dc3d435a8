//! Bodies: bounded in bytes and in time.

use std::time::Duration;

use axum::body::{Body, HttpBody};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;

use crate::problem::{Kind, Problem};
use crate::request::take_rest;

/// The longest body of one command: a contribution with all its attachments is 3 kB.
pub(crate) const BODY_BYTES_MAX: usize = 64 * 1024;

/// The longest body of a bulk: 1,000 contributions of 2 kB.
pub(crate) const BULK_BYTES_MAX: usize = 2 * 1024 * 1024;

/// How long a body may take to arrive: 2 MiB over a poor mobile line. Whoever sends a byte now and
/// then holds no place for longer.
const BODY_WAIT_MAX: Duration = Duration::from_secs(20);

/// When to come again after a connection broke: a line that is bad now may be good by then.
const AGAIN_AFTER_S: u32 = 1;

/// Reads a body to its end.
pub(crate) async fn read(body: Body, bytes_max: usize) -> Result<Bytes, Problem> {
    let announced = body.size_hint().exact().and_then(|bytes| usize::try_from(bytes).ok());
    if announced == Some(0) {
        return Ok(Bytes::new());
    }
    if announced.is_some_and(|bytes| bytes > bytes_max) {
        take_rest(body).await;
        return Err(too_large(bytes_max));
    }
    let mut body = body;
    let collected = tokio::time::timeout(BODY_WAIT_MAX, collect(&mut body, bytes_max)).await;
    match collected {
        Ok(Err(Broken::TooLarge)) => {
            take_rest(body).await;
            Err(too_large(bytes_max))
        }
        Ok(Err(Broken::Off)) => Err(Problem::plain(Kind::BodyCutOff).retry_after(AGAIN_AFTER_S)),
        Ok(Ok(bytes)) => Ok(bytes),
        Err(_) => Err(Problem::plain(Kind::BodyTooSlow)),
    }
}

/// Why a body has no end.
#[derive(Debug, PartialEq, Eq)]
enum Broken {
    /// It is longer than is read; the rest still comes.
    TooLarge,
    /// It breaks off. Whoever can still read the answer is not told that the command was wrong:
    /// what was read of it says nothing about the rest.
    Off,
}

async fn collect<B: HttpBody<Data = Bytes> + Unpin>(
    body: &mut B,
    bytes_max: usize,
) -> Result<Bytes, Broken> {
    let mut whole = Bytes::new();
    let mut rest = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Broken::Off)?;
        // Trailers say nothing to us.
        let Ok(chunk) = frame.into_data() else { continue };
        if whole.len().saturating_add(rest.len()).saturating_add(chunk.len()) > bytes_max {
            return Err(Broken::TooLarge);
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
        let chunks: Vec<Result<Bytes, std::io::Error>> =
            chunks.iter().map(|chunk| Ok(Bytes::from_static(chunk.as_bytes()))).collect();
        collect(&mut Body::from_stream(futures::stream::iter(chunks)), bytes_max).await.ok()
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
