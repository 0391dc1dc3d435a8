//! Why evidence has its grade, and what each way to a better one lacks.

use linli_domain::Event;
use linli_domain::award::Line;
use linli_domain::contribution::{self, Claim, Grade, Signal, Signals};
use linli_domain::rules::{self, RuleVersion, RulesPart};

use crate::conduct::attach;
use crate::world::*;

/// The grade, whether a rule gave it, and of each better way: all that lacks, how many of which one
/// would do, and what stands against it.
fn grading(signals: &[Signal]) -> (Grade, bool, Vec<(Grade, String)>) {
    let rules = rule_set();
    let signals: Signals = signals.iter().copied().collect();
    let found = rules.grading(signals);
    assert_eq!(found.grade, rules.grade_of(signals), "{signals:?}");
    let said = |signals: Signals| format!("{:?}", signals.iter().collect::<Vec<_>>());
    let ways = found.better.iter().map(|way| {
        let words = format!("{} | {} | {}", said(way.all), said(way.any), said(way.against));
        (way.grade, words)
    });
    (found.grade, found.by.is_some(), ways.collect())
}

/// Rules by which cleaning gives points for a photograph that somebody else confirms.
fn needing() -> World {
    let mut world = World::new();
    let mut rules = rule_set();
    (rules.version, rules.effective_from) = (RuleVersion(2), at(MORNING));
    let clean = rules.acts.iter_mut().find(|act| act.code == code("CLEAN")).unwrap();
    clean.needs = [Signal::Photo, Signal::Confirmed].into_iter().collect();
    world.wish(rules::Command::Publish(Box::new(rules))).unwrap();
    world
}

/// The points and merit of an hour, and what its evidence lacked.
fn verified(world: &mut World, number: u128) -> (String, String, Option<Vec<Signal>>) {
    let records = world.wish(verify(number, GRID_OFFICER)).unwrap();
    let Some(Event::Contribution(contribution::Event::Awarded(award))) =
        records.last().map(|record| &record.event)
    else {
        panic!("{records:?}")
    };
    let lacking = award.lines.iter().find_map(|line| match line {
        Line::EvidenceLacks { lacking } => Some(lacking.iter().collect()),
        _ => None,
    });
    (award.points().to_string(), award.merit.to_string(), lacking)
}

#[test]
fn an_act_needs_more_than_a_grade_and_what_comes_later_counts() {
    let mut world = needing();
    let claimed = |world: &mut World, number, signals: &[Signal]| {
        world.now += HOUR;
        let claim = claim(number, resident(3), "CLEAN", world.now - HOUR, world.now);
        let signals = claim.signals.iter().chain(signals.iter().copied()).collect();
        world.wish(submit(Claim { signals, ..claim })).unwrap();
    };
    let one = |points: &str, lacking: Option<Vec<Signal>>| {
        (points.to_owned(), "1.00".to_owned(), lacking)
    };
    claimed(&mut world, 1, &[]);
    let both = Some(vec![Signal::Confirmed, Signal::Photo]);
    assert_eq!(verified(&mut world, 1), one("0.00", both));
    claimed(&mut world, 2, &[Signal::Confirmed]);
    assert_eq!(verified(&mut world, 2), one("0.00", Some(vec![Signal::Photo])));
    claimed(&mut world, 3, &[Signal::Confirmed, Signal::Photo]);
    assert_eq!(verified(&mut world, 3), one("1.00", None));
    // A photograph that is attached before the word is one.
    world.now += DAY;
    claimed(&mut world, 4, &[Signal::Confirmed]);
    world.wish(attach(4, 3, &[9])).unwrap();
    assert_eq!(verified(&mut world, 4), one("1.00", None));
}

#[test]
fn no_act_needs_what_weakens_evidence() {
    let mut rules = rule_set();
    rules.acts[0].needs = [Signal::AdministratorEntry].into_iter().collect();
    let flaw = rules.check().unwrap_err();
    assert_eq!((flaw.part, flaw.act.is_some()), (RulesPart::Needs, true));
}

#[test]
fn a_grade_says_which_rule_gave_it_and_what_the_next_better_one_lacked() {
    let to_a = |lacking: &str| vec![(Grade::A, format!("[{lacking}] | [] | []"))];
    let ledger = "[] | [BothConfirmed, OrderChecked, CaseEnded, ReferredServed] | []";
    for (signals, expected) in [
        (&[Signal::RotatingCode, Signal::Confirmed][..], (Grade::A, true, vec![])),
        (&[Signal::BothConfirmed], (Grade::B, true, to_a("RotatingCode, Confirmed"))),
        (
            &[Signal::SignInOut, Signal::Place, Signal::InsideShift, Signal::Confirmed],
            (Grade::B, true, to_a("RotatingCode")),
        ),
        (
            &[Signal::Photo, Signal::Place],
            (
                Grade::C,
                true,
                vec![
                    (Grade::B, "[SignInOut, InsideShift] | [] | []".to_owned()),
                    (Grade::B, ledger.to_owned()),
                ],
            ),
        ),
        // An administrator's entry stands against all of them.
        (
            &[Signal::Photo, Signal::AdministratorEntry],
            (Grade::D, false, vec![(Grade::C, "[] | [] | [AdministratorEntry]".to_owned())]),
        ),
        (&[], (Grade::D, false, vec![(Grade::C, "[] | [Photo, PaperSheet] | []".to_owned())])),
    ] {
        assert_eq!(grading(signals), expected, "{signals:?}");
    }
}
