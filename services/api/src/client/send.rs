//! One request, sent until it is answered for good.

use std::time::{Duration, Instant};

use bytes::Bytes;
use reqwest::header::{
    AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER,
};
use reqwest::{Method, StatusCode, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Client;
use crate::header::{
    AFTER, IDEMPOTENCY_KEY, IDEMPOTENCY_REPLAYED, OPERATOR_PIN, POSITION, RESIDENT_PIN,
};
use crate::problem::Problem;

/// How long a request is sent again and again: a writer or a database that was killed is back in
/// less, and whoever waits for an answer wants to know.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// The first pause; it doubles up to the longest.
pub(super) const PAUSE_FIRST: Duration = Duration::from_millis(50);

/// The longest pause, also where the server asks for more: the next attempt asks it again.
pub(super) const PAUSE_LONGEST: Duration = Duration::from_secs(2);

/// How long one attempt may take: longer than the server's own longest wait.
const ATTEMPT_LONGEST: Duration = Duration::from_secs(30);

/// How long a connection may take to open.
const CONNECT_LONGEST: Duration = Duration::from_secs(3);

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply<T> {
    /// What was answered.
    pub body: T,
    /// The position that the answer has seen; 0 where it told none.
    pub position: u64,
    /// Had the command been done before?
    pub replayed: bool,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The server says what is wrong. Nothing changed, unless it says that it doesn't know.
    #[error("{}: {}", .0.kind, .0.detail_en)]
    Problem(Box<Problem>),
    /// Neither an answer nor a problem.
    #[error("status {status} with a body that is no problem document: {body}")]
    Status {
        /// The HTTP status.
        status: u16,
        /// The start of the body.
        body: String,
    },
    /// No connection, or it broke, to the last attempt. What became of a command is unknown; send
    /// it again with the same key.
    #[error("no answer from the server after {attempts} attempts")]
    Connection {
        /// How often it was sent.
        attempts: u32,
        /// What went wrong last.
        #[source]
        source: reqwest::Error,
    },
    /// The answer doesn't read as what was expected.
    #[error("the answer doesn't read as expected")]
    Answer(#[source] serde_json::Error),
    /// The request can't be written as JSON.
    #[error("the request can't be written")]
    Request(#[source] serde_json::Error),
    /// The address is none, or a key or a position can't stand in a header.
    #[error("no valid {0}")]
    Invalid(&'static str),
    /// No HTTP client can be made on this machine.
    #[error("no HTTP client")]
    Setup(#[source] reqwest::Error),
}

impl ClientError {
    /// The problem that the server told, if it did.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem(problem) => Some(problem),
            Self::Status { .. }
            | Self::Connection { .. }
            | Self::Answer(_)
            | Self::Request(_)
            | Self::Invalid(_)
            | Self::Setup(_) => None,
        }
    }
}

pub(super) fn http_client() -> Result<reqwest::Client, ClientError> {
    reqwest::Client::builder()
        .tcp_nodelay(true)
        .connect_timeout(CONNECT_LONGEST)
        .timeout(ATTEMPT_LONGEST)
        .build()
        .map_err(ClientError::Setup)
}

/// Whether a request may be sent again when nobody knows what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Repeat {
    /// Twice is once.
    Safe,
    /// It was not done only if the server says so.
    Unsafe,
}

/// A request that can be sent as often as needed.
#[derive(Debug)]
pub(super) struct Request<'a> {
    method: Method,
    path: &'a str,
    query: &'a [(&'a str, &'a str)],
    after: Option<u64>,
    key: Option<&'a str>,
    /// The header it stands in, and the PIN.
    pin: Option<(&'static str, &'a str)>,
    body: Option<(Bytes, &'static str)>,
    repeat: Repeat,
}

impl<'a> Request<'a> {
    pub(super) fn key(mut self, key: &'a str) -> Self {
        self.key = Some(key);
        self
    }

    /// The PIN of an operator.
    pub(super) fn pin(mut self, pin: &'a str) -> Self {
        self.pin = Some((OPERATOR_PIN, pin));
        self
    }

    /// The PIN of a resident's card.
    pub(super) fn resident_pin(mut self, pin: &'a str) -> Self {
        self.pin = Some((RESIDENT_PIN, pin));
        self
    }

    pub(super) fn json<B: Serialize + ?Sized>(mut self, body: &B) -> Result<Self, ClientError> {
        let bytes = serde_json::to_vec(body).map_err(ClientError::Request)?;
        self.body = Some((Bytes::from(bytes), "application/json"));
        Ok(self)
    }

    pub(super) fn toml(mut self, text: &str) -> Self {
        self.body = Some((Bytes::copy_from_slice(text.as_bytes()), "application/toml"));
        self
    }

    pub(super) fn not_repeatable(mut self) -> Self {
        self.repeat = Repeat::Unsafe;
        self
    }
}

impl Client {
    pub(super) fn request<'a>(
        &self,
        method: Method,
        path: &'a str,
        query: &'a [(&'a str, &'a str)],
        after: Option<u64>,
    ) -> Request<'a> {
        Request {
            method,
            path,
            query,
            after,
            key: None,
            pin: None,
            body: None,
            repeat: Repeat::Safe,
        }
    }

    pub(super) async fn send<T: DeserializeOwned>(
        &self,
        request: &Request<'_>,
    ) -> Result<Reply<T>, ClientError> {
        let (headers, body) = self.send_for_bytes(request).await?;
        let body = if body.is_empty() { Bytes::from_static(b"null") } else { body };
        Ok(Reply {
            body: serde_json::from_slice(&body).map_err(ClientError::Answer)?,
            position: headers
                .get(POSITION)
                .and_then(|text| text.to_str().ok()?.parse().ok())
                .unwrap_or_default(),
            replayed: headers.contains_key(IDEMPOTENCY_REPLAYED),
        })
    }

    pub(super) async fn send_for_bytes(
        &self,
        request: &Request<'_>,
    ) -> Result<(HeaderMap, Bytes), ClientError> {
        let url = self.url(request)?;
        let headers = self.headers(request)?;
        let mut pause = PAUSE_FIRST;
        let (mut attempts, began) = (0_u32, Instant::now());
        loop {
            attempts = attempts.saturating_add(1);
            let mut sending =
                self.http.request(request.method.clone(), url.clone()).headers(headers.clone());
            if let Some((bytes, _)) = &request.body {
                sending = sending.body(bytes.clone());
            }
            let wished = match attempt(sending).await {
                Ok((status, headers, body)) if status.is_success() => return Ok((headers, body)),
                Ok((status, headers, body)) => {
                    let come_again = may_come_again(status.as_u16()) && began.elapsed() < PATIENCE;
                    if !come_again {
                        return Err(refused(status, &body));
                    }
                    headers
                        .get(RETRY_AFTER)
                        .and_then(|text| text.to_str().ok()?.parse().ok())
                        .map(Duration::from_secs)
                }
                Err(source) => {
                    let again = request.repeat == Repeat::Safe || source.is_connect();
                    if !again || began.elapsed() >= PATIENCE {
                        return Err(ClientError::Connection { attempts, source });
                    }
                    None
                }
            };
            tokio::time::sleep(wished.unwrap_or(pause).max(pause).min(PAUSE_LONGEST)).await;
            pause = pause.saturating_mul(2).min(PAUSE_LONGEST);
        }
    }

    fn url(&self, request: &Request<'_>) -> Result<Url, ClientError> {
        let mut url = Url::parse(&format!("{}{}", self.base_url, request.path))
            .map_err(|_| ClientError::Invalid("address"))?;
        if !request.query.is_empty() {
            url.query_pairs_mut().extend_pairs(request.query);
        }
        Ok(url)
    }

    fn headers(&self, request: &Request<'_>) -> Result<HeaderMap, ClientError> {
        let mut headers = HeaderMap::new();
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", self.key))
            .map_err(|_| ClientError::Invalid("API key"))?;
        bearer.set_sensitive(true);
        headers.insert(AUTHORIZATION, bearer);
        if let Some((_, kind)) = &request.body {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        }
        if let Some(key) = request.key {
            let key =
                HeaderValue::from_str(key).map_err(|_| ClientError::Invalid("idempotency key"))?;
            headers.insert(HeaderName::from_static(IDEMPOTENCY_KEY), key);
        }
        if let Some((header, pin)) = request.pin {
            let mut pin = HeaderValue::from_str(pin).map_err(|_| ClientError::Invalid("PIN"))?;
            pin.set_sensitive(true);
            headers.insert(HeaderName::from_static(header), pin);
        }
        if let Some(after) = request.after {
            headers.insert(HeaderName::from_static(AFTER), HeaderValue::from(after));
        }
        Ok(headers)
    }
}

async fn attempt(
    sending: reqwest::RequestBuilder,
) -> Result<(StatusCode, HeaderMap, Bytes), reqwest::Error> {
    let response = sending.send().await?;
    let (status, headers) = (response.status(), response.headers().clone());
    Ok((status, headers, response.bytes().await?))
}

/// 408 and 429 say that nothing was done, 503 that nothing was done or that the same key tells.
pub(super) const fn may_come_again(status: u16) -> bool {
    matches!(status, 408 | 429 | 503)
}

fn refused(status: StatusCode, body: &Bytes) -> ClientError {
    match serde_json::from_slice::<Problem>(body) {
        Ok(problem) => ClientError::Problem(Box::new(problem)),
        Err(_) => ClientError::Status {
            status: status.as_u16(),
            body: String::from_utf8_lossy(body).chars().take(200).collect(),
        },
    }
}
