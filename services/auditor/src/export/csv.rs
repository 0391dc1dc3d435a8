//! Rows for spreadsheets and databases. No value has a comma, a quote or a line end in it.

use std::io::{self, Write};

use linli_domain::Record;

use super::account::name;
use super::form::Day;
use super::said::said;

/// What the columns are (CSV on the Web, <https://www.w3.org/TR/tabular-metadata/>).
pub(super) const SCHEMA: &str = include_str!("csv_schema.json");

pub(super) fn begin(file: &mut impl Write) -> io::Result<()> {
    write!(
        file,
        "position,day,recorded_at_us,happened_at_us,fact,account,amount,balance,version\r\n"
    )
}

pub(super) fn transaction(file: &mut impl Write, day: Day<'_>, record: &Record) -> io::Result<()> {
    for posting in &record.postings {
        write!(
            file,
            "{},{day},{},{},{},{},{},{},{}\r\n",
            record.position,
            record.recorded_at.microseconds(),
            record.happened_at.microseconds(),
            said(&record.event),
            name(posting.account),
            posting.amount,
            posting.balance,
            posting.version,
        )?;
    }
    Ok(())
}
