//! A place that lived a little and was shut: its database, its export, its keys.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use deadpool_postgres::Pool;
use futures::TryStreamExt as _;
use linli_auditor::{
    KeyRing, Progress, ReconcileSettings, Reconciled, Report, Source, TileExportSettings, TilesAt,
    Trust, VerifySettings,
};
use linli_devstack::TestDatabase;
use linli_log::{District, Frame, LogReader};
use tokio_postgres::{Client, NoTls};

use super::stream::Carried;
use crate::{Terms, TestSystem, Wish, wait};

/// Residents who serve once each: enough records for a tile, and few enough that an audit takes
/// a blink.
const CROWD: usize = 70;

/// Connections for audits.
const CONNECTIONS: usize = 6;

/// What is copied before anything is done, and put back after each deed.
const KEPT: [&str; 4] = ["frame", "key", "tile", "checkpoint"];

/// The scene of all deeds.
pub struct Scene {
    pub(super) superuser: Client,
    pub(super) district: District,
    pub(super) frames: Vec<Frame>,
    pub(super) carried: Carried,
    trust: Trust,
    pool: Pool,
    folder: tempfile::TempDir,
    // Dropped after the connections to it.
    _database: TestDatabase,
}

impl Scene {
    /// Lets a small place live, shuts it, exports its log, and takes every guard of the database
    /// away.
    ///
    /// # Errors
    ///
    /// What kept it from that, or if the audit finds anything before something was done.
    pub async fn set() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let log_key = Some(folder.path().join("log.key"));
        let system =
            TestSystem::start_with(Terms { log_key, nats: true, ..Terms::default() }).await?;
        let place = system.found(Wish { crowd: CROWD }).await?;
        for person in &place.crowd {
            place.serve(person, "PW-1", 60).await?;
        }
        let head = place.caught_up().await?;
        let signed = wait::until("a checkpoint of all", wait::LONG, async || {
            let ask = crate::Ask::get(&format!("/log/{}/checkpoint", system.district()));
            let note = place.http.send(&ask).await.ok()?.body;
            let size = linli_notary::told_by(std::str::from_utf8(&note).ok()?)?.size;
            (size >= head).then_some(())
        });
        signed.await?;
        let keys = place.http.send(&crate::Ask::get("/log/keys")).await?.body;
        let keys = String::from_utf8(keys)?;
        let trust = Trust { log: Some(KeyRing::parse(&keys)?), ..Trust::default() };
        let district = District::new(system.district())?;
        drop(place);
        let nats_url = system.stores().context("the place has no stream")?.nats_url;
        let carried = Carried::take(&nats_url, &district, head).await?;
        let database = system.shut().await?;
        let config = database.url().parse()?;
        let pool = linli_log::reader::pool(&config, CONNECTIONS)?;
        let (superuser, connection) = config.connect(NoTls).await?;
        tokio::spawn(connection);
        let reader = LogReader::new(pool.clone());
        let frames = reader.stream(&district, 0).try_collect().await?;
        linli_auditor::export_tiles(TileExportSettings {
            pool: pool.clone(),
            district: district.clone(),
            folder: folder.path().join("export"),
            keys: Some(keys),
            progress: Progress::Hidden,
        })
        .await?;
        let scene =
            Self { superuser, district, frames, carried, trust, pool, folder, _database: database };
        scene.unguard().await?;
        scene.untouched().await?;
        Ok(scene)
    }

    async fn unguard(&self) -> anyhow::Result<()> {
        for table in KEPT {
            let sql = format!(
                "ALTER TABLE log.{table} DISABLE TRIGGER ALL; \
                 CREATE TABLE public.kept_{table} AS SELECT * FROM log.{table}"
            );
            self.superuser.batch_execute(&sql).await?;
        }
        Ok(())
    }

    /// Puts the log back as it was.
    pub(super) async fn put_back(&self) -> anyhow::Result<()> {
        for table in KEPT {
            let columns = match table {
                "frame" => "district, first, last, recorded_at_us, previous_root, root, body",
                _ => "*",
            };
            let into = if columns == "*" { String::new() } else { format!("({columns})") };
            let sql = format!(
                "DELETE FROM log.{table}; \
                 INSERT INTO log.{table} {into} SELECT {columns} FROM public.kept_{table}"
            );
            self.superuser.batch_execute(&sql).await.context(table)?;
        }
        Ok(())
    }

    /// Is all true, in both places?
    pub(super) async fn untouched(&self) -> anyhow::Result<()> {
        for report in [self.audit_rows().await?, self.audit_folder(&self.export()).await?] {
            anyhow::ensure!(report.ok, "the scene is not as it was:\n{report}");
            anyhow::ensure!(report.tiles > 0 && report.checkpoints > 0, "no tile: {report}");
        }
        let told = self.reconcile().await?;
        let carried = told.stream.as_ref().context("the stream was left out")?;
        let whole = (self.frames.len(), 0);
        let found = (usize::try_from(carried.frames)?, carried.behind);
        anyhow::ensure!(told.ok && found == whole, "the stream is not as it was:\n{told}");
        Ok(())
    }

    /// The export.
    pub(super) fn export(&self) -> PathBuf {
        self.folder.path().join("export")
    }

    /// An empty folder for a copy of it.
    pub(super) fn copy(&self) -> anyhow::Result<tempfile::TempDir> {
        let copy = tempfile::tempdir_in(self.folder.path())?;
        copy_all(&self.export(), copy.path())?;
        Ok(copy)
    }

    fn settings(&self, source: Source, compare_projections: bool) -> VerifySettings {
        let (trust, progress) = (self.trust.clone(), Progress::Hidden);
        VerifySettings { source, compare_projections, upto: None, trust, keep: None, progress }
    }

    fn store(&self) -> Source {
        Source::Store { pool: self.pool.clone(), district: self.district.clone() }
    }

    pub(super) async fn audit_log(&self) -> anyhow::Result<Report> {
        Ok(linli_auditor::verify(self.settings(self.store(), false)).await?)
    }

    pub(super) async fn audit_rows(&self) -> anyhow::Result<Report> {
        Ok(linli_auditor::verify(self.settings(self.store(), true)).await?)
    }

    pub(super) async fn reconcile(&self) -> anyhow::Result<Reconciled> {
        let settings = ReconcileSettings {
            pool: self.pool.clone(),
            district: self.district.clone(),
            nats: Some(self.carried.nats.clone()),
            trust: self.trust.clone(),
            progress: Progress::Hidden,
        };
        Ok(linli_auditor::reconcile(settings).await?)
    }

    pub(super) async fn audit_folder(&self, folder: &Path) -> anyhow::Result<Report> {
        let source = Source::Tiles(TilesAt::Folder(folder.to_owned()));
        Ok(linli_auditor::verify(self.settings(source, false)).await?)
    }
}

fn copy_all(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(from)? {
        let (entry, name) = entry.map(|it| (it.path(), it.file_name()))?;
        let there = to.join(name);
        if entry.is_dir() {
            std::fs::create_dir_all(&there)?;
            copy_all(&entry, &there)?;
        } else {
            std::fs::copy(&entry, &there)?;
        }
    }
    Ok(())
}
