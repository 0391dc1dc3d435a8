//! Where fetched servers are kept.

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::home;
use crate::user::ServerUser;

/// The first of the wanted folder, `LINLI_CACHE`, the user's cache folder and a temporary one that can be
/// written to and that the servers' user can reach (root's own cache is often closed to others).
pub(crate) fn folder(wanted: Option<&Path>, user: &ServerUser) -> Result<PathBuf, Error> {
    let variable =
        |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let candidates = [
        wanted.map(Path::to_owned),
        variable("LINLI_CACHE"),
        variable("XDG_CACHE_HOME").map(|folder| folder.join("linli")),
        variable("HOME").map(|folder| folder.join(".cache").join("linli")),
    ];
    for candidate in candidates.into_iter().flatten() {
        if user.can_reach(&candidate) && is_writable(&candidate, user) {
            return std::path::absolute(&candidate).map_err(Error::io("tell the current folder"));
        }
        tracing::debug!(folder = %candidate.display(), "not fit for a cache");
    }
    let folder = home::temporary_folder(user)?.join(format!("linli-cache-{}", user.caller_uid()));
    home::own_folder(&folder, user)?;
    Ok(folder)
}

fn is_writable(folder: &Path, user: &ServerUser) -> bool {
    home::make_reachable(folder, user).is_ok() && tempfile::tempfile_in(folder).is_ok()
}
