//! From a contribution to its award: who may, what counts, and what is refused.

use crate::world::{self, *};
use linli_domain::award::{Award, Line};
use linli_domain::contribution::{
    Claim, Command, Event, RejectReason, Rejection, Signal, Verification,
};
use linli_domain::id::{AreaId, OfficerId, ResidentId};
use linli_domain::{Noun, Record, Refusal, officer};

fn award_of(records: &[Record]) -> &Award {
    let last = &records.last().unwrap().event;
    let linli_domain::Event::Contribution(Event::Awarded(award)) = last else { panic!("{last:?}") };
    award
}

/// Submits and verifies a claim in a fresh world; gives (points, merit, minutes) as text.
fn earned(claim: Claim) -> String {
    let mut world = World::new();
    world.now = claim.happened.end().microseconds();
    world.wish(submit(claim.clone())).unwrap();
    let records = world.wish(verify(claim.contribution.number(), GRID_OFFICER)).unwrap();
    let award = award_of(&records);
    format!("{} points {} merit {} min", award.points(), award.merit, award.minutes)
}

#[test]
fn what_a_contribution_gives() {
    let claim = |act, minutes| claim(1, resident(1), act, MORNING, MORNING + minutes * MINUTE);
    let signals =
        |list: &[Signal], claim: Claim| Claim { signals: list.iter().copied().collect(), ..claim };
    let night = |claim: Claim| {
        let happened =
            linli_domain::time::Interval::new(at(MORNING + 14 * HOUR), at(MORNING + 17 * HOUR));
        Claim { happened: happened.unwrap(), ..claim }
    };
    for (claim, expected) in [
        (claim("CLEAN", 60), "1.00 points 1.00 merit 60 min"),
        // Half an hour and a bit, to the tenth: 0.55 lies between, half even gives 0.6.
        (claim("CLEAN", 33), "0.60 points 0.55 merit 33 min"),
        // Two hours count at a time.
        (claim("CLEAN", 150), "2.00 points 2.00 merit 150 min"),
        (claim("LEARN", 5), "2.00 points 2.00 merit 5 min"),
        // A slot of ninety minutes; parts of one don't count, the minutes do.
        (claim("PATROL", 179), "1.50 points 1.65 merit 179 min"),
        (claim("PATROL", 180), "3.00 points 3.30 merit 180 min"),
        (night(claim("PATROL", 1)), "4.50 points 3.30 merit 180 min"),
        (Claim { alert: true, ..night(claim("PATROL", 1)) }, "6.80 points 3.30 merit 180 min"),
        // A photograph alone: half the points, and at most one a month.
        (signals(&[Signal::Photo], claim("CLEAN", 60)), "0.50 points 1.00 merit 60 min"),
        (signals(&[Signal::Photo], claim("PATROL", 180)), "1.00 points 3.30 merit 180 min"),
        // Entered afterwards: no points, half the merit.
        (
            signals(&[Signal::AdministratorEntry, Signal::Photo], claim("CLEAN", 60)),
            "0.00 points 0.50 merit 60 min",
        ),
    ] {
        assert_eq!(earned(claim.clone()), expected, "{claim:?}");
    }
}

