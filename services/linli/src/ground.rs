//! What the services of one process share: whose district it is, the stores, the figures.

use anyhow::Context as _;
use deadpool_postgres::Pool;
use linli_domain::text::Code;
use linli_log::{District, LogReader};
use prometheus::Registry;
use tokio_postgres::Config;

use crate::cli::StoreArgs;
use crate::stores;

/// What the services of one process share.
#[derive(Clone)]
pub(crate) struct Ground {
    pub(crate) district: Code,
    pub(crate) postgres: Config,
    pub(crate) pool: Pool,
    pub(crate) nats: Option<async_nats::Client>,
    pub(crate) registry: Registry,
    pub(crate) log_metrics: linli_log::Metrics,
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
        Ok(Self { district, postgres, pool, nats, registry, log_metrics })
    }

    /// The district as the log names it: the same code, which the log checks for itself.
    pub(crate) fn log_district(&self) -> anyhow::Result<District> {
        District::new(self.district.as_str()).context("the code of the district")
    }

    pub(crate) fn log(&self) -> LogReader {
        LogReader::new(self.pool.clone())
    }
}
