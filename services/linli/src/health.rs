//! `linli health`: is a service ready?

use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;

/// A container's health check gives up soon after.
const ANSWER_WAIT_MAX: Duration = Duration::from_secs(2);

pub(crate) async fn run(url: &str) -> anyhow::Result<ExitCode> {
    let client = reqwest::Client::builder().timeout(ANSWER_WAIT_MAX).build()?;
    let answer = client.get(url).send().await.with_context(|| format!("asking {url}"))?;
    let status = answer.status();
    println!("{status} {}", answer.text().await.unwrap_or_default().trim());
    Ok(if status.is_success() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
