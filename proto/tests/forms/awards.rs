//! Samples of contributions, of awards and of the lines that explain them.

use crate::events::{Samples, sample};
use crate::values::{
    CATEGORIES, GRADES, at, bare_claim, caps, decimal, full_claim, id, interval, points,
};
use linli_domain::award::{Award, Issue, Line, MinutesKind};
use linli_domain::contribution::{self, Difficulty, RejectReason, Rejection, Signal, Verification};
use linli_domain::quantity::{Merit, Minutes, Points};
use linli_domain::rules::{Cap, Limit, RuleVersion, Scope, Unit};
use linli_domain::time::Window;

pub(crate) fn contributions() -> Samples {
    let (contribution, officer) = (id!(ContributionId, 10), id!(OfficerId, 5));
    let verified = |assessed| {
        contribution::Event::Verified(Verification {
            contribution,
            officer,
            assessed,
            difficulty: None,
        })
    };
    let hard = contribution::Event::Verified(Verification {
        contribution,
        officer,
        assessed: None,
        difficulty: Some(Difficulty(2)),
    });
    let follows = contribution::Event::Submitted {
        claim: bare_claim(),
        grade: GRADES[1],
        caused_by: Some(contribution),
    };
    let bare =
        contribution::Event::Submitted { claim: bare_claim(), grade: GRADES[3], caused_by: None };
    let mut samples: Samples = GRADES
        .map(|grade| {
            sample(
                grade,
                contribution::Event::Submitted { claim: full_claim(), grade, caused_by: None },
            )
        })
        .into();
    samples.extend([
        sample("bare", bare),
        sample("follows", follows),
        sample("fixed", verified(None)),
        sample("assessed", verified(Some(points(5000)))),
        sample("assessed at nothing", verified(Some(Points::ZERO))),
        sample("hard", hard),
    ]);
    let reasons = [
        RejectReason::NotDone,
        RejectReason::WrongTimeOrPlace,
        RejectReason::EvidenceUnclear,
        RejectReason::Duplicate,
        RejectReason::NotEligible,
    ];
    samples.extend(reasons.map(|reason| {
        sample(reason, contribution::Event::Rejected(Rejection { contribution, officer, reason }))
    }));
    samples
}

pub(crate) fn bare_award() -> Award {
    Award {
        contribution: id!(ContributionId, 10),
        resident: id!(ResidentId, 11),
        grid: id!(AreaId, 12),
        estate: None,
        act: "HZ-F".parse().unwrap(),
        category: CATEGORIES[8],
        happened: interval(),
        grade: GRADES[3],
        rules: RuleVersion(1),
        minutes: Minutes::ZERO,
        minutes_kind: MinutesKind::Honour,
        merit: Merit::ZERO,
        issue: None,
        counted_minutes: Minutes::ZERO,
        counted_points: Points::ZERO,
        repaid: Vec::new(),
        lines: Vec::new(),
    }
}

pub(crate) fn full_award() -> Award {
    Award {
        act: "PA-1".parse().unwrap(),
        category: CATEGORIES[7],
        grade: GRADES[0],
        minutes: Minutes::new(90),
        minutes_kind: MinutesKind::Service,
        merit: Merit::from_hundredths(165),
        issue: Some(Issue {
            pool: id!(PoolId, 20),
            points: points(230),
            expires_at: at(1_051_200),
        }),
        counted_minutes: Minutes::new(90),
        counted_points: points(150),
        lines: lines(),
        ..bare_award()
    }
}

/// A line of every form.
pub(crate) fn lines() -> Vec<Line> {
    let (factor, merit) = (decimal("1.5"), Merit::from_hundredths(165));
    let base = |unit, units: &str| Line::Base {
        unit,
        units: decimal(units),
        each: points(150),
        points: decimal("1.50"),
    };
    let mut lines = vec![
        base(Unit::Each, "1"),
        base(Unit::Hour, "1.6666666666666666666666666667"),
        base(Unit::Slot(Minutes::new(90)), "1.00"),
    ];
    lines.extend(caps().into_iter().map(|cap| Line::CapCut { cap, counted: 120, of: 210 }));
    lines.extend([
        Line::Night { factor, points: decimal("2.25") },
        Line::Alert { factor, points: decimal("3.375") },
        Line::Merit { weight: decimal("1.1"), factor: decimal("1"), merit },
        Line::GradePart { grade: GRADES[0], factor: decimal("1"), points: points(230) },
        Line::EvidenceTooWeak { grade: GRADES[2], least: GRADES[1] },
        Line::GradeCap { cap: points(2000), points: points(200) },
        Line::MonthCap { cap: points(12_000), points: points(100) },
        Line::PoolShort { left: Points::ZERO, points: Points::ZERO },
        Line::MinutesCredited { minutes: Minutes::new(90), honour: false },
        Line::MinutesCredited { minutes: Minutes::new(30), honour: true },
    ]);
    lines
}

/// The lines that came later.
pub(crate) fn hard_lines() -> Vec<Line> {
    let (factor, part) = (decimal("1.2"), decimal("0.5"));
    let cap = Cap {
        scope: Scope::Beneficiary,
        window: Some(Window::Month),
        limit: Limit::Minutes(Minutes::new(300)),
    };
    vec![
        Line::CapCut { cap, counted: 60, of: 120 },
        Line::Difficulty { level: Difficulty(2), factor, points: decimal("1.80") },
        Line::Assisted { factor, points: decimal("2.16") },
        Line::Throttled { left: points(900), below: points(1000), part, points: points(110) },
    ]
}

/// Evidence that lacks something, and a cap of two persons.
fn lacking_lines() -> Vec<Line> {
    let limit = Limit::Minutes(Minutes::new(360));
    let cap = Cap { scope: Scope::Couple, window: Some(Window::Month), limit };
    let lacking = [Signal::Confirmed, Signal::Photo].into_iter().collect();
    vec![Line::CapCut { cap, counted: 60, of: 120 }, Line::EvidenceLacks { lacking }]
}

pub(crate) fn awards() -> Samples {
    let awarded = |award| contribution::Event::Awarded(Box::new(award));
    let mut samples =
        vec![sample("every line", awarded(full_award())), sample("bare", awarded(bare_award()))];
    samples.push(sample("hard", awarded(Award { lines: hard_lines(), ..full_award() })));
    samples.push(sample("lacking", awarded(Award { lines: lacking_lines(), ..full_award() })));
    samples.extend(CATEGORIES.map(|category| {
        sample(category, awarded(Award { category, lines: Vec::new(), ..full_award() }))
    }));
    samples
}
