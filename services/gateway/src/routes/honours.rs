//! Titles, certificates and reports that service is recorded wrongly. The officer is the one whose
//! key it is.

use axum::response::Response;
use linli_api::honour::{
    AnswerReport, ApplyForTitle, Certificate, CertificateStep, Certificates, JudgeTitle,
    RecordReport, RecordReports, ReportRecord, RequestCertificate, Title, TitleStep, Titles,
};
use linli_api::receipt::Receipt;
use linli_domain::Noun;
use linli_domain::honour::{Answer, Command, DeclineReason, Fault, Report, RevokeReason};
use linli_domain::id::{CertificateId, ReportId, ResidentId};
use linli_readmodel::Projection;

use crate::caller::Caller;
use crate::command::Deed;
use crate::front::Here;
use crate::parse::{self, Path as _, Spoken as _};
use crate::problem::Problem;
use crate::receipt::{
    certificate, certificate_changed, record_report, report_changed, title_changed, title_row,
    titles,
};
use crate::request::{PathText, Reading, Sent};
use crate::told::{Seen, fault, shown};

const APPLY: Deed = Deed::creating("honour.apply");
const JUDGE: Deed = Deed::changing("honour.judge");
const REQUEST: Deed = Deed::creating("honour.request");
const PAPER: Deed = Deed::changing("honour.paper");
const REPORT: Deed = Deed::creating("honour.report");
const ANSWER: Deed = Deed::changing("honour.answer");

/// Apply for a star or a medal
///
/// It stands on public notice at once, and is granted afterwards by an officer of the body that
/// rates. Where the rules grant titles by themselves, nobody has to apply.
#[utoipa::path(post, path = "/v1/residents/{id}/titles", tag = "honours",
    params(("id" = String, Path, description = "The resident")), request_body = ApplyForTitle,
    responses((status = 201, description = "On public notice", body = Receipt<Title>)))]
pub(super) async fn apply(
    Here(gateway): Here,
    PathText(resident): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: ApplyForTitle, _: &Caller| {
        let resident = ResidentId::from_path(&resident, Noun::Resident)?;
        Ok(Command::Apply { resident, distinction: parse::distinction(said.distinction) })
    };
    gateway.perform(APPLY, &sent, &resident, meant, title_changed).await
}

/// Grant or decline a title
#[utoipa::path(post, path = "/v1/title-steps", tag = "honours", request_body = JudgeTitle,
    responses((status = 200, description = "What became of it", body = Receipt<Title>)))]
pub(super) async fn judge(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: JudgeTitle, caller: &Caller| {
        let title = linli_domain::honour::Title {
            resident: parse::id("resident", &said.resident)?,
            distinction: parse::distinction(said.distinction),
            year: said.year,
        };
        let officer = caller.officer()?;
        Ok(match said.act {
            TitleStep::Grant {} => Command::Grant { title, officer },
            TitleStep::Decline { reason } => {
                Command::Decline { title, officer, reason: DeclineReason::heard(reason) }
            }
        })
    };
    gateway.perform(JUDGE, &sent, "", meant, title_changed).await
}

/// A resident's titles
///
/// Each as it stands, in the order in which they came to stand so.
#[utoipa::path(get, path = "/v1/residents/{id}/titles", tag = "honours",
    params(("id" = String, Path, description = "The resident")),
    responses((status = 200, description = "The titles", body = Titles)))]
pub(super) async fn of_resident(
    Here(gateway): Here,
    PathText(resident): PathText,
    reading: Reading,
) -> Result<Response, Problem> {
    reading.asked.done()?;
    let resident = ResidentId::from_path(&resident, Noun::Resident)?;
    let Seen(position) = gateway.see(&[Projection::Rankings], reading.after).await?;
    let rows = gateway.reader.titles_of(resident).await.map_err(fault)?;
    Ok(shown(position, &Titles { titles: titles(&rows), next: None }))
}

/// The titles that stand on public notice
///
/// Oldest first. The list is what 公示 asks for: it bears no names.
#[utoipa::path(get, path = "/v1/title-notices", tag = "honours",
    params(("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many on the page; 50 unless told"),
        ("from" = Option<u64>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page of them", body = Titles)))]
pub(super) async fn on_notice(
    Here(gateway): Here,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let (limit, from) = (reading.asked.limit()?, reading.asked.value("from")?);
    reading.asked.done()?;
    let Seen(position) = gateway.see(&[Projection::Rankings], reading.after).await?;
    let after = from.map(linli_domain::Position);
    let rows = gateway.reader.titles_on_notice(after, limit).await.map_err(fault)?;
    let whole = u32::try_from(rows.len()).is_ok_and(|count| count == limit);
    let next = rows.last().filter(|_| whole).map(|row| row.position.0);
    let titles = rows.iter().map(title_row).collect();
    Ok(shown(position, &Titles { titles, next }))
}

/// Ask for a certificate of service (志愿服务记录证明)
///
/// It stands on public notice first; then two officers sign it. Its id is the code by which a
/// stranger checks it at `/v1/certificates/{code}`, without a key.
#[utoipa::path(post, path = "/v1/certificates", tag = "honours", request_body = RequestCertificate,
    responses((status = 201, description = "Asked for", body = Receipt<Certificate>)))]
