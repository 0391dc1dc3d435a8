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

use clap::Parser as _;
use cli::{Bench, Cli};
use ground::Ground;
use report::{Figure, Report};
use terms::Form;

fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    if let Bench::Load = cli.bench {
        return load::generate();
    }
    // As the `linli` binary has it: a thread for each core.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match cli.bench {
            Bench::Grow => child::answer(figure::grow).await,
            Bench::DistrictsOf => child::answer(figure::many).await,
            _ => measure(cli).await,
        }
    })
}

async fn measure(cli: Cli) -> anyhow::Result<()> {
    let ground = Ground::lay(&cli.terms).await?;
    let one = |figure: anyhow::Result<Figure>| figure.map(|one| vec![one]);
    let figures = match cli.bench {
        Bench::All(args) => figure::all(&ground, &args).await,
        Bench::Writer(args) => one(figure::writer(&ground, &args).await),
        Bench::Commands(args) => one(figure::commands(&ground, &args).await),
        Bench::Bulk(args) => one(figure::bulk(&ground, &args).await),
        Bench::Hot(args) => one(figure::hot(&ground, &args).await),
        Bench::Tail(args) => one(figure::tail(&ground, &args).await),
        Bench::Restart(args) => one(figure::restart(&ground, &args).await),
        Bench::Memory(args) => one(figure::memory(&ground, &args).await),
        Bench::Projectors(args) => one(figure::projectors(&ground, &args).await),
        Bench::Rank(args) => one(figure::rank(&ground, &args).await),
        Bench::Districts(args) => one(figure::districts(&ground, &args).await),
        Bench::Serve(args) => serve::run(&ground, &args).await.map(|()| Vec::new()),
        Bench::Load | Bench::Grow | Bench::DistrictsOf => Ok(Vec::new()),
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
