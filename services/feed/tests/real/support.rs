//! What the tests share: a log of small records, and subscriptions that take them.

use std::sync::Arc;
use std::time::Duration;

use linli_devstack::TestDatabase;
use linli_domain::id::ResidentId;
use linli_domain::time::Timestamp;
use linli_domain::{Event, Origin, Position, Record, resident};
use linli_feed::{Decoded, Feed, Subscription};
use linli_log::{BodyBuilder, District, Frame, Frontier, LogReader, LogWriter};
use tokio::sync::watch;
use tokio_postgres::{Config, NoTls};

/// Longest wait for something that must come about.
pub(crate) const LEVEL_WAIT_MAX: Duration = Duration::from_secs(20);

pub(crate) struct Log {
    _database: TestDatabase,
    pub(crate) district: District,
    pub(crate) reader: LogReader,
    pub(crate) frontier: Frontier,
    writer: LogWriter,
    bell: watch::Sender<u64>,
}

impl Log {
    pub(crate) async fn create() -> Self {
        let database = TestDatabase::create().await.unwrap();
        let config: Config = database.url().parse().unwrap();
        let district = District::new(database.name()).unwrap();
        let (mut client, connection) = config.connect(NoTls).await.unwrap();
        tokio::spawn(connection);
        linli_log::migrate(&mut client).await.unwrap();
        Self {
            writer: LogWriter::open(&config, &district).await.unwrap(),
            reader: LogReader::new(linli_log::reader::pool(&config, 8).unwrap()),
            frontier: Frontier::new(),
            bell: watch::Sender::new(0),
            _database: database,
            district,
        }
    }

    pub(crate) fn feed(&self) -> Feed {
        Feed::new(self.reader.clone(), None, self.district.clone()).with_bell(self.bell.subscribe())
    }

    pub(crate) fn end(&self) -> u64 {
        self.frontier.size()
    }

    /// Appends a frame of so many records.
    pub(crate) async fn append(&mut self, records: u64) {
        let positions = self.end() + 1..=self.end() + records;
        let records: Vec<_> = positions.map(bytes).collect();
        self.append_bytes(&records).await;
    }

    pub(crate) async fn append_bytes(&mut self, records: &[Vec<u8>]) {
        let mut body = BodyBuilder::new();
        records.iter().for_each(|record| body.push(record).unwrap());
        let frame = Frame::seal(&mut self.frontier, 1, body.take()).unwrap();
        self.writer.append(&frame).await.unwrap();
        self.bell.send_replace(self.frontier.size());
    }
}

/// A record that says where it is.
pub(crate) fn bytes(position: u64) -> Vec<u8> {
    linli_proto::encode_record(&Record {
        position: Position(position),
        recorded_at: Timestamp::from_microseconds(1),
        happened_at: Timestamp::from_microseconds(1),
        origin: Origin::Deadline,
        event: Event::Resident(resident::Event::RankingJoined(ResidentId::from_number(
            position.into(),
        ))),
        postings: Vec::new(),
    })
}

/// Takes frames until the one that ends at `last`.
pub(crate) async fn take_to(subscription: &mut Subscription, last: u64) -> Vec<Arc<Decoded>> {
    let mut taken = Vec::new();
    while subscription.position() < last {
        let position = subscription.position();
        let next = tokio::time::timeout(LEVEL_WAIT_MAX, subscription.next()).await;
        let frame = next.unwrap_or_else(|_| panic!("no frame after {position}")).unwrap();
        assert_eq!(frame.first, position + 1);
        taken.push(frame);
    }
    assert_eq!(subscription.position(), last);
    taken
}
