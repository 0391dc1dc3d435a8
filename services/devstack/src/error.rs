//! What can go wrong, and what a person can do about it.

use std::io;
use std::path::PathBuf;

/// Why a stack could not be started, stopped or asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file, a folder or a program could not be used.
    #[error("could not {doing}")]
    Io {
        /// What was being done, as the rest of a sentence that begins with "could not".
        doing: String,
        /// What the system said.
        source: io::Error,
    },

    /// There is no such server where it was looked for, and none could be fetched.
    #[error("no {server} that can be used\n{}\n{advice}", tried.join("\n"))]
    NoServer {
        /// The server's name.
        server: &'static str,
        /// What was tried, one line each, with its outcome.
        tried: Vec<String>,
        /// What to install or to set.
        advice: &'static str,
    },

    /// A fetched file is not the one that this version of Linli was built against.
    #[error(
        "{file} was fetched with SHA-256 {found}, which is not the pinned {pinned}; it was thrown away"
    )]
    WrongHash {
        /// The name of the file.
        file: String,
        /// The hash of what came.
        found: String,
        /// The hash that should have come.
        pinned: &'static str,
    },

    /// Root has to hand PostgreSQL to an unprivileged user, and there is none.
    #[error(
        "PostgreSQL refuses to run as root, and neither `postgres` nor `nobody` is a user here"
    )]
    NoUser,

    /// The user that runs the servers cannot get at a folder.
    #[error("{} cannot be reached by the user {user}, who runs the servers", folder.display())]
    Unreachable {
        /// The folder.
        folder: PathBuf,
        /// The user's name.
        user: String,
    },

    /// A folder with a name that others can guess was made by somebody else.
    #[error("{} belongs to another user", folder.display())]
    Foreign {
        /// The folder.
        folder: PathBuf,
    },

    /// Another stack uses the data folder.
    #[error("{} is in use by another stack", folder.display())]
    InUse {
        /// The data folder.
        folder: PathBuf,
    },

    /// The data folder was made by another major version of PostgreSQL.
    #[error("{} was made by PostgreSQL {made_by}, and the server found is {found}; set LINLI_POSTGRES_BIN to the older one's bin folder, or move the data away", folder.display())]
    OtherMajor {
        /// The data folder.
        folder: PathBuf,
        /// What `PG_VERSION` says.
        made_by: String,
        /// The major version of the server that would be started.
        found: u32,
    },

    /// `initdb` refused.
    #[error("initdb failed: {said}")]
    Initdb {
        /// What it printed.
        said: String,
    },

    /// A server ended where it should have run.
    #[error("{server} ended by itself; its log ends with:\n{log_tail}")]
    Ended {
        /// The server's name.
        server: &'static str,
        /// The last lines of its log.
        log_tail: String,
    },

    /// A server did not come up, or go down, within its bound.
    #[error("{server} did not {what} within {bound_s} s")]
    Late {
        /// The server's name.
        server: &'static str,
        /// What it was to do.
        what: &'static str,
        /// How long was waited, in seconds.
        bound_s: u64,
    },

    /// The server is not running, so there is nothing to stop, kill or pause.
    #[error("{server} is not running")]
    NotRunning {
        /// The server's name.
        server: &'static str,
    },

    /// The server runs already.
    #[error("{server} is running already")]
    Running {
        /// The server's name.
        server: &'static str,
    },

    /// A name that cannot be a database's here.
    #[error(
        "{name:?} is not a database name: 1 to 63 of a-z, 0-9 and _, not beginning with a digit"
    )]
    DatabaseName {
        /// The name as it was given.
        name: String,
    },

    /// PostgreSQL refused a statement or a connection.
    #[error("could not {doing}")]
    Postgres {
        /// What was being done, as the rest of a sentence that begins with "could not".
        doing: String,
        /// What PostgreSQL said.
        source: tokio_postgres::Error,
    },
}

impl Error {
    /// For `map_err`: an I/O error with what was being done.
    pub(crate) fn io(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Error {
        let doing = doing.into();
        move |source| Error::Io { doing, source }
    }

    /// For `map_err`: PostgreSQL's error with what was being done.
    pub(crate) fn postgres(
        doing: impl Into<String>,
    ) -> impl FnOnce(tokio_postgres::Error) -> Error {
        let doing = doing.into();
        move |source| Error::Postgres { doing, source }
    }
}
