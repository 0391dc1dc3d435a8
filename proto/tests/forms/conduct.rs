//! Samples of what checks of conduct hold, and of words on it.

use linli_domain::conduct::{Command, Event, Holding, Review, Sign, Verdict};
use linli_domain::contribution::RejectReason;
use linli_domain::quantity::Minutes;
use linli_domain::rules::{
    self, ConductRules, Frequency, InvalidRules, LateTerms, RuleSet, RulesPart, StaffHours,
    TravelTerms,
};
use linli_domain::{Command as Wish, Refusal};

use crate::events::{Samples, sample};
use crate::values::{LEVELS, bare_rules, id};

fn bare() -> ConductRules {
    ConductRules {
        reviewer: LEVELS[2],
        travel: None,
        late: None,
        pair: None,
        ring: None,
        staff_hours: None,
        forgotten: false,
    }
}

fn checked(conduct: ConductRules) -> RuleSet {
    RuleSet { conduct: Some(conduct), ..bare_rules() }
}

fn full() -> ConductRules {
    ConductRules {
        travel: Some(TravelTerms { grid_metres: 500, metres_per_minute: 250 }),
        late: Some(LateTerms { hours: 48, entries: 6, within_hours: 24 }),
        pair: Some(Frequency { times: 20, days: 30 }),
        ring: Some(Frequency { times: 6, days: 31 }),
        staff_hours: Some(StaffHours { from: Minutes::new(540), until: Minutes::new(1050) }),
        ..bare()
    }
}

fn held(sign: Sign, complete: bool) -> Event {
    Event::Held(Box::new(Holding {
        contribution: id!(ContributionId, 10),
        resident: id!(ResidentId, 11),
        grid: id!(AreaId, 12),
        signs: vec![sign],
        complete,
    }))
}

fn review(verdict: Verdict) -> Review {
    Review { contribution: id!(ContributionId, 10), officer: id!(OfficerId, 5), verdict }
}

pub(crate) fn events() -> Samples {
    let other = id!(ContributionId, 36);
    let (with, officer) = (id!(ResidentId, 13), id!(OfficerId, 5));
    let through = vec![with, id!(ResidentId, 14)];
    vec![
        sample("served elsewhere", held(Sign::ServedElsewhere { other }, false)),
        sample(
            "travel",
            held(Sign::Travel { other, minutes: 1, metres: 500, metres_per_minute: 250 }, false),
        ),
        sample(
            "late entries",
            held(Sign::LateEntries { entries: 7, within_hours: 24, late_hours: 48 }, false),
        ),
        sample("evidence used", held(Sign::EvidenceUsed { other }, false)),
        sample("pair", held(Sign::Pair { with, times: 21, days: 30 }, true)),
        sample("ring", held(Sign::Ring { through, times: 6, days: 30 }, true)),
        sample("staff hours", held(Sign::StaffHours { officer }, false)),
        sample("released", Event::Reviewed(review(Verdict::Release))),
        sample("rejected", Event::Reviewed(review(Verdict::Reject(RejectReason::NotEligible)))),
        sample("checked", rules::Event::Published(Box::new(checked(full())))),
        sample(
            "checked with the forgotten",
            rules::Event::Published(Box::new(checked(ConductRules { forgotten: true, ..full() }))),
        ),
        sample("checked bare", rules::Event::Published(Box::new(checked(bare())))),
    ]
}

pub(crate) fn commands() -> Vec<Wish> {
    vec![
        Command::Review(review(Verdict::Release)).into(),
        Command::Review(review(Verdict::Reject(RejectReason::NotDone))).into(),
    ]
}

pub(crate) fn refusals() -> Vec<Refusal> {
    vec![
        Refusal::OnHold,
        Refusal::NotHeld,
        Refusal::InvalidRules(InvalidRules { part: RulesPart::Conduct, act: None }),
    ]
}
