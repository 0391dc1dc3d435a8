//! `linli audit`: is all of it true?

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use linli_auditor::{
    Again, EXIT_FOUND_WRONG, ExportSettings, Exported, Form, Keep, KeyRing, Progress,
    ReconcileSettings, Report, Resampled, SampleSettings, ShardSettings, Source,
    TileExportSettings, TilesAt, TilesExported, Trust, VerifySettings,
};
use linli_domain::Position;
use linli_domain::calendar::Day;
use linli_log::District;
use linli_log::checkpoint::Checkpoint;
use linli_notary::TrustedWitnesses;
use serde::Serialize;

use crate::cli::DatabaseArgs;
use crate::cli::audit::{AuditCommand, BooksForm, SourceArgs, VerifyArgs};
use crate::ground::Ground;
use crate::{receipt, stores};

/// What was said can't be done.
const MISUSED: u8 = 2;

/// Connections to a database that is only read.
const CONNECTIONS_MAX: usize = 6;

pub(crate) async fn run(command: AuditCommand) -> anyhow::Result<ExitCode> {
    match command {
        AuditCommand::Verify(args) => verified(args).await,
        AuditCommand::Digest { from, at, json } => {
            let told = linli_auditor::digest(&source(from)?, at, progress(json)).await?;
            say(&told, json)?;
            Ok(ExitCode::SUCCESS)
        }
        AuditCommand::Compare { one, other, district, ca, key, json } => {
            let open = |told: &str| open(told, &district, key.clone(), ca.as_deref());
            let told = linli_auditor::compare(&open(&one)?, &open(&other)?).await?;
            say(&told, json)?;
            Ok(if told.is_same() { ExitCode::SUCCESS } else { ExitCode::from(EXIT_FOUND_WRONG) })
        }
        AuditCommand::Shard { folder, stores, seed, log_key, json } => {
            let ground = Ground::lay(&stores, "audit").await?;
            let (pool, district) = (ground.pool().clone(), ground.log_district()?);
            let (trust, progress) = (trust(log_key.as_deref(), &[])?, progress(json));
            let settings = ShardSettings { pool, district, folder, seed, trust, progress };
            let told = linli_auditor::shard(settings).await?;
            say(&told, json)?;
            Ok(ExitCode::from(told.exit_code()))
        }
        AuditCommand::Reconcile { stores, nats_url, log_key, witness_keys, report, json } => {
            let ground = Ground::lay(&stores, "audit").await?;
            let trust = trust(log_key.as_deref(), &witness_keys)?;
            reconciled(&ground, nats_url.as_deref(), trust, report, json).await
        }
        AuditCommand::Sample { day, stores, json } => {
            let ground = Ground::lay(&stores, "audit").await?;
            sampled(&ground, &day, json).await
        }
        AuditCommand::Export { stores, tiles: Some(folder), log_key, json, .. } => {
            let ground = Ground::lay(&stores, "audit").await?;
            tiles(&ground, folder, log_key.as_deref(), json).await
        }
        AuditCommand::Export { stores, form, out, upto, json, .. } => {
            let ground = Ground::lay(&stores, "audit").await?;
            books(&ground, form, out, upto, json).await
        }
    }
}

/// Tells it to people, or to machines.
fn say(told: &(impl Serialize + Display), json: bool) -> anyhow::Result<()> {
    if json {
        println!("{}", serde_json::to_string_pretty(told)?);
    } else {
        println!("{}", told.to_string().trim_end());
    }
    Ok(())
}

async fn verified(args: VerifyArgs) -> anyhow::Result<ExitCode> {
    let VerifyArgs { from, log_only, upto, resume, every, log_key, witness_keys, seen: kept, json } =
        args;
    let is_store = from.from.is_none();
    let misused = match (is_store, log_only) {
        (true, false) if upto.is_some() => {
            "--upto needs --log-only: read models are where they are"
        }
        (true, false) if resume.is_some() => {
            "--resume needs --log-only: read models are where they are"
        }
        (false, _) if log_key.is_none() => {
            "--from needs --log-key: there is nothing else to believe"
        }
        (true | false, _) => "",
    };
    if !misused.is_empty() {
        eprintln!("linli: {misused}");
        return Ok(ExitCode::from(MISUSED));
    }
    let settings = VerifySettings {
        source: source(from)?,
        compare_projections: is_store && !log_only,
        upto: upto.map(Position),
        trust: Trust {
            seen: kept.iter().map(|path| seen(path)).collect::<anyhow::Result<_>>()?,
            ..trust(log_key.as_deref(), &witness_keys)?
        },
        keep: resume.map(|folder| Keep { folder, every }),
        progress: progress(json),
    };
    let report = linli_auditor::verify(settings).await?;
    say(&report, json)?;
    Ok(ExitCode::from(report.exit_code()))
}

