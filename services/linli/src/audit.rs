//! `linli audit`: is all of it true?

use std::process::ExitCode;

use linli_auditor::{Progress, Report, VerifySettings};
use linli_domain::Position;

use crate::cli::AuditCommand;
use crate::ground::Ground;

pub(crate) async fn run(command: AuditCommand) -> anyhow::Result<ExitCode> {
    let AuditCommand::Verify { stores, log_only, upto, json } = command;
    let ground = Ground::lay(&stores, None, "audit").await?;
    let progress = if json { Progress::Hidden } else { Progress::Terminal };
    let report = verify(&ground, !log_only, upto.map(Position), progress).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        println!("{report}");
    }
    Ok(ExitCode::from(report.exit_code()))
}

pub(crate) async fn verify(
    ground: &Ground,
    compare_projections: bool,
    upto: Option<Position>,
    progress: Progress,
) -> anyhow::Result<Report> {
    let (pool, district) = (ground.pool.clone(), ground.log_district()?);
    let settings = VerifySettings { pool, district, compare_projections, upto, progress };
    Ok(linli_auditor::verify(settings).await?)
}
