//! What makes a service worth more, what a rule credits however long it took, what one person may be
//! served, and what a low pool gives.

use crate::notice::notice_rules;
use crate::world::*;
use linli_domain::Refusal;
use linli_domain::award::{Award, Line};
use linli_domain::contribution::{Command, Difficulty, Event, Verification};
use linli_domain::quantity::Minutes;
use linli_domain::rules::{
    self, Amount, Cap, InvalidRules, Limit, RuleSet, RuleVersion, RulesPart, Scope, Throttle, Unit,
};
use linli_domain::text::Code;
use linli_domain::time::Window;

/// A world in which other rules are in force.
fn under(change: impl FnOnce(&mut RuleSet)) -> World {
    let mut world = World::new();
    let mut rules = rule_set();
    (rules.version, rules.effective_from) = (RuleVersion(2), at(MORNING));
    change(&mut rules);
    world.wish(rules::Command::Publish(Box::new(rules))).unwrap();
    world
}

/// An hour of an act, ending now, found so hard.
fn serve(
    world: &mut World,
    number: u128,
    (act, beneficiary): (&str, Option<u128>),
    difficulty: Option<u8>,
) -> Result<Award, Refusal> {
    world.now += HOUR;
    let mut claim = claim(number, resident(1), act, world.now - HOUR, world.now);
    claim.beneficiary = beneficiary.map(resident);
    world.wish(submit(claim)).unwrap();
    let (contribution, officer) = (contribution(number), GRID_OFFICER);
    let difficulty = difficulty.map(Difficulty);
    let word = Verification { contribution, officer, assessed: None, difficulty };
    let records = world.wish(Command::Verify(word))?;
    match &records.last().unwrap().event {
        linli_domain::Event::Contribution(Event::Awarded(award)) => Ok(award.as_ref().clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_hard_gives_more_points_and_no_more_merit() {
    for (said, expected) in [
        (None, Ok(("1.00", "1.00", None))),
        (Some(1), Ok(("1.20", "1.00", Some("1.2")))),
        (Some(2), Ok(("1.50", "1.00", Some("1.5")))),
        (Some(0), Err(Refusal::NoSuchDifficulty { levels: 2 })),
        (Some(3), Err(Refusal::NoSuchDifficulty { levels: 2 })),
    ] {
        let found = serve(&mut World::new(), 1, ("CLEAN", None), said).map(|award| {
            let factor = award.lines.iter().find_map(|line| match line {
                Line::Difficulty { factor, .. } => Some(factor.to_string()),
                _ => None,
            });
            (award.points().to_string(), award.merit.to_string(), factor)
        });
        let expected = expected.map(|(points, merit, factor)| {
            (points.to_owned(), merit.to_owned(), factor.map(str::to_owned))
        });
        assert_eq!(found, expected, "{said:?}");
    }
    let refused = serve(&mut World::new(), 1, ("LEARN", None), Some(1)).unwrap_err();
    assert_eq!(refused, Refusal::NoSuchDifficulty { levels: 0 });
}

#[test]
fn what_was_hard_is_still_so_after_its_notice() {
    let mut world = under(|rules| {
        let mut notice = notice_rules();
        notice.acts = vec![code("CLEAN")];
        rules.notice = Some(notice);
    });
    world.now += HOUR;
    world.wish(submit(claim(1, resident(1), "CLEAN", world.now - HOUR, world.now))).unwrap();
    let (contribution, officer) = (contribution(1), GRID_OFFICER);
    let difficulty = Some(Difficulty(2));
    let word = Verification { contribution, officer, assessed: None, difficulty };
    world.wish(Command::Verify(word)).unwrap();
    assert_eq!(world.available(resident(1)), points("0"));
    world.now += 30 * DAY;
    world.let_due_happen();
    assert_eq!(world.available(resident(1)), points("1.5"));
}

#[test]
fn service_to_assisted_people_gives_more() {
    // Resident 8 gets assistance, 5 doesn't; 1.25 is given to the tenth, half to even.
    let mut world = World::new();
    let given = [(1, 8), (2, 5)].map(|(number, whom)| {
        let award = serve(&mut world, number, ("AID", Some(whom)), None).unwrap();
        let line = award.lines.iter().any(|line| matches!(line, Line::Assisted { .. }));
        (award.points().to_string(), line)
    });
    assert_eq!(given, [("1.20".to_owned(), true), ("1.00".to_owned(), false)]);
}

#[test]
fn one_person_is_served_for_so_much_by_whomever() {
    // Five hours a month for one who is served, two for a pair.
    let mut world = World::new();
    let mut aid = |number, who: u128, hours: i64| {
        world.now += hours * HOUR;
        let mut claim = claim(number, resident(who), "AID", world.now - hours * HOUR, world.now);
        claim.beneficiary = Some(resident(5));
        world.wish(submit(claim)).unwrap();
        world.wish(verify(number, GRID_OFFICER)).unwrap();
        world.available(resident(who)).to_string()
    };
    assert_eq!([aid(1, 1, 2), aid(2, 2, 2), aid(3, 3, 2)], ["2.00", "2.00", "1.00"]);
    // What is reversed is free again, in the counts of the one who was served too.
    world.wish(reverse(1, STREET_OFFICER)).unwrap();
    let mut again = claim(4, resident(7), "AID", world.now, world.now + 2 * HOUR);
    again.beneficiary = Some(resident(5));
    world.now += 2 * HOUR;
    world.wish(submit(again)).unwrap();
    world.wish(verify(4, GRID_OFFICER)).unwrap();
    assert_eq!(world.available(resident(7)), points("2"));
}

#[test]
fn two_persons_share_a_cap_whoever_of_them_serves() {
    let mut world = under(|rules| {
        let aid = rules.acts.iter_mut().find(|act| act.code == code("AID")).unwrap();
        let (window, limit) = (Some(Window::Month), Limit::Minutes(Minutes::new(360)));
        aid.caps = vec![Cap { scope: Scope::Couple, window, limit }];
    });
    let aid = |world: &mut World, number, who: u128, whom: u128, hours: i64| {
        world.now += hours * HOUR;
        let mut claim = claim(number, resident(who), "AID", world.now - hours * HOUR, world.now);
        claim.beneficiary = Some(resident(whom));
        world.wish(submit(claim)).unwrap();
        world.wish(verify(number, GRID_OFFICER)).unwrap();
        world.available(resident(who)).to_string()
    };
    // Six hours, of which each way takes; with somebody else either has six more.
    assert_eq!(aid(&mut world, 1, 1, 3, 4), "4.00");
    assert_eq!(aid(&mut world, 2, 3, 1, 4), "2.00");
    assert_eq!(aid(&mut world, 3, 1, 3, 1), "4.00");
    assert_eq!(aid(&mut world, 4, 3, 7, 1), "3.00");
    // What is reversed is free again, for both ways.
    world.wish(reverse(2, STREET_OFFICER)).unwrap();
    assert_eq!(aid(&mut world, 5, 1, 3, 3), "6.00");
    // Nobody can claim it for nobody.
    let alone = claim(6, resident(1), "AID", world.now - HOUR, world.now);
    assert_eq!(world.wish(submit(alone)), Err(Refusal::BeneficiaryNeeded));
}

#[test]
fn an_act_credits_the_minutes_that_its_rule_says() {
    let mut world = under(|rules| {
        let learn = rules.acts.iter_mut().find(|act| act.code == code("LEARN")).unwrap();
        learn.credits = Some(Minutes::new(180));
    });
    let award = serve(&mut world, 1, ("LEARN", None), None).unwrap();
    assert_eq!((award.minutes, award.counted_minutes), (Minutes::new(180), Minutes::new(60)));
    assert_eq!(world.state.residents().get(resident(1)).unwrap().minutes, Minutes::new(180));
    world.wish(reverse(1, STREET_OFFICER)).unwrap();
    assert_eq!(world.state.residents().get(resident(1)).unwrap().minutes, Minutes::ZERO);
}

#[test]
fn a_low_pool_gives_a_part_of_the_points_and_all_of_the_merit() {
    let street = || Code::new("street").unwrap();
    let mut world = under(|rules| {
        let part = "0.5".parse().unwrap();
        rules.throttles = vec![Throttle { pool: street(), below: points("499"), part }];
    });
    let given: Vec<_> = (1..=3)
        .map(|number| {
            let award = serve(&mut world, number, ("LEARN", None), None).unwrap();
            let line = award.lines.iter().find_map(|line| match line {
                Line::Throttled { left, .. } => Some(left.to_string()),
                _ => None,
            });
            (award.points().to_string(), award.merit.to_string(), line)
        })
        .collect();
    let expected = [
        ("2.00", "2.00", None),
        ("1.00", "2.00", Some("498.00")),
        ("0.50", "1.00", Some("497.00")),
    ];
    let expected = expected.map(|(points, merit, left)| {
        (points.to_owned(), merit.to_owned(), left.map(str::to_owned))
    });
    assert_eq!(given, expected);
}

/// What is wrong with rules that were changed so.
fn flaw(change: impl FnOnce(&mut RuleSet)) -> Option<(RulesPart, bool)> {
    let mut rules = rule_set();
    change(&mut rules);
    rules.check().err().map(|InvalidRules { part, act }| (part, act.is_some()))
}

#[test]
fn factors_minutes_and_throttles_that_make_no_sense_are_refused() {
    let factor = |text: &str| text.parse().unwrap();
    let throttle = |pool: &str, below: &str, part: &str| Throttle {
        pool: Code::new(pool).unwrap(),
        below: points(below),
        part: factor(part),
    };
    let clean = |rules: &mut RuleSet, credits| {
        let act = rules.acts.iter_mut().find(|act| act.code == code("CLEAN")).unwrap();
        act.credits = credits;
    };
    assert_eq!(flaw(|_| {}), None);
    let none = flaw(|rules| rules.coefficients.difficulty.clear());
    assert_eq!(none, Some((RulesPart::Difficulty, true)));
    for levels in [vec![factor("0.9")], vec![factor("1.5"), factor("1.2")]] {
        let found = flaw(|rules| rules.coefficients.difficulty = levels.clone());
        assert_eq!(found, Some((RulesPart::Difficulty, false)), "{levels:?}");
    }
    let none = flaw(|rules| rules.coefficients.assisted = None);
    assert_eq!(none, Some((RulesPart::Assisted, true)));
    let low = flaw(|rules| rules.coefficients.assisted = Some(factor("0.5")));
    assert_eq!(low, Some((RulesPart::Assisted, false)));
    // By the hour, a rule can't say how long it took.
    let hourly = flaw(|rules| clean(rules, Some(Minutes::new(60))));
    assert_eq!(hourly, Some((RulesPart::Credits, true)));
    for throttles in [
        vec![throttle("street", "0", "0.5")],
        vec![throttle("street", "10", "1.5")],
        vec![throttle("nobodys", "10", "0.5")],
        vec![throttle("street", "10", "0.5"), throttle("street", "20", "0.5")],
    ] {
        let found = flaw(|rules| rules.throttles = throttles.clone());
        assert_eq!(found, Some((RulesPart::Throttles, false)), "{throttles:?}");
    }
}

#[test]
fn half_hours_count_whole_and_a_quarter_has_an_end() {
    let mut world = under(|rules| {
        let clean = rules.acts.iter_mut().find(|act| act.code == code("CLEAN")).unwrap();
        clean.unit = Unit::Slot(Minutes::new(30));
        clean.base = Amount::Fixed(points("0.5"));
        let limit = Limit::Times(3);
        clean.caps = vec![Cap { scope: Scope::Person, window: Some(Window::Quarter), limit }];
    });
    let mut given = |number, minutes: i64, days: i64| {
        world.now += days * DAY + minutes * MINUTE;
        let from = world.now - minutes * MINUTE;
        world.wish(submit(claim(number, resident(1), "CLEAN", from, world.now))).unwrap();
        let records = world.wish(verify(number, GRID_OFFICER)).unwrap();
        match &records.last().unwrap().event {
            linli_domain::Event::Contribution(Event::Awarded(award)) => award.points().to_string(),
            other => panic!("{other:?}"),
        }
    };
    // Fifty-nine minutes are one half-hour, two hours are four; three times a quarter, and again in
    // the next.
    let found =
        [given(1, 59, 0), given(2, 120, 1), given(3, 30, 1), given(4, 60, 1), given(5, 60, 92)];
    assert_eq!(found, ["0.50", "2.00", "0.50", "0.00", "1.00"]);
}
