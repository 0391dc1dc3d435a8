//! Following a log, keeping its tiles, and signing what the tree was.

use std::time::Duration;

use futures::future::join_all;
use linli_log::checkpoint::{Checkpoint, CheckpointError, Checkpoints};
use linli_log::merkle::{Root, leaf_hash};
use linli_log::tiles::{FullTile, Tiler};
use linli_log::{District, FollowError, Follower, Frame, LogReader, ReadError, TileError, Tiles};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout_at};
use tokio_util::sync::CancellationToken;

use crate::cosign::{Cosigner, Cosigners};
use crate::head::TreeHead;
use crate::key::{LogKeys, told_by};
use crate::metrics::Metrics;

/// Least time between two checkpoints while the log grows: twice a second, so that nobody waits a
/// whole one for a receipt.
pub const SIGN_EVERY: Duration = Duration::from_millis(500);

/// Most records that are taken in before their tiles are written.
const BATCH_RECORDS_MAX: u64 = 65_536;

/// The first pause after a fault.
const PAUSE_MIN: Duration = Duration::from_millis(100);

/// The longest pause: a server that is back is noticed within this.
const PAUSE_MAX: Duration = Duration::from_secs(5);

/// What a notary needs.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whose log.
    pub district: District,
    /// Its log. To write tiles and checkpoints, the login must be allowed what the role
    /// `linli_writer` may.
    pub log: LogReader,
    /// Where frames are rung out; without it the log is looked at.
    pub nats: Option<async_nats::Client>,
    /// The keys that sign.
    pub keys: LogKeys,
    /// Who is asked to cosign.
    pub witnesses: Cosigners,
    /// Where its figures go.
    pub metrics: Metrics,
}

