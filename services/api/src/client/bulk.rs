//! Many commands at once: those without an answer for good are sent again, each under its key.

use std::time::Instant;

use reqwest::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::bulk::{Bulk, BulkAnswer, BulkItem, ItemAnswer};
use crate::client::send::{PATIENCE, PAUSE_FIRST, PAUSE_LONGEST, may_come_again};
use crate::{Client, ClientError, Reply};

impl Client {
    /// Sends the items, and those again that were only told to come again (the writer was away, or
    /// had too much to do), until each is answered for good or patience is at its end.
    pub(super) async fn bulk<B: Serialize + Sync, T: DeserializeOwned>(
        &self,
        path: &str,
        bulk: &Bulk<B>,
    ) -> Result<Reply<BulkAnswer<T>>, ClientError> {
        let (began, mut pause) = (Instant::now(), PAUSE_FIRST);
        let mut reply: Reply<BulkAnswer<T>> = self.send_bulk(path, bulk).await?;
        loop {
            let open = open(bulk, &reply.body);
            if open.items.is_empty() || began.elapsed() >= PATIENCE {
                return Ok(reply);
            }
            tokio::time::sleep(pause).await;
            pause = pause.saturating_mul(2).min(PAUSE_LONGEST);
            let again = self.send_bulk(path, &open).await?;
            reply.position = reply.position.max(again.position);
            reply.body = merged(reply.body, again.body);
        }
    }

    async fn send_bulk<B: Serialize + Sync, T: DeserializeOwned>(
        &self,
        path: &str,
        bulk: &Bulk<B>,
    ) -> Result<Reply<T>, ClientError> {
        self.send(&self.request(Method::POST, path, &[], None).json(bulk)?).await
    }
}

const fn is_open<T>(answer: &ItemAnswer<T>) -> bool {
    match answer {
        ItemAnswer::Accepted { .. } => false,
        ItemAnswer::Refused { problem, .. } => may_come_again(problem.status),
    }
}

/// The items that were told to come again, in their order.
fn open<'a, B, T>(bulk: &'a Bulk<B>, answer: &BulkAnswer<T>) -> Bulk<&'a B> {
    let answered = bulk.items.iter().zip(&answer.answers);
    let open = answered.filter(|(_, answer)| is_open(answer));
    let item =
        |(item, _): (&'a BulkItem<B>, _)| BulkItem { key: item.key.clone(), body: &item.body };
    Bulk { items: open.map(item).collect() }
}

/// The answers with those of the second asking in place of the open ones.
fn merged<T>(first: BulkAnswer<T>, again: BulkAnswer<T>) -> BulkAnswer<T> {
    let mut again = again.answers.into_iter();
    let newest = |answer| if is_open(&answer) { again.next().unwrap_or(answer) } else { answer };
    let answers: Vec<ItemAnswer<T>> = first.answers.into_iter().map(newest).collect();
    let count = |accepted: bool| {
        let is =
            |answer: &&ItemAnswer<T>| matches!(answer, ItemAnswer::Accepted { .. }) == accepted;
        u32::try_from(answers.iter().filter(is).count()).unwrap_or(u32::MAX)
    };
    BulkAnswer { accepted: count(true), refused: count(false), answers }
}
