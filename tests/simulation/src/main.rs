//! Runs many seeds, and says what they found.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool for people and machines")]

use std::process::ExitCode;

use clap::Parser;
use linli_simulation::plant::Plant;
use linli_simulation::run::{Settings, run};
use linli_simulation::swarm::{self, Swarm};

mod report;

/// Exit code when everything held and every path was come to.
const HELD: u8 = 0;
/// Exit code when something was found, or a path was never come to.
const FOUND: u8 = 1;
/// Exit code for arguments that make no sense.
const MISUSED: u8 = 2;

/// The ledger, its store and those who follow, simulated from seeds.
#[derive(Debug, Parser)]
#[command(name = "linli-simulation", version)]
struct Cli {
    /// How many seeds to run, one after the other.
    #[arg(long, default_value_t = 10_000)]
    seeds: u64,
    /// Run this seed alone.
    #[arg(long)]
    seed: Option<u64>,
    /// Begin with this seed.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// How many seeds to run at once.
    #[arg(long, default_value_t = swarm::cores())]
    jobs: usize,
    /// Plant a mistake, to see it found.
    #[arg(long, value_parser = plant)]
    plant: Option<Plant>,
    /// Print the last steps of a single seed.
    #[arg(long, requires = "seed")]
    steps: bool,
    /// Print all steps of a single seed.
    #[arg(long, requires = "seed")]
    trace: bool,
    /// Print one JSON object instead of tables.
    #[arg(long)]
    json: bool,
}

fn plant(name: &str) -> Result<Plant, String> {
    let names = || Plant::ALL.iter().map(|plant| plant.name()).collect::<Vec<_>>().join(", ");
    Plant::named(name).ok_or_else(|| format!("the mistakes are {}", names()))
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { MISUSED } else { HELD };
            // A closed pipe is nobody's fault.
            let _printed = error.print();
            return ExitCode::from(code);
        }
    };
    ExitCode::from(if cli.seed.is_some() { one(&cli) } else { many(&cli) })
}

fn one(cli: &Cli) -> u8 {
    let seed = cli.seed.unwrap_or_default();
    let outcome = run(Settings { seed, plant: cli.plant, keeps_trace: cli.trace });
    if cli.json {
        println!("{}", report::one_as_json(&outcome));
    } else {
        report::one(&outcome, cli.plant, cli.steps || cli.trace);
    }
    if outcome.violation.is_some() { FOUND } else { HELD }
}

fn many(cli: &Cli) -> u8 {
    let swarm = Swarm { from: cli.from, seeds: cli.seeds, jobs: cli.jobs, plant: cli.plant };
    let found = swarm.run(|done| {
        if !cli.json {
            eprintln!("{done} of {} seeds", cli.seeds);
        }
    });
    if cli.json {
        println!("{}", report::many_as_json(&found));
    } else {
        report::many(&found, cli.plant);
    }
    let never = found.sometimes.never().count();
    if found.first.is_some() || (cli.plant.is_none() && never > 0) { FOUND } else { HELD }
}
