//! A log in its database: pages of frames, each with the rows of the index of keys, the tiles and
//! the checkpoints that speak of it.

use deadpool_postgres::Pool;
use linli_log::checkpoint::{Checkpoint, CheckpointError, Checkpoints};
use linli_log::merkle::tile::{TILE_HASHES, TILE_LEVELS_MAX, hashes_at};
use linli_log::tiles::FullTile;
use linli_log::{District, LogReader, TileError};
use tokio::sync::mpsc::Sender;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio_postgres::error::SqlState;

use super::index::{self, Indexed, Keys, KeysBy, PageKeys, Sum, Summed, bigint};
use super::{Batch, End, Fed, Kept, Page};
use crate::AuditError;
use crate::finding::{Finding, Kind};

/// Bytes of bodies in a page: some thousand records. What is on its way between the stages is a few
/// pages and their records, some four times as long, so this is what an audit's memory is made of
/// beside its state; and what fits a core's cache need not be fetched again by the next stage.
const PAGE_BYTES_MAX: usize = 1024 * 1024;

/// No bound: all of the index.
pub(super) const WHOLE: i64 = i64::MAX;

/// The log of a district in its database.
#[derive(Debug)]
pub(super) struct Store {
    reader: LogReader,
    tiles: linli_log::Tiles,
    checkpoints: Checkpoints,
    district: District,
}

impl Store {
    pub(super) fn new(pool: Pool, district: District) -> Self {
        let reader = LogReader::new(pool.clone());
        let tiles = linli_log::Tiles::new(reader.clone(), district.clone());
        let checkpoints = Checkpoints::new(pool, district.clone());
        Self { reader, tiles, checkpoints, district }
    }

    pub(super) async fn head(&self) -> Result<u64, AuditError> {
        Ok(self.reader.head(&self.district).await?.map_or(0, |head| head.last))
    }

