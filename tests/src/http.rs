//! HTTP without a typed client: for bytes that are compared and for requests that are wrong.

use anyhow::Context as _;
use linli_api::header::{IDEMPOTENCY_KEY, IDEMPOTENCY_REPLAYED, POSITION};
use linli_api::problem::Problem;
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

/// SHA-256 of some bytes, as hexadecimal digits.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A server by its address.
#[derive(Clone, Debug)]
pub struct Http {
    client: reqwest::Client,
    url: String,
}

/// A request: exactly what it says, sent once.
#[derive(Clone, Debug)]
pub struct Ask {
    method: Method,
    path: String,
    bearer: Option<String>,
    key: Option<String>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, to the byte.
    pub body: Vec<u8>,
}

impl Http {
    /// The server at this address.
    #[must_use]
    pub fn new(url: &str) -> Self {
        Self { client: reqwest::Client::new(), url: url.to_owned() }
    }

    /// The same over a connection of its own for each request.
    ///
    /// # Errors
    ///
    /// If there can be no client.
    pub fn once(url: &str) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder().pool_max_idle_per_host(0).build()?;
        Ok(Self { client, url: url.to_owned() })
    }

    /// Sends it once and takes whatever comes.
    ///
    /// # Errors
    ///
    /// If no answer came.
    pub async fn send(&self, ask: &Ask) -> anyhow::Result<Answer> {
        let mut request =
            self.client.request(ask.method.clone(), format!("{}{}", self.url, ask.path));
        if let Some(bearer) = &ask.bearer {
            request = request.header(AUTHORIZATION, format!("Bearer {bearer}"));
        }
        if let Some(key) = &ask.key {
            request = request.header(IDEMPOTENCY_KEY, key);
        }
        if let Some(content_type) = &ask.content_type {
            request = request.header(CONTENT_TYPE, content_type);
        }
        for (name, value) in &ask.headers {
            request = request.header(name, value);
        }
        let response = request.body(ask.body.clone()).send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(Answer { status, headers, body: response.bytes().await?.to_vec() })
    }
}

impl Ask {
    /// With nothing but a method and a path.
    #[must_use]
    pub fn new(method: Method, path: &str) -> Self {
        Self {
            method,
            path: path.to_owned(),
            bearer: None,
            key: None,
            content_type: None,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// `GET`.
    #[must_use]
    pub fn get(path: &str) -> Self {
        Self::new(Method::GET, path)
    }

    /// `POST`.
    #[must_use]
    pub fn post(path: &str) -> Self {
        Self::new(Method::POST, path)
    }

    /// SHA-256 of what it asks, as hexadecimal digits.
    #[must_use]
    pub fn digest(&self) -> String {
        let head = format!("{} {}\n", self.method, self.path);
        digest(&[head.as_bytes(), &self.body].concat())
    }

    /// With an API key.
    #[must_use]
    pub fn bearer(self, key: &str) -> Self {
        Self { bearer: Some(key.to_owned()), ..self }
    }

    /// With an idempotency key.
    #[must_use]
    pub fn key(self, key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..self }
    }

    /// With a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With a body of some type.
    #[must_use]
    pub fn body(self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { content_type: Some(content_type.to_owned()), body: body.into(), ..self }
    }

    /// With a text that may be JSON or not.
    #[must_use]
    pub fn text(self, body: &str) -> Self {
        self.body("application/json", body)
    }

    /// With JSON.
    ///
    /// # Errors
    ///
    /// If it can't be written.
    pub fn json(self, body: &impl Serialize) -> anyhow::Result<Self> {
        Ok(self.body("application/json", serde_json::to_vec(body)?))
    }
}

impl Answer {
    /// A header as text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Was the command done before?
    #[must_use]
    pub fn replayed(&self) -> bool {
        self.header(IDEMPOTENCY_REPLAYED) == Some("true")
    }

    /// The position that the answer has seen.
    #[must_use]
    pub fn position(&self) -> Option<u64> {
        self.header(POSITION)?.parse().ok()
    }

    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// If it doesn't read so.
    pub fn json<T: DeserializeOwned>(&self) -> anyhow::Result<T> {
        serde_json::from_slice(&self.body)
            .with_context(|| format!("{}: {}", self.status, String::from_utf8_lossy(&self.body)))
    }

    /// The problem document that the body is.
    ///
    /// # Errors
    ///
    /// If it is none, or isn't served as one.
    pub fn problem(&self) -> anyhow::Result<Problem> {
        let kind = self.header("content-type").unwrap_or_default();
        anyhow::ensure!(kind == "application/problem+json", "{} served as {kind}", self.status);
        self.json()
    }
}
