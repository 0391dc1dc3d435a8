//! A JSON object a posting. Amounts are text, lest somebody read them as floating point.

use std::io::{self, Write};

use linli_domain::Record;

use super::account::name;
use super::form::Day;
use super::said::said;

/// What the members are (JSON Schema 2020-12).
pub(super) const SCHEMA: &str = include_str!("json_lines_schema.json");

pub(super) fn transaction(file: &mut impl Write, day: Day<'_>, record: &Record) -> io::Result<()> {
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
