//! Fair verification: teams, what a day allows, and the sample that is looked at again.

use std::collections::{BTreeMap, BTreeSet};

use crate::bounds::{crew, fair_world};
use crate::world::*;
use linli_domain::contribution::{Claim, Event as Happened, Signal};
use linli_domain::id::{OfficerId, TeamId};
use linli_domain::inspection::{self, Event, Inspection, Outcome, Sample, chance};
use linli_domain::notice;
use linli_domain::quantity::Points;
use linli_domain::team::{self, Membership};
use linli_domain::{Event as Any, Record, Refusal};

fn inspect(
    number: u128,
    officer: linli_domain::id::OfficerId,
    outcome: Outcome,
) -> inspection::Command {
    inspection::Command::Inspect(Inspection {
        contribution: contribution(number),
        officer,
        outcome,
    })
}

fn samples(records: &[Record]) -> Vec<Sample> {
    let sample = |record: &Record| match &record.event {
        Any::Inspection(Event::Drawn(sample)) => Some((**sample).clone()),
        _ => None,
    };
    records.iter().filter_map(sample).collect()
}

#[test]
fn nobody_vouches_for_the_own_team() {
    let mut world = World::new();
    let membership = |who| Membership { team: TeamId::from_number(1), resident: resident(who) };
    assert!(matches!(world.wish(team::Command::Join(membership(1))), Err(Refusal::Unknown(_))));
    world.wish(team::Command::Form(crew(1))).unwrap();
    for who in [1, 5] {
        world.wish(team::Command::Join(membership(who))).unwrap();
    }
    let again = world.wish(team::Command::Join(membership(5)));
    assert_eq!(again, Err(Refusal::InTeam { team: TeamId::from_number(1) }));
    assert_eq!(world.wish(team::Command::Join(membership(8))), Err(Refusal::NotVolunteer));
    world.now = MORNING + HOUR;
    // The head of the building is resident 1.
    world.wish(submit(claim(1, resident(5), "LEARN", MORNING, world.now))).unwrap();
    assert_eq!(world.wish(verify(1, HEAD)), Err(Refusal::SameTeam));
    world.wish(team::Command::Leave(membership(5))).unwrap();
    assert_eq!(world.wish(team::Command::Leave(membership(5))), Err(Refusal::NotInTeam));
    assert!(world.wish(verify(1, HEAD)).is_ok());
}

#[test]
fn beyond_a_days_quota_a_word_waits_for_the_next_day_or_the_next_level() {
    let mut world = fair_world();
    // Five hours a day: the sixth waits.
    let who = [3, 5, 7, 3, 5, 7];
    for (number, who) in (1..=6).zip(who) {
        world.now = MORNING + 8 * HOUR;
        let from = MORNING + i64::try_from(number).unwrap() * HOUR;
        world.wish(submit(claim(number, resident(who), "CLEAN", from, from + HOUR))).unwrap();
    }
    for number in 1..=5 {
        assert_eq!(world.wish(verify(number, GRID_OFFICER)).unwrap().len(), 2, "{number}");
    }
    let records = world.wish(verify(6, GRID_OFFICER)).unwrap();
    let [Record { event: Any::Contribution(Happened::Queued(queued)), .. }] = records.as_slice()
    else {
        panic!("{records:?}")
    };
    assert_eq!((queued.minutes.get(), queued.points), (300, points("5")));
    let until = queued.until;
    assert_eq!(until, at(MORNING + 15 * HOUR), "midnight");
    assert_eq!(world.wish(verify(6, GRID_OFFICER)), Err(Refusal::Queued { until }));
    let mut next_level = world.clone();
    assert_eq!(next_level.wish(verify(6, STREET_OFFICER)).unwrap().len(), 2);
    world.now = until.microseconds();
    assert_eq!(world.wish(verify(6, GRID_OFFICER)).unwrap().len(), 2);
}

/// The pieces, of an entry each, with what is awarded and not drawn from.
fn awaiting_the_draw(world: &World) -> usize {
    let mut pieces = 0;
    let written: std::io::Result<()> = world.state.write_pieces(1, |bytes| {
        pieces += usize::from(bytes.first() == Some(&41));
        Ok(())
    });
    written.unwrap();
    pieces
}

#[test]
fn a_days_sample_is_drawn_by_itself_and_can_be_drawn_again_by_anybody() {
    let mut world = fair_world();
    for number in 1..=5_u128 {
        world.serve(number, resident(number), "CLEAN");
    }
    // Eight in the morning after. Until then each is an entry by itself, so that a day may have any
    // number of them.
    world.now = MORNING + DAY - HOUR - 1;
    world.let_due_happen();
    assert!(samples(&world.records).is_empty());
    assert_eq!(awaiting_the_draw(&world), 5);
    world.now += 1;
    let size = world.state.position();
    world.let_due_happen();
    let drawn = samples(&world.records);
    let [sample] = drawn.as_slice() else { panic!("{drawn:?}") };
    assert_eq!((sample.head, sample.awarded), (head(size), 5));
    assert_eq!(awaiting_the_draw(&world), 0);
    let again: Vec<_> = (1..=5_u128)
        .map(contribution)
        .filter(|id| u128::from(chance(&sample.head.root, *id)) * 10_000 < 5_000 << 64)
        .collect();
    assert_eq!(sample.drawn.iter().map(|drawn| drawn.contribution).collect::<Vec<_>>(), again);
    assert!(sample.drawn.iter().all(|drawn| (drawn.verifier, drawn.rate) == (GRID_OFFICER, 5_000)));
    // A day without awards has no sample.
    world.now += 5 * DAY;
    world.let_due_happen();
    assert_eq!(samples(&world.records).len(), 1);
}

