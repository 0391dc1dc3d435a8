//! Hazards: who reports, whose word counts, when two reports are one, and what bad faith leads to.

use crate::world::*;
use linli_domain::area::Level;
use linli_domain::hazard::{Command, Dismissal, Event, Report, Ruling, Seriousness, Status};
use linli_domain::id::{AreaId, HazardId, OfficerId};
use linli_domain::{Noun, Record, Refusal, order};

fn hazard(number: u128) -> HazardId {
    HazardId::from_number(number)
}

fn verify(number: u128, officer: OfficerId, seriousness: Seriousness) -> Command {
    Command::Verify { hazard: hazard(number), officer, seriousness }
}

fn dismiss(number: u128, officer: OfficerId, why: Dismissal) -> Command {
    Command::Dismiss { hazard: hazard(number), officer, why }
}

/// What became of each of these records, in short.
fn told(records: &[Record]) -> Vec<String> {
    let told = records.iter().map(|record| match &record.event {
        linli_domain::Event::Hazard(Event::Merged { into, .. }) => {
            format!("merged into {}", into.number())
        }
        linli_domain::Event::Hazard(Event::Reported(_)) => "reported".to_owned(),
        linli_domain::Event::Hazard(Event::Verified { .. }) => "verified".to_owned(),
        linli_domain::Event::Order(order::Event::Opened { .. }) => "opened".to_owned(),
        other => format!("{other:?}"),
    });
    told.collect()
}

#[test]
fn reports_of_one_kind_at_one_place_are_one_hazard() {
    let mut world = World::new();
    let first = report(1, resident(1), 1, MORNING);
    for (report, expected) in [
        (first.clone(), vec!["reported"]),
        (report(2, resident(3), 1, MORNING - HOUR), vec!["reported", "merged into 1"]),
        (report(3, resident(5), 2, MORNING), vec!["reported"]),
        (
            Report {
                kind: linli_domain::hazard::HazardKind::Gas,
                ..report(4, resident(5), 1, MORNING)
            },
            vec!["reported"],
        ),
        // Two days and a bit later it is another hazard; then that one is the first.
        (report(5, resident(5), 1, MORNING + 49 * HOUR), vec!["reported"]),
        (report(6, resident(7), 1, MORNING + 50 * HOUR), vec!["reported", "merged into 5"]),
    ] {
        world.now = world.now.max(report.seen_at.microseconds());
        let records = world.wish(Command::Report(Box::new(report.clone()))).unwrap();
        assert_eq!(told(&records), expected, "{report:?}");
    }
    assert_eq!(
        world.wish(verify(2, GRID_OFFICER, Seriousness::Ordinary)),
        Err(Refusal::HazardAt { found: Status::Merged })
    );
    // What was dismissed is no hazard that another report could be of.
    world.wish(dismiss(5, GRID_OFFICER, Dismissal::NotFound)).unwrap();
    let again = report(7, resident(1), 1, MORNING + 50 * HOUR);
    assert_eq!(told(&world.wish(Command::Report(Box::new(again))).unwrap()), ["reported"]);
}

#[test]
fn an_officer_links_what_the_place_did_not_tell() {
    let mut world = World::new();
    world.wish(Command::Report(Box::new(report(1, resident(1), 1, MORNING)))).unwrap();
    world.now += HOUR;
    world.wish(Command::Report(Box::new(report(2, resident(3), 2, MORNING + HOUR)))).unwrap();
    let merge = |hazard_, into, officer| Command::Merge {
        hazard: hazard(hazard_),
        into: hazard(into),
        officer,
    };
    assert_eq!(world.wish(merge(1, 2, GRID_OFFICER)), Err(Refusal::LaterReport));
    assert_eq!(world.wish(merge(1, 1, GRID_OFFICER)), Err(Refusal::LaterReport));
    assert_eq!(world.wish(merge(2, 9, GRID_OFFICER)), Err(Refusal::Unknown(Noun::Hazard)));
    assert_eq!(world.wish(merge(2, 1, OTHER_GRID_OFFICER)), Err(Refusal::OutsideAuthority));
    world.wish(merge(2, 1, GRID_OFFICER)).unwrap();
    // From then on, that place is the first one's as well.
    let third = report(3, resident(5), 2, MORNING + HOUR);
    let records = world.wish(Command::Report(Box::new(third))).unwrap();
    assert_eq!(told(&records), ["reported", "merged into 1"]);
}

#[test]
fn who_may_report_and_what() {
    let mut world = World::new();
    let good = report(1, resident(8), 1, MORNING);
    world.wish(Command::Report(Box::new(good.clone()))).unwrap();
    let other = |report: Report| Report { hazard: hazard(2), ..report };
    for (report, refusal) in [
        (good.clone(), Refusal::AlreadyExists(Noun::Hazard)),
        (Report { reporter: resident(9), ..other(good.clone()) }, Refusal::Unknown(Noun::Resident)),
        (
            Report { area: STREET, ..other(good.clone()) },
            Refusal::WrongLevel { expected: Some(Level::Grid), found: Some(Level::SubDistrict) },
        ),
        (
            Report { seen_at: at(MORNING + HOUR), ..other(good.clone()) },
            Refusal::InFuture { ends_at: at(MORNING + HOUR), now: at(MORNING) },
        ),
        (
            Report { seen_at: at(MORNING - 8 * DAY), ..other(good.clone()) },
            Refusal::TooLate { limit_days: 7 },
        ),
        (
            Report { evidence: photo().repeat(17), ..other(good.clone()) },
            Refusal::TooManyAttachments { most: 16 },
        ),
        (
            Report { evidence: made(Some(at(MORNING + HOUR)), None), ..other(good.clone()) },
            Refusal::InFuture { ends_at: at(MORNING + HOUR), now: at(MORNING) },
        ),
        (
            Report { evidence: made(None, Some(AreaId::from_number(99))), ..other(good.clone()) },
            Refusal::Unknown(Noun::Area),
        ),
    ] {
        assert_eq!(
            world.wish(Command::Report(Box::new(report.clone()))),
            Err(refusal),
            "{report:?}"
        );
    }
    // A contribution can't take the number that the hazard's will have.
    let claim = claim(1, resident(1), "CLEAN", MORNING - HOUR, MORNING);
    assert_eq!(world.wish(submit(claim)), Err(Refusal::AlreadyExists(Noun::Contribution)));
}

