//! `linli dev`: a private PostgreSQL and NATS, and everything up.

use std::net::SocketAddr;
use std::process::ExitCode;

use anyhow::Context as _;
use linli_devstack::{Options, Stack};
use linli_gateway::key::KeyKind;
use tokio::net::TcpListener;

use crate::cli::DevArgs;
use crate::stop;
use crate::system::{System, SystemSettings};

/// The database that everything is kept in.
const DATABASE: &str = "linli";

pub(crate) async fn run(args: DevArgs) -> anyhow::Result<ExitCode> {
    let stop = stop::on_signal()?;
    eprintln!("starting PostgreSQL and NATS in {} …", args.data.display());
    let stack = Stack::start(Options::kept(&args.data)).await?;
    let listener = listen(args.bind).await?;
    let settings = settings(&stack, &listener, &args.district, args.test_clock).await?;
    let database_url = settings.database_url.clone();
    let mut system = System::start_on(listener, settings).await?;
    let operator = system.mint(KeyKind::Operator, "dev operator", None).await?;
    let auditor = system.mint(KeyKind::Auditor, "dev auditor", None).await?;
    let partner = system.mint(KeyKind::Partner, "dev partner", None).await?;
    let url = system.url();
    println!(
        "\nLinli is up.\n
  API         {url}/docs
  station     {url}/station
  metrics     {url}/metrics
  PostgreSQL  {database_url}
  NATS        {}

  operator    {operator}
  auditor     {auditor}
  partner     {partner}

  Officers and stations get their keys from the operator: POST {url}/v1/keys
  Audit:      linli audit verify --district {} --database-url '{database_url}'
  Ctrl-C ends everything; the data stay in {}.\n",
        stack.nats_url(),
        args.district,
        stack.data_dir().display(),
    );
    tokio::select! {
        () = stop.cancelled() => {}
        ended = system.ended() => return ended.map(|()| ExitCode::from(3)),
    }
    system.stop().await?;
    stack.stop().await?;
    Ok(ExitCode::SUCCESS)
}

/// Listens there, or on a free port of the same host if the port is taken.
pub(crate) async fn listen(bind: SocketAddr) -> anyhow::Result<TcpListener> {
    match TcpListener::bind(bind).await {
        Ok(listener) => Ok(listener),
        Err(_) => {
            let free = SocketAddr::new(bind.ip(), 0);
            TcpListener::bind(free).await.with_context(|| format!("listening on {}", bind.ip()))
        }
    }
}

/// A system on the stack's own stores.
pub(crate) async fn settings(
    stack: &Stack,
    listener: &TcpListener,
    district: &str,
    test_clock: Option<jiff::Timestamp>,
) -> anyhow::Result<SystemSettings> {
    Ok(SystemSettings {
        database_url: stack.create_database(DATABASE).await?,
        nats_url: Some(stack.nats_url().to_owned()),
        districts: vec![district.to_owned()],
        bind: listener.local_addr()?,
        test_clock,
        snapshot_every: None,
        rate: None,
        log_key: Some(stack.data_dir().join("log.key")),
        vault_key: Some(stack.data_dir().join("vault.key")),
        badge_key: Some(stack.data_dir().join("badge.key")),
    })
}
