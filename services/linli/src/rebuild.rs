//! `linli rebuild`: a read model made anew from the log, beside the one that is read.

use std::process::ExitCode;

use crate::cli::RebuildArgs;
use crate::ground::Ground;
use crate::parts;

/// Exits 0 if what was read so far was what the log makes of itself, else 1.
pub(crate) async fn run(args: RebuildArgs) -> anyhow::Result<ExitCode> {
    let ground = Ground::lay(&args.stores, "rebuild").await?;
    eprintln!("making {} anew from the log …", args.projection);
    let report =
        linli_projector::rebuild(&parts::projector_settings(&ground)?, args.projection).await?;
    println!(
        "{} at position {}, digest {}",
        report.generation.schema(),
        report.position,
        report.built
    );
    match report.live {
        None => println!("there was nothing of this form to compare with"),
        Some(_) if report.agrees() => println!("what was read so far was the same"),
        Some(live) => println!("what was read so far was something else: digest {live}"),
    }
    Ok(if report.agrees() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