#[test]
fn whose_word_counts() {
    use Seriousness::{Major, Ordinary, Serious};
    let reported = |by| {
        let mut world = World::new();
        world
            .wish(Command::Report(Box::new(Report { area: BUILDING, ..report(1, by, 1, MORNING) })))
            .unwrap();
        world
    };
    let low = |needed, found| Err(Refusal::LevelTooLow { needed, found });
    for (by, words, last) in [
        (5, &[(GRID_OFFICER, Ordinary)][..], Ok(())),
        (5, &[(HEAD, Ordinary)], low(Level::Grid, Level::MicroGrid)),
        (5, &[(OTHER_GRID_OFFICER, Ordinary)], Err(Refusal::OutsideAuthority)),
        (3, &[(SECOND_GRID_OFFICER, Ordinary)], Err(Refusal::SelfVerification)),
        (4, &[(SECOND_GRID_OFFICER, Ordinary)], Err(Refusal::SameHousehold)),
        (5, &[(GRID_OFFICER, Serious)], Ok(())),
        (5, &[(GRID_OFFICER, Serious), (GRID_OFFICER, Serious)], Err(Refusal::AlreadyVerified)),
        (
            5,
            &[(GRID_OFFICER, Serious), (SECOND_GRID_OFFICER, Serious)],
            Err(Refusal::SecondLevelNeeded { level: Level::Grid }),
        ),
        (5, &[(GRID_OFFICER, Serious), (COMMUNITY_OFFICER, Serious)], Ok(())),
        (5, &[(GRID_OFFICER, Major)], low(Level::SubDistrict, Level::Grid)),
        (5, &[(STREET_OFFICER, Major)], Ok(())),
        // Another seriousness is another question.
        (5, &[(GRID_OFFICER, Serious), (STREET_OFFICER, Major)], Ok(())),
    ] {
        let mut world = reported(resident(by));
        let (end, before) = words.split_last().unwrap();
        before.iter().for_each(|(who, how)| drop(world.wish(verify(1, *who, *how)).unwrap()));
        assert_eq!(world.wish(verify(1, end.0, end.1)).map(|_| ()), last, "{words:?}");
    }
}

#[test]
fn three_false_reports_pause_reporting_for_thirty_days() {
    let mut world = World::new();
    let told_false = |world: &mut World, number: u128, officer| {
        let place = u8::try_from(number).unwrap();
        world
            .wish(Command::Report(Box::new(report(number, resident(5), place, world.now))))
            .unwrap();
        world.wish(dismiss(number, officer, Dismissal::BadFaith)).unwrap();
    };
    told_false(&mut world, 1, GRID_OFFICER);
    // What was wrong in good faith is not counted.
    world.wish(Command::Report(Box::new(report(2, resident(5), 2, world.now)))).unwrap();
    world.wish(dismiss(2, GRID_OFFICER, Dismissal::NotFound)).unwrap();
    told_false(&mut world, 3, COMMUNITY_OFFICER);
    assert_eq!(world.wish(Command::Appeal(resident(5))), Err(Refusal::NotPaused));
    told_false(&mut world, 4, GRID_OFFICER);
    let until = at(MORNING + 30 * DAY);
    let report_now = |world: &mut World| {
        world.wish(Command::Report(Box::new(report(9, resident(5), 9, world.now))))
    };
    assert_eq!(report_now(&mut world), Err(Refusal::ReportingPaused { until }));
    assert_eq!(world.state.paused_until(resident(5)), Some(until));

    // An officer above all who found bad faith rules on an appeal.
    let rule = |officer, ruling| Command::Rule { resident: resident(5), officer, ruling };
    assert_eq!(world.wish(rule(STREET_OFFICER, Ruling::Lifted)), Err(Refusal::NoAppeal));
    world.wish(Command::Appeal(resident(5))).unwrap();
    assert_eq!(world.wish(Command::Appeal(resident(5))), Err(Refusal::AppealedAlready));
    for officer in [GRID_OFFICER, COMMUNITY_OFFICER] {
        let found = if officer == GRID_OFFICER { Level::Grid } else { Level::Community };
        let refusal = Refusal::LevelTooLow { needed: Level::SubDistrict, found };
        assert_eq!(world.wish(rule(officer, Ruling::Lifted)), Err(refusal));
    }
    let (mut lifted, mut upheld) = (world.clone(), world);
    lifted.wish(rule(STREET_OFFICER, Ruling::Lifted)).unwrap();
    report_now(&mut lifted).unwrap();
    upheld.wish(rule(STREET_OFFICER, Ruling::Upheld)).unwrap();
    assert_eq!(report_now(&mut upheld), Err(Refusal::ReportingPaused { until }));
    assert_eq!(upheld.wish(Command::Appeal(resident(5))), Err(Refusal::AppealedAlready));
    upheld.now = until.microseconds();
    report_now(&mut upheld).unwrap();
}
