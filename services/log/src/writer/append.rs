//! One frame, in one durable transaction and one round trip.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use futures::FutureExt;
use futures::future::{BoxFuture, Either, Ready, ready};
use tokio_postgres::error::{DbError, Severity, SqlState};

use super::LogWriter;
use super::session::ANSWER_WAIT_MAX;
use crate::frame::Frame;
use crate::row::bigint;

/// One statement is one implicit transaction.
pub(super) const STATEMENT: &str = "\
    INSERT INTO log.frame (district, first, last, recorded_at_us, previous_root, root, body) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// Why the outcome of an append is not known.
#[derive(Debug, thiserror::Error)]
pub enum Doubt {
    /// The connection was lost before the server's word came.
    #[error("the connection was lost")]
    Lost(#[source] tokio_postgres::Error),
    /// No word came within [`ANSWER_WAIT_MAX`]; the connection was cut.
    #[error("no word came in time")]
    Late,
}

/// Why an append is not known to be done.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Not committed: the frame does not follow the log's last one. There was another writer, or
    /// the frame hangs on another root. The server's error names the constraint and the values.
    #[error("the frame was refused, for it conflicts with the log")]
    Conflict(#[source] tokio_postgres::Error),
    /// Not committed: the server refused for another reason (disk full, statement too long, a
    /// value that the schema forbids).
    #[error("the frame was refused by the server")]
    Refused(#[source] tokio_postgres::Error),
    /// Committed or not, nobody here knows: throw the state away and open again. The connection
    /// is cut, so the outcome is settled before any writer reads the head again.
    #[error("whether the frame was committed is not known")]
    Unknown(#[source] Doubt),
}

impl AppendError {
    /// Sorts what the driver answered. Only an error of severity ERROR is the server's word that
    /// the transaction was rolled back; FATAL and PANIC can strike after the commit.
    fn sort(error: tokio_postgres::Error) -> Self {
        let Some(refusal) = error.as_db_error().filter(|error| is_rollback(error)) else {
            return Self::Unknown(Doubt::Lost(error));
        };
        match (refusal.code(), refusal.constraint()) {
            (code, Some("frame_pkey" | "frame_end" | "frame_follows"))
                if [SqlState::UNIQUE_VIOLATION, SqlState::FOREIGN_KEY_VIOLATION].contains(code) =>
            {
                Self::Conflict(error)
            }
            _ => Self::Refused(error),
        }
    }
}

fn is_rollback(error: &DbError) -> bool {
    let code = error.code().code();
    error.parsed_severity() == Some(Severity::Error)
        && !code.starts_with("08")
        && !code.starts_with("57P")
        && *error.code() != SqlState::T_R_STATEMENT_COMPLETION_UNKNOWN
}

/// An append under way: the outcome when awaited. It was handed to the connection before this
/// existed, and goes on whether or not it is polled; dropping it does not undo it.
///
/// Poll it while something else is awaited of the same writer. The connection hands the server's
/// words on in their order and holds few that nobody takes: where the answer comes in pieces, what
/// was asked later is answered only after this was.
#[must_use = "a frame counts only when its append was awaited"]
pub struct Append(Either<Ready<Outcome>, BoxFuture<'static, Outcome>>);

type Outcome = Result<(), AppendError>;

impl std::fmt::Debug for Append {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Append").finish_non_exhaustive()
    }
}

impl Future for Append {
    type Output = Outcome;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll_unpin(context)
    }
}

impl LogWriter {
    /// Commits `frame` durably. The statement is on its way when this
    /// returns, so the caller can decide the next frame meanwhile. Appends are carried out in the
    /// order of the calls; one that fails makes those after it fail, for they don't follow.
    ///
    /// Must be called in a Tokio runtime. The outcome comes within [`ANSWER_WAIT_MAX`]:
    /// [`AppendError`] tells what was not committed and what is not known.
    pub fn append(&self, frame: &Frame) -> Append {
        self.hand_over(commit(self, frame.clone()))
    }

    /// Waits for the server's word that this session still is, and with it the lock: nobody else
    /// can have appended by the time that this was called. The statement is on its way when this
    /// returns; it comes after the appends before it and costs a round trip, no flush.
    ///
    /// Must be called in a Tokio runtime. Fails as [`append`](Self::append) does where the session
    /// is gone, though nothing is written.
    pub fn confirm(&self) -> Append {
        let client = std::sync::Arc::clone(self.session.client());
        self.hand_over(async move { client.batch_execute("").await })
    }

    /// Hands a statement to the connection, and bounds the wait for its outcome.
    fn hand_over(
        &self,
        work: impl Future<Output = Result<(), tokio_postgres::Error>> + Send + 'static,
    ) -> Append {
        let cut = self.session.cut().clone();
        let mut bounded = async move {
            let outcome = match tokio::time::timeout(ANSWER_WAIT_MAX, work).await {
                Ok(outcome) => outcome.map_err(AppendError::sort),
                Err(_) => Err(AppendError::Unknown(Doubt::Late)),
            };
            if let Err(AppendError::Unknown(_)) = &outcome {
                cut.cancel();
            }
            outcome
        }
        .boxed();
        // The first poll encodes the statement and hands it to the connection's task.
        match bounded.poll_unpin(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(outcome) => Append(Either::Left(ready(outcome))),
            Poll::Pending => Append(Either::Right(bounded)),
        }
    }
}

fn commit(
    writer: &LogWriter,
    frame: Frame,
) -> impl Future<Output = Result<(), tokio_postgres::Error>> + Send + 'static {
    let client = std::sync::Arc::clone(writer.session.client());
    let statement = writer.append.clone();
    let district = writer.district.clone();
    async move {
        client
            .execute(
                &statement,
                &[
                    &district.as_str(),
                    &bigint(frame.first),
                    &bigint(frame.last),
                    &frame.recorded_at,
                    &frame.previous_root.as_bytes().as_slice(),
                    &frame.root.as_bytes().as_slice(),
                    &&*frame.body,
                ],
            )
            .await?;
        Ok(())
    }
}
