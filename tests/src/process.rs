//! Processes of the `linli` binary: run, started, signalled, killed.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Output, Stdio};
use std::time::Duration;

use anyhow::Context as _;
use tokio::process::{Child, Command};

/// A process that is told to stop drains and ends well within this.
const END_MAX: Duration = Duration::from_secs(30);

/// The end of a log that is shown when something went wrong.
const LOG_LINES_SHOWN: usize = 40;

/// The `linli` binary.
#[derive(Clone, Debug)]
pub struct Binary {
    path: PathBuf,
    /// Under which name it is called, if not its own.
    name: Option<&'static str>,
}

/// What an audit found.
#[derive(Clone, Debug)]
pub struct Audit {
    /// How the process ended.
    pub code: Option<i32>,
    /// The report.
    pub report: serde_json::Value,
}

/// A process of it. It is killed when this goes.
#[derive(Debug)]
pub struct Process {
    child: Child,
    log: PathBuf,
}

impl Binary {
    /// The binary at a path: in a test, `env!("CARGO_BIN_EXE_linli-tested")`.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), name: None }
    }

    /// This very program, which is the `linli` binary if it is called by that name: a command
    /// needs no other that may be older, or missing.
    ///
    /// # Errors
    ///
    /// If the system doesn't tell where it is.
    pub fn this() -> anyhow::Result<Self> {
        let path = std::env::current_exe().context("finding this program")?;
        Ok(Self { path, name: Some(Self::NAME) })
    }

    /// The name under which this program is the `linli` binary.
    pub const NAME: &'static str = "linli";

    /// The command, with nothing of the caller's settings in its environment.
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.path);
        if let Some(name) = self.name {
            command.arg0(name);
        }
        let ours = std::env::vars().map(|(name, _)| name).filter(|name| name.starts_with("LINLI_"));
        // Where the servers of a stack are found stays as it is.
        let settings = ours.filter(|name| {
            !matches!(name.as_str(), "LINLI_POSTGRES_BIN" | "LINLI_NATS_SERVER" | "LINLI_CACHE")
        });
        settings.for_each(|name| {
            command.env_remove(name);
        });
        command.args(args).stdin(Stdio::null()).kill_on_drop(true);
        command
    }

    /// Runs it to its end.
    ///
    /// # Errors
    ///
    /// If it can't be started.
    pub async fn run(&self, args: &[&str]) -> anyhow::Result<Output> {
        let output = self.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).output();
        output.await.with_context(|| format!("running linli {}", args.join(" ")))
    }

    /// Audits a district, read models included: what `linli audit verify --json` finds.
    ///
    /// # Errors
    ///
    /// If the audit couldn't run, with what it said.
    pub async fn audit(&self, database_url: &str, district: &str) -> anyhow::Result<Audit> {
        let place = ["--database-url", database_url, "--district", district];
        let output = self.run(&[&["audit", "verify", "--json"][..], &place].concat()).await?;
        let said = String::from_utf8_lossy(&output.stderr);
        let report = serde_json::from_slice(&output.stdout);
        let report = report.with_context(|| format!("the audit said no JSON, and: {said}"))?;
        Ok(Audit { code: output.status.code(), report })
    }

    /// Starts it; what it logs is added to this file.
    ///
    /// # Errors
    ///
    /// If it can't be started.
    pub fn spawn(&self, args: &[&str], log: &Path) -> anyhow::Result<Process> {
        let open = std::fs::OpenOptions::new().create(true).append(true).open(log);
        let file = open.with_context(|| format!("opening {}", log.display()))?;
        let mut command = self.command(args);
        command.env("RUST_BACKTRACE", "1").stdout(file.try_clone()?).stderr(file);
        let child =
            command.spawn().with_context(|| format!("starting linli {}", args.join(" ")))?;
        Ok(Process { child, log: log.to_owned() })
    }
}

