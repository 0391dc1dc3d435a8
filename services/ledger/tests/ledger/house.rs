//! A district with a database of its own, ledgers started on it, and an auditor's look at its log.

use std::collections::BTreeMap;
use std::time::Duration;

use futures::TryStreamExt;
use linli_devstack::TestDatabase;
use linli_domain::{Origin, Record, State};
use linli_ledger::{Clock, Fault, Image, Ledger, Metrics, Settings, Status, Term};
use linli_log::reader::pool;
use linli_log::{District, Frontier, LogReader};
use linli_port::{Answer, Envelope, Intake, Port, Rejected};
use prometheus::Registry;
use tokio::sync::watch;
use tokio_postgres::{Client, NoTls};
use tokio_util::sync::CancellationToken;

use crate::commands;

/// Longest that a test waits for anything.
pub(crate) const WAIT_MAX: Duration = Duration::from_secs(30);

const LOOK_EVERY: Duration = Duration::from_millis(10);

pub(crate) struct House {
    pub(crate) database: TestDatabase,
    pub(crate) district: District,
}

/// A ledger and the port to it.
pub(crate) struct Running {
    pub(crate) port: Port,
    pub(crate) registry: Registry,
    ledger: Ledger,
    cancel: CancellationToken,
}

/// A log, replayed from its first record.
pub(crate) struct Audit {
    pub(crate) frames: usize,
    pub(crate) records: Vec<Record>,
    pub(crate) state: State,
}

pub(crate) async fn within<T>(what: &str, work: impl Future<Output = T>) -> T {
    match tokio::time::timeout(WAIT_MAX, work).await {
        Ok(done) => done,
        Err(_) => panic!("{what} took longer than {WAIT_MAX:?}"),
    }
}

/// Between two looks at what is waited for: a look costs a query or more, and without a pause they
/// would keep from working whom they wait for.
pub(crate) async fn pause() {
    tokio::time::sleep(LOOK_EVERY).await;
}

/// A term of an image, on the system's clock.
pub(crate) fn term(district: &str, image: Image) -> Term {
    Term {
        district: District::new(district).unwrap(),
        clock: Clock::system(),
        metrics: Metrics::register(&Registry::new()).unwrap(),
        image,
    }
}

impl House {
    pub(crate) async fn new() -> Self {
        let database = TestDatabase::create().await.unwrap();
        let district = District::new(database.name()).unwrap();
        let house = Self { database, district };
        linli_log::migrate(&mut house.client().await).await.unwrap();
        house
    }

    pub(crate) fn settings(&self, registry: &Registry) -> Settings {
        settings(self.database.url(), &self.district, registry)
    }

    /// Starts a ledger with changed settings, without waiting for it.
    pub(crate) fn begin(&self, change: impl FnOnce(&mut Settings)) -> Running {
        let (port, intake) = Port::local();
        self.begin_with(port, intake, change)
    }

    pub(crate) fn begin_with(
        &self,
        port: Port,
        intake: Intake,
        change: impl FnOnce(&mut Settings),
    ) -> Running {
        let registry = Registry::new();
        let mut settings = self.settings(&registry);
        change(&mut settings);
        Running::begin(settings, registry, port, intake)
    }

    /// Starts a ledger and waits until it leads.
    pub(crate) async fn start(&self) -> Running {
        let running = self.begin(|_| {});
        running.leads().await;
        running
    }

    /// Starts a ledger whose pool can be funded.
    pub(crate) async fn start_with_pool(&self) -> Running {
        let running = self.start().await;
        running.must(commands::envelope("open-pool", commands::open_pool())).await;
        running
    }

