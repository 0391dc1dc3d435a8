//! PostgreSQL's data folder (a "database cluster" in its own words), made ready for a start.

use std::path::Path;
use std::time::Duration;

use tokio::process::Command;

use crate::error::Error;
use crate::find::PostgresBin;
use crate::home::Home;
use crate::process;

/// Usually half a second; a slow disk syncs for longer.
const INITDB_MAX_S: u64 = 120;

/// Makes the data if there are none, else sees that the server can start on them.
pub(crate) async fn prepare(home: &Home, bin: &PostgresBin) -> Result<(), Error> {
    let data = home.postgres_data();
    if !data.join("PG_VERSION").exists() {
        return make(home, bin).await;
    }
    check_major(&data, bin.major)?;
    remove_misleading_pid_file(&data)
}

/// Makes the data beside their place and moves them there, so that half of them is never taken for all.
async fn make(home: &Home, bin: &PostgresBin) -> Result<(), Error> {
    let mut said = String::new();
    // Not every system has C.UTF-8; C with UTF-8 sorts the same.
    for locale in ["C.UTF-8", "C"] {
        let fresh = home.empty_folder("postgres.new")?;
        let password = home.secret_file(home.password())?;
        let mut initdb = std::process::Command::new(bin.dir.join("initdb"));
        home.user().run_as(&mut initdb);
        initdb
            .args(["--username=postgres", "--auth=scram-sha-256", "--data-checksums"])
            .args(["--encoding=UTF8", &format!("--locale={locale}")])
            .arg("--pwfile")
            .arg(password.path())
            .arg("--pgdata")
            .arg(&fresh)
            // It reads nothing; but the folder stays locked for as long as it works, should we be killed.
            .stdin(home.lock_copy()?);
        if !home.is_kept() {
            initdb.arg("--no-sync");
        }
        let late = Error::Late { server: "initdb", what: "end", bound_s: INITDB_MAX_S };
        let work = Command::from(initdb).kill_on_drop(true).output();
        let outcome = tokio::time::timeout(Duration::from_secs(INITDB_MAX_S), work).await;
        let output = outcome.map_err(|_| late)?.map_err(Error::io("run initdb"))?;
        if output.status.success() {
            let data = home.postgres_data();
            let doing = format!("make {}", data.display());
            return std::fs::rename(&fresh, &data).map_err(Error::io(doing));
        }
        said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    }
    Err(Error::Initdb { said })
}

fn check_major(data: &Path, found: u32) -> Result<(), Error> {
    let file = data.join("PG_VERSION");
    let doing = format!("read {}", file.display());
    let made_by = std::fs::read_to_string(&file).map_err(Error::io(doing))?;
    let made_by = made_by.trim().to_owned();
    if made_by == found.to_string() {
        Ok(())
    } else {
        Err(Error::OtherMajor { folder: data.to_owned(), made_by, found })
    }
}

/// PostgreSQL clears away a dead server's `postmaster.pid`, except if the process id has passed to
/// somebody else meanwhile, as it soon does in a container. We hold the folder's lock, so none of our
/// servers runs here; one that somebody started by hand still counts.
fn remove_misleading_pid_file(data: &Path) -> Result<(), Error> {
    let file = data.join("postmaster.pid");
    let Ok(text) = std::fs::read_to_string(&file) else { return Ok(()) };
    let pid = text.lines().next().and_then(|line| line.trim().parse::<u32>().ok());
    let Some(pid) = pid else { return Ok(()) };
    let data = data.canonicalize().map_err(Error::io(format!("find {}", data.display())))?;
    // A postmaster works in its data folder. One whose folder we may not see is not of our user.
    let works_in = std::fs::read_link(format!("/proc/{pid}/cwd"));
    let is_at_work = works_in.is_ok_and(|folder| folder == data);
    if process::is_alive(pid) && !is_at_work {
        std::fs::remove_file(&file).map_err(Error::io(format!("remove {}", file.display())))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_major_starts_on_the_data() {
        let data = tempfile::tempdir().unwrap();
        std::fs::write(data.path().join("PG_VERSION"), "15\n").unwrap();
        assert!(check_major(data.path(), 15).is_ok());
        let refused = check_major(data.path(), 18).unwrap_err();
        assert!(
            matches!(&refused, Error::OtherMajor { made_by, found: 18, .. } if made_by == "15")
        );
    }

    #[test]
    fn a_living_strangers_pid_does_not_block_the_folder_but_a_dead_one_is_left_to_postgres() {
        let data = tempfile::tempdir().unwrap();
        let file = data.path().join("postmaster.pid");
        for (pid, stays) in [(std::process::id(), false), (u32::MAX, true)] {
            std::fs::write(&file, format!("{pid}\n")).unwrap();
            remove_misleading_pid_file(data.path()).unwrap();
            assert_eq!(file.exists(), stays, "{pid}");
        }
    }
}
