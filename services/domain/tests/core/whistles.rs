//! Whistles: who blows which, who answers in time, and what comes of a clock that runs out.

use crate::world::*;
use linli_domain::area::Level;
use linli_domain::id::{OfficerId, WhistleId};
use linli_domain::officer::Duty;
use linli_domain::whistle::{Blast, Command, Event, Kind, Reply, Status};
use linli_domain::{Event as Fact, Refusal};

const WHISTLE: WhistleId = WhistleId::from_number(1);

fn blast(kind: Kind, officer: OfficerId, called: OfficerId) -> Command {
    Command::Blow(Blast { whistle: WHISTLE, kind, officer, called, order: None })
}

fn answer(reply: Reply) -> Command {
    Command::Answer { whistle: WHISTLE, officer: UNIT, reply }
}

fn settle(officer: OfficerId) -> Command {
    Command::Settle { whistle: WHISTLE, officer }
}

#[test]
fn who_blows_which() {
    let leadership = |needed| Err(Refusal::LeadershipOnly { needed });
    for (kind, officer, called, expected) in [
        (Kind::Push, LEADER, UNIT, Ok(())),
        (Kind::Push, CHIEF, STREET_OFFICER, Ok(())),
        (Kind::Push, STREET_OFFICER, UNIT, leadership(Duty::SubDistrictLeader)),
        (Kind::Push, COMMUNITY_OFFICER, UNIT, leadership(Duty::SubDistrictLeader)),
        (Kind::Push, LEADER, GRID_OFFICER, cant(Duty::FullTimeGridOfficer)),
        (Kind::Push, LEADER, CHIEF, cant(Duty::SubDistrictChief)),
        (Kind::Tackle, CHIEF, UNIT, Ok(())),
        (Kind::Tackle, CHIEF, DISTRICT_OFFICER, Ok(())),
        (Kind::Tackle, LEADER, UNIT, leadership(Duty::SubDistrictChief)),
        (Kind::Tackle, CHIEF, STREET_OFFICER, cant(Duty::SubDistrictOfficer)),
    ] {
        let found = World::new().wish(blast(kind, officer, called)).map(|_| ());
        assert_eq!(found, expected, "{kind:?} {officer:?} {called:?}");
    }
}

fn cant(found: Duty) -> Result<(), Refusal> {
    Err(Refusal::CantBeCalled { found })
}

#[test]
fn clocks_are_those_of_the_kind() {
    // A Monday morning: three working days end with Thursday, five with the Monday after.
    for (kind, hours) in [(Kind::Push, 15 + 3 * 24), (Kind::Tackle, 15 + 7 * 24)] {
        let records = World::new().wish(blast(kind, CHIEF, UNIT)).unwrap();
        let Fact::Whistle(Event::Blown { sign_by, in_touch_by, on_site_by, .. }) = records[0].event
        else {
            panic!("{records:?}")
        };
        assert_eq!(
            [sign_by, in_touch_by, on_site_by],
            [at(MORNING + HOUR), at(MORNING + DAY), at(MORNING + hours * HOUR)]
        );
    }
}

#[test]
fn answered_in_time_and_in_order() {
    let mut world = World::new();
    world.wish(blast(Kind::Push, LEADER, UNIT)).unwrap();
    let wrong = |found| Err(Refusal::WhistleAt { found });
    assert_eq!(world.wish(answer(Reply::InTouch)), wrong(Status::Blown));
    assert_eq!(world.wish(settle(LEADER)), wrong(Status::Blown));
    let other = Command::Answer { whistle: WHISTLE, officer: STREET_OFFICER, reply: Reply::Signed };
    assert_eq!(world.wish(other), Err(Refusal::NotCalled));
    for reply in Reply::ALL {
        world.now += 50 * MINUTE;
        let records = world.wish(answer(reply)).unwrap();
        assert!(matches!(records[0].event, Fact::Whistle(Event::Answered { late: false, .. })));
    }
    assert_eq!(
        world.wish(settle(UNIT)).map(|_| ()),
        Err(Refusal::LeadershipOnly { needed: Duty::SubDistrictLeader })
    );
    world.wish(settle(CHIEF)).unwrap();
    assert_eq!(world.wish(settle(LEADER)), wrong(Status::Settled));
    world.now += 30 * DAY;
    world.let_due_happen();
    let missed = |record: &linli_domain::Record| {
        matches!(record.event, Fact::Whistle(Event::ClockMissed { .. }))
    };
    assert!(!world.records.iter().any(missed));
}

#[test]
fn unanswered_after_an_hour_it_stands_before_the_district() {
    let mut world = World::new();
    world.wish(blast(Kind::Tackle, CHIEF, UNIT)).unwrap();
    world.now += 59 * MINUTE;
    world.let_due_happen();
    assert_eq!(world.state.whistles().get(WHISTLE).unwrap().level, Level::SubDistrict);
    world.now += 2 * MINUTE;
    world.let_due_happen();
    let whistle = *world.state.whistles().get(WHISTLE).unwrap();
    assert_eq!((whistle.level, whistle.status), (Level::District, Status::Blown));
    let last = world.records.last().unwrap();
    assert_eq!(last.happened_at, at(MORNING + HOUR));
    // Signed late; the other clocks run on.
    let records = world.wish(answer(Reply::Signed)).unwrap();
    assert!(matches!(records[0].event, Fact::Whistle(Event::Answered { late: true, .. })));
    world.now += 30 * DAY;
    world.let_due_happen();
    let missed: Vec<_> = world
        .records
        .iter()
        .filter_map(|record| match record.event {
            Fact::Whistle(Event::ClockMissed { reply, .. }) => Some(reply),
            _ => None,
        })
        .collect();
    assert_eq!(missed, Reply::ALL);
}
