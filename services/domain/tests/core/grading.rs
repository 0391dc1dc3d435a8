//! Why evidence has its grade, and what each way to a better one lacks.

use linli_domain::contribution::{Grade, Signal, Signals};

use crate::world::rule_set;

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

#[test]
fn a_grade_says_which_rule_gave_it_and_what_the_next_better_one_lacked() {
    let to_a = |lacking: &str| vec![(Grade::A, format!("[{lacking}] | [] | []"))];
    let ledger = "[] | [BothConfirmed, OrderChecked, CaseEnded] | []";
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
