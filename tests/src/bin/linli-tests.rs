//! The harness as a command: `cargo run -p linli-tests -- faults f1 --seconds 3600`.
//!
//! Called by the name `linli` it is the `linli` binary: so it starts itself.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Parser, Subcommand};
use linli_tests::Binary;
use linli_tests::faults::{self, Row, Settings, Verdict};
use linli_tests::tamper;

/// Tests of the whole system that may take hours.
#[derive(Debug, Parser)]
#[command(name = "linli-tests", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Do things to a running system that machines do, and check that nothing was lost.
    ///
    /// Exits 0 if all of it was done, felt and survived; 1 if a checker found something; 2 if
    /// misused; 3 if it could not be done, or was not felt.
    Faults {
        /// Which rows of the matrix; all of them if none is named.
        #[arg(value_enum)]
        rows: Vec<Row>,
        /// For how long each row goes on; each does its least in any case.
        #[arg(long, default_value_t = 20)]
        seconds: u64,
        /// What is done, to whom and when follows from it; another each time if left out.
        #[arg(long)]
        seed: Option<u64>,
        /// How many clients send commands all the time.
        #[arg(long, default_value_t = 32)]
        clients: usize,
        /// How many times what is promised of hand-overs and the like a figure may be: more on a
        /// machine that has other work, or of a build that isn't for release.
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
        slack: u64,
        /// Print the reports as JSON, after everything else.
        #[arg(long)]
        json: bool,
        /// Where journals and reports are left; a new folder below the temporary one if left out.
        #[arg(long)]
        folder: Option<PathBuf>,
    },
    /// Tamper with what is stored, as a hand with every right could, and have it audited each time.
    ///
    /// Exits 0 if each was found and its place named, 1 if not.
    Tamper {
        /// How many times; what is done and where follows from the number.
        #[arg(long, default_value_t = 240)]
        seeds: u64,
        /// The first number.
        #[arg(long, default_value_t = 1)]
        from: u64,
    },
}

const FOUND: u8 = 1;
const FAULT: u8 = 3;

fn main() -> ExitCode {
    if std::env::args_os().next().is_some_and(|name| name == Binary::NAME) {
        return linli::main();
    }
    let Cli { command } = Cli::parse();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(run(command)));
    outcome.unwrap_or_else(|error| {
        eprintln!("linli-tests: {error:#}");
        ExitCode::from(FAULT)
    })
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    let (rows, seconds, seed, clients, slack, json, folder) = match command {
        Command::Faults { rows, seconds, seed, clients, slack, json, folder } => {
            (rows, seconds, seed, clients, slack, json, folder)
        }
        Command::Tamper { seeds, from } => return tampered(from, seeds).await,
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let seed = seed.unwrap_or(now);
    let folder =
        folder.unwrap_or_else(|| std::env::temp_dir().join(format!("linli-faults-{now}-{seed}")));
    println!("seed {seed}, left in {}", folder.display());
    let binary = Binary::this()?;
    let settings = Settings { binary, seconds, seed, clients, slack, unsynced: false, folder };
    let rows = if rows.is_empty() { Row::ALL.to_vec() } else { rows };
    let reports = faults::run(&rows, &settings).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&reports)?);
    }
    let verdicts: Vec<Verdict> = reports.iter().map(faults::Report::verdict).collect();
    let code = if verdicts.contains(&Verdict::Broken) {
        FOUND
    } else if verdicts.contains(&Verdict::Unproven) {
        FAULT
    } else {
        0
    };
    Ok(ExitCode::from(code))
}

async fn tampered(from: u64, seeds: u64) -> anyhow::Result<ExitCode> {
    let scene = tamper::Scene::set().await?;
    let last = from.saturating_add(seeds.saturating_sub(1));
    let tally = tamper::run(&scene, from..=last).await?;
    for (deed, count) in &tally.named {
        println!("{count:>6} {deed:?}");
    }
    tally.missed.iter().for_each(|missed| println!("missed: {missed}"));
    println!("{} of {seeds} found, each with its place", tally.count());
    Ok(ExitCode::from(if tally.missed.is_empty() { 0 } else { FOUND }))
}
