//! What is left of a body when the answer is known.
//!
//! A request may be refused before its body is read: no key, no such route, too large. Whoever is
//! still sending when the connection closes sees a broken connection instead of the refusal, so
//! the rest is taken in first, within bounds.

use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};

use crate::request::BULK_BYTES_MAX;

/// The most that is taken in of what nobody reads: twice the longest body that is read.
const REST_BYTES_MAX: usize = 2 * BULK_BYTES_MAX;

/// How long it may take; after it the connection closes.
const REST_WAIT_MAX: Duration = Duration::from_secs(2);

/// Lends the body to whoever answers, and takes in what they left of it.
pub(crate) async fn take_rest(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let body = Lent(Arc::new(Mutex::new(body)));
    let rest = body.clone();
    let response = next.run(Request::from_parts(parts, Body::new(body))).await;
    if !rest.is_end_stream() {
        // In time or not: the answer is the same.
        let _in_time = tokio::time::timeout(REST_WAIT_MAX, discard(rest)).await;
    }
    response
}

async fn discard(rest: Lent) {
    let mut rest = pin!(rest);
    let mut bytes = 0_usize;
    while let Some(Ok(frame)) =
        std::future::poll_fn(|context| rest.as_mut().poll_frame(context)).await
    {
        bytes = bytes.saturating_add(frame.data_ref().map_or(0, Bytes::len));
        if bytes > REST_BYTES_MAX {
            return;
        }
    }
}

/// A body in two hands, of which one reads at a time.
#[derive(Clone, Debug)]
struct Lent(Arc<Mutex<Body>>);

impl HttpBody for Lent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let mut body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Pin::new(&mut *body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).size_hint()
    }
}
