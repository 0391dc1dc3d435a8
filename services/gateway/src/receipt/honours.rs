//! What records tell of titles, certificates and reports that service is recorded wrongly.

use linli_api as api;
use linli_api::honour::{
    Certificate, CertificatePaper, CertificateStage, RecordReport, ReportStage, TitleStanding,
};
use linli_domain::honour::{Answer, Distinction, Event, Paper, Title};
use linli_domain::{Event as Any, Record};
use linli_readmodel::rankings::{PaperRow, PaperStep, PaperYear, ReportRow, ReportStep, TitleRow};

use crate::parse::Spoken as _;
use crate::receipt::{id, instant};

pub(crate) const fn distinction(it: Distinction) -> api::honour::Distinction {
    match it {
        Distinction::Star(number) => api::honour::Distinction::Star(number),
        Distinction::Medal(number) => api::honour::Distinction::Medal(number),
    }
}

fn bare_title(title: Title, standing: TitleStanding) -> api::honour::Title {
    api::honour::Title {
        resident: id(title.resident),
        distinction: distinction(title.distinction),
        year: title.year,
        standing,
        hours: None,
        minutes: None,
        until: None,
        applied: None,
        officer: None,
        reason: None,
        since: None,
    }
}

fn bare_certificate(
    certificate: linli_domain::id::CertificateId,
    stage: CertificateStage,
) -> Certificate {
    Certificate {
        certificate: id(certificate),
        resident: None,
        stage,
        until: None,
        paper: None,
        signed_by: Vec::new(),
        issued_at: None,
        revoked_at: None,
        reason: None,
    }
}

/// `2025-000017`.
fn number(year: i32, number: u32) -> String {
    format!("{year}-{number:06}")
}

fn paper(said: &Paper) -> CertificatePaper {
    let year = |it: &linli_domain::honour::YearMinutes| api::honour::YearMinutes {
        year: it.year,
        minutes: it.minutes.get(),
    };
    CertificatePaper {
        number: number(said.year, said.number),
        minutes: said.minutes.get(),
        honour_minutes: said.honour_minutes.get(),
        years: said.years.iter().map(year).collect(),
        stars: said.stars,
    }
}

fn bare_report(report: linli_domain::id::ReportId, stage: ReportStage) -> RecordReport {
    RecordReport {
        report: id(report),
        stage,
        resident: None,
        fault: None,
        contribution: None,
        due_at: None,
        officer: None,
        corrected_by: None,
    }
}

/// What a fact of honours is about, as it is told.
#[derive(Debug)]
pub(crate) enum Honoured {
    /// A title.
    Title(api::honour::Title),
    /// A certificate.
    Certificate(Certificate),
    /// A report.
    Report(RecordReport),
}

/// What a fact of honours tells.
pub(crate) fn honoured(event: &Event) -> Honoured {
    match event {
        Event::Noticed(notice) => Honoured::Title(api::honour::Title {
            hours: Some(notice.hours),
            minutes: Some(notice.minutes.get()),
            until: Some(instant(notice.until)),
            applied: Some(notice.applied),
            ..bare_title(notice.title, TitleStanding::OnNotice)
        }),
        Event::Granted { title, officer } => Honoured::Title(api::honour::Title {
            officer: officer.map(id),
            ..bare_title(*title, TitleStanding::Granted)
        }),
        Event::Declined { title, officer, reason } => Honoured::Title(api::honour::Title {
            officer: officer.map(id),
            reason: Some(reason.said()),
            ..bare_title(*title, TitleStanding::Declined)
        }),
        Event::Fell { title, hours, minutes } => Honoured::Title(api::honour::Title {
            hours: Some(*hours),
            minutes: Some(minutes.get()),
            ..bare_title(*title, TitleStanding::Fallen)
        }),
        Event::CertificateRequested { certificate, resident, until } => {
            Honoured::Certificate(Certificate {
                resident: Some(id(resident)),
                until: Some(instant(*until)),
                ..bare_certificate(*certificate, CertificateStage::OnNotice)
            })
        }
        Event::CertificateSigned { certificate, officer } => Honoured::Certificate(Certificate {
            signed_by: vec![id(officer)],
            ..bare_certificate(*certificate, CertificateStage::OnNotice)
        }),
        Event::CertificateIssued { certificate, first, officer, paper: said } => {
            Honoured::Certificate(Certificate {
                resident: Some(id(said.resident)),
                paper: Some(paper(said)),
                signed_by: vec![id(first), id(officer)],
                ..bare_certificate(*certificate, CertificateStage::Valid)
            })
        }
        Event::CertificateRevoked { certificate, officer: _, reason } => {
            Honoured::Certificate(Certificate {
                reason: Some(reason.said()),
                ..bare_certificate(*certificate, CertificateStage::Revoked)
            })
        }
        Event::RecordReported { report, due_at } => Honoured::Report(RecordReport {
            resident: Some(id(report.resident)),
            fault: Some(report.fault.said()),
            contribution: report.contribution.map(id),
            due_at: Some(instant(*due_at)),
            ..bare_report(report.report, ReportStage::Open)
        }),
        Event::ReportOverdue { report } => {
            Honoured::Report(bare_report(*report, ReportStage::Overdue))
        }
        Event::ReportDropped { report } => {
            Honoured::Report(bare_report(*report, ReportStage::Dropped))
        }
        Event::ReportAnswered { report, officer, answer } => {
            let (stage, corrected_by) = match answer {
                Answer::Right => (ReportStage::Right, None),
                Answer::Corrected(by) => (ReportStage::Corrected, Some(id(by))),
            };
            let officer = Some(id(officer));
            let bare = bare_report(*report, stage);
            Honoured::Report(RecordReport { officer, corrected_by, ..bare })
        }
    }
}

