//! All projections of a district.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::Pool;
use linli_domain::text::{Code, InvalidText};
use linli_feed::Feed;
use linli_readmodel::Projection;
use linli_readmodel::checkpoint::{self, Role};
use tokio::task::JoinSet;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::convoy::Convoy;
use crate::error::Fault;
use crate::fold::{
    Balances, Catalogue, Contributions, Directory, Fold, Orders, Rankings, Redemptions,
};
use crate::foothold::Foothold;
use crate::metrics::{Gauges, Metrics};
use crate::runner::{Ground, Runner};

/// How often the lag is measured, and so the longest that a lost commit goes unnoticed.
const LAG_LOOK: Duration = Duration::from_secs(1);

/// What projectors need.
#[derive(Clone)]
pub struct Settings {
    /// Connections to the read models, one for each projection and two more at the least.
    pub pool: Pool,
    /// The district's frames, and so whose read models.
    pub feed: Feed,
    /// Projectors' metrics.
    pub metrics: Metrics,
}

impl Settings {
    pub(crate) fn ground(&self) -> Result<Ground, InvalidText> {
        Ok(Ground {
            pool: self.pool.clone(),
            feed: self.feed.clone(),
            code: Code::new(self.feed.district().as_str())?,
        })
    }
}

/// The projectors of a district.
pub struct Projectors {
    ground: Ground,
    metrics: Metrics,
    which: Vec<Projection>,
}

impl Projectors {
    /// Projectors of these settings; nothing happens before [`run`](Self::run).
    ///
    /// # Errors
    ///
    /// If the district's name is none that the domain knows; a name of the log always is.
    pub fn new(settings: Settings) -> Result<Self, InvalidText> {
        let which = Projection::ALL.to_vec();
        Ok(Self { ground: settings.ground()?, metrics: settings.metrics, which })
    }

    /// Only these projections; somebody else moves the others on, or nobody.
    #[must_use]
    pub fn only(self, which: &[Projection]) -> Self {
        Self { which: which.to_vec(), ..self }
    }

    /// Moves all projections on until it is cancelled. A transaction that is under way is finished.
    ///
    /// Servers that are away are waited for, and a record that can't be applied stops its
    /// projection alone, so nothing is answered. How each stands is in
    /// [`Reader::standings`](linli_readmodel::Reader::standings).
    pub async fn run(self, cancel: CancellationToken) {
        let mut tasks = JoinSet::new();
        let mut footholds = BTreeMap::new();
        let (convoy, drive) = Convoy::new(self.ground.pool.clone(), self.ground.code.clone());
        tasks.spawn(drive);
        for projection in self.which.iter().copied() {
            let foothold = footholds.entry(projection).or_insert_with(Arc::default);
            let cancel = cancel.clone();
            match projection {
                Projection::Directory => {
                    tasks.spawn(self.runner::<Directory>(foothold, &convoy).run(cancel))
                }
                Projection::Contributions => {
                    tasks.spawn(self.runner::<Contributions>(foothold, &convoy).run(cancel))
                }
                Projection::Balances => {
                    tasks.spawn(self.runner::<Balances>(foothold, &convoy).run(cancel))
                }
                Projection::Rankings => {
                    tasks.spawn(self.runner::<Rankings>(foothold, &convoy).run(cancel))
                }
                Projection::Catalogue => {
                    tasks.spawn(self.runner::<Catalogue>(foothold, &convoy).run(cancel))
                }
                Projection::Redemptions => {
                    tasks.spawn(self.runner::<Redemptions>(foothold, &convoy).run(cancel))
                }
                Projection::Orders => {
                    tasks.spawn(self.runner::<Orders>(foothold, &convoy).run(cancel))
                }
            };
        }
        // It ends when the last runner has.
        drop(convoy);
        tokio::select! {
            () = cancel.cancelled() => {}
            () = self.measure(&footholds) => {}
        }
        while let Some(ended) = tasks.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "a projector's task failed");
            }
        }
    }

    fn runner<F: Fold>(&self, foothold: &Arc<Foothold>, convoy: &Convoy) -> Runner<F> {
        let gauges = self.gauges(Runner::<F>::PROJECTION);
        Runner::new(self.ground.clone(), gauges, Arc::clone(foothold), convoy.clone())
    }

    fn gauges(&self, projection: Projection) -> Gauges {
        self.metrics.of(self.ground.code.as_str(), projection)
    }

    /// Measures how far each projection is behind the log, for ever, and tells a runner whose
    /// commit was lost.
    async fn measure(&self, footholds: &BTreeMap<Projection, Arc<Foothold>>) {
        loop {
            // A server that is away is told of by those who have work with it.
            let _ = self.measure_once(footholds).await;
            sleep(LAG_LOOK).await;
        }
    }

    async fn measure_once(
        &self,
        footholds: &BTreeMap<Projection, Arc<Foothold>>,
    ) -> Result<(), Fault> {
        let Ground { pool, feed, code } = &self.ground;
        let head = feed.reader().head(feed.district()).await?;
        let (last, recorded_at) = head.map_or((0, 0), |head| (head.last, head.recorded_at));
        let client = pool.get().await?;
        for projection in Projection::ALL {
            let stood = footholds.get(&projection).map(|foothold| (foothold, foothold.position()));
            let live = checkpoint::find(&client, code, projection, Role::Live).await?;
            let Some(live) = live else { continue };
            if let Some((foothold, stood)) = stood
                && stood > live.position
            {
                foothold.tell_lost();
            }
            let gauges = self.gauges(projection);
            let behind = last.saturating_sub(live.position.0);
            let behind_us = match behind {
                0 => 0,
                _ => recorded_at.saturating_sub(live.recorded_at.microseconds()),
            };
            gauges.lag_records.set(i64::try_from(behind).unwrap_or(i64::MAX));
            gauges.lag_ms.set(behind_us.max(0) / 1_000);
            gauges.stopped.set(i64::from(live.stopped.is_some()));
        }
        Ok(())
    }
}
