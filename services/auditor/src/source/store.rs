//! A log in its database: pages of frames, each with the rows of the index of keys, the tiles and
//! the checkpoints that speak of it.

use std::collections::VecDeque;

use deadpool_postgres::{Pool, Transaction};
use linli_log::checkpoint::{Checkpoint, CheckpointError, Checkpoints};
use linli_log::merkle::tile::{TILE_HASHES, TILE_LEVELS_MAX, hashes_at};
use linli_log::tiles::FullTile;
use linli_log::{District, LogReader, TileError};
use tokio::sync::mpsc::Sender;
use tokio_postgres::error::SqlState;
use tokio_postgres::{IsolationLevel, Portal, Row};

use super::{Batch, End, Kept, Page};
use crate::AuditError;
use crate::finding::{Finding, Kind};

/// Bytes of bodies in a page: some thousand records. What is on its way between the stages is a few
/// pages and their records, some four times as long, so this is what an audit's memory is made of
/// beside its state; and what fits a core's cache need not be fetched again by the next stage.
const PAGE_BYTES_MAX: usize = 1024 * 1024;

/// Rows of the index fetched at once: some hundred kB.
const KEYS_FETCHED_MAX: i32 = 4_096;

/// Longest that sorting the index may take: minutes for a hundred million keys.
const KEYS_SORT_MAX: &str = "SET LOCAL statement_timeout = '10min'";

/// The index is sorted once, by the server, which spills to its disk; no index serves this order.
const KEYS: &str = "SELECT client, key, body_hash, first, last FROM log.key \
    WHERE district = $1 AND first > $2 AND first <= $3 ORDER BY first, last";

/// How far the index is: it follows the log, and what it lacks beyond this is no fault.
const REACHED: &str = "SELECT position FROM log.key_index WHERE district = $1";

/// No bound: all of the index.
const WHOLE: i64 = i64::MAX;

/// A row of the index of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeyRow {
    pub(crate) client: [u8; 16],
    pub(crate) key: Box<str>,
    /// None if it has another length than a hash has.
    pub(crate) body_hash: Option<[u8; 32]>,
    pub(crate) first: u64,
    pub(crate) last: u64,
}

/// What the index of keys has of a page.
#[derive(Debug, Default)]
pub(crate) struct Indexed {
    /// Rows whose first position is in the page, or before it and not yet told.
    pub(crate) rows: Vec<KeyRow>,
    /// Up to which position it is to have every key.
    pub(crate) reached: u64,
}

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
        after: u64,
        end: End,
        signed: u64,
        pages: Sender<Page>,
    ) -> Result<Vec<Finding>, AuditError> {
        let mut client = self.reader.pool().get().await?;
        // Rows and position of the index are of one moment.
        let transaction = client
            .build_transaction()
            .read_only(true)
            .isolation_level(IsolationLevel::RepeatableRead)
            .start()
            .await;
        let transaction = transaction.map_err(AuditError::Keys)?;
        transaction.batch_execute(KEYS_SORT_MAX).await.map_err(AuditError::Keys)?;
        let bound = match end {
            End::Head(_) => WHOLE,
            // A frame is read whole, and so are its keys.
            End::Within(position) => {
                let held = self.reader.frames_after(&self.district, position.saturating_sub(1));
                bigint(held.await?.first().map_or(position, |frame| frame.last))
            }
        };
        let mut keys = Keys::open(&transaction, &self.district, after, bound).await?;
        let mut position = after;
        while position < end.position() {
            let page = self.reader.frames_within(&self.district, position, PAGE_BYTES_MAX);
            let mut frames = page.await?;
            let Some(last) = frames.last().map(|frame| frame.last) else { break };
            frames.retain(|frame| frame.first <= end.position());
            let keys = match &mut keys {
                Some(keys) => Some(Indexed { rows: keys.upto(last).await?, reached: keys.reached }),
                None => None,
            };
            let tiles = self.tiles(position, last).await?;
            let checkpoints = match signed > position {
                true => self.signed(position, last).await?,
                false => Vec::new(),
            };
            position = last;
            let batches = frames.into_iter().map(Batch::Frame).collect();
            if pages.send(Page { batches, keys, tiles, checkpoints }).await.is_err() {
                return Ok(Vec::new());
            }
        }
        let End::Head(_) = end else { return Ok(Vec::new()) };
        let head = self.head().await?;
        let cut_off = |known: u64, who: &str| {
            let what = format!("missing; {who} up to {known}");
            (known > head).then(|| Finding::among(head.saturating_add(1), known, Kind::Chain, what))
        };
        let known = match &mut keys {
            Some(keys) => keys.last().await?.unwrap_or_default().max(keys.reached),
            None => 0,
        };
        let by_keys = cut_off(known, "the index of keys knows commands");
        let by_note = cut_off(signed, "a checkpoint was signed over all records");
        Ok(by_keys.into_iter().chain(by_note).collect())
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

fn bigint(position: u64) -> i64 {
    i64::try_from(position).unwrap_or(WHOLE)
}

fn is_forbidden(error: &tokio_postgres::Error) -> bool {
    error.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE)
}

