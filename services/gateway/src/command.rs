//! Commands on their way through the port, one or many, and their answers.

use std::borrow::Cow;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use linli_api::bulk::{BULK_ITEMS_MAX, BulkAnswer, ItemAnswer};
use linli_api::header::{IDEMPOTENCY_REPLAYED, POSITION};
use linli_domain::{Command, IdempotencyKey, Position};
use linli_port::{Accepted, Answer, Envelope, Rejected};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use crate::caller::Caller;
use crate::gateway::Inner;
use crate::problem::{Kind, Problem};
use crate::receipt::{Teller, last_position, receipt};
use crate::request::{Sent, SentMany, json};

/// The longest wait for an answer from the writer. A take-over by another writer is done in less;
/// after it, whoever asks again with the same key learns what came of it.
const ANSWER_WAIT_MAX: Duration = Duration::from_secs(10);

/// What kind of command a request is: part of what its key stands for, so that the same key and
/// body on another route are another command.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deed {
    name: &'static str,
    status: StatusCode,
}

impl Deed {
    /// Something new comes of it.
    pub(crate) const fn creating(name: &'static str) -> Self {
        Self { name, status: StatusCode::CREATED }
    }

    /// Something that is there changes.
    pub(crate) const fn changing(name: &'static str) -> Self {
        Self { name, status: StatusCode::OK }
    }

    /// SHA-256 of what was sent: the kind of command, what the path names, and the body.
    fn hash(self, subject: &str, body: &[u8]) -> [u8; 32] {
        let mut sha = Sha256::new();
        for part in [self.name, subject] {
            sha.update(part);
            sha.update([0]);
        }
        sha.update(body);
        sha.finalize().into()
    }
}

/// A body without content: nothing at all or `{}`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bare {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Items<'a> {
    #[serde(borrow)]
    items: Vec<Item<'a>>,
}

/// As [`linli_api::bulk::BulkItem`], with the body left as it was sent: its bytes are hashed, and
/// a mistake in it is that item's alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item<'a> {
    #[serde(borrow)]
    key: Cow<'a, str>,
    #[serde(borrow)]
    body: &'a RawValue,
}

impl Inner {
    /// Submits the command that a body means, and answers with its receipt. `subject` is what the
    /// path names.
    pub(crate) async fn perform<B: DeserializeOwned, M: Into<Command>, C: Serialize>(
        &self,
        deed: Deed,
        sent: &Sent,
        subject: &str,
        meant: impl FnOnce(B, &Caller) -> Result<M, Problem>,
        tell: Teller<C>,
    ) -> Result<Response, Problem> {
        let body = if sent.body.is_empty() { b"{}" } else { sent.body.as_ref() };
        let command = meant(json(body)?, &sent.caller)?.into();
        self.submit(deed, sent, subject, command, tell).await
    }

    /// Submits a command and answers with its receipt.
    pub(crate) async fn submit<C: Serialize>(
        &self,
        deed: Deed,
        sent: &Sent,
        subject: &str,
        command: Command,
        tell: Teller<C>,
    ) -> Result<Response, Problem> {
        sent.asked.done()?;
        let envelope = Envelope {
            client: sent.caller.client,
            key: sent.key.clone(),
            body_hash: deed.hash(subject, &sent.body),
            command,
        };
        let answer = tokio::time::timeout(ANSWER_WAIT_MAX, self.port.submit_one(envelope)).await;
        let accepted = answer
            .unwrap_or(Err(Rejected::Unknown))
            .map_err(|rejected| Problem::from(&rejected))?;
        let receipt = receipt(&accepted.records, tell).ok_or_else(no_receipt)?;
        let mut response = told(deed.status, last_position(&accepted.records), &receipt);
        if accepted.repeated {
            response.headers_mut().insert(IDEMPOTENCY_REPLAYED, HeaderValue::from_static("true"));
        }
        Ok(response)
    }

