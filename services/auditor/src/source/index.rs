//! The index of keys: read in the order of the log, which names what is wrong with it, or in whatever
//! order it lies, which tells only whether anything is.
//!
//! The log's commands and the index's rows are the same if both have the same sum, in which each has
//! a number that nobody can foretell: it is made with keys by chance, anew for each audit. Rows that
//! were changed, left out or put in have the same sum by luck alone, once in 2^128. So all that the
//! order costs, sorting the whole index first, is paid only where something is wrong.

use std::collections::VecDeque;
use std::hash::{BuildHasher as _, RandomState};

use deadpool_postgres::{Client, Transaction};
use futures::TryStreamExt as _;
use linli_log::District;
use linli_log::key::Mark;
use tokio::sync::oneshot;
use tokio_postgres::{IsolationLevel, Portal, Row};

use super::store::{WHOLE, is_forbidden};
use crate::AuditError;

/// Rows of the index fetched at once: some hundred kB.
const KEYS_FETCHED_MAX: i32 = 4_096;

/// Longest that reading the index may take: minutes for a hundred million keys.
const KEYS_READ_MAX: &str = "SET LOCAL statement_timeout = '10min'";

/// In whatever order they lie.
const ANY_ORDER: &str = "SELECT mark, body_hash, first, last FROM log.key \
    WHERE district = $1 AND first > $2 AND first <= $3";

/// The index is sorted once, by the server, which spills to its disk; no index serves this order.
const KEYS: &str = "SELECT mark, body_hash, first, last FROM log.key \
    WHERE district = $1 AND first > $2 AND first <= $3 ORDER BY first, last";

/// How far the index is: it follows the log, and what it lacks beyond this is no fault.
const REACHED: &str = "SELECT position FROM log.key_index WHERE district = $1";

/// A row of the index of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeyRow {
    pub(crate) mark: Mark,
    /// None if it has another length than a hash has.
    pub(crate) body_hash: Option<[u8; 32]>,
    pub(crate) first: u64,
    pub(crate) last: u64,
}

/// What the index of keys has of a page.
#[derive(Debug, Default)]
pub(crate) struct Indexed {
    /// Rows whose first position is in the page, or before it and not yet told.
    pub(crate) rows: Vec<KeyRow>,
    /// Up to which position it is to have every key.
    pub(crate) reached: u64,
}

/// What of the index comes with a page.
#[derive(Debug)]
pub(crate) enum PageKeys {
    /// Its rows.
    Rows(Indexed),
    /// Nothing: all of it is summed beside the log, up to this position.
    Summed { reached: u64 },
}

/// How the index of keys is looked at.
#[derive(Clone, Debug)]
pub(crate) enum KeysBy {
    /// Not at all.
    Nothing,
    Order,
    Sum(Summing),
}

/// How commands are summed: two numbers of 64 bits, by keys of this audit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Summing([RandomState; 2]);

/// Commands, in whatever order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) commands: u64,
    sum: [u64; 2],
}

impl Summing {
    /// Adds a command.
    pub(crate) fn add(
        &self,
        sum: &mut Sum,
        mark: Mark,
        body_hash: &[u8],
        (first, last): (u64, u64),
    ) {
        sum.commands = sum.commands.saturating_add(1);
        for (sum, by) in sum.sum.iter_mut().zip(&self.0) {
            let number = by.hash_one((mark, body_hash, first, last));
            *sum = sum.wrapping_add(number);
        }
    }
}

/// What the index sums up to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Summed {
    pub(crate) sum: Sum,
    /// The last position of all its rows.
    pub(super) last: u64,
    /// Up to which position it is to have every key.
    pub(super) reached: u64,
}

/// Sums the rows after a position up to a bound; beyond `upto` they are no part of the sum. Says first how far
/// the index is; none if it can't be read.
pub(super) async fn summed(
    mut client: Client,
    district: District,
    summing: Summing,
    (after, upto, bound): (u64, u64, i64),
    far: oneshot::Sender<Option<u64>>,
) -> Result<Option<Summed>, AuditError> {
    let transaction = begin(&mut client).await?;
    let district = district.as_str();
    let (after, statement) = (bigint(after), readable(transaction.prepare(ANY_ORDER).await)?);
    // Whether it may be read is told when it is to begin.
    let statement = match statement {
        Some(statement) => {
            let begun = transaction.bind(&statement, &[&district, &after, &bound]).await;
            readable(begun)?.map(|_| statement)
        }
        None => None,
    };
    let reached = match &statement {
        Some(_) => Some(how_far(&transaction, district).await?),
        None => None,
    };
    // Nobody listens any more where the audit is over.
    let listened = far.send(reached);
    let (Some(statement), Some(reached), Ok(())) = (statement, reached, listened) else {
        return Ok(None);
    };
    let mut found = Summed { reached, ..Summed::default() };
    let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 3] = [&district, &after, &bound];
    let rows = transaction.query_raw(&statement, parameters).await.map_err(AuditError::Keys)?;
    let mut rows = std::pin::pin!(rows);
    while let Some(row) = rows.try_next().await.map_err(AuditError::Keys)? {
        found.take(&summing, &row, upto).map_err(AuditError::Keys)?;
    }
    Ok(Some(found))
}

