//! Where the processes of a fleet are started.

use std::net::SocketAddr;
use std::path::PathBuf;

use super::ship::Ship;
use crate::Binary;

/// Where the processes of a fleet are started.
#[derive(Clone, Debug)]
pub(super) struct Yard {
    pub(super) binary: Binary,
    pub(super) district: String,
    pub(super) database_url: String,
    /// The same, by the way that everything in one process takes.
    pub(super) wired_database_url: String,
    pub(super) nats_url: String,
    /// The same, by the way that the projectors take.
    pub(super) projector_nats_url: String,
    pub(super) test_clock: Option<String>,
}

impl Yard {
    pub(super) fn launch(
        &self,
        part: &'static str,
        address: SocketAddr,
        log: PathBuf,
    ) -> anyhow::Result<Ship> {
        let bind = address.to_string();
        let database_url =
            if part == "all" { &self.wired_database_url } else { &self.database_url };
        let nats_url = if part == "projector" { &self.projector_nats_url } else { &self.nats_url };
        let serve = ["--log", "info", "serve", part, "--bind", &bind, "--nats-url", nats_url];
        let place = ["--database-url", database_url, "--district", &self.district];
        let mut args = [&serve[..], &place].concat();
        // Takes load as it comes: who sends too much is another test's.
        if matches!(part, "gateway" | "all") {
            args.extend(["--rate-limit", "off"]);
        }
        if let (Some(clock), "ledger" | "all") = (&self.test_clock, part) {
            args.extend(["--test-clock", clock]);
        }
        let process = self.binary.spawn(&args, &log)?;
        Ok(Ship { part, address, log, process })
    }

    /// Runs a command to its end, which has to be a good one; gives what it printed.
    pub(super) async fn run(&self, args: &[&str]) -> anyhow::Result<Vec<u8>> {
        let place = ["--database-url", &self.database_url, "--district", &self.district];
        let output = self.binary.run(&[args, &place].concat()).await?;
        let said = String::from_utf8_lossy(&output.stderr);
        anyhow::ensure!(output.status.success(), "linli {}: {said}", args.join(" "));
        Ok(output.stdout)
    }
}
