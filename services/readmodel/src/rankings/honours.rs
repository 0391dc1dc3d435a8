//! Titles, certificates and reports, step by step: each row is what one record said, and how a
//! thing stands is its last step.

use std::collections::BTreeMap;

use linli_domain::honour::{DeclineReason, Distinction, Fault, RevokeReason, Standing, Title};
use linli_domain::id::{CertificateId, ContributionId, OfficerId, ReportId, ResidentId};
use linli_domain::quantity::Minutes;
use linli_domain::rules::RuleVersion;
use linli_domain::time::Timestamp;
use linli_domain::{Position, Record};

use crate::cell::Cell as _;
use crate::error::ReadError;
use crate::projection::Projection;
use crate::reader::Reader;
use crate::table::{Table, statement, table};

/// The most steps of one resident's titles that are read at once: a resident has a few a year.
const STEPS_MAX: i64 = 500;

/// Is it a star or a medal?
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TitleKind {
    /// Stars.
    Star,
    /// A medal.
    Medal,
}

impl TitleKind {
    /// Kind and number of a distinction.
    #[must_use]
    pub const fn of(distinction: Distinction) -> (Self, u8) {
        match distinction {
            Distinction::Star(number) => (Self::Star, number),
            Distinction::Medal(number) => (Self::Medal, number),
        }
    }

    /// The distinction of this kind and number.
    #[must_use]
    pub const fn distinction(self, number: u8) -> Distinction {
        match self {
            Self::Star => Distinction::Star(number),
            Self::Medal => Distinction::Medal(number),
        }
    }
}

/// What a record says of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaperStep {
    /// It was asked for.
    Requested,
    /// It was signed for the first time.
    Signed,
    /// It was issued.
    Issued,
    /// It is void.
    Revoked,
}

/// What a record says of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportStep {
    /// It was made.
    Reported,
    /// It was not answered in time.
    Overdue,
    /// The record was found right.
    Right,
    /// The record was corrected.
    Corrected,
    /// Whose record it is was erased.
    Dropped,
}

table! {
    /// What a record says of a title.
    TitleRow in Rankings "title" {
        /// The record.
        Key position: Position = "position",
        /// When.
        Fix recorded_at: Timestamp = "recorded_at_us",
        /// Whose.
        Fix resident: ResidentId = "resident",
        /// Stars or a medal.
        Fix kind: TitleKind = "kind",
        /// Which.
        Fix number: u8 = "number",
        /// Of which year; none: of all time.
        Fix year: Option<i32> = "year",
        /// How far it has come by it.
        Fix standing: Standing = "standing",
        /// The hours that it takes.
        Fix hours: Option<u32> = "hours",
        /// What was served.
        Fix minutes: Option<Minutes> = "minutes",
        /// By which rules.
        Fix rules: Option<RuleVersion> = "rules",
        /// The end of its notice.
        Fix until: Option<Timestamp> = "until_us",
        /// Did the resident apply?
        Fix applied: Option<bool> = "applied",
        /// Who said so.
        Fix officer: Option<OfficerId> = "officer",
        /// Why it was not granted.
        Fix reason: Option<DeclineReason> = "reason",
    }
}

table! {
    /// What a record says of a certificate.
    PaperRow in Rankings "certificate" {
        /// The record.
        Key position: Position = "position",
        /// When.
        Fix recorded_at: Timestamp = "recorded_at_us",
        /// Which certificate.
        Fix certificate: CertificateId = "certificate",
        /// What of it.
        Fix step: PaperStep = "step",
        /// Whose service it tells of.
        Fix resident: Option<ResidentId> = "resident",
        /// The end of its notice.
        Fix until: Option<Timestamp> = "until_us",
        /// Who signed, or said that it is void.
        Fix officer: Option<OfficerId> = "officer",
        /// The year of its number.
        Fix year: Option<i32> = "year",
        /// Its number in that year.
        Fix number: Option<u32> = "number",
        /// Verified service.
        Fix minutes: Option<Minutes> = "minutes",
        /// Service that was entered afterwards.
        Fix honour_minutes: Option<Minutes> = "honour_minutes",
        /// The stars that were granted.
        Fix stars: Option<u8> = "stars",
        /// Why it is void.
        Fix reason: Option<RevokeReason> = "reason",
    }
}

