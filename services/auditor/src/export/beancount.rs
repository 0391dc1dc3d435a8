//! Beancount 3.

use std::io::{self, Write};

use linli_domain::Record;
use linli_domain::posting::Account;
use linli_domain::quantity::Points;

use super::account::name;
use super::form::Day;
use super::said::said;

pub(super) fn open(file: &mut impl Write, day: Day<'_>, account: Account) -> io::Result<()> {
    writeln!(file, "{day} open {} PTS", name(account))
}

pub(super) fn transaction(file: &mut impl Write, day: Day<'_>, record: &Record) -> io::Result<()> {
    writeln!(file, "\n{day} * \"{}\"", said(&record.event))?;
    writeln!(file, "  pos: \"{}\"", record.position)?;
    for posting in &record.postings {
        writeln!(file, "  {}  {} PTS", name(posting.account), posting.amount)?;
    }
    Ok(())
}

/// An assertion holds at the beginning of its day: what the month ends with is said of the next.
pub(super) fn close(
    file: &mut impl Write,
    next: Day<'_>,
    balances: impl Iterator<Item = (Account, Points)>,
) -> io::Result<()> {
    writeln!(file)?;
    for (account, points) in balances {
        writeln!(file, "{next} balance {}  {points} PTS", name(account))?;
    }
    Ok(())
}
