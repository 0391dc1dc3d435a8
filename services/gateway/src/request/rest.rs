//! What is left of a body when the answer is known.
//!
//! A request may be refused before its body is read: no key, no such route, too large. Whoever is
//! still sending when the connection closes sees a broken connection instead of the refusal, so
//! the rest is taken in first, within bounds.

use std::time::Duration;

use axum::body::Body;
use futures::StreamExt as _;

use crate::request::BULK_BYTES_MAX;

/// The most that is taken in of what nobody reads: twice the longest body that is read.
const REST_BYTES_MAX: usize = 2 * BULK_BYTES_MAX;

/// How long it may take; after it the connection closes.
const REST_WAIT_MAX: Duration = Duration::from_secs(2);

/// Takes in what is left, within bounds.
pub(crate) async fn take_rest(body: Body) {
    let mut chunks = body.into_data_stream();
    let rest = async {
        let mut bytes = 0_usize;
        while let Some(Ok(chunk)) = chunks.next().await {
            bytes = bytes.saturating_add(chunk.len());
            if bytes > REST_BYTES_MAX {
                return;
            }
        }
    };
    // In time or not: the answer is the same.
    let _in_time = tokio::time::timeout(REST_WAIT_MAX, rest).await;
}
