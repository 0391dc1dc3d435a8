//! PostgreSQL: made once, started and stopped as often as wanted.

use std::path::Path;
use std::time::Duration;

use tokio_postgres::NoTls;

use crate::error::Error;
use crate::find::PostgresBin;
use crate::guardian::{Guardian, Launch};
use crate::home::Home;
use crate::{cluster, port, process, wait};

const SERVER: &str = "PostgreSQL";

/// Recovery after a crash included.
const READY_MAX_S: u64 = 30;
/// A checkpoint on a slow disk included.
const STOP_MAX_S: u64 = 30;
/// Processes that get SIGKILL go at once; a busy machine may need a moment to notice.
const KILL_MAX_S: u64 = 10;
/// One attempt to connect while waiting.
const CONNECT_MAX_S: u64 = 2;

/// What the server runs with. What would lose a commit is said outright, so that nobody has to look it up.
const SETTINGS: [(&str, &str); 17] = [
    ("listen_addresses", "127.0.0.1"),
    // A path in a data folder is soon too long for a socket (107 bytes).
    ("unix_socket_directories", ""),
    ("fsync", "on"),
    ("synchronous_commit", "on"),
    ("full_page_writes", "on"),
    // Every test has its own database and pools.
    ("max_connections", "200"),
    ("shared_buffers", "256MB"),
    ("wal_compression", "on"),
    // Whoever commits waits while a new segment of the log is filled with zeroes; used ones are used again.
    ("min_wal_size", "1GB"),
    ("max_wal_size", "2GB"),
    ("checkpoint_timeout", "15min"),
    // Short statements gain nothing from compiling.
    ("jit", "off"),
    ("timezone", "UTC"),
    ("log_timezone", "UTC"),
    ("log_line_prefix", "%m [%p] %d "),
    // Standard error goes to the stack's log.
    ("logging_collector", "off"),
    // Containers often have a /dev/shm too small for parallel workers.
    ("max_parallel_workers_per_gather", "0"),
];

/// How [`Stack::stop_postgres`](crate::Stack::stop_postgres) stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopMode {
    /// Waits for the connections to end, then for a checkpoint.
    Smart,
    /// Ends the connections, then a checkpoint.
    Fast,
    /// Ends at once; the next start recovers.
    Immediate,
}

impl StopMode {
    fn signal(self) -> &'static str {
        match self {
            StopMode::Smart => "TERM",
            StopMode::Fast => "INT",
            StopMode::Immediate => "QUIT",
        }
    }
}

#[derive(Debug)]
pub(crate) struct Postgres {
    /// Found at the first start.
    bin: Option<PostgresBin>,
    port: u16,
    settings: Vec<(String, String)>,
    url: String,
    guardian: Option<Guardian>,
    is_paused: bool,
}

