//! The services, each started on the ground of its process.

use anyhow::Context as _;
use linli_gateway::key::Environment;
use linli_gateway::{Gateway, Rate, Settings as GatewaySettings};
use linli_ledger::{Clock, Ledger, Settings as LedgerSettings};
use linli_port::{Courier, Intake, Leads, Port, Subject};
use linli_projector::{Projectors, Settings as ProjectorSettings};
use linli_ranks::{Ranks, Settings as RanksSettings};
use linli_readmodel::Reader;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::ground::Ground;
use crate::seal::Seal;

/// What a ledger is told besides its ground.
#[derive(Clone)]
pub(crate) struct LedgerTerms {
    pub(crate) clock: Clock,
    pub(crate) snapshot_every: Option<u64>,
    /// Are commands taken from NATS as well?
    pub(crate) serve_nats: bool,
    /// Who signs beside it, if anybody.
    pub(crate) seal: Option<Seal>,
}

pub(crate) fn ledger(
    ground: &Ground,
    terms: LedgerTerms,
    intake: Intake,
    stop: CancellationToken,
) -> anyhow::Result<Ledger> {
    let metrics = linli_ledger::Metrics::register(&ground.registry)?;
    let mut settings = LedgerSettings::new(
        ground.log_district()?,
        ground.postgres.clone(),
        metrics,
        ground.log_metrics.clone(),
    );
    settings.nats = ground.nats.clone();
    settings.serve_nats = terms.serve_nats;
    settings.clock = terms.clock;
    if let Some(every) = terms.snapshot_every {
        settings.snapshot_every_records = every;
    }
    Ok(Ledger::start(settings, intake, stop))
}

pub(crate) fn projectors(ground: &Ground) -> anyhow::Result<Projectors> {
    Projectors::new(projector_settings(ground)?).context("the projectors")
}

pub(crate) fn projector_settings(ground: &Ground) -> anyhow::Result<ProjectorSettings> {
    Ok(ProjectorSettings {
        pool: ground.pool.clone(),
        log: ground.log(),
        nats: ground.nats.clone(),
        district: ground.log_district()?,
        metrics: linli_projector::Metrics::register(&ground.registry)?,
        log_metrics: Some(ground.log_metrics.clone()),
    })
}

/// What a gateway is told besides its ground.
#[derive(Clone)]
pub(crate) struct GatewayTerms {
    /// How the keys that it mints begin.
    pub(crate) environment: Environment,
    /// How much each key may ask.
    pub(crate) rate: Option<Rate>,
    /// The public keys that logs are signed with.
    pub(crate) log_keys: Vec<String>,
}

/// A gateway of one district, serving until told to stop.
pub(crate) async fn gateway(
    ground: &Ground,
    courier: Courier,
    terms: GatewayTerms,
    listener: TcpListener,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let reader = Reader::new(ground.pool.clone(), ground.district.clone());
    let ranks = Ranks::new(RanksSettings {
        reader: reader.clone(),
        pool: ground.pool.clone(),
        feed: ground.feed.clone(),
        room: ground.room.clone(),
        metrics: linli_ranks::Metrics::register(&ground.registry)?,
    });
    let gateway = Gateway::new(GatewaySettings {
        district: ground.log_district()?,
        environment: terms.environment,
        keys: ground.pool.clone(),
        log: ground.log(),
        reader,
        ranks: Some(ranks.clone()),
        courier,
        rate: terms.rate,
        log_keys: terms.log_keys,
        registry: ground.registry.clone(),
    });
    let gateway = gateway.await.context("the gateway")?;
    let ranks_stop = stop.child_token();
    let front = async {
        let served = gateway.serve(listener, stop).await;
        ranks_stop.cancel();
        served
    };
    let (served, ()) = tokio::join!(front, ranks.run(ranks_stop.clone()));
    served.context("serving HTTP")
}

/// The notary beside a ledger, if anything is to be signed, until told to stop.
pub(crate) fn notary(
    ground: &Ground,
    seal: Option<&Seal>,
    stop: CancellationToken,
) -> anyhow::Result<impl Future<Output = ()> + use<>> {
    let notary = seal.map(|seal| seal.notary(ground)).transpose()?;
    Ok(async move {
        if let Some(notary) = notary {
            notary.run(stop).await;
        }
    })
}

/// The way to the writer in this process while it leads, and to the one that leads otherwise.
pub(crate) fn courier_near(
    ground: &Ground,
    port: Port,
    ledger: &Ledger,
) -> anyhow::Result<Courier> {
    let status = ledger.status();
    let leads = Leads::as_told_by(move || status.borrow().is_leading());
    Ok(Courier::near(port, leads, far_port(ground)?))
}

/// The way to a writer in another process.
pub(crate) fn courier_far(ground: &Ground) -> anyhow::Result<Courier> {
    let far = far_port(ground)?;
    let far = far.context("a gateway of its own reaches the writer over NATS: say --nats-url")?;
    Ok(Courier::far(Some(far)))
}

fn far_port(ground: &Ground) -> anyhow::Result<Option<Port>> {
    let Some(nats) = ground.nats.clone() else { return Ok(None) };
    Ok(Some(Port::nats(nats, Subject::of_district(ground.district.as_str())?)))
}