table! {
    /// What a certificate says of a year.
    PaperYear in Rankings "certificate_year" {
        /// Which certificate.
        Key certificate: CertificateId = "certificate",
        /// The year.
        Key year: i32 = "year",
        /// Verified service that ended in it.
        Fix minutes: Minutes = "minutes",
    }
}

table! {
    /// What a record says of a report that service is recorded wrongly.
    ReportRow in Rankings "record_report" {
        /// The record.
        Key position: Position = "position",
        /// When.
        Fix recorded_at: Timestamp = "recorded_at_us",
        /// Which report.
        Fix report: ReportId = "report",
        /// What of it.
        Fix step: ReportStep = "step",
        /// Whose record it is.
        Fix resident: Option<ResidentId> = "resident",
        /// What is wrong.
        Fix fault: Option<Fault> = "fault",
        /// The contribution that is wrong, or the one that puts it right.
        Fix contribution: Option<ContributionId> = "contribution",
        /// It is to be answered by then.
        Fix due_at: Option<Timestamp> = "due_at_us",
        /// Who answered.
        Fix officer: Option<OfficerId> = "officer",
    }
}

impl TitleRow {
    /// What a record says of a title, before its figures.
    #[must_use]
    pub const fn of(record: &Record, title: Title, standing: Standing) -> Self {
        let (kind, number) = TitleKind::of(title.distinction);
        Self {
            position: record.position,
            recorded_at: record.recorded_at,
            resident: title.resident,
            kind,
            number,
            year: title.year,
            standing,
            hours: None,
            minutes: None,
            rules: None,
            until: None,
            applied: None,
            officer: None,
            reason: None,
        }
    }

    /// The title.
    #[must_use]
    pub const fn title(&self) -> Title {
        let distinction = self.kind.distinction(self.number);
        Title { resident: self.resident, distinction, year: self.year }
    }
}

impl PaperRow {
    /// What a record says of a certificate, before its figures.
    #[must_use]
    pub const fn of(record: &Record, certificate: CertificateId, step: PaperStep) -> Self {
        Self {
            position: record.position,
            recorded_at: record.recorded_at,
            certificate,
            step,
            resident: None,
            until: None,
            officer: None,
            year: None,
            number: None,
            minutes: None,
            honour_minutes: None,
            stars: None,
            reason: None,
        }
    }
}

impl ReportRow {
    /// What a record says of a report, before its figures.
    #[must_use]
    pub const fn of(record: &Record, report: ReportId, step: ReportStep) -> Self {
        Self {
            position: record.position,
            recorded_at: record.recorded_at,
            report,
            step,
            resident: None,
            fault: None,
            contribution: None,
            due_at: None,
            officer: None,
        }
    }
}

