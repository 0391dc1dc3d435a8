//! A typed client: a method for each route, one idempotency key a command however often it is
//! sent, and problems as they were told.

mod activities;
mod auditor;
mod award_list;
mod bulk;
mod card;
mod counter;
mod estates;
mod finance;
mod honours;
mod mediation;
mod notices;
mod operator;
mod orders;
mod partner;
mod people;
mod places;
mod queue;
mod resident;
mod send;
mod staff;
mod station;
mod time_bank;
mod vouchers;

#[cfg(test)]
mod tests;

pub use auditor::When;
pub use operator::RankingWish;
pub use send::{ClientError, Reply};

use bytes::Bytes;
use reqwest::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A client of one server with one key. Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base_url: std::sync::Arc<str>,
    key: std::sync::Arc<str>,
    after: Option<u64>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base_url)
            .field("after", &self.after)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client of the server at `base_url` (`http://127.0.0.1:8080`, no path) with this key.
    ///
    /// # Errors
    ///
    /// If no HTTP client can be made on this machine.
    pub fn new(base_url: &str, key: &str) -> Result<Self, ClientError> {
        let http = send::http_client()?;
        let base_url = base_url.trim_end_matches('/').into();
        Ok(Self { http, base_url, key: key.into(), after: None })
    }

    /// The same client with another key.
    #[must_use]
    pub fn with_key(&self, key: &str) -> Self {
        Self { key: key.into(), ..self.clone() }
    }

    /// The same client, whose reads have to have seen this position.
    #[must_use]
    pub fn after(&self, position: u64) -> Self {
        Self { after: Some(position), ..self.clone() }
    }

    async fn read<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<Reply<T>, ClientError> {
        self.send(&self.request(Method::GET, path, query, self.after)).await
    }

    async fn read_bytes(&self, path: &str) -> Result<Bytes, ClientError> {
        let (_, body) =
            self.send_for_bytes(&self.request(Method::GET, path, &[], self.after)).await?;
        Ok(body)
    }

    async fn command<B: Serialize + Sync + ?Sized, T: DeserializeOwned>(
        &self,
        path: &str,
        key: &str,
        body: &B,
    ) -> Result<Reply<T>, ClientError> {
        self.send(&self.request(Method::POST, path, &[], None).key(key).json(body)?).await
    }

    /// A command whose path says all.
    async fn bare_command<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        key: &str,
    ) -> Result<Reply<T>, ClientError> {
        self.send(&self.request(method, path, &[], None).key(key)).await
    }
}

/// The pairs of a query that have a value.
fn query<'a>(pairs: &[(&'a str, Option<&'a str>)]) -> Vec<(&'a str, &'a str)> {
    pairs.iter().filter_map(|(name, value)| value.map(|value| (*name, value))).collect()
}
