//! What residents show at a counter: codes, cards and paper, and on which of them points move.

use std::collections::BTreeMap;

use crate::erasing::erase;
use crate::spending::rich;
use crate::world::*;
use linli_domain::id::{OfficerId, ResidentId, StationId};
use linli_domain::redemption::{self, Basket, CODE_STEP_US, Shown};
use linli_domain::resident::{self, CardBlock, CardDesk, CardIssue};
use linli_domain::rules::{CounterRules, Presence, RuleSet, RuleVersion};
use linli_domain::text::CardCode;
use linli_domain::{Command, Event, Noun, Record, Refusal, rules};
use proptest::prelude::*;

const SECOND: i64 = 1_000_000;

fn card(serial: u64) -> CardCode {
    CardCode::from_serial(serial)
}

fn issue(who: u128, serial: u64, by: CardDesk) -> resident::Command {
    resident::Command::IssueCard(CardIssue { resident: resident(who), card: card(serial), by })
}

fn block(serial: u64, by: CardDesk) -> resident::Command {
    resident::Command::BlockCard(CardBlock { card: card(serial), by })
}

/// The card with its PIN, said now.
fn with_pin(world: &World, serial: u64) -> Option<Shown> {
    Some(Shown::Card { card: card(serial), at: at(world.now) })
}

fn code(world: &World) -> Option<Shown> {
    code_of(1, world.now)
}

fn code_of(who: u128, now: i64) -> Option<Shown> {
    Some(Shown::code_at(resident(who), at(now)))
}

fn haircut(number: u128, shown: Option<Shown>) -> Basket {
    Basket { shown, ..basket(number, resident(1), STATION, &[(HAIRCUT, 1)]) }
}

fn sell(number: u128, shown: Option<Shown>) -> redemption::Command {
    redemption::Command::Sell(haircut(number, shown))
}

fn reserve(number: u128, shown: Option<Shown>) -> redemption::Command {
    redemption::Command::Reserve(haircut(number, shown))
}

fn capture(number: u128, shown: Option<Shown>) -> redemption::Command {
    let (redemption, station, handed) = (redemption(number), STATION, Vec::new());
    redemption::Command::Capture { redemption, station, shift: None, shown, handed }
}

fn presence(world: &mut World, version: u32, presence: Presence) {
    let counter = rule_set().counter.map(|counter| CounterRules { presence, ..counter });
    let (version, effective_from) = (RuleVersion(version), at(world.now));
    let changed = RuleSet { version, effective_from, counter, ..rule_set() };
    world.wish(rules::Command::Publish(Box::new(changed))).unwrap();
}

#[test]
fn a_code_counts_for_a_minute_and_once() {
    let mut world = rich(9);
    world.now -= world.now.rem_euclid(CODE_STEP_US);
    world.now += CODE_STEP_US;
    let since = world.now;
    let shown = code(&world);
    assert_eq!(shown, Some(Shown::Code { resident: resident(1), since: at(since) }));
    // From a step before, for clocks differ, to the end of the step after its own.
    for (passed, outcome) in [
        (-30 * SECOND - 1, Err(Refusal::ShownTooEarly { from: at(since - CODE_STEP_US) })),
        (-30 * SECOND, Ok(())),
        (60 * SECOND - 1, Ok(())),
        (60 * SECOND, Err(Refusal::ShownTooLate { until: at(since + 2 * CODE_STEP_US) })),
    ] {
        let mut world = world.clone();
        world.now = since + passed;
        assert_eq!(world.wish(sell(1, shown)).map(|_| ()), outcome, "{passed}");
    }
    let sold = world.wish(sell(1, shown)).unwrap();
    let Event::Redemption(redemption::Event::Sold(slip)) = &sold[0].event else { panic!() };
    assert_eq!(slip.shown, shown);
    // Once, at whatever counter, to have or to reserve; and nothing earlier counts after it.
    let last = at(since);
    let earlier = code_of(1, since - CODE_STEP_US);
    for again in [shown, earlier] {
        assert_eq!(world.wish(reserve(2, again)), Err(Refusal::ShownBefore { last }));
        let elsewhere = Basket { station: OTHER_STATION, ..haircut(2, again) };
        let elsewhere = redemption::Command::Sell(elsewhere);
        assert_eq!(world.wish(elsewhere), Err(Refusal::ShownBefore { last }));
    }
    // What is refused for another reason leaves the code as good as it was.
    world.now = since + CODE_STEP_US;
    let next = code(&world);
    let nothing = Basket { wishes: Vec::new(), ..haircut(2, next) };
    assert_eq!(world.wish(redemption::Command::Sell(nothing)), Err(Refusal::EmptyBasket));
    world.wish(reserve(2, next)).unwrap();
    // Nobody else's is good for it, to have it or to reserve it.
    world.now += CODE_STEP_US;
    let other = code_of(2, world.now);
    assert_eq!(world.wish(capture(2, other)), Err(Refusal::ShownByAnother));
    assert_eq!(world.wish(sell(3, other)), Err(Refusal::ShownByAnother));
    world.wish(capture(2, code(&world))).unwrap();
}

