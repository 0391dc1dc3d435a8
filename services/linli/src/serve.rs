//! `linli serve`: all services in one process, or one of them.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use linli_domain::time::Timestamp;
use linli_gateway::key::Environment;
use linli_ledger::Clock;
use linli_port::Port;
use linli_readmodel::Reader;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::cli::{Part, ServeArgs};
use crate::ground::Ground;
use crate::parts::{self, GatewayTerms, LedgerTerms};
use crate::probe::{self, Readiness};
use crate::seal::{self, Seal};
use crate::{migrate, stop};

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
    let ground = Ground::lay(&args.stores, args.nats_url.as_deref(), name).await?;
    let listener = TcpListener::bind(args.bind)
        .await
        .with_context(|| format!("listening on {}", args.bind))?;
    let stop = stop::on_signal()?;
    tracing::info!(part = name, district = %ground.district, bind = %args.bind, "starting");
    let seal = Seal::told(&args.seal)?;
    let log_keys = match (&args.seal.log_public_keys, &seal) {
        (Some(file), _) => seal::public_keys(file)?,
        (None, Some(seal)) => seal.public(),
        (None, None) => Vec::new(),
    };
    let (environment, rate) = (Environment::new(ENVIRONMENT)?, args.rate_limit.0);
    let gateway = GatewayTerms { environment, rate, log_keys };
    match args.part {
        Part::All => {
            migrate::all(&ground.postgres).await?;
            all(&ground, terms(&args, seal), gateway, listener, stop).await?;
        }
        Part::Ledger => ledger(&ground, terms(&args, seal), listener, stop).await?,
        Part::Projector => projector(&ground, listener, stop).await?,
        Part::Gateway => {
            let courier = parts::courier_far(&ground)?;
            parts::gateway(&ground, courier, gateway, listener, stop).await?;
        }
        Part::Notary => {
            let seal = seal.context("a notary needs a key to sign with: say --log-key")?;
            notary(&ground, &seal, listener, stop).await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Whoever leads answers for other processes' gateways too, where there is NATS.
fn terms(args: &ServeArgs, seal: Option<Seal>) -> LedgerTerms {
    LedgerTerms {
        clock: clock(args.test_clock),
        snapshot_every: args.snapshot_every,
        serve_nats: args.nats_url.is_some(),
        seal,
    }
}

/// The system's clock, or a test clock that starts at an instant.
pub(crate) fn clock(test: Option<jiff::Timestamp>) -> Clock {
    match test {
        Some(start) => Clock::test(Timestamp::from_microseconds(start.as_microsecond())),
        None => Clock::system(),
    }
}

/// Everything in one process, until told to stop. If one part ends, so do the others.
pub(crate) async fn all(
    ground: &Ground,
    terms: LedgerTerms,
    front: GatewayTerms,
    listener: TcpListener,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let (port, intake) = Port::local();
    // The writer goes last: whoever asks it something is to get an answer.
    let writer_stop = CancellationToken::new();
    let notary = parts::notary(ground, terms.seal.as_ref(), stop.clone())?;
    let ledger = parts::ledger(ground, terms, intake, writer_stop.clone())?;
    let projectors = parts::projectors(ground)?.run(stop.clone());
    let courier = parts::courier_near(ground, port, &ledger)?;
    let gateway = parts::gateway(ground, courier, front, listener, stop.clone());
    let front = async {
        let served = gateway.await;
        stop.cancel();
        writer_stop.cancel();
        served
    };
    let writer = async {
        let ended = ledger.stopped().await.context("the ledger");
        stop.cancel();
        ended
    };
    let (front, writer, (), ()) = tokio::join!(front, writer, projectors, notary);
    front.and(writer)
}

async fn ledger(
    ground: &Ground,
    terms: LedgerTerms,
    listener: TcpListener,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    // Commands come over NATS alone; the port is kept so that the intake stays open.
    let (_port, intake) = Port::local();
    let notary = parts::notary(ground, terms.seal.as_ref(), stop.clone())?;
    let ledger = parts::ledger(ground, terms, intake, stop.clone())?;
    let status = ledger.status();
    let readiness: Readiness = Arc::new(move || {
        let status = *status.borrow();
        let is_ready = status.is_leading() || status.is_standby();
        Box::pin(async move { (is_ready, status.to_string()) })
    });
    let probe = probe::serve(listener, ground.registry.clone(), readiness, stop.clone());
    let writer = async {
        let ended = ledger.stopped().await.context("the ledger");
        stop.cancel();
        ended
    };
    let (probe, writer, ()) = tokio::join!(probe, writer, notary);
    probe.and(writer)
}

/// The notary alone.
async fn notary(
    ground: &Ground,
    seal: &Seal,
    listener: TcpListener,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let notary = parts::notary(ground, Some(seal), stop.clone())?;
    let readiness: Readiness = Arc::new(|| Box::pin(async { (true, "signing".to_owned()) }));
    let probe = probe::serve(listener, ground.registry.clone(), readiness, stop);
    let (probe, ()) = tokio::join!(probe, notary);
    probe
}

async fn projector(
    ground: &Ground,
    listener: TcpListener,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let projectors = parts::projectors(ground)?.run(stop.clone());
    let reader = Arc::new(Reader::new(ground.pool.clone(), ground.district.clone()));
    let readiness: Readiness = Arc::new(move || {
        let reader = Arc::clone(&reader);
        Box::pin(async move {
            match reader.standings().await {
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
            }
        })
    });
    let probe = probe::serve(listener, ground.registry.clone(), readiness, stop.clone());
    let (probe, ()) = tokio::join!(probe, projectors);
    probe
}
