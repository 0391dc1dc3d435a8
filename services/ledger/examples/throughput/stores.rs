//! Stores to be measured against.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::mpsc;

use bytes::Bytes;
use futures::FutureExt;
use linli_ledger::store::{Appending, Reading, Store, StoreError};
use linli_log::{Frame, KeyEntry};
use tokio::sync::oneshot;

/// Keeps nothing.
pub(crate) struct NullStore;

/// Appends the bodies of frames to a file and syncs it, a frame at a time.
pub(crate) struct FileStore(mpsc::Sender<(Bytes, oneshot::Sender<()>)>);

impl FileStore {
    pub(crate) fn create(path: &Path) -> Self {
        let mut file = File::create(path).unwrap();
        let (sender, frames) = mpsc::channel::<(Bytes, oneshot::Sender<()>)>();
        std::thread::spawn(move || {
            while let Ok((body, done)) = frames.recv() {
                file.write_all(&body).unwrap();
                file.sync_data().unwrap();
                let _gone = done.send(());
            }
        });
        Self(sender)
    }
}

impl Store for NullStore {
    fn append(&self, _frame: Frame) -> Appending {
        futures::future::ready(Ok(())).boxed()
    }

    async fn find_keys(
        &self,
        keys: &[([u8; 16], &str)],
    ) -> Result<Vec<Option<KeyEntry>>, StoreError> {
        Ok(vec![None; keys.len()])
    }

    fn records(&self, _first: u64, _last: u64) -> Reading {
        futures::future::ready(Ok(Vec::new())).boxed()
    }

    async fn lost(&self) {
        std::future::pending().await
    }
}

impl Store for FileStore {
    fn append(&self, frame: Frame) -> Appending {
        let (sender, done) = oneshot::channel();
        self.0.send((frame.body, sender)).unwrap();
        async move { done.await.map_err(|error| StoreError::Unknown(error.into())) }.boxed()
    }

    async fn find_keys(
        &self,
        keys: &[([u8; 16], &str)],
    ) -> Result<Vec<Option<KeyEntry>>, StoreError> {
        Ok(vec![None; keys.len()])
    }

    fn records(&self, _first: u64, _last: u64) -> Reading {
        futures::future::ready(Ok(Vec::new())).boxed()
    }

    async fn lost(&self) {
        std::future::pending().await
    }
}
