//! Where a log is read from: the database that holds it, or its entry bundles and tiles as plain
//! files, in a folder or behind any HTTP server.
//!
//! | source | what is trusted of it |
//! |---|---|
//! | [`Source::Store`] | nothing: frames, tiles, checkpoints and the index of keys are held against each other |
//! | [`Source::Tiles`] | nothing: entries and tiles are held against the checkpoint, and that against the log's public key |

mod bundle;
mod fetch;
mod index;
mod place;
mod store;
mod tiles;

use deadpool_postgres::Pool;
use linli_log::checkpoint::Checkpoint;
use linli_log::tiles::FullTile;
use linli_log::{District, Frame};
use tokio::sync::mpsc::Sender;

use crate::AuditError;
use crate::finding::Finding;

pub(crate) use bundle::{Bundle, put as bundle_put};
pub use fetch::FetchError;
pub(crate) use index::{Indexed, KeyRow, KeysBy, PageKeys, Sum, Summing};
pub(crate) use place::folder_file;
pub use place::{Server, TilesAt};

/// Where a log is read from.
#[derive(Clone, Debug)]
pub enum Source {
    /// The database that holds it. Four connections are used at most.
    Store {
        /// The database.
        pool: Pool,
        /// Whose log.
        district: District,
    },
    /// A folder or an HTTP server with a checkpoint, tiles and entry bundles (C2SP tlog-tiles).
    Tiles(TilesAt),
}

/// Where an audit ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Where the log ended when the audit began.
    Head(u64),
    /// With the batch that holds this position.
    Within(u64),
}

impl End {
    /// The last position that is wanted.
    pub(crate) const fn position(self) -> u64 {
        match self {
            Self::Head(position) | Self::Within(position) => position,
        }
    }
}

/// Neighbouring records as their source holds them.
#[derive(Debug)]
pub(crate) enum Batch {
    /// A frame, with what it says of itself.
    Frame(Frame),
    /// An entry bundle: what its records have to be is told by tiles and checkpoint.
    Bundle {
        /// The position of the first.
        first: u64,
        /// The records.
        bundle: Bundle,
    },
}

/// Some batches, and what else the source says of the records in them.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) batches: Vec<Batch>,
    /// What the index of keys has; none if there is none or it can't be read.
    pub(crate) keys: Option<PageKeys>,
    /// Tiles that hold a hash of these records, or were filled by them.
    pub(crate) tiles: Vec<FullTile>,
    /// Checkpoints over trees that end in this page.
    pub(crate) checkpoints: Vec<Checkpoint>,
}

/// What a source tells when all of its pages were sent.
#[derive(Debug, Default)]
pub(crate) struct Fed {
    /// What is wrong with the end of the log.
    pub(crate) findings: Vec<Finding>,
    /// What the index of keys sums up to, if that was asked for and it can be read.
    pub(crate) keys: Option<Sum>,
}

/// What the source has of the tree, beside the records.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    /// How many full tiles of each level.
    pub(crate) full: Vec<u64>,
    /// Has it the partial tiles at the edge, too?
    pub(crate) partial: bool,
    /// The size of the newest checkpoint.
    pub(crate) signed: u64,
}

impl Kept {
    /// Is there anything to hold the tree against?
    pub(crate) fn is_any(&self) -> bool {
        self.partial || self.signed > 0 || self.full.iter().any(|count| *count > 0)
    }
}

/// A source that was looked at: how far its log goes.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) name: String,
    pub(crate) head: u64,
    pub(crate) kept: Kept,
    feed: Feed,
}

#[derive(Debug)]
enum Feed {
    Store(store::Store),
    Tiles(Box<tiles::Tiles>),
}

impl Source {
    /// Looks how far the log goes.
    pub(crate) async fn open(&self) -> Result<Opened, AuditError> {
        match self {
            Self::Store { pool, district } => {
                let store = store::Store::new(pool.clone(), district.clone());
                // The log last: nothing that speaks of it can be ahead of a later look.
                let kept = store.kept().await?;
                let head = store.head().await?;
                let name = district.as_str().to_owned();
                Ok(Opened { name, head, kept, feed: Feed::Store(store) })
            }
            Self::Tiles(at) => {
                let tiles = tiles::Tiles::open(at.clone()).await?;
                let (name, head, kept) = (tiles.name(), tiles.head(), tiles.kept());
                Ok(Opened { name, head, kept, feed: Feed::Tiles(Box::new(tiles)) })
            }
        }
    }
}

impl Opened {
    /// Sends all pages after a position up to the batch that holds `end`; stops early when nobody
    /// wants more.
    pub(crate) async fn feed(
        self,
        after: u64,
        end: End,
        keys: KeysBy,
        pages: Sender<Page>,
    ) -> Result<Fed, AuditError> {
        match self.feed {
            Feed::Store(store) => store.feed((after, end), keys, self.kept.signed, pages).await,
            Feed::Tiles(tiles) => {
                let findings = tiles.feed(after, end, pages).await?;
                Ok(Fed { findings, keys: None })
            }
        }
    }
}
