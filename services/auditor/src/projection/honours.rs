//! Titles, certificates and reports from the records: what each record said.

use linli_domain::Record;
use linli_domain::honour::{Answer, Event, Standing};
use linli_readmodel::rankings::{PaperRow, PaperStep, PaperYear, ReportRow, ReportStep, TitleRow};
use linli_readmodel::{ReadError, Snapshot};

use super::Rows;
use super::merge::merge;

/// What records tell of honours.
#[derive(Default)]
pub(super) struct Honours {
    titles: Vec<TitleRow>,
    papers: Vec<PaperRow>,
    years: Vec<PaperYear>,
    reports: Vec<ReportRow>,
}

impl Honours {
    pub(super) fn take(&mut self, record: &Record, event: &Event) {
        match event {
            Event::Noticed(it) => self.titles.push(TitleRow {
                hours: Some(it.hours),
                minutes: Some(it.minutes),
                rules: Some(it.rules),
                until: Some(it.until),
                applied: Some(it.applied),
                ..TitleRow::of(record, it.title, Standing::OnNotice)
            }),
            Event::Granted { title, officer } => {
                let row = TitleRow::of(record, *title, Standing::Granted);
                self.titles.push(TitleRow { officer: *officer, ..row });
            }
            Event::Declined { title, officer, reason } => {
                let (officer, reason) = (*officer, Some(*reason));
                let row = TitleRow::of(record, *title, Standing::Declined);
                self.titles.push(TitleRow { officer, reason, ..row });
            }
            Event::Fell { title, hours, minutes } => {
                let (hours, minutes) = (Some(*hours), Some(*minutes));
                let row = TitleRow::of(record, *title, Standing::Fallen);
                self.titles.push(TitleRow { hours, minutes, ..row });
            }
            Event::CertificateRequested { .. }
            | Event::CertificateSigned { .. }
            | Event::CertificateIssued { .. }
            | Event::CertificateRevoked { .. } => self.certificate(record, event),
            Event::RecordReported { .. }
            | Event::ReportOverdue { .. }
            | Event::ReportDropped { .. }
            | Event::ReportAnswered { .. } => self.report(record, event),
        }
    }

    fn certificate(&mut self, record: &Record, event: &Event) {
        let row = match event {
            Event::CertificateRequested { certificate, resident, until } => PaperRow {
                resident: Some(*resident),
                until: Some(*until),
                ..PaperRow::of(record, *certificate, PaperStep::Requested)
            },
            Event::CertificateSigned { certificate, officer } => PaperRow {
                officer: Some(*officer),
                ..PaperRow::of(record, *certificate, PaperStep::Signed)
            },
            Event::CertificateIssued { certificate, officer, paper, .. } => {
                for it in &paper.years {
                    let (certificate, year, minutes) = (*certificate, it.year, it.minutes);
                    self.years.push(PaperYear { certificate, year, minutes });
                }
                PaperRow {
                    officer: Some(*officer),
                    resident: Some(paper.resident),
                    year: Some(paper.year),
                    number: Some(paper.number),
                    minutes: Some(paper.minutes),
                    honour_minutes: Some(paper.honour_minutes),
                    stars: Some(paper.stars),
                    ..PaperRow::of(record, *certificate, PaperStep::Issued)
                }
            }
            Event::CertificateRevoked { certificate, officer, reason } => PaperRow {
                officer: *officer,
                reason: Some(*reason),
                ..PaperRow::of(record, *certificate, PaperStep::Revoked)
            },
            Event::Noticed(_)
            | Event::Granted { .. }
            | Event::Declined { .. }
            | Event::Fell { .. }
            | Event::RecordReported { .. }
            | Event::ReportOverdue { .. }
            | Event::ReportDropped { .. }
            | Event::ReportAnswered { .. } => return,
        };
        self.papers.push(row);
    }

    fn report(&mut self, record: &Record, event: &Event) {
        let row = match event {
            Event::RecordReported { report, due_at } => ReportRow {
                resident: Some(report.resident),
                fault: Some(report.fault),
                contribution: report.contribution,
                due_at: Some(*due_at),
                ..ReportRow::of(record, report.report, ReportStep::Reported)
            },
            Event::ReportOverdue { report } => ReportRow::of(record, *report, ReportStep::Overdue),
            Event::ReportDropped { report } => ReportRow::of(record, *report, ReportStep::Dropped),
            Event::ReportAnswered { report, officer, answer: Answer::Right } => ReportRow {
                officer: Some(*officer),
                ..ReportRow::of(record, *report, ReportStep::Right)
            },
            Event::ReportAnswered { report, officer, answer: Answer::Corrected(by) } => ReportRow {
                officer: Some(*officer),
                contribution: Some(*by),
                ..ReportRow::of(record, *report, ReportStep::Corrected)
            },
            Event::Noticed(_)
            | Event::Granted { .. }
            | Event::Declined { .. }
            | Event::Fell { .. }
            | Event::CertificateRequested { .. }
            | Event::CertificateSigned { .. }
            | Event::CertificateIssued { .. }
            | Event::CertificateRevoked { .. } => return,
        };
        self.reports.push(row);
    }

    pub(super) async fn compare(
        &self,
        snapshot: &Snapshot,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        let titles = self.titles.iter().cloned();
        merge(snapshot, titles, |row: &TitleRow| row.position, rows).await?;
        let papers = self.papers.iter().cloned();
        merge(snapshot, papers, |row: &PaperRow| row.position, rows).await?;
        let mut years = self.years.clone();
        years.sort_unstable_by_key(|row| (row.certificate, row.year));
        let key = |row: &PaperYear| (row.certificate, row.year);
        merge(snapshot, years.into_iter(), key, rows).await?;
        let reports = self.reports.iter().cloned();
        merge(snapshot, reports, |row: &ReportRow| row.position, rows).await
    }
}
