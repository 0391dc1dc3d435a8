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
use linli_log::checkpoint::Checkpoint;
use linli_log::{District, Frame, LogReader};
use tokio_postgres::{Client, NoTls};

use super::stream::Carried;
use crate::{Place, Terms, TestSystem, Wish, wait};

/// Residents who serve once each: enough records for a tile, and few enough that an audit takes
/// a blink.
const CROWD: usize = 70;

/// Of them so many serve after an early export.
const LATER: usize = 10;

/// Connections for audits.
const CONNECTIONS: usize = 6;

/// What is copied before anything is done, and put back after each deed.
const KEPT: [&str; 5] = ["frame", "key", "key_index", "tile", "checkpoint"];

/// The scene of all deeds.
pub struct Scene {
    pub(super) superuser: Client,
    pub(super) district: District,
    pub(super) frames: Vec<Frame>,
    pub(super) carried: Carried,
    trust: Trust,
    /// The newest checkpoint, as somebody elsewhere kept it.
    seen: Vec<Checkpoint>,
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
        let (first, rest) = place.crowd.split_at(CROWD - LATER);
        for person in first {
            place.serve(person, "PW-1", 60).await?;
        }
        let early = signed(&system, &place).await?;
        let config = system.database_url().parse()?;
        let district = District::new(system.district())?;
        let pool = linli_log::reader::pool(&config, CONNECTIONS)?;
        export(&pool, &district, folder.path().join("early"), None).await?;
        for person in rest {
            place.serve(person, "PW-1", 60).await?;
        }
        let head = place.caught_up().await?;
        let seen = signed(&system, &place).await?;
        anyhow::ensure!(seen.size > early.size, "nothing was signed since");
        let keys = place.http.send(&crate::Ask::get("/log/keys")).await?.body;
        let keys = String::from_utf8(keys)?;
        let trust = Trust { log: Some(KeyRing::parse(&keys)?), ..Trust::default() };
        drop(place);
        let nats_url = system.stores().context("the place has no stream")?.nats_url;
        let carried = Carried::take(&nats_url, &district, head).await?;
        let database = system.shut().await?;
        let (superuser, connection) = config.connect(NoTls).await?;
        tokio::spawn(connection);
        let reader = LogReader::new(pool.clone());
        let frames = reader.stream(&district, 0).try_collect().await?;
        export(&pool, &district, folder.path().join("export"), Some(keys)).await?;
        let seen = vec![seen];
        let scene = Self {
            superuser,
            district,
            frames,
            carried,
            trust,
            seen,
            pool,
            folder,
            _database: database,
        };
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
        let rows = self.audit_rows().await?;
        let folder = self.audit_folder(&self.export()).await?;
        for report in [rows, folder, self.audit_log_as_seen().await?] {
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

    fn as_seen(&self, source: Source) -> VerifySettings {
        let settings = self.settings(source, false);
        let trust = Trust { seen: self.seen.clone(), ..settings.trust };
        VerifySettings { trust, ..settings }
    }

    /// By somebody who kept the newest checkpoint.
    pub(super) async fn audit_log_as_seen(&self) -> anyhow::Result<Report> {
        Ok(linli_auditor::verify(self.as_seen(self.store())).await?)
    }

    /// The same, of the export that was made early.
    pub(super) async fn audit_early_export_as_seen(&self) -> anyhow::Result<Report> {
        let source = Source::Tiles(TilesAt::Folder(self.folder.path().join("early")));
        Ok(linli_auditor::verify(self.as_seen(source)).await?)
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

/// Waits for a checkpoint of all that there is.
async fn signed(system: &TestSystem, place: &Place) -> anyhow::Result<Checkpoint> {
    let head = place.caught_up().await?;
    let signed = wait::until("a checkpoint of all", wait::LONG, async || {
        let ask = crate::Ask::get(&format!("/log/{}/checkpoint", system.district()));
        let note = String::from_utf8(place.http.send(&ask).await.ok()?.body).ok()?;
        let size = linli_notary::told_by(&note)?.size;
        (size >= head).then_some(Checkpoint { size, note })
    });
    signed.await
}

async fn export(
    pool: &Pool,
    district: &District,
    folder: PathBuf,
    keys: Option<String>,
) -> anyhow::Result<()> {
    let (pool, district, progress) = (pool.clone(), district.clone(), Progress::Hidden);
    let settings = TileExportSettings { pool, district, folder, keys, progress };
    linli_auditor::export_tiles(settings).await?;
    Ok(())
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
