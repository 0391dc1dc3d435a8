//! Titles, certificates and reports: a row each record.

use linli_domain::Record;
use linli_domain::honour::{Answer, Event, Notice, Paper, Standing, Title};
use linli_domain::id::{CertificateId, ReportId};
use linli_readmodel::rankings::{
    Changes, PaperRow, PaperStep, PaperYear, ReportRow, ReportStep, TitleKind, TitleRow,
};

pub(super) fn fold(changes: &mut Changes, record: &Record, event: &Event) {
    match event {
        Event::Noticed(notice) => changes.titles.push(noticed(record, notice)),
        Event::Granted { title, officer } => changes
            .titles
            .push(TitleRow { officer: *officer, ..titled(record, *title, Standing::Granted) }),
        Event::Declined { title, officer, reason } => changes.titles.push(TitleRow {
            officer: *officer,
            reason: Some(*reason),
            ..titled(record, *title, Standing::Declined)
        }),
        Event::Fell { title, hours, minutes } => changes.titles.push(TitleRow {
            hours: Some(*hours),
            minutes: Some(*minutes),
            ..titled(record, *title, Standing::Fallen)
        }),
        Event::CertificateRequested { certificate, resident, until } => {
            changes.papers.push(PaperRow {
                resident: Some(*resident),
                until: Some(*until),
                ..paper(record, *certificate, PaperStep::Requested)
            });
        }
        Event::CertificateSigned { certificate, officer } => changes.papers.push(PaperRow {
            officer: Some(*officer),
            ..paper(record, *certificate, PaperStep::Signed)
        }),
        Event::CertificateIssued { certificate, first: _, officer, paper: said } => {
            issued(changes, record, *certificate, said);
            if let Some(row) = changes.papers.last_mut() {
                row.officer = Some(*officer);
            }
        }
        Event::CertificateRevoked { certificate, officer, reason } => {
            changes.papers.push(PaperRow {
                officer: *officer,
                reason: Some(*reason),
                ..paper(record, *certificate, PaperStep::Revoked)
            });
        }
        Event::RecordReported { report: made, due_at } => changes.reports.push(ReportRow {
            resident: Some(made.resident),
            fault: Some(made.fault),
            contribution: made.contribution,
            due_at: Some(*due_at),
            ..report(record, made.report, ReportStep::Reported)
        }),
        Event::ReportOverdue { report: id } => {
            changes.reports.push(report(record, *id, ReportStep::Overdue));
        }
        Event::ReportDropped { report: id } => {
            changes.reports.push(report(record, *id, ReportStep::Dropped));
        }
        Event::ReportAnswered { report: id, officer, answer } => {
            let (step, contribution) = match answer {
                Answer::Right => (ReportStep::Right, None),
                Answer::Corrected(by) => (ReportStep::Corrected, Some(*by)),
            };
            let officer = Some(*officer);
            changes.reports.push(ReportRow { officer, contribution, ..report(record, *id, step) });
        }
    }
}

fn titled(record: &Record, title: Title, standing: Standing) -> TitleRow {
    let (kind, number) = TitleKind::of(title.distinction);
    TitleRow {
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

fn noticed(record: &Record, notice: &Notice) -> TitleRow {
    let Notice { title, hours, minutes, rules, until, applied } = *notice;
    TitleRow {
        hours: Some(hours),
        minutes: Some(minutes),
        rules: Some(rules),
        until: Some(until),
        applied: Some(applied),
        ..titled(record, title, Standing::OnNotice)
    }
}

fn paper(record: &Record, certificate: CertificateId, step: PaperStep) -> PaperRow {
    PaperRow {
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

fn issued(changes: &mut Changes, record: &Record, certificate: CertificateId, said: &Paper) {
    changes.papers.push(PaperRow {
        resident: Some(said.resident),
        year: Some(said.year),
        number: Some(said.number),
        minutes: Some(said.minutes),
        honour_minutes: Some(said.honour_minutes),
        stars: Some(said.stars),
        ..paper(record, certificate, PaperStep::Issued)
    });
    let year = |year: &linli_domain::honour::YearMinutes| PaperYear {
        certificate,
        year: year.year,
        minutes: year.minutes,
    };
    changes.paper_years.extend(said.years.iter().map(year));
}

fn report(record: &Record, report: ReportId, step: ReportStep) -> ReportRow {
    ReportRow {
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
