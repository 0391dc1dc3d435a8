//! One stack for all test processes of a run.
//!
//! `cargo test --workspace` runs many programs, and some runners give each test its own. The first to ask
//! starts a stack; all hold a lease on it (a file named by their process id); the stack's keeper ends it
//! when there has been no living holder for [`IDLE_MAX_S`]. Nobody has to give a lease back, so a killed
//! test does no harm. A stack that does not answer any more is left to its keeper, and a new one is made
//! beside it.
//!
//! ```text
//! lock             held by whoever looks for, or starts, a stack
//! current          the name of the newest stack's folder
//! linli-XXXX/      a stack: see `home`, and also
//!     lease/       one file a process
//!     running      the stack's addresses; gone from the moment its keeper means to end it
//! ```

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;

use crate::error::Error;
use crate::home::{self, Home};
use crate::keeper::Owner;
use crate::options::Options;
use crate::stack::Stack;
use crate::user::ServerUser;
use crate::{nats, postgres, random};

/// Long enough for the compiler between two test programs, short enough to leave nothing behind.
const IDLE_MAX_S: u32 = 30;
/// Whoever holds the lock may be downloading both servers.
const LOCK_MAX_S: u64 = 900;

static SHARED: OnceCell<Shared> = OnceCell::const_new();

/// A PostgreSQL and a NATS that other processes use as well.
///
/// Do not stop, kill or reconfigure them: that is what a [`Stack`] of one's own is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    postgres_url: String,
    nats_url: String,
}

impl Shared {
    /// The superuser's URL of the database `postgres`.
    #[must_use]
    pub fn postgres_url(&self) -> &str {
        &self.postgres_url
    }

    /// Where NATS listens. Streams need names of their own; [`TestDatabase::name`] is one.
    ///
    /// [`TestDatabase::name`]: crate::TestDatabase::name
    #[must_use]
    pub fn nats_url(&self) -> &str {
        &self.nats_url
    }
}

/// The stack shared by all tests of this user, started if there is none.
///
/// # Errors
///
/// As [`Stack::start`].
pub async fn shared() -> Result<&'static Shared, Error> {
    SHARED.get_or_try_init(join).await
}

async fn join() -> Result<Shared, Error> {
    let user = ServerUser::detect()?;
    let place = place(&user)?;
    let _lock = home::lock(&place.join("lock"), LOCK_MAX_S).await?;
    if let Some(shared) = join_current(&place).await {
        return Ok(shared);
    }
    let home = Home::fresh(&place, user, Owner::Leases { idle_max_s: IDLE_MAX_S }).await?;
    let folder = home.folder().to_owned();
    let lease = Lease::take(&folder)?;
    let stack = Stack::start_in(home, Options::temporary()).await?;
    let shared = Shared {
        postgres_url: stack.postgres_url().to_owned(),
        nats_url: stack.nats_url().to_owned(),
    };
    let addresses = format!("{}\n{}\n", shared.postgres_url, shared.nats_url);
    write_whole(&folder.join("running"), &addresses)?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    write_whole(&place.join("current"), &name)?;
    lease.keep();
    // The handle goes; the stack stays, since its keeper looks at the leases alone.
    Ok(shared)
}

/// One place for each user and each choice of servers.
fn place(user: &ServerUser) -> Result<PathBuf, Error> {
    let mut choice = Sha256::new_with_prefix(env!("CARGO_PKG_VERSION"));
    for variable in ["LINLI_POSTGRES_BIN", "LINLI_NATS_SERVER"] {
        choice.update(format!("|{:?}", std::env::var_os(variable)));
    }
    let choice = random::hex(&choice.finalize());
    let name =
        format!("linli-shared-{}-{}", user.caller_uid(), choice.get(..8).unwrap_or_default());
    let place = home::temporary_folder(user)?.join(name);
    home::own_folder(&place, user)?;
    Ok(place)
}

/// The newest stack, if it is there, answers, and will wait for us.
async fn join_current(place: &Path) -> Option<Shared> {
    let name = std::fs::read_to_string(place.join("current")).ok()?;
    let folder = place.join(name.trim());
    // First the lease, then the look at `running`: the keeper does it the other way round.
    let lease = Lease::take(&folder).ok()?;
    let addresses = std::fs::read_to_string(folder.join("running")).ok()?;
    let mut lines = addresses.lines().map(str::to_owned);
    let shared = Shared { postgres_url: lines.next()?, nats_url: lines.next()? };
    postgres::answers(&shared.postgres_url).await.ok()?;
    nats::greeting(&shared.nats_url).await?;
    lease.keep();
    Some(shared)
}

/// Given back if it is not kept. The nonce keeps the keeper from mistaking it for a dead process's lease
/// of the same process id.
struct Lease(Option<PathBuf>);

impl Lease {
    fn take(folder: &Path) -> Result<Lease, Error> {
        let leases = folder.join("lease");
        let doing = format!("take a lease in {}", leases.display());
        let file = leases.join(format!("{}.{}", std::process::id(), random::token()?));
        if folder.is_dir() {
            // Not with its parents: the keeper may be removing them.
            let _ = std::fs::create_dir(&leases);
        }
        File::create_new(&file).map_err(Error::io(doing))?;
        Ok(Lease(Some(file)))
    }

    fn keep(mut self) {
        self.0 = None;
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(file) = &self.0 {
            let _ = std::fs::remove_file(file);
        }
    }
}

/// Writes beside and renames, so that a reader sees all or nothing.
fn write_whole(path: &Path, text: &str) -> Result<(), Error> {
    let doing = format!("write {}", path.display());
    let aside = path.with_extension("new");
    home::open_private(&aside)
        .and_then(|mut file| file.set_len(0).and_then(|()| file.write_all(text.as_bytes())))
        .and_then(|()| std::fs::rename(&aside, path))
        .map_err(Error::io(doing))
}
