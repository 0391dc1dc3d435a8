//! Samples of honours.

use linli_domain::area::Level;
use linli_domain::honour::{
    self, Answer, DeclineReason, Distinction, Event, Fault, Notice, Paper, Report, RevokeReason,
    Stage, Standing, Title, YearMinutes,
};
use linli_domain::officer::Duty;
use linli_domain::quantity::Minutes;
use linli_domain::rules::{Granting, HonourRules, Medal, RuleSet, RuleVersion, Ties};
use linli_domain::text::Code;
use linli_domain::time::Window;
use linli_domain::{Command, Noun, Refusal};

use crate::events::{Samples, sample};
use crate::values::{at, bare_rules, id, name};

fn title() -> Title {
    Title { resident: id!(ResidentId, 11), distinction: Distinction::Star(3), year: None }
}

fn medal_of_the_year() -> Title {
    Title { distinction: Distinction::Medal(1), year: Some(2025), ..title() }
}

fn notice(title: Title, applied: bool) -> Event {
    Event::Noticed(Notice {
        title,
        hours: 600,
        minutes: Minutes::new(36_030),
        rules: RuleVersion(2),
        until: at(7_200),
        applied,
    })
}

fn paper() -> Paper {
    Paper {
        resident: id!(ResidentId, 11),
        year: 2025,
        number: 17,
        minutes: Minutes::new(6_030),
        honour_minutes: Minutes::new(120),
        years: vec![
            YearMinutes { year: 2024, minutes: Minutes::new(30) },
            YearMinutes { year: 2025, minutes: Minutes::new(6_000) },
        ],
        stars: 1,
    }
}

const FAULTS: [Fault; 4] = [Fault::Missing, Fault::Time, Fault::ActOrPlace, Fault::Person];

const REASONS: [RevokeReason; 5] = [
    RevokeReason::False,
    RevokeReason::Mistake,
    RevokeReason::Holder,
    RevokeReason::Overtaken,
    RevokeReason::Erased,
];

fn report(fault: Fault) -> Report {
    let contribution = (fault != Fault::Missing).then_some(id!(ContributionId, 35));
    Report { report: id!(ReportId, 112), resident: id!(ResidentId, 11), fault, contribution }
}

pub(crate) fn events() -> Samples {
    let (certificate, officer) = (id!(CertificateId, 110), id!(OfficerId, 21));
    let (title, report_id) = (title(), id!(ReportId, 112));
    let resident = title.resident;
    let mut samples = vec![
        sample("by_itself", notice(title, false)),
        sample("medal_of_a_year", notice(medal_of_the_year(), true)),
        sample("by_itself", Event::Granted { title, officer: None }),
        sample("whole", Event::Granted { title: medal_of_the_year(), officer: Some(officer) }),
        sample("whole", Event::Fell { title, hours: 600, minutes: Minutes::new(35_999) }),
        sample("whole", Event::CertificateRequested { certificate, resident, until: at(10_080) }),
        sample("whole", Event::CertificateSigned { certificate, officer }),
        sample(
            "whole",
            Event::CertificateIssued {
                certificate,
                first: officer,
                officer: id!(OfficerId, 22),
                paper: paper(),
            },
        ),
        sample("whole", Event::ReportOverdue { report: report_id }),
        sample("whole", Event::ReportDropped { report: report_id }),
    ];
    let declined = [
        DeclineReason::Objection,
        DeclineReason::HoursInDoubt,
        DeclineReason::Mistake,
        DeclineReason::Erased,
    ];
    samples.extend(declined.map(|reason| {
        let officer = (reason != DeclineReason::Erased).then_some(officer);
        sample(reason, Event::Declined { title, officer, reason })
    }));
    let by_itself = [RevokeReason::Overtaken, RevokeReason::Erased];
    samples.extend(REASONS.map(|reason| {
        let officer = (!by_itself.contains(&reason)).then_some(officer);
        sample(reason, Event::CertificateRevoked { certificate, officer, reason })
    }));
    samples.extend(FAULTS.map(|fault| {
        sample(fault, Event::RecordReported { report: report(fault), due_at: at(4_320) })
    }));
    let answers = [Answer::Right, Answer::Corrected(id!(ContributionId, 36))];
    samples.extend(answers.into_iter().zip(["right", "corrected"]).map(|(answer, name)| {
        sample(name, Event::ReportAnswered { report: report_id, officer, answer })
    }));
    samples
}

/// The wishes.
pub(crate) fn commands() -> Vec<Command> {
    use honour::Command as Wish;
    let (certificate, officer) = (id!(CertificateId, 110), id!(OfficerId, 21));
    let (title, report_id) = (title(), id!(ReportId, 112));
    let Title { resident, distinction, .. } = title;
    let wishes = [
        Wish::Apply { resident, distinction },
        Wish::Grant { title: medal_of_the_year(), officer },
        Wish::Decline { title, officer, reason: DeclineReason::Mistake },
        Wish::RequestCertificate { certificate, resident },
        Wish::SignCertificate { certificate, officer },
        Wish::RevokeCertificate { certificate, officer, reason: RevokeReason::False },
        Wish::ReportRecord(report(Fault::Time)),
        Wish::AnswerReport { report: report_id, officer, answer: Answer::Right },
    ];
    wishes.into_iter().map(Command::from).collect()
}

/// The refusals.
pub(crate) fn refusals() -> Vec<Refusal> {
    let standings = [Standing::OnNotice, Standing::Granted, Standing::Declined, Standing::Fallen];
    let stages = [Stage::OnNotice, Stage::Valid, Stage::Revoked];
    let mut refusals: Vec<_> = [Noun::Certificate, Noun::RecordReport].map(Refusal::Unknown).into();
    refusals.extend(standings.map(|found| Refusal::TitleAt { found }));
    refusals.extend(stages.map(|found| Refusal::CertificateAt { found }));
    refusals.extend([
        Refusal::NoHonourRules,
        Refusal::NoSuchDistinction,
        Refusal::NoSuchTitle,
        Refusal::HoursShort { needed_hours: 300, minutes: Minutes::new(17_999) },
        Refusal::TenureShort { from: at(5) },
        Refusal::HonourNoticeRuns { until: at(7_200) },
        Refusal::CertificateOpen,
        Refusal::NothingServed,
        Refusal::SecondSignature,
        Refusal::ReportAnswered,
        Refusal::NotCorrected,
    ]);
    refusals
}

/// A rule set that tells of honours.
pub(crate) fn rules_with_honours() -> RuleSet {
    let honours = HonourRules {
        granting: Granting::OnApplication,
        cycle: Window::AllTime,
        tenure_days: 90,
        notice_working_days: 5,
        star_raters: vec![Level::Community, Level::SubDistrict, Level::District],
        medals: vec![Medal {
            code: Code::new("bronze").unwrap(),
            name: name("铜奖", "Bronze medal"),
            hours: 2_000,
            rater: Level::District,
        }],
        certificate_notice_days: 7,
        certificate_signer: Level::Community,
        report_working_days: 5,
        ties: Ties::Dense,
        unranked: vec![Duty::FullTimeGridOfficer, Duty::CommunityOfficer],
        season_months: vec![3, 6, 9, 12],
    };
    RuleSet { honours: Some(honours), star_hours: vec![100, 300, 600], ..bare_rules() }
}
