//! `linli demo`: a year in Dingshan community, through the HTTP API, and its audit.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use linli_auditor::Progress;
use linli_demo::{DemoSettings, Show, Summary};
use linli_devstack::{Options, Stack};
use linli_gateway::key::KeyKind;

use crate::cli::DemoArgs;
use crate::system::{System, SystemSettings};
use crate::{audit, dev, stop};

/// The test clock's first instant: a day before the year begins in Nanjing, so that the place is
/// founded before anybody serves.
const BEFORE_THE_YEAR: &str = "2024-12-31T00:00:00Z";

const DISTRICT: &str = "gulou";

pub(crate) async fn run(args: DemoArgs) -> anyhow::Result<ExitCode> {
    let stop = stop::on_signal()?;
    eprintln!("starting PostgreSQL and NATS …");
    let options = match &args.data {
        Some(folder) => Options::kept(new_folder(folder)?),
        None => Options::temporary(),
    };
    let stack = Stack::start(options).await?;
    let listener = dev::listen(args.bind).await?;
    let start = BEFORE_THE_YEAR.parse().context("the demo's first instant")?;
    let settings = dev::settings(&stack, &listener, DISTRICT, Some(start)).await?;
    let system = System::start_on(listener, settings.clone()).await?;

    let outcome = tokio::select! {
        () = stop.cancelled() => None,
        outcome = year(&system, &settings, &args) => Some(outcome?),
    };
    let Some(code) = outcome else {
        eprintln!("ended before the year was over");
        system.stop().await?;
        stack.stop().await?;
        return Ok(ExitCode::from(3));
    };
    if !args.exit {
        invite(&system, &settings).await?;
        stop.cancelled().await;
    }
    system.stop().await?;
    stack.stop().await?;
    Ok(code)
}

/// Data of an earlier run would be in the way of a founding.
fn new_folder(folder: &Path) -> anyhow::Result<PathBuf> {
    let used = folder.read_dir().is_ok_and(|mut entries| entries.next().is_some());
    anyhow::ensure!(
        !used,
        "{} has data in it already; a demo needs a new folder",
        folder.display()
    );
    Ok(folder.to_owned())
}

/// The year, its audit, and what is printed of both. Gives how to exit.
async fn year(
    system: &System,
    settings: &SystemSettings,
    args: &DemoArgs,
) -> anyhow::Result<ExitCode> {
    let demo = DemoSettings {
        base_url: system.url(),
        operator_key: system.mint(KeyKind::Operator, "demo operator", None).await?,
        rules: linli_profile::GULOU.to_owned(),
        scale: args.scale,
        seed: args.seed,
        show: Show::default(),
    };
    let mut summary = linli_demo::run(&demo).await?;
    eprintln!("auditing …");
    let report = audit::verify(system.ground(), Progress::Terminal).await?;
    summary.audited(report.ok, report.violations, report.records_per_second, report.root.clone());
    match &args.json {
        Some(file) if file.as_os_str() == "-" => {
            println!("{}", serde_json::to_string_pretty(&summary)?)
        }
        Some(file) => {
            print(&summary);
            let text = serde_json::to_string_pretty(&summary)?;
            std::fs::write(file, text).with_context(|| format!("writing {}", file.display()))?;
        }
        None => print(&summary),
    }
    if !report.ok {
        println!("{report}");
        let url = &settings.database_url;
        println!(
            "look for yourself: linli audit verify --district {DISTRICT} --database-url '{url}'"
        );
    }
    Ok(ExitCode::from(report.exit_code()))
}

fn print(summary: &Summary) {
    println!("\n{summary}");
}

/// What to look at, while everything stays up.
async fn invite(system: &System, settings: &SystemSettings) -> anyhow::Result<()> {
    let (url, database_url) = (system.url(), &settings.database_url);
    let operator = system.mint(KeyKind::Operator, "visitor", None).await?;
    let auditor = system.mint(KeyKind::Auditor, "visitor", None).await?;
    println!(
        "
  API         {url}/docs
  station     {url}/station
  metrics     {url}/metrics

  operator    {operator}
  auditor     {auditor}

  Audit it yourself:  linli audit verify --district {DISTRICT} --database-url '{database_url}'
  Everything stays up until Ctrl-C.\n"
    );
    Ok(())
}
