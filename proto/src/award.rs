//! Awards and the lines that explain them.

use linli_domain::award::{Award, Issue, Line, MinutesKind, Repayment};

use crate::wire;

plain_enum! { MinutesKind = wire::MinutesKind { Service, Honour } }

message! { Issue = wire::Issue {
    pool: need(pool),
    points_hundredths: plain(points),
    expires_at_us: plain(expires_at),
} }

message! { Award = wire::Award {
    contribution: need(contribution),
    resident: need(resident),
    grid: need(grid),
    act: plain(act),
    category: plain(category),
    happened: need(happened),
    grade: plain(grade),
    rules_version: plain(rules),
    minutes: plain(minutes),
    minutes_kind: plain(minutes_kind),
    merit_hundredths: plain(merit),
    issue: plain(issue),
    counted_minutes: plain(counted_minutes),
    counted_points_hundredths: plain(counted_points),
    lines: plain(lines),
    repaid: plain(repaid),
    estate: plain(estate),
} }

message! { Repayment = wire::Repayment {
    debt: need(debt),
    pool: need(pool),
    points_hundredths: plain(points),
} }

choice! { Line = wire::AwardLine, wire::award_line::Kind {
    many {
        Base = wire::BaseLine {
            unit: need(unit),
            units: need(units),
            each_points_hundredths: plain(each),
            points: need(points),
        },
        CapCut = wire::CapCutLine { cap: need(cap), counted: plain(counted), of: plain(of) },
        Unsettled = wire::CoefficientLine { factor: need(factor), points: need(points) },
        Night = wire::CoefficientLine { factor: need(factor), points: need(points) },
        Alert = wire::CoefficientLine { factor: need(factor), points: need(points) },
        Difficulty = wire::DifficultyLine {
            level: plain(level),
            factor: need(factor),
            points: need(points),
        },
        Assisted = wire::CoefficientLine { factor: need(factor), points: need(points) },
        Merit = wire::MeritLine {
            weight: need(weight),
            factor: need(factor),
            merit_hundredths: plain(merit),
        },
        GradePart = wire::GradePartLine {
            grade: plain(grade),
            factor: need(factor),
            points_hundredths: plain(points),
        },
        EvidenceTooWeak = wire::EvidenceTooWeakLine { grade: plain(grade), least: plain(least) },
        EvidenceLacks = wire::EvidenceLacksLine { lacking: need(lacking) },
        GradeCap = wire::PointsCapLine {
            cap_points_hundredths: plain(cap),
            points_hundredths: plain(points),
        },
        MonthCap = wire::PointsCapLine {
            cap_points_hundredths: plain(cap),
            points_hundredths: plain(points),
        },
        Throttled = wire::ThrottledLine {
            left_points_hundredths: plain(left),
            below_points_hundredths: plain(below),
            part: need(part),
            points_hundredths: plain(points),
        },
        PoolShort = wire::PoolShortLine {
            left_points_hundredths: plain(left),
            points_hundredths: plain(points),
        },
        Repaid = wire::RepaidLine {
            owed_points_hundredths: plain(owed),
            repaid_points_hundredths: plain(repaid),
            points_hundredths: plain(points),
        },
        MinutesCredited = wire::MinutesCreditedLine { minutes: plain(minutes), honour: plain(honour) },
    }
} }
