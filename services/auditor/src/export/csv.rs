//! Rows for spreadsheets and databases. No value has a comma, a quote or a line end in it.

use std::io::{self, Write};

use linli_domain::Record;

use super::account::name;
use super::form::Day;
use super::said::said;

/// What the columns are (CSV on the Web, <https://www.w3.org/TR/tabular-metadata/>).
pub(super) const SCHEMA: &str = r#"{
  "@context": "http://www.w3.org/ns/csvw",
  "tableSchema": {
    "columns": [
      { "name": "position", "datatype": "integer", "dc:description": "Place of the record in the log, from 1" },
      { "name": "day", "datatype": "date", "dc:description": "Day on which it was recorded, on the clock on the wall" },
      { "name": "recorded_at_us", "datatype": "integer", "dc:description": "When it was recorded, in microseconds since 1970 (UTC)" },
      { "name": "happened_at_us", "datatype": "integer", "dc:description": "When it happened, in microseconds since 1970 (UTC)" },
      { "name": "fact", "datatype": "string", "dc:description": "What happened" },
      { "name": "account", "datatype": "string", "dc:description": "Which account changed" },
      { "name": "amount", "datatype": { "base": "decimal", "format": "#0.00" }, "dc:description": "By how many points; those of one record sum to zero" },
      { "name": "balance", "datatype": { "base": "decimal", "format": "#0.00" }, "dc:description": "What the account stood at after it" },
      { "name": "version", "datatype": "integer", "dc:description": "How many postings the account had had, this one included" }
    ],
    "primaryKey": ["account", "version"]
  }
}
"#;

pub(super) fn begin(file: &mut impl Write) -> io::Result<()> {
    write!(
        file,
        "position,day,recorded_at_us,happened_at_us,fact,account,amount,balance,version\r\n"
    )
}

pub(super) fn transaction(
    file: &mut impl Write,
    day: Day<'_>,
    record: &Record,
) -> io::Result<()> {
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
