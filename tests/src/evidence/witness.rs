//! A witness in the database: a trigger that notes, in the transaction of each frame, over which
//! session it came and whether that session held the writer's lock.
//!
//! The services know nothing of it. A term of a writer is one session: its lock, its appends and
//! its end are those of one connection.

use sha2::{Digest as _, Sha256};
use tokio_postgres::Client;

use crate::postgres;

/// A frame, and who appended it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// Position of the frame's first record.
    pub first: u64,
    /// Position of its last record.
    pub last: u64,
    /// The session: which start of the server, which of its processes, and which port its other
    /// end has.
    pub session: String,
    /// Did the session hold the writer's lock?
    pub held: bool,
}

/// The witness.
#[derive(Clone, Copy, Debug)]
pub struct Witness;

impl Witness {
    /// Sets it up, before traffic.
    ///
    /// # Errors
    ///
    /// If the database refuses.
    pub async fn place(client: &Client, district: &str) -> anyhow::Result<()> {
        let lock = writer_lock(district);
        let (high, low) = (lock >> 32, lock & 0xffff_ffff);
        Ok(client
            .batch_execute(&format!(
                "CREATE SCHEMA witness;
                CREATE TABLE witness.append (
                    first bigint NOT NULL, last bigint NOT NULL,
                    session text NOT NULL, held boolean NOT NULL
                );
                CREATE FUNCTION witness.note() RETURNS trigger
                LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
                BEGIN
                    INSERT INTO witness.append VALUES (
                        NEW.first, NEW.last,
                        pg_postmaster_start_time() || '/' || pg_backend_pid() || '/'
                            || inet_client_port(),
                        EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted
                            AND pid = pg_backend_pid() AND objsubid = 1
                            AND classid::bigint = {high} AND objid::bigint = {low}));
                    RETURN NEW;
                END
                $$;
                CREATE TRIGGER witness AFTER INSERT ON log.frame
                    FOR EACH ROW WHEN (NEW.district = '{district}')
                    EXECUTE FUNCTION witness.note();"
            ))
            .await?)
    }

    /// What it noted, in the order of the positions.
    ///
    /// # Errors
    ///
    /// If it can't be read.
    pub async fn tells(client: &Client) -> anyhow::Result<Vec<Appended>> {
        let sql = "SELECT first, last, session, held FROM witness.append ORDER BY first, last";
        let rows = client.query(sql, &[]).await?;
        let appended = |row: tokio_postgres::Row| {
            Ok(Appended {
                first: postgres::unsigned(row.try_get(0)?)?,
                last: postgres::unsigned(row.try_get(1)?)?,
                session: row.try_get(2)?,
                held: row.try_get(3)?,
            })
        };
        rows.into_iter().map(appended).collect()
    }
}

/// The number of the writer's lock, as two halves: the first 8 bytes of SHA-256 over
/// `linli-log/write/<district>`, which never changes, or two builds would both write.
fn writer_lock(district: &str) -> u64 {
    let hash = Sha256::digest(format!("linli-log/write/{district}"));
    hash.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_is_that_of_the_writers() {
        let known: i64 = -8_559_243_079_841_644_110;
        assert_eq!(writer_lock("gulou").to_be_bytes(), known.to_be_bytes());
    }
}
