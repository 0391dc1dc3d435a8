//! Mediation: the table, what its end makes of those who sat, and that a dispute pays once.

use linli_domain::contribution::{self, Grade, RejectReason, Rejection, Signal, Status as Stage};
use linli_domain::id::{CaseId, MediatorId, OfficerId};
use linli_domain::mediation::{
    Body, Command, DisputeKind, Event, Opening, PARTIES_MAX, Pay, Place, SealedFile, Session,
    Settlement, Sitter, Status, TABLE_MAX, Tier,
};
use linli_domain::quantity::Points;
use linli_domain::resident::{self, Erasure, ErasureReason};
use linli_domain::time::Interval;
use linli_domain::{Event as Any, Noun, Record, Refusal};

use crate::notice::{noticed_world, object};
use crate::world::*;

pub fn case(number: u128) -> CaseId {
    CaseId::from_number(number)
}

pub fn mediator(number: u128) -> MediatorId {
    MediatorId::from_number(number)
}

pub fn opening(number: u128, parties: &[u128]) -> Opening {
    Opening {
        case: case(number),
        officer: GRID_OFFICER,
        kind: DisputeKind::Noise,
        grid: GRID,
        parties: parties.iter().map(|it| resident(*it)).collect(),
        again: None,
        estate: None,
    }
}

pub fn join(number: u128, at_case: u128, sitter: Sitter) -> Command {
    let place =
        Place { mediator: mediator(number), case: case(at_case), body: Body::Party, sitter };
    Command::Join { place, officer: GRID_OFFICER }
}

/// A session of an hour that has just ended, with minutes.
pub fn session(world: &World, of_case: u128, sat: &[u128]) -> Session {
    Session {
        case: case(of_case),
        officer: GRID_OFFICER,
        happened: Interval::new(at(world.now - HOUR), at(world.now)).unwrap(),
        sat: sat.iter().map(|it| mediator(*it)).collect(),
        minutes: Some(SealedFile([u8::try_from(of_case).unwrap(); 32])),
    }
}

pub fn settle(number: u128, officer: OfficerId, tier: Tier) -> Command {
    let agreement = (tier != Tier::Oral).then_some(SealedFile([99; 32]));
    Command::Settle { case: case(number), officer, settlement: Settlement { tier, agreement } }
}

fn perform(number: u128) -> Command {
    Command::Perform { case: case(number), officer: GRID_OFFICER }
}

fn break_off(number: u128, officer: OfficerId) -> Command {
    Command::Break { case: case(number), officer }
}

fn close(number: u128, tier: Tier) -> Command {
    Command::Close { case: case(number), officer: GRID_OFFICER, tier }
}

fn reopen(number: u128) -> Command {
    Command::Reopen { case: case(number), officer: GRID_OFFICER }
}

/// What comes of it for those who sat.
fn pay(records: &[Record]) -> Pay {
    match &records[0].event {
        Any::Mediation(
            Event::Settled { pay, .. } | Event::Performed { pay, .. } | Event::Closed { pay, .. },
        ) => *pay,
        other => panic!("{other:?}"),
    }
}

/// Residents 5 and 7 sat for an hour between 1 and 3, in places 51 and 57 of case 1.
fn sat_in(mut world: World) -> World {
    world.now += 2 * HOUR;
    world.wish(Command::Open(opening(1, &[1, 3]))).unwrap();
    for who in [5, 7] {
        world.wish(join(50 + who, 1, Sitter::Resident(resident(who)))).unwrap();
    }
    world.wish(Command::Sit(session(&world, 1, &[55, 57]))).unwrap();
    world
}

fn sat() -> World {
    sat_in(World::new())
}

fn stage(world: &World, number: u128) -> Stage {
    world.state.contributions().get(contribution(number)).unwrap().status
}