fn progress(json: bool) -> Progress {
    if json { Progress::Hidden } else { Progress::Terminal }
}

fn source(from: SourceArgs) -> anyhow::Result<Source> {
    let SourceArgs { database_url, district, from, ca, key } = from;
    let told = from.or(database_url).context("neither --database-url nor --from")?;
    open(&told, &district, key, ca.as_deref())
}

/// A log by the address of its database or of its tiles, or by its folder.
fn open(
    told: &str,
    district: &str,
    key: Option<String>,
    ca: Option<&Path>,
) -> anyhow::Result<Source> {
    if !told.starts_with("postgres") {
        return Ok(Source::Tiles(TilesAt::new(told, key, ca)?));
    }
    let config = stores::postgres(&DatabaseArgs { database_url: told.to_owned() })?;
    let pool = linli_log::reader::pool_within(&config, CONNECTIONS_MAX, None)?;
    let district = District::new(district).context("the code of the district")?;
    Ok(Source::Store { pool, district })
}

fn trust(log_key: Option<&str>, witness_keys: &[String]) -> anyhow::Result<Trust> {
    let log = log_key.map(|told| anyhow::Ok(KeyRing::parse(&receipt::trusted(told)?)?));
    let witnesses: Vec<String> =
        witness_keys.iter().map(|told| receipt::trusted(told)).collect::<Result<_, _>>()?;
    let witnesses = TrustedWitnesses::parse(&witnesses.join("\n")).context("a witness's key")?;
    Ok(Trust { log: log.transpose().context("the log's key")?, witnesses, seen: Vec::new() })
}

/// A checkpoint that was kept in a file.
fn seen(path: &Path) -> anyhow::Result<Checkpoint> {
    let note = std::fs::read_to_string(path);
    let note = note.with_context(|| format!("reading {}", path.display()))?;
    let head = linli_notary::told_by(&note);
    let size = head.with_context(|| format!("{} is no checkpoint", path.display()))?.size;
    Ok(Checkpoint { size, note })
}

async fn tiles(
    ground: &Ground,
    folder: PathBuf,
    log_key: Option<&str>,
    json: bool,
) -> anyhow::Result<ExitCode> {
    let keys = log_key.map(receipt::trusted).transpose()?;
    let (pool, district) = (ground.pool().clone(), ground.log_district()?);
    let progress = progress(json);
    let settings = TileExportSettings { pool, district, folder, keys, progress };
    let told = linli_auditor::export_tiles(settings).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&told)?);
    } else {
        let TilesExported { records, resumed_after, files, root } = &told;
        println!("{records} records, of which {resumed_after} were there; {files} files written");
        println!("root {root}");
    }
    Ok(ExitCode::SUCCESS)
}

async fn reconciled(
    ground: &Ground,
    nats_url: Option<&str>,
    trust: Trust,
    paper: Option<PathBuf>,
    json: bool,
) -> anyhow::Result<ExitCode> {
    let nats = match nats_url {
        Some(url) => Some(linli_log::nats::connect(url, "audit").await?),
        None => None,
    };
    let (pool, district) = (ground.pool().clone(), ground.log_district()?);
    let settings = ReconcileSettings { pool, district, nats, trust, progress: progress(json) };
    let told = linli_auditor::reconcile(settings).await?;
    if let Some(path) = paper {
        let written = std::fs::write(&path, told.paper());
        written.with_context(|| format!("writing {}", path.display()))?;
    }
    say(&told, json)?;
    Ok(ExitCode::from(told.exit_code()))
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
    let (pool, district) = (ground.pool().clone(), ground.log_district()?);
    let progress = progress(json);
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

/// The audit of all that a running system has.
pub(crate) async fn verify(ground: &Ground, progress: Progress) -> anyhow::Result<Report> {
    let (pool, district) = (ground.pool().clone(), ground.log_district()?);
    let settings = VerifySettings {
        source: Source::Store { pool, district },
        compare_projections: true,
        upto: None,
        trust: Trust::default(),
        keep: None,
        progress,
    };
    Ok(linli_auditor::verify(settings).await?)
}
