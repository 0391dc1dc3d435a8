//! What the tests share: a migrated database with a log, a writer of frames, and projectors.

use std::time::Duration;

use deadpool_postgres::Pool;
use linli_devstack::TestDatabase;
use linli_domain::text::Code;
use linli_domain::{Position, Record};
use linli_feed::Feed;
use linli_log::{BodyBuilder, District, Frame, Frontier, LogReader, LogWriter};
use linli_projector::{Metrics, Projectors, Settings};
use linli_readmodel::{Digest, Projection, Reader, Snapshot};
use tokio::task::JoinHandle;
use tokio_postgres::{Client, Config, NoTls};
use tokio_util::sync::CancellationToken;

/// Longest wait for something that must come about.
pub(crate) const LEVEL_WAIT_MAX: Duration = Duration::from_secs(20);

/// Longest wait for a hundred thousand records, on a machine that has much else to do.
pub(crate) const BACKLOG_WAIT_MAX: Duration = Duration::from_secs(300);

pub(crate) struct Bench {
    pub(crate) database: TestDatabase,
    pub(crate) config: Config,
    pub(crate) district: District,
    pub(crate) code: Code,
    pub(crate) pool: Pool,
    pub(crate) registry: prometheus::Registry,
    writer: LogWriter,
    frontier: Frontier,
}

impl Bench {
    pub(crate) async fn new() -> Self {
        let database = TestDatabase::create().await.unwrap();
        let config: Config = database.url().parse().unwrap();
        let district = District::new(database.name()).unwrap();
        let mut client = connect(&config).await;
        linli_log::migrate(&mut client).await.unwrap();
        linli_readmodel::migrate(&mut client).await.unwrap();
        Self {
            writer: LogWriter::open(&config, &district).await.unwrap(),
            pool: linli_log::reader::pool(&config, 10).unwrap(),
            code: Code::new(database.name()).unwrap(),
            registry: prometheus::Registry::new(),
            frontier: Frontier::new(),
            database,
            config,
            district,
        }
    }

    pub(crate) async fn client(&self) -> Client {
        connect(&self.config).await
    }

    pub(crate) fn reader(&self) -> Reader {
        Reader::new(self.pool.clone(), self.code.clone())
    }

    pub(crate) fn settings(&self) -> Settings {
        Settings {
            pool: self.pool.clone(),
            feed: self.feed(None),
            metrics: Metrics::register(&prometheus::Registry::new()).unwrap(),
        }
    }

    pub(crate) fn feed(&self, nats: Option<async_nats::Client>) -> Feed {
        Feed::new(LogReader::new(self.pool.clone()), nats, self.district.clone())
    }

    /// Starts projectors.
    pub(crate) fn start(&self, settings: Settings) -> Running {
        let cancel = CancellationToken::new();
        let task = tokio::spawn(Projectors::new(settings).unwrap().run(cancel.clone()));
        Running { task, cancel }
    }

    /// Puts records into the log, in frames of so many.
    pub(crate) async fn append(&mut self, records: &[Record], frame_records: usize) -> Vec<Frame> {
        let mut frames = Vec::new();
        for records in records.chunks(frame_records) {
            let encoded: Vec<_> = records.iter().map(linli_proto::encode_record).collect();
            let at = records.last().unwrap().recorded_at.microseconds();
            frames.push(self.append_bytes(&encoded, at).await);
        }
        frames
    }

    /// The digests of all read models, which are to stand at the end of the log.
    pub(crate) async fn digests(&self) -> Vec<Digest> {
        let snapshot = Snapshot::open(&self.pool, self.code.clone()).await.unwrap();
        let mut digests = Vec::new();
        for projection in Projection::ALL {
            assert_eq!(snapshot.position(projection), Some(self.end()));
            digests.push(snapshot.digest(projection).await.unwrap());
        }
        snapshot.close().await.unwrap();
        digests
    }

    /// Puts a frame of these bytes into the log.
    pub(crate) async fn append_bytes(&mut self, records: &[Vec<u8>], recorded_at: i64) -> Frame {
        let mut body = BodyBuilder::new();
        records.iter().for_each(|record| body.push(record).unwrap());
        let frame = Frame::seal(&mut self.frontier, recorded_at, body.take()).unwrap();
        self.writer.append(&frame).await.unwrap();
        frame
    }

    /// The last position of the log.
    pub(crate) fn end(&self) -> Position {
        Position(self.frontier.size())
    }

    /// Waits until all projections have reached the end of the log.
    pub(crate) async fn caught_up(&self, reader: &Reader) {
        for projection in Projection::ALL {
            self.reached(reader, projection, self.end()).await;
        }
    }

    /// Waits until a projection, which may not even have begun, has reached a position.
    pub(crate) async fn reached(&self, reader: &Reader, projection: Projection, wanted: Position) {
        until("a checkpoint", async || {
            let waited = reader.wait_for(projection, wanted, LEVEL_WAIT_MAX).await;
            waited.is_ok().then_some(())
        })
        .await;
    }
}

/// Projectors at work.
pub(crate) struct Running {
    task: JoinHandle<()>,
    cancel: CancellationToken,
}

impl Running {
    pub(crate) async fn stop(self) {
        self.cancel.cancel();
        tokio::time::timeout(LEVEL_WAIT_MAX, self.task).await.unwrap().unwrap();
    }
}

async fn connect(config: &Config) -> Client {
    let (client, connection) = config.connect(NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// Waits until `look` answers something.
pub(crate) async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let start = std::time::Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(start.elapsed() < LEVEL_WAIT_MAX, "{what} did not come about");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
