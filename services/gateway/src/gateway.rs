//! The gateway of one district: what it needs, and what it is made of.

use std::sync::Arc;

use deadpool_postgres::Pool;
use linli_domain::time::Timestamp;
use linli_log::{District, LogReader};
use linli_notary::Prover;
use linli_port::Courier;
use linli_ranks::Ranks;
use linli_readmodel::Reader;
use prometheus::Registry;

use crate::key::{Environment, KeyRing, StoreError};
use crate::metrics::Metrics;
use crate::rate::Rate;

/// What a gateway needs. It makes no connection of its own.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The district that it serves.
    pub district: District,
    /// Which keys it mints and how they begin: `live`, `demo`.
    pub environment: Environment,
    /// Where the keys are kept (schema `access`, see [`migrate`](crate::key::migrate)).
    pub keys: Pool,
    /// The log.
    pub log: LogReader,
    /// The read models.
    pub reader: Reader,
    /// Ranks from memory, run by whoever made them; without them the rows are asked.
    pub ranks: Option<Ranks>,
    /// The way to the writer, wherever it leads.
    pub courier: Courier,
    /// How much each key may ask here; as much as there is room for if none.
    pub rate: Option<Rate>,
    /// The public keys that the log's checkpoints are signed with, told to whoever asks.
    pub log_keys: Vec<String>,
    /// Where `/metrics` tells from. The gateway registers its own; the process may have others
    /// in it.
    pub registry: Registry,
}

/// Why a gateway could not be made.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// The keys could not be read.
    #[error("the keys could not be read")]
    Keys(#[from] StoreError),
    /// A metric of the same name is registered already.
    #[error("the gateway's metrics could not be registered")]
    Metrics(#[from] prometheus::Error),
}

/// The gateway of one district.
#[derive(Debug)]
pub struct Gateway {
    pub(crate) inner: Shared,
}

/// What every handler holds.
pub(crate) type Shared = Arc<Inner>;

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) district: District,
    pub(crate) environment: Environment,
    pub(crate) keys: Pool,
    pub(crate) ring: KeyRing,
    pub(crate) log: LogReader,
    pub(crate) log_keys: Vec<String>,
    pub(crate) prover: Prover,
    pub(crate) reader: Reader,
    pub(crate) ranks: Option<Ranks>,
    pub(crate) courier: Courier,
    pub(crate) metrics: Metrics,
}

impl Gateway {
    /// Makes a gateway and reads the keys for the first time.
    ///
    /// # Errors
    ///
    /// [`GatewayError`]; the schema `access` has to be there.
    pub async fn new(settings: Settings) -> Result<Self, GatewayError> {
        let Settings { district, environment, keys, log, reader, ranks, .. } = settings;
        let Settings { courier, rate, log_keys, registry, .. } = settings;
        let ring = KeyRing::read(keys.clone(), district.as_str(), rate).await?;
        let metrics = Metrics::new(registry)?;
        let prover = Prover::new(log.clone(), district.clone());
        let inner = Inner {
            district,
            environment,
            keys,
            ring,
            log,
            log_keys,
            prover,
            reader,
            ranks,
            courier,
            metrics,
        };
        Ok(Self { inner: Arc::new(inner) })
    }
}

/// The time of this machine, for keys alone: the ledger has its own.
pub(crate) fn now() -> Timestamp {
    let since =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_microseconds(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

#[cfg(test)]
impl Inner {
    /// A gateway for tests of what needs no database: it is never connected to one, and there is
    /// no writer behind its port.
    pub(crate) fn unconnected(keys: Vec<crate::key::KeyRow>) -> Shared {
        Self::limited(keys, None)
    }

    /// The same with a limit for each key.
    pub(crate) fn limited(keys: Vec<crate::key::KeyRow>, rate: Option<Rate>) -> Shared {
        let mut config = deadpool_postgres::Config::new();
        config.dbname = Some("never asked".into());
        let pool = config.create_pool(None, tokio_postgres::NoTls).unwrap();
        let none = std::time::Duration::ZERO;
        let patience = linli_port::Patience { away_max: none, ..Default::default() };
        Arc::new(Self {
            district: "gulou".parse().unwrap(),
            environment: Environment::new("test").unwrap(),
            keys: pool.clone(),
            ring: KeyRing::of(pool.clone(), keys, rate),
            log: LogReader::new(pool.clone()),
            log_keys: Vec::new(),
            prover: Prover::new(LogReader::new(pool.clone()), "gulou".parse().unwrap()),
            reader: Reader::new(pool, "gulou".parse().unwrap()),
            ranks: None,
            courier: Courier::far(None).with_patience(patience),
            metrics: Metrics::new(Registry::new()).unwrap(),
        })
    }
}
