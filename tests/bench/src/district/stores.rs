//! What stands in PostgreSQL's place behind the same writer: a file, and nothing.

use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::Context as _;
use futures::FutureExt as _;
use linli_ledger::store::{Appending, Reading, Store, StoreError};
use linli_log::{Frame, KeyEntry};
use tokio::sync::oneshot;

/// Frames that may be on their way to the disk; a writer has one or two.
const FLYING_MAX: usize = 16;

/// Frames appended to a file, each flushed (fdatasync) before it counts: what the disk allows.
pub(super) struct FileStore {
    frames: SyncSender<(Frame, oneshot::Sender<std::io::Result<()>>)>,
}

/// Keeps nothing, and says at once that it has.
pub(super) struct NullStore;

impl FileStore {
    /// Creates the file. It goes with its writer.
    pub(super) fn create(path: PathBuf) -> anyhow::Result<Self> {
        let file = File::create(&path).with_context(|| format!("creating {}", path.display()))?;
        let (frames, received) = sync_channel(FLYING_MAX);
        let thread = std::thread::Builder::new().name("file".to_owned());
        thread.spawn(move || {
            write(file, &received);
            let _ = std::fs::remove_file(path);
        })?;
        Ok(Self { frames })
    }
}

/// Writes what comes, all that waits under one flush.
fn write(mut file: File, frames: &Receiver<(Frame, oneshot::Sender<std::io::Result<()>>)>) {
    while let Ok(first) = frames.recv() {
        let waiting: Vec<_> = std::iter::once(first).chain(frames.try_iter()).collect();
        let mut put = || {
            for (frame, _) in &waiting {
                file.write_all(frame.root.as_bytes())?;
                file.write_all(&frame.body)?;
            }
            file.sync_data()
        };
        let outcome = put();
        for (_, done) in waiting {
            let told = match &outcome {
                Ok(()) => Ok(()),
                Err(error) => Err(std::io::Error::new(error.kind(), error.to_string())),
            };
            drop(done.send(told));
        }
    }
}

impl Store for FileStore {
    fn append(&self, frame: Frame) -> Appending {
        let (sender, done) = oneshot::channel();
        let sent = self.frames.try_send((frame, sender));
        async move {
            sent.map_err(|_| StoreError::Refused("the file's thread is gone or behind".into()))?;
            match done.await {
                Ok(Ok(())) => Ok(()),
                Ok(Err(error)) => Err(StoreError::Unknown(error.into())),
                Err(gone) => Err(StoreError::Unknown(gone.into())),
            }
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
        Ok(vec![None; keys.len()])
    }

    fn records(&self, _: u64, _: u64) -> Reading {
        std::future::ready(Ok(Vec::new())).boxed()
    }

    async fn lost(&self) {
        std::future::pending().await
    }
}

impl Store for NullStore {
    fn append(&self, _: Frame) -> Appending {
        std::future::ready(Ok(())).boxed()
    }

    fn confirm(&self) -> Appending {
        std::future::ready(Ok(())).boxed()
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
