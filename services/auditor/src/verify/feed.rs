//! The first stage: pages of frames from the log, each with the rows of the index of keys that
//! speak of it.

use std::collections::VecDeque;

use deadpool_postgres::Transaction;
use linli_log::{District, Frame, LogReader};
use tokio::sync::mpsc::Sender;
use tokio_postgres::error::SqlState;
use tokio_postgres::{IsolationLevel, Portal, Row};

use crate::AuditError;
use crate::finding::{Finding, Kind};

/// Rows of the index fetched at once: some hundred kB.
const KEYS_FETCHED_MAX: i32 = 4_096;

/// Longest that sorting the index may take: minutes for a hundred million keys.
const KEYS_SORT_MAX: &str = "SET LOCAL statement_timeout = '10min'";

/// The index is sorted once, by the server, which spills to its disk; no index serves this order.
const KEYS: &str = "SELECT client, key, body_hash, first, last FROM log.key \
    WHERE district = $1 AND first <= $2 ORDER BY first, last";

/// How far the index is: it follows the log, and what it lacks beyond this is no fault.
const REACHED: &str = "SELECT position FROM log.key_index WHERE district = $1";

/// No bound: all of the index.
const WHOLE: i64 = i64::MAX;

/// A row of the index of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeyRow {
    pub(crate) client: [u8; 16],
    pub(crate) key: String,
    pub(crate) body_hash: Vec<u8>,
    pub(crate) first: u64,
    pub(crate) last: u64,
}

/// Where an audit ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Where the log ended when the audit began.
    Head(u64),
    /// With the frame that holds this position.
    Within(u64),
}

impl End {
    /// The last position that is wanted.
    pub(crate) const fn position(self) -> u64 {
        match self {
            Self::Head(position) | Self::Within(position) => position,
        }
    }
}

/// A page of frames, and what the index of keys says of the records in it.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) frames: Vec<Frame>,
    /// What the index has; none if it can't be read.
    pub(crate) keys: Option<Indexed>,
}

/// What the index of keys has of a page.
#[derive(Debug, Default)]
pub(crate) struct Indexed {
    /// Rows whose first position is in the page, or before it and not yet told.
    pub(crate) rows: Vec<KeyRow>,
    /// Up to which position it is to have every key.
    pub(crate) reached: u64,
}

/// Reads all pages up to the frame that holds `end`. Stops early when nobody wants more.
///
/// Answers what is wrong with the end of the log: if all of it was asked for and the index of
/// keys speaks of records beyond it, then frames were cut off. Keys are taken from frames that are
/// committed, so an index that was looked at earlier knows nothing that a later look at the log
/// does not.
pub(crate) async fn run(
    reader: &LogReader,
    district: &District,
    end: End,
    pages: Sender<Page>,
) -> Result<Option<Finding>, AuditError> {
    let mut client = reader.pool().get().await?;
    // Rows and position of the index are of one moment.
    let transaction = client
        .build_transaction()
        .read_only(true)
        .isolation_level(IsolationLevel::RepeatableRead)
        .start()
        .await;
    let transaction = transaction.map_err(AuditError::Keys)?;
    transaction.batch_execute(KEYS_SORT_MAX).await.map_err(AuditError::Keys)?;
    let bound = match end {
        End::Head(_) => WHOLE,
        End::Within(position) => i64::try_from(position).unwrap_or(WHOLE),
    };
    let mut keys = Keys::open(&transaction, district, bound).await?;
    let mut position = 0;
    while position < end.position() {
        let mut frames = reader.frames_after(district, position).await?;
        let Some(last) = frames.last().map(|frame| frame.last) else { break };
        frames.retain(|frame| frame.first <= end.position());
        let keys = match &mut keys {
            Some(keys) => Some(Indexed { rows: keys.upto(last).await?, reached: keys.reached }),
            None => None,
        };
        position = last;
        if pages.send(Page { frames, keys }).await.is_err() {
            return Ok(None);
        }
    }
    match (end, keys) {
        (End::Head(_), Some(mut keys)) => {
            let known = keys.last().await?.unwrap_or_default().max(keys.reached);
            let head = reader.head(district).await?.map_or(0, |head| head.last);
            let cut_off = || {
                let what = format!("missing; the index of keys knows commands up to {known}");
                Finding::among(head.saturating_add(1), known, Kind::Chain, what)
            };
            Ok((known > head).then(cut_off))
        }
        (End::Head(_), None) | (End::Within(_), _) => Ok(None),
    }
}

/// Whoever may read the frames alone audits the frames alone.
fn readable<T>(answer: Result<T, tokio_postgres::Error>) -> Result<Option<T>, AuditError> {
    match answer {
        Ok(it) => Ok(Some(it)),
        Err(error) if error.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE) => Ok(None),
        Err(error) => Err(AuditError::Keys(error)),
    }
}

struct Keys<'a> {
    transaction: &'a Transaction<'a>,
    portal: Portal,
    ahead: VecDeque<KeyRow>,
    reached: u64,
}

impl<'a> Keys<'a> {
    /// The rows up to a bound; none if the index can't be read.
    async fn open(
        transaction: &'a Transaction<'a>,
        district: &District,
        bound: i64,
    ) -> Result<Option<Self>, AuditError> {
        let district = district.as_str();
        let Some(statement) = readable(transaction.prepare(KEYS).await)? else { return Ok(None) };
        let bound = transaction.bind(&statement, &[&district, &bound]).await;
        let Some(portal) = readable(bound)? else { return Ok(None) };
        let row = transaction.query_opt(REACHED, &[&district]).await.map_err(AuditError::Keys)?;
        let reached = row.map(|row| row.try_get(0)).transpose().map_err(AuditError::Keys)?;
        let reached = position(reached.unwrap_or_default());
        Ok(Some(Self { transaction, portal, ahead: VecDeque::new(), reached }))
    }

    /// The rows up to a position that have not been answered yet.
    async fn upto(&mut self, last: u64) -> Result<Vec<KeyRow>, AuditError> {
        while self.ahead.back().is_none_or(|row| row.first <= last) && self.fetch().await? {}
        let count = self.ahead.partition_point(|row| row.first <= last);
        Ok(self.ahead.drain(..count).collect())
    }

    /// The last position of all rows that have not been answered yet.
    async fn last(&mut self) -> Result<Option<u64>, AuditError> {
        let mut known = None;
        loop {
            known = self.ahead.drain(..).map(|row| row.last).max().max(known);
            if !self.fetch().await? {
                return Ok(known);
            }
        }
    }

    /// Fetches some more rows; says whether there were any.
    async fn fetch(&mut self) -> Result<bool, AuditError> {
        let rows = self.transaction.query_portal(&self.portal, KEYS_FETCHED_MAX).await;
        for row in rows.as_deref().unwrap_or_default() {
            self.ahead.push_back(read(row).map_err(AuditError::Keys)?);
        }
        rows.map(|rows| !rows.is_empty()).map_err(AuditError::Keys)
    }
}

/// A client of another length than 16 bytes, or a position below zero, is one that no record has.
fn read(row: &Row) -> Result<KeyRow, tokio_postgres::Error> {
    let client: &[u8] = row.try_get(0)?;
    Ok(KeyRow {
        client: client.try_into().unwrap_or_default(),
        key: row.try_get(1)?,
        body_hash: row.try_get(2)?,
        first: position(row.try_get(3)?),
        last: position(row.try_get(4)?),
    })
}

fn position(value: i64) -> u64 {
    u64::try_from(value).unwrap_or_default()
}