impl Postgres {
    pub(crate) fn new(
        home: &Home,
        wanted_port: Option<u16>,
        settings: Vec<(String, String)>,
    ) -> Result<Self, Error> {
        let port = wanted_port.map_or_else(port::free, Ok)?;
        let url = url(home, port);
        Ok(Postgres { bin: None, port, settings, url, guardian: None, is_paused: false })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// After somebody else was faster with the first one.
    pub(crate) fn change_port(&mut self, home: &Home) -> Result<(), Error> {
        self.port = port::free()?;
        self.url = url(home, self.port);
        Ok(())
    }

    pub(crate) fn pid(&mut self) -> Option<u32> {
        self.running().ok().map(|guardian| guardian.pid())
    }

    pub(crate) fn has_bin(&self) -> bool {
        self.bin.is_some()
    }

    pub(crate) fn use_bin(&mut self, bin: PostgresBin) {
        self.bin = Some(bin);
    }

    /// Starts on the data that are there, or makes them first.
    pub(crate) async fn start(&mut self, home: &Home) -> Result<(), Error> {
        if self.running().is_ok() {
            return Err(Error::Running { server: SERVER });
        }
        let Some(bin) = &self.bin else { return Err(Error::NotRunning { server: SERVER }) };
        let data = home.postgres_data();
        cluster::prepare(home, bin).await?;
        let launch = Launch {
            server: SERVER,
            log: "postgres",
            // Nobody will read a temporary folder again.
            end_signal: if home.is_kept() {
                StopMode::Fast.signal()
            } else {
                StopMode::Immediate.signal()
            },
            program: &bin.dir.join("postgres"),
            args: self.arguments(&data),
        };
        let mut guardian = Guardian::start(home, launch)?;
        let ready = self.wait_ready(&mut guardian).await;
        self.guardian = Some(guardian);
        self.is_paused = false;
        ready
    }

    fn arguments(&self, data: &Path) -> Vec<String> {
        let mut args = vec![
            "-D".to_owned(),
            data.display().to_string(),
            "-p".to_owned(),
            self.port.to_string(),
        ];
        let own = SETTINGS.iter().map(|(name, value)| format!("{name}={value}"));
        // The last one wins.
        let wanted = self.settings.iter().map(|(name, value)| format!("{name}={value}"));
        args.extend(own.chain(wanted).flat_map(|setting| ["-c".to_owned(), setting]));
        args
    }

    async fn wait_ready(&self, guardian: &mut Guardian) -> Result<(), Error> {
        let mut refused = None;
        let ready = wait::until(READY_MAX_S, async || {
            if guardian.has_ended() {
                return Some(Err(guardian.ended_by_itself()));
            }
            match answers(&self.url).await {
                // Another's server on the same port would have refused our password.
                Ok(()) => Some(Ok(())),
                Err(error) => {
                    refused = Some(error);
                    None
                }
            }
        });
        match (ready.await, refused) {
            (Some(outcome), _) => outcome,
            (None, Some(Some(source))) => {
                Err(Error::Postgres { doing: "connect to PostgreSQL".to_owned(), source })
            }
            (None, _) => Err(Error::Late { server: SERVER, what: "answer", bound_s: READY_MAX_S }),
        }
    }

    /// Stops in order.
    pub(crate) async fn stop(&mut self, mode: StopMode) -> Result<(), Error> {
        self.resume()?;
        let guardian = self.running()?;
        guardian.signal(mode.signal())?;
        guardian.ended(STOP_MAX_S).await?;
        self.guardian = None;
        Ok(())
    }

    /// SIGKILL to the postmaster and all its processes, and waits until they are gone.
    pub(crate) async fn kill(&mut self) -> Result<(), Error> {
        let guardian = self.running()?;
        // Stopped, so that it forks nobody who is not in the list.
        guardian.signal("STOP")?;
        let backends = process::children(guardian.pid());
        guardian.signal("KILL")?;
        process::signal("KILL", &backends)?;
        guardian.ended(KILL_MAX_S).await?;
        self.guardian = None;
        self.is_paused = false;
        // A living backend would keep the next postmaster from starting.
        let gone = async || backends.iter().all(|pid| !process::is_alive(*pid)).then_some(());
        let late = Error::Late { server: SERVER, what: "end", bound_s: KILL_MAX_S };
        wait::until(KILL_MAX_S, gone).await.ok_or(late)
    }

    /// SIGSTOP to the postmaster and all its processes.
    pub(crate) fn pause(&mut self) -> Result<(), Error> {
        let guardian = self.running()?;
        guardian.signal("STOP")?;
        process::signal("STOP", &process::children(guardian.pid()))?;
        self.is_paused = true;
        Ok(())
    }

    /// SIGCONT to all that `pause` stopped.
    pub(crate) fn resume(&mut self) -> Result<(), Error> {
        let is_paused = self.is_paused;
        let guardian = self.running()?;
        if is_paused {
            process::signal("CONT", &process::children(guardian.pid()))?;
            guardian.signal("CONT")?;
            self.is_paused = false;
        }
        Ok(())
    }

    fn running(&mut self) -> Result<&mut Guardian, Error> {
        let guardian = self.guardian.as_mut().ok_or(Error::NotRunning { server: SERVER })?;
        if guardian.has_ended() { Err(Error::NotRunning { server: SERVER }) } else { Ok(guardian) }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // The guardian wakes the postmaster only; sleeping backends would stay for ever.
        let _ = self.resume();
    }
}

fn url(home: &Home, port: u16) -> String {
    format!("postgres://postgres:{}@127.0.0.1:{port}/postgres", home.password())
}

/// Whether the server lets us in. The inner `None` is an attempt that took too long.
pub(crate) async fn answers(url: &str) -> Result<(), Option<tokio_postgres::Error>> {
    let attempt = tokio_postgres::connect(url, NoTls);
    match tokio::time::timeout(Duration::from_secs(CONNECT_MAX_S), attempt).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(Some(error)),
        Err(_) => Err(None),
    }
}
