//! All districts of a gateway, and which of them a request is about.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::gateway::Shared;
use crate::key::KeyRing;
use crate::metrics::Metrics;
use crate::problem::{Kind, Problem};

/// What the routes stand on: the districts, and the keys that tell them apart.
#[derive(Debug)]
pub(crate) struct Front {
    /// In the order in which the ring knows them.
    pub(crate) districts: Vec<Shared>,
    pub(crate) ring: KeyRing,
    /// The public keys that their logs are signed with.
    pub(crate) log_keys: Vec<String>,
    pub(crate) metrics: Metrics,
}

impl Front {
    /// The district of this code, for what everybody may see.
    pub(crate) fn of(&self, code: &str) -> Result<&Shared, Problem> {
        let mut districts = self.districts.iter();
        let found = districts.find(|one| one.district.as_str() == code);
        found.ok_or_else(|| Problem::plain(Kind::NotFound))
    }
}

/// The district that a request is about: the one that the key belongs to. The guard of a route puts
/// it there; a route without a guard has none and refuses.
#[derive(Clone, Debug)]
pub(crate) struct Here(pub(crate) Shared);

impl<S: Sync> FromRequestParts<S> for Here {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Problem::plain(Kind::KeyMissing))
    }
}

#[cfg(test)]
impl Front {
    /// A gateway for tests of what needs no database: it is never connected to one, and there is
    /// no writer behind its port. It serves `gulou` and `xuanwu`; the keys are of the first.
    pub(crate) fn unconnected(keys: Vec<crate::key::KeyRow>) -> std::sync::Arc<Self> {
        Self::limited(keys, None)
    }

    /// The same with a limit for each key.
    pub(crate) fn limited(
        keys: Vec<crate::key::KeyRow>,
        rate: Option<crate::Rate>,
    ) -> std::sync::Arc<Self> {
        use std::sync::Arc;

        let mut config = deadpool_postgres::Config::new();
        config.dbname = Some("never asked".into());
        let pool = config.create_pool(None, tokio_postgres::NoTls).unwrap();
        let none = std::time::Duration::ZERO;
        let patience = linli_port::Patience { away_max: none, ..Default::default() };
        let ring = KeyRing::of(pool.clone(), keys, rate);
        let inner = |code: &str| {
            Arc::new(crate::gateway::Inner {
                district: code.parse().unwrap(),
                environment: crate::key::Environment::new("test").unwrap(),
                keys: pool.clone(),
                pins: crate::pin::Pins::new(pool.clone(), code.to_owned()),
                ring: ring.clone(),
                log: linli_log::LogReader::new(pool.clone()),
                prover: linli_notary::Prover::new(
                    linli_log::LogReader::new(pool.clone()),
                    code.parse().unwrap(),
                ),
                reader: linli_readmodel::Reader::new(pool.clone(), code.parse().unwrap()),
                ranks: None,
                courier: linli_port::Courier::far(None).with_patience(patience),
                archive: linli_archive::Archive::new(
                    linli_log::LogReader::new(pool.clone()),
                    code.parse().unwrap(),
                    linli_readmodel::Reader::new(pool.clone(), code.parse().unwrap()),
                ),
                coverage: crate::routes::Newest::default(),
                award_sums: crate::routes::Sums::default(),
                said: crate::routes::Said::default(),
                host: tokio::sync::OnceCell::new(),
                vault: None,
                badges: None,
                system_clock: std::sync::OnceLock::new(),
            })
        };
        let metrics = Metrics::new(prometheus::Registry::new()).unwrap();
        Arc::new(Self {
            districts: vec![inner("gulou"), inner("xuanwu")],
            ring,
            log_keys: Vec::new(),
            metrics,
        })
    }
}