    /// Submits the commands that the items of a body mean, together, and answers each.
    pub(crate) async fn perform_all<B: DeserializeOwned, M: Into<Command>, C: Serialize>(
        &self,
        deed: Deed,
        sent: &SentMany,
        meant: impl Fn(B, &Caller) -> Result<M, Problem>,
        tell: Teller<C>,
    ) -> Result<Response, Problem> {
        let Items { items } = json(&sent.body)?;
        if !(1..=BULK_ITEMS_MAX).contains(&items.len()) {
            return Err(Problem::plain(Kind::TooManyItems).with("items", items.len()));
        }
        let enveloped: Vec<Result<Envelope, Problem>> =
            items.iter().map(|item| envelope(deed, &sent.caller, item, &meant)).collect();
        let submitted = enveloped.iter().filter_map(|item| item.as_ref().ok().cloned()).collect();
        let mut answers = self.submit_all(submitted).await.into_iter();
        let mut position = Position::START;
        let answers = items.into_iter().zip(enveloped).map(|(item, enveloped)| {
            let answered = enveloped.and_then(|_| {
                let accepted = answers.next().unwrap_or(Err(Rejected::Unknown));
                let accepted = accepted.map_err(|rejected| Problem::from(&rejected))?;
                position = position.max(last_position(&accepted.records));
                item_receipt(&accepted, tell)
            });
            let key = item.key.into_owned();
            match answered {
                Ok((receipt, repeated)) => ItemAnswer::Accepted { key, repeated, receipt },
                Err(problem) => {
                    ItemAnswer::Refused { key, problem: problem.document(sent.language) }
                }
            }
        });
        let answer = bulk_answer(answers.collect());
        Ok(told(StatusCode::OK, position, &answer))
    }

    /// One answer for each, in order, whatever becomes of the writer.
    async fn submit_all(&self, envelopes: Vec<Envelope>) -> Vec<Answer> {
        if envelopes.is_empty() {
            return Vec::new();
        }
        let count = envelopes.len();
        let answers = tokio::time::timeout(ANSWER_WAIT_MAX, self.port.submit(envelopes)).await;
        answers.unwrap_or_else(|_| vec![Err(Rejected::Unknown); count])
    }
}

fn envelope<B: DeserializeOwned, M: Into<Command>>(
    deed: Deed,
    caller: &Caller,
    item: &Item<'_>,
    meant: impl Fn(B, &Caller) -> Result<M, Problem>,
) -> Result<Envelope, Problem> {
    let key =
        IdempotencyKey::new(&item.key).map_err(|_| Problem::plain(Kind::IdempotencyKeyInvalid))?;
    let body = item.body.get().as_bytes();
    let command = meant(json(body)?, caller)?.into();
    Ok(Envelope { client: caller.client, key, body_hash: deed.hash("", body), command })
}

type ItemReceipt<C> = (linli_api::receipt::Receipt<C>, bool);

fn item_receipt<C>(accepted: &Accepted, tell: Teller<C>) -> Result<ItemReceipt<C>, Problem> {
    let receipt = receipt(&accepted.records, tell).ok_or_else(no_receipt)?;
    Ok((receipt, accepted.repeated))
}

fn bulk_answer<C>(answers: Vec<ItemAnswer<C>>) -> BulkAnswer<C> {
    let accepted =
        answers.iter().filter(|answer| matches!(answer, ItemAnswer::Accepted { .. })).count();
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    BulkAnswer {
        accepted: count(accepted),
        refused: count(answers.len().saturating_sub(accepted)),
        answers,
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
    let bytes = match serde_json::to_vec(body) {
        Ok(bytes) => bytes,
        Err(error) => {
            return axum::response::IntoResponse::into_response(Problem::fault(
                Kind::Internal,
                &error,
            ));
        }
    };
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if position > Position::START {
        headers.insert(POSITION, HeaderValue::from(position.0));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_stands_for_deed_subject_and_body_together() {
        let (one, other) = (Deed::creating("a"), Deed::creating("ab"));
        let hashes = [
            one.hash("b", b"c"),
            one.hash("b", b"d"),
            one.hash("bc", b""),
            one.hash("", b"bc"),
            other.hash("", b"c"),
        ];
        for (at, hash) in hashes.iter().enumerate() {
            assert_eq!(hashes.iter().position(|known| known == hash), Some(at));
        }
    }

    #[test]
    fn items_are_read_without_a_copy_and_strictly() {
        let text = br#"{"items":[{"key":"k\u0031","body": {"a" : 1} }]}"#;
        let items: Items<'_> = serde_json::from_slice(text).unwrap();
        assert_eq!(items.items[0].key, "k1");
        assert_eq!(items.items[0].body.get(), r#"{"a" : 1}"#);
        for text in [
            r#"{"items":[{"key":"k"}]}"#,
            r#"{"items":[{"body":1}]}"#,
            r#"{"items":[],"x":1}"#,
            "[]",
        ] {
            assert!(serde_json::from_str::<Items<'_>>(text).is_err(), "{text}");
        }
    }
}
