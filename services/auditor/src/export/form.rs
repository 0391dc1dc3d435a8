//! The forms, and what each has to write.

use std::io::{self, Write};

use linli_domain::Record;
use linli_domain::posting::Account;
use linli_domain::quantity::Points;

use super::{beancount, csv, hledger, json_lines};

/// A form of books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Beancount 3, for `bean-check`.
    Beancount,
    /// A journal that ledger and hledger read.
    Hledger,
    /// A row a posting, RFC 4180, with a header.
    Csv,
    /// A JSON object a posting, a line each.
    JsonLines,
}

/// A day on the wall, as `2026-01-31`.
pub(super) type Day<'a> = &'a str;

impl Form {
    /// How its files end.
    pub(super) const fn ending(self) -> &'static str {
        match self {
            Self::Beancount => "beancount",
            Self::Hledger => "journal",
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }

    /// The head of a month's file.
    pub(super) fn begin(self, file: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Beancount | Self::JsonLines => Ok(()),
            Self::Hledger => hledger::begin(file),
            Self::Csv => csv::begin(file),
        }
    }

    /// An account's first posting is about to come.
    pub(super) fn open(
        self,
        file: &mut impl Write,
        day: Day<'_>,
        account: Account,
    ) -> io::Result<()> {
        match self {
            Self::Beancount => beancount::open(file, day, account),
            Self::Hledger => hledger::open(file, account),
            Self::Csv | Self::JsonLines => Ok(()),
        }
    }

    /// A record that changes points.
    pub(super) fn transaction(
        self,
        file: &mut impl Write,
        day: Day<'_>,
        record: &Record,
    ) -> io::Result<()> {
        match self {
            Self::Beancount => beancount::transaction(file, day, record),
            Self::Hledger => hledger::transaction(file, day, record),
            Self::Csv => csv::transaction(file, day, record),
            Self::JsonLines => json_lines::transaction(file, day, record),
        }
    }

    /// What all accounts stand at when the month is over: on its last day, before `next`.
    pub(super) fn close(
        self,
        file: &mut impl Write,
        last: Day<'_>,
        next: Day<'_>,
        balances: impl Iterator<Item = (Account, Points)>,
    ) -> io::Result<()> {
        match self {
            Self::Beancount => beancount::close(file, next, balances),
            Self::Hledger => hledger::close(file, last, balances),
            Self::Csv | Self::JsonLines => Ok(()),
        }
    }

    /// The file that names all months in their order, where the form has one.
    pub(super) fn whole(self, months: &[String]) -> Option<(String, String)> {
        let includes = |before: &str, after: &str| {
            months.iter().map(|month| format!("{before}{month}{after}\n")).collect::<String>()
        };
        match self {
            Self::Beancount => {
                let text = format!(
                    "option \"operating_currency\" \"PTS\"\n{}",
                    includes("include \"", "\"")
                );
                Some(("linli.beancount".to_owned(), text))
            }
            Self::Hledger => Some(("linli.journal".to_owned(), includes("include ", ""))),
            Self::Csv => Some(("schema.json".to_owned(), csv::SCHEMA.to_owned())),
            Self::JsonLines => Some(("schema.json".to_owned(), json_lines::SCHEMA.to_owned())),
        }
    }
}
