//! `linli audit`: is all of it true?

use std::path::PathBuf;
use std::process::ExitCode;

use linli_auditor::{ExportSettings, Exported, Form, Progress, Report, VerifySettings};
use linli_domain::Position;

use crate::cli::{AuditCommand, BooksForm};
use crate::ground::Ground;

pub(crate) async fn run(command: AuditCommand) -> anyhow::Result<ExitCode> {
    let (stores, log_only, upto, json) = match command {
        AuditCommand::Verify { stores, log_only, upto, json } => (stores, log_only, upto, json),
        AuditCommand::Export { stores, form, out, upto, json } => {
            let ground = Ground::lay(&stores, "audit").await?;
            return books(&ground, form, out, upto, json).await;
        }
    };
    let ground = Ground::lay(&stores, "audit").await?;
    let progress = if json { Progress::Hidden } else { Progress::Terminal };
    let report = verify(&ground, !log_only, upto.map(Position), progress).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        println!("{report}");
    }
    Ok(ExitCode::from(report.exit_code()))
}

async fn books(
    ground: &Ground,
    form: BooksForm,
    folder: PathBuf,
    upto: Option<u64>,
    json: bool,
) -> anyhow::Result<ExitCode> {
    let form = match form {
        BooksForm::Beancount => Form::Beancount,
        BooksForm::Hledger => Form::Hledger,
        BooksForm::Csv => Form::Csv,
        BooksForm::Jsonl => Form::JsonLines,
    };
    let progress = if json { Progress::Hidden } else { Progress::Terminal };
    let (pool, district) = (ground.pool().clone(), ground.log_district()?);
    let settings = ExportSettings { pool, district, form, folder, upto, progress };
    let told = linli_auditor::export(settings).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&told)?);
    } else {
        let Exported { records, transactions, accounts, files } = &told;
        println!("{transactions} changes of {accounts} accounts, of {records} records:");
        files.iter().for_each(|file| println!("  {}", file.display()));
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn verify(
    ground: &Ground,
    compare_projections: bool,
    upto: Option<Position>,
    progress: Progress,
) -> anyhow::Result<Report> {
    let (pool, district) = (ground.pool().clone(), ground.log_district()?);
    let settings = VerifySettings { pool, district, compare_projections, upto, progress };
    Ok(linli_auditor::verify(settings).await?)
}
