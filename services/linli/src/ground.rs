//! What services stand on: what the districts of a process share, and what each has for itself.

use anyhow::Context as _;
use deadpool_postgres::Pool;
use linli_domain::text::Code;
use linli_feed::Feed;
use linli_log::{District, Fresh, LogReader};
use linli_ranks::Room;
use prometheus::Registry;
use tokio_postgres::Config;

use crate::cli::{DatabaseArgs, StoreArgs};
use crate::stores;

/// Residents on all rankings in memory together, each counted once a ranking: the usual four
/// rankings of a district of a million. They take some 400 MB then; a community's take some 100 kB.
const RANKED_RESIDENTS_MAX: usize = 4_000_000;

/// The most districts of a process. Each writer has a connection of its own, since its lock lives
/// on it; with the shared ones that is as much as a server of usual size carries.
const DISTRICTS_MAX: usize = 256;

/// What the districts of a process share: connections, figures, and room.
#[derive(Clone)]
pub(crate) struct Commons {
    pub(crate) postgres: Config,
    /// For read models: projectors, gateways, ranks.
    pub(crate) pool: Pool,
    /// For ledgers: what they read beside what they write.
    pub(crate) ledgers: LogReader,
    /// What the ledgers of this process have just committed, for all in it who read logs.
    fresh: Fresh,
    pub(crate) nats: Option<async_nats::Client>,
    pub(crate) registry: Registry,
    pub(crate) figures: Figures,
    /// Room for rankings in memory.
    pub(crate) room: Room,
}

/// What all parts tell Prometheus, by district.
#[derive(Clone)]
pub(crate) struct Figures {
    pub(crate) log: linli_log::Metrics,
    pub(crate) feed: linli_feed::Metrics,
    pub(crate) ledger: linli_ledger::Metrics,
    pub(crate) projector: linli_projector::Metrics,
    pub(crate) ranks: linli_ranks::Metrics,
    pub(crate) notary: linli_notary::Metrics,
}

/// What the services of one district share. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Ground {
    pub(crate) commons: Commons,
    pub(crate) district: Code,
    /// The district's frames, for all in the process who fold them.
    pub(crate) feed: Feed,
}

impl Commons {
    pub(crate) async fn lay(
        database: &DatabaseArgs,
        nats_url: Option<&str>,
        name: &str,
        districts: usize,
    ) -> anyhow::Result<Self> {
        let postgres = stores::postgres(database)?;
        let registry = Registry::new();
        let figures = Figures::register(&registry)?;
        let pool = stores::pool(&postgres, districts)?;
        let fresh = Fresh::default();
        let ledgers = LogReader::new(stores::ledgers_pool(&postgres, districts)?);
        let ledgers = ledgers.with_fresh(fresh.clone());
        let nats = stores::nats(nats_url, name).await?;
        let room = Room::new(RANKED_RESIDENTS_MAX);
        Ok(Self { postgres, pool, ledgers, fresh, nats, registry, figures, room })
    }

    /// A reader of any district's log.
    fn log(&self) -> LogReader {
        LogReader::new(self.pool.clone()).with_fresh(self.fresh.clone())
    }

    /// The ground of one district.
    pub(crate) fn ground(&self, district: Code) -> anyhow::Result<Ground> {
        let feed = Feed::new(self.log(), self.nats.clone(), log_district(&district)?)
            .with_metrics(&self.figures.feed, &self.figures.log);
        Ok(Ground { commons: self.clone(), district, feed })
    }
}

impl Figures {
    fn register(registry: &Registry) -> Result<Self, prometheus::Error> {
        Ok(Self {
            log: linli_log::Metrics::register(registry)?,
            feed: linli_feed::Metrics::register(registry)?,
            ledger: linli_ledger::Metrics::register(registry)?,
            projector: linli_projector::Metrics::register(registry)?,
            ranks: linli_ranks::Metrics::register(registry)?,
            notary: linli_notary::Metrics::register(registry)?,
        })
    }
}

impl Ground {
    /// The ground of a process that has to do with one district.
    pub(crate) async fn lay(stores: &StoreArgs, name: &str) -> anyhow::Result<Self> {
        let district = code(&stores.district)?;
        Commons::lay(&stores.database, None, name, 1).await?.ground(district)
    }

    /// The grounds of several districts, which share what can be shared.
    pub(crate) async fn lay_all(
        database: &DatabaseArgs,
        districts: &[String],
        nats_url: Option<&str>,
        name: &str,
    ) -> anyhow::Result<Vec<Self>> {
        let mut codes = Vec::new();
        for district in districts {
            let district = code(district)?;
            anyhow::ensure!(!codes.contains(&district), "the district {district} stands twice");
            codes.push(district);
        }
        anyhow::ensure!(
            (1..=DISTRICTS_MAX).contains(&codes.len()),
            "a process serves 1 to {DISTRICTS_MAX} districts"
        );
        let commons = Commons::lay(database, nats_url, name, codes.len()).await?;
        codes.into_iter().map(|district| commons.ground(district)).collect()
    }

    /// The district as the log names it.
    pub(crate) fn log_district(&self) -> anyhow::Result<District> {
        log_district(&self.district)
    }

    pub(crate) fn pool(&self) -> &Pool {
        &self.commons.pool
    }

    pub(crate) fn log(&self) -> LogReader {
        self.commons.log()
    }
}

fn code(text: &str) -> anyhow::Result<Code> {
    Code::new(text).with_context(|| format!("the code of the district, {text:?}"))
}

/// The same code, which the log checks for itself.
fn log_district(district: &Code) -> anyhow::Result<District> {
    District::new(district.as_str()).context("the code of the district")
}
