//! Answers to reads: what was seen, and how far it is.

use std::time::Duration;

use axum::http::StatusCode;
use axum::response::Response;
use linli_api::award::Award;
use linli_domain::contribution::Event as Contribution;
use linli_domain::id::{OfficerId, ResidentId};
use linli_domain::{Event, Noun, Position, Record};
use linli_readmodel::{Projection, ReadError, WaitError, directory};
use serde::Serialize;

use crate::command::told;
use crate::gateway::Inner;
use crate::problem::{Kind, Problem, unknown};
use crate::receipt::award;

/// The longest wait for a read model. A projector that keeps up is there in milliseconds; one that
/// doesn't won't be in any time that a person waits.
pub(crate) const READ_WAIT_MAX: Duration = Duration::from_secs(2);

/// The position that all read models asked have reached.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen(pub(crate) Position);

impl Inner {
    /// Waits until these read models have seen the records up to `after`, and tells how far they
    /// are together.
    pub(crate) async fn see(
        &self,
        of: &[Projection],
        after: Option<Position>,
    ) -> Result<Seen, Problem> {
        let mut seen: Option<Position> = None;
        for projection in of {
            if let Some(after) = after {
                self.reader.wait_for(*projection, after, READ_WAIT_MAX).await.map_err(not_yet)?;
            }
            let reached = self.reader.checkpoint(*projection).await.map_err(fault)?;
            seen = Some(seen.map_or(reached, |seen| seen.min(reached)));
        }
        Ok(Seen(seen.unwrap_or_default()))
    }

    /// A resident, as the directory has it.
    pub(crate) async fn resident(&self, id: ResidentId) -> Result<directory::Resident, Problem> {
        let found = self.reader.resident(id).await.map_err(fault)?;
        found.ok_or_else(|| unknown(Noun::Resident))
    }

    /// An officer, on duty or retired, as the directory has it.
    pub(crate) async fn officer(&self, id: OfficerId) -> Result<directory::Officer, Problem> {
        let found = self.reader.officer(id).await.map_err(fault)?;
        found.ok_or_else(|| unknown(Noun::Officer))
    }

    /// An officer who is on duty.
    pub(crate) async fn on_duty(&self, id: OfficerId) -> Result<directory::Officer, Problem> {
        let officer = self.officer(id).await?;
        if officer.retired { Err(Problem::plain(Kind::OfficerRetired)) } else { Ok(officer) }
    }

    /// The award that the record at a position holds, if it holds one.
    pub(crate) async fn award_at(&self, position: Position) -> Result<Option<Award>, Problem> {
        let Some((record, _)) = self.record_at(position).await? else { return Ok(None) };
        let Event::Contribution(Contribution::Awarded(given)) = &record.event else {
            return Ok(None);
        };
        Ok(Some(award(given)))
    }

    /// The record at a position of the log with its bytes; none past the end.
    pub(crate) async fn record_at(
        &self,
        position: Position,
    ) -> Result<Option<(Record, bytes::Bytes)>, Problem> {
        Ok(self.records(position, position).await?.into_iter().next())
    }

    /// The records at some positions of the log with their bytes.
    pub(crate) async fn records(
        &self,
        first: Position,
        last: Position,
    ) -> Result<Vec<(Record, bytes::Bytes)>, Problem> {
        let found = self.log.records(&self.district, first.0, last.0).await.map_err(log_fault)?;
        let decoded = found.into_iter().map(|(_, bytes)| {
            let record = linli_proto::decode_record(&bytes)
                .map_err(|error| Problem::fault(Kind::Internal, &error))?;
            Ok((record, bytes))
        });
        decoded.collect()
    }
}

/// What was read, and how far it is.
pub(crate) fn shown<T: Serialize>(seen: Position, body: &T) -> Response {
    told(StatusCode::OK, seen, body)
}

/// A read model that can't be asked.
pub(crate) fn fault(error: ReadError) -> Problem {
    match &error {
        ReadError::NotBuilt(projection) => behind(*projection, Position::START, None),
        ReadError::Connection(_) | ReadError::Query(_) => Problem::fault(Kind::Unavailable, &error),
        ReadError::Row(_) => Problem::fault(Kind::Internal, &error),
    }
}

/// A log that can't be asked.
pub(crate) fn log_fault(error: linli_log::ReadError) -> Problem {
    use linli_log::ReadError as E;
    match &error {
        E::Pool(_) | E::Postgres(_) => Problem::fault(Kind::Unavailable, &error),
        E::Row(_) | E::Body { .. } => Problem::fault(Kind::Internal, &error),
    }
}

fn not_yet(error: WaitError) -> Problem {
    match error {
        WaitError::NotYet { projection, reached, wanted } => {
            behind(projection, reached, Some(wanted))
        }
        WaitError::Read(error) => fault(error),
    }
}

/// A read model that hasn't got as far as was asked.
pub(crate) fn behind(
    projection: Projection,
    reached: Position,
    wanted: Option<Position>,
) -> Problem {
    let problem = Problem::plain(Kind::NotYet)
        .with("read_model", projection.name())
        .with("reached", reached.0);
    let problem = match wanted {
        Some(wanted) => problem.with("after", wanted.0),
        None => problem,
    };
    problem.retry_after(1)
}
