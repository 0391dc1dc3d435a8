//! A browser for the length of a test.

use std::future::Future;
use std::panic::resume_unwind;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::Context as _;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::chromium::Chromium;
use crate::page::Page;

/// A cold start on a busy machine.
const START_MAX: Duration = Duration::from_secs(60);

/// What the driver says before its port, when told to take a free one.
const STARTED: &str = "started successfully on port ";

/// Nothing that reaches out of the machine, shows a window or keeps anything.
const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
    "--password-store=basic",
    "--window-size=1024,768",
];

/// Hands a browser that speaks this language to a test, and ends it whatever becomes of the test.
pub(crate) async fn with_browser<F, T>(language: &str, test: F) -> anyhow::Result<()>
where
    F: FnOnce(Page) -> T,
    T: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    let chromium = Chromium::find_or_install()?;
    let profile = tempfile::tempdir()?;
    let (mut driver, url) = start(&chromium).await?;
    let client = open(&url, &chromium, profile.path(), language).await?;
    let outcome = tokio::spawn(test(Page::of(client.clone()))).await;
    if !matches!(outcome, Ok(Ok(()))) {
        picture(&client).await;
    }
    // The browser ends with its session; the driver alone would leave it behind.
    let closed = client.close().await;
    driver.kill().await?;
    match outcome {
        Ok(done) => done?,
        Err(ended) => resume_unwind(ended.into_panic()),
    }
    Ok(closed?)
}

/// The driver, and where it listens.
async fn start(chromium: &Chromium) -> anyhow::Result<(Child, String)> {
    let mut driver = Command::new(&chromium.driver)
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("starting {}", chromium.driver.display()))?;
    let said = driver.stdout.take().context("the driver's output")?;
    let mut lines = BufReader::new(said).lines();
    let port = timeout(START_MAX, async {
        while let Some(line) = lines.next_line().await? {
            if let Some((_, port)) = line.split_once(STARTED) {
                return Ok(port.trim_end_matches('.').to_owned());
            }
        }
        anyhow::bail!("the driver ended without a port")
    });
    let port = port.await.context("the driver took too long")??;
    Ok((driver, format!("http://127.0.0.1:{port}")))
}

async fn open(
    url: &str,
    chromium: &Chromium,
    profile: &Path,
    language: &str,
) -> anyhow::Result<Client> {
    let mut flags: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
    flags.push(format!("--lang={language}"));
    flags.push(format!("--user-data-dir={}", profile.display()));
    let options = json!({
        "binary": chromium.browser,
        "args": flags,
        "prefs": { "intl.accept_languages": language },
    });
    let wishes = Map::from_iter([
        ("goog:chromeOptions".to_owned(), options),
        ("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" })),
    ]);
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(wishes);
    let client =
        timeout(START_MAX, builder.connect(url)).await.context("the browser took too long")??;
    Ok(client)
}

/// What the clerk would have seen, for whoever looks into a failure.
async fn picture(client: &Client) {
    let test = std::thread::current().name().unwrap_or("browser").to_owned();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}.png"));
    if let Ok(bytes) = client.screenshot().await
        && std::fs::write(&file, bytes).is_ok()
    {
        eprintln!("the page as it was: {}", file.display());
    }
}