impl Reader {
    /// What records said of a resident's titles, oldest first; the newest of very many.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn titles_of(&self, resident: ResidentId) -> Result<Vec<TitleRow>, ReadError> {
        let rest = "AND resident = $2 ORDER BY position DESC LIMIT $3";
        let mut rows = self.select(rest, &[&resident.wire(), &STEPS_MAX]).await?;
        rows.reverse();
        Ok(rows)
    }

    /// Titles that stand on public notice, oldest first: the steps that put them there, after one.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn titles_on_notice(
        &self,
        after: Option<Position>,
        limit: u32,
    ) -> Result<Vec<TitleRow>, ReadError> {
        let (client, schema) = self.session(Projection::Rankings).await?;
        let names = statement::names::<TitleRow>("t.");
        let text = format!(
            "SELECT {names} FROM (SELECT DISTINCT ON (resident, kind, number, year) * \
             FROM {schema}.title WHERE district = $1 \
             ORDER BY resident, kind, number, year, position DESC) t \
             WHERE standing = 'on_notice' AND position > $2 ORDER BY position LIMIT $3"
        );
        let (district, limit) = (self.district().as_str(), i64::from(limit));
        let after = after.unwrap_or(Position::START).wire();
        let statement = client.prepare_cached(&text).await?;
        let rows = client.query(&statement, &[&district, &after, &limit]).await?;
        rows.iter()
            .map(|row| TitleRow::from_row(row, 0))
            .collect::<Result<_, _>>()
            .map_err(ReadError::Row)
    }

    /// What records said of a certificate, oldest first, and what it says of each year.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn certificate(
        &self,
        id: CertificateId,
    ) -> Result<(Vec<PaperRow>, Vec<PaperYear>), ReadError> {
        let rows: Vec<PaperRow> =
            self.select("AND certificate = $2 ORDER BY position", &[&id.wire()]).await?;
        let years = match rows.as_slice() {
            [] => Vec::new(),
            _ => self.select("AND certificate = $2 ORDER BY year", &[&id.wire()]).await?,
        };
        Ok((rows, years))
    }

    /// The certificates that a resident asked for, newest first: what records said of each, oldest
    /// first, and what it says of each year.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn certificates_of(
        &self,
        resident: ResidentId,
        limit: u32,
    ) -> Result<Vec<(Vec<PaperRow>, Vec<PaperYear>)>, ReadError> {
        let rest = "AND resident = $2 AND step = 'requested' ORDER BY position DESC LIMIT $3";
        let asked: Vec<PaperRow> =
            self.select(rest, &[&resident.wire(), &i64::from(limit)]).await?;
        let ids: Vec<_> = asked.iter().map(|row| row.certificate.wire()).collect();
        let rest = "AND certificate = ANY($2) ORDER BY position";
        let mut rows = grouped(self.select(rest, &[&ids]).await?, |row: &PaperRow| row.certificate);
        let rest = "AND certificate = ANY($2) ORDER BY year";
        let mut years =
            grouped(self.select(rest, &[&ids]).await?, |row: &PaperYear| row.certificate);
        let mut of = |PaperRow { certificate, .. }: &PaperRow| {
            let years = years.remove(certificate).unwrap_or_default();
            (rows.remove(certificate).unwrap_or_default(), years)
        };
        Ok(asked.iter().map(&mut of).collect())
    }

    /// What records said of a report, oldest first.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn record_report(&self, id: ReportId) -> Result<Vec<ReportRow>, ReadError> {
        self.select("AND report = $2 ORDER BY position", &[&id.wire()]).await
    }

    /// The reports of a resident's, newest first: what records said of each, oldest first.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn record_reports_of(
        &self,
        resident: ResidentId,
        limit: u32,
    ) -> Result<Vec<Vec<ReportRow>>, ReadError> {
        let rest = "AND resident = $2 AND step = 'reported' ORDER BY position DESC LIMIT $3";
        let made: Vec<ReportRow> =
            self.select(rest, &[&resident.wire(), &i64::from(limit)]).await?;
        let ids: Vec<_> = made.iter().map(|row| row.report.wire()).collect();
        let rest = "AND report = ANY($2) ORDER BY position";
        let mut rows = grouped(self.select(rest, &[&ids]).await?, |row: &ReportRow| row.report);
        let mut of = |row: &ReportRow| rows.remove(&row.report).unwrap_or_default();
        Ok(made.iter().map(&mut of).collect())
    }
}

/// Rows by what they are of, in their order.
fn grouped<K: Ord, T>(rows: Vec<T>, key: impl Fn(&T) -> K) -> BTreeMap<K, Vec<T>> {
    let mut groups: BTreeMap<K, Vec<T>> = BTreeMap::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
    groups
}
