//! What is refused tells of a state, and is told once the store has said that it is the log's still.

use std::sync::Arc;

use futures::FutureExt as _;
use linli_ledger::Image;
use linli_ledger::store::{Appending, Reading, Store, StoreError};
use linli_log::{Frame, KeyEntry};
use linli_port::{Port, Rejected};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::commands::{envelope, fund_nothing, open_pool};
use crate::house::{term, within};

/// A store that takes every frame, and gives its word when it is let.
#[derive(Clone, Debug)]
struct Slow {
    /// One permit for each time that it was asked.
    asked: Arc<Semaphore>,
    /// One permit for each word; closed when the lock is another's.
    words: Arc<Semaphore>,
}

impl Store for Slow {
    fn append(&self, _: Frame) -> Appending {
        std::future::ready(Ok(())).boxed()
    }

    fn confirm(&self) -> Appending {
        self.asked.add_permits(1);
        let words = Arc::clone(&self.words);
        async move {
            let word = words.acquire().await;
            word.map(|word| word.forget()).map_err(|gone| StoreError::Refused(gone.into()))
        }
        .boxed()
    }

    async fn find_keys(
        &self,
        keys: &[([u8; 16], &str)],
    ) -> Result<Vec<Option<KeyEntry>>, StoreError> {
        Ok(vec![None; keys.len()])
    }

    fn records(&self, _: u64, _: u64) -> Reading {
        std::future::ready(Ok(Vec::new())).boxed()
    }

    async fn lost(&self) {
        std::future::pending().await
    }
}

#[tokio::test]
async fn a_refusal_waits_for_the_word_of_the_store() {
    let store = Slow { asked: Arc::new(Semaphore::new(0)), words: Arc::new(Semaphore::new(0)) };
    let (port, mut intake) = Port::local();
    let term = term("word", Image::default());
    let held = store.clone();
    let stop = CancellationToken::new();
    let leading =
        tokio::spawn(async move { term.lead(&held, &mut intake, &stop).await.map(|_| ()) });
    let asked = async || within("the question", store.asked.acquire()).await.unwrap().forget();

    within("an accepted command", port.submit_one(envelope("open", open_pool()))).await.unwrap();
    let mut refused = std::pin::pin!(port.submit_one(envelope("nothing", fund_nothing())));
    assert!(refused.as_mut().now_or_never().is_none());
    asked().await;
    assert!(refused.as_mut().now_or_never().is_none(), "nobody said that the state still is one");
    store.words.add_permits(1);
    let answer = within("the refusal", refused).await;
    assert!(matches!(answer, Err(Rejected::Refused(_))), "{answer:?}");

    // Whoever stood still and lost the lock refuses nothing by what it remembers.
    let mut stale = std::pin::pin!(port.submit_one(envelope("stale", fund_nothing())));
    assert!(stale.as_mut().now_or_never().is_none());
    asked().await;
    store.words.close();
    let answer = within("the answer", stale).await;
    assert!(matches!(answer, Err(Rejected::Unavailable { .. })), "{answer:?}");
    assert!(within("the end of the term", leading).await.unwrap().is_err());
}