#[test]
fn what_was_settled_and_kept_becomes_a_contribution_of_each_who_sat() {
    let mut world = sat();
    world.wish(join(59, 1, Sitter::Delegate)).unwrap();
    let bare = Settlement { tier: Tier::Simple, agreement: None };
    let unwritten = Command::Settle { case: case(1), officer: GRID_OFFICER, settlement: bare };
    assert_eq!(world.wish(unwritten), Err(Refusal::AgreementNeeded));
    let settled = world.wish(settle(1, GRID_OFFICER, Tier::Simple)).unwrap();
    assert_eq!((pay(&settled), settled.len()), (Pay::OncePerformed, 1));
    // Months later; the time was theirs since the session.
    world.now += 70 * DAY;
    let performed = world.wish(perform(1)).unwrap();
    // The fact, and a claim of each resident: nothing for the delegate.
    assert_eq!((pay(&performed), performed.len()), (Pay::Follows, 3));
    for (number, who) in [(55, 5), (57, 7)] {
        let found = world.state.contributions().get(contribution(number)).unwrap();
        assert_eq!((found.claim.resident, found.grade), (resident(who), Grade::B));
        let signals: Vec<_> = found.claim.signals.iter().collect();
        assert_eq!(signals, [Signal::PaperSheet, Signal::CaseEnded]);
        assert_eq!(found.claim.attachments.len(), 2);
        assert_eq!(stage(&world, number), Stage::Pending);
        world.wish(verify(number, GRID_OFFICER)).unwrap();
        assert_eq!(world.available(resident(who)), points("4"));
    }
    assert_eq!(world.state.cases().get(case(1)).unwrap().status, Status::Performed);
    assert_eq!(world.state.check_laws(), Ok(()));
}

#[test]
fn a_dispute_pays_once_however_often_it_is_mediated() {
    let mut world = sat();
    let settled = world.wish(settle(1, GRID_OFFICER, Tier::Oral)).unwrap();
    assert_eq!((pay(&settled), settled.len()), (Pay::Follows, 3));
    assert_eq!(pay(&world.wish(perform(1)).unwrap()), Pay::PaidBefore);
    // Others of the same households, about the same.
    let again = world.wish(Command::Open(opening(2, &[2, 4]))).unwrap();
    let Any::Mediation(Event::Opened { dispute, .. }) = again[0].event else { panic!() };
    assert_eq!(dispute, case(1));
    world.now += HOUR;
    world.wish(join(61, 2, Sitter::Resident(resident(6)))).unwrap();
    world.wish(Command::Sit(session(&world, 2, &[61]))).unwrap();
    let settled = world.wish(settle(2, GRID_OFFICER, Tier::Major)).unwrap();
    assert_eq!((pay(&settled), settled.len()), (Pay::PaidBefore, 1));
    // About something else, or after some time, it is another; unless somebody says that it isn't.
    let mut other = opening(3, &[1, 3]);
    other.kind = DisputeKind::Water;
    let mut late = opening(4, &[1, 3]);
    let mut known = opening(5, &[6, 7]);
    known.again = Some(case(2));
    for (opening, expected) in [(other, 3), (known, 1)] {
        let records = world.wish(Command::Open(opening)).unwrap();
        let Any::Mediation(Event::Opened { dispute, .. }) = records[0].event else { panic!() };
        assert_eq!(dispute, case(expected));
    }
    world.now += 31 * DAY;
    late.parties = vec![resident(1), resident(3)];
    let records = world.wish(Command::Open(late)).unwrap();
    let Any::Mediation(Event::Opened { dispute, .. }) = records[0].event else { panic!() };
    assert_eq!(dispute, case(4));
}

#[test]
fn documented_work_on_an_unsettled_case_has_its_part() {
    let mut world = sat();
    let closed = world.wish(close(1, Tier::Oral)).unwrap();
    assert_eq!((pay(&closed), closed.len()), (Pay::Follows, 3));
    let award = world.wish(verify(55, GRID_OFFICER)).unwrap();
    let Any::Contribution(contribution::Event::Awarded(award)) = &award[1].event else { panic!() };
    // A third of two points, nearly; merit in proportion.
    assert_eq!((award.points(), award.merit.hundredths()), (points("0.6"), 90));
    assert!(award.lines.iter().any(|line| matches!(
        line,
        linli_domain::award::Line::Unsettled { factor, .. } if factor.to_string() == "0.3"
    )));
    // Taken up again, it pays no more.
    world.wish(reopen(1)).unwrap();
    let settled = world.wish(settle(1, GRID_OFFICER, Tier::Difficult)).unwrap();
    assert_eq!(pay(&settled), Pay::PaidBefore);

    let mut world = World::new();
    world.now += 2 * HOUR;
    world.wish(Command::Open(opening(1, &[1, 3]))).unwrap();
    assert_eq!(world.wish(close(1, Tier::Oral)), Err(Refusal::NobodySat));
    world.wish(join(51, 1, Sitter::Resident(resident(5)))).unwrap();
    let unwritten = Session { minutes: None, ..session(&world, 1, &[51]) };
    world.wish(Command::Sit(unwritten)).unwrap();
    let closed = world.wish(close(1, Tier::Oral)).unwrap();
    assert_eq!((pay(&closed), closed.len()), (Pay::Undocumented, 1));
    // What paid nothing may still be settled, and pays then.
    world.wish(reopen(1)).unwrap();
    assert_eq!(pay(&world.wish(settle(1, GRID_OFFICER, Tier::Oral)).unwrap()), Pay::Follows);
}

