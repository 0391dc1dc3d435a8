//! The `linli` binary as a library: the command line, and the wiring of the services.
//!
//! [`main`] does what the command line says. [`System`] is everything in one process, for `linli dev`,
//! the demo, tests and benches. What is *not* here: anything that a service does.

pub mod cli;

mod audit;
mod badge;
mod demo;
mod dev;
mod ground;
mod health;
mod keys;
mod migrate;
mod parts;
mod past;
mod probe;
mod rebuild;
mod receipt;
mod rules;
mod seal;
mod secret;
mod serve;
mod stop;
mod stores;
mod system;
mod telemetry;
mod trial;
mod vault;
mod witness;

pub use system::{System, SystemSettings};

use std::process::ExitCode;

use clap::Parser as _;
use cli::{Cli, Command};

/// How a process ends whose command could not be done.
const FAULT: u8 = 3;

/// The whole program: reads the command line, does what it says, and tells how to exit. 0: done;
/// 1: something was found wrong; 2: misused; 3: a fault.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(run(cli)));
    outcome.unwrap_or_else(|error| {
        eprintln!("linli: {error:#}");
        ExitCode::from(FAULT)
    })
}

async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    telemetry::start(&cli.log, cli.log_json)?;
    match cli.command {
        Command::Serve(args) => serve::run(args).await,
        Command::Migrate(args) => migrate::run(&args).await,
        Command::Audit(command) => audit::run(command).await,
        Command::Keys(command) => keys::run(command).await,
        Command::LogKey(command) => seal::run(command),
        Command::Vault(command) => vault::run(command).await,
        Command::Badge(command) => badge::run(command),
        Command::Receipt(command) => receipt::run(command),
        Command::Witness(command) => witness::run(command).await,
        Command::Past(command) => past::run(command).await,
        Command::Trail(command) => past::trail(command).await,
        Command::Rules(command) => rules::run(command).await,
        Command::Rebuild(args) => rebuild::run(args).await,
        Command::Dev(args) => dev::run(args).await,
        Command::Demo(args) => demo::run(args).await,
        Command::Health { url } => health::run(&url).await,
    }
}
