//! The folder a stack lives in.
//!
//! ```text
//! lock        held by the stack's owner and by each guardian: free again when all servers have ended
//! password    of PostgreSQL's superuser
//! postgres/   PostgreSQL's data, owned by the servers' user, like the rest
//! nats/       NATS's configuration and JetStream's store
//! log/        what the servers printed, and a mark for each that runs
//! ```

use std::fs::{DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::keeper::{Afterwards, Keeper, Owner};
use crate::random;
use crate::user::ServerUser;
use crate::wait;

/// A killed run's servers have this long to end before its folder counts as in use.
const LOCK_MAX_S: u64 = 20;

/// A stack's folder, locked, with its keeper.
#[derive(Debug)]
pub(crate) struct Home {
    folder: PathBuf,
    user: ServerUser,
    lock: File,
    password: String,
    afterwards: Afterwards,
    keeper: Keeper,
}

impl Home {
    /// Makes or reopens the folder. `None` is a fresh one that goes away with the stack.
    pub(crate) async fn open(wanted: Option<&Path>, user: ServerUser) -> Result<Home, Error> {
        let Some(wanted) = wanted else {
            return Home::fresh(&temporary_folder(&user)?, user, Owner::Process).await;
        };
        let wanted = std::path::absolute(wanted).map_err(Error::io("tell the current folder"))?;
        let folder = if user.can_reach(&wanted) {
            wanted
        } else {
            let instead = stand_in(&wanted, &user)?;
            tracing::warn!(wanted = %wanted.display(), instead = %instead.display(), user = user.name(),
                "the data folder is out of reach for the servers' user; another is used");
            instead
        };
        make_reachable(&folder, &user)?;
        Home::set_up(folder, user, Owner::Process, Afterwards::Keep).await
    }

    /// A new folder inside `parent`, removed when its owner has gone.
    pub(crate) async fn fresh(
        parent: &Path,
        user: ServerUser,
        owner: Owner,
    ) -> Result<Home, Error> {
        let folder = tempfile::Builder::new()
            .prefix("linli-")
            .tempdir_in(parent)
            .map_err(Error::io(format!("make a folder in {}", parent.display())))?;
        make_passable(folder.path())?;
        let home = Home::set_up(folder.path().to_owned(), user, owner, Afterwards::Remove).await?;
        // From here on the keeper removes it.
        let _ = folder.keep();
        Ok(home)
    }

    async fn set_up(
        folder: PathBuf,
        user: ServerUser,
        owner: Owner,
        afterwards: Afterwards,
    ) -> Result<Home, Error> {
        if !user.can_reach(&folder) {
            return Err(Error::Unreachable { folder, user: user.name() });
        }
        let lock = lock(&folder.join("lock"), LOCK_MAX_S).await?;
        let password = password(&folder.join("password"))?;
        for name in ["nats", "log"] {
            make_private(&folder.join(name), &user)?;
        }
        let keeper = Keeper::start(&folder, owner, afterwards)?;
        Ok(Home { folder, user, lock, password, afterwards, keeper })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn user(&self) -> &ServerUser {
        &self.user
    }

    pub(crate) fn password(&self) -> &str {
        &self.password
    }

    /// Whether the data outlive the stack.
    pub(crate) fn is_kept(&self) -> bool {
        self.afterwards == Afterwards::Keep
    }

    pub(crate) fn postgres_data(&self) -> PathBuf {
        self.folder.join("postgres")
    }

    pub(crate) fn nats(&self) -> PathBuf {
        self.folder.join("nats")
    }

    pub(crate) fn log(&self, name: &str) -> PathBuf {
        self.folder.join("log").join(format!("{name}.log"))
    }

    /// A file that is there while the server is.
    pub(crate) fn mark(&self, name: &str) -> PathBuf {
        self.folder.join("log").join(format!("{name}.up"))
    }

    /// A file for the servers' user alone, gone when the value is.
    pub(crate) fn secret_file(&self, text: &str) -> Result<tempfile::NamedTempFile, Error> {
        let place = self.folder.join("log");
        let mut file =
            tempfile::NamedTempFile::new_in(&place).map_err(Error::io("make a temporary file"))?;
        file.write_all(text.as_bytes()).map_err(Error::io("write a temporary file"))?;
        self.user.give(file.path())?;
        Ok(file)
    }

    /// An empty folder of the servers' user, by this name.
    pub(crate) fn empty_folder(&self, name: &str) -> Result<PathBuf, Error> {
        let folder = self.folder.join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)
                .map_err(Error::io(format!("remove {}", folder.display())))?;
        }
        make_private(&folder, &self.user)?;
        Ok(folder)
    }

    pub(crate) fn keeper_pipe(&self) -> Result<Stdio, Error> {
        self.keeper.pipe()
    }

    /// The lock for a guardian to hold: locks belong to the open file, which its copies share.
    pub(crate) fn lock_copy(&self) -> Result<Stdio, Error> {
        self.lock.try_clone().map(Stdio::from).map_err(Error::io("copy the lock"))
    }

    /// Ends what still runs and tidies up.
    pub(crate) async fn finish(self) {
        drop(self.lock);
        self.keeper.finish().await;
    }
}

