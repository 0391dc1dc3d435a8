//! A `strace` that makes system calls of a process fail, or do nothing.

use std::io::Read as _;
use std::process::{Child, Command, Stdio};

use anyhow::Context as _;

use crate::{signal, wait};

/// A strace at work. It is ended, and lets go, when this goes.
#[derive(Debug)]
pub struct Strace {
    child: Child,
    log: tempfile::NamedTempFile,
}

impl Drop for Strace {
    fn drop(&mut self) {
        self.let_go();
        // It has nothing more to say.
        let _ = self.child.wait();
    }
}

impl Strace {
    /// Sees that strace is there, installing it where that is ours to do.
    ///
    /// # Errors
    ///
    /// If it isn't there.
    pub fn provide() -> anyhow::Result<()> {
        let there =
            || Command::new("strace").arg("-V").output().is_ok_and(|out| out.status.success());
        if there() {
            return Ok(());
        }
        let install =
            ["--quiet", "--quiet", "--yes", "--no-install-recommends", "install", "strace"];
        let output = Command::new("apt-get").args(install).output().context("apt-get")?;
        let said = String::from_utf8_lossy(&output.stderr);
        anyhow::ensure!(there(), "apt-get install strace: {said}");
        Ok(())
    }

    /// Attaches to processes, their threads and whom they start, and waits until it has. What
    /// becomes of which call is told as strace's `inject` is: `error=EIO:when=3`, `retval=0`.
    ///
    /// # Errors
    ///
    /// If it can't.
    pub async fn on(pids: &[u32], call: &str, fault: &str) -> anyhow::Result<Self> {
        let log = tempfile::NamedTempFile::new()?;
        let (trace, inject) = (format!("trace={call}"), format!("inject={call}:{fault}"));
        let child = Command::new("strace")
            .args(["-f", "-e", &trace, "-e", &inject])
            .args(pids.iter().flat_map(|pid| ["-p".to_owned(), pid.to_string()]))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log.reopen()?)
            .spawn()
            .context("starting strace")?;
        let strace = Self { child, log };
        let attached = async || {
            let said = strace.says().ok()?;
            (said.matches("attached").count() >= pids.len()).then_some(())
        };
        wait::until("strace is attached", wait::LONG, attached).await?;
        Ok(strace)
    }

    fn says(&self) -> anyhow::Result<String> {
        let mut text = String::new();
        self.log.reopen()?.read_to_string(&mut text)?;
        Ok(text)
    }

    /// Tells it to let go, unless it has ended with whom it watched.
    fn let_go(&mut self) {
        if let Ok(None) = self.child.try_wait()
            && let Err(error) = signal("TERM", self.child.id())
        {
            eprintln!("strace goes on: {error:#}");
        }
    }

    /// Lets go; gives how many calls were tampered with.
    ///
    /// # Errors
    ///
    /// If it doesn't let go.
    pub async fn end(mut self) -> anyhow::Result<u64> {
        self.let_go();
        let ended = async || self.child.try_wait().ok().flatten();
        wait::until("strace has let go", wait::LONG, ended).await?;
        Ok(u64::try_from(self.says()?.matches("(INJECTED)").count())?)
    }
}

/// A process and those that it started.
#[must_use]
pub fn family(parent: u32) -> Vec<u32> {
    let children = std::fs::read_to_string(format!("/proc/{parent}/task/{parent}/children"));
    let children = children.unwrap_or_default();
    let children = children.split_ascii_whitespace().filter_map(|pid| pid.parse().ok());
    [parent].into_iter().chain(children).collect()
}
