//! Load and comparison benches: one subcommand for each figure that Linli is held to, each beside
//! its limit or its baseline in the same run. `docs/performance.md` tells what they mean.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "figures of a bench; an overflow ends it, as it should"
)]

mod child;
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

use std::process::ExitCode;

use clap::Parser as _;
use cli::{Bench, Cli};
use ground::Ground;
use report::{Failure, Figure, Report};
use terms::Form;

/// As the `linli` binary has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    if let Bench::Load = cli.bench {
        return load::generate().map(|()| ExitCode::SUCCESS);
    }
    // As the `linli` binary has it: a thread for each core.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        if let Bench::Grow = cli.bench {
            child::answer(figure::grow).await?;
        } else if let Bench::DistrictsOf = cli.bench {
            child::answer(figure::many).await?;
        } else if let Bench::AuditOf = cli.bench {
            child::answer(figure::audited).await?;
        } else {
            return measure(cli).await;
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// Measures, and tells what was found. A figure that can't be measured is a fault; one that misses
/// its target is not.
async fn measure(cli: Cli) -> anyhow::Result<ExitCode> {
    let ground = Ground::lay(&cli.terms).await?;
    let outcome = figures(&ground, cli.bench).await;
    let (machine, terms) = (ground.machine.clone(), ground.terms);
    ground.stop().await?;
    let (figures, failures) = outcome?;
    let failed = !failures.is_empty();
    let report = Report { machine, terms, figures, failures };
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
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn figures(ground: &Ground, bench: Bench) -> anyhow::Result<(Vec<Figure>, Vec<Failure>)> {
    let figure = match bench {
        Bench::All(args) => return Ok(figure::all(ground, &args).await),
        Bench::Serve(args) => {
            serve::run(ground, &args).await?;
            return Ok(Default::default());
        }
        Bench::Load | Bench::Grow | Bench::DistrictsOf | Bench::AuditOf => {
            return Ok(Default::default());
        }
        Bench::Writer(args) => figure::writer(ground, &args).await,
        Bench::Commands(args) => figure::commands(ground, &args).await,
        Bench::Bulk(args) => figure::bulk(ground, &args).await,
        Bench::Hot(args) => figure::hot(ground, &args).await,
        Bench::Tail(args) => figure::tail(ground, &args).await,
        Bench::Restart(args) => figure::restart(ground, &args).await,
        Bench::Memory(args) => figure::memory(ground, &args).await,
        Bench::Projectors(args) => figure::projectors(ground, &args).await,
        Bench::Rank(args) => figure::rank(ground, &args).await,
        Bench::Districts(args) => figure::districts(ground, &args).await,
        Bench::Audit(args) => figure::audit(ground, &args).await,
        Bench::Receipt(args) => figure::receipt(ground, &args).await,
    };
    Ok((vec![figure?], Vec::new()))
}
