//! The server's settings that decide whether a commit survives a power cut.

use tokio_postgres::Client;

use super::session::OpenError;

/// Oldest server, as `server_version_num`: 15.
const VERSION_MIN: i32 = 150_000;

/// A setting of the server under which an acknowledged commit could be lost.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the server has {name} = {value}; the log needs {needed}")]
pub struct UnsafeSetting {
    /// The setting's name.
    pub name: &'static str,
    /// What it is.
    pub value: String,
    /// What it must be.
    pub needed: &'static str,
}

/// What the server said about itself.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    fsync: String,
    full_page_writes: String,
    synchronous_commit: String,
    version: i32,
    in_recovery: bool,
}

impl Settings {
    /// Reads them, before this session changed any.
    pub(super) async fn read(client: &Client) -> Result<Self, tokio_postgres::Error> {
        let sql = "SELECT current_setting('fsync'), current_setting('full_page_writes'), \
             current_setting('synchronous_commit'), current_setting('server_version_num')::int, \
             pg_is_in_recovery()";
        let row = client.query_one(sql, &[]).await?;
        Ok(Self {
            fsync: row.try_get(0)?,
            full_page_writes: row.try_get(1)?,
            synchronous_commit: row.try_get(2)?,
            version: row.try_get(3)?,
            in_recovery: row.try_get(4)?,
        })
    }

    /// Refuses a server that can't be written to, or would lose what it acknowledged.
    pub(super) fn check(&self) -> Result<(), OpenError> {
        if self.in_recovery {
            return Err(OpenError::Standby);
        }
        if self.version < VERSION_MIN {
            let value = self.version.to_string();
            let needed = "150000 or later";
            return Err(UnsafeSetting { name: "server_version_num", value, needed }.into());
        }
        let must_be_on = [("fsync", &self.fsync), ("full_page_writes", &self.full_page_writes)];
        for (name, value) in must_be_on {
            if value != "on" {
                return Err(UnsafeSetting { name, value: value.clone(), needed: "on" }.into());
            }
        }
        match self.synchronous_commit.as_str() {
            "on" | "remote_apply" | "remote_write" => Ok(()),
            other => Err(UnsafeSetting {
                name: "synchronous_commit",
                value: other.to_owned(),
                needed: "on",
            }
            .into()),
        }
    }

    /// What `synchronous_commit` this session should have: `on`, unless it is stricter already.
    pub(super) fn synchronous_commit(&self) -> &'static str {
        if self.synchronous_commit == "remote_apply" { "remote_apply" } else { "on" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(change: impl FnOnce(&mut Settings), expected: &str) {
        let mut settings = Settings {
            fsync: "on".into(),
            full_page_writes: "on".into(),
            synchronous_commit: "on".into(),
            version: 150_018,
            in_recovery: false,
        };
        change(&mut settings);
        let found = settings.check().map_or_else(|error| error.to_string(), |()| "ok".into());
        assert_eq!(found, expected);
    }

    #[test]
    fn servers() {
        check(|_| (), "ok");
        check(|s| s.synchronous_commit = "remote_apply".into(), "ok");
        check(|s| s.synchronous_commit = "remote_write".into(), "ok");
        check(|s| s.fsync = "off".into(), "the server has fsync = off; the log needs on");
        check(
            |s| s.full_page_writes = "off".into(),
            "the server has full_page_writes = off; the log needs on",
        );
        for value in ["off", "local"] {
            check(
                |s| s.synchronous_commit = value.into(),
                &format!("the server has synchronous_commit = {value}; the log needs on"),
            );
        }
        check(
            |s| s.version = 140_010,
            "the server has server_version_num = 140010; the log needs 150000 or later",
        );
        check(|s| s.in_recovery = true, "the server is a standby: it can't be written to");
    }
}
