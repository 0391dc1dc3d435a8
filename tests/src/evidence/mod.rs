//! What is left when a run is over: everything that the checkers look at, and nothing else.
//!
//! It is gathered through public doors (SQL, JetStream, HTTP, the journal's file), by code that
//! shares nothing with the services but the decoder of a record.

mod counters;
mod log;
mod stream;
mod witness;

use crate::traffic::{Operation, Repeat};
use crate::{Audit, Binary, postgres, wait};

pub use counters::Counters;
pub use log::{LoggedFrame, LoggedRecord};
pub use stream::Streamed;
pub use witness::{Appended, Witness};

pub(crate) use log::{frames, records};
pub(crate) use stream::{end as stream_end, messages as stream_messages};

/// Where the log ended at some moment of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The last position.
    pub position: u64,
    /// The root over all records up to there.
    pub root: Vec<u8>,
}

/// Something that was done to the system.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Injection {
    /// The row of the matrix.
    pub row: &'static str,
    /// What.
    pub what: String,
    /// When it began, in microseconds since the journal did.
    pub began_us: u64,
    /// When all that was broken was whole again, or started again.
    pub healed_us: u64,
    /// Is it of the sort that keeps everybody from being answered?
    pub silences: bool,
}

/// What is left when a run is over.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The journal, read back from its file.
    pub operations: Vec<Operation>,
    /// Why clients gave up, for each that did.
    pub gave_up: Vec<String>,
    /// Commands that were asked once more at the end.
    pub repeats: Vec<Repeat>,
    /// The log's frames, in order.
    pub frames: Vec<LoggedFrame>,
    /// The log's records, in order.
    pub records: Vec<LoggedRecord>,
    /// What JetStream has, in order; none if it was not looked at.
    pub stream: Option<Vec<Streamed>>,
    /// Who appended what, as a trigger in the database saw it; none if there was no witness.
    pub witness: Option<Vec<Appended>>,
    /// Ends of the log that were seen during the run.
    pub heads: Vec<Head>,
    /// What the auditor found; none if it was not asked.
    pub audit: Option<Audit>,
    /// What was done.
    pub injections: Vec<Injection>,
    /// How long everything took to catch up at the end, in milliseconds.
    pub caught_up_ms: Option<u64>,
    /// The most memory that each process had, in KiB, by its part.
    pub memory_kib: Vec<(String, u64)>,
}

/// Where a district's stores are.
#[derive(Clone, Debug)]
pub struct Stores {
    /// PostgreSQL.
    pub database_url: String,
    /// NATS.
    pub nats_url: String,
    /// The district's code.
    pub district: String,
}

impl Evidence {
    /// Gathers what the stores have, when nothing is under way any more: log, witness, stream, and
    /// what the auditor says to it.
    ///
    /// # Errors
    ///
    /// If something can't be read, or the auditor can't run.
    pub async fn gather(&mut self, stores: &Stores, binary: &Binary) -> anyhow::Result<()> {
        let Stores { database_url, nats_url, district } = stores;
        let database = postgres::connect(database_url).await?;
        self.frames = frames(&database, district).await?;
        self.records = records(&self.frames)?;
        self.witness = Some(Witness::tells(&database).await?);
        let frames = self.frames.len();
        let look = async || {
            let end = stream_end(nats_url, district).await.ok()?;
            (usize::try_from(end) == Ok(frames)).then_some(())
        };
        // If it never gets there, the checker says what it has instead.
        let _ = wait::until("the stream has all frames", wait::LONG, look).await;
        self.stream = Some(stream_messages(nats_url, district).await?);
        self.audit = Some(binary.audit(database_url, district).await?);
        Ok(())
    }
}
