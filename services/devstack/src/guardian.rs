//! One server process and the shell that ends it when its stack's keeper has gone.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::error::Error;
use crate::home::Home;
use crate::process;
use crate::wait;

const SCRIPT: &str = include_str!("guardian.sh");

/// How much of a log an error shows.
const LOG_TAIL_LINES: usize = 15;

/// What to start.
pub(crate) struct Launch<'a> {
    /// The server's name in errors.
    pub(crate) server: &'static str,
    /// The log's file name without its ending.
    pub(crate) log: &'static str,
    /// The signal that ends it when the owner has gone.
    pub(crate) end_signal: &'static str,
    /// The program.
    pub(crate) program: &'a Path,
    /// Its arguments.
    pub(crate) args: Vec<String>,
}

/// A running server under guard.
#[derive(Debug)]
pub(crate) struct Guardian {
    server: &'static str,
    shell: Child,
    pid: u32,
    log: PathBuf,
}

impl Guardian {
    /// Starts the server as the home's user and returns once it has a process id.
    pub(crate) fn start(home: &Home, launch: Launch<'_>) -> Result<Guardian, Error> {
        let log = home.log(launch.log);
        let lock = home.lock_copy()?;
        let mut command = Command::new("sh");
        home.user().run_as(&mut command);
        command
            .args(["-c", SCRIPT, "linli-guardian", launch.end_signal])
            .args([&log, &home.mark(launch.log)])
            .arg(launch.program)
            .args(&launch.args)
            .stdin(home.keeper_pipe()?)
            .stdout(Stdio::piped())
            .stderr(lock)
            .process_group(0);
        let mut shell = command.spawn().map_err(Error::io("start a shell"))?;
        let pid = read_pid(&mut shell).map_err(Error::io(format!("start {}", launch.server)))?;
        Ok(Guardian { server: launch.server, shell, pid, log })
    }

    /// The server's own process id.
    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    /// Whether the server has ended.
    pub(crate) fn has_ended(&mut self) -> bool {
        !matches!(self.shell.try_wait(), Ok(None))
    }

    /// Sends the server a signal, unless it has ended.
    pub(crate) fn signal(&mut self, name: &str) -> Result<(), Error> {
        if self.has_ended() { Ok(()) } else { process::signal(name, &[self.pid]) }
    }

    /// Waits for the end, at most so long.
    pub(crate) async fn ended(&mut self, bound_s: u64) -> Result<(), Error> {
        let server = self.server;
        let ended = wait::until(bound_s, async || self.has_ended().then_some(())).await;
        ended.ok_or(Error::Late { server, what: "end", bound_s })
    }

    /// The error for a server that ended where it should have run.
    pub(crate) fn ended_by_itself(&self) -> Error {
        Error::Ended { server: self.server, log_tail: tail(&self.log) }
    }
}

fn read_pid(shell: &mut Child) -> std::io::Result<u32> {
    let mut line = String::new();
    let stdout = shell.stdout.take().ok_or_else(|| std::io::Error::other("no pipe"))?;
    BufReader::new(stdout).read_line(&mut line)?;
    line.trim().parse().map_err(|_| std::io::Error::other(format!("no process id but {line:?}")))
}

fn tail(log: &Path) -> String {
    let Ok(file) = File::open(log) else { return String::new() };
    let mut lines: std::collections::VecDeque<String> = std::collections::VecDeque::new();
    for line in BufReader::new(file).lines().map_while(Result::ok) {
        if lines.len() == LOG_TAIL_LINES {
            lines.pop_front();
        }
        lines.push_back(line);
    }
    Vec::from(lines).join("\n")
}