/// Why nothing is signed.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The log could not be read.
    #[error("the log could not be read")]
    Read(#[from] ReadError),
    /// The log could not be followed.
    #[error("the log could not be followed")]
    Follow(#[from] FollowError),
    /// A tile could not be written or read.
    #[error("the tiles could not be written or read")]
    Tiles(#[from] TileError),
    /// A checkpoint could not be written or read.
    #[error("a checkpoint could not be written or read")]
    Checkpoint(#[from] CheckpointError),
    /// A frame can't be cut into records.
    #[error("the frame that begins at {first} can't be cut into records")]
    Body {
        /// Where.
        first: u64,
    },
    /// The records have another root than their frame says: they were changed.
    #[error("the records up to {position} have the root {found}, not {expected}")]
    Root {
        /// Where.
        position: u64,
        /// What the frame says.
        expected: Root,
        /// What the records have.
        found: Root,
    },
    /// A checkpoint was signed that the log does not have: it was put back, or is another history.
    #[error("a checkpoint over {signed} records was signed, which is not this log's")]
    NotOurs {
        /// Its size.
        signed: u64,
    },
    /// A note could not be made.
    #[error("the checkpoint could not be signed")]
    Sign(#[from] signed_note::NoteError),
    /// A witness's client could not be made.
    #[error("no client for a witness")]
    Witness(#[from] crate::cosign::CosignError),
}

/// The notary of a district.
#[derive(Debug)]
pub struct Notary {
    settings: Settings,
    tiles: Tiles,
    checkpoints: Checkpoints,
}

impl Notary {
    /// A notary; it does nothing before [`run`](Self::run).
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let tiles = Tiles::new(settings.log.clone(), settings.district.clone());
        settings.metrics.begin(settings.district.as_str());
        let pool = settings.log.pool().clone();
        let checkpoints = Checkpoints::new(pool, settings.district.clone());
        Self { settings, tiles, checkpoints }
    }

    /// Signs until it is cancelled. Several at once are safe: what they sign is the same. Servers
    /// that are away are waited for; a log that is not what was signed before is told of and not
    /// signed.
    pub async fn run(self, cancel: CancellationToken) {
        let mut pause = PAUSE_MIN;
        loop {
            let begun = Instant::now();
            let fault = tokio::select! {
                () = cancel.cancelled() => return,
                Err(fault) = self.session() => fault,
            };
            let district = self.settings.district.as_str();
            self.settings.metrics.fault(district);
            let told = told(&fault);
            tracing::error!(district, fault = told, "no checkpoint is signed");
            if begun.elapsed() > PAUSE_MAX {
                pause = PAUSE_MIN;
            }
            tokio::select! {
                () = cancel.cancelled() => return,
                () = sleep(pause) => {}
            }
            pause = pause.saturating_mul(2).min(PAUSE_MAX);
        }
    }

    /// Goes on where the tiles end, until something is in the way. A witness that is slow holds up
    /// nobody: it is given the newest checkpoint when it has answered for the one before.
    async fn session(&self) -> Result<std::convert::Infallible, Fault> {
        let witnesses = &self.settings.witnesses.0;
        let cosigners: Vec<Cosigner> =
            witnesses.iter().cloned().map(Cosigner::new).collect::<Result<_, _>>()?;
        let (newest, bell) = watch::channel(None);
        let cosigning = cosigners.into_iter().map(|cosigner| self.cosign(cosigner, bell.clone()));
        let signing = self.follow(&newest);
        tokio::pin!(signing);
        tokio::select! {
            fault = &mut signing => fault,
            _ended = join_all(cosigning), if !witnesses.is_empty() => signing.await,
        }
    }

    /// Signs what comes.
    async fn follow(
        &self,
        newest: &watch::Sender<Option<(TreeHead, String)>>,
    ) -> Result<std::convert::Infallible, Fault> {
        let Settings { district, log, nats, .. } = &self.settings;
        let mut signed = self.newest().await?;
        if signed > 0 {
            // A log that was put back to an older state is known by its witnesses before it grows.
            newest.send_replace(self.head_at(signed).await?);
        }
        let mut edge = Edge::new(self.tiles.resume().await?);
        // The tiles may end inside a frame, where no follower can begin.
        for frame in log.frames_after(district, edge.size()).await?.into_iter().take(1) {
            edge.take(&frame)?;
        }
        let mut follower = Follower::new(log.clone(), nats.clone(), district.clone(), edge.size());
        let mut due = Instant::now();
        loop {
            self.gather(&mut follower, &mut edge, signed, due).await?;
            self.tiles.put(&edge.full).await?;
            edge.full.clear();
            if edge.size() > signed && Instant::now() >= due {
                let (head, note) = self.sign(&edge).await?;
                edge.since = None;
                signed = head.size;
                due = Instant::now().checked_add(SIGN_EVERY).unwrap_or(due);
                newest.send_replace(Some((head, note)));
            }
        }
    }

    /// Puts the newest checkpoint to a witness whenever there is one.
    async fn cosign(
        &self,
        mut cosigner: Cosigner,
        mut bell: watch::Receiver<Option<(TreeHead, String)>>,
    ) {
        let Settings { district, metrics, .. } = &self.settings;
        while bell.changed().await.is_ok() {
            let Some((head, note)) = bell.borrow_and_update().clone() else { continue };
            let asked = cosigner.cosign(&head, &note, &self.tiles, &self.checkpoints, metrics);
            if let Err(error) = asked.await {
                let told = told(&error);
                tracing::warn!(%district, error = told, "a checkpoint is not cosigned");
            }
        }
    }

    /// Takes frames until there is something to sign and it is time to, or enough for a while.
    async fn gather(
        &self,
        follower: &mut Follower,
        edge: &mut Edge,
        signed: u64,
        due: Instant,
    ) -> Result<(), Fault> {
        let enough = edge.size().saturating_add(BATCH_RECORDS_MAX);
        if edge.size() <= signed {
            edge.take(&follower.next().await?)?;
        }
        while edge.size() < enough {
            match timeout_at(due, follower.next()).await {
                Ok(frame) => edge.take(&frame?)?,
                Err(_) => break,
            }
        }
        Ok(())
    }

    /// The size that was signed last, if it is this log that was signed.
    async fn newest(&self) -> Result<u64, Fault> {
        let Some(Checkpoint { size, note }) = self.checkpoints.newest().await? else {
            return Ok(0);
        };
        let Settings { log, district, .. } = &self.settings;
        let there = log.frame_end(district, size).await?;
        let is_ours = told_by(&note)
            .zip(there)
            .is_some_and(|(head, there)| head.size == size && head.root == there.root);
        if is_ours { Ok(size) } else { Err(Fault::NotOurs { signed: size }) }
    }

    /// A checkpoint of the log as it was after so many records, as this notary signs it.
    async fn head_at(&self, size: u64) -> Result<Option<(TreeHead, String)>, Fault> {
        let Settings { log, district, keys, .. } = &self.settings;
        let Some(there) = log.frame_end(district, size).await? else { return Ok(None) };
        let head = TreeHead { origin: keys.origin().to_owned(), size, root: there.root };
        let note = keys.sign(&head)?;
        Ok(Some((head, note)))
    }

    async fn sign(&self, edge: &Edge) -> Result<(TreeHead, String), Fault> {
        let Settings { keys, district, metrics, .. } = &self.settings;
        let (size, found) = (edge.size(), edge.tiler.root());
        if found != edge.root {
            return Err(Fault::Root { position: size, expected: edge.root, found });
        }
        let head = TreeHead { origin: keys.origin().to_owned(), size, root: found };
        let note = keys.sign(&head)?;
        let put = self.checkpoints.put(&Checkpoint { size, note: note.clone() }).await;
        if let Err(error) = put {
            // Another notary was quicker: then it signed the same, or nothing more is signed here.
            let kept = self.checkpoints.covering(size).await?;
            let same = kept.filter(|kept| kept.size == size).and_then(|kept| told_by(&kept.note));
            match same {
                Some(kept) if kept == head => {}
                Some(_) => return Err(Fault::NotOurs { signed: size }),
                None => return Err(error.into()),
            }
        }
        let waited = edge.since.map_or(Duration::ZERO, |since| since.elapsed());
        metrics.signed(district.as_str(), size, waited);
        Ok((head, note))
    }
}

/// The tree's edge as far as the log was followed.
struct Edge {
    tiler: Tiler,
    /// Tiles that are not kept yet.
    full: Vec<FullTile>,
    /// The root that the last frame says.
    root: Root,
    /// Since when there is something that was not signed.
    since: Option<Instant>,
}

impl Edge {
    fn new(tiler: Tiler) -> Self {
        let root = tiler.root();
        Self { tiler, full: Vec::new(), root, since: None }
    }

    fn size(&self) -> u64 {
        self.tiler.size()
    }

    /// Takes the frame's records from where the edge is.
    fn take(&mut self, frame: &Frame) -> Result<(), Fault> {
        for (position, record) in (frame.first..).zip(frame.records()) {
            let record = record.map_err(|_| Fault::Body { first: frame.first })?;
            if position > self.tiler.size() {
                self.tiler.push(leaf_hash(record), &mut self.full);
            }
        }
        self.root = frame.root;
        self.since.get_or_insert_with(Instant::now);
        Ok(())
    }
}

/// An error with its causes, on a line.
fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(source) = cause {
        text.push_str(": ");
        text.push_str(&source.to_string());
        cause = source.source();
    }
    text
}