    /// What is kept of the tree; nothing for whoever may not read it.
    pub(super) async fn kept(&self) -> Result<Kept, AuditError> {
        let full = match self.tiles.reach().await {
            Ok(full) => full,
            Err(TileError::Postgres(error)) if is_forbidden(&error) => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        let signed = match self.checkpoints.newest().await {
            Ok(newest) => newest.map_or(0, |newest| newest.size),
            Err(CheckpointError::Postgres(error)) if is_forbidden(&error) => 0,
            Err(error) => return Err(error.into()),
        };
        // What is signed has its tiles: they are written first.
        let due = (0..TILE_LEVELS_MAX)
            .map(|level| hashes_at(level, signed).unwrap_or_default() / TILE_HASHES);
        let full = match full.is_empty() {
            true => full,
            false => full.into_iter().zip(due).map(|(kept, due)| kept.max(due)).collect(),
        };
        Ok(Kept { full, partial: false, signed })
    }

    /// Pages of frames; see [`Opened::feed`](super::Opened::feed).
    ///
    /// If all of the log was asked for and the index of keys or a checkpoint speaks of records
    /// beyond it, then frames were cut off. Both are made of frames that are committed, so what
    /// was looked at earlier knows nothing that a later look at the log does not.
    pub(super) async fn feed(
        self,
        (after, end): (u64, End),
        keys: KeysBy,
        signed: u64,
        pages: Sender<Page>,
    ) -> Result<Fed, AuditError> {
        let bound = match end {
            End::Head(_) => WHOLE,
            // A frame is read whole, and so are its keys.
            End::Within(position) => {
                let held = self.reader.frames_after(&self.district, position.saturating_sub(1));
                bigint(held.await?.first().map_or(position, |frame| frame.last))
            }
        };
        match keys {
            KeysBy::Nothing => self.pages((after, end), Keyed::Not, signed, pages).await,
            KeysBy::Order => {
                let mut client = self.reader.pool().get().await?;
                let transaction = index::begin(&mut client).await?;
                let keys = Keys::open(&transaction, &self.district, after, bound).await?;
                let keys = keys.map_or(Keyed::Not, |keys| Keyed::InOrder(Box::new(keys)));
                self.pages((after, end), keys, signed, pages).await
            }
            KeysBy::Sum(summing) => {
                let client = self.reader.pool().get().await?;
                let upto = match end {
                    End::Head(head) => head,
                    End::Within(_) => u64::try_from(bound).unwrap_or_default(),
                };
                let (far, reached) = oneshot::channel();
                let of = (after, upto, bound);
                let mut beside = JoinSet::new();
                beside.spawn(index::summed(client, self.district.clone(), summing, of, far));
                // Whoever says nothing has failed, and tells why when it is asked for the sum.
                let keys = match reached.await.ok().flatten() {
                    Some(reached) => Keyed::Beside { reached, beside },
                    None => {
                        beside.join_next().await.transpose()?.transpose()?;
                        Keyed::Not
                    }
                };
                self.pages((after, end), keys, signed, pages).await
            }
        }
    }

    async fn pages(
        self,
        (after, end): (u64, End),
        mut keys: Keyed<'_>,
        signed: u64,
        pages: Sender<Page>,
    ) -> Result<Fed, AuditError> {
        let mut position = after;
        while position < end.position() {
            let page = self.reader.frames_within(&self.district, position, PAGE_BYTES_MAX);
            let mut frames = page.await?;
            let Some(last) = frames.last().map(|frame| frame.last) else { break };
            frames.retain(|frame| frame.first <= end.position());
            let keys = keys.upto(last).await?;
            let tiles = self.tiles(position, last).await?;
            let checkpoints = match signed > position {
                true => self.signed(position, last).await?,
                false => Vec::new(),
            };
            position = last;
            let batches = frames.into_iter().map(Batch::Frame).collect();
            if pages.send(Page { batches, keys, tiles, checkpoints }).await.is_err() {
                return Ok(Fed::default());
            }
        }
        let (known, keys) = keys.end().await?;
        let End::Head(_) = end else { return Ok(Fed { findings: Vec::new(), keys }) };
        let head = self.head().await?;
        let cut_off = |known: u64, who: &str| {
            let what = format!("missing; {who} up to {known}");
            (known > head).then(|| Finding::among(head.saturating_add(1), known, Kind::Chain, what))
        };
        let by_keys = cut_off(known, "the index of keys knows commands");
        let by_note = cut_off(signed, "a checkpoint was signed over all records");
        Ok(Fed { findings: by_keys.into_iter().chain(by_note).collect(), keys })
    }

    /// The tiles that hold a hash of these records, or were filled by them.
    async fn tiles(&self, after: u64, last: u64) -> Result<Vec<FullTile>, AuditError> {
        let mut found = Vec::new();
        for level in 0..TILE_LEVELS_MAX {
            let (Some(from), Some(until)) = (hashes_at(level, after), hashes_at(level, last))
            else {
                break;
            };
            if until == 0 {
                break;
            }
            let wanted = from / TILE_HASHES..until.div_ceil(TILE_HASHES);
            match self.tiles.kept(level, wanted).await {
                Ok(kept) => found.extend(kept),
                Err(TileError::Postgres(error)) if is_forbidden(&error) => break,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(found)
    }

    async fn signed(&self, after: u64, last: u64) -> Result<Vec<Checkpoint>, AuditError> {
        let (mut found, mut from) = (Vec::new(), after);
        loop {
            let page = self.checkpoints.between(from, last).await?;
            let Some(newest) = page.last() else { return Ok(found) };
            from = newest.size;
            found.extend(page);
        }
    }
}

pub(super) fn is_forbidden(error: &tokio_postgres::Error) -> bool {
    error.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE)
}

/// How the index of keys is read beside the pages.
enum Keyed<'a> {
    Not,
    InOrder(Box<Keys<'a>>),
    Beside { reached: u64, beside: JoinSet<Result<Option<Summed>, AuditError>> },
}

impl Keyed<'_> {
    /// What comes with a page that ends at a position.
    async fn upto(&mut self, last: u64) -> Result<Option<PageKeys>, AuditError> {
        Ok(match self {
            Self::Not => None,
            Self::InOrder(keys) => {
                let (rows, reached) = (keys.upto(last).await?, keys.reached);
                Some(PageKeys::Rows(Indexed { rows, reached }))
            }
            Self::Beside { reached, .. } => Some(PageKeys::Summed { reached: *reached }),
        })
    }

    /// The last position that the index knows of, and its sum, if it was to be summed.
    async fn end(self) -> Result<(u64, Option<Sum>), AuditError> {
        Ok(match self {
            Self::Not => (0, None),
            Self::InOrder(mut keys) => {
                (keys.last().await?.unwrap_or_default().max(keys.reached), None)
            }
            Self::Beside { mut beside, .. } => {
                let summed = beside.join_next().await.transpose()?.transpose()?.flatten();
                let Summed { sum, last, reached } = summed.unwrap_or_default();
                (last.max(reached), Some(sum))
            }
        })
    }
}
