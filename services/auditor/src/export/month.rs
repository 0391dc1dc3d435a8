//! A file a month.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use linli_domain::Record;
use linli_domain::posting::Account;
use linli_domain::quantity::Points;
use linli_domain::time::{Timestamp, Zone};

use super::ExportError;
use super::form::Form;

/// What was written: transactions, accounts, files.
type Written = (u64, u64, Vec<PathBuf>);

/// Writes month after month.
pub(super) struct Months {
    form: Form,
    folder: PathBuf,
    zone: Zone,
    balances: BTreeMap<Account, Points>,
    month: Option<Month>,
    names: Vec<String>,
    transactions: u64,
    /// The day of the last record, whether it changed points or not.
    until: Option<Date>,
}

/// The month that is being written.
struct Month {
    first: Date,
    path: PathBuf,
    file: BufWriter<File>,
}

impl Months {
    pub(super) fn new(form: Form, folder: PathBuf, zone: Zone) -> Result<Self, ExportError> {
        fs::create_dir_all(&folder).map_err(at(&folder))?;
        let (balances, names) = (BTreeMap::new(), Vec::new());
        let (month, until) = (None, None);
        Ok(Self { form, folder, zone, balances, month, names, transactions: 0, until })
    }

    /// Takes the next record. Records come in the order of the log, whose time never goes back.
    pub(super) fn take(&mut self, record: &Record) -> Result<(), ExportError> {
        let day = self.day(record.recorded_at);
        self.until = Some(day);
        if record.postings.is_empty() {
            return Ok(());
        }
        self.turn_to(day.first_of_month())?;
        self.begin(day.first_of_month())?;
        let Some(Month { path, file, .. }) = &mut self.month else { return Ok(()) };
        let (form, shown) = (self.form, day.to_string());
        for posting in &record.postings {
            if self.balances.insert(posting.account, posting.balance).is_none() {
                form.open(file, &shown, posting.account).map_err(at(path))?;
            }
        }
        form.transaction(file, &shown, record).map_err(at(path))?;
        self.transactions = self.transactions.saturating_add(1);
        Ok(())
    }

    /// Closes the last month, and writes what names them all.
    pub(super) fn finish(mut self) -> Result<Written, ExportError> {
        if let Some(until) = self.until {
            self.turn_to(until.first_of_month())?;
        }
        self.close()?;
        let mut names = self.names;
        if let Some((name, text)) = self.form.whole(&names) {
            let path = self.folder.join(&name);
            fs::write(&path, text).map_err(at(&path))?;
            names.insert(0, name);
        }
        let files = names.into_iter().map(|name| self.folder.join(name)).collect();
        let accounts = u64::try_from(self.balances.len()).unwrap_or(u64::MAX);
        Ok((self.transactions, accounts, files))
    }

    /// Closes the months before this one. One in which nothing moved has a file too, which says what
    /// every account stands at: a month that is missing is one that somebody took away.
    fn turn_to(&mut self, first: Date) -> Result<(), ExportError> {
        while let Some(month) =
            self.month.as_ref().map(|month| month.first).filter(|it| *it < first)
        {
            self.close()?;
            let next = month.last_of_month().tomorrow().unwrap_or(first);
            self.begin(next)?;
        }
        Ok(())
    }

    fn begin(&mut self, first: Date) -> Result<(), ExportError> {
        if self.month.is_some() {
            return Ok(());
        }
        let name = format!("{}.{}", first.strftime("%Y-%m"), self.form.ending());
        let path = self.folder.join(&name);
        let mut file = BufWriter::new(File::create(&path).map_err(at(&path))?);
        self.form.begin(&mut file).map_err(at(&path))?;
        self.names.push(name);
        self.month = Some(Month { first, path, file });
        Ok(())
    }

    fn close(&mut self) -> Result<(), ExportError> {
        let Some(Month { first, path, mut file }) = self.month.take() else { return Ok(()) };
        let last = first.last_of_month();
        let next = last.tomorrow().unwrap_or(last);
        let balances = self.balances.iter().map(|(account, points)| (*account, *points));
        self.form
            .close(&mut file, &last.to_string(), &next.to_string(), balances)
            .map_err(at(&path))?;
        file.flush().map_err(at(&path))
    }

    /// The day on the wall.
    fn day(&self, at: Timestamp) -> Date {
        let (day, _) = self.zone.day_and_minute(at);
        let since = jiff::Span::new().try_days(day).unwrap_or_default();
        Date::new(1970, 1, 1).and_then(|epoch| epoch.checked_add(since)).unwrap_or(Date::ZERO)
    }
}

fn at(path: &Path) -> impl Fn(io::Error) -> ExportError + use<> {
    let path = path.to_owned();
    move |source| ExportError::File { path: path.clone(), source }
}
