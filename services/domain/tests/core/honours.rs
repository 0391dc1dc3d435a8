//! Titles, certificates, and records that are said to be wrong.

use crate::honourly::other_rules;
use crate::rulebook::honour_rules;
use crate::world::*;
use linli_domain::area::Level;
use linli_domain::honour::{
    Answer, Command, DeclineReason, Distinction, Event, Fault, Paper, Report, RevokeReason, Stage,
    Standing, Title, YearMinutes,
};
use linli_domain::id::{CertificateId, OfficerId, ReportId, ResidentId};
use linli_domain::officer::{self, Appointment, Duty};
use linli_domain::quantity::Minutes;
use linli_domain::rules::{
    Granting, HonourRules, InvalidRules, Medal, RuleSet, RuleVersion, RulesPart,
};
use linli_domain::time::Window;
use linli_domain::{Event as Any, Noun, Record, Refusal, resident as person};

const STAR: Distinction = Distinction::Star(1);
const PAPER: CertificateId = CertificateId::from_number(70);
const REPORT: ReportId = ReportId::from_number(80);

fn apply(who: u128, distinction: Distinction) -> Command {
    Command::Apply { resident: resident(who), distinction }
}

fn grant(who: u128, officer: OfficerId) -> Command {
    Command::Grant { title: title(who), officer }
}

fn title(who: u128) -> Title {
    Title { resident: resident(who), distinction: STAR, year: None }
}

fn facts(records: &[Record]) -> Vec<&Event> {
    records
        .iter()
        .filter_map(|record| match &record.event {
            Any::Honour(event) => Some(event),
            _ => None,
        })
        .collect()
}

fn standing(world: &World, who: u128) -> Option<Standing> {
    let honours = world.state.residents().get(resident(who)).unwrap().honours()?;
    honours.titles().last().map(|held| held.standing)
}

/// Resident 5 has served three hours, on a Monday morning.
fn world() -> World {
    let mut world = World::new();
    for number in 1..=3 {
        world.serve(number, resident(5), "PATROL");
    }
    world
}

fn publish(world: &mut World, honours: HonourRules) {
    let command = other_rules(world, honours);
    world.wish(command).unwrap();
}

