//! What changes between the start and the end of an activity: rules, and who is there at all; and what
//! is entered afterwards.

use linli_domain::Refusal;
use linli_domain::activity::{Command, Event, Outcome, Plan, Publisher, Status};
use linli_domain::contribution::{self, Grade, Signal, Signals};
use linli_domain::id::TeamId;
use linli_domain::quantity::Points;
use linli_domain::rules::{self, RuleVersion};
use linli_domain::team::{self, Membership};

use crate::activities::*;
use crate::bounds::crew;
use crate::erasing::erase;
use crate::world::*;

/// A newer rule set can make an act one of activities alone, take an act away, and leaves what was
/// published before as it was agreed.
#[test]
fn rules_may_change_between_the_start_and_the_end() {
    let mut world = World::new();
    world.wish(publish(plan(&world, 1, 10))).unwrap();
    world.wish(publish(patrol(&world, 2, 10))).unwrap();
    world.wish(sign_up(1, 1, 1)).unwrap();
    world.wish(sign_up(2, 2, 2)).unwrap();
    check_in(&mut world, 1).unwrap();
    let shown = showing(&world, 2);
    world.wish(Command::CheckIn { seat: seat(2), showing: shown }).unwrap();
    let mut newer = rule_set();
    (newer.version, newer.effective_from) = (RuleVersion(2), at(world.now + 30 * MINUTE));
    newer.acts.retain(|act| act.code != code("LEARN"));
    let activities = newer.activities.as_mut().unwrap();
    (activities.only, activities.lag) = (vec![code("PATROL")], 0);
    world.wish(rules::Command::Publish(Box::new(newer))).unwrap();
    world.now += 60 * MINUTE;
    let records = world.wish(check_out(&world, 1, &[])).unwrap();
    let linli_domain::Event::Activity(Event::CheckedOut { stay, .. }) = &records[0].event else {
        panic!()
    };
    assert_eq!((records.len(), stay.outcome), (1, Outcome::NotByRules));
    let (showing, visited) = (showing(&world, 2), visits(&[1, 2, 3]));
    world.wish(Command::CheckOut { seat: seat(2), showing, visited }).unwrap();
    assert_eq!(signals(&world, 2).1, Grade::B);
    let (from, until) = (world.now, world.now + HOUR);
    world.now = until;
    let sent = claim(9, resident(3), "PATROL", from, until);
    let only = Refusal::OnlyByActivity(code("PATROL"));
    assert_eq!(world.wish(submit(sent.clone())), Err(only));
    // What an administrator enters afterwards is never worth points, whatever else is said.
    let every: Signals = Signal::ALL
        .iter()
        .copied()
        .filter(|it| !Signals::RESERVED.iter().any(|reserved| reserved == *it))
        .collect();
    world.wish(submit(contribution::Claim { signals: every, ..sent })).unwrap();
    world.wish(verify(9, GRID_OFFICER)).unwrap();
    let found = world.state.contributions().get(contribution(9)).unwrap();
    assert_eq!((found.grade, found.award().unwrap().issue), (Grade::D, None));
    assert_eq!(world.available(resident(3)), Points::ZERO);
    assert_eq!(world.state.check_laws(), Ok(()));
}

/// Who is erased has neither a seat, nor a place on a list, nor a team to lead; whoever waits moves up.
#[test]
fn who_is_erased_is_nowhere_any_more() {
    let mut world = World::new();
    world.wish(team::Command::Form(crew(1))).unwrap();
    let team = TeamId::from_number(1);
    for who in [1, 2, 5, 6, 7] {
        let member = Membership { team, resident: resident(who) };
        world.wish(team::Command::Join(member)).unwrap();
    }
    world.wish(team::Command::Lead(Membership { team, resident: resident(2) })).unwrap();
    let leader = Publisher::Leader(resident(2));
    let own = Plan { by: leader, team: Some(team), ..plan(&world, 1, 20) };
    world.wish(publish(own.clone())).unwrap();
    world.wish(publish(plan(&world, 2, 200))).unwrap();
    for (number, who) in [(1, 2), (2, 5), (3, 6), (4, 7), (5, 1)] {
        world.wish(sign_up(number, 1, who)).unwrap();
    }
    world.wish(sign_up(6, 2, 2)).unwrap();
    check_in(&mut world, 1).unwrap();

    // In the middle of the list: nobody moves.
    world.wish(erase(6)).unwrap();
    world.state.check_laws().unwrap();
    world.let_due_happen();
    let found = [1, 2, 3, 4, 5].map(|it| status(&world, it));
    let (present, taken, waiting, vacated) =
        (Status::Present, Status::Taken, Status::Waiting, Status::Vacated);
    assert_eq!(found, [present, taken, vacated, waiting, waiting]);

    // Present at one activity, expected at another, and the leader: the seat goes to who waits first.
    world.wish(erase(2)).unwrap();
    world.let_due_happen();
    let found = [1, 4, 5, 6].map(|it| status(&world, it));
    assert_eq!(found, [vacated, taken, waiting, vacated]);
    world.state.check_laws().unwrap();
    let off = Command::CallOff { activity: own.activity, by: leader };
    assert_eq!(world.wish(off), Err(Refusal::ResidentErased));
    world.wish(team::Command::Lead(Membership { team, resident: resident(5) })).unwrap();
    let by = Publisher::Leader(resident(5));
    world.wish(Command::CallOff { activity: own.activity, by }).unwrap();
    world.let_due_happen();
    assert_eq!(world.state.check_laws(), Ok(()));
    crate::erasing::check(&world);
}
