//! The services, each started on the ground of its process.

use std::sync::Arc;

use anyhow::Context as _;
use futures::future::join_all;
use linli_domain::time::Timestamp;
use linli_gateway::key::Environment;
use linli_gateway::{Badges, Gateway, Rate, Served, Settings as GatewaySettings};
use linli_ledger::{Clock, Ledger, Settings as LedgerSettings};
use linli_port::{Courier, Intake, Leads, Port, Subject};
use linli_projector::{Projectors, Settings as ProjectorSettings};
use linli_ranks::{Ranks, Settings as RanksSettings};
use linli_readmodel::Reader;
use linli_vault::WrappingKeys;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::ground::{Commons, Ground};
use crate::seal::Seal;
use crate::vault;

/// What a ledger is told besides its ground.
#[derive(Clone)]
pub(crate) struct LedgerTerms {
    /// A test clock from this instant on, each district's its own, or the system's.
    pub(crate) test_clock: Option<jiff::Timestamp>,
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
    let Commons { postgres, ledgers, nats, figures, .. } = &ground.commons;
    let (metrics, log_metrics) = (figures.ledger.clone(), figures.log.clone());
    let mut settings =
        LedgerSettings::new(ground.log_district()?, postgres.clone(), metrics, log_metrics);
    settings.reader = Some(ledgers.clone());
    settings.nats = nats.clone();
    settings.serve_nats = terms.serve_nats;
    settings.clock = clock(terms.test_clock);
    if let Some(every) = terms.snapshot_every {
        settings.snapshot_every_records = every;
    }
    Ok(Ledger::start(settings, intake, stop))
}

/// The system's clock, or a test clock that starts at an instant.
fn clock(test: Option<jiff::Timestamp>) -> Clock {
    match test {
        Some(start) => Clock::test(Timestamp::from_microseconds(start.as_microsecond())),
        None => Clock::system(),
    }
}

pub(crate) fn projectors(ground: &Ground) -> anyhow::Result<Projectors> {
    Projectors::new(projector_settings(ground)?).context("the projectors")
}

pub(crate) fn projector_settings(ground: &Ground) -> anyhow::Result<ProjectorSettings> {
    Ok(ProjectorSettings {
        pool: ground.pool().clone(),
        feed: ground.feed.clone(),
        metrics: ground.commons.figures.projector.clone(),
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
    /// The keys of the vault, if it is open here.
    pub(crate) vault: Option<Arc<WrappingKeys>>,
    /// What badges are signed with, if they are here.
    pub(crate) badges: Option<Badges>,
}

/// What a gateway needs of a district, and its ranks, which are to be run.
fn served(
    ground: &Ground,
    courier: Courier,
    keys: Option<&Arc<WrappingKeys>>,
) -> anyhow::Result<(Served, Ranks)> {
    let reader = Reader::new(ground.pool().clone(), ground.district.clone());
    let ranks = Ranks::new(RanksSettings {
        reader: reader.clone(),
        pool: ground.pool().clone(),
        feed: ground.feed.clone(),
        room: ground.commons.room.clone(),
        metrics: ground.commons.figures.ranks.clone(),
    });
    let district = ground.log_district()?;
    let vault = keys.map(|keys| vault::of(ground, keys));
    let log = ground.log();
    let served = Served { district, log, reader, ranks: Some(ranks.clone()), courier, vault };
    Ok((served, ranks))
}

/// A gateway of some districts, each with the way to its writer, serving until told to stop.
pub(crate) async fn gateway(
    commons: &Commons,
    districts: Vec<(Ground, Courier)>,
    terms: GatewayTerms,
    listener: TcpListener,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let parts = districts
        .into_iter()
        .map(|(ground, courier)| served(&ground, courier, terms.vault.as_ref()));
    let (districts, ranks): (Vec<Served>, Vec<Ranks>) =
        parts.collect::<anyhow::Result<Vec<_>>>()?.into_iter().unzip();
    let gateway = Gateway::new(GatewaySettings {
        districts,
        environment: terms.environment,
        keys: commons.pool.clone(),
        rate: terms.rate,
        badges: terms.badges,
        log_keys: terms.log_keys,
        registry: commons.registry.clone(),
    });
    let gateway = gateway.await.context("the gateway")?;
    let ranks_stop = stop.child_token();
    let front = async {
        let served = gateway.serve(listener, stop).await;
        ranks_stop.cancel();
        served
    };
    let ranks = join_all(ranks.iter().map(|ranks| ranks.run(ranks_stop.clone())));
    let (served, _) = tokio::join!(front, ranks);
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
    let Some(nats) = ground.commons.nats.clone() else { return Ok(None) };
    Ok(Some(Port::nats(nats, Subject::of_district(ground.district.as_str())?)))
}