#[test]
fn an_award_explains_itself() {
    let mut world = World::new();
    world.now = MORNING + 4 * HOUR;
    world.wish(submit(claim(1, resident(1), "CLEAN", MORNING, world.now))).unwrap();
    let records = world.wish(verify(1, GRID_OFFICER)).unwrap();
    let award = award_of(&records);
    let kinds: Vec<&str> = award
        .lines
        .iter()
        .map(|line| match line {
            Line::Base { .. } => "base",
            Line::CapCut { counted: 120, of: 240, .. } => "2 h of 4 h",
            Line::CapCut { .. } => "another cap",
            Line::Night { .. } => "night",
            Line::Alert { .. } => "alert",
            Line::Difficulty { .. } => "difficulty",
            Line::Assisted { .. } => "assisted",
            Line::Merit { .. } => "merit",
            Line::GradePart { .. } => "grade",
            Line::EvidenceTooWeak { .. } | Line::EvidenceLacks { .. } => "evidence",
            Line::GradeCap { .. } => "grade cap",
            Line::MonthCap { .. } => "month cap",
            Line::Throttled { .. } => "low pool",
            Line::PoolShort { .. } => "pool",
            Line::Repaid { .. } => "repaid",
            Line::Unsettled { .. } => "unsettled",
            Line::MinutesCredited { .. } => "minutes",
        })
        .collect();
    assert_eq!(kinds, ["2 h of 4 h", "base", "merit", "grade", "minutes"]);
}

#[test]
fn caps_bite_and_say_so() {
    let mut world = World::new();
    // Three times a year, and at most five points a month.
    let given: Vec<String> = (1..=4)
        .map(|n| award_of(&world.serve(n, resident(1), "LEARN")).points().to_string())
        .collect();
    assert_eq!(given, ["2.00", "2.00", "1.00", "0.00"]);
    // Three hours a day of cleaning: one, one, one, nothing; tomorrow again.
    let mut clean = |n| award_of(&world.serve(n, resident(3), "CLEAN")).points().to_string();
    assert_eq!([clean(11), clean(12), clean(13), clean(14)], ["1.00", "1.00", "1.00", "0.00"]);
    world.now += DAY;
    assert_eq!(award_of(&world.serve(15, resident(3), "CLEAN")).points().to_string(), "1.00");
}

#[test]
fn a_pair_is_capped_as_a_pair() {
    let mut world = World::new();
    let mut aid = |number, beneficiary: u128| {
        world.now += 2 * HOUR;
        let mut claim = claim(number, resident(1), "AID", world.now - 2 * HOUR, world.now);
        claim.beneficiary = Some(resident(beneficiary));
        world.wish(submit(claim)).unwrap();
        award_of(&world.wish(verify(number, GRID_OFFICER)).unwrap()).points().to_string()
    };
    assert_eq!([aid(1, 5), aid(2, 5), aid(3, 6)], ["2.00", "0.00", "2.00"]);
}

#[test]
fn the_month_cap_and_the_pool_leave_merit_alone() {
    let mut world = World::new();
    let mut sums = Vec::new();
    for n in 0..9 {
        world.now = MORNING + n * DAY + 3 * HOUR;
        let number = u128::try_from(n).unwrap() + 1;
        world
            .wish(submit(claim(number, resident(1), "PATROL", world.now - 3 * HOUR, world.now)))
            .unwrap();
        let records = world.wish(verify(number, GRID_OFFICER)).unwrap();
        sums.push((award_of(&records).points().to_string(), award_of(&records).merit.to_string()));
    }
    let given: Vec<&str> = sums.iter().map(|(points, _)| points.as_str()).collect();
    assert_eq!(given, ["3.00", "3.00", "3.00", "3.00", "0.00", "0.00", "0.00", "0.00", "0.00"]);
    assert!(sums.iter().all(|(_, merit)| merit == "3.30"));
    assert_eq!(world.available(resident(1)), points("12"));
}

/// What becomes of a claim that differs from a good one.
fn refused(change: impl FnOnce(&mut Claim, &mut World)) -> Refusal {
    let mut world = World::new();
    world.now = MORNING + 2 * HOUR;
    let mut claim = claim(1, resident(1), "CLEAN", MORNING, MORNING + HOUR);
    change(&mut claim, &mut world);
    let digest = world.state.digest();
    let refusal = world.wish(submit(claim)).unwrap_err();
    assert_eq!(world.state.digest(), digest, "a refusal changes nothing");
    refusal
}

