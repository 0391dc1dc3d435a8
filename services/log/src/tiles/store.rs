//! Tiles in PostgreSQL.

use std::ops::Range;
use std::sync::Arc;

use bytes::{BufMut as _, Bytes, BytesMut};
use tokio_postgres::Row;

use super::cache::Cache;
use super::tiler::{FullTile, Tiler};
use crate::checkpoint::{Checkpoint, SELECT};
use crate::district::District;
use crate::frame::records;
use crate::merkle::tile::{TILE_HASHES, TILE_LEVELS_MAX};
use crate::merkle::{HASH_BYTES, Hash, Root, Tile, TileSet, leaf_hash};
use crate::reader::{LogReader, ReadError};
use crate::row::{self, RowError, bigint, bytes_32};

/// Why tiles could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum TileError {
    /// No connection was to be had.
    #[error("no connection for the tiles was to be had")]
    Pool(#[from] deadpool_postgres::PoolError),
    /// The server refused, or the connection was lost.
    #[error("the tiles could not be written or read")]
    Postgres(#[from] tokio_postgres::Error),
    /// A row is not as the schema has it.
    #[error("a tile's row is malformed")]
    Row(#[from] RowError),
    /// The records of a partial tile could not be read.
    #[error("the records of a tile could not be read")]
    Read(#[from] ReadError),
    /// A tile that the tree has is not there, or not whole.
    #[error("tile {tile} is missing, though the tree has it")]
    Missing {
        /// Which one.
        tile: Tile,
    },
}

/// A record, and the first checkpoint over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The record's bytes.
    pub record: Bytes,
    /// The note over the smallest tree that has it.
    pub checkpoint: Checkpoint,
}

/// The tiles of one district. Cheap to clone; clones share what they keep in memory.
#[derive(Clone, Debug)]
pub struct Tiles {
    reader: LogReader,
    district: District,
    cache: Cache,
}

impl Tiles {
    /// The tiles of a district, by a reader of its log. To write them, its login must be allowed
    /// what the role `linli_writer` may.
    #[must_use]
    pub fn new(reader: LogReader, district: District) -> Self {
        Self { reader, district, cache: Cache::default() }
    }

    /// Keeps full tiles, all or none. Whoever makes them makes the same ones, so what is there
    /// already stays as it is.
    ///
    /// # Errors
    /// [`TileError`].
    pub async fn put(&self, full: &[FullTile]) -> Result<(), TileError> {
        if full.is_empty() {
            return Ok(());
        }
        let levels: Vec<i16> = full.iter().map(|full| full.tile.level().into()).collect();
        let indexes: Vec<i64> = full.iter().map(|full| bigint(full.tile.index())).collect();
        let roots: Vec<&[u8]> = full.iter().map(|full| full.root.as_bytes().as_slice()).collect();
        let hashes: Vec<Vec<u8>> = full.iter().map(|full| joined(&full.hashes)).collect();
        let sql = "INSERT INTO log.tile (district, level, index, root, hashes) \
            SELECT $1, * FROM unnest($2::smallint[], $3::bigint[], $4::bytea[], $5::bytea[]) \
            ON CONFLICT (district, level, index) DO NOTHING";
        let client = self.reader.pool().get().await?;
        let statement = client.prepare_cached(sql).await?;
        let district = self.district.as_str();
        client.execute(&statement, &[&district, &levels, &indexes, &roots, &hashes]).await?;
        Ok(())
    }

    /// A tiler that goes on after the last full tile of leaves.
    ///
    /// # Errors
    /// [`TileError`].
    pub async fn resume(&self) -> Result<Tiler, TileError> {
        let client = self.reader.pool().get().await?;
        let sql = "SELECT level, count(*) FROM log.tile WHERE district = $1 GROUP BY level";
        let mut full = vec![0_u64; usize::from(TILE_LEVELS_MAX)];
        for row in client.query(sql, &[&self.district.as_str()]).await? {
            let level: i16 = row.try_get(0)?;
            let count = row::position(row.try_get(1)?, "count of log.tile")?;
            if let Some(place) = usize::try_from(level).ok().and_then(|level| full.get_mut(level)) {
                *place = count;
            }
        }
        drop(client);
        let leaves = full.first().copied().unwrap_or_default();
        let mut edges = vec![Vec::new()];
        for (below, count) in (0_u8..).zip(full.iter().skip(1)) {
            let there = full.get(usize::from(below)).copied().unwrap_or_default();
            edges.push(self.roots(below, count.saturating_mul(TILE_HASHES)..there).await?);
        }
        Ok(Tiler::at(leaves.saturating_mul(TILE_HASHES), edges))
    }

    /// The hashes of a tile, as many as it is wide. `None` where they can't be had: the tree is
    /// not so far, or its tiles are not.
    ///
    /// # Errors
    /// [`TileError`].
    pub async fn hashes(&self, tile: Tile) -> Result<Option<Arc<[Hash]>>, TileError> {
        if let Some(kept) = self.in_memory(tile) {
            return Ok(Some(kept));
        }
        let first = tile.first_hash();
        let wanted = first..first.saturating_add(tile.width().into());
        let found = match (tile.level().checked_sub(1), tile.is_full()) {
            (_, true) => self.full(tile).await?,
            (Some(below), false) => self.roots(below, wanted).await?,
            (None, false) => self.leaves(wanted).await?,
        };
        if found.len() != usize::from(tile.width()) {
            return Ok(None);
        }
        let found: Arc<[Hash]> = found.into();
        self.cache.put(tile, Arc::clone(&found));
        Ok(Some(found))
    }

    /// The hashes of a tile that are in memory: its own, or the first ones of the full tile at its
    /// place. A checkpoint is mostly over a tile that has been filled since.
    fn in_memory(&self, tile: Tile) -> Option<Arc<[Hash]>> {
        let own = self.cache.get(&tile);
        own.or_else(|| {
            let whole = self.cache.get(&Tile::full(tile.level(), tile.index())?)?;
            whole.get(..usize::from(tile.width())).map(Arc::from)
        })
    }

    /// The roots of subtrees of a tree of `size` leaves: a proof.
    ///
    /// # Errors
    /// [`TileError`]; [`TileError::Missing`] where the tree is not so large, or its tiles are not.
    pub async fn prove(&self, subtrees: &[Range<u64>], size: u64) -> Result<Vec<Root>, TileError> {
        let mut set = TileSet::new(size);
        let needed = TileSet::needed(subtrees, size);
        let asked = needed.iter().map(|tile| self.hashes(*tile));
        for (tile, hashes) in needed.iter().zip(futures::future::try_join_all(asked).await?) {
            let hashes = hashes.ok_or(TileError::Missing { tile: *tile })?;
            set.insert(*tile, hashes.to_vec());
        }
        let last = Tile::of_tree(0, size.saturating_sub(1) / TILE_HASHES, size);
        match (set.roots(subtrees), last) {
            (Some(roots), _) => Ok(roots),
            (None, Some(tile)) => Err(TileError::Missing { tile }),
            (None, None) => Ok(Vec::new()),
        }
    }

    /// The record at a position with the first checkpoint over it, in one round trip, which brings
    /// the tile of its leaf as well, if that is full and not in memory yet: what a
    /// [proof](Self::prove) needs beside the tiles above. `None` where there is no such record, or no
    /// checkpoint over it yet.
    ///
    /// # Errors
    /// [`TileError`].
    pub async fn sealed(&self, position: u64) -> Result<Option<Sealed>, TileError> {
        let leaf = position.checked_sub(1).and_then(|leaf| Tile::full(0, leaf / TILE_HASHES));
        let absent = leaf.filter(|tile| self.cache.get(tile).is_none());
        let sql = sealed_sql();
        let client = self.reader.pool().get().await?;
        let statement = client.prepare_cached(&sql).await?;
        let district = self.district.as_str();
        let index = absent.map(|tile| bigint(tile.index()));
        let row = client.query_opt(&statement, &[&district, &bigint(position), &index]).await?;
        let Some(row) = row else { return Ok(None) };
        if let (Some(tile), Some(bytes)) = (absent, row.try_get::<_, Option<&[u8]>>(0)?) {
            let hashes = cut(bytes)?;
            if hashes.len() == usize::from(tile.width()) {
                self.cache.put(tile, hashes.into());
            }
        }
        let size = row::position(row.try_get(1)?, "log.checkpoint.size")?;
        let checkpoint = Checkpoint { size, note: row.try_get(2)? };
        let first = row::position(row.try_get(3)?, "log.frame.first")?;
        let body: &[u8] = row.try_get(4)?;
        for (at, record) in (first..).zip(records(body)) {
            let record = record.map_err(|source| ReadError::Body { first, source })?;
            if at == position {
                let record = Bytes::copy_from_slice(record);
                return Ok(Some(Sealed { record, checkpoint }));
            }
        }
        Ok(None)
    }

    /// The records that are the leaves of a tile of level 0, as C2SP bundles them: the length of
    /// each in two bytes, then its bytes. `None` where the log has not all of them.
    ///
    /// # Errors
    /// [`TileError`].
    pub async fn entries(&self, tile: Tile) -> Result<Option<Bytes>, TileError> {
        let first = tile.first_hash();
        let wanted = first..first.saturating_add(tile.width().into());
        let mut bundle = BytesMut::new();
        let mut count = 0_usize;
        for record in self.records(wanted).await? {
            let Ok(length) = u16::try_from(record.len()) else { return Ok(None) };
            bundle.put_u16(length);
            bundle.put_slice(&record);
            count = count.saturating_add(1);
        }
        Ok((count == usize::from(tile.width())).then(|| bundle.freeze()))
    }

    /// How many full tiles of each level are kept, by the largest index there is: nothing is said
    /// of holes.
    ///
    /// # Errors
    /// [`TileError`].
    pub async fn reach(&self) -> Result<Vec<u64>, TileError> {
        let sql = "SELECT level, max(index) + 1 FROM log.tile WHERE district = $1 GROUP BY level";
        let client = self.reader.pool().get().await?;
        let mut reach = vec![0_u64; usize::from(TILE_LEVELS_MAX)];
        for row in client.query(sql, &[&self.district.as_str()]).await? {
            let level: i16 = row.try_get(0)?;
            let count = row::position(row.try_get(1)?, "log.tile.index")?;
            if let Some(place) = usize::try_from(level).ok().and_then(|level| reach.get_mut(level))
            {
                *place = count;
            }
        }
        Ok(reach)
    }

    /// The full tiles of a level at these indexes as they are kept, whatever they hold. A row of
    /// another length than 256 hashes has as many as can be cut out of it.
    ///
    /// # Errors
    /// [`TileError`].
    pub async fn kept(&self, level: u8, wanted: Range<u64>) -> Result<Vec<FullTile>, TileError> {
        let sql = "SELECT index, root, hashes FROM log.tile \
            WHERE district = $1 AND level = $2 AND index >= $3 AND index < $4 ORDER BY index";
        let client = self.reader.pool().get().await?;
        let statement = client.prepare_cached(sql).await?;
        let (district, number) = (self.district.as_str(), i16::from(level));
        let (start, end) = (bigint(wanted.start), bigint(wanted.end));
        let rows = client.query(&statement, &[&district, &number, &start, &end]).await?;
        let mut kept = Vec::new();
        for row in rows {
            let index = row::position(row.try_get(0)?, "log.tile.index")?;
            let Some(tile) = Tile::full(level, index) else { continue };
            let root = Hash(bytes_32(row.try_get(1)?, "log.tile.root")?);
            let hashes = row.try_get::<_, &[u8]>(2)?.as_chunks::<HASH_BYTES>().0;
            let hashes = hashes.iter().copied().map(Hash).collect();
            kept.push(FullTile { tile, hashes, root });
        }
        Ok(kept)
    }

    async fn full(&self, tile: Tile) -> Result<Vec<Hash>, TileError> {
        let sql = "SELECT hashes FROM log.tile WHERE district = $1 AND level = $2 AND index = $3";
        let client = self.reader.pool().get().await?;
        let statement = client.prepare_cached(sql).await?;
        let (district, level) = (self.district.as_str(), i16::from(tile.level()));
        let row = client.query_opt(&statement, &[&district, &level, &bigint(tile.index())]).await?;
        let Some(row) = row else { return Ok(Vec::new()) };
        Ok(cut(row.try_get(0)?)?)
    }

    /// The roots of the full tiles of a level at these indexes.
    async fn roots(&self, level: u8, wanted: Range<u64>) -> Result<Vec<Hash>, TileError> {
        let sql = "SELECT root FROM log.tile \
            WHERE district = $1 AND level = $2 AND index >= $3 AND index < $4 ORDER BY index";
        let client = self.reader.pool().get().await?;
        let statement = client.prepare_cached(sql).await?;
        let (district, level) = (self.district.as_str(), i16::from(level));
        let (start, end) = (bigint(wanted.start), bigint(wanted.end));
        let rows = client.query(&statement, &[&district, &level, &start, &end]).await?;
        let root = |row: &Row| Ok(Hash(bytes_32(row.try_get(0)?, "log.tile.root")?));
        rows.iter().map(root).collect()
    }

    async fn leaves(&self, wanted: Range<u64>) -> Result<Vec<Hash>, TileError> {
        Ok(self.records(wanted).await?.iter().map(|record| leaf_hash(record)).collect())
    }

    /// The records that are the leaves at these indexes; leaf `i` is the record at `i + 1`.
    async fn records(&self, wanted: Range<u64>) -> Result<Vec<Bytes>, TileError> {
        let first = wanted.start.saturating_add(1);
        let found = self.reader.records(&self.district, first, wanted.end).await?;
        Ok(found.into_iter().map(|(_, record)| record).collect())
    }
}

/// Parameters: district, position, index of a full tile of leaves or null.
fn sealed_sql() -> String {
    format!(
        "SELECT hashes, size, note, first, body FROM (\
             {SELECT} WHERE district = $1 AND size >= $2 ORDER BY size LIMIT 1\
         ) signed CROSS JOIN (\
             SELECT first, body FROM log.frame WHERE district = $1 AND last >= $2 \
             ORDER BY last LIMIT 1\
         ) frame LEFT JOIN (\
             SELECT hashes FROM log.tile WHERE district = $1 AND level = 0 AND index = $3\
         ) tile ON true"
    )
}

/// The hashes of a tile's row.
fn cut(bytes: &[u8]) -> Result<Vec<Hash>, RowError> {
    match bytes.as_chunks::<HASH_BYTES>() {
        (hashes, []) => Ok(hashes.iter().copied().map(Hash).collect()),
        _ => Err(RowError::Shape("log.tile.hashes")),
    }
}

/// Hashes one after the other.
fn joined(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
}
