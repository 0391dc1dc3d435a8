//! The small shell process that ends a stack when its owner has gone, even by `kill -9`.

use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::error::Error;
use crate::wait;

const SCRIPT: &str = include_str!("keeper.sh");

/// The servers get 15 s to end and the folder 5 s to go: together with a margin.
const TIDY_MAX_S: u64 = 25;

/// Whose life a stack's life hangs on.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Owner {
    /// This process: the stack ends with it, or with the handle.
    Process,
    /// Every process that holds a lease: the stack ends when none has for so long.
    Leases { idle_max_s: u32 },
}

/// What becomes of the folder when the stack has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Afterwards {
    Remove,
    Keep,
}

/// Holds the pipe that all guardians of a stack read from.
#[derive(Debug)]
pub(crate) struct Keeper {
    shell: Child,
    /// The reading end; each guardian gets a copy of it.
    pipe: OwnedFd,
}

impl Keeper {
    /// Starts the keeper of a folder.
    pub(crate) fn start(
        folder: &Path,
        owner: Owner,
        afterwards: Afterwards,
    ) -> Result<Keeper, Error> {
        let (stdin, owner) = match owner {
            Owner::Process => (Stdio::piped(), "pipe".to_owned()),
            Owner::Leases { idle_max_s } => (Stdio::null(), idle_max_s.to_string()),
        };
        let afterwards = match afterwards {
            Afterwards::Remove => "remove",
            Afterwards::Keep => "keep",
        };
        let mut shell = Command::new("sh")
            .args(["-c", SCRIPT, "linli-keeper"])
            .arg(folder)
            .args([owner.as_str(), afterwards])
            .stdin(stdin)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // Ctrl-C is meant for the owner, who may want to drain before the servers go.
            .process_group(0)
            .spawn()
            .map_err(Error::io("start a shell"))?;
        let pipe = shell.stdout.take().map(OwnedFd::from);
        let pipe = pipe
            .ok_or_else(|| std::io::Error::other("no pipe"))
            .map_err(Error::io("talk to the keeper"))?;
        Ok(Keeper { shell, pipe })
    }

    /// A copy of the reading end, as a guardian's standard input.
    pub(crate) fn pipe(&self) -> Result<Stdio, Error> {
        self.pipe.try_clone().map(Stdio::from).map_err(Error::io("copy a pipe"))
    }

    /// Lets go of the stack and waits until the keeper has tidied up.
    pub(crate) async fn finish(mut self) {
        drop(self.shell.stdin.take());
        // Best effort: a keeper that is late goes on by itself.
        let _ = wait::until(TIDY_MAX_S, async || self.shell.try_wait().ok().flatten()).await;
    }
}
