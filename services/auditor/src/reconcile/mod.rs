//! `linli audit reconcile`: the log against everything that was made from it.
//!
//! The log itself, the read models, stock counts and statements are what [`verify`](crate::verify)
//! replays; here the [stream](stream) is held against the log besides, and all of it is told as a
//! paper that a person signs.

mod paper;
mod stream;

use std::time::SystemTime;

use async_nats::Client;
use deadpool_postgres::Pool;
use linli_log::District;
use serde::Serialize;

use crate::report::{EXIT_FOUND_WRONG, EXIT_TRUE};
use crate::verify::{VerifySettings, verify};
use crate::{AuditError, Finding, Progress, Report, Source, Trust};

pub use stream::{Carried, Copy};

/// What to reconcile.
#[derive(Clone, Debug)]
pub struct ReconcileSettings {
    /// The database with the log and its read models.
    pub pool: Pool,
    /// The district.
    pub district: District,
    /// Where its stream is; none to leave the stream out.
    pub nats: Option<Client>,
    /// Whose signatures are checked.
    pub trust: Trust,
    /// Whether to show how far it has come.
    pub progress: Progress,
}

/// What was found. Serialised, it is what `--json` prints.
#[derive(Clone, Debug, Serialize)]
pub struct Reconciled {
    /// Does everything agree?
    pub ok: bool,
    /// When it was begun (RFC 3339, UTC).
    pub begun_at: String,
    /// The log, and the read models against it.
    pub audit: Report,
    /// The stream against the log; none if it was left out.
    pub stream: Option<Carried>,
}

impl Reconciled {
    /// What a tool ends with.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        if self.ok { EXIT_TRUE } else { EXIT_FOUND_WRONG }
    }

    /// All findings that are shown: the log's, the read models', the stream's.
    pub fn all_findings(&self) -> impl Iterator<Item = &Finding> {
        let carried = self.stream.iter().flat_map(|carried| &carried.findings);
        self.audit.all_findings().chain(carried)
    }

    /// All of it as one page of HTML that prints on A4, in Chinese and English.
    #[must_use]
    pub fn paper(&self) -> String {
        paper::of(self)
    }
}

impl std::fmt::Display for Reconciled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.audit)?;
        match &self.stream {
            Some(carried) => write!(f, "{carried}"),
            None => writeln!(f, "stream: left out"),
        }
    }
}

/// Replays the log, and holds the read models and the stream against it.
///
/// Writes nothing. Must be called in a Tokio runtime with at least one thread for blocking work.
///
/// # Errors
/// [`AuditError`] if it could not run to its end. What doesn't agree stands in [`Reconciled`].
pub async fn reconcile(settings: ReconcileSettings) -> Result<Reconciled, AuditError> {
    let ReconcileSettings { pool, district, nats, trust, progress } = settings;
    let begun_at = SystemTime::now();
    // The stream first: what is carried was committed before, so a later look at the log has it.
    let stream = match nats {
        Some(nats) => Some(stream::hold(&nats, &pool, &district, progress).await?),
        None => None,
    };
    let source = Source::Store { pool, district };
    let audit = verify(VerifySettings {
        source,
        compare_projections: true,
        upto: None,
        trust,
        keep: None,
        progress,
    });
    let audit = audit.await?;
    let ok = audit.ok && stream.as_ref().is_none_or(|carried| carried.violations == 0);
    Ok(Reconciled { ok, begun_at: told(begun_at), audit, stream })
}

/// A time of the system's clock as people and machines read it, to the second.
fn told(at: SystemTime) -> String {
    let since = at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
    jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::MAX).to_string()
}
