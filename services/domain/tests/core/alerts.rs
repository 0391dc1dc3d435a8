//! Weather alerts: who declares them, where and when they hold, and what they are worth.

use linli_domain::alert::{ALERT_HOURS_MAX, Alert, AlertKind, Withdrawal};
use linli_domain::area::{Command, Level};
use linli_domain::award::Line;
use linli_domain::contribution::{Claim, Event};
use linli_domain::id::{AreaId, OfficerId};
use linli_domain::quantity::Minutes;
use linli_domain::rules::{self, Cap, Limit, RuleSet, RuleVersion, Scope};
use linli_domain::time::{Interval, Window};
use linli_domain::{Event as Any, Noun, Record, Refusal};

use crate::world::*;

/// An alert of an area that begins so many minutes after the morning.
fn alert(area: AreaId, officer: OfficerId, begins: i64, minutes: i64) -> Command {
    declared(area, officer, MORNING + begins * MINUTE, minutes)
}

/// The same of any instant.
fn declared(area: AreaId, officer: OfficerId, start: i64, minutes: i64) -> Command {
    let during = Interval::new(at(start), at(start + minutes * MINUTE)).unwrap();
    Command::Declare(Alert { area, kind: AlertKind::Heat, during, officer })
}

/// A world whose rules ask for what was declared, or for what is claimed.
fn under(declared: bool) -> World {
    let mut world = World::new();
    let mut rules = rule_set();
    (rules.version, rules.effective_from) = (RuleVersion(2), at(MORNING));
    rules.coefficients.alerts_declared = declared;
    world.wish(rules::Command::Publish(Box::new(rules))).unwrap();
    world
}

/// Was a patrol that began so many minutes after the morning under an alert, by its award?
fn patrol(world: &mut World, number: u128, begins: i64, said: bool) -> bool {
    let start = MORNING + begins * MINUTE;
    let claim = claim(number, resident(3), "PATROL", start, start + 90 * MINUTE);
    world.now = world.now.max(start + 90 * MINUTE);
    world.wish(submit(Claim { alert: said, ..claim })).unwrap();
    let records = world.wish(verify(number, GRID_OFFICER)).unwrap();
    let Some(Any::Contribution(Event::Awarded(award))) = records.last().map(|record| &record.event)
    else {
        panic!("{records:?}")
    };
    award.lines.iter().any(|line| matches!(line, Line::Alert { .. }))
}

/// Rules of histories: alerts are declared, words on hazards have their day, and a pair has four hours a month, whoever of
/// them helps.
pub fn of_histories(mut rules: RuleSet) -> RuleSet {
    rules.coefficients.alerts_declared = true;
    if let Some(orders) = &mut rules.orders {
        orders.quotas = true;
    }
    let aid = rules.acts.iter_mut().find(|act| act.code == code("AID")).unwrap();
    let (window, limit) = (Some(Window::Month), Limit::Minutes(Minutes::new(240)));
    aid.caps.insert(0, Cap { scope: Scope::Couple, window, limit });
    rules
}

/// An alert by small numbers, that begins about now.
pub fn some(world: &World, area: u8, officer: u128, begins: i64, minutes: i64) -> Command {
    let area = [GRID, COMMUNITY, STREET, OTHER_GRID][usize::from(area)];
    declared(area, OfficerId::from_number(officer), world.now + begins * MINUTE, minutes)
}

/// The end of the last alert of an area, by small numbers; of one that isn't there where none was declared.
pub fn end_of_some(world: &World, area: u8, officer: u128) -> Command {
    let area = [GRID, COMMUNITY, STREET, OTHER_GRID][usize::from(area)];
    let last = world.state.alerts_of(area).last();
    let started_at = last.map_or(at(world.now), |known| known.alert.during.start());
    Command::Withdraw(Withdrawal { area, started_at, officer: OfficerId::from_number(officer) })
}

/// The end of an alert that begins so many minutes after the morning.
fn end(area: AreaId, officer: OfficerId, begins: i64) -> Command {
    Command::Withdraw(Withdrawal { area, started_at: at(MORNING + begins * MINUTE), officer })
}

#[test]
fn what_was_done_before_an_alert_was_withdrawn_keeps_it() {
    let mut world = under(true);
    world.wish(alert(COMMUNITY, COMMUNITY_OFFICER, 60, 600)).unwrap();
    assert!(patrol(&mut world, 1, 60, false), "under it");
    // Done, and not awarded yet.
    let start = MORNING + 160 * MINUTE;
    let waits = claim(2, resident(3), "PATROL", start, start + 90 * MINUTE);
    world.now = start + 90 * MINUTE;
    world.wish(submit(waits)).unwrap();
    world.wish(end(COMMUNITY, COMMUNITY_OFFICER, 60)).unwrap();
    let lines = |records: &[Record]| match &records.last().unwrap().event {
        Any::Contribution(Event::Awarded(award)) => award.lines.clone(),
        event => panic!("{event:?}"),
    };
    let under = |line: &Line| matches!(line, Line::Alert { .. });
    let awarded = world.wish(verify(2, GRID_OFFICER)).unwrap();
    assert!(lines(&awarded).iter().any(under), "it ended before");
    assert!(!patrol(&mut world, 3, 251, true), "after it");
    // What is to come is none at all, and is not declared anew from the same moment.
    world.wish(alert(GRID, COMMUNITY_OFFICER, 600, 60)).unwrap();
    world.wish(end(GRID, STREET_OFFICER, 600)).unwrap();
    assert!(!patrol(&mut world, 4, 600, true), "it never began");
    let again = world.wish(alert(GRID, COMMUNITY_OFFICER, 600, 60));
    assert_eq!(again, Err(Refusal::AlertDeclared));
}

