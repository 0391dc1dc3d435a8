//! Findings: what is not true, where, and which law it breaks.

mod kind;
mod list;

use serde::Serialize;

pub use kind::Kind;
pub(crate) use kind::OF_THE_LOG;
pub use list::{FINDINGS_SHOWN_MAX, Findings};

use linli_domain::{Contradiction, Position};

/// Longest account of what was found, in characters: a decision in full can be pages.
const WHAT_CHARS_MAX: usize = 800;

/// Where something is not true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Place {
    /// At one record.
    Record {
        /// Its position.
        position: u64,
    },
    /// Somewhere among the records of a frame, or among records that are missing.
    Records {
        /// The first of them.
        first: u64,
        /// The last of them.
        last: u64,
    },
    /// In the whole that all records up to a position amount to.
    Whole {
        /// The position.
        as_of: u64,
    },
    /// In a tile of hashes.
    Tile {
        /// Its path: `tile/0/x001/234`.
        tile: String,
    },
    /// In a signed checkpoint.
    Checkpoint {
        /// Over how many records it is.
        size: u64,
    },
    /// In a message of the stream.
    Message {
        /// Its number there.
        sequence: u64,
    },
    /// In the stream as a whole.
    Stream {
        /// Its name.
        stream: String,
    },
    /// In a row of a read model.
    Row {
        /// Which table, with its projection: `balances.wallet`.
        table: String,
        /// The row's key, column by column.
        key: String,
        /// The column; none if the whole row is missing or too many.
        #[serde(skip_serializing_if = "Option::is_none")]
        column: Option<&'static str>,
    },
    /// In a read model as a whole.
    Projection {
        /// Its name.
        projection: &'static str,
    },
}

impl Place {
    /// Does it name this position, alone or among others?
    #[must_use]
    pub fn covers(&self, at: u64) -> bool {
        match self {
            Self::Record { position } => *position == at,
            Self::Records { first, last } => (*first..=*last).contains(&at),
            Self::Whole { .. }
            | Self::Tile { .. }
            | Self::Checkpoint { .. }
            | Self::Message { .. }
            | Self::Stream { .. }
            | Self::Row { .. }
            | Self::Projection { .. } => false,
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Record { position } => write!(f, "record {position}"),
            Self::Records { first, last } => write!(f, "records {first} to {last}"),
            Self::Whole { as_of } => write!(f, "all records up to {as_of}"),
            Self::Tile { tile } => f.write_str(tile),
            Self::Checkpoint { size } => write!(f, "the checkpoint over {size} records"),
            Self::Message { sequence } => write!(f, "message {sequence} of the stream"),
            Self::Stream { stream } => write!(f, "the stream {stream}"),
            Self::Row { table, key, column: None } => write!(f, "{table} ({key})"),
            Self::Row { table, key, column: Some(column) } => write!(f, "{table}.{column} ({key})"),
            Self::Projection { projection } => write!(f, "read model {projection}"),
        }
    }
}

/// Something that is not true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// Which law it breaks.
    pub kind: Kind,
    /// What was found, and what should be there.
    pub what: String,
}

impl Finding {
    pub(crate) fn new(place: Place, kind: Kind, what: impl Into<String>) -> Self {
        let mut what = what.into();
        if let Some((cut, _)) = what.char_indices().nth(WHAT_CHARS_MAX) {
            what.truncate(cut);
            what.push('…');
        }
        Self { place, kind, what }
    }

    pub(crate) fn at(position: u64, kind: Kind, what: impl Into<String>) -> Self {
        Self::new(Place::Record { position }, kind, what)
    }

    pub(crate) fn among(first: u64, last: u64, kind: Kind, what: impl Into<String>) -> Self {
        Self::new(Place::Records { first, last }, kind, what)
    }
}

impl From<Contradiction> for Finding {
    fn from(contradiction: Contradiction) -> Self {
        let Contradiction { position: Position(position), law, found } = contradiction;
        Self::at(position, Kind::Law(law), found)
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: not true that {}: {}", self.place, self.kind.words(), self.what)
    }
}
