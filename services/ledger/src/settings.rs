//! What a ledger is told when it starts.

use linli_log::{District, LogReader};

use crate::{Clock, Metrics};

/// No snapshot before so many records, unless told otherwise: replaying so many takes some tenths
/// of a second. Of a large state they are made less often, see [`Settings`].
pub const SNAPSHOT_EVERY_RECORDS: u64 = 50_000;

/// The settings of the ledger of one district.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whose log it writes.
    pub district: District,
    /// The server that keeps the log. The login must be allowed to take the role `linli_writer`.
    pub postgres: tokio_postgres::Config,
    /// Connections for what is read beside what is written, shared with the ledgers of other
    /// districts; a few of its own if none.
    pub reader: Option<LogReader>,
    /// Where frames are rung out, while this process leads. Without it, or while it is away,
    /// commands go on and those who follow read the log.
    pub nats: Option<async_nats::Client>,
    /// Whether commands are taken from NATS as well as from the intake.
    pub serve_nats: bool,
    /// What time it is.
    pub clock: Clock,
    /// The fewest records between two snapshots. There are more of them where a snapshot is long,
    /// and where this process leads and no standby makes them.
    pub snapshot_every_records: u64,
    /// Where its figures go.
    pub metrics: Metrics,
    /// Where the relay's figures go.
    pub log_metrics: linli_log::Metrics,
}

impl Settings {
    /// Without NATS, on the system's clock.
    #[must_use]
    pub fn new(
        district: District,
        postgres: tokio_postgres::Config,
        metrics: Metrics,
        log_metrics: linli_log::Metrics,
    ) -> Self {
        Self {
            district,
            postgres,
            reader: None,
            nats: None,
            serve_nats: false,
            clock: Clock::system(),
            snapshot_every_records: SNAPSHOT_EVERY_RECORDS,
            metrics,
            log_metrics,
        }
    }
}
