//! Who runs the servers: the caller, or an unprivileged user when the caller is root.

use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::error::Error;

/// PostgreSQL refuses to run as root; these are asked in turn to run it instead.
const UNPRIVILEGED: [&str; 2] = ["postgres", "nobody"];

/// The user that the servers run as.
#[derive(Debug, Clone)]
pub(crate) struct ServerUser {
    caller_uid: u32,
    /// `None`: the caller is not root and runs the servers itself.
    account: Option<Account>,
}

#[derive(Debug, Clone)]
struct Account {
    name: String,
    uid: u32,
    gid: u32,
}

impl ServerUser {
    /// Looks at who we are.
    pub(crate) fn detect() -> Result<ServerUser, Error> {
        let caller_uid = caller_uid()?;
        if caller_uid != 0 {
            return Ok(ServerUser { caller_uid, account: None });
        }
        let passwd =
            std::fs::read_to_string("/etc/passwd").map_err(Error::io("read /etc/passwd"))?;
        let account = UNPRIVILEGED.iter().find_map(|name| find_account(&passwd, name));
        Ok(ServerUser { caller_uid, account: Some(account.ok_or(Error::NoUser)?) })
    }

    /// The caller's own user id, 0 for root.
    pub(crate) fn caller_uid(&self) -> u32 {
        self.caller_uid
    }

    /// Whether the servers' user is not the caller.
    pub(crate) fn is_another(&self) -> bool {
        self.account.is_some()
    }

    /// The name to show in an error.
    pub(crate) fn name(&self) -> String {
        self.account
            .as_ref()
            .map_or_else(|| self.caller_uid.to_string(), |account| account.name.clone())
    }

    /// Makes a command run as this user, from a folder that everyone may stand in.
    pub(crate) fn run_as(&self, command: &mut Command) {
        command.current_dir("/");
        if let Some(account) = &self.account {
            // The standard library clears the supplementary groups when root does this.
            command.uid(account.uid).gid(account.gid);
        }
    }

    /// Gives a file or folder to this user.
    pub(crate) fn give(&self, path: &Path) -> Result<(), Error> {
        let Some(account) = &self.account else { return Ok(()) };
        chown(path, Some(account.uid), Some(account.gid)).map_err(Error::io(format!(
            "give {} to {}",
            path.display(),
            account.name
        )))
    }

    /// Whether this user may pass through every folder on the way to `path`, as far as it exists.
    pub(crate) fn can_reach(&self, path: &Path) -> bool {
        let Some(account) = &self.account else { return true };
        let Some(existing) = path.ancestors().find(|folder| folder.exists()) else { return false };
        let Ok(existing) = existing.canonicalize() else { return false };
        existing
            .ancestors()
            .all(|folder| folder.metadata().is_ok_and(|found| account.may_pass(&found)))
    }
}

impl Account {
    fn may_pass(&self, found: &std::fs::Metadata) -> bool {
        let mode = found.mode();
        let bit = if found.uid() == self.uid {
            0o100
        } else if found.gid() == self.gid {
            0o010
        } else {
            0o001
        };
        !found.is_dir() || mode & bit != 0
    }
}

/// The standard library does not tell the user id; `id` is in POSIX.
fn caller_uid() -> Result<u32, Error> {
    let output = Command::new("id").arg("-u").output().map_err(Error::io("run `id -u`"))?;
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    said.parse().map_err(|_| Error::Io {
        doing: "read the output of `id -u`".to_owned(),
        source: std::io::Error::other(said),
    })
}

fn find_account(passwd: &str, wanted: &str) -> Option<Account> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next().filter(|name| *name == wanted)?.to_owned();
        let uid = fields.nth(1)?.parse().ok()?;
        let gid = fields.next()?.parse().ok()?;
        Some(Account { name, uid, gid })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_read_from_passwd() {
        let passwd =
            "root:x:0:0:root:/root:/bin/sh\nnobody2:x:7:7::/:\nnobody:x:65534:65533:n:/:/x\n";
        let found = find_account(passwd, "nobody").unwrap();
        assert_eq!((found.uid, found.gid), (65534, 65533));
        assert!(find_account(passwd, "postgres").is_none());
        assert!(find_account("nobody:x:what", "nobody").is_none());
    }

    #[test]
    fn a_private_folder_is_out_of_reach_for_others() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let other = Account { name: "other".to_owned(), uid: 65531, gid: 65531 };
        let user = ServerUser { caller_uid: 0, account: Some(other) };
        let set = |mode| {
            std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(mode)).unwrap()
        };
        set(0o700);
        assert!(!user.can_reach(&folder.path().join("not/there/yet")));
        set(0o711);
        assert!(user.can_reach(&folder.path().join("not/there/yet")));
    }
}
