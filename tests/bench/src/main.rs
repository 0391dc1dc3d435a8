//! Load and comparison benches. Each prints its comparison from the same run, on the same machine
//! and the same PostgreSQL; `docs/performance.md` keeps what was measured.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "figures of a bench; an overflow ends it, as it should"
)]

mod commands;
mod linli_way;
mod load;
mod machine;
mod sql_way;

use clap::{Parser, Subcommand};

/// Benches of Linli, each with its comparison in the same run.
#[derive(Debug, Parser)]
#[command(name = "linli-bench", version)]
struct Cli {
    #[command(subcommand)]
    bench: Bench,
}

#[derive(Debug, Subcommand)]
enum Bench {
    /// Durable sales a second through HTTP, beside one SQL transaction a request.
    Commands(commands::CommandsArgs),
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match Cli::parse().bench {
        Bench::Commands(args) => commands::run(args).await,
    }
}
