//! Random histories of activities: their steps, and what has to hold of the records whatever the
//! steps were.

use std::collections::{BTreeMap, BTreeSet};

use linli_domain::activity::{self, Plan, Publisher, Request, Showing, Status};
use linli_domain::id::{ActivityId, ResidentId, SeatId, TeamId};
use linli_domain::time::Interval;
use linli_domain::{Command, Event, Record, team};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::activities::{patrol, plan, showing, sign_up, visits};
use crate::erasing::erase;
use crate::world::*;

/// One wish, by small numbers.
#[derive(Clone, Debug)]
pub enum Step {
    Publish { minutes: i64, seats: u16, patrol: bool, team: bool, leader: bool },
    SignUp { which: u128, who: u128 },
    Seat { which: usize, how: u8 },
    CallOff { which: u128 },
    Team { who: u128, how: u8 },
    Pass { minutes: i64 },
}

pub fn step() -> impl Strategy<Value = Step> {
    // One seat most of the time, so that somebody waits.
    let seats = prop_oneof![1 => Just(0_u16), 6 => Just(1), 3 => 2..=3_u16];
    let publish = (0..90_i64, seats, any::<bool>(), prop::bool::weighted(0.4), any::<bool>());
    prop_oneof![
        12 => publish.prop_map(|(minutes, seats, patrol, team, leader)| Step::Publish {
            minutes, seats, patrol, team, leader,
        }),
        30 => (0..3_u128, prop_oneof![2 => 1..=3_u128, 1 => 1..=9_u128]).prop_map(|(which, who)| Step::SignUp { which, who }),
        40 => (0..6_usize, 0..13_u8).prop_map(|(which, how)| Step::Seat { which, how }),
        2 => (0..3_u128).prop_map(|which| Step::CallOff { which }),
        4 => (1..=4_u128, 0..4_u8).prop_map(|(who, how)| Step::Team { who, how }),
        20 => (0..60_i64).prop_map(|minutes| Step::Pass { minutes }),
    ]
}

/// How many were wished for; numbers of seats begin where no other's reach.
#[derive(Default)]
pub struct Counts {
    activities: u128,
    seats: u128,
}

const SEATS: u128 = 50_000;

impl Counts {
    /// The wish behind a step; none for what isn't even a wish.
    pub fn command(&mut self, step: &Step, world: &World) -> Option<Command> {
        let recent = |which: u128| self.activities.saturating_sub(which);
        Some(match *step {
            Step::Publish { minutes, seats, patrol: walks, team, leader } => {
                self.activities += 1;
                let like = if walks { patrol } else { plan };
                let team = team.then(|| TeamId::from_number(1));
                let by = if leader && team.is_some() {
                    Publisher::Leader(resident(1))
                } else {
                    Publisher::Officer(GRID_OFFICER)
                };
                let plan = Plan { seats, team, by, ..like(world, self.activities, minutes) };
                activity::Command::Publish(Box::new(plan)).into()
            }
            Step::SignUp { which, who } => {
                self.seats += 1;
                sign_up(SEATS + self.seats, recent(which), who).into()
            }
            Step::Seat { which, how } => {
                let number = self.seats.saturating_sub(u128::try_from(which).unwrap());
                of_seat(world, SeatId::from_number(SEATS + number), how)?.into()
            }
            Step::CallOff { which } => activity::Command::CallOff {
                activity: ActivityId::from_number(recent(which)),
                by: Publisher::Officer(GRID_OFFICER),
            }
            .into(),
            Step::Team { who, how } => {
                let (team, resident) = (TeamId::from_number(1), resident(who));
                let membership = team::Membership { team, resident };
                match how {
                    0 => team::Command::Leave(membership).into(),
                    1 => team::Command::Lead(membership).into(),
                    _ => team::Command::Join(membership).into(),
                }
            }
            Step::Pass { .. } => return None,
        })
    }
}

fn of_seat(world: &World, seat: SeatId, how: u8) -> Option<activity::Command> {
    if matches!(how, 0 | 10..) {
        return Some(activity::Command::Withdraw(seat));
    }
    let found = world.state.activity_seats().get(seat)?;
    let shown = showing(world, found.request.activity.number());
    let showing = match how {
        1 => Showing::default(),
        2 => Showing { place: None, ..shown },
        3 => Showing { code: shown.code.map(|code| code.after(4)), ..shown },
        _ => shown,
    };
    let visited = visits(if how < 6 { &[0, 1, 3] } else { &[2] });
    let visited = if how.is_multiple_of(2) { visited } else { Vec::new() };
    Some(match found.status {
        Status::Present => activity::Command::CheckOut { seat, showing, visited },
        _ => activity::Command::CheckIn { seat, showing },
    })
}

