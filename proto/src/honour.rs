//! Honours: titles, certificates, reports that a record is wrong.

use linli_domain::honour::{
    Answer, Command, DeclineReason, Distinction, Event, Fault, Notice, Paper, Report, RevokeReason,
    Stage, Standing, Title, YearMinutes,
};

use crate::wire;

choice! { Distinction = wire::Distinction, wire::distinction::Kind { one { Star, Medal } } }

message! { Title = wire::HonourTitle {
    resident: need(resident),
    distinction: need(distinction),
    year: plain(year),
} }

message! { Notice = wire::HonourNotice {
    title: need(title),
    hours: plain(hours),
    minutes: plain(minutes),
    rules: plain(rules),
    until_us: plain(until),
    applied: plain(applied),
} }

plain_enum! { Standing = wire::TitleStanding { OnNotice, Granted, Declined, Fallen } }

plain_enum! { DeclineReason = wire::DeclineReason { Objection, HoursInDoubt, Mistake, Erased } }

plain_enum! { Stage = wire::CertificateStage { OnNotice, Valid, Revoked } }

plain_enum! { RevokeReason = wire::RevokeReason { False, Mistake, Holder, Overtaken, Erased } }

plain_enum! { Fault = wire::RecordFault { Missing, Time, ActOrPlace, Person } }

message! { YearMinutes = wire::YearMinutes { year: plain(year), minutes: plain(minutes) } }

message! { Paper = wire::CertificatePaper {
    resident: need(resident),
    year: plain(year),
    number: plain(number),
    minutes: plain(minutes),
    honour_minutes: plain(honour_minutes),
    years: plain(years),
    stars: plain(stars),
} }

message! { Report = wire::RecordReport {
    report: need(report),
    resident: need(resident),
    fault: plain(fault),
    contribution: plain(contribution),
} }

choice! { Answer = wire::ReportOutcome, wire::report_outcome::Kind {
    empty { Right }
    one { Corrected }
} }

choice! { Command = wire::HonourCommand, wire::honour_command::Kind {
    one { ReportRecord }
    many {
        Apply = wire::ApplyForTitle { resident: need(resident), distinction: need(distinction) },
        Grant = wire::GrantTitle { title: need(title), officer: need(officer) },
        Decline = wire::TitleDeclined {
            title: need(title),
            officer: need(officer),
            reason: plain(reason),
        },
        RequestCertificate = wire::RequestCertificate {
            certificate: need(certificate),
            resident: need(resident),
        },
        SignCertificate = wire::SignCertificate {
            certificate: need(certificate),
            officer: need(officer),
        },
        RevokeCertificate = wire::RevokeCertificate {
            certificate: need(certificate),
            officer: need(officer),
            reason: plain(reason),
        },
        AnswerReport = wire::AnswerReport {
            report: need(report),
            officer: need(officer),
            answer: need(answer),
        },
    }
} }

choice! { Event = wire::HonourEvent, wire::honour_event::Kind {
    one { Noticed }
    many {
        Granted = wire::TitleGranted { title: need(title), officer: plain(officer) },
        Declined = wire::TitleDeclined {
            title: need(title),
            officer: plain(officer),
            reason: plain(reason),
        },
        Fell = wire::TitleFell { title: need(title), hours: plain(hours), minutes: plain(minutes) },
        CertificateRequested = wire::CertificateRequested {
            certificate: need(certificate),
            resident: need(resident),
            until_us: plain(until),
        },
        CertificateSigned = wire::SignCertificate {
            certificate: need(certificate),
            officer: need(officer),
        },
        CertificateIssued = wire::CertificateIssued {
            certificate: need(certificate),
            first: need(first),
            officer: need(officer),
            paper: need(paper),
        },
        CertificateRevoked = wire::CertificateRevoked {
            certificate: need(certificate),
            officer: plain(officer),
            reason: plain(reason),
        },
        RecordReported = wire::RecordReported { report: need(report), due_at_us: plain(due_at) },
        ReportOverdue = wire::ReportOverdue { report: need(report) },
        ReportDropped = wire::ReportDropped { report: need(report) },
        ReportAnswered = wire::AnswerReport {
            report: need(report),
            officer: need(officer),
            answer: need(answer),
        },
    }
} }
