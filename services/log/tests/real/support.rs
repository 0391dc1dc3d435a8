//! What the tests share: a database with the log's tables, and frames to put into it.

use std::time::{Duration, Instant};

use linli_devstack::TestDatabase;
use linli_log::{BodyBuilder, District, Frame, Frontier, KeyEntry, KeyIndex, LogReader, LogWriter};
use tokio_postgres::{Client, Config, NoTls};

/// Longest wait for something that must come about.
pub(crate) const LEVEL_WAIT_MAX: Duration = Duration::from_secs(20);

/// A migrated database, and a district of its own name (so its stream is its own too).
pub(crate) struct Log {
    pub(crate) database: TestDatabase,
    pub(crate) district: District,
    pub(crate) config: Config,
}

impl Log {
    pub(crate) async fn create() -> Self {
        let database = TestDatabase::create().await.unwrap();
        let config: Config = database.url().parse().unwrap();
        let district = District::new(database.name()).unwrap();
        let log = Self { database, district, config };
        linli_log::migrate(&mut log.client().await).await.unwrap();
        log
    }

    /// A connection of the superuser's.
    pub(crate) async fn client(&self) -> Client {
        connect(&self.config).await
    }

    pub(crate) async fn writer(&self) -> LogWriter {
        LogWriter::open(&self.config, &self.district).await.unwrap()
    }

    pub(crate) fn reader(&self) -> LogReader {
        LogReader::new(linli_log::reader::pool(&self.config, 4).unwrap())
    }

    pub(crate) fn index(&self) -> KeyIndex {
        let pool = linli_log::reader::pool(&self.config, 2).unwrap();
        KeyIndex::new(pool, self.district.clone())
    }

    /// Appends `count` frames after what `frames` has made so far.
    pub(crate) async fn grow(&self, writer: &LogWriter, frames: &mut Frames, count: usize) {
        for _ in 0..count {
            writer.append(&frames.next(3)).await.unwrap();
        }
    }
}

pub(crate) async fn connect(config: &Config) -> Client {
    let (client, connection) = config.connect(NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// Makes frames, one after another.
#[derive(Clone, Default)]
pub(crate) struct Frames {
    pub(crate) frontier: Frontier,
    /// Goes into every record, to tell histories apart.
    pub(crate) salt: u8,
}

impl Frames {
    /// A frame of `records` records of some 40 bytes.
    pub(crate) fn next(&mut self, records: u64) -> Frame {
        self.next_of(records, 40)
    }

    /// A frame of `records` records of `bytes` bytes.
    pub(crate) fn next_of(&mut self, records: u64, bytes: usize) -> Frame {
        let mut body = BodyBuilder::new();
        for n in 1..=records {
            let position = self.frontier.size() + n;
            body.push(&record(self.salt, position, bytes)).unwrap();
        }
        let recorded_at = 1_700_000_000_000_000 + i64::try_from(self.frontier.size()).unwrap();
        Frame::seal(&mut self.frontier, recorded_at, body.take()).unwrap()
    }
}

/// The record at a position.
pub(crate) fn record(salt: u8, position: u64, bytes: usize) -> Vec<u8> {
    let mut record = format!("{salt}/{position}/").into_bytes();
    record.resize(bytes, b'.');
    record
}

/// A key that stands for the records `first..=last`.
pub(crate) fn key(name: &str, first: u64, last: u64) -> KeyEntry {
    KeyEntry { client: [7; 16], key: name.into(), body_hash: [9; 32], first, last }
}

/// Waits until `look` answers something.
pub(crate) async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(start.elapsed() < LEVEL_WAIT_MAX, "{what} did not come about");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