#[test]
fn a_card_counts_with_its_pin_until_it_is_blocked() {
    let mut world = rich(9);
    let desk = CardDesk::Station(STATION);
    world.wish(sell(1, with_pin(&world, 1))).unwrap();
    world.now += 10 * SECOND;
    let said = with_pin(&world, 1);
    world.now += 300 * SECOND;
    let until = at(world.now);
    assert_eq!(world.wish(sell(2, said)), Err(Refusal::ShownTooLate { until }));
    // Another's card is no proof, nor is one that was blocked.
    assert_eq!(world.wish(sell(2, with_pin(&world, 2))), Err(Refusal::ShownByAnother));
    assert_eq!(world.wish(sell(2, with_pin(&world, 900))), Err(Refusal::ShownByAnother));
    world.wish(block(1, desk)).unwrap();
    assert_eq!(world.wish(block(1, desk)), Err(Refusal::CardBlocked));
    assert_eq!(world.wish(sell(2, with_pin(&world, 1))), Err(Refusal::CardBlocked));
    world.wish(sell(2, None)).unwrap();
    // Another card takes its place; the old one stays good for nothing, and nobody else's.
    for (wish, refusal) in [
        (issue(1, 1, desk), Refusal::CardTaken),
        (issue(1, 3, desk), Refusal::CardTaken),
        (issue(9, 100, desk), Refusal::Unknown(Noun::Resident)),
        (block(100, desk), Refusal::Unknown(Noun::Card)),
        (
            issue(1, 100, CardDesk::Station(StationId::from_number(9))),
            Refusal::Unknown(Noun::Station),
        ),
        (issue(1, 100, CardDesk::Officer(OTHER_GRID_OFFICER)), Refusal::OutsideAuthority),
        (
            issue(1, 100, CardDesk::Officer(OfficerId::from_number(99))),
            Refusal::Unknown(Noun::Officer),
        ),
    ] {
        assert_eq!(world.wish(wish), Err(refusal));
    }
    let issued = world.wish(issue(1, 100, CardDesk::Officer(GRID_OFFICER))).unwrap();
    let Event::Resident(resident::Event::CardIssued { before, .. }) = issued[0].event else {
        panic!("{issued:?}")
    };
    assert_eq!(before, None);
    let issued = world.wish(issue(1, 101, desk)).unwrap();
    let Event::Resident(resident::Event::CardIssued { before, .. }) = issued[0].event else {
        panic!("{issued:?}")
    };
    assert_eq!(before, Some(card(100)));
    for (serial, outcome) in
        [(1, Err(Refusal::CardBlocked)), (100, Err(Refusal::CardBlocked)), (101, Ok(()))]
    {
        assert_eq!(world.wish(sell(3, with_pin(&world, serial))).map(|_| ()), outcome, "{serial}");
    }
    // A code of a moment before the PIN was said is over as well, whatever was shown with it.
    assert!(matches!(world.wish(sell(4, code(&world))), Err(Refusal::ShownBefore { .. })));
    world.wish(erase(2)).unwrap();
    world.let_due_happen();
    assert_eq!(world.wish(issue(2, 102, desk)), Err(Refusal::ResidentErased));
    assert_eq!(world.wish(block(2, desk)), Err(Refusal::ResidentErased));
}

#[test]
fn rules_may_want_the_resident_to_be_there() {
    let paper = Some(Shown::Paper);
    for (needed, nothing, on_paper) in [
        (Presence::Optional, true, true),
        (Presence::Needed, false, true),
        (Presence::Proven, false, false),
    ] {
        let mut world = rich(9);
        // Before the rules say so it is as it was.
        world.wish(sell(1, None)).unwrap();
        world.wish(reserve(2, None)).unwrap();
        presence(&mut world, 2, needed);
        let refused = Err(Refusal::PresenceNeeded { needed });
        let outcome = |fits: bool| if fits { Ok(()) } else { refused.clone() };
        let told = |world: &World, wish: redemption::Command| {
            let mut world = world.clone();
            world.wish(wish).map(|_| ())
        };
        for (shown, fits) in
            [(None, nothing), (paper, on_paper), (code(&world), true), (with_pin(&world, 1), true)]
        {
            assert_eq!(told(&world, sell(3, shown)), outcome(fits), "{needed:?} {shown:?}");
            assert_eq!(told(&world, capture(2, shown)), outcome(fits), "{needed:?} {shown:?}");
            // Who reserves by telephone shows nothing; what was shown then is enough to have it.
            assert_eq!(told(&world, reserve(3, shown)), Ok(()));
            let mut world = world.clone();
            world.wish(reserve(3, shown)).unwrap();
            world.now += HOUR / 6;
            assert_eq!(told(&world, capture(3, None)), outcome(fits), "{needed:?} {shown:?}");
        }
    }
}