impl Audit {
    /// All of it is true: the whole log, and every read model up to the log's end.
    ///
    /// # Errors
    ///
    /// If it isn't, with the report.
    pub fn all_true(&self) -> anyhow::Result<()> {
        let report = &self.report;
        let projections = report["projections"].as_array().map(Vec::as_slice).unwrap_or_default();
        let shown = projections.iter().filter(|shown| shown["verdict"] == "true");
        let at_the_end = shown.filter(|shown| shown["position"] == report["head"]).count();
        let good = self.code == Some(0)
            && report["ok"] == true
            && report["violations"] == 0
            && report["records"] == report["head"]
            && at_the_end == linli_readmodel::Projection::ALL.len();
        anyhow::ensure!(good, "the audit ended with {:?}: {report:#}", self.code);
        Ok(())
    }

    /// The findings, in the log and in the read models.
    #[must_use]
    pub fn findings(&self) -> Vec<serde_json::Value> {
        let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
        let rows = list(&self.report["projections"]);
        let rows = rows.iter().flat_map(|shown| list(&shown["findings"]));
        list(&self.report["findings"]).into_iter().chain(rows).collect()
    }
}

impl Process {
    /// Is it still there?
    ///
    /// # Errors
    ///
    /// If it ended by itself, with the end of its log.
    pub fn still_runs(&mut self) -> anyhow::Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => anyhow::bail!("it ended by itself, {status}:\n{}", self.last_words()),
        }
    }

    /// Kills it (SIGKILL) and returns when it is gone.
    ///
    /// # Errors
    ///
    /// If it had ended by itself, with the end of its log.
    pub async fn kill(&mut self) -> anyhow::Result<()> {
        self.still_runs()?;
        self.child.kill().await.context("killing a process")
    }

    /// Tells it to stop (SIGTERM), waits for its end, and gives how it ended.
    ///
    /// # Errors
    ///
    /// If it didn't end in time.
    pub async fn stop(&mut self) -> anyhow::Result<ExitStatus> {
        self.signal("TERM")?;
        let ended = tokio::time::timeout(END_MAX, self.child.wait()).await;
        Ok(ended.with_context(|| format!("it didn't stop:\n{}", self.last_words()))??)
    }

    /// Halts it (SIGSTOP): its connections stay open and it does nothing.
    ///
    /// # Errors
    ///
    /// If the signal can't be sent.
    pub fn pause(&self) -> anyhow::Result<()> {
        self.signal("STOP")
    }

    /// Lets it go on (SIGCONT).
    ///
    /// # Errors
    ///
    /// If the signal can't be sent.
    pub fn resume(&self) -> anyhow::Result<()> {
        self.signal("CONT")
    }

    /// Its process id, while it runs.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// The most memory that it ever held, in KiB, while it runs.
    #[must_use]
    pub fn memory_most_kib(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid()?)).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.split_ascii_whitespace().next()?.parse().ok()
    }

    /// The end of its log.
    #[must_use]
    pub fn last_words(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        let shown = lines.get(lines.len().saturating_sub(LOG_LINES_SHOWN)..).unwrap_or_default();
        shown.join("\n")
    }

    fn signal(&self, name: &str) -> anyhow::Result<()> {
        signal(name, self.child.id().context("it has ended")?)
    }
}

/// Sends a signal to a process.
///
/// # Errors
///
/// If there is no such process, or it isn't ours.
pub fn signal(name: &str, pid: u32) -> anyhow::Result<()> {
    // The shell's own `kill`: slim systems have no program of that name.
    let kill = r#"kill -s "$1" "$2""#;
    let pid = pid.to_string();
    let status = std::process::Command::new("sh").args(["-c", kill, "sh", name, &pid]).status();
    let status = status.context("sending a signal")?;
    anyhow::ensure!(status.success(), "SIG{name} couldn't be sent to {pid}");
    Ok(())
}

/// An address on this machine where nobody listens now.
///
/// # Errors
///
/// If there is none.
pub fn free_address() -> anyhow::Result<SocketAddr> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