impl Summed {
    fn take(&mut self, by: &Summing, row: &Row, upto: u64) -> Result<(), tokio_postgres::Error> {
        let place = (position(row.try_get(2)?), position(row.try_get(3)?));
        self.last = self.last.max(place.1);
        if place.0 <= upto {
            by.add(&mut self.sum, row.try_get(0)?, row.try_get(1)?, place);
        }
        Ok(())
    }
}

/// Rows and position of the index are of one moment.
pub(super) async fn begin(client: &mut Client) -> Result<Transaction<'_>, AuditError> {
    let transaction = client
        .build_transaction()
        .read_only(true)
        .isolation_level(IsolationLevel::RepeatableRead)
        .start()
        .await;
    let transaction = transaction.map_err(AuditError::Keys)?;
    transaction.batch_execute(KEYS_READ_MAX).await.map_err(AuditError::Keys)?;
    Ok(transaction)
}

async fn how_far(transaction: &Transaction<'_>, district: &str) -> Result<u64, AuditError> {
    let row = transaction.query_opt(REACHED, &[&district]).await.map_err(AuditError::Keys)?;
    let reached = row.map(|row| row.try_get(0)).transpose().map_err(AuditError::Keys)?;
    Ok(position(reached.unwrap_or_default()))
}

/// The index in the order of the log.
pub(super) struct Keys<'a> {
    transaction: &'a Transaction<'a>,
    portal: Portal,
    ahead: VecDeque<KeyRow>,
    pub(super) reached: u64,
}

impl<'a> Keys<'a> {
    /// The rows after a position up to a bound; none if the index can't be read.
    pub(super) async fn open(
        transaction: &'a Transaction<'a>,
        district: &District,
        after: u64,
        bound: i64,
    ) -> Result<Option<Self>, AuditError> {
        let district = district.as_str();
        let Some(statement) = readable(transaction.prepare(KEYS).await)? else { return Ok(None) };
        let bound = transaction.bind(&statement, &[&district, &bigint(after), &bound]).await;
        let Some(portal) = readable(bound)? else { return Ok(None) };
        let reached = how_far(transaction, district).await?;
        Ok(Some(Self { transaction, portal, ahead: VecDeque::new(), reached }))
    }

    /// The rows up to a position that have not been answered yet.
    pub(super) async fn upto(&mut self, last: u64) -> Result<Vec<KeyRow>, AuditError> {
        while self.ahead.back().is_none_or(|row| row.first <= last) && self.fetch().await? {}
        let count = self.ahead.partition_point(|row| row.first <= last);
        Ok(self.ahead.drain(..count).collect())
    }

    /// The last position of all rows that have not been answered yet.
    pub(super) async fn last(&mut self) -> Result<Option<u64>, AuditError> {
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

/// A position below zero is one that no record has.
fn read(row: &Row) -> Result<KeyRow, tokio_postgres::Error> {
    let body_hash: &[u8] = row.try_get(1)?;
    Ok(KeyRow {
        mark: row.try_get(0)?,
        body_hash: body_hash.try_into().ok(),
        first: position(row.try_get(2)?),
        last: position(row.try_get(3)?),
    })
}

/// Whoever may read the frames alone audits the frames alone.
fn readable<T>(answer: Result<T, tokio_postgres::Error>) -> Result<Option<T>, AuditError> {
    match answer {
        Ok(it) => Ok(Some(it)),
        Err(error) if is_forbidden(&error) => Ok(None),
        Err(error) => Err(AuditError::Keys(error)),
    }
}

pub(super) fn bigint(position: u64) -> i64 {
    i64::try_from(position).unwrap_or(WHOLE)
}

fn position(value: i64) -> u64 {
    u64::try_from(value).unwrap_or_default()
}
