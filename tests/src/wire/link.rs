//! One connection over a wire: how much may still pass.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tokio::io::{AsyncWrite, AsyncWriteExt};

use super::{Cut, Shared, Way, lock};

/// How a connection ended.
#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    /// One of the two closed it.
    Closed,
    /// It was cut.
    Cut(Cut),
}

/// One connection.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) shared: Arc<Shared>,
    /// The cut to be made on this connection, counting down.
    cut: Mutex<Option<Cut>>,
    /// Bytes of the append under way: request and reply, and whether one is.
    exchange: Mutex<Option<(u64, u64)>>,
    /// When something last passed, each way.
    passed: Mutex<[Option<Instant>; 2]>,
}

impl Link {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self {
            shared,
            cut: Mutex::new(None),
            exchange: Mutex::new(None),
            passed: Mutex::new([None; 2]),
        }
    }

    /// The moment from which an armed cut counts.
    pub(super) fn mark(&self) {
        if let Some(cut) = lock(&self.shared.armed).take() {
            *lock(&self.cut) = Some(cut);
        }
        *lock(&self.exchange) = Some((0, 0));
    }

    /// The end of an exchange that began with a mark.
    pub(super) fn exchanged(&self) {
        if let Some(bytes) = lock(&self.exchange).take() {
            *lock(&self.shared.exchange) = bytes;
        }
    }

    /// Lets bytes pass, or as many as still may.
    pub(super) async fn pass(
        &self,
        way: Way,
        bytes: &[u8],
        to: &mut (impl AsyncWrite + Unpin),
    ) -> std::io::Result<Option<Cut>> {
        self.hold_up(way).await;
        self.count(way, bytes.len());
        let (may, cut) = self.may(way, bytes.len());
        to.write_all(&bytes[..may]).await?;
        to.flush().await?;
        Ok(cut)
    }

    /// Waits as long as the wire is slow: what comes at once is held up once.
    async fn hold_up(&self, way: Way) {
        let latency = Duration::from_millis(self.shared.latency_ms.load(Ordering::Relaxed));
        let passed = lock(&self.passed)[usize::from(way == Way::Reply)];
        if !latency.is_zero() && passed.is_none_or(|passed| passed.elapsed() >= latency) {
            tokio::time::sleep(latency).await;
        }
        lock(&self.passed)[usize::from(way == Way::Reply)] = Some(Instant::now());
    }

    /// How many of so many bytes may pass, and the cut if they are fewer.
    fn may(&self, way: Way, bytes: usize) -> (usize, Option<Cut>) {
        let mut cut = lock(&self.cut);
        let Some(cut) = cut.as_mut().filter(|cut| cut.way == way) else { return (bytes, None) };
        match usize::try_from(cut.after_bytes) {
            Ok(left) if left < bytes => (left, Some(*cut)),
            _ => {
                cut.after_bytes -= u64::try_from(bytes).unwrap_or(0);
                (bytes, None)
            }
        }
    }

    fn count(&self, way: Way, bytes: usize) {
        if let Some((request, reply)) = lock(&self.exchange).as_mut() {
            let counted = match way {
                Way::Request => request,
                Way::Reply => reply,
            };
            *counted += u64::try_from(bytes).unwrap_or(0);
        }
    }
}
