//! The books in forms that others read: each change of points with its accounts, a file a month,
//! closed with what every account stands at, so that a program that is not ours finds an error by
//! itself.
//!
//! Read from the log as a stream; beside one page of it only the accounts are held in memory. An
//! export is not an audit: it tells what the records say. Check it with the tool of its form.

mod account;
mod beancount;
mod csv;
mod form;
mod hledger;
mod json_lines;
mod month;
mod said;

use std::path::PathBuf;
use std::pin::pin;

use deadpool_postgres::Pool;
use futures::TryStreamExt as _;
use linli_domain::time::Zone;
use linli_log::{District, LogReader, ReadError};

use crate::Progress;
use month::Months;

pub use form::Form;

/// What is to be exported.
#[derive(Clone)]
pub struct ExportSettings {
    /// Where the log is.
    pub pool: Pool,
    /// Whose.
    pub district: District,
    /// In which form.
    pub form: Form,
    /// Into which folder. Made if it is not there; files of an earlier export are replaced.
    pub folder: PathBuf,
    /// Up to which position; to the log's end unless told.
    pub upto: Option<u64>,
    /// Whether to show how far it has come.
    pub progress: Progress,
}

/// What was exported.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Exported {
    /// Records read.
    pub records: u64,
    /// Records that changed points: transactions in the books.
    pub transactions: u64,
    /// Accounts that were opened.
    pub accounts: u64,
    /// The files, in the order in which they are to be read.
    pub files: Vec<PathBuf>,
}

/// Why there is no whole export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The log could not be read.
    #[error("the log could not be read")]
    Log(#[from] ReadError),
    /// A frame can't be cut into records.
    #[error("the frame that begins at {first} can't be cut into records")]
    Body {
        /// Where.
        first: u64,
        /// Why.
        #[source]
        source: linli_log::MalformedBody,
    },
    /// A record can't be read.
    #[error("the record at {position} can't be read")]
    Record {
        /// Where.
        position: u64,
        /// Why.
        #[source]
        source: linli_proto::Malformed,
    },
    /// A file could not be written.
    #[error("{} could not be written", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

/// Exports the books of a district.
///
/// # Errors
/// [`ExportError`]; what was written by then is of no use.
pub async fn export(settings: ExportSettings) -> Result<Exported, ExportError> {
    let ExportSettings { pool, district, form, folder, upto, progress } = settings;
    let reader = LogReader::new(pool);
    let end = reader.head(&district).await?.map_or(0, |head| head.last);
    let end = upto.map_or(end, |upto| upto.min(end));
    let bar = progress.bar(end);
    // The only zone that rule sets know of today is China's; a day is a day on the wall there.
    let mut months = Months::new(form, folder, Zone::CHINA)?;
    let mut frames = pin!(reader.stream(&district, 0));
    let mut records = 0_u64;
    while records < end
        && let Some(frame) = frames.try_next().await?
    {
        for (position, bytes) in (frame.first..).zip(frame.records()) {
            if position > end {
                break;
            }
            let bytes = bytes.map_err(|source| ExportError::Body { first: frame.first, source })?;
            let record = linli_proto::decode_record(bytes)
                .map_err(|source| ExportError::Record { position, source })?;
            months.take(&record)?;
            records = position;
        }
        bar.set_position(records);
    }
    bar.finish_and_clear();
    let (transactions, accounts, files) = months.finish()?;
    Ok(Exported { records, transactions, accounts, files })
}
