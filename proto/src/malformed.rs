//! What is wrong with bytes that should have been a message, and where.

use linli_domain::text::InvalidText;
use thiserror::Error;

/// Bytes that are not what they should be: the field, from the outside in, and its flaw.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{field} {flaw}")]
pub struct Malformed {
    /// The path of the field, such as `event.Contribution.Awarded.lines[2].kind`.
    pub field: String,
    /// What is wrong with it.
    pub flaw: Flaw,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Flaw {
    /// The bytes are no protobuf message of this type.
    #[error("can't be read: {0}")]
    Unreadable(prost::DecodeError),
    /// The field is needed. For a `kind`, what is there may be newer than this program.
    #[error("is missing, or of a kind that is not known here")]
    Missing,
    /// The number means nothing here; zero never does.
    #[error("holds {0}, which means nothing here")]
    UnknownValue(i32),
    /// A number, or a pair of them, that the type doesn't allow.
    #[error("is out of range")]
    OutOfRange,
    /// A text that the type doesn't allow.
    #[error("{0}")]
    Text(InvalidText),
    /// The record was written in a form that this program has not learnt to read.
    #[error("is {found}, and only formats up to {newest} are known here")]
    UnknownFormat {
        /// The record's.
        found: u32,
        /// The newest that is known.
        newest: u32,
    },
    /// The bytes read well, but are not the ones that today's encoder writes for what they say.
    #[error("has bytes beyond what it says: unknown fields or another order")]
    NotCanonical,
}

impl Malformed {
    pub(crate) fn new(field: &str, flaw: Flaw) -> Self {
        Self { field: field.to_owned(), flaw }
    }

    /// The same flaw, seen from the message around it.
    pub(crate) fn within(self, outer: &str) -> Self {
        let separator = if self.field.is_empty() || self.field.starts_with('[') { "" } else { "." };
        Self { field: format!("{outer}{separator}{}", self.field), flaw: self.flaw }
    }
}

impl From<Flaw> for Malformed {
    /// A flaw of the value itself, whose field the caller knows.
    fn from(flaw: Flaw) -> Self {
        Self { field: String::new(), flaw }
    }
}