#[test]
fn what_a_broken_agreement_gave_is_taken_back_and_what_waited_falls() {
    let mut world = sat_in(noticed_world());
    world.wish(settle(1, COMMUNITY_OFFICER, Tier::Difficult)).unwrap();
    // Two levels each, and a notice.
    for number in [55, 57] {
        world.wish(verify(number, GRID_OFFICER)).unwrap();
        world.wish(verify(number, COMMUNITY_OFFICER)).unwrap();
        assert_eq!(stage(&world, number), Stage::OnNotice);
    }
    world.wish(object(57, 8)).unwrap();
    world.now += 3 * DAY;
    world.let_due_happen();
    // One was awarded, and haircuts bought for it; the other is before a panel.
    assert_eq!(world.available(resident(5)), points("4.5"));
    let bought = basket(1, resident(5), STATION, &[(HAIRCUT, 2)]);
    world.wish(linli_domain::redemption::Command::Sell(bought)).unwrap();
    // Whoever vouched for it doesn't take it back.
    assert_eq!(world.wish(break_off(1, COMMUNITY_OFFICER)), Err(Refusal::OwnWord));
    let records = world.wish(break_off(1, STREET_OFFICER)).unwrap();
    assert_eq!(records.len(), 2);
    world.let_due_happen();
    assert_eq!([55, 57].map(|it| stage(&world, it)), [Stage::Reversed, Stage::Rejected]);
    let wallet = &world.state.residents().get(resident(5)).unwrap().wallet;
    assert_eq!((wallet.available.points, wallet.receivable.points), (Points::ZERO, points("3")));
    assert_eq!(world.state.check_laws(), Ok(()));
    // Taken up once more it pays nobody again.
    world.wish(reopen(1)).unwrap();
    let settled = world.wish(settle(1, STREET_OFFICER, Tier::Difficult)).unwrap();
    assert_eq!(pay(&settled), Pay::PaidBefore);
}

#[test]
fn what_waits_for_a_word_can_only_be_rejected_once_it_was_broken() {
    let mut world = sat();
    world.wish(settle(1, GRID_OFFICER, Tier::Oral)).unwrap();
    world.wish(break_off(1, GRID_OFFICER)).unwrap();
    let found = Refusal::CaseAt { found: Status::Broken };
    assert_eq!(world.wish(verify(55, GRID_OFFICER)), Err(found));
    let (contribution, reason) = (contribution(55), RejectReason::NotEligible);
    let reject = Rejection { contribution, officer: GRID_OFFICER, reason };
    world.wish(contribution::Command::Reject(reject)).unwrap();
}

#[test]
fn nobody_mediates_an_own_case_or_has_a_word_on_an_own_table() {
    let mut world = sat();
    let refused = [
        (join(58, 1, Sitter::Resident(resident(3))), Refusal::PartyMediates),
        (join(58, 1, Sitter::Resident(resident(2))), Refusal::PartyMediates),
        (join(58, 1, Sitter::Officer(NEIGHBOUR_OFFICER)), Refusal::PartyMediates),
        (join(58, 1, Sitter::Resident(resident(5))), Refusal::AtTable),
        (join(58, 1, Sitter::Resident(resident(8))), Refusal::NotVolunteer),
        (join(55, 1, Sitter::Delegate), Refusal::AlreadyExists(Noun::Mediator)),
        (join(58, 2, Sitter::Delegate), Refusal::Unknown(Noun::Case)),
        (settle(1, SECOND_GRID_OFFICER, Tier::Oral), Refusal::SelfVerification),
        (settle(1, NEIGHBOUR_OFFICER, Tier::Oral), Refusal::SameHousehold),
        (settle(1, OTHER_GRID_OFFICER, Tier::Oral), Refusal::OutsideAuthority),
        (perform(1), Refusal::CaseAt { found: Status::Open }),
        (reopen(1), Refusal::CaseAt { found: Status::Open }),
    ];
    for (command, expected) in refused {
        assert_eq!(world.wish(command.clone()), Err(expected), "{command:?}");
    }
    // An officer sits as well: the job, no contribution, and no word on the others' either.
    world.wish(join(59, 1, Sitter::Officer(GRID_OFFICER))).unwrap();
    assert_eq!(world.wish(settle(1, GRID_OFFICER, Tier::Oral)), Err(Refusal::AtTable));
    let settled = world.wish(settle(1, COMMUNITY_OFFICER, Tier::Oral)).unwrap();
    assert_eq!(settled.len(), 3);
    assert_eq!(world.wish(verify(55, GRID_OFFICER)), Err(Refusal::AtTable));
    // Nor has a party.
    assert_eq!(world.wish(verify(55, SECOND_GRID_OFFICER)), Err(Refusal::SelfVerification));
    world.wish(verify(55, COMMUNITY_OFFICER)).unwrap();
}