    pub(crate) async fn client(&self) -> Client {
        let (client, connection) =
            tokio_postgres::connect(self.database.url(), NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    }

    /// Ends the writer's connection, as an operator or a fail-over would. Answers how many.
    pub(crate) async fn cut_writer(&self) -> usize {
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
            WHERE datname = current_database() AND application_name LIKE 'linli writer%'";
        self.client().await.query(sql, &[]).await.unwrap().len()
    }

    /// Replays the log with nothing but the log.
    pub(crate) async fn audit(&self) -> Audit {
        audit(self.database.url(), &self.district).await
    }
}

/// The settings of a ledger of a district in this database.
pub(crate) fn settings(url: &str, district: &District, registry: &Registry) -> Settings {
    Settings::new(
        district.clone(),
        url.parse().unwrap(),
        Metrics::register(registry).unwrap(),
        linli_log::Metrics::register(registry).unwrap(),
    )
}

/// Replays a log with nothing but the log.
pub(crate) async fn audit(url: &str, district: &District) -> Audit {
    let pool = pool(&url.parse().unwrap(), 2).unwrap();
    let reader = LogReader::new(pool);
    let mut frames = std::pin::pin!(reader.stream(district, 0));
    let mut audit = Audit { frames: 0, records: Vec::new(), state: State::default() };
    let mut frontier = Frontier::new();
    while let Some(frame) = frames.try_next().await.unwrap() {
        frontier = frame.verify(&frontier).unwrap();
        for bytes in frame.records() {
            let record = linli_proto::decode_record_strict(bytes.unwrap()).unwrap();
            audit.state.replay(&record).unwrap();
            audit.records.push(record);
        }
        audit.frames += 1;
    }
    audit
}

impl Audit {
    /// How many commands each key stands for in the log; 1 for each where twice is once. Records
    /// of one command are neighbours.
    pub(crate) fn commands_by_key(&self) -> BTreeMap<String, usize> {
        let mut commands = BTreeMap::new();
        let mut before = None;
        for record in &self.records {
            let Origin::Command { key, .. } = &record.origin else { continue };
            if before.replace(key) != Some(key) {
                *commands.entry(key.as_str().to_owned()).or_default() += 1;
            }
        }
        commands
    }
}

impl Running {
    pub(crate) fn begin(
        settings: Settings,
        registry: Registry,
        port: Port,
        intake: Intake,
    ) -> Self {
        let cancel = CancellationToken::new();
        let ledger = Ledger::start(settings, intake, cancel.clone());
        Self { port, registry, ledger, cancel }
    }

    pub(crate) async fn leads(&self) {
        self.reaches(Status::is_leading).await;
    }

    pub(crate) async fn reaches(&self, wanted: impl Fn(Status) -> bool) {
        let mut status = self.status();
        within("the ledger's start", status.wait_for(|status| wanted(*status))).await.unwrap();
    }

    pub(crate) fn status(&self) -> watch::Receiver<Status> {
        self.ledger.status()
    }

    /// Submits, asking again as a sender would, until the outcome is known.
    pub(crate) async fn settle(&self, envelope: Envelope) -> Answer {
        settle(&self.port, envelope).await
    }

    /// Submits a command that has to be accepted.
    pub(crate) async fn must(&self, envelope: Envelope) -> linli_port::Accepted {
        self.settle(envelope).await.unwrap()
    }

    /// Waits until the ledger ends by itself.
    pub(crate) async fn ended(self) -> Result<(), Fault> {
        within("the end", self.ledger.stopped()).await
    }

    /// Tells the ledger to stop and waits until it has.
    pub(crate) async fn stop(self) {
        self.cancel.cancel();
        within("stopping", self.ledger.stopped()).await.unwrap();
    }
}

/// Submits, asking again with the same key as long as the outcome is not known.
pub(crate) async fn settle(port: &Port, envelope: Envelope) -> Answer {
    within("an answer", async {
        loop {
            match port.submit_one(envelope.clone()).await {
                Err(
                    Rejected::Unknown | Rejected::Unavailable { .. } | Rejected::Overloaded { .. },
                ) => pause().await,
                known => return known,
            }
        }
    })
    .await
}

/// A test clock at the beginning of 2026.
pub(crate) fn new_year() -> Clock {
    Clock::test(linli_domain::time::Timestamp::from_microseconds(1_767_225_600_000_000))
}
