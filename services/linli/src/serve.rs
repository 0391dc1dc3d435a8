//! `linli serve`: all services in one process, or one of them.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use futures::StreamExt as _;
use futures::future::join_all;
use futures::stream::FuturesUnordered;
use linli_domain::text::Code;
use linli_gateway::key::Environment;
use linli_ledger::{Ledger, Status};
use linli_port::Port;
use linli_readmodel::Reader;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::cli::{Part, ServeArgs};
use crate::ground::{Commons, Ground};
use crate::parts::{self, GatewayTerms, LedgerTerms};
use crate::probe::{self, Readiness};
use crate::seal::{self, Seal};
use crate::{badge, migrate, stop, vault};

/// How the keys that a gateway mints begin, where it is for real use.
const ENVIRONMENT: &str = "live";

pub(crate) async fn run(args: ServeArgs) -> anyhow::Result<ExitCode> {
    let name = match args.part {
        Part::All => "all",
        Part::Ledger => "ledger",
        Part::Projector => "projector",
        Part::Gateway => "gateway",
        Part::Notary => "notary",
    };
    let nats = args.nats_url.as_deref();
    let grounds = Ground::lay_all(&args.database, &args.districts, nats, name).await?;
    let listener = TcpListener::bind(args.bind)
        .await
        .with_context(|| format!("listening on {}", args.bind))?;
    let stop = stop::on_signal()?;
    let districts = args.districts.join(",");
    tracing::info!(part = name, districts, bind = %args.bind, "starting");
    let seal = Seal::told(&args.seal)?;
    let log_keys = match (&args.seal.log_public_keys, &seal) {
        (Some(file), _) => seal::public_keys(file)?,
        (None, Some(seal)) => seal.public(),
        (None, None) => Vec::new(),
    };
    let (environment, rate) = (Environment::new(ENVIRONMENT)?, args.rate_limit.0);
    let vault = args.vault.vault_key.as_deref().map(vault::read).transpose()?;
    let badges = badge::told(&args.badges)?;
    let gateway = GatewayTerms { environment, rate, log_keys, vault, badges };
    match args.part {
        Part::All => {
            migrate::all(&commons(&grounds)?.postgres).await?;
            all(&grounds, terms(&args, seal), gateway, listener, stop).await?;
        }
        Part::Ledger => ledgers(&grounds, terms(&args, seal), listener, stop).await?,
        Part::Projector => projectors(&grounds, listener, stop).await?,
        Part::Gateway => {
            let far = |ground: &Ground| Ok((ground.clone(), parts::courier_far(ground)?));
            let districts = grounds.iter().map(far).collect::<anyhow::Result<_>>()?;
            parts::gateway(commons(&grounds)?, districts, gateway, listener, stop).await?;
        }
        Part::Notary => {
            let seal = seal.context("a notary needs a key to sign with: say --log-key")?;
            notaries(&grounds, &seal, listener, stop).await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What all of them share.
fn commons(grounds: &[Ground]) -> anyhow::Result<&Commons> {
    grounds.first().map(|ground| &ground.commons).context("no district")
}

/// Whoever leads answers for other processes' gateways too, where there is NATS.
fn terms(args: &ServeArgs, seal: Option<Seal>) -> LedgerTerms {
    LedgerTerms {
        test_clock: args.test_clock,
        snapshot_every: args.snapshot_every,
        serve_nats: args.nats_url.is_some(),
        seal,
    }
}

/// Everything in one process, until told to stop. If the gateway ends, or no writer is left, so do
/// the others.
pub(crate) async fn all(
    grounds: &[Ground],
    terms: LedgerTerms,
    front: GatewayTerms,
    listener: TcpListener,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    // The writers go last: whoever asks them something is to get an answer.
    let writers_stop = CancellationToken::new();
    let (mut writers, mut districts) = (Vec::new(), Vec::new());
    let (mut readers, mut notaries) = (Vec::new(), Vec::new());
    for ground in grounds {
        let (port, intake) = Port::local();
        notaries.push(parts::notary(ground, terms.seal.as_ref(), stop.clone())?);
        let ledger = parts::ledger(ground, terms.clone(), intake, writers_stop.clone())?;
        districts.push((ground.clone(), parts::courier_near(ground, port, &ledger)?));
        writers.push((ground.district.clone(), ledger));
        readers.push(parts::projectors(ground)?.run(stop.clone()));
    }
    let gateway = parts::gateway(commons(grounds)?, districts, front, listener, stop.clone());
    let front = async {
        let served = gateway.await;
        stop.cancel();
        writers_stop.cancel();
        served
    };
    let beside = async { tokio::join!(join_all(readers), join_all(notaries)) };
    let (front, writers, _) = tokio::join!(front, ended(writers, &stop), beside);
    front.and(writers)
}

/// Waits until all writers are over, and stops the rest of the process. One that ends by a fault
/// leaves the others where they are: its district is read and not written until the process is
/// started anew.
async fn ended(writers: Vec<(Code, Ledger)>, stop: &CancellationToken) -> anyhow::Result<()> {
    let mut faults = Vec::new();
    let ends =
        writers.into_iter().map(async |(district, ledger)| (district, ledger.stopped().await));
    let mut ends: FuturesUnordered<_> = ends.collect();
    while let Some((district, end)) = ends.next().await {
        if let Err(fault) = end {
            let error: &dyn std::error::Error = &fault;
            tracing::error!(%district, error, "the ledger ended; others go on");
            faults.push(anyhow::Error::from(fault).context(format!("the ledger of {district}")));
        }
    }
    stop.cancel();
    faults.into_iter().next().map_or(Ok(()), Err)
}

async fn ledgers(
    grounds: &[Ground],
    terms: LedgerTerms,
    listener: TcpListener,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let (mut writers, mut statuses) = (Vec::new(), Vec::new());
    let (mut ports, mut notaries) = (Vec::new(), Vec::new());
    for ground in grounds {
        // Commands come over NATS alone; the port is kept so that the intake stays open.
        let (port, intake) = Port::local();
        ports.push(port);
        notaries.push(parts::notary(ground, terms.seal.as_ref(), stop.clone())?);
        let terms = LedgerTerms { serve_nats: ground.commons.nats.is_some(), ..terms.clone() };
        let ledger = parts::ledger(ground, terms, intake, stop.clone())?;
        statuses.push((ground.district.clone(), ledger.status()));
        writers.push((ground.district.clone(), ledger));
    }
    let readiness: Readiness = Arc::new(move || {
        let stand = |(district, status): &(Code, watch::Receiver<Status>)| {
            let status = *status.borrow();
            let is_ready = status.is_leading() || status.is_standby();
            (district.clone(), is_ready, status.to_string())
        };
        let all = statuses.iter().map(stand).collect();
        Box::pin(async move { probe::together(all) })
    });
    let registry = commons(grounds)?.registry.clone();
    let probe = probe::serve(listener, registry, readiness, stop.clone());
    let (probe, writers, _) = tokio::join!(probe, ended(writers, &stop), join_all(notaries));
    probe.and(writers)
}

/// The notaries alone.
async fn notaries(
    grounds: &[Ground],
    seal: &Seal,
    listener: TcpListener,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let notary = |ground| parts::notary(ground, Some(seal), stop.clone());
    let notaries: Vec<_> = grounds.iter().map(notary).collect::<anyhow::Result<_>>()?;
    let readiness: Readiness = Arc::new(|| Box::pin(async { (true, "signing".to_owned()) }));
    let registry = commons(grounds)?.registry.clone();
    let probe = probe::serve(listener, registry, readiness, stop.clone());
    let (probe, _) = tokio::join!(probe, join_all(notaries));
    probe
}

async fn projectors(
    grounds: &[Ground],
    listener: TcpListener,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let run = |ground: &Ground| Ok(parts::projectors(ground)?.run(stop.clone()));
    let running: Vec<_> = grounds.iter().map(run).collect::<anyhow::Result<_>>()?;
    let reader = |ground: &Ground| Reader::new(ground.pool().clone(), ground.district.clone());
    let readers: Arc<[Reader]> = grounds.iter().map(reader).collect();
    let readiness: Readiness = Arc::new(move || {
        let readers = Arc::clone(&readers);
        Box::pin(async move {
            let all = futures::stream::iter(readers.iter()).then(projecting).collect().await;
            probe::together(all)
        })
    });
    let registry = commons(grounds)?.registry.clone();
    let probe = probe::serve(listener, registry, readiness, stop.clone());
    let (probe, _) = tokio::join!(probe, join_all(running));
    probe
}

/// Does a district's projector project, and what is in its way?
async fn projecting(reader: &Reader) -> (Code, bool, String) {
    let (is_ready, words) = match reader.standings().await {
        Err(error) => (false, error.to_string()),
        Ok(standings) => {
            let stopped: Vec<String> = standings
                .iter()
                .filter(|standing| standing.stopped.is_some())
                .map(|standing| standing.generation.projection.to_string())
                .collect();
            match stopped.as_slice() {
                [] => (true, "projecting".to_owned()),
                some => (false, format!("stopped: {}", some.join(", "))),
            }
        }
    };
    (reader.district().clone(), is_ready, words)
}
