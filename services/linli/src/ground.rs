//! What the services of one process share: whose district it is, the stores, the figures.

use anyhow::Context as _;
use deadpool_postgres::Pool;
use linli_domain::text::Code;
use linli_feed::Feed;
use linli_log::{District, LogReader};
use linli_ranks::Room;
use prometheus::Registry;
use tokio_postgres::Config;

use crate::cli::StoreArgs;
use crate::stores;

/// Residents on all rankings in memory together, each counted once a ranking: the usual four
/// rankings of a district of a million. They take some 400 MB then; a community's take some 100 kB.
const RANKED_RESIDENTS_MAX: usize = 4_000_000;

/// What the services of one process share.
#[derive(Clone)]
pub(crate) struct Ground {
    pub(crate) district: Code,
    pub(crate) postgres: Config,
    pub(crate) pool: Pool,
    pub(crate) nats: Option<async_nats::Client>,
    pub(crate) registry: Registry,
    pub(crate) log_metrics: linli_log::Metrics,
    /// The district's frames, for all in the process who fold them.
    pub(crate) feed: Feed,
    /// Room for rankings in memory.
    pub(crate) room: Room,
}

impl Ground {
    pub(crate) async fn lay(
        stores: &StoreArgs,
        nats_url: Option<&str>,
        name: &str,
    ) -> anyhow::Result<Self> {
        let district = Code::new(&stores.district).context("the code of the district")?;
        let postgres = stores::postgres(stores)?;
        let registry = Registry::new();
        let log_metrics = linli_log::Metrics::register(&registry)?;
        let (pool, nats) = (stores::pool(&postgres)?, stores::nats(nats_url, name).await?);
        let feed_metrics = linli_feed::Metrics::register(&registry)?;
        let reader = LogReader::new(pool.clone());
        let feed = Feed::new(reader, nats.clone(), log_district(&district)?)
            .with_metrics(&feed_metrics, &log_metrics);
        let room = Room::new(RANKED_RESIDENTS_MAX);
        Ok(Self { district, postgres, pool, nats, registry, log_metrics, feed, room })
    }

    /// The district as the log names it.
    pub(crate) fn log_district(&self) -> anyhow::Result<District> {
        log_district(&self.district)
    }

    pub(crate) fn log(&self) -> LogReader {
        LogReader::new(self.pool.clone())
    }
}

/// The same code, which the log checks for itself.
fn log_district(district: &Code) -> anyhow::Result<District> {
    District::new(district.as_str()).context("the code of the district")
}
