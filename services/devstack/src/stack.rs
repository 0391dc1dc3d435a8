//! One PostgreSQL and one NATS, from start to stop.

use std::path::Path;

use crate::database;
use crate::error::Error;
use crate::find;
use crate::home::Home;
use crate::nats::Nats;
use crate::options::Options;
use crate::postgres::{Postgres, StopMode};
use crate::user::ServerUser;

/// A port that was free may be taken before the server has it; so many ports are tried.
const PORTS_MAX: u32 = 5;

/// A running PostgreSQL and NATS.
///
/// Dropping it ends both servers and, if it was temporary, removes the folder, in the background and within
/// some seconds; so does the end of the process, even by `kill -9`. [`Stack::stop`] does the same in order
/// and waits for it.
#[derive(Debug)]
pub struct Stack {
    options: Options,
    postgres: Postgres,
    nats: Nats,
    // Last, since the servers are woken while they still have their keeper.
    home: Home,
}

impl Stack {
    /// Finds or fetches the servers, makes or reopens the data folder and starts what is wanted.
    /// Returns when everything answers.
    ///
    /// # Errors
    ///
    /// [`Error::NoServer`] with what to install; [`Error::InUse`] if another stack runs on the folder;
    /// [`Error::Ended`] with the end of its log if a server refuses to run; and what else [`Error`] lists.
    pub async fn start(options: Options) -> Result<Stack, Error> {
        let user = ServerUser::detect()?;
        let home = Home::open(options.data_dir.as_deref(), user).await?;
        Stack::start_in(home, options).await
    }

    /// Starts in a folder that is made already.
    pub(crate) async fn start_in(home: Home, options: Options) -> Result<Stack, Error> {
        let postgres =
            Postgres::new(&home, options.postgres_port, options.postgres_settings.clone())?;
        let nats = Nats::new(options.nats_port)?;
        let mut stack = Stack { options, postgres, nats, home };
        if stack.options.postgres {
            stack.first_start_postgres().await?;
        }
        if stack.options.nats {
            stack.first_start_nats().await?;
        }
        Ok(stack)
    }

    async fn first_start_postgres(&mut self) -> Result<(), Error> {
        let mut outcome = self.start_postgres().await;
        let is_ours_to_choose = self.options.postgres_port.is_none();
        for _ in 1..PORTS_MAX {
            if !is_ours_to_choose || !matches!(outcome, Err(Error::Ended { .. })) {
                break;
            }
            self.postgres.change_port(&self.home)?;
            outcome = self.start_postgres().await;
        }
        outcome
    }

    async fn first_start_nats(&mut self) -> Result<(), Error> {
        let mut outcome = self.start_nats().await;
        let is_ours_to_choose = self.options.nats_port.is_none();
        for _ in 1..PORTS_MAX {
            if !is_ours_to_choose || !matches!(outcome, Err(Error::Ended { .. })) {
                break;
            }
            self.nats.change_port()?;
            outcome = self.start_nats().await;
        }
        outcome
    }

    /// Stops both servers in order and waits until they, and a temporary folder, are gone.
    ///
    /// # Errors
    ///
    /// [`Error::Late`] if a server does not end within its bound; it is then ended by force.
    pub async fn stop(mut self) -> Result<(), Error> {
        let nats = if self.nats_pid().is_some() { self.nats.stop().await } else { Ok(()) };
        // Nobody will read a temporary folder again, so no checkpoint is needed.
        let mode = if self.home.is_kept() { StopMode::Fast } else { StopMode::Immediate };
        let postgres =
            if self.postgres_pid().is_some() { self.postgres.stop(mode).await } else { Ok(()) };
        self.home.finish().await;
        nats.and(postgres)
    }

    /// The folder that everything lives in; not always the wanted one, see [`Options::data_dir`].
    #[must_use]
    pub fn data_dir(&self) -> &Path {
        self.home.folder()
    }

    /// The superuser's URL of the database `postgres`, password included. It stays the same over restarts.
    #[must_use]
    pub fn postgres_url(&self) -> &str {
        self.postgres.url()
    }

    /// Where NATS listens, as `nats://127.0.0.1:PORT`. It stays the same over restarts.
    #[must_use]
    pub fn nats_url(&self) -> &str {
        self.nats.url()
    }