#[test]
fn what_is_no_contribution() {
    let span = |from, until| linli_domain::time::Interval::new(at(from), at(until)).unwrap();
    assert_eq!(refused(|claim, _| claim.resident = resident(99)), Refusal::Unknown(Noun::Resident));
    assert_eq!(refused(|claim, _| claim.resident = resident(8)), Refusal::NotVolunteer);
    assert_eq!(refused(|claim, _| claim.act = code("FLY")), Refusal::UnknownAct(code("FLY")));
    assert_eq!(refused(|claim, _| claim.beneficiary = Some(resident(1))), Refusal::OwnBeneficiary);
    assert_eq!(refused(|claim, _| claim.act = code("AID")), Refusal::BeneficiaryNeeded);
    assert!(matches!(refused(|claim, _| claim.grid = BUILDING), Refusal::WrongLevel { .. }));
    assert!(matches!(
        refused(|claim, world| claim.happened = span(world.now, world.now + HOUR)),
        Refusal::InFuture { .. }
    ));
    assert!(matches!(
        refused(|claim, world| claim.attachments = made(Some(at(world.now + HOUR)), None)),
        Refusal::InFuture { .. }
    ));
    assert_eq!(
        refused(|claim, _| claim.attachments = made(None, Some(AreaId::from_number(99)))),
        Refusal::Unknown(Noun::Area)
    );
    assert_eq!(refused(|_, world| world.now += 8 * DAY), Refusal::TooLate { limit_days: 7 });
    assert_eq!(refused(|claim, _| claim.happened = span(MORNING, MORNING + 1)), Refusal::TooShort);
    assert_eq!(
        refused(|claim, world| claim.happened = span(world.now - 17 * HOUR, world.now)),
        Refusal::TooLong { longest_minutes: 960 }
    );
    assert_eq!(
        refused(|claim, _| claim.happened = span(MORNING - 50 * DAY, MORNING - 50 * DAY + HOUR)),
        Refusal::NoRulesInForce
    );
    assert!(matches!(
        refused(|claim, world| {
            world
                .wish(submit(world::claim(
                    2,
                    claim.resident,
                    "LEARN",
                    MORNING - HOUR,
                    MORNING + MINUTE,
                )))
                .unwrap();
        }),
        Refusal::Overlaps { .. }
    ));
    assert_eq!(
        refused(|claim, world| {
            world.wish(submit(claim.clone())).unwrap();
        }),
        Refusal::AlreadyExists(Noun::Contribution)
    );
}

/// What becomes of a verification by this officer.
fn verified_by(officer: OfficerId, claim: Claim) -> Result<usize, Refusal> {
    let mut world = World::new();
    world.now = MORNING + 2 * HOUR;
    world.wish(submit(claim)).unwrap();
    world.wish(verify(1, officer)).map(|records| records.len())
}

#[test]
fn whose_word_counts() {
    let by = |who: ResidentId| claim(1, who, "LEARN", MORNING, MORNING + HOUR);
    let cleaned = claim(1, resident(5), "CLEAN", MORNING, MORNING + HOUR);
    let served = Claim { beneficiary: Some(resident(2)), ..by(resident(5)) };
    assert_eq!(verified_by(GRID_OFFICER, by(resident(1))), Ok(2));
    assert_eq!(verified_by(STREET_OFFICER, by(resident(1))), Ok(2));
    assert_eq!(verified_by(OTHER_GRID_OFFICER, by(resident(1))), Err(Refusal::OutsideAuthority));
    assert_eq!(verified_by(HEAD, by(resident(5))), Ok(2));
    assert_eq!(verified_by(HEAD, by(resident(1))), Err(Refusal::SelfVerification));
    assert_eq!(verified_by(HEAD, by(resident(2))), Err(Refusal::SameHousehold));
    assert_eq!(verified_by(HEAD, served), Err(Refusal::VerifierServed));
    assert!(matches!(verified_by(HEAD, cleaned), Err(Refusal::LevelTooLow { .. })));
    assert_eq!(
        verified_by(OfficerId::from_number(99), by(resident(1))),
        Err(Refusal::Unknown(Noun::Officer))
    );
}

