//! Who looked, when and why.

use tokio_postgres::Row;

/// Somebody who comes to a person's record with a reason.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The resident's ULID.
    pub resident: u128,
    /// Who comes.
    pub visitor: Visitor,
    /// Why: a code, never a text.
    pub reason: &'static str,
    /// When, in microseconds since 1970.
    pub at_us: i64,
}

/// Who comes, by ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// The API key.
    pub api_key: u128,
    /// The officer or the station that it speaks for.
    pub subject: Option<u128>,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// The record was written.
    Written,
    /// The record was read, or was asked for where there was none.
    Read,
    /// The person was erased.
    Erased,
}

impl Deed {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Read => "read",
            Self::Erased => "erased",
        }
    }

    fn by_name(name: &str) -> Option<Self> {
        [Self::Written, Self::Read, Self::Erased].into_iter().find(|deed| deed.name() == name)
    }
}

/// A visit that was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visited {
    /// Its number; a later visit has a higher one.
    pub number: i64,
    /// When, in microseconds since 1970.
    pub at_us: i64,
    /// What was done.
    pub deed: Deed,
    /// Who came.
    pub visitor: Visitor,
    /// Why.
    pub reason: String,
}

/// That a person was erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// When, in microseconds since 1970.
    pub at_us: i64,
    /// By which API key.
    pub api_key: u128,
    /// Why.
    pub reason: String,
}

/// A row of `number, at_us, deed, api_key, subject, reason`; `None` if it holds what it can't.
pub(crate) fn visited(row: &Row) -> Result<Option<Visited>, tokio_postgres::Error> {
    let (deed, api_key): (&str, &str) = (row.try_get(2)?, row.try_get(3)?);
    let subject: Option<&str> = row.try_get(4)?;
    let (Some(deed), Some(api_key)) = (Deed::by_name(deed), number(api_key)) else {
        return Ok(None);
    };
    Ok(Some(Visited {
        number: row.try_get(0)?,
        at_us: row.try_get(1)?,
        deed,
        visitor: Visitor { api_key, subject: subject.and_then(number) },
        reason: row.try_get(5)?,
    }))
}

/// A row of `erased_at_us, erased_by, erased_for`; `None` if nobody was erased.
pub(crate) fn erasure(row: &Row) -> Result<Option<Erasure>, tokio_postgres::Error> {
    let at_us: Option<i64> = row.try_get(0)?;
    let by: Option<&str> = row.try_get(1)?;
    let (Some(at_us), Some(api_key)) = (at_us, by.and_then(number)) else { return Ok(None) };
    Ok(Some(Erasure { at_us, api_key, reason: row.try_get(2)? }))
}

/// An id as the tables hold it.
pub(crate) fn text(id: u128) -> String {
    ulid::Ulid(id).to_string()
}

fn number(text: &str) -> Option<u128> {
    ulid::Ulid::from_string(text).ok().map(|id| id.0)
}
