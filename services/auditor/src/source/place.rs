//! Files of a log, by their names in C2SP tlog-tiles: in a folder, or behind an HTTP server.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use futures::{StreamExt as _, TryStreamExt as _};

use super::fetch::{Asked, Fetcher};
use crate::AuditError;

/// How often a file is asked for when the server does not answer or says that it can't now.
const TRIES_MAX: u32 = 5;

/// Files asked of a server at once: one far away takes longer to answer than to send.
const ASKED_MAX: usize = 32;

/// The first pause between two tries; each later one is twice as long.
const PAUSE: Duration = Duration::from_millis(250);

/// Where the files of a log are.
#[derive(Clone, Debug)]
pub enum TilesAt {
    /// In a folder.
    Folder(PathBuf),
    /// Behind an HTTP server.
    Http(Server),
}

/// An HTTP server that has the files of a log.
#[derive(Clone)]
pub struct Server {
    fetcher: Fetcher,
    /// The address below which they are, without a slash at its end.
    url: String,
    /// A key of Linli's that may read the log, if the server asks for one.
    key: Option<String>,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("url", &self.url).finish_non_exhaustive()
    }
}

impl TilesAt {
    /// A folder, or an address that begins with `http://` or `https://`: for the latter two with a
    /// key, and with a file of certificates (PEM) that are believed beside the system's own.
    ///
    /// # Errors
    /// [`AuditError::Certificates`] if the file has none.
    pub fn new(told: &str, key: Option<String>, ca: Option<&Path>) -> Result<Self, AuditError> {
        if !told.contains("://") {
            return Ok(Self::Folder(told.into()));
        }
        let (fetcher, url) = (Fetcher::new(ca)?, told.trim_end_matches('/').to_owned());
        Ok(Self::Http(Server { fetcher, url, key }))
    }

    /// The file of this name; none where there is none.
    pub(super) async fn file(&self, name: &str) -> Result<Option<Bytes>, AuditError> {
        let found = self.files(vec![name.to_owned()]).await?;
        Ok(found.into_iter().next().flatten())
    }

    /// Files in the order of their names; none where there is none.
    pub(super) async fn files(&self, names: Vec<String>) -> Result<Vec<Option<Bytes>>, AuditError> {
        match self {
            // By one thread, one after the other: what each of many threads reads would be memory of
            // its own.
            Self::Folder(folder) => {
                let folder = folder.clone();
                let read = move || names.iter().map(|name| read(&folder, name)).collect();
                tokio::task::spawn_blocking(read).await?
            }
            Self::Http(server) => {
                let asked = names.into_iter().map(async |name| server.file(&name).await);
                futures::stream::iter(asked).buffered(ASKED_MAX).try_collect().await
            }
        }
    }
}

fn read(folder: &Path, name: &str) -> Result<Option<Bytes>, AuditError> {
    let path = folder_file(folder, name);
    match std::fs::read(&path) {
        Ok(bytes) => Ok(Some(bytes.into())),
        // A folder where a file should be is no file.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory
            ) =>
        {
            Ok(None)
        }
        Err(source) => Err(AuditError::File { path, source }),
    }
}

impl Server {
    async fn file(&self, name: &str) -> Result<Option<Bytes>, AuditError> {
        let url = format!("{}/{name}", self.url);
        let mut pause = PAUSE;
        for _ in 1..TRIES_MAX {
            match self.fetcher.get(&url, self.key.as_deref()).await {
                Ok(answer) => return Ok(answer),
                Err(error) if !error.may_pass() => {
                    return Err(AuditError::Http { url, source: error });
                }
                Err(_) => tokio::time::sleep(pause).await,
            }
            pause = pause.saturating_mul(2);
        }
        let last: Asked = self.fetcher.get(&url, self.key.as_deref()).await;
        last.map_err(|source| AuditError::Http { url, source })
    }
}

/// The path of a log's file in a folder.
pub(crate) fn folder_file(folder: &Path, name: &str) -> PathBuf {
    name.split('/').fold(folder.to_owned(), |path, part| path.join(part))
}