#[test]
fn a_retired_officer_has_no_word() {
    let mut world = World::new();
    world.now = MORNING + HOUR;
    world.wish(submit(claim(1, resident(1), "CLEAN", MORNING, world.now))).unwrap();
    world.wish(officer::Command::Retire(GRID_OFFICER)).unwrap();
    assert_eq!(world.wish(verify(1, GRID_OFFICER)), Err(Refusal::OfficerRetired));
    assert_eq!(world.wish(officer::Command::Retire(GRID_OFFICER)), Err(Refusal::OfficerRetired));
}

#[test]
fn a_deed_needs_two_levels_and_an_assessment() {
    let mut world = World::new();
    world.now = MORNING + HOUR;
    world.wish(submit(claim(1, resident(3), "DEED", MORNING, world.now))).unwrap();
    assert_eq!(world.wish(verify(1, GRID_OFFICER)).unwrap().len(), 1);
    assert_eq!(world.wish(verify(1, GRID_OFFICER)), Err(Refusal::AlreadyVerified));
    let assessed = |text: Option<&str>| {
        let contribution = contribution(1);
        let assessed = text.map(points);
        Command::Verify(Verification {
            contribution,
            officer: STREET_OFFICER,
            assessed,
            difficulty: None,
        })
    };
    for wrong in [None, Some("19.99"), Some("100.01")] {
        assert!(matches!(world.wish(assessed(wrong)), Err(Refusal::AssessmentNeeded { .. })));
    }
    let records = world.wish(assessed(Some("50"))).unwrap();
    // Outside the month cap of twelve.
    assert_eq!(award_of(&records).points(), points("50"));
    assert_eq!(world.wish(verify(1, STREET_OFFICER)), Err(Refusal::AlreadyAwarded));
}

#[test]
fn a_rejection_frees_the_time() {
    let mut world = World::new();
    world.now = MORNING + HOUR;
    let claim = claim(1, resident(1), "CLEAN", MORNING, world.now);
    world.wish(submit(claim.clone())).unwrap();
    let (contribution, officer) = (contribution(1), GRID_OFFICER);
    let reject =
        Command::Reject(Rejection { contribution, officer, reason: RejectReason::NotDone });
    world.wish(reject.clone()).unwrap();
    assert_eq!(world.wish(reject), Err(Refusal::AlreadyRejected));
    assert_eq!(world.wish(verify(1, GRID_OFFICER)), Err(Refusal::AlreadyRejected));
    let again = Claim { contribution: world::contribution(2), ..claim };
    assert!(world.wish(submit(again)).is_ok());
}

#[test]
fn no_later_rule_touches_an_earlier_service() {
    let mut world = World::new();
    let mut dearer = rule_set();
    dearer.version = linli_domain::rules::RuleVersion(2);
    dearer.effective_from = at(MORNING + HOUR);
    let learn = dearer.acts.iter_mut().find(|act| act.code == code("LEARN")).unwrap();
    learn.base = linli_domain::rules::Amount::Fixed(points("2.5"));
    let publish = linli_domain::rules::Command::Publish(Box::new(dearer));
    world.wish(publish.clone()).unwrap();
    assert!(matches!(world.wish(publish), Err(Refusal::RulesVersion { .. })));
    world.now = MORNING + 5 * HOUR;
    for (number, from, version, given) in
        [(1, MORNING - HOUR, 1, "2.00"), (2, MORNING + 2 * HOUR, 2, "2.50")]
    {
        world.wish(submit(claim(number, resident(1), "LEARN", from, from + HOUR))).unwrap();
        let records = world.wish(verify(number, GRID_OFFICER)).unwrap();
        let award = award_of(&records);
        assert_eq!((award.rules.0, award.points().to_string().as_str()), (version, given));
    }
}