/// A claim that an administrator entered afterwards is always in the sample.
fn late_entry(world: &mut World) {
    world.now = MORNING + HOUR;
    let late = claim(1, resident(3), "CLEAN", MORNING, world.now);
    let signals = [Signal::AdministratorEntry].into_iter().collect();
    world.wish(submit(Claim { signals, ..late })).unwrap();
    world.wish(verify(1, GRID_OFFICER)).unwrap();
    world.now += DAY;
    world.let_due_happen();
}

#[test]
fn another_look_moves_the_rate_and_leads_to_a_reversal() {
    let mut world = fair_world();
    assert_eq!(world.wish(inspect(1, STREET_OFFICER, Outcome::Upheld)), Err(unknown()));
    late_entry(&mut world);
    let drawn = samples(&world.records);
    assert_eq!((drawn[0].drawn.len(), drawn[0].drawn[0].rate), (1, 10_000));
    let outcome = Outcome::Unfounded;
    for (officer, refusal) in
        [(GRID_OFFICER, Refusal::OwnWord), (OTHER_GRID_OFFICER, Refusal::OutsideAuthority)]
    {
        assert_eq!(world.wish(inspect(1, officer, outcome)), Err(refusal));
    }
    let records = world.wish(inspect(1, STREET_OFFICER, outcome)).unwrap();
    let Any::Inspection(Event::Inspected { verifier, rate, .. }) = records[0].event else {
        panic!("{records:?}")
    };
    // Three times as often, at the most what the rules say.
    assert_eq!((verifier, rate), (GRID_OFFICER, 9_000));
    let again = world.wish(inspect(1, STREET_OFFICER, outcome));
    assert_eq!(again, Err(Refusal::AlreadyInspected));
    assert!(world.wish(reverse(1, STREET_OFFICER)).is_ok());
}

fn unknown() -> Refusal {
    Refusal::Unknown(linli_domain::Noun::Contribution)
}

#[test]
fn what_was_not_drawn_is_not_inspected() {
    let mut world = World::new();
    world.serve(1, resident(3), "CLEAN");
    let word = inspect(1, STREET_OFFICER, Outcome::Upheld);
    assert_eq!(world.wish(word), Err(Refusal::NotDrawn));
}

/// Nobody with a quota vouches for more than five hours or ten points on a day.
pub fn no_day_is_beyond_its_quota(records: &[Record]) {
    let mut claims = BTreeMap::new();
    let mut days: BTreeMap<(OfficerId, i32), (u32, Points)> = BTreeMap::new();
    let mut noticed = BTreeSet::new();
    // Who vouched for it last; nobody for what both sides confirmed, or an order brought.
    let mut last = BTreeMap::new();
    for record in records {
        if let Any::Notice(notice::Event::Opened(it)) = &record.event {
            let (day, _) = linli_domain::time::Zone::CHINA.day_and_minute(record.recorded_at);
            if let Some(officer) = last.get(&it.contribution) {
                let sum = &mut days.entry((*officer, day)).or_default().1;
                *sum = sum.plus(it.expected).unwrap();
            }
            noticed.insert(it.contribution);
        }
        let Any::Contribution(event) = &record.event else { continue };
        let (day, _) = linli_domain::time::Zone::CHINA.day_and_minute(record.recorded_at);
        match event {
            Happened::Submitted { claim, .. } => {
                claims.insert(claim.contribution, claim.happened.minutes().get());
            }
            Happened::Verified(word) => {
                days.entry((word.officer, day)).or_default().0 += claims[&word.contribution];
                last.insert(word.contribution, word.officer);
            }
            // What stood on notice was vouched for when it was opened.
            Happened::Awarded(award) if !noticed.contains(&award.contribution) => {
                let Some(officer) = last.get(&award.contribution) else { continue };
                let sum = &mut days.entry((*officer, day)).or_default().1;
                *sum = sum.plus(award.points()).unwrap();
            }
            _ => {}
        }
    }
    let bounded =
        days.iter().filter(|((id, _), _)| [GRID_OFFICER, OTHER_GRID_OFFICER, HEAD].contains(id));
    for (whose, (minutes, given)) in bounded {
        assert!(*minutes <= 300 && *given <= points("10"), "{whose:?}: {minutes}, {given}");
    }
}
