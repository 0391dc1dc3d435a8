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
        let answer = Http::new(&self.url()).send(&Ask::get("/readyz")).await.ok()?;
        String::from_utf8(answer.body).ok()
    }

    /// Waits until its readiness begins so.
    ///
    /// # Errors
    ///
    /// If it doesn't in time.
    pub async fn until_it_says(&self, begins: &str) -> anyhow::Result<()> {
        let what = format!("the {} at {} is {begins}", self.part, self.address);
        let look = async || self.says().await.filter(|said| said.starts_with(begins));
        let said = wait::until(&what, wait::LONG, look).await;
        said.map(|_| ()).with_context(|| self.process.last_words())
    }
}