#[test]
fn a_session_takes_the_time_of_those_who_sat() {
    let mut world = sat();
    let elsewhere = claim(70, resident(5), "CLEAN", world.now - HOUR, world.now);
    let happened = Interval::new(at(world.now - HOUR), at(world.now)).unwrap();
    let overlaps = Refusal::Overlaps { other: contribution(55), happened };
    assert_eq!(world.wish(submit(elsewhere)), Err(overlaps.clone()));
    assert_eq!(world.wish(Command::Sit(session(&world, 1, &[55]))), Err(overlaps));
    assert_eq!(world.wish(Command::Sit(session(&world, 1, &[]))), Err(Refusal::NobodySat));
    let twice = Command::Sit(session(&world, 1, &[57, 55]));
    assert_eq!(world.wish(twice), Err(Refusal::AtTable));
    let stranger = Command::Sit(session(&world, 1, &[77]));
    assert_eq!(world.wish(stranger), Err(Refusal::Unknown(Noun::Mediator)));
    let mut later = session(&world, 1, &[55]);
    later.happened = Interval::new(at(world.now), at(world.now + HOUR)).unwrap();
    let in_future = world.wish(Command::Sit(later)).unwrap_err();
    assert!(matches!(in_future, Refusal::InFuture { .. }));
    // The last session is what counts.
    world.now += 3 * HOUR;
    world.wish(Command::Sit(session(&world, 1, &[55]))).unwrap();
    world.wish(settle(1, GRID_OFFICER, Tier::Oral)).unwrap();
    let ended = |number| {
        let found = world.state.contributions().get(contribution(number)).unwrap();
        found.claim.happened.end()
    };
    assert_eq!([ended(55), ended(57)], [at(world.now), at(world.now - 3 * HOUR)]);
}

#[test]
fn a_case_has_bounds() {
    let mut world = World::new();
    let many: Vec<u128> = (1..=17).collect();
    for parties in [&[][..], &[3, 1], &[1, 1], &many[..]] {
        let refused = world.wish(Command::Open(opening(1, parties)));
        assert_eq!(refused, Err(Refusal::InvalidParties { most: PARTIES_MAX }));
    }
    let unknown = world.wish(Command::Open(opening(1, &[1, 44])));
    assert_eq!(unknown, Err(Refusal::Unknown(Noun::Resident)));
    let mut by_party = opening(1, &[1, 4]);
    by_party.officer = SECOND_GRID_OFFICER;
    assert_eq!(world.wish(Command::Open(by_party)), Err(Refusal::SameHousehold));
    world.wish(Command::Open(opening(1, &[1, 3]))).unwrap();
    let twice = world.wish(Command::Open(opening(1, &[1, 3])));
    assert_eq!(twice, Err(Refusal::AlreadyExists(Noun::Case)));
    for place in 0..12 {
        world.wish(join(100 + place, 1, Sitter::Delegate)).unwrap();
    }
    let full = world.wish(join(99, 1, Sitter::Delegate));
    assert_eq!(full, Err(Refusal::TableFull { most: TABLE_MAX }));
}

#[test]
fn nothing_else_gives_an_act_of_mediation_and_none_who_was_erased_gets_one() {
    let mut world = sat();
    let own = claim(70, resident(6), "MED-0", world.now - HOUR, world.now);
    assert_eq!(world.wish(submit(own)), Err(Refusal::OnlyByCase(code("MED-0"))));
    let mut forged = claim(70, resident(6), "CLEAN", world.now - HOUR, world.now);
    forged.signals = [Signal::CaseEnded].into_iter().collect();
    assert_eq!(world.wish(submit(forged)), Err(Refusal::SignalReserved));
    let mut taken = claim(55, resident(6), "CLEAN", world.now - HOUR, world.now);
    taken.contribution = contribution(55);
    let exists = Refusal::AlreadyExists(Noun::Contribution);
    assert_eq!(world.wish(submit(taken)), Err(exists));
    let reason = ErasureReason::OwnRequest;
    world.wish(resident::Command::Erase(Erasure { resident: resident(5), reason })).unwrap();
    let settled = world.wish(settle(1, GRID_OFFICER, Tier::Oral)).unwrap();
    assert_eq!(settled.len(), 2);
    assert!(world.state.contributions().get(contribution(55)).is_none());
    assert_eq!(world.state.check_laws(), Ok(()));
}
