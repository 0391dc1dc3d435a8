//! The log as files, signed over its end: what an auditor has who is not let into the database.

use std::path::Path;

use anyhow::Context as _;
use linli_auditor::{Progress, TileExportSettings, export_tiles};
use linli_log::checkpoint::{Checkpoint, Checkpoints};
use linli_log::{District, LogReader};
use linli_notary::{KeyPair, LogKeys, TreeHead};
use tokio_postgres::Config;

use super::CONNECTIONS;
use crate::ground::Database;

/// Signs the log's head, and lays all of it into a folder.
pub(super) async fn sign_and_export(database: &Database, folder: &Path) -> anyhow::Result<()> {
    let config: Config = database.url.parse()?;
    let pool = linli_log::reader::pool(&config, CONNECTIONS)?;
    let district = District::new(&database.name)?;
    let head = LogReader::new(pool.clone()).head(&district).await?;
    let linli_log::Head { last: size, root, .. } = head.context("a log without a record")?;
    let pair = KeyPair::of(&database.name, &[7; 32])?;
    let head = TreeHead { origin: database.name.clone(), size, root };
    let note = LogKeys::parse(&pair.secret)?.sign(&head)?;
    Checkpoints::new(pool.clone(), district.clone()).put(&Checkpoint { size, note }).await?;
    let (folder, keys, progress) = (folder.to_owned(), None, Progress::Hidden);
    export_tiles(TileExportSettings { pool, district, folder, keys, progress }).await?;
    Ok(())
}