#[test]
fn a_star_is_applied_for_stands_on_notice_and_is_granted_by_the_body_that_rates() {
    let mut world = world();
    let short = Refusal::HoursShort { needed_hours: 300, minutes: Minutes::new(180) };
    assert_eq!(world.wish(apply(5, Distinction::Star(2))), Err(short));
    assert_eq!(world.wish(apply(5, Distinction::Star(3))), Err(Refusal::NoSuchDistinction));
    assert_eq!(world.wish(apply(8, STAR)), Err(Refusal::NotVolunteer));
    assert_eq!(world.wish(grant(5, COMMUNITY_OFFICER)), Err(Refusal::NoSuchTitle));

    world.wish(apply(5, STAR)).unwrap();
    let found = Standing::OnNotice;
    assert_eq!(world.wish(apply(5, STAR)), Err(Refusal::TitleAt { found }));
    // Tuesday to Friday, and the Monday after the weekend.
    let until = at(MORNING - 9 * HOUR + 8 * DAY);
    assert_eq!(world.wish(grant(5, COMMUNITY_OFFICER)), Err(Refusal::HonourNoticeRuns { until }));
    let (needed, found) = (Level::Community, Level::Grid);
    assert_eq!(world.wish(grant(5, GRID_OFFICER)), Err(Refusal::LevelTooLow { needed, found }));

    world.now = until.microseconds();
    world.wish(grant(5, COMMUNITY_OFFICER)).unwrap();
    assert_eq!(standing(&world, 5), Some(Standing::Granted));
    let found = Standing::Granted;
    assert_eq!(world.wish(grant(5, COMMUNITY_OFFICER)), Err(Refusal::TitleAt { found }));
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn what_is_declined_can_be_applied_for_again() {
    let mut world = world();
    world.wish(apply(5, STAR)).unwrap();
    let reason = DeclineReason::Objection;
    let decline = Command::Decline { title: title(5), officer: STREET_OFFICER, reason };
    world.wish(decline.clone()).unwrap();
    assert_eq!(world.wish(decline), Err(Refusal::TitleAt { found: Standing::Declined }));
    world.wish(apply(5, STAR)).unwrap();
    assert_eq!(standing(&world, 5), Some(Standing::OnNotice));
}

#[test]
fn a_star_comes_by_itself_where_the_rules_say_so_and_falls_with_its_hours() {
    let mut world = World::new();
    let granting = Granting::ByItself;
    publish(&mut world, HonourRules { granting, notice_working_days: 1, ..honour_rules() });
    world.serve(1, resident(5), "PATROL");
    assert_eq!(standing(&world, 5), None);
    world.serve(2, resident(5), "PATROL");
    world.let_due_happen();
    assert_eq!(standing(&world, 5), Some(Standing::OnNotice));
    world.now += 2 * DAY;
    world.let_due_happen();
    assert_eq!(standing(&world, 5), Some(Standing::Granted));
    let facts_so_far = facts(&world.records).len();

    // What a reversal takes away, the title doesn't survive; what is served again brings it back.
    world.wish(reverse(2, STREET_OFFICER)).unwrap();
    world.let_due_happen();
    assert_eq!(standing(&world, 5), None);
    let fell = Event::Fell { title: title(5), hours: 2, minutes: Minutes::new(60) };
    assert_eq!(facts(&world.records)[facts_so_far..], [&fell]);
    world.serve(3, resident(5), "PATROL");
    world.let_due_happen();
    assert_eq!(standing(&world, 5), Some(Standing::OnNotice));
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn membership_is_waited_for() {
    let mut world = World::new();
    let granting = Granting::ByItself;
    let honours = HonourRules { granting, tenure_days: 10, ..honour_rules() };
    publish(&mut world, honours.clone());
    world.serve(1, resident(5), "PATROL");
    world.serve(2, resident(5), "PATROL");
    let from = at(MORNING + 9 * DAY);
    assert_eq!(world.wish(apply(5, STAR)), Err(Refusal::TenureShort { from }));
    world.now = from.microseconds() - 1;
    world.let_due_happen();
    assert_eq!(standing(&world, 5), None);
    world.now += 1;
    world.let_due_happen();
    assert_eq!(standing(&world, 5), Some(Standing::OnNotice));
}

#[test]
fn where_titles_go_by_the_year_the_hours_of_the_year_count() {
    let mut world = world();
    publish(&mut world, HonourRules { cycle: Window::Year, ..honour_rules() });
    world.wish(apply(5, STAR)).unwrap();
    world.now += 366 * DAY;
    publish(&mut world, HonourRules { cycle: Window::Year, ..honour_rules() });
    let short = Refusal::HoursShort { needed_hours: 2, minutes: Minutes::ZERO };
    assert_eq!(world.wish(apply(5, STAR)), Err(short));
    for number in 4..=5 {
        world.serve(number, resident(5), "PATROL");
    }
    world.wish(apply(5, STAR)).unwrap();
    let resident = world.state.residents().get(resident(5)).unwrap();
    let years: Vec<_> =
        resident.honours().unwrap().titles().iter().map(|held| held.year.unwrap()).collect();
    assert_eq!(years, [2025, 2026]);
}

fn sign(officer: OfficerId) -> Command {
    Command::SignCertificate { certificate: PAPER, officer }
}

fn request(who: ResidentId) -> Command {
    Command::RequestCertificate { certificate: PAPER, resident: who }
}

#[test]
fn a_certificate_has_two_signatures_a_notice_and_a_number() {
    let mut world = world();
    assert_eq!(world.wish(request(resident(6))), Err(Refusal::NothingServed));
    world.wish(request(resident(5))).unwrap();
    assert_eq!(world.wish(request(resident(5))), Err(Refusal::AlreadyExists(Noun::Certificate)));
    let other = CertificateId::from_number(71);
    let second = Command::RequestCertificate { certificate: other, resident: resident(5) };
    assert_eq!(world.wish(second.clone()), Err(Refusal::CertificateOpen));
    let until = at(world.now + 7 * DAY);
    let early = world.wish(sign(COMMUNITY_OFFICER));
    assert_eq!(early, Err(Refusal::HonourNoticeRuns { until }));
    world.now = until.microseconds();
    world.wish(sign(COMMUNITY_OFFICER)).unwrap();
    assert_eq!(world.wish(sign(COMMUNITY_OFFICER)), Err(Refusal::SecondSignature));
    let records = world.wish(sign(STREET_OFFICER)).unwrap();
    let [Event::CertificateIssued { paper, .. }] = facts(&records)[..] else { panic!() };
    let minutes = Minutes::new(180);
    let expected = Paper {
        resident: resident(5),
        year: 2025,
        number: 1,
        minutes,
        honour_minutes: Minutes::ZERO,
        years: vec![YearMinutes { year: 2025, minutes }],
        stars: 0,
    };
    assert_eq!(*paper, expected);
    let again = world.wish(sign(STREET_OFFICER));
    assert_eq!(again, Err(Refusal::CertificateAt { found: Stage::Valid }));
    world.wish(second).unwrap();
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn a_certificate_that_says_more_than_was_served_is_void_by_itself() {
    let mut world = world();
    world.wish(request(resident(5))).unwrap();
    world.now += 7 * DAY;
    world.wish(sign(COMMUNITY_OFFICER)).unwrap();
    world.wish(sign(STREET_OFFICER)).unwrap();
    world.wish(reverse(3, STREET_OFFICER)).unwrap();
    world.let_due_happen();
    let reason = RevokeReason::Overtaken;
    let void = Event::CertificateRevoked { certificate: PAPER, officer: None, reason };
    assert_eq!(facts(&world.records).last(), Some(&&void));
    let officer = STREET_OFFICER;
    let revoke = Command::RevokeCertificate { certificate: PAPER, officer, reason };
    assert_eq!(world.wish(revoke), Err(Refusal::CertificateAt { found: Stage::Revoked }));
}

#[test]
fn a_wrong_record_is_reported_looked_into_and_put_right() {
    let mut world = world();
    let fault = Fault::Person;
    let wrong = Some(contribution(3));
    let of = |who| Report { report: REPORT, resident: resident(who), fault, contribution: wrong };
    assert_eq!(world.wish(Command::ReportRecord(of(6))), Err(Refusal::NotParty));
    world.wish(Command::ReportRecord(of(5))).unwrap();
    let answer = |answer| Command::AnswerReport { report: REPORT, officer: STREET_OFFICER, answer };
    let corrected = answer(Answer::Corrected(contribution(3)));
    assert_eq!(world.wish(corrected.clone()), Err(Refusal::NotCorrected));
    world.now += 10 * DAY;
    world.let_due_happen();
    assert_eq!(facts(&world.records).last(), Some(&&Event::ReportOverdue { report: REPORT }));
    world.wish(reverse(3, STREET_OFFICER)).unwrap();
    world.wish(corrected).unwrap();
    assert_eq!(world.wish(answer(Answer::Right)), Err(Refusal::ReportAnswered));
}

#[test]
fn what_is_open_ends_with_an_erasure_and_what_was_granted_stays() {
    let mut world = world();
    world.wish(apply(5, STAR)).unwrap();
    world.now += 8 * DAY;
    world.wish(grant(5, COMMUNITY_OFFICER)).unwrap();
    world.wish(request(resident(5))).unwrap();
    world.now += 7 * DAY;
    world.wish(sign(COMMUNITY_OFFICER)).unwrap();
    world.wish(sign(STREET_OFFICER)).unwrap();
    let honours = HonourRules { cycle: Window::Year, ..honour_rules() };
    publish(&mut world, honours);
    world.wish(apply(5, STAR)).unwrap();
    let asked = CertificateId::from_number(71);
    world.wish(Command::RequestCertificate { certificate: asked, resident: resident(5) }).unwrap();
    let report =
        Report { report: REPORT, resident: resident(5), fault: Fault::Time, contribution: None };
    world.wish(Command::ReportRecord(report)).unwrap();
    let before = facts(&world.records).len();
    world.wish(crate::erasing::erase(5)).unwrap();
    world.let_due_happen();
    let void = |certificate| {
        let reason = RevokeReason::Erased;
        Event::CertificateRevoked { certificate, officer: None, reason }
    };
    let yearly = Title { year: Some(2025), ..title(5) };
    let (officer, reason) = (None, DeclineReason::Erased);
    let declined = Event::Declined { title: yearly, officer, reason };
    let dropped = Event::ReportDropped { report: REPORT };
    let expected = [&dropped, &void(asked), &void(PAPER), &declined];
    assert_eq!(facts(&world.records)[before..], expected);
    world.now += 400 * DAY;
    world.let_due_happen();
    assert_eq!(facts(&world.records).len(), before + 4);
    let held = world.state.residents().get(resident(5)).unwrap().honours().unwrap();
    assert_eq!(held.titles()[0].standing, Standing::Granted);
    let answer = Answer::Right;
    let late = Command::AnswerReport { report: REPORT, officer: STREET_OFFICER, answer };
    assert_eq!(world.wish(late), Err(Refusal::ReportAnswered));
    assert_eq!(world.wish(request(resident(5))), Err(Refusal::AlreadyExists(Noun::Certificate)));
    assert_eq!(world.wish(apply(5, STAR)), Err(Refusal::ResidentErased));
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn nobody_gives_what_comes_by_itself_as_a_reason() {
    let mut world = world();
    world.wish(apply(5, STAR)).unwrap();
    let (officer, reason) = (COMMUNITY_OFFICER, DeclineReason::Erased);
    let decline = Command::Decline { title: title(5), officer, reason };
    assert_eq!(world.wish(decline), Err(Refusal::ReasonReserved));
    world.wish(request(resident(5))).unwrap();
    for reason in [RevokeReason::Overtaken, RevokeReason::Erased] {
        let revoke = Command::RevokeCertificate { certificate: PAPER, officer, reason };
        assert_eq!(world.wish(revoke), Err(Refusal::ReasonReserved));
    }
}

#[test]
fn whoever_does_it_for_a_living_is_not_ranked() {
    let mut world = World::new();
    publish(&mut world, honour_rules());
    world.wish(person::Command::JoinRanking(resident(5))).unwrap();
    let office = |number, duty, who| {
        let appointment = Appointment {
            officer: OfficerId::from_number(number),
            duty,
            area: GRID,
            resident: Some(resident(who)),
        };
        officer::Command::Appoint(appointment)
    };
    // A part-time officer is a volunteer with a task, and stays.
    assert_eq!(world.wish(office(90, Duty::PartTimeGridOfficer, 5)).unwrap().len(), 1);
    let records = world.wish(office(91, Duty::FullTimeGridOfficer, 5)).unwrap();
    let left = Any::Resident(person::Event::RankingLeft(resident(5)));
    assert_eq!(records.iter().map(|record| &record.event).nth(1), Some(&left));
    let join = person::Command::JoinRanking(resident(5));
    assert_eq!(world.wish(join), Err(Refusal::StaffUnranked));
    world.wish(officer::Command::Retire(OfficerId::from_number(91))).unwrap();
    world.wish(join).unwrap();
}

#[test]
fn rules_of_honours_that_make_no_sense_are_refused() {
    let usual = honour_rules;
    let medal = |hours| Medal { hours, ..usual().medals[0].clone() };
    let bad = [
        HonourRules { star_raters: vec![Level::Community], ..usual() },
        HonourRules { medals: vec![medal(300)], ..usual() },
        HonourRules { medals: vec![medal(400), medal(500)], ..usual() },
        HonourRules { cycle: Window::Month, ..usual() },
        HonourRules { tenure_days: 367, ..usual() },
        HonourRules { season_months: vec![3, 3], ..usual() },
        HonourRules { season_months: vec![13], ..usual() },
        HonourRules { report_working_days: 0, ..usual() },
    ];
    let rules = |honours| RuleSet { version: RuleVersion(2), honours: Some(honours), ..rule_set() };
    assert_eq!(rules(usual()).check(), Ok(()));
    for honours in bad {
        let told = format!("{honours:?}");
        let refused = InvalidRules { part: RulesPart::Honours, act: None };
        assert_eq!(rules(honours).check(), Err(refused), "{told}");
    }
}
