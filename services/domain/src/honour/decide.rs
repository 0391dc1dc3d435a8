//! Who has earned what, who may grant it, and what a certificate may say.

use crate::area::Level;
use crate::honour::review::Asked;
use crate::honour::{
    Answer, Certificate, Command, DeclineReason, Distinction, Event, Honours, Paper, Report,
    RevokeReason, Stage, Standing, Title, YearMinutes,
};
use crate::id::{CertificateId, OfficerId, ReportId, ResidentId};
use crate::officer::Officer;
use crate::quantity::Minutes;
use crate::resident::Resident;
use crate::rules::{HonourRules, RuleSet};
use crate::time::{Timestamp, Window};
use crate::{Decision, Noun, Refusal, State, contribution};

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Apply { resident, distinction } => apply(state, *resident, *distinction, now),
        Command::Grant { title, officer } => {
            let until = on_notice(state, *title, *officer)?;
            if now < until {
                return Err(Refusal::HonourNoticeRuns { until });
            }
            Ok(Decision::one(Event::Granted { title: *title, officer: Some(*officer) }))
        }
        Command::Decline { title, officer, reason } => {
            on_notice(state, *title, *officer)?;
            if *reason == DeclineReason::Erased {
                return Err(Refusal::ReasonReserved);
            }
            let (title, officer, reason) = (*title, Some(*officer), *reason);
            Ok(Decision::one(Event::Declined { title, officer, reason }))
        }
        Command::RequestCertificate { certificate, resident } => {
            request(state, *certificate, *resident, now)
        }
        Command::SignCertificate { certificate, officer } => {
            sign(state, *certificate, *officer, now)
        }
        Command::RevokeCertificate { certificate, officer, reason } => {
            let found = certificate_at(state, *certificate, &[Stage::OnNotice, Stage::Valid])?;
            let (_, honours) = state.honour_rules(now)?;
            rates(state, found.resident, *officer, honours.certificate_signer)?;
            if matches!(reason, RevokeReason::Overtaken | RevokeReason::Erased) {
                return Err(Refusal::ReasonReserved);
            }
            let (certificate, officer, reason) = (*certificate, Some(*officer), *reason);
            Ok(Decision::one(Event::CertificateRevoked { certificate, officer, reason }))
        }
        Command::ReportRecord(report) => reported(state, report, now),
        Command::AnswerReport { report, officer, answer } => {
            answered(state, *report, *officer, *answer, now)
        }
    }
}

impl State {
    /// The rules in force, and what they say of honours.
    fn honour_rules(&self, now: Timestamp) -> Result<(&RuleSet, &HonourRules), Refusal> {
        let rules = self.rules.in_force(now).ok_or(Refusal::NoRulesInForce)?;
        Ok((rules, rules.honours.as_ref().ok_or(Refusal::NoHonourRules)?))
    }

    /// A volunteer, and what the volunteer holds of honours.
    fn honoured(&self, id: ResidentId) -> Result<(&Resident, &Honours), Refusal> {
        let resident = self.resident(id)?;
        Ok((resident, resident.honours.as_deref().ok_or(Refusal::NotVolunteer)?))
    }
}

fn apply(
    state: &State,
    id: ResidentId,
    distinction: Distinction,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let (resident, held) = state.honoured(id)?;
    let (rules, honours) = state.honour_rules(now)?;
    let need = rules.need(distinction).ok_or(Refusal::NoSuchDistinction)?;
    let year = (honours.cycle == Window::Year).then(|| rules.year(now));
    if let Some(standing) = held.title(distinction, year).map(|held| held.standing)
        && standing != Standing::Declined
    {
        return Err(Refusal::TitleAt { found: standing });
    }
    let minutes = held.counting(year, resident.minutes);
    if minutes.whole_hours() < need.hours {
        return Err(Refusal::HoursShort { needed_hours: need.hours, minutes });
    }
    let enrolled_at = held.enrolled_at.ok_or(Refusal::NotVolunteer)?;
    let from = enrolled_at.days_after(honours.tenure_days);
    if now < from {
        return Err(Refusal::TenureShort { from });
    }
    let title = Title { resident: id, distinction, year };
    let notice = state.title_noticed(resident, title, rules, now, Asked::ByResident);
    Ok(Decision::one(Event::Noticed(notice.ok_or(Refusal::NoSuchDistinction)?)))
}

/// The end of the notice of a title that this officer may grant.
fn on_notice(state: &State, title: Title, officer: OfficerId) -> Result<Timestamp, Refusal> {
    let (_, held) = state.honoured(title.resident)?;
    let held = held.title(title.distinction, title.year).ok_or(Refusal::NoSuchTitle)?;
    if held.standing != Standing::OnNotice {
        return Err(Refusal::TitleAt { found: held.standing });
    }
    let rules = state.rules.version(held.rules).ok_or(Refusal::NoHonourRules)?;
    let need = rules.need(title.distinction).ok_or(Refusal::NoSuchDistinction)?;
    rates(state, title.resident, officer, need.rater)?;
    Ok(held.until)
}

