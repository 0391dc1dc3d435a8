//! The log as plain files, for any web server and any reader of C2SP tlog-tiles: entry bundles,
//! tiles of hashes, and the checkpoint that was signed over them.
//!
//! Everything is made from the records alone, as a stream, and held against the signed root before
//! the checkpoint is written, which comes last. An export that was stopped, or that is to follow a
//! log that grew, goes on after the last full bundle.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::pin::pin;

use deadpool_postgres::Pool;
use futures::TryStreamExt as _;
use indicatif::ProgressBar;
use linli_log::checkpoint::Checkpoints;
use linli_log::merkle::tile::TILE_HASHES;
use linli_log::merkle::{Hash, Tile, leaf_hash};
use linli_log::tiles::{FullTile, Tiler};
use linli_log::{District, LogReader, ReadError};

use crate::Progress;
use crate::source::{bundle_put, folder_file};

/// Where an export goes on, beside the files. No file of the layout has such a name.
const RESUME: &str = ".resume";

/// Bundles after which it is kept where to go on: some 16,000 records.
const KEEP_EVERY: u64 = 64;

/// What is to be exported.
#[derive(Clone, Debug)]
pub struct TileExportSettings {
    /// Where the log is.
    pub pool: Pool,
    /// Whose.
    pub district: District,
    /// Into which folder. Made if it is not there; an earlier export in it is gone on with.
    pub folder: PathBuf,
    /// The log's public keys, to be laid beside; none if they are given by another way.
    pub keys: Option<String>,
    /// Whether to show how far it has come.
    pub progress: Progress,
}

/// What was exported.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct TilesExported {
    /// Records in the export.
    pub records: u64,
    /// Of which were there already.
    pub resumed_after: u64,
    /// Files that were written.
    pub files: u64,
    /// The root over all records, as it was signed, in hex.
    pub root: String,
}

