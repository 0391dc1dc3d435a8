//! A store that answers in order keeps the answer to a question behind the outcome of an append.

use std::sync::Arc;

use futures::FutureExt as _;
use linli_ledger::Image;
use linli_ledger::store::{Appending, Reading, Store, StoreError};
use linli_log::{Frame, KeyEntry};
use linli_port::{Intake, Port};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::commands::{envelope, fund, open_pool};
use crate::house::{term, within};

/// A store whose appends are done when keys are asked for, and that tells of the keys when somebody
/// took the outcome: as a connection does that holds few answers which nobody takes.
#[derive(Clone, Debug)]
struct InOrder {
    /// One permit for each append that was sent.
    sent: Arc<Semaphore>,
    /// Closed once keys were asked for: appends wait for that.
    asked: Arc<Semaphore>,
    /// One permit for each outcome that was taken.
    taken: Arc<Semaphore>,
}

impl InOrder {
    fn new() -> Self {
        let none = || Arc::new(Semaphore::new(0));
        Self { sent: none(), asked: none(), taken: none() }
    }

    /// A term over it, and the way to end it.
    fn lead(&self, image: Image, mut intake: Intake) -> (JoinHandle<Image>, CancellationToken) {
        let term = term("in-order", image);
        let (store, stop) = (self.clone(), CancellationToken::new());
        let stopped = stop.clone();
        let work = async move { term.lead(&store, &mut intake, &stopped).await.unwrap() };
        (tokio::spawn(work), stop)
    }
}

impl Store for InOrder {
    fn append(&self, _: Frame) -> Appending {
        self.sent.add_permits(1);
        let (asked, taken) = (Arc::clone(&self.asked), Arc::clone(&self.taken));
        async move {
            assert!(asked.acquire().await.is_err(), "it has no permits and is closed some time");
            taken.add_permits(1);
            Ok(())
        }
        .boxed()
    }

    fn confirm(&self) -> Appending {
        std::future::ready(Ok(())).boxed()
    }

    async fn find_keys(
        &self,
        keys: &[([u8; 16], &str)],
    ) -> Result<Vec<Option<KeyEntry>>, StoreError> {
        self.asked.close();
        self.taken.acquire().await.unwrap().forget();
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
async fn an_append_goes_on_while_keys_are_looked_up() {
    // The next term has no more than a mark of this key, so that it has to ask the index, which
    // says that the mark was another key's.
    let (port, intake) = Port::local();
    let store = InOrder::new();
    store.asked.close();
    let (term, stop) = store.lead(Image::default(), intake);
    within("the pool", port.submit_one(envelope("open", open_pool()))).await.unwrap();
    within("a gift", port.submit_one(envelope("marked", fund(100)))).await.unwrap();
    stop.cancel();
    let image = within("the end of the term", term).await.unwrap();

    let store = InOrder::new();
    let (port, intake) = Port::local();
    let (term, stop) = store.lead(image, intake);
    let mut new = std::pin::pin!(port.submit_one(envelope("new", fund(200))));
    assert!(new.as_mut().now_or_never().is_none());
    within("an append", store.sent.acquire()).await.unwrap().forget();
    within("who has to be asked for", port.submit_one(envelope("marked", fund(100))))
        .await
        .unwrap();
    within("who waited for the disk", new).await.unwrap();
    stop.cancel();
    within("the end of the term", term).await.unwrap();
}
