//! What kind of stack is wanted.

use std::path::PathBuf;

/// What to start, and where.
///
/// ```
/// use linli_devstack::Options;
///
/// // Only PostgreSQL, with data that stay.
/// let options = Options { nats: false, ..Options::kept("linli-data") };
/// assert!(options.postgres);
/// ```
#[derive(Debug, Clone)]
pub struct Options {
    /// Where everything lives. `None`: a fresh folder below the system's temporary one, which is removed
    /// when the stack ends. A folder that the servers' user cannot reach (root's home, say) is replaced
    /// by one below the temporary folder, the same one each time; [`Stack::data_dir`] tells which.
    ///
    /// [`Stack::data_dir`]: crate::Stack::data_dir
    pub data_dir: Option<PathBuf>,
    /// Whether [`Stack::start`] starts PostgreSQL; otherwise [`Stack::start_postgres`] can do it later.
    ///
    /// [`Stack::start`]: crate::Stack::start
    /// [`Stack::start_postgres`]: crate::Stack::start_postgres
    pub postgres: bool,
    /// Whether [`Stack::start`] starts NATS; otherwise [`Stack::start_nats`] can do it later.
    ///
    /// [`Stack::start`]: crate::Stack::start
    /// [`Stack::start_nats`]: crate::Stack::start_nats
    pub nats: bool,
    /// The folder that holds `postgres` and `initdb`. `None`: `LINLI_POSTGRES_BIN`, else the newest
    /// on the machine, else one that is fetched.
    pub postgres_bin: Option<PathBuf>,
    /// The `nats-server` program. `None`: `LINLI_NATS_SERVER`, else the one on the PATH, else one
    /// that is fetched.
    pub nats_server: Option<PathBuf>,
    /// Where fetched servers are kept. `None`: `LINLI_CACHE`, else `linli` in the user's cache folder.
    pub cache_dir: Option<PathBuf>,
    /// The port for PostgreSQL on 127.0.0.1. `None`: a free one.
    pub postgres_port: Option<u16>,
    /// The port for NATS on 127.0.0.1. `None`: a free one.
    pub nats_port: Option<u16>,
    /// PostgreSQL settings beyond, or instead of, the stack's own: name and value.
    pub postgres_settings: Vec<(String, String)>,
}

impl Options {
    /// Both servers, in a fresh folder that is removed afterwards.
    #[must_use]
    pub fn temporary() -> Options {
        Options {
            data_dir: None,
            postgres: true,
            nats: true,
            postgres_bin: None,
            nats_server: None,
            cache_dir: None,
            postgres_port: None,
            nats_port: None,
            postgres_settings: Vec::new(),
        }
    }

    /// Both servers, in a folder that stays and can be started again.
    #[must_use]
    pub fn kept(data_dir: impl Into<PathBuf>) -> Options {
        Options { data_dir: Some(data_dir.into()), ..Options::temporary() }
    }
}

impl Default for Options {
    fn default() -> Options {
        Options::temporary()
    }
}
