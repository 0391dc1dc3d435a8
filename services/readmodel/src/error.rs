//! What can go wrong between rows and types.

use crate::projection::Projection;

/// A row that could not be read as what it has to be.
#[derive(Debug, thiserror::Error)]
pub enum RowError {
    /// The driver could not give the column.
    #[error("column {column} could not be read")]
    Column {
        /// Which column.
        column: &'static str,
        /// Why.
        source: tokio_postgres::Error,
    },
    /// The value can't be there: another program wrote it, or an older form of this one.
    #[error("column {column} holds a value that it can't have")]
    Value {
        /// Which column.
        column: &'static str,
    },
}

/// Why a query got no answer. None of these is about what was asked for: a row that isn't there
/// is `None`.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// No connection could be had.
    #[error("no connection to the read models")]
    Connection(#[from] deadpool_postgres::PoolError),
    /// The query failed.
    #[error("a query of the read models failed")]
    Query(#[from] tokio_postgres::Error),
    /// A row was not as expected.
    #[error("a row of the read models is not as expected")]
    Row(#[from] RowError),
    /// The projector has never made this read model in this district, or made it in another form.
    #[error("there is no read model {0} of this form yet")]
    NotBuilt(Projection),
}

/// Why a batch of changes could not be written. The transaction is to be given up.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A statement failed.
    #[error("rows of {table} could not be written")]
    Statement {
        /// Of which table.
        table: &'static str,
        /// Why.
        source: tokio_postgres::Error,
    },
    /// A row has no form in SQL.
    #[error("a row of {table} has no form in SQL")]
    Form {
        /// Of which table.
        table: &'static str,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Rows that have to be there are not: a record spoke of what no record before it made.
    #[error("{found} of {expected} rows of {table} that were to change are there")]
    Missing {
        /// In which table.
        table: &'static str,
        /// How many were to change.
        expected: u64,
        /// How many did.
        found: u64,
    },
}

impl WriteError {
    /// May the same batch succeed if it is tried again? True when the connection or the server
    /// is at fault, false when the rows are.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Statement { source, .. } => is_transient(source),
            Self::Form { .. } | Self::Missing { .. } => false,
        }
    }
}

/// Is the server or the way to it at fault, rather than what was asked of it? SQLSTATE classes
/// 08 (connection), 40 (rolled back), 53 (resources), 55 (not in state), 57 (operator), 58
/// (system) pass; an error without a code never reached the server.
#[must_use]
pub fn is_transient(error: &tokio_postgres::Error) -> bool {
    match error.code() {
        Some(state) => {
            ["08", "40", "53", "55", "57", "58"].iter().any(|class| state.code().starts_with(class))
        }
        None => true,
    }
}