/// Why there is no whole export.
#[derive(Debug, thiserror::Error)]
pub enum TileExportError {
    /// The log could not be read.
    #[error("the log could not be read")]
    Log(#[from] ReadError),
    /// The checkpoints could not be read.
    #[error("the checkpoints could not be read")]
    Checkpoints(#[from] linli_log::checkpoint::CheckpointError),
    /// Nothing was ever signed.
    #[error("the log has no signed checkpoint: it is run without a signing key")]
    Unsigned,
    /// The records have another root than was signed.
    #[error("the first {size} records have the root {found}, but {signed} was signed")]
    Root {
        /// How many.
        size: u64,
        /// What was signed.
        signed: Hash,
        /// What they have.
        found: Hash,
    },
    /// A frame can't be cut into records, or one is too long.
    #[error("the record at {position} can't be put into a bundle")]
    Record {
        /// Where.
        position: u64,
    },
    /// A file could not be written or read.
    #[error("{} could not be written", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

/// Exports the log up to its newest checkpoint.
///
/// # Errors
/// [`TileExportError`]; what was written by then is gone on with the next time.
pub async fn export_tiles(settings: TileExportSettings) -> Result<TilesExported, TileExportError> {
    let TileExportSettings { pool, district, folder, keys, progress } = settings;
    let reader = LogReader::new(pool.clone());
    let newest = Checkpoints::new(pool, district.clone()).newest().await?;
    let newest = newest.ok_or(TileExportError::Unsigned)?;
    let head = linli_notary::told_by(&newest.note).ok_or(TileExportError::Unsigned)?;
    let bar = progress.bar(head.size);
    let mut writing = Writing::begin(folder, head.size, bar)?;
    let resumed_after = writing.tiler.size();
    let mut frames = pin!(reader.stream(&district, resumed_after));
    while writing.tiler.size() < head.size
        && let Some(frame) = frames.try_next().await?
    {
        for (position, record) in (frame.first..).zip(frame.records()) {
            if position > head.size {
                break;
            }
            let record = record.map_err(|_| TileExportError::Record { position })?;
            if position > writing.tiler.size() {
                writing.take(position, record)?;
            }
        }
    }
    let found = writing.tiler.root();
    if (writing.tiler.size(), found) != (head.size, head.root) {
        return Err(TileExportError::Root { size: head.size, signed: head.root, found });
    }
    if let Some(keys) = keys {
        writing.file("keys", keys.as_bytes())?;
    }
    writing.end(newest.note.as_bytes())?;
    let (records, root) = (head.size, head.root.to_string());
    Ok(TilesExported { records, resumed_after, files: writing.files, root })
}

/// An export in the making.
struct Writing {
    folder: PathBuf,
    size: u64,
    tiler: Tiler,
    full: Vec<FullTile>,
    bundle: Vec<u8>,
    files: u64,
    bar: ProgressBar,
}

impl Writing {
    fn begin(folder: PathBuf, size: u64, bar: ProgressBar) -> Result<Self, TileExportError> {
        fs::create_dir_all(&folder).map_err(at(&folder))?;
        let tiler = fs::read(folder.join(RESUME)).ok().and_then(|bytes| resume(&bytes));
        // One that is further is of another log.
        let tiler = tiler.filter(|tiler| tiler.size() <= size).unwrap_or_default();
        Ok(Self { folder, size, tiler, full: Vec::new(), bundle: Vec::new(), files: 0, bar })
    }

    fn take(&mut self, position: u64, record: &[u8]) -> Result<(), TileExportError> {
        if !bundle_put(&mut self.bundle, record) {
            return Err(TileExportError::Record { position });
        }
        self.tiler.push(leaf_hash(record), &mut self.full);
        if self.full.is_empty() {
            return Ok(());
        }
        let bundle = std::mem::take(&mut self.bundle);
        for FullTile { tile, hashes, .. } in std::mem::take(&mut self.full) {
            if tile.level() == 0 {
                self.file(&format!("tile/entries/{}", tile.index_path()), &bundle)?;
                self.bar.set_position(position);
            }
            self.file(&format!("tile/{tile}"), &joined(&hashes))?;
        }
        if (position / TILE_HASHES).is_multiple_of(KEEP_EVERY) {
            self.keep()?;
        }
        Ok(())
    }

    /// The tiles at the edge, and the checkpoint after everything that it is over.
    fn end(&mut self, note: &[u8]) -> Result<(), TileExportError> {
        let partial: Vec<(Tile, Vec<u8>)> =
            self.tiler.partial().map(|(tile, hashes)| (tile, joined(hashes))).collect();
        for (tile, hashes) in partial {
            if tile.level() == 0 {
                let bundle = std::mem::take(&mut self.bundle);
                self.file(&format!("tile/entries/{}", tile.index_path()), &bundle)?;
            }
            self.file(&format!("tile/{tile}"), &hashes)?;
        }
        self.keep()?;
        self.file("checkpoint", note)?;
        self.bar.set_position(self.size);
        self.bar.finish_and_clear();
        Ok(())
    }

    /// Writes where to go on: after the last full bundle.
    fn keep(&mut self) -> Result<(), TileExportError> {
        let full = self.tiler.size() / TILE_HASHES;
        let mut bytes = full.saturating_mul(TILE_HASHES).to_be_bytes().to_vec();
        // The edge above the leaves moves with full tiles alone.
        for edge in self.tiler.edges().iter().skip(1) {
            bytes.extend(u16::try_from(edge.len()).unwrap_or_default().to_be_bytes());
            bytes.extend(joined(edge));
        }
        self.put(RESUME, &bytes)
    }

    fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), TileExportError> {
        self.put(name, bytes)?;
        self.files = self.files.saturating_add(1);
        Ok(())
    }

    /// Writes a file whole or not at all.
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), TileExportError> {
        let path = folder_file(&self.folder, name);
        if let Some(above) = path.parent() {
            fs::create_dir_all(above).map_err(at(above))?;
        }
        let new = path.with_added_extension("new");
        let written = fs::File::create(&new).and_then(|mut file| file.write_all(bytes));
        written.and_then(|()| fs::rename(&new, &path)).map_err(at(&path))
    }
}

/// Reads what [`Writing::keep`] wrote.
fn resume(bytes: &[u8]) -> Option<Tiler> {
    let (size, mut rest) = bytes.split_first_chunk::<8>()?;
    let mut edges = vec![Vec::new()];
    while let Some((count, after)) = rest.split_first_chunk::<2>() {
        let bytes = usize::from(u16::from_be_bytes(*count)).checked_mul(32)?;
        let (hashes, after) = after.split_at_checked(bytes)?;
        edges.push(hashes.as_chunks::<32>().0.iter().copied().map(Hash).collect());
        rest = after;
    }
    rest.is_empty().then(|| Tiler::at(u64::from_be_bytes(*size), edges))
}

fn joined(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

fn at(path: &Path) -> impl Fn(std::io::Error) -> TileExportError + use<> {
    let path = path.to_owned();
    move |source| TileExportError::File { path: path.clone(), source }
}