#[test]
fn what_is_handed_out_carries_its_own_word() {
    let mut world = rich(9);
    let first = code(&world);
    let two = Basket {
        wishes: basket(1, resident(1), STATION, &[(HAIRCUT, 1), (RICE, 1)]).wishes,
        ..haircut(1, first)
    };
    world.wish(redemption::Command::Reserve(two)).unwrap();
    world.now += 2 * MINUTE;
    let second = with_pin(&world, 1);
    let handed = basket(1, resident(1), STATION, &[(RICE, 1)]).wishes;
    let part = redemption::Command::Capture {
        redemption: redemption(1),
        station: STATION,
        shift: None,
        shown: second,
        handed,
    };
    let done = world.wish(part).unwrap();
    let Event::Redemption(redemption::Event::PartCaptured { handed, rest, .. }) = &done[0].event
    else {
        panic!("{done:?}")
    };
    assert_eq!((handed.shown, rest.shown), (second, first));
}

/// A wish about a card, by small numbers.
#[derive(Clone, Debug)]
pub enum Step {
    Issue { who: u128, serial: u64, officer: Option<u128> },
    Block { serial: u64 },
}

pub fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (1..=9_u128, 1..30_u64, prop::option::of(1..=4_u128))
            .prop_map(|(who, serial, officer)| Step::Issue { who, serial, officer }),
        (1..30_u64).prop_map(|serial| Step::Block { serial }),
    ]
}

pub fn command(step: &Step) -> Command {
    let station = CardDesk::Station(STATION);
    match *step {
        Step::Issue { who, serial, officer } => {
            let by = officer.map_or(station, |it| CardDesk::Officer(OfficerId::from_number(it)));
            issue(who, serial, by).into()
        }
        Step::Block { serial } => block(serial, station).into(),
    }
}

/// Something that is shown in a random history; it hangs on how many redemptions there were.
pub fn some(world: &World, nth: u128, who: ResidentId) -> Option<Shown> {
    match nth % 9 {
        0 => code_of(1 + nth % 3, world.now),
        1 | 2 => code_of(who.number(), world.now),
        3 => code_of(who.number(), world.now - 2 * MINUTE),
        4 => with_pin(world, u64::try_from(nth % 9).unwrap()),
        5 => with_pin(world, u64::try_from(who.number()).unwrap()),
        6 => Some(Shown::Paper),
        _ => None,
    }
}

/// From the records alone: of what a resident showed, each is younger than the one before and
/// fresh, and a card is the one that the resident had last been given.
pub fn check(records: &[Record]) {
    let mut last: BTreeMap<ResidentId, i64> = BTreeMap::new();
    let mut cards: BTreeMap<ResidentId, CardCode> = BTreeMap::new();
    for record in records {
        let slip = match &record.event {
            Event::Resident(resident::Event::Registered(it)) => {
                cards.insert(it.resident, it.card);
                continue;
            }
            Event::Resident(resident::Event::CardIssued { issue, before }) => {
                assert_eq!(cards.insert(issue.resident, issue.card), *before);
                continue;
            }
            Event::Resident(resident::Event::CardBlocked { block, resident }) => {
                assert_eq!(cards.remove(resident), Some(block.card));
                continue;
            }
            Event::Redemption(
                redemption::Event::Reserved { slip, .. }
                | redemption::Event::Sold(slip)
                | redemption::Event::Captured(slip)
                | redemption::Event::PartCaptured { handed: slip, .. },
            ) => slip,
            _ => continue,
        };
        let (since, longest) = match slip.shown {
            Some(Shown::Code { resident, since }) => {
                assert_eq!(resident, slip.resident);
                (since, MINUTE)
            }
            Some(Shown::Card { card, at }) => {
                assert_eq!(cards.get(&slip.resident), Some(&card));
                (at, 5 * MINUTE)
            }
            Some(Shown::Paper) | None => continue,
        };
        let since = since.microseconds();
        assert!(record.recorded_at.microseconds() - since < longest, "{slip:?}");
        let before = last.insert(slip.resident, since);
        assert!(before.is_none_or(|before| before < since), "{slip:?} after {before:?}");
    }
}