/// An officer on duty, of this level at the least, in whose area the resident lives, and neither
/// the resident nor of the household.
fn rates(
    state: &State,
    resident: ResidentId,
    officer: OfficerId,
    needed: Level,
) -> Result<&Officer, Refusal> {
    let officer = state.officer_on_duty(officer)?;
    let found = officer.appointment.duty.level();
    if found < needed {
        return Err(Refusal::LevelTooLow { needed, found });
    }
    let rated = state.resident(resident)?;
    state.lives_within(rated, officer.appointment.area)?;
    let household = rated.registration.household;
    match officer.appointment.resident {
        Some(person) if person == resident => Err(Refusal::SelfVerification),
        Some(person) if state.resident(person)?.registration.household == household => {
            Err(Refusal::SameHousehold)
        }
        Some(_) | None => Ok(officer),
    }
}

fn request(
    state: &State,
    certificate: CertificateId,
    id: ResidentId,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    state.certificates.vacant(certificate, Noun::Certificate)?;
    let (resident, held) = state.honoured(id)?;
    let (_, honours) = state.honour_rules(now)?;
    if held.requested.is_some() {
        return Err(Refusal::CertificateOpen);
    }
    if resident.minutes == Minutes::ZERO && resident.honour_minutes == Minutes::ZERO {
        return Err(Refusal::NothingServed);
    }
    let until = now.days_after(honours.certificate_notice_days);
    Ok(Decision::one(Event::CertificateRequested { certificate, resident: id, until }))
}

fn sign(
    state: &State,
    certificate: CertificateId,
    officer: OfficerId,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let found = certificate_at(state, certificate, &[Stage::OnNotice])?;
    let (rules, honours) = state.honour_rules(now)?;
    if now < found.until {
        return Err(Refusal::HonourNoticeRuns { until: found.until });
    }
    let signer = rates(state, found.resident, officer, honours.certificate_signer)?;
    let Some(first) = found.signed_by else {
        return Ok(Decision::one(Event::CertificateSigned { certificate, officer }));
    };
    let person = |id| state.officers.get(id).and_then(|known| known.appointment.resident);
    let one_person = person(first).is_some() && person(first) == signer.appointment.resident;
    if officer == first || one_person {
        return Err(Refusal::SecondSignature);
    }
    let paper = paper(state, rules, found.resident, now)?;
    Ok(Decision::one(Event::CertificateIssued { certificate, first, officer, paper }))
}

/// What a certificate says now.
fn paper(state: &State, rules: &RuleSet, id: ResidentId, now: Timestamp) -> Result<Paper, Refusal> {
    let (resident, held) = state.honoured(id)?;
    let year = rules.year(now);
    let last = state.certificate_numbers.get(year).copied().unwrap_or_default();
    let granted = held.titles.iter().filter(|held| held.standing == Standing::Granted);
    let stars = granted.map(|held| match held.distinction {
        Distinction::Star(stars) => stars,
        Distinction::Medal(_) => 0,
    });
    let years =
        held.years.iter().map(|(year, minutes)| YearMinutes { year: *year, minutes: *minutes });
    Ok(Paper {
        resident: id,
        year,
        number: last.checked_add(1).ok_or(Refusal::AmountTooLarge)?,
        minutes: resident.minutes,
        honour_minutes: resident.honour_minutes,
        years: years.collect(),
        stars: stars.max().unwrap_or_default(),
    })
}

fn certificate_at<'a>(
    state: &'a State,
    id: CertificateId,
    any: &[Stage],
) -> Result<&'a Certificate, Refusal> {
    let found = state.certificates.get(id).ok_or(Refusal::Unknown(Noun::Certificate))?;
    if any.contains(&found.stage) {
        Ok(found)
    } else {
        Err(Refusal::CertificateAt { found: found.stage })
    }
}

fn reported(state: &State, report: &Report, now: Timestamp) -> Result<Decision, Refusal> {
    state.reports.vacant(report.report, Noun::RecordReport)?;
    state.honoured(report.resident)?;
    let (rules, honours) = state.honour_rules(now)?;
    if let Some(id) = report.contribution
        && state.contribution(id)?.claim.resident != report.resident
    {
        return Err(Refusal::NotParty);
    }
    let due_at = rules.working_days_after(now, honours.report_working_days);
    Ok(Decision::one(Event::RecordReported { report: *report, due_at }))
}

fn answered(
    state: &State,
    id: ReportId,
    officer: OfficerId,
    answer: Answer,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let found = state.reports.get(id).ok_or(Refusal::Unknown(Noun::RecordReport))?;
    let report = found.report;
    if found.answered {
        return Err(Refusal::ReportAnswered);
    }
    let (_, honours) = state.honour_rules(now)?;
    rates(state, report.resident, officer, honours.certificate_signer)?;
    if let Answer::Corrected(by) = answer {
        let found = state.contribution(by)?;
        let right = match report.contribution {
            // What was wrong is taken back, or put right by another one.
            Some(wrong) => by != wrong || found.status == contribution::Status::Reversed,
            None => true,
        };
        if found.claim.resident != report.resident || !right {
            return Err(Refusal::NotCorrected);
        }
    }
    Ok(Decision::one(Event::ReportAnswered { report: id, officer, answer }))
}
