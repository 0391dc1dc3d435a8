//! A JSON object a posting. Amounts are text, lest somebody read them as floating point.

use std::io::{self, Write};

use linli_domain::Record;

use super::account::name;
use super::form::Day;
use super::said::said;

/// What the members are (JSON Schema 2020-12).
pub(super) const SCHEMA: &str = r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "A booked change of one account",
  "type": "object",
  "additionalProperties": false,
  "required": ["position", "day", "recorded_at_us", "happened_at_us", "fact", "account", "amount", "balance", "version"],
  "properties": {
    "position": { "type": "integer", "minimum": 1, "description": "Place of the record in the log" },
    "day": { "type": "string", "format": "date", "description": "Day on which it was recorded, on the clock on the wall" },
    "recorded_at_us": { "type": "integer", "description": "When it was recorded, in microseconds since 1970 (UTC)" },
    "happened_at_us": { "type": "integer", "description": "When it happened, in microseconds since 1970 (UTC)" },
    "fact": { "type": "string", "description": "What happened" },
    "account": { "type": "string", "description": "Which account changed" },
    "amount": { "type": "string", "pattern": "^-?[0-9]+\\.[0-9]{2}$", "description": "By how many points; those of one record sum to zero" },
    "balance": { "type": "string", "pattern": "^-?[0-9]+\\.[0-9]{2}$", "description": "What the account stood at after it" },
    "version": { "type": "integer", "minimum": 1, "description": "How many postings the account had had, this one included" }
  }
}
"#;

pub(super) fn transaction(
    file: &mut impl Write,
    day: Day<'_>,
    record: &Record,
) -> io::Result<()> {
    for posting in &record.postings {
        let (position, fact) = (record.position, said(&record.event));
        let (account, amount) = (name(posting.account), posting.amount);
        let (balance, version) = (posting.balance, posting.version);
        let (recorded, happened) =
            (record.recorded_at.microseconds(), record.happened_at.microseconds());
        writeln!(
            file,
            r#"{{"position":{position},"day":"{day}","recorded_at_us":{recorded},"happened_at_us":{happened},"fact":"{fact}","account":"{account}","amount":"{amount}","balance":"{balance}","version":{version}}}"#,
        )?;
    }
    Ok(())
}