/// A folder for temporary ones that the servers' user can reach.
pub(crate) fn temporary_folder(user: &ServerUser) -> Result<PathBuf, Error> {
    let first = std::env::temp_dir();
    let candidates = [first.clone(), PathBuf::from("/tmp"), PathBuf::from("/var/tmp")];
    let found = candidates.into_iter().find(|folder| folder.is_dir() && user.can_reach(folder));
    found.ok_or_else(|| Error::Unreachable { folder: first, user: user.name() })
}

/// A folder with a name that others could guess: made if missing, refused if it is not ours.
pub(crate) fn own_folder(folder: &Path, user: &ServerUser) -> Result<(), Error> {
    match DirBuilder::new().mode(0o700).create(folder) {
        // Not by the mode above, which the umask would narrow.
        Ok(()) => make_passable(folder)?,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
        Err(source) => {
            return Err(Error::Io { doing: format!("make {}", folder.display()), source });
        }
    }
    let found =
        folder.symlink_metadata().map_err(Error::io(format!("look at {}", folder.display())))?;
    if found.is_dir() && found.uid() == user.caller_uid() {
        Ok(())
    } else {
        Err(Error::Foreign { folder: folder.to_owned() })
    }
}

/// Where a data folder goes that the servers' user cannot reach: the same place each time.
fn stand_in(wanted: &Path, user: &ServerUser) -> Result<PathBuf, Error> {
    let hash = random::hex(&Sha256::digest(wanted.as_os_str().as_bytes()));
    let name = format!("linli-data-{}-{}", user.caller_uid(), hash.get(..16).unwrap_or_default());
    let folder = temporary_folder(user)?.join(name);
    own_folder(&folder, user)?;
    Ok(folder)
}

/// Makes a folder, with those above it, that the servers' user can reach whatever the umask is.
pub(crate) fn make_reachable(folder: &Path, user: &ServerUser) -> Result<(), Error> {
    let missing: Vec<&Path> = folder.ancestors().take_while(|above| !above.exists()).collect();
    let doing = format!("make {}", folder.display());
    std::fs::create_dir_all(folder).map_err(Error::io(doing.clone()))?;
    for made in missing.into_iter().filter(|_| user.is_another()) {
        let mode = Permissions::from_mode(0o755);
        std::fs::set_permissions(made, mode).map_err(Error::io(doing.clone()))?;
    }
    Ok(())
}

/// The servers' user passes through the stack's folder to its own, but need not list it.
fn make_passable(folder: &Path) -> Result<(), Error> {
    let doing = format!("open {} to the servers' user", folder.display());
    std::fs::set_permissions(folder, Permissions::from_mode(0o711)).map_err(Error::io(doing))
}

fn make_private(folder: &Path, user: &ServerUser) -> Result<(), Error> {
    match DirBuilder::new().mode(0o700).create(folder) {
        Ok(()) => user.give(folder),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(source) => Err(Error::Io { doing: format!("make {}", folder.display()), source }),
    }
}

/// Locks a file, waiting at most so long for others to let go of it.
pub(crate) async fn lock(path: &Path, bound_s: u64) -> Result<File, Error> {
    let doing = format!("lock {}", path.display());
    let file = open_private(path).map_err(Error::io(doing.clone()))?;
    let outcome = wait::until(bound_s, async || match file.try_lock() {
        Err(TryLockError::WouldBlock) => None,
        Err(TryLockError::Error(error)) => Some(Err(error)),
        Ok(()) => Some(Ok(())),
    });
    match outcome.await {
        None => Err(Error::InUse { folder: path.parent().unwrap_or(path).to_owned() }),
        Some(outcome) => outcome.map(|()| file).map_err(Error::io(doing)),
    }
}

/// The password of the folder's PostgreSQL, made at the first start.
fn password(path: &Path) -> Result<String, Error> {
    let doing = format!("keep a password in {}", path.display());
    if let Ok(known) = std::fs::read_to_string(path)
        && !known.is_empty()
    {
        return Ok(known);
    }
    let password = random::token()?;
    let written = open_private(path).and_then(|mut file| file.write_all(password.as_bytes()));
    written.map(|()| password).map_err(Error::io(doing))
}

/// Opens for writing, readable by nobody else.
pub(crate) fn open_private(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)
}
