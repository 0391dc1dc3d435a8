//! The gateway: what it needs, and what it is made of.

use std::sync::{Arc, OnceLock};

use deadpool_postgres::Pool;
use linli_archive::Archive;
use linli_domain::time::Timestamp;
use linli_log::{District, LogReader};
use linli_notary::Prover;
use linli_port::Courier;
use linli_ranks::Ranks;
use linli_readmodel::Reader;
use linli_vault::Vault;
use prometheus::Registry;
use tokio::sync::OnceCell;

use crate::badge::Badges;
use crate::front::Front;
use crate::host::Host;
use crate::key::{Environment, KeyRing, StoreError};
use crate::metrics::Metrics;
use crate::pin::Pins;
use crate::rate::Rate;
use crate::routes::{Newest, Said, Sums};

/// What a gateway needs. It makes no connection of its own.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The districts that it serves. A key belongs to one of them, and opens that one.
    pub districts: Vec<Served>,
    /// Which keys it mints and how they begin: `live`, `demo`.
    pub environment: Environment,
    /// Where the keys are kept (schema `access`, see [`migrate`](crate::key::migrate)).
    pub keys: Pool,
    /// How much each key may ask here; as much as there is room for if none.
    pub rate: Option<Rate>,
    /// What badges are signed with; without it none are given.
    pub badges: Option<Badges>,
    /// The public keys that the logs' checkpoints are signed with, told to whoever asks.
    pub log_keys: Vec<String>,
    /// Where `/metrics` tells from. The gateway registers its own; the process may have others
    /// in it.
    pub registry: Registry,
}

/// What a gateway needs of a district that it serves.
#[derive(Clone, Debug)]
pub struct Served {
    /// Which one.
    pub district: District,
    /// Its log.
    pub log: LogReader,
    /// Its read models.
    pub reader: Reader,
    /// Ranks from memory, run by whoever made them; without them the rows are asked.
    pub ranks: Option<Ranks>,
    /// The way to its writer, wherever that leads.
    pub courier: Courier,
    /// Who its residents are; without it nobody is told nor kept.
    pub vault: Option<Vault>,
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

/// The gateway of some districts.
#[derive(Debug)]
pub struct Gateway {
    pub(crate) front: Arc<Front>,
}

/// What every handler holds.
pub(crate) type Shared = Arc<Inner>;

/// One district, as the handlers of its requests hold it.
#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) district: District,
    pub(crate) environment: Environment,
    pub(crate) keys: Pool,
    pub(crate) pins: Pins,
    pub(crate) ring: KeyRing,
    pub(crate) log: LogReader,
    pub(crate) prover: Prover,
    pub(crate) reader: Reader,
    pub(crate) ranks: Option<Ranks>,
    pub(crate) courier: Courier,
    pub(crate) archive: Archive,
    pub(crate) coverage: Newest,
    pub(crate) award_sums: Sums,
    pub(crate) said: Said,
    pub(crate) host: OnceCell<Host>,
    pub(crate) vault: Option<Vault>,
    pub(crate) badges: Option<Badges>,
    /// Set once the ledger has said that its clock is the system's.
    pub(crate) system_clock: OnceLock<()>,
}

impl Gateway {
    /// Makes a gateway and reads the keys for the first time.
    ///
    /// # Errors
    ///
    /// [`GatewayError`]; the schema `access` has to be there.
    pub async fn new(settings: Settings) -> Result<Self, GatewayError> {
        let Settings { districts, environment, keys, rate, badges, log_keys, registry } = settings;
        let codes = districts.iter().map(|served| served.district.to_string()).collect();
        let ring = KeyRing::read(keys.clone(), codes, rate).await?;
        let metrics = Metrics::new(registry)?;
        let inner = |served| {
            let Served { district, log, reader, ranks, courier, vault } = served;
            let (environment, keys, ring) = (environment.clone(), keys.clone(), ring.clone());
            let prover = Prover::new(log.clone(), district.clone());
            let archive = Archive::new(log.clone(), district.clone(), reader.clone());
            let pins = Pins::new(keys.clone(), district.to_string());
            Arc::new(Inner {
                district,
                environment,
                keys,
                pins,
                ring,
                log,
                prover,
                reader,
                ranks,
                courier,
                archive,
                coverage: Newest::default(),
                award_sums: Sums::default(),
                said: Said::default(),
                host: OnceCell::new(),
                vault,
                badges: badges.clone(),
                system_clock: OnceLock::new(),
            })
        };
        let districts = districts.into_iter().map(inner).collect();
        Ok(Self { front: Arc::new(Front { districts, ring, log_keys, metrics }) })
    }
}

/// The time of this machine, for keys alone: the ledger has its own.
pub(crate) fn now() -> Timestamp {
    let since =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_microseconds(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}
