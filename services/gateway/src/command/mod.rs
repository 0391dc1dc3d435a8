//! Commands on their way through the port, one or many, and their answers.

mod bulk;
mod deed;

pub(crate) use deed::Deed;

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use linli_api::header::{IDEMPOTENCY_REPLAYED, POSITION};
use linli_domain::{Command, IdempotencyKey, Position, Record};
use linli_port::{Accepted, Answer, Envelope, Rejected};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::caller::Caller;
use crate::gateway::Inner;
use crate::problem::{Kind, Problem};
use crate::receipt::{counted_against, last_position, receipt};
use crate::request::Sent;
use crate::told::log_fault;

/// Room for an answer to begin with: a receipt of a sale is 600 bytes, a page of a list is longer
/// and grows.
const ANSWER_BYTES: usize = 1_024;

/// A body without content: nothing at all or `{}`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bare {}

impl Inner {
    /// Submits the command that a body means, and answers with its receipt. `subject` is what the
    /// path names.
    pub(crate) async fn perform<B: DeserializeOwned, M: Into<Command>, C: Serialize>(
        &self,
        deed: Deed,
        sent: &Sent,
        subject: &str,
        meant: impl FnOnce(B, &Caller) -> Result<M, Problem>,
        tell: impl FnOnce(&[Record]) -> Option<C>,
    ) -> Result<Response, Problem> {
        let command = meant(sent.said()?, &sent.caller)?.into();
        self.submit(deed, sent, subject, command, tell).await
    }

    /// Submits a command and answers with its receipt.
    pub(crate) async fn submit<C: Serialize>(
        &self,
        deed: Deed,
        sent: &Sent,
        subject: &str,
        command: Command,
        tell: impl FnOnce(&[Record]) -> Option<C>,
    ) -> Result<Response, Problem> {
        let answer = self.hand_in(deed, sent, subject, command).await?;
        let accepted = answer.map_err(|rejected| Problem::from(&rejected))?;
        answered(deed, &accepted, tell)
    }

    /// Hands a command to the ledger, for whoever makes something of its answer.
    pub(crate) async fn hand_in(
        &self,
        deed: Deed,
        sent: &Sent,
        subject: &str,
        command: Command,
    ) -> Result<Answer, Problem> {
        sent.asked.done()?;
        let envelope = Envelope {
            client: sent.caller.client,
            key: sent.key.clone(),
            body_hash: deed.hash(subject, &sent.body),
            command,
        };
        Ok(self.courier.submit_one(envelope).await)
    }
}

/// The receipt of what a command did.
pub(crate) fn answered<C: Serialize>(
    deed: Deed,
    accepted: &Accepted,
    tell: impl FnOnce(&[Record]) -> Option<C>,
) -> Result<Response, Problem> {
    if let Some(problem) = counted_against(&accepted.records) {
        // It is a record, so whoever reads what came of it has to have seen that.
        return Err(problem.with("position", last_position(&accepted.records).0));
    }
    let receipt = receipt(&accepted.records, tell).ok_or_else(no_receipt)?;
    let mut response = told(deed.status, last_position(&accepted.records), &receipt);
    if accepted.repeated {
        response.headers_mut().insert(IDEMPOTENCY_REPLAYED, HeaderValue::from_static("true"));
    }
    Ok(response)
}

impl Inner {
    /// Was something done under this key before, as far as the index of keys has come? Then the ledger
    /// answers with what that was, or refuses another wish, whatever the command.
    pub(crate) async fn has_done(&self, sent: &Sent) -> Result<bool, Problem> {
        let asked = [(sent.caller.client.0.to_be_bytes(), sent.key.as_str())];
        let found = self.log.find_keys(&self.district, &asked).await.map_err(log_fault)?;
        Ok(found.iter().any(Option::is_some))
    }

    /// Submits a command under a key that its subject names: for what can be done to a subject once
    /// only, so that asking again, from anywhere, is asking for the same.
    pub(crate) async fn submit_once(
        &self,
        deed: Deed,
        caller: &Caller,
        subject: &str,
        command: Command,
    ) -> Result<Accepted, Rejected> {
        let key = IdempotencyKey::new(&deed.key(subject)).map_err(|_| Rejected::KeyReused)?;
        let body_hash = deed.hash(subject, b"");
        let client = caller.client;
        self.courier.submit_one(Envelope { client, key, body_hash, command }).await
    }
}

/// The writer answered a command with the records of another.
#[derive(Debug, thiserror::Error)]
#[error("the ledger answered with records that are not those of the command")]
struct ForeignRecords;

fn no_receipt() -> Problem {
    Problem::fault(Kind::Internal, &ForeignRecords)
}

/// A JSON answer with the position that it has seen.
pub(crate) fn told<T: Serialize>(status: StatusCode, position: Position, body: &T) -> Response {
    let mut text = Vec::with_capacity(ANSWER_BYTES);
    match serde_json::to_writer(&mut text, body) {
        Ok(()) => written(status, position, text.into()),
        Err(error) => {
            axum::response::IntoResponse::into_response(Problem::fault(Kind::Internal, &error))
        }
    }
}

/// An answer whose JSON is written already.
fn written(status: StatusCode, position: Position, text: Bytes) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if position > Position::START {
        headers.insert(POSITION, HeaderValue::from(position.0));
    }
    response
}