    /// Where NATS tells about itself, as `http://127.0.0.1:PORT` (`/healthz`, `/jsz`, …).
    #[must_use]
    pub fn nats_monitor_url(&self) -> &str {
        self.nats.monitor_url()
    }

    /// Makes a database, unless it is there, and returns its URL.
    ///
    /// # Errors
    ///
    /// [`Error::DatabaseName`] or [`Error::Postgres`].
    pub async fn create_database(&self, name: &str) -> Result<String, Error> {
        database::create(self.postgres_url(), name).await
    }

    /// The postmaster's process id, if it runs.
    pub fn postgres_pid(&mut self) -> Option<u32> {
        self.postgres.pid()
    }

    /// The process id of NATS, if it runs.
    pub fn nats_pid(&mut self) -> Option<u32> {
        self.nats.pid()
    }

    /// Starts PostgreSQL on its data, recovering them if need be, and waits until it answers.
    ///
    /// # Errors
    ///
    /// [`Error::Running`] if it runs, else as [`Stack::start`].
    pub async fn start_postgres(&mut self) -> Result<(), Error> {
        if !self.postgres.has_bin() {
            self.postgres.use_bin(find::postgres(&self.options, self.home.user()).await?);
        }
        self.postgres.start(&self.home).await
    }

    /// Stops PostgreSQL and waits until it has ended. The data stay.
    ///
    /// # Errors
    ///
    /// [`Error::NotRunning`], or [`Error::Late`].
    pub async fn stop_postgres(&mut self, mode: StopMode) -> Result<(), Error> {
        self.postgres.stop(mode).await
    }

    /// Kills PostgreSQL, the postmaster and all its processes, with SIGKILL, as a power cut would
    /// (short of the operating system's own buffers). Returns when they are gone.
    ///
    /// # Errors
    ///
    /// [`Error::NotRunning`], or [`Error::Late`].
    pub async fn kill_postgres(&mut self) -> Result<(), Error> {
        self.postgres.kill().await
    }

    /// Halts PostgreSQL and all its processes (SIGSTOP): connections stay open and nobody answers.
    ///
    /// # Errors
    ///
    /// [`Error::NotRunning`].
    pub fn pause_postgres(&mut self) -> Result<(), Error> {
        self.postgres.pause()
    }

    /// Lets a paused PostgreSQL go on.
    ///
    /// # Errors
    ///
    /// [`Error::NotRunning`].
    pub fn resume_postgres(&mut self) -> Result<(), Error> {
        self.postgres.resume()
    }

    /// Starts NATS on its store and waits until it answers, JetStream included.
    ///
    /// # Errors
    ///
    /// [`Error::Running`] if it runs, else as [`Stack::start`].
    pub async fn start_nats(&mut self) -> Result<(), Error> {
        if !self.nats.has_program() {
            self.nats.use_program(find::nats(&self.options, self.home.user()).await?);
        }
        self.nats.start(&self.home).await
    }

    /// Stops NATS in order and waits until it has ended. Its store stays.
    ///
    /// # Errors
    ///
    /// [`Error::NotRunning`], or [`Error::Late`].
    pub async fn stop_nats(&mut self) -> Result<(), Error> {
        self.nats.stop().await
    }

    /// Kills NATS with SIGKILL and returns when it is gone. Its store stays.
    ///
    /// # Errors
    ///
    /// [`Error::NotRunning`], or [`Error::Late`].
    pub async fn kill_nats(&mut self) -> Result<(), Error> {
        self.nats.kill().await
    }

    /// Throws away JetStream's store: all streams and consumers. NATS is killed first if it runs, and
    /// not started again.
    ///
    /// # Errors
    ///
    /// [`Error::Late`] or [`Error::Io`].
    pub async fn delete_nats_store(&mut self) -> Result<(), Error> {
        self.nats.delete_store(&self.home).await
    }

    /// Halts NATS (SIGSTOP): connections stay open and nobody answers.
    ///
    /// # Errors
    ///
    /// [`Error::NotRunning`].
    pub fn pause_nats(&mut self) -> Result<(), Error> {
        self.nats.signal("STOP")
    }

    /// Lets a paused NATS go on.
    ///
    /// # Errors
    ///
    /// [`Error::NotRunning`].
    pub fn resume_nats(&mut self) -> Result<(), Error> {
        self.nats.signal("CONT")
    }
}
