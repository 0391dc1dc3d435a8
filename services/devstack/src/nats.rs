//! NATS with JetStream: its store goes and comes with the wishes of a test.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;

use crate::error::Error;
use crate::guardian::{Guardian, Launch};
use crate::home::Home;
use crate::{port, random, wait};

const SERVER: &str = "NATS";

/// Recovery of a large store included.
const READY_MAX_S: u64 = 30;
/// One attempt to be greeted.
const GREETING_MAX_S: u64 = 2;
const STOP_MAX_S: u64 = 15;
const KILL_MAX_S: u64 = 10;

/// A frame of some thousands of records has to fit.
const PAYLOAD_BYTES_MAX: u64 = 8 * 1024 * 1024;
const STORE_BYTES_MAX: u64 = 4 * 1024 * 1024 * 1024;
const MEMORY_BYTES_MAX: u64 = 256 * 1024 * 1024;
const CONNECTIONS_MAX: u64 = 1_000;

#[derive(Debug)]
pub(crate) struct Nats {
    /// Found at the first start.
    program: Option<PathBuf>,
    port: u16,
    monitor_port: u16,
    /// Tells our server from another that took the port first.
    server_name: String,
    url: String,
    monitor_url: String,
    guardian: Option<Guardian>,
}

impl Nats {
    pub(crate) fn new(wanted_port: Option<u16>) -> Result<Nats, Error> {
        let port = wanted_port.map_or_else(port::free, Ok)?;
        let monitor_port = port::free()?;
        Ok(Nats {
            program: None,
            port,
            monitor_port,
            server_name: format!("linli-{}", random::token()?),
            url: format!("nats://127.0.0.1:{port}"),
            monitor_url: format!("http://127.0.0.1:{monitor_port}"),
            guardian: None,
        })
    }

    /// After somebody else was faster with the first one.
    pub(crate) fn change_port(&mut self) -> Result<(), Error> {
        let next = Nats::new(None)?;
        *self = Nats { program: self.program.take(), ..next };
        Ok(())
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn monitor_url(&self) -> &str {
        &self.monitor_url
    }

    pub(crate) fn pid(&mut self) -> Option<u32> {
        self.running().ok().map(|guardian| guardian.pid())
    }

    pub(crate) fn has_program(&self) -> bool {
        self.program.is_some()
    }

    pub(crate) fn use_program(&mut self, program: PathBuf) {
        self.program = Some(program);
    }

    pub(crate) async fn start(&mut self, home: &Home) -> Result<(), Error> {
        if self.running().is_ok() {
            return Err(Error::Running { server: SERVER });
        }
        let Some(program) = &self.program else { return Err(Error::NotRunning { server: SERVER }) };
        let config = home.nats().join("nats.conf");
        let doing = format!("write {}", config.display());
        std::fs::write(&config, self.config(&home.nats())).map_err(Error::io(doing))?;
        home.user().give(&config)?;
        let launch = Launch {
            server: SERVER,
            log: "nats",
            end_signal: "TERM",
            program,
            args: vec!["--config".to_owned(), config.display().to_string()],
        };
        let mut guardian = Guardian::start(home, launch)?;
        let ready = self.wait_ready(&mut guardian).await;
        self.guardian = Some(guardian);
        ready
    }

    /// No cluster, no gateway, no leaf nodes: what is not named here is off.
    fn config(&self, folder: &Path) -> String {
        let store = format!("{:?}", folder.display().to_string());
        let mut text = String::new();
        let lines = [
            format!("server_name: {}", self.server_name),
            format!("listen: \"127.0.0.1:{}\"", self.port),
            format!("http: \"127.0.0.1:{}\"", self.monitor_port),
            format!("max_payload: {PAYLOAD_BYTES_MAX}"),
            format!("max_connections: {CONNECTIONS_MAX}"),
            "jetstream {".to_owned(),
            format!("  store_dir: {store}"),
            format!("  max_memory_store: {MEMORY_BYTES_MAX}"),
            format!("  max_file_store: {STORE_BYTES_MAX}"),
            "}".to_owned(),
        ];
        for line in lines {
            let _ = writeln!(text, "{line}");
        }
        text
    }

    async fn wait_ready(&self, guardian: &mut Guardian) -> Result<(), Error> {
        let ready = wait::until(READY_MAX_S, async || {
            if guardian.has_ended() {
                return Some(Err(guardian.ended_by_itself()));
            }
            let greeting = greeting(&self.url).await?;
            let is_ours =
                greeting.contains(&self.server_name) && greeting.contains("\"jetstream\":true");
            is_ours.then_some(Ok(()))
        });
        ready.await.unwrap_or(Err(Error::Late {
            server: SERVER,
            what: "answer",
            bound_s: READY_MAX_S,
        }))
    }

    pub(crate) async fn stop(&mut self) -> Result<(), Error> {
        let guardian = self.running()?;
        guardian.signal("TERM")?;
        // A paused server would sleep through the signal.
        guardian.signal("CONT")?;
        guardian.ended(STOP_MAX_S).await?;
        self.guardian = None;
        Ok(())
    }

    pub(crate) async fn kill(&mut self) -> Result<(), Error> {
        let guardian = self.running()?;
        guardian.signal("KILL")?;
        guardian.ended(KILL_MAX_S).await?;
        self.guardian = None;
        Ok(())
    }

    pub(crate) async fn delete_store(&mut self, home: &Home) -> Result<(), Error> {
        if self.running().is_ok() {
            self.kill().await?;
        }
        home.empty_folder("nats").map(|_| ())
    }

    pub(crate) fn signal(&mut self, name: &str) -> Result<(), Error> {
        self.running()?.signal(name)
    }

    fn running(&mut self) -> Result<&mut Guardian, Error> {
        let guardian = self.guardian.as_mut().ok_or(Error::NotRunning { server: SERVER })?;
        if guardian.has_ended() { Err(Error::NotRunning { server: SERVER }) } else { Ok(guardian) }
    }
}

/// The line that the server greets each client with: what it is, as JSON. It listens only once JetStream
/// has recovered.
pub(crate) async fn greeting(url: &str) -> Option<String> {
    let address = url.strip_prefix("nats://")?;
    let mut greeting = String::new();
    let read = async {
        let stream = TcpStream::connect(address).await?;
        BufReader::new(stream).read_line(&mut greeting).await
    };
    let outcome = tokio::time::timeout(Duration::from_secs(GREETING_MAX_S), read).await;
    outcome.is_ok_and(|read| read.is_ok()).then_some(greeting)
}