pub(super) async fn request(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: RequestCertificate, _: &Caller| {
        let minted = said.certificate.as_ref();
        Ok(Command::RequestCertificate {
            certificate: parse::own_id("certificate", minted, CertificateId::from_number)?,
            resident: parse::id("resident", &said.resident)?,
        })
    };
    gateway.perform(REQUEST, &sent, "", meant, certificate_changed).await
}

/// Sign or revoke a certificate
///
/// The first signature waits for the second, which issues it.
#[utoipa::path(post, path = "/v1/certificates/{id}/steps", tag = "honours",
    params(("id" = String, Path, description = "The certificate")), request_body = CertificateStep,
    responses((status = 200, description = "What became of it", body = Receipt<Certificate>)))]
pub(super) async fn step(
    Here(gateway): Here,
    PathText(certificate): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: CertificateStep, caller: &Caller| {
        let certificate = CertificateId::from_path(&certificate, Noun::Certificate)?;
        let officer = caller.officer()?;
        Ok(match said {
            CertificateStep::Sign {} => Command::SignCertificate { certificate, officer },
            CertificateStep::Revoke { reason } => {
                let reason = RevokeReason::heard(reason);
                Command::RevokeCertificate { certificate, officer, reason }
            }
        })
    };
    gateway.perform(PAPER, &sent, &certificate, meant, certificate_changed).await
}

/// A resident's certificates, newest first
#[utoipa::path(get, path = "/v1/residents/{id}/certificates", tag = "honours",
    params(("id" = String, Path, description = "The resident"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many; 50 unless told")),
    responses((status = 200, description = "The certificates", body = Certificates)))]
pub(super) async fn certificates(
    Here(gateway): Here,
    PathText(resident): PathText,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let limit = reading.asked.limit()?;
    reading.asked.done()?;
    let resident = ResidentId::from_path(&resident, Noun::Resident)?;
    let Seen(position) = gateway.see(&[Projection::Rankings], reading.after).await?;
    let found = gateway.reader.certificates_of(resident, limit).await.map_err(fault)?;
    let certificates = found.iter().filter_map(|(rows, years)| certificate(rows, years)).collect();
    Ok(shown(position, &Certificates { certificates }))
}

/// Report that service is recorded wrongly, or not at all
///
/// It has to be answered within the working days that the rules say; whether it was stands in the
/// log.
#[utoipa::path(post, path = "/v1/record-reports", tag = "honours", request_body = ReportRecord,
    responses((status = 201, description = "Reported", body = Receipt<RecordReport>)))]
pub(super) async fn report(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    let meant = |said: ReportRecord, _: &Caller| {
        Ok(Command::ReportRecord(Report {
            report: parse::own_id("report", said.report.as_ref(), ReportId::from_number)?,
            resident: parse::id("resident", &said.resident)?,
            fault: Fault::heard(said.fault),
            contribution: parse::told_id("contribution", said.contribution.as_ref())?,
        }))
    };
    gateway.perform(REPORT, &sent, "", meant, report_changed).await
}

/// Answer such a report
///
/// What is corrected is corrected by a contribution: one that was submitted since, or the wrong one
/// after its reversal. The answer names it.
#[utoipa::path(post, path = "/v1/record-reports/{id}/answer", tag = "honours",
    params(("id" = String, Path, description = "The report")), request_body = AnswerReport,
    responses((status = 200, description = "Answered", body = Receipt<RecordReport>)))]
pub(super) async fn answer(
    Here(gateway): Here,
    PathText(report): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant = |said: AnswerReport, caller: &Caller| {
        let answer = match &said.corrected_by {
            None => Answer::Right,
            Some(by) => Answer::Corrected(parse::id("corrected_by", by)?),
        };
        let report = ReportId::from_path(&report, Noun::RecordReport)?;
        Ok(Command::AnswerReport { report, officer: caller.officer()?, answer })
    };
    gateway.perform(ANSWER, &sent, &report, meant, report_changed).await
}

/// A resident's reports, newest first
#[utoipa::path(get, path = "/v1/residents/{id}/record-reports", tag = "honours",
    params(("id" = String, Path, description = "The resident"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "How many; 50 unless told")),
    responses((status = 200, description = "The reports", body = RecordReports)))]
pub(super) async fn reports(
    Here(gateway): Here,
    PathText(resident): PathText,
    mut reading: Reading,
) -> Result<Response, Problem> {
    let limit = reading.asked.limit()?;
    reading.asked.done()?;
    let resident = ResidentId::from_path(&resident, Noun::Resident)?;
    let Seen(position) = gateway.see(&[Projection::Rankings], reading.after).await?;
    let found = gateway.reader.record_reports_of(resident, limit).await.map_err(fault)?;
    let reports = found.iter().filter_map(|rows| record_report(rows)).collect();
    Ok(shown(position, &RecordReports { reports }))
}
