//! A process of our own beside this one: for what is to be measured by itself, memory above all.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context as _, ensure};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

/// Starts the bench again as this hidden subcommand, asks it, and waits for its answer.
pub(crate) async fn ask<Q: Serialize, A: DeserializeOwned>(
    subcommand: &str,
    question: &Q,
) -> anyhow::Result<A> {
    ask_of(None, subcommand, question).await
}

/// The same of another build of the bench; none for this one.
pub(crate) async fn ask_of<Q: Serialize, A: DeserializeOwned>(
    program: Option<&Path>,
    subcommand: &str,
    question: &Q,
) -> anyhow::Result<A> {
    let program = program.map_or_else(std::env::current_exe, |program| Ok(program.to_owned()))?;
    let mut child = Command::new(program)
        .arg(subcommand)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("starting {subcommand}"))?;
    let mut stdin = child.stdin.take().context("no way to tell a child")?;
    stdin.write_all(&serde_json::to_vec(question)?).await?;
    drop(stdin);
    let output = child.wait_with_output().await?;
    ensure!(output.status.success(), "{subcommand} ended with {}", output.status);
    serde_json::from_slice(&output.stdout).with_context(|| format!("what {subcommand} said"))
}

/// The other side: reads the question, and tells the answer.
pub(crate) async fn answer<Q: DeserializeOwned, A: Serialize>(
    work: impl AsyncFnOnce(Q) -> anyhow::Result<A>,
) -> anyhow::Result<()> {
    let question = std::io::read_to_string(std::io::stdin())?;
    let question = serde_json::from_str(&question).context("this isn't for people")?;
    println!("{}", serde_json::to_string(&work(question).await?)?);
    Ok(())
}

/// What this process has in memory, in bytes.
pub(crate) fn resident_bytes() -> anyhow::Result<f64> {
    status_bytes("VmRSS:")
}

/// The most that this process ever had in memory, in bytes.
pub(crate) fn resident_bytes_max() -> anyhow::Result<f64> {
    status_bytes("VmHWM:")
}

fn status_bytes(name: &'static str) -> anyhow::Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status").context("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with(name)).context(name)?;
    let kib: f64 = line.split_whitespace().nth(1).context(name)?.parse()?;
    Ok(kib * 1_024.0)
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_held_is_seen() {
        let before = super::resident_bytes().unwrap();
        let held = vec![1_u8; 64 << 20];
        let grown = super::resident_bytes().unwrap() - before;
        assert!(grown > held.len() as f64 / 2.0, "{grown}");
    }
}
