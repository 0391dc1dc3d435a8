//! Load and comparison benches: one subcommand for each figure that Linli is held to, each beside
//! its limit or its baseline in the same run. `docs/performance.md` tells what they mean.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "figures of a bench; an overflow ends it, as it should"
)]

mod cli;
mod district;
mod figure;
mod ground;
mod load;
mod machine;
mod report;
mod serve;
mod terms;
mod waits;
mod ways;

use clap::Parser as _;
use cli::{Bench, Cli};
use ground::Ground;
use report::Report;
use terms::Form;

fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    if let Bench::Load = cli.bench {
        return load::generate();
    }
    // As the `linli` binary has it: a thread for each core.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(measure(cli))
}

async fn measure(cli: Cli) -> anyhow::Result<()> {
    let ground = Ground::lay(&cli.terms).await?;
    let figures = match cli.bench {
        Bench::All(args) => figure::all(&ground, &args).await,
        Bench::Writer(args) => figure::writer(&ground, &args).await.map(|one| vec![one]),
        Bench::Commands(args) => figure::commands(&ground, &args).await.map(|one| vec![one]),
        Bench::Bulk(args) => figure::bulk(&ground, &args).await.map(|one| vec![one]),
        Bench::Hot(args) => figure::hot(&ground, &args).await.map(|one| vec![one]),
        Bench::Tail(args) => figure::tail(&ground, &args).await.map(|one| vec![one]),
        Bench::Serve(args) => serve::run(&ground, &args).await.map(|()| Vec::new()),
        Bench::Load => Ok(Vec::new()),
    };
    let machine = ground.machine.clone();
    let terms = ground.terms;
    ground.stop().await?;
    let report = Report { machine, terms, figures: figures? };
    if !report.figures.is_empty() {
        println!(
            "{}",
            match cli.terms.form() {
                Form::Text => report.text(),
                Form::Markdown => report.markdown(),
                Form::Json => report.json()?,
            }
        );
    }
    Ok(())
}
