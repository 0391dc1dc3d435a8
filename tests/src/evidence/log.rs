//! The log, read row by row with SQL.

use anyhow::Context as _;
use linli_domain::Record;
use tokio_postgres::Client;

use crate::postgres;

/// A row of `log.frame`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedFrame {
    /// Position of its first record.
    pub first: u64,
    /// Position of its last record.
    pub last: u64,
    /// Microseconds since 1970.
    pub recorded_at_us: i64,
    /// The root before it.
    pub previous_root: Vec<u8>,
    /// The root after it.
    pub root: Vec<u8>,
    /// Its bytes.
    pub body: Vec<u8>,
}

/// A record with its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedRecord {
    /// What the row's place says that its position is.
    pub position: u64,
    /// The first position of its frame.
    pub frame: u64,
    /// Its bytes: a leaf of the tree.
    pub bytes: Vec<u8>,
    /// What they say.
    pub record: Record,
}

impl LoggedRecord {
    /// The key of the command that it comes from.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        match &self.record.origin {
            linli_domain::Origin::Command { key, .. } => Some(key.as_str()),
            linli_domain::Origin::Deadline => None,
        }
    }
}

/// Frames that are asked for at once: 64 of the longest are 48 MB.
const PAGE_FRAMES: i64 = 64;

/// All frames of a district, in the order of their positions.
pub(crate) async fn frames(client: &Client, district: &str) -> anyhow::Result<Vec<LoggedFrame>> {
    let sql = "SELECT first, last, recorded_at_us, previous_root, root, body FROM log.frame \
        WHERE district = $1 AND (first, last) > ($2, $3) ORDER BY first, last LIMIT $4";
    let (mut frames, mut after): (Vec<LoggedFrame>, (i64, i64)) = (Vec::new(), (0, 0));
    loop {
        let rows = client.query(sql, &[&district, &after.0, &after.1, &PAGE_FRAMES]).await?;
        if rows.is_empty() {
            return Ok(frames);
        }
        for row in rows {
            after = (row.try_get(0)?, row.try_get(1)?);
            frames.push(LoggedFrame {
                first: postgres::unsigned(after.0)?,
                last: postgres::unsigned(after.1)?,
                recorded_at_us: row.try_get(2)?,
                previous_root: row.try_get(3)?,
                root: row.try_get(4)?,
                body: row.try_get(5)?,
            });
        }
    }
}

/// The records of frames.
pub(crate) fn records(frames: &[LoggedFrame]) -> anyhow::Result<Vec<LoggedRecord>> {
    let mut records = Vec::new();
    for frame in frames {
        for (position, bytes) in (frame.first..).zip(linli_log::records(&frame.body)) {
            let bytes = bytes.with_context(|| format!("the frame at {}", frame.first))?.to_vec();
            let record = linli_proto::decode_record(&bytes);
            let record = record.with_context(|| format!("the record at {position}"))?;
            records.push(LoggedRecord { position, frame: frame.first, bytes, record });
        }
    }
    Ok(records)
}