/// All of it, from the facts alone.
pub fn check(records: &[Record]) {
    let mut told = Told::default();
    for record in records {
        let Event::Activity(event) = &record.event else { continue };
        if let activity::Event::Published { plan, .. } = event {
            told.plans.insert(plan.activity, plan.as_ref().clone());
        }
        if let Some((request, status)) = event.seat() {
            told.seat(request, status);
        }
        if let Some(stay) = event.stay() {
            let given = told.given.entry(event.activity()).or_default();
            *given += stay.happened().map_or(0, |it| u64::from(it.minutes().get()));
            assert!(*given <= told.plans[&event.activity()].minutes_most(), "{event:?}");
        }
    }
}

#[derive(Default)]
struct Told {
    plans: BTreeMap<ActivityId, Plan>,
    seats: BTreeMap<SeatId, Status>,
    held: BTreeMap<ActivityId, BTreeSet<SeatId>>,
    diaries: BTreeMap<ResidentId, BTreeMap<SeatId, Interval>>,
    given: BTreeMap<ActivityId, u64>,
}

impl Told {
    fn seat(&mut self, request: &Request, status: Status) {
        let Request { seat, activity, resident } = *request;
        let before = self.seats.insert(seat, status);
        use Status::*;
        let fits = match status {
            Waiting => before.is_none(),
            Taken => before.is_none_or(|before| before == Waiting),
            Present | Missed => before == Some(Taken),
            Served | Forgotten => before == Some(Present),
            PassedOver | Lapsed => before == Some(Waiting),
            Withdrawn => matches!(before, Some(Waiting | Taken)),
            CalledOff | Vacated => matches!(before, Some(Waiting | Taken | Present)),
        };
        assert!(fits, "{request:?}: {status:?} after {before:?}");
        let plan = &self.plans[&activity];
        let held = self.held.entry(activity).or_default();
        let diary = self.diaries.entry(resident).or_default();
        match status {
            Taken => {
                held.insert(seat);
                assert!(held.len() <= usize::from(plan.seats), "{activity}: {held:?}");
                assert!(!diary.values().any(|it| it.overlaps(plan.planned)), "{request:?}");
                diary.insert(seat, plan.planned);
            }
            Withdrawn | CalledOff | Vacated => {
                held.remove(&seat);
                diary.remove(&seat);
            }
            Served | Forgotten | Missed => {
                diary.remove(&seat);
            }
            Waiting | Present | PassedOver | Lapsed => {}
        }
    }
}

/// The steps get far enough for the checks to mean something: over some hundred histories, the same
/// ones each time, a seat came to every end, and every end was the only one.
#[test]
fn the_steps_reach_every_end() {
    let mut runner = TestRunner::deterministic();
    let steps = prop::collection::vec(step(), 100);
    let mut reached = BTreeSet::new();
    let mut ends = ["CalledOff", "Forgotten", "Lapsed", "Missed", "PassedOver"].to_vec();
    ends.extend(["Served", "Vacated", "Withdrawn"]);
    for history in 0..1_000 {
        if history >= 100 && reached.len() == ends.len() {
            break;
        }
        let (mut world, mut counts) = (World::new(), Counts::default());
        world.wish(team::Command::Form(crate::bounds::crew(1))).unwrap();
        for who in 1..=4 {
            let (team, resident) = (TeamId::from_number(1), resident(who));
            world.wish(team::Command::Join(team::Membership { team, resident })).unwrap();
        }
        for (at, step) in steps.new_tree(&mut runner).unwrap().current().into_iter().enumerate() {
            if at == 60 {
                world.wish(erase(2)).unwrap();
            }
            if let Step::Pass { minutes } = step {
                world.now += minutes * MINUTE;
            }
            let command = counts.command(&step, &world);
            let _ = command.map(|command| world.wish(command));
        }
        check(&world.records);
        assert_eq!(world.state.check_laws(), Ok(()));
        // A week later nothing is open, and nothing waits.
        world.now += 7 * DAY;
        world.let_due_happen();
        for (id, seat) in world.state.activity_seats().sorted() {
            let open = matches!(seat.status, Status::Waiting | Status::Taken | Status::Present);
            assert!(!open, "seat {id} is {:?}", seat.status);
            reached.insert(format!("{:?}", seat.status));
        }
    }
    assert_eq!(reached.into_iter().collect::<Vec<_>>(), ends);
}