#[test]
fn who_withdraws_what() {
    let mut world = under(true);
    world.wish(alert(GRID, STREET_OFFICER, 60, 60)).unwrap();
    world.wish(alert(GRID, COMMUNITY_OFFICER, 240, 60)).unwrap();
    let low = |found| Refusal::LevelTooLow { needed: Level::SubDistrict, found };
    let unknown = Refusal::Unknown(Noun::Area);
    for (wish, refusal) in [
        (end(GRID, GRID_OFFICER, 60), low(Level::Grid)),
        (end(GRID, COMMUNITY_OFFICER, 60), low(Level::Community)),
        (end(GRID, COMMUNITY_OFFICER, 61), Refusal::NoAlert),
        (end(OTHER_GRID, STREET_OFFICER, 60), Refusal::NoAlert),
        (end(AreaId::from_number(99), STREET_OFFICER, 60), unknown),
    ] {
        assert_eq!(world.wish(wish.clone()), Err(refusal), "{wish:?}");
    }
    world.wish(end(GRID, STREET_OFFICER, 60)).unwrap();
    assert_eq!(world.wish(end(GRID, STREET_OFFICER, 60)), Err(Refusal::NoAlert), "twice");
    // With its end it is over by itself.
    world.now = MORNING + 300 * MINUTE;
    assert_eq!(world.wish(end(GRID, COMMUNITY_OFFICER, 240)), Err(Refusal::NoAlert));
}

#[test]
fn an_alert_is_what_was_declared_where_the_rules_say_so() {
    let mut world = under(true);
    world.wish(alert(COMMUNITY, COMMUNITY_OFFICER, 60, 120)).unwrap();
    // By its start, and whatever the claim says.
    assert!(!patrol(&mut world, 1, -40, true), "before");
    assert!(patrol(&mut world, 2, 60, false), "with its beginning");
    assert!(patrol(&mut world, 3, 179, false), "at its end");
    world.wish(alert(OTHER_GRID, COMMUNITY_OFFICER, 400, 120)).unwrap();
    assert!(!patrol(&mut world, 4, 410, true), "elsewhere");
    // One that is declared before the word counts for what was done before.
    world.wish(alert(STREET, STREET_OFFICER, 600, 120)).unwrap();
    assert!(patrol(&mut world, 5, 610, false), "in what the grid lies in");
    assert!(!patrol(&mut world, 6, 720, true), "with its end it is over");
}

#[test]
fn rules_of_before_ask_the_claim() {
    let mut world = under(false);
    world.wish(alert(GRID, COMMUNITY_OFFICER, 0, 600)).unwrap();
    assert!(!patrol(&mut world, 1, 60, false));
    assert!(patrol(&mut world, 2, 180, true));
}

#[test]
fn who_declares_what() {
    let mut world = under(true);
    let hours = i64::from(ALERT_HOURS_MAX);
    let invalid = Refusal::InvalidAlert { hours_most: ALERT_HOURS_MAX };
    let low = Refusal::LevelTooLow { needed: Level::Community, found: Level::Grid };
    let ahead = Refusal::TooFarAhead { latest: at(MORNING + 3 * DAY) };
    for (wish, refusal) in [
        (alert(GRID, GRID_OFFICER, 0, 60), low),
        (alert(STREET, COMMUNITY_OFFICER, 0, 60), Refusal::OutsideAuthority),
        (alert(AreaId::from_number(99), COMMUNITY_OFFICER, 0, 60), Refusal::Unknown(Noun::Area)),
        (alert(GRID, COMMUNITY_OFFICER, 0, hours * 60 + 1), invalid),
        (alert(GRID, COMMUNITY_OFFICER, 3 * 24 * 60 + 1, 60), ahead),
        (alert(GRID, COMMUNITY_OFFICER, -7 * 24 * 60 - 1, 60), Refusal::TooLate { limit_days: 7 }),
    ] {
        assert_eq!(world.wish(wish.clone()), Err(refusal), "{wish:?}");
    }
    world.wish(alert(GRID, COMMUNITY_OFFICER, 0, hours * 60)).unwrap();
    let again = world.wish(alert(GRID, COMMUNITY_OFFICER, 0, 60));
    assert_eq!(again, Err(Refusal::AlertDeclared));
    assert_eq!(world.state.alerts_of(GRID).len(), 1);
}
