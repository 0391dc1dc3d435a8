//! A log in a database of its own, with a hand on its bytes.

use deadpool_postgres::Pool;
use linli_auditor::{Progress, Report, Source, Trust, VerifySettings, verify};
use linli_devstack::TestDatabase;
use linli_domain::{Origin, Position, Record};
use linli_log::key::Advance;
use linli_log::{BodyBuilder, District, Frame, Frontier, KeyEntry, KeyIndex, LogWriter};
use linli_proto::encode_record;
use tokio_postgres::{Client, Config, NoTls};

/// Records in a frame: at least so many, by turns, so that frames of every small size occur.
const FRAME_RECORDS: [usize; 4] = [1, 4, 9, 2];

pub(crate) struct Store {
    // Dropped after the connections to it.
    pub(crate) client: Client,
    pub(crate) pool: Pool,
    pub(crate) district: District,
    database: TestDatabase,
}

impl Store {
    /// A database with these records in its log, and the index of their keys.
    pub(crate) async fn holding(records: &[Record]) -> Self {
        Self::of(frames(records)).await
    }

    /// A database with these frames in its log.
    pub(crate) async fn of(frames: Vec<(Frame, Vec<KeyEntry>)>) -> Self {
        let store = Self::empty().await;
        store.append(frames).await;
        store
    }

    pub(crate) async fn empty() -> Self {
        let database = TestDatabase::create().await.unwrap();
        let config: Config = database.url().parse().unwrap();
        let (mut client, connection) = config.connect(NoTls).await.unwrap();
        tokio::spawn(connection);
        linli_log::migrate(&mut client).await.unwrap();
        let pool = linli_log::reader::pool(&config, 4).unwrap();
        let district = District::new("gulou").unwrap();
        Self { client, pool, district, database }
    }

    pub(crate) fn config(&self) -> Config {
        self.database.url().parse().unwrap()
    }

    /// Another connection of the superuser's.
    pub(crate) async fn connect(&self) -> Client {
        let (client, connection) = self.config().connect(NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    }

    pub(crate) async fn append(&self, frames: Vec<(Frame, Vec<KeyEntry>)>) {
        let writer = LogWriter::open(&self.config(), &self.district).await.unwrap();
        let index = KeyIndex::new(self.pool.clone(), self.district.clone());
        for (frame, keys) in frames {
            writer.append(&frame).await.unwrap();
            let before = frame.first.saturating_sub(1);
            let moved = index.advance(before, frame.last, &keys).await.unwrap();
            assert_eq!(moved, Advance::Moved);
        }
        writer.close().await;
    }

    /// Takes every guard away that the database has against tampering, as its owner can.
    pub(crate) async fn unguard(&self) {
        self.client
            .batch_execute(
                "ALTER TABLE log.frame DISABLE TRIGGER ALL;
                 ALTER TABLE log.key DISABLE TRIGGER ALL;
                 ALTER TABLE log.frame DROP CONSTRAINT frame_begins;
                 ALTER TABLE log.frame DROP CONSTRAINT frame_follows;
                 ALTER TABLE log.frame DROP CONSTRAINT frame_check",
            )
            .await
            .unwrap_or_else(|error| panic!("{error:?}"));
    }

    pub(crate) async fn tamper(&self, sql: &str) {
        let changed =
            self.client.execute(sql, &[]).await.unwrap_or_else(|e| panic!("{sql}: {e:?}"));
        assert!(changed > 0, "{sql}");
    }

    pub(crate) fn settings(&self) -> VerifySettings {
        VerifySettings {
            source: Source::Store { pool: self.pool.clone(), district: self.district.clone() },
            compare_projections: false,
            upto: None,
            trust: Trust::default(),
            keep: None,
            progress: Progress::Hidden,
        }
    }

    pub(crate) async fn audit(&self) -> Report {
        verify(self.settings()).await.unwrap()
    }

    pub(crate) async fn audit_upto(&self, position: u64) -> Report {
        let upto = Some(Position(position));
        verify(VerifySettings { upto, ..self.settings() }).await.unwrap()
    }
}

/// Frames over records, each with whole commands and the keys of them.
pub(crate) fn frames(records: &[Record]) -> Vec<(Frame, Vec<KeyEntry>)> {
    let mut frontier = Frontier::new();
    let mut frames = Vec::new();
    let mut waiting: Vec<&Record> = Vec::new();
    let mut sizes = FRAME_RECORDS.iter().cycle();
    let mut size = *sizes.next().unwrap();
    let mut groups = records.chunk_by(same_command).peekable();
    while let Some(group) = groups.next() {
        waiting.extend(group);
        if waiting.len() >= size || groups.peek().is_none() {
            frames.push(seal(&mut frontier, &waiting));
            waiting.clear();
            size = *sizes.next().unwrap();
        }
    }
    frames
}

fn same_command(one: &Record, next: &Record) -> bool {
    one.origin == next.origin && one.origin != Origin::Deadline
}

fn seal(frontier: &mut Frontier, records: &[&Record]) -> (Frame, Vec<KeyEntry>) {
    let mut body = BodyBuilder::new();
    for record in records {
        body.push(&encode_record(record)).unwrap();
    }
    let recorded_at = records.last().unwrap().recorded_at.microseconds();
    let owned: Vec<Record> = records.iter().map(|record| (*record).clone()).collect();
    let keys = owned.chunk_by(same_command).filter_map(|group| {
        let Origin::Command { client, key, body_hash } = &group[0].origin else { return None };
        Some(KeyEntry {
            client: client.0.to_be_bytes(),
            key: key.as_str().into(),
            body_hash: body_hash.map_or([0; 32], |hash| hash.0),
            first: group[0].position.0,
            last: group.last().unwrap().position.0,
        })
    });
    (Frame::seal(frontier, recorded_at, body.take()).unwrap(), keys.collect())
}
