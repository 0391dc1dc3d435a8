//! What can go wrong in the demo. A surprise is an error: everything in it is planned.

use linli_api::ClientError;
use linli_api::problem::Problem;
use thiserror::Error;

/// Why the demo stopped.
#[derive(Debug, Error)]
pub enum DemoError {
    /// A request had no answer, or was refused though nothing was wrong with it.
    #[error("could not {doing}")]
    Asking {
        /// What was being done.
        doing: String,
        /// What came back.
        #[source]
        source: ClientError,
    },
    /// One of many commands was refused though nothing was wrong with it.
    #[error("could not {doing}: {} ({})", .problem.detail_en, .problem.kind)]
    Refused {
        /// What was being done.
        doing: String,
        /// Why it was refused.
        problem: Box<Problem>,
    },
    /// A planted story ended otherwise than told.
    #[error("the story of {story} ended otherwise than told: {outcome}")]
    Story {
        /// Which story.
        story: &'static str,
        /// How it ended.
        outcome: String,
    },
    /// What the API tells doesn't sum up.
    #[error(
        "the books don't close: issued {issued}, redeemed {redeemed}, lapsed {lapsed}, \
         outstanding {outstanding}"
    )]
    Books {
        /// What left the pools.
        issued: String,
        /// What was handed goods out for, by the receipts.
        redeemed: String,
        /// What passed its date.
        lapsed: String,
        /// What stands in the wallets.
        outstanding: String,
    },
    /// What suppliers were stated is not what was handed out.
    #[error("statements say that {stated} points were handed out, the receipts say {redeemed}")]
    Statements {
        /// By all statements of the year.
        stated: String,
        /// By the receipts.
        redeemed: String,
    },
    /// Something happens more or less often than is told of the place.
    #[error("{what}: {count} in the year, where about {told} are told of")]
    Rate {
        /// What is counted.
        what: &'static str,
        /// How many there were.
        count: u64,
        /// About how many there should have been.
        told: u64,
    },
    /// The API told an amount that is none.
    #[error("the API told {0:?} where an amount belongs")]
    Amount(String),
    /// The plan holds somebody or something that the place doesn't.
    #[error("the plan needs {0}, which the place doesn't have")]
    Plan(&'static str),
}

/// Says what was being done when a request failed.
pub(crate) trait Doing<T> {
    fn doing(self, what: impl FnOnce() -> String) -> Result<T, DemoError>;
}

impl<T> Doing<T> for Result<T, ClientError> {
    fn doing(self, what: impl FnOnce() -> String) -> Result<T, DemoError> {
        self.map_err(|source| DemoError::Asking { doing: what(), source })
    }
}
