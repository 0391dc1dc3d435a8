//! Titles, certificates and reports: a row each record.

use linli_domain::Record;
use linli_domain::honour::{Answer, Event, Notice, Paper, Standing};
use linli_domain::id::CertificateId;
use linli_readmodel::rankings::{
    Changes, PaperRow, PaperStep, PaperYear, ReportRow, ReportStep, TitleRow,
};

pub(super) fn fold(changes: &mut Changes, record: &Record, event: &Event) {
    match event {
        Event::Noticed(notice) => changes.titles.push(noticed(record, notice)),
        Event::Granted { title, officer } => changes.titles.push(TitleRow {
            officer: *officer,
            ..TitleRow::of(record, *title, Standing::Granted)
        }),
        Event::Declined { title, officer, reason } => changes.titles.push(TitleRow {
            officer: *officer,
            reason: Some(*reason),
            ..TitleRow::of(record, *title, Standing::Declined)
        }),
        Event::Fell { title, hours, minutes } => changes.titles.push(TitleRow {
            hours: Some(*hours),
            minutes: Some(*minutes),
            ..TitleRow::of(record, *title, Standing::Fallen)
        }),
        Event::CertificateRequested { certificate, resident, until } => {
            changes.papers.push(PaperRow {
                resident: Some(*resident),
                until: Some(*until),
                ..PaperRow::of(record, *certificate, PaperStep::Requested)
            });
        }
        Event::CertificateSigned { certificate, officer } => changes.papers.push(PaperRow {
            officer: Some(*officer),
            ..PaperRow::of(record, *certificate, PaperStep::Signed)
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
                ..PaperRow::of(record, *certificate, PaperStep::Revoked)
            });
        }
        Event::RecordReported { report: made, due_at } => changes.reports.push(ReportRow {
            resident: Some(made.resident),
            fault: Some(made.fault),
            contribution: made.contribution,
            due_at: Some(*due_at),
            ..ReportRow::of(record, made.report, ReportStep::Reported)
        }),
        Event::ReportOverdue { report: id } => {
            changes.reports.push(ReportRow::of(record, *id, ReportStep::Overdue));
        }
        Event::ReportDropped { report: id } => {
            changes.reports.push(ReportRow::of(record, *id, ReportStep::Dropped));
        }
        Event::ReportAnswered { report: id, officer, answer } => {
            let (step, contribution) = match answer {
                Answer::Right => (ReportStep::Right, None),
                Answer::Corrected(by) => (ReportStep::Corrected, Some(*by)),
            };
            let officer = Some(*officer);
            changes.reports.push(ReportRow {
                officer,
                contribution,
                ..ReportRow::of(record, *id, step)
            });
        }
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
        ..TitleRow::of(record, title, Standing::OnNotice)
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
        ..PaperRow::of(record, certificate, PaperStep::Issued)
    });
    let year = |year: &linli_domain::honour::YearMinutes| PaperYear {
        certificate,
        year: year.year,
        minutes: year.minutes,
    };
    changes.paper_years.extend(said.years.iter().map(year));
}
