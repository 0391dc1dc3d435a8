//! A migrated database with a log, projectors, and ranks.

use std::time::Duration;

use linli_devstack::TestDatabase;
use linli_domain::id::AreaId;
use linli_domain::text::Code;
use linli_domain::time::{Period, Window};
use linli_domain::{Position, Record};
use linli_feed::Feed;
use linli_log::{BodyBuilder, District, Frame, Frontier, LogReader, LogWriter};
use linli_projector::Projectors;
use linli_ranks::{Answer, Asked, Ladder, Metrics, Ranks, Room, Settings, Wish};
use linli_readmodel::{Projection, Reader};
use prometheus::Registry;
use tokio::task::JoinHandle;
use tokio_postgres::{Config, NoTls};
use tokio_util::sync::CancellationToken;

/// Longest wait for something that must come about.
const LEVEL_WAIT_MAX: Duration = Duration::from_secs(60);

pub(crate) struct House {
    pub(crate) reader: Reader,
    _database: TestDatabase,
    district: District,
    pool: deadpool_postgres::Pool,
    registry: Registry,
    ranks: Ranks,
    writer: LogWriter,
    frontier: Frontier,
    projectors: Option<Running>,
    running: Option<Running>,
}

struct Running {
    task: JoinHandle<()>,
    cancel: CancellationToken,
}

impl House {
    pub(crate) async fn new() -> Self {
        Self::with_room(1_000_000).await
    }

    pub(crate) async fn with_room(residents_max: usize) -> Self {
        let database = TestDatabase::create().await.unwrap();
        let config: Config = database.url().parse().unwrap();
        let district = District::new(database.name()).unwrap();
        let (mut client, connection) = config.connect(NoTls).await.unwrap();
        tokio::spawn(connection);
        linli_log::migrate(&mut client).await.unwrap();
        linli_readmodel::migrate(&mut client).await.unwrap();
        let pool = linli_log::reader::pool(&config, 12).unwrap();
        let reader = Reader::new(pool.clone(), Code::new(database.name()).unwrap());
        let feed = Feed::new(LogReader::new(pool.clone()), None, district.clone());
        let registry = Registry::new();
        let ranks = Ranks::new(Settings {
            reader: reader.clone(),
            pool: pool.clone(),
            feed,
            room: Room::new(residents_max),
            metrics: Metrics::register(&registry).unwrap(),
        });
        Self {
            writer: LogWriter::open(&config, &district).await.unwrap(),
            frontier: Frontier::new(),
            _database: database,
            reader,
            district,
            pool,
            registry,
            ranks,
            projectors: None,
            running: None,
        }
    }

    pub(crate) fn ranks(&self) -> Ranks {
        self.ranks.clone()
    }

    pub(crate) fn start_ranks(&mut self) {
        let (ranks, cancel) = (self.ranks.clone(), CancellationToken::new());
        let told = cancel.clone();
        let task = tokio::spawn(async move { ranks.run(told).await });
        self.running = Some(Running { task, cancel });
    }

    pub(crate) async fn stop_ranks(&mut self) {
        self.running.take().unwrap().stop().await;
    }

    pub(crate) fn start_projectors(&mut self) {
        let settings = linli_projector::Settings {
            pool: self.pool.clone(),
            feed: Feed::new(LogReader::new(self.pool.clone()), None, self.district.clone()),
            metrics: linli_projector::Metrics::register(&Registry::new()).unwrap(),
        };
        let cancel = CancellationToken::new();
        let task = tokio::spawn(Projectors::new(settings).unwrap().run(cancel.clone()));
        self.projectors = Some(Running { task, cancel });
    }

    pub(crate) async fn stop(mut self) {
        for running in [self.running.take(), self.projectors.take()].into_iter().flatten() {
            running.stop().await;
        }
    }

    /// Puts records into the log, in frames of so many.
    pub(crate) async fn append(&mut self, records: &[Record], frame_records: usize) {
        for records in records.chunks(frame_records) {
            let encoded: Vec<_> = records.iter().map(linli_proto::encode_record).collect();
            self.append_bytes(&encoded).await;
        }
    }

    pub(crate) async fn append_bytes(&mut self, records: &[Vec<u8>]) {
        let mut body = BodyBuilder::new();
        records.iter().for_each(|record| body.push(record).unwrap());
        let frame = Frame::seal(&mut self.frontier, 0, body.take()).unwrap();
        self.writer.append(&frame).await.unwrap();
    }

    /// The last position of the log.
    pub(crate) fn end(&self) -> Position {
        Position(self.frontier.size())
    }

    /// Waits until the rows that ranks are made of have reached the end of the log.
    pub(crate) async fn caught_up_rows(&self) {
        for projection in [Projection::Directory, Projection::Rankings] {
            self.until("the rows", async |house: &Self| {
                let waited = house.reader.wait_for(projection, house.end(), LEVEL_WAIT_MAX).await;
                waited.is_ok()
            })
            .await;
        }
    }

    /// Waits until rows and memory have reached the end of the log.
    pub(crate) async fn caught_up(&self) {
        self.caught_up_rows().await;
        let end = self.end().0;
        self.until("memory", async |house: &Self| {
            house.metric("linli_ranks_position") as u64 == end
        })
        .await;
    }

    /// Asks once, for nothing but whether there is an answer.
    pub(crate) async fn wish(
        &self,
        area: Option<AreaId>,
        window: Window,
        period: Option<Period>,
    ) -> Asked<()> {
        let wish = Wish { area, window, period };
        self.ranks.ask(wish, None, Duration::ZERO, |_, _| ()).await
    }

    /// Asks until memory answers.
    pub(crate) async fn asked<T>(
        &self,
        area: Option<AreaId>,
        window: Window,
        period: Option<Period>,
        question: impl Fn(&Ladder) -> T,
    ) -> Answer<T> {
        let (wish, begun) = (Wish { area, window, period }, std::time::Instant::now());
        loop {
            let asked =
                self.ranks.ask(wish, None, Duration::ZERO, |ladder, _| question(ladder)).await;
            if let Asked::Answered(answer) = asked {
                return answer;
            }
            assert!(begun.elapsed() < LEVEL_WAIT_MAX, "no answer from memory");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// The value of a metric that has but one series.
    pub(crate) fn metric(&self, name: &str) -> f64 {
        let families = self.registry.gather();
        let family = families.iter().find(|family| family.name() == name);
        let metrics = family.map_or(&[][..], |family| family.get_metric());
        let value = |metric: &prometheus::proto::Metric| {
            metric.get_gauge().get_value() + metric.get_counter().get_value()
        };
        metrics.iter().map(value).sum()
    }

    /// Waits until `is_so`.
    pub(crate) async fn until(&self, what: &str, is_so: impl AsyncFn(&Self) -> bool) {
        let begun = std::time::Instant::now();
        while !is_so(self).await {
            assert!(begun.elapsed() < LEVEL_WAIT_MAX, "{what} did not come about");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Running {
    async fn stop(self) {
        self.cancel.cancel();
        tokio::time::timeout(LEVEL_WAIT_MAX, self.task).await.unwrap().unwrap();
    }
}