fn first(records: &[Record]) -> Option<Honoured> {
    let Any::Honour(event) = &records.first()?.event else { return None };
    Some(honoured(event))
}

/// What became of a title.
pub(crate) fn title_changed(records: &[Record]) -> Option<api::honour::Title> {
    let Honoured::Title(title) = first(records)? else { return None };
    Some(title)
}

/// What became of a certificate.
pub(crate) fn certificate_changed(records: &[Record]) -> Option<Certificate> {
    let Honoured::Certificate(certificate) = first(records)? else { return None };
    Some(certificate)
}

/// What became of a report.
pub(crate) fn report_changed(records: &[Record]) -> Option<RecordReport> {
    let Honoured::Report(report) = first(records)? else { return None };
    Some(report)
}

/// A title as its steps, oldest first, leave it; the titles in the order in which they were reached
/// last.
pub(crate) fn titles(rows: &[TitleRow]) -> Vec<api::honour::Title> {
    let mut titles: Vec<api::honour::Title> = Vec::new();
    for row in rows {
        let step = title_row(row);
        let same = |known: &api::honour::Title| {
            (known.distinction, known.year) == (step.distinction, step.year)
        };
        let before = titles.iter().position(same).map(|at| titles.remove(at));
        titles.push(match before {
            Some(before) if row.standing != linli_domain::honour::Standing::OnNotice => {
                api::honour::Title {
                    hours: step.hours.or(before.hours),
                    minutes: step.minutes.or(before.minutes),
                    until: before.until,
                    applied: before.applied,
                    ..step
                }
            }
            Some(_) | None => step,
        });
    }
    titles
}

/// One step of a title.
pub(crate) fn title_row(row: &TitleRow) -> api::honour::Title {
    api::honour::Title {
        hours: row.hours,
        minutes: row.minutes.map(|minutes| minutes.get()),
        until: row.until.map(instant),
        applied: row.applied,
        officer: row.officer.map(id),
        reason: row.reason.map(|reason| reason.said()),
        since: Some(instant(row.recorded_at)),
        ..bare_title(row.title(), row.standing.said())
    }
}

/// A certificate as its steps, oldest first, leave it; `None` without any.
pub(crate) fn certificate(rows: &[PaperRow], years: &[PaperYear]) -> Option<Certificate> {
    let first = rows.first()?;
    let mut told = bare_certificate(first.certificate, CertificateStage::OnNotice);
    for row in rows {
        told.resident = told.resident.or(row.resident.map(id));
        match row.step {
            PaperStep::Requested => told.until = row.until.map(instant),
            PaperStep::Signed => told.signed_by.extend(row.officer.map(id)),
            PaperStep::Issued => {
                told.signed_by.extend(row.officer.map(id));
                (told.stage, told.issued_at) =
                    (CertificateStage::Valid, Some(instant(row.recorded_at)));
                told.paper = paper_row(row, years);
            }
            PaperStep::Revoked => {
                told.stage = CertificateStage::Revoked;
                told.revoked_at = Some(instant(row.recorded_at));
                told.reason = row.reason.map(|reason| reason.said());
            }
        }
    }
    Some(told)
}

fn paper_row(row: &PaperRow, years: &[PaperYear]) -> Option<CertificatePaper> {
    let year =
        |it: &PaperYear| api::honour::YearMinutes { year: it.year, minutes: it.minutes.get() };
    Some(CertificatePaper {
        number: number(row.year?, row.number?),
        minutes: row.minutes?.get(),
        honour_minutes: row.honour_minutes?.get(),
        years: years.iter().map(year).collect(),
        stars: row.stars?,
    })
}

/// A report as its steps, oldest first, leave it; `None` without any.
pub(crate) fn record_report(rows: &[ReportRow]) -> Option<RecordReport> {
    let first = rows.first()?;
    let mut told = RecordReport {
        resident: first.resident.map(id),
        fault: first.fault.map(|fault| fault.said()),
        contribution: first.contribution.map(id),
        due_at: first.due_at.map(instant),
        ..bare_report(first.report, ReportStage::Open)
    };
    for row in rows {
        told.officer = row.officer.map(id).or(told.officer);
        match row.step {
            ReportStep::Reported => {}
            ReportStep::Overdue => told.stage = ReportStage::Overdue,
            ReportStep::Dropped => told.stage = ReportStage::Dropped,
            ReportStep::Right => told.stage = ReportStage::Right,
            ReportStep::Corrected => {
                told.stage = ReportStage::Corrected;
                told.corrected_by = row.contribution.map(id);
            }
        }
    }
    Some(told)
}