/// Whoever may read the frames alone audits the frames alone.
fn readable<T>(answer: Result<T, tokio_postgres::Error>) -> Result<Option<T>, AuditError> {
    match answer {
        Ok(it) => Ok(Some(it)),
        Err(error) if is_forbidden(&error) => Ok(None),
        Err(error) => Err(AuditError::Keys(error)),
    }
}

struct Keys<'a> {
    transaction: &'a Transaction<'a>,
    portal: Portal,
    ahead: VecDeque<KeyRow>,
    reached: u64,
}

impl<'a> Keys<'a> {
    /// The rows after a position up to a bound; none if the index can't be read.
    async fn open(
        transaction: &'a Transaction<'a>,
        district: &District,
        after: u64,
        bound: i64,
    ) -> Result<Option<Self>, AuditError> {
        let district = district.as_str();
        let Some(statement) = readable(transaction.prepare(KEYS).await)? else { return Ok(None) };
        let bound = transaction.bind(&statement, &[&district, &bigint(after), &bound]).await;
        let Some(portal) = readable(bound)? else { return Ok(None) };
        let row = transaction.query_opt(REACHED, &[&district]).await.map_err(AuditError::Keys)?;
        let reached = row.map(|row| row.try_get(0)).transpose().map_err(AuditError::Keys)?;
        let reached = position(reached.unwrap_or_default());
        Ok(Some(Self { transaction, portal, ahead: VecDeque::new(), reached }))
    }

    /// The rows up to a position that have not been answered yet.
    async fn upto(&mut self, last: u64) -> Result<Vec<KeyRow>, AuditError> {
        while self.ahead.back().is_none_or(|row| row.first <= last) && self.fetch().await? {}
        let count = self.ahead.partition_point(|row| row.first <= last);
        Ok(self.ahead.drain(..count).collect())
    }

    /// The last position of all rows that have not been answered yet.
    async fn last(&mut self) -> Result<Option<u64>, AuditError> {
        let mut known = None;
        loop {
            known = self.ahead.drain(..).map(|row| row.last).max().max(known);
            if !self.fetch().await? {
                return Ok(known);
            }
        }
    }

    /// Fetches some more rows; says whether there were any.
    async fn fetch(&mut self) -> Result<bool, AuditError> {
        let rows = self.transaction.query_portal(&self.portal, KEYS_FETCHED_MAX).await;
        for row in rows.as_deref().unwrap_or_default() {
            self.ahead.push_back(read(row).map_err(AuditError::Keys)?);
        }
        rows.map(|rows| !rows.is_empty()).map_err(AuditError::Keys)
    }
}

/// A client of another length than 16 bytes, or a position below zero, is one that no record has.
fn read(row: &Row) -> Result<KeyRow, tokio_postgres::Error> {
    let client: &[u8] = row.try_get(0)?;
    let body_hash: &[u8] = row.try_get(2)?;
    Ok(KeyRow {
        client: client.try_into().unwrap_or_default(),
        key: row.try_get::<_, &str>(1)?.into(),
        body_hash: body_hash.try_into().ok(),
        first: position(row.try_get(3)?),
        last: position(row.try_get(4)?),
    })
}

fn position(value: i64) -> u64 {
    u64::try_from(value).unwrap_or_default()
}
