//! Many commands at once: bulks whose items are all accepted, and several requests under way.

use std::future::Future;

use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use linli_api::bulk::{Bulk, BulkAnswer, BulkItem, ItemAnswer};
use linli_api::receipt::Receipt;
use linli_api::{ClientError, Reply};

use crate::error::{DemoError, Doing as _};

/// Requests under way at once: enough that the writer always has something waiting, few enough
/// for the file descriptors of any machine.
pub(super) const REQUESTS_AT_ONCE: usize = 16;

/// Commands in one request: large enough that the requests don't count, small enough that an
/// answer of awards with their explanations stays below a megabyte.
pub(super) const BULK_ITEMS: usize = 250;

/// Runs the tasks, some at once, and gives what they gave, in their order.
pub(super) async fn several<T, F>(tasks: Vec<F>) -> Result<Vec<T>, DemoError>
where
    F: Future<Output = Result<T, DemoError>>,
{
    stream::iter(tasks).buffered(REQUESTS_AT_ONCE).try_collect().await
}

/// The items in bulks.
pub(super) fn bulks<T>(items: impl IntoIterator<Item = (String, T)>) -> Vec<Bulk<T>> {
    let mut bulks = Vec::new();
    let mut items = items.into_iter().map(|(key, body)| BulkItem { key, body }).peekable();
    while items.peek().is_some() {
        bulks.push(Bulk { items: items.by_ref().take(BULK_ITEMS).collect() });
    }
    bulks
}

/// The receipts of a bulk all of whose items have to be accepted.
pub(super) fn accepted<T>(
    doing: &str,
    answer: Result<Reply<BulkAnswer<T>>, ClientError>,
) -> Result<Vec<Receipt<T>>, DemoError> {
    let answers = answer.doing(|| doing.to_owned())?.body.answers.into_iter();
    answers
        .map(|answer| match answer {
            ItemAnswer::Accepted { receipt, .. } => Ok(receipt),
            ItemAnswer::Refused { problem, .. } => {
                Err(DemoError::Refused { doing: doing.to_owned(), problem: Box::new(problem) })
            }
        })
        .collect()
}
