//! A journal for ledger and hledger.

use std::io::{self, Write};

use linli_domain::Record;
use linli_domain::posting::Account;
use linli_domain::quantity::Points;

use super::account::name;
use super::form::Day;
use super::said::said;

pub(super) fn begin(file: &mut impl Write) -> io::Result<()> {
    writeln!(file, "commodity PTS\n    format 1,000.00 PTS\n")
}

pub(super) fn open(file: &mut impl Write, account: Account) -> io::Result<()> {
    writeln!(file, "account {}", name(account))
}

pub(super) fn transaction(file: &mut impl Write, day: Day<'_>, record: &Record) -> io::Result<()> {
    writeln!(file, "\n{day} * ({}) {}", record.position, said(&record.event))?;
    for posting in &record.postings {
        writeln!(file, "    {}  {} PTS", name(posting.account), posting.amount)?;
    }
    Ok(())
}

/// An assertion holds after its posting: the month's last transaction changes nothing and says
/// what all accounts stand at.
pub(super) fn close(
    file: &mut impl Write,
    last: Day<'_>,
    balances: impl Iterator<Item = (Account, Points)>,
) -> io::Result<()> {
    let mut balances = balances.peekable();
    if balances.peek().is_some() {
        writeln!(file, "\n{last} * the month is over")?;
    }
    for (account, points) in balances {
        writeln!(file, "    {}  0.00 PTS = {points} PTS", name(account))?;
    }
    Ok(())
}
