//! The machine that figures were measured on, and what was going on there.

mod disk;
mod processor;

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use linli_devstack::Stack;
use serde::Serialize;
use tokio_postgres::NoTls;

pub(crate) use disk::fdatasync;
pub(crate) use processor::{LOAD_THREADS, Meter, Shares, cores, own_seconds};

use crate::waits::Tail;

/// What is worth knowing of it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Machine {
    pub(crate) processor: String,
    pub(crate) cores: usize,
    pub(crate) memory_gib: Option<u64>,
    pub(crate) kernel: Option<String>,
    pub(crate) postgres: String,
    pub(crate) nats: Option<String>,
    /// Appending 4 KiB and fdatasync in the data folder, one after the other, on the idle stack.
    pub(crate) fdatasync: Tail,
    /// Over one, five and fifteen minutes, before anything was measured.
    pub(crate) load_average: Option<String>,
}

impl Machine {
    /// Looks around. Best before anything else runs.
    pub(crate) async fn describe(stack: &Stack, folder: &Path) -> anyhow::Result<Self> {
        let load = fs::read_to_string("/proc/loadavg").ok();
        let memory = field("/proc/meminfo", "MemTotal").and_then(|text| {
            let kib: u64 = text.trim_end_matches(" kB").parse().ok()?;
            Some(kib.div_ceil(1024 * 1024))
        });
        Ok(Self {
            processor: field("/proc/cpuinfo", "model name")
                .unwrap_or_else(|| "unknown processor".to_owned()),
            cores: cores(),
            memory_gib: memory,
            kernel: word("/proc/sys/kernel/osrelease"),
            postgres: postgres_version(stack.postgres_url()).await?,
            nats: nats_version(stack.nats_url()).await,
            fdatasync: fdatasync(folder).await?,
            load_average: load.map(|text| text.split(' ').take(3).collect::<Vec<_>>().join(" ")),
        })
    }

    pub(crate) fn text(&self) -> String {
        let or = |value: Option<String>| value.unwrap_or_else(|| "unknown".to_owned());
        format!(
            "{} cores, {}, {} GiB; Linux {}; PostgreSQL {}, NATS {}; fdatasync of 4 KiB p50 {:.0} µs, \
             p99 {:.0} µs; load average before {}",
            self.cores,
            self.processor,
            or(self.memory_gib.map(|gib| gib.to_string())),
            or(self.kernel.clone()),
            self.postgres,
            or(self.nats.clone()),
            self.fdatasync.p50_us,
            self.fdatasync.p99_us,
            or(self.load_average.clone()),
        )
    }
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_once(':').map(|(_, value)| value.trim().to_owned())
}

fn word(file: &str) -> Option<String> {
    fs::read_to_string(file).ok().map(|text| text.trim().to_owned())
}

async fn postgres_version(url: &str) -> anyhow::Result<String> {
    let (client, connection) =
        tokio_postgres::connect(url, NoTls).await.context("connecting to PostgreSQL")?;
    tokio::spawn(connection);
    let row = client.query_one("SHOW server_version", &[]).await?;
    let version: String = row.get(0);
    // "15.18 (Debian 15.18-0+deb12u1)"
    Ok(version.split(' ').next().unwrap_or_default().to_owned())
}

/// NATS tells its version in the first line that it sends.
async fn nats_version(url: &str) -> Option<String> {
    let client = async_nats::connect(url).await.ok()?;
    Some(client.server_info().version)
}
