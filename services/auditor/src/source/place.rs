//! Files of a log, by their names in C2SP tlog-tiles: in a folder, or behind an HTTP server.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use reqwest::{Client, StatusCode};

use crate::AuditError;

/// Longest wait for one file.
const ANSWER_MAX: Duration = Duration::from_secs(30);

/// How often a file is asked for when the server does not answer or says that it can't now.
const TRIES_MAX: u32 = 5;

/// The first pause between two tries; each later one is twice as long.
const PAUSE: Duration = Duration::from_millis(250);

/// Where the files of a log are.
#[derive(Clone)]
pub enum TilesAt {
    /// In a folder.
    Folder(PathBuf),
    /// Behind an HTTP server, below this address.
    Http {
        /// The client.
        client: Client,
        /// The address, without a slash at its end.
        url: String,
        /// A key of Linli's that may read the log, if the server asks for one.
        key: Option<String>,
    },
}

impl std::fmt::Debug for TilesAt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Folder(folder) => f.debug_tuple("Folder").field(folder).finish(),
            Self::Http { url, .. } => f.debug_tuple("Http").field(url).finish(),
        }
    }
}

impl TilesAt {
    /// A folder, or an address that begins with `http://`; with a key for the latter.
    ///
    /// # Errors
    /// [`AuditError::Client`] if there can be no client.
    pub fn new(told: &str, key: Option<String>) -> Result<Self, AuditError> {
        if !told.contains("://") {
            return Ok(Self::Folder(told.into()));
        }
        let client = Client::builder().timeout(ANSWER_MAX).build().map_err(AuditError::Client)?;
        Ok(Self::Http { client, url: told.trim_end_matches('/').to_owned(), key })
    }

    /// The file of this name; none where there is none.
    pub(super) async fn file(&self, name: &str) -> Result<Option<Bytes>, AuditError> {
        match self {
            Self::Folder(folder) => {
                let path = folder_file(folder, name);
                match tokio::fs::read(&path).await {
                    Ok(bytes) => Ok(Some(bytes.into())),
                    // A folder where a file should be is no file.
                    Err(error)
                        if matches!(
                            error.kind(),
                            ErrorKind::NotFound
                                | ErrorKind::NotADirectory
                                | ErrorKind::IsADirectory
                        ) =>
                    {
                        Ok(None)
                    }
                    Err(source) => Err(AuditError::File { path, source }),
                }
            }
            Self::Http { client, url, key } => {
                let url = format!("{url}/{name}");
                let mut pause = PAUSE;
                for _ in 1..TRIES_MAX {
                    if let Ok(answer) = get(client, &url, key.as_deref()).await {
                        return Ok(answer);
                    }
                    tokio::time::sleep(pause).await;
                    pause = pause.saturating_mul(2);
                }
                get(client, &url, key.as_deref()).await
            }
        }
    }
}

async fn get(client: &Client, url: &str, key: Option<&str>) -> Result<Option<Bytes>, AuditError> {
    let ask = client.get(url);
    let ask = match key {
        Some(key) => ask.bearer_auth(key),
        None => ask,
    };
    let failed = |source| AuditError::Http { url: url.to_owned(), source };
    let answer = ask.send().await.map_err(failed)?;
    if matches!(answer.status(), StatusCode::NOT_FOUND | StatusCode::GONE) {
        return Ok(None);
    }
    let answer = answer.error_for_status().map_err(failed)?;
    answer.bytes().await.map(Some).map_err(failed)
}

/// The path of a log's file in a folder.
pub(crate) fn folder_file(folder: &Path, name: &str) -> PathBuf {
    name.split('/').fold(folder.to_owned(), |path, part| path.join(part))
}
