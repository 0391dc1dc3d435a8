//! Many commands in one request: parsed a slice at a time, submitted together, each answered.

use std::borrow::Cow;

use axum::http::StatusCode;
use axum::response::Response;
use linli_api::bulk::{BULK_ITEMS_MAX, ItemAnswer};
use linli_domain::{Command, IdempotencyKey, Position};
use linli_port::{Answer, Envelope, Rejected};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Deed, no_receipt, written};
use crate::caller::Caller;
use crate::gateway::Inner;
use crate::problem::{Kind, Problem};
use crate::receipt::{Teller, last_position, receipt};
use crate::request::{SentMany, json};

/// Items that are parsed, or answered, until others get their turn: a tenth of a millisecond or
/// so, lest whoever sends one command waits for a thousand of somebody else's.
const SLICE_ITEMS: usize = 64;

/// Room for an item's answer: its key and the receipt of a contribution.
const ITEM_ANSWER_BYTES: usize = 320;

/// The items of a body, as they were sent.
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
        let mut envelopes = Vec::with_capacity(items.len());
        let mut mistakes = Vec::with_capacity(items.len());
        for slice in items.chunks(SLICE_ITEMS) {
            for item in slice {
                match envelope(deed, &sent.caller, item, &meant) {
                    Ok(envelope) => {
                        envelopes.push(envelope);
                        mistakes.push(None);
                    }
                    Err(problem) => mistakes.push(Some(problem)),
                }
            }
            tokio::task::yield_now().await;
        }
        let mut answers = self.courier.submit(envelopes).await.into_iter();
        let mut told = Answers::of(items.len());
        for (at, (item, mistake)) in items.into_iter().zip(mistakes).enumerate() {
            let answer = match mistake {
                Some(problem) => Err(problem),
                None => told.receipt(answers.next().unwrap_or(Err(Rejected::Unknown)), tell),
            };
            told.push(item.key.into_owned(), answer, sent)?;
            if at.saturating_add(1).is_multiple_of(SLICE_ITEMS) {
                tokio::task::yield_now().await;
            }
        }
        Ok(told.finish())
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

/// The answers as they are written: a [`BulkAnswer`](linli_api::bulk::BulkAnswer), of which only
/// one item is in the form of a type at a time.
struct Answers {
    text: Vec<u8>,
    accepted: usize,
    refused: usize,
    position: Position,
}

impl Answers {
    fn of(items: usize) -> Self {
        let text = Vec::with_capacity(items.saturating_mul(ITEM_ANSWER_BYTES));
        Self { text, accepted: 0, refused: 0, position: Position::START }
    }

    /// The receipt that an answer gives, or the problem that it is.
    fn receipt<C>(&mut self, answer: Answer, tell: Teller<C>) -> Result<ItemReceipt<C>, Problem> {
        let accepted = answer.map_err(|rejected| Problem::from(&rejected))?;
        self.position = self.position.max(last_position(&accepted.records));
        let receipt = receipt(&accepted.records, tell).ok_or_else(no_receipt)?;
        Ok((receipt, accepted.repeated))
    }

    fn push<C: Serialize>(
        &mut self,
        key: String,
        answer: Result<ItemReceipt<C>, Problem>,
        sent: &SentMany,
    ) -> Result<(), Problem> {
        self.text.push(if self.text.is_empty() { b'[' } else { b',' });
        let answer = match answer {
            Ok((receipt, repeated)) => {
                self.accepted = self.accepted.saturating_add(1);
                ItemAnswer::Accepted { key, repeated, receipt }
            }
            Err(problem) => {
                self.refused = self.refused.saturating_add(1);
                ItemAnswer::Refused { key, problem: problem.document(sent.language) }
            }
        };
        serde_json::to_writer(&mut self.text, &answer)
            .map_err(|error| Problem::fault(Kind::Internal, &error))
    }

    fn finish(mut self) -> Response {
        let head =
            format!("{{\"accepted\":{},\"refused\":{},\"answers\":", self.accepted, self.refused);
        self.text.extend_from_slice(b"]}");
        // One move of some hundred kilobytes; what it costs is lost beside what it moves.
        self.text.splice(0..0, head.into_bytes());
        written(StatusCode::OK, self.position, self.text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
