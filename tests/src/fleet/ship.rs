//! A process with an address that stays when it is started again.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;

use crate::{Ask, Http, Process, wait};

/// A process with an address that stays when it is started again.
#[derive(Debug)]
pub struct Ship {
    pub(super) part: &'static str,
    pub(super) address: SocketAddr,
    pub(super) log: PathBuf,
    pub(super) process: Process,
}

impl Ship {
    /// `http://127.0.0.1:40123`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// `ledger`, `projector`, `gateway`, or `all`.
    #[must_use]
    pub const fn part(&self) -> &'static str {
        self.part
    }

    /// The process.
    pub const fn process(&mut self) -> &mut Process {
        &mut self.process
    }

    /// What its readiness says: a ledger's is `leading …`, `standing by` or `starting`.
    pub async fn says(&self) -> Option<String> {
        says(self.address).await
    }

    /// Waits until its readiness begins so.
    ///
    /// # Errors
    ///
    /// If it doesn't in time.
    pub async fn until_it_says(&self, begins: &str) -> anyhow::Result<()> {
        let said = until_it_says(self.address, begins).await;
        said.with_context(|| format!("the {}: {}", self.part, self.process.last_words()))
    }
}

async fn says(address: SocketAddr) -> Option<String> {
    let answer = Http::new(&format!("http://{address}")).send(&Ask::get("/readyz")).await.ok()?;
    String::from_utf8(answer.body).ok()
}

/// Waits until the readiness of what listens there begins so.
pub(crate) async fn until_it_says(address: SocketAddr, begins: &str) -> anyhow::Result<()> {
    let look = async || says(address).await.filter(|said| said.starts_with(begins));
    let what = format!("what listens at {address} is {begins}");
    wait::until(&what, wait::LONG, look).await.map(|_| ())
}
