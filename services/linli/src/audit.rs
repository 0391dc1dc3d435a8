//! `linli audit`: is all of it true?

use std::path::PathBuf;
use std::process::ExitCode;

use linli_auditor::{
    Again, EXIT_FOUND_WRONG, ExportSettings, Exported, Form, Progress, Report, Resampled,
    SampleSettings, VerifySettings,
};
use linli_domain::Position;
use linli_domain::calendar::Day;

use crate::cli::{AuditCommand, BooksForm};
use crate::ground::Ground;

pub(crate) async fn run(command: AuditCommand) -> anyhow::Result<ExitCode> {
    let (stores, log_only, upto, json) = match command {
        AuditCommand::Verify { stores, log_only, upto, json } => (stores, log_only, upto, json),
        AuditCommand::Sample { day, stores, json } => {
            let ground = Ground::lay(&stores, "audit").await?;
            return sampled(&ground, &day, json).await;
        }
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

async fn sampled(ground: &Ground, day: &str, json: bool) -> anyhow::Result<ExitCode> {
    let day =
        Day::parse(day).ok_or_else(|| anyhow::anyhow!("{day:?} is no day such as 2025-03-05"))?;
    let progress = if json { Progress::Hidden } else { Progress::Terminal };
    let (pool, district) = (ground.pool().clone(), ground.log_district()?);
    let found = linli_auditor::sample(SampleSettings { pool, district, day, progress }).await?;
    let Some(sample) = found else {
        println!("No sample of {day} is in the log.");
        return Ok(ExitCode::from(EXIT_FOUND_WRONG));
    };
    if json {
        println!("{}", serde_json::to_string_pretty(&sample)?);
    } else {
        let Resampled { day, position, size, root, awarded, drawn, agrees } = &sample;
        println!("{day}: {} of {awarded} awards, under the root of {size} records", drawn.len());
        println!("{root}");
        for Again { contribution, verifier, rate, chance } in drawn {
            println!("  {contribution}  chance {chance}, rate {rate} in 10000, word of {verifier}");
        }
        let says = if *agrees { "says the same" } else { "says something else" };
        println!("Record {position} {says}.");
    }
    Ok(if sample.agrees { ExitCode::SUCCESS } else { ExitCode::from(EXIT_FOUND_WRONG) })
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
