//! Public notice, objections, panels and appeals.

use crate::bounds::fair_rules;
use crate::conduct::conduct_rules;
use crate::world::*;
use linli_domain::area::Level;
use linli_domain::contribution::{
    self, Contribution, RejectReason, Rejection, Status, Verification,
};
use linli_domain::id::{OfficerId, ResidentId};
use linli_domain::notice::{
    Appeal, Ballot, Command, Convening, Event, Hearing, Member, Objection, Ruling, Stage, Tie,
};
use linli_domain::quantity::Minutes;
use linli_domain::rules::{self, NoticeRules, RuleSet, RuleVersion};
use linli_domain::{Event as Any, Noun, Origin, Record, Refusal};

/// What is learnt and great deeds stand on notice for two working days, and so does whatever gives
/// four and a half points; a panel of three has two working days, and three are for an appeal.
pub fn notice_rules() -> NoticeRules {
    NoticeRules {
        acts: vec![code("DEED"), code("LEARN")],
        award_points: Some(points("4.5")),
        working_days: 2,
        panel: 3,
        convener: Level::Community,
        decide_working_days: 2,
        appeal_working_days: 3,
        list_working_days: None,
    }
}

/// Fair rules with notices.
pub fn noticed_rules() -> RuleSet {
    RuleSet { notice: Some(notice_rules()), ..fair_rules() }
}

/// Notices and checks, from then on.
pub fn check_from(world: &mut World, from: i64) {
    live_by(world, from, noticed_rules());
}

/// These rules and checks, from then on.
pub fn live_by(world: &mut World, from: i64, rules: RuleSet) {
    let mut rules = RuleSet { conduct: Some(conduct_rules()), ..rules };
    (rules.version, rules.effective_from) = (RuleVersion(2), at(from));
    world.wish(rules::Command::Publish(Box::new(rules))).unwrap();
}

/// A fair world with notices. It is a Monday morning.
pub fn noticed_world() -> World {
    let mut world = World::new();
    let mut rules = noticed_rules();
    (rules.version, rules.effective_from) = (RuleVersion(2), at(MORNING - DAY));
    world.wish(rules::Command::Publish(Box::new(rules))).unwrap();
    world
}

pub fn object(number: u128, who: u128) -> Command {
    let (contribution, resident) = (contribution(number), resident(who));
    Command::Object(Objection { contribution, resident, reason: RejectReason::NotDone })
}

pub fn convene(number: u128, officer: OfficerId, members: &[Member]) -> Command {
    let (contribution, members) = (contribution(number), members.to_vec());
    Command::Convene(Convening { contribution, officer, members })
}

pub fn vote(number: u128, member: Member, vote: Ruling) -> Command {
    Command::Vote(Ballot { contribution: contribution(number), member, vote })
}

pub fn appeal(number: u128, who: u128) -> Command {
    Command::Appeal(Appeal { contribution: contribution(number), resident: resident(who) })
}

pub fn reject(number: u128, officer: OfficerId) -> contribution::Command {
    let (contribution, reason) = (contribution(number), RejectReason::EvidenceUnclear);
    contribution::Command::Reject(Rejection { contribution, officer, reason })
}

const fn neighbour(number: u128) -> Member {
    Member::Resident(ResidentId::from_number(number))
}

/// Residents 5 and 7 of two households, and the community's officer.
const PANEL: [Member; 3] = [neighbour(5), neighbour(7), Member::Officer(COMMUNITY_OFFICER)];

/// Three officers who have nothing to do with it.
const OTHER_PANEL: [Member; 3] =
    [Member::Officer(UNIT), Member::Officer(CHIEF), Member::Officer(DISTRICT_OFFICER)];

/// An hour learnt by resident 3, verified by the grid: on notice.
fn noticed() -> World {
    let mut world = noticed_world();
    let records = world.serve(1, resident(3), "LEARN");
    let [_, Record { event: Any::Notice(Event::Opened(opening)), .. }] = records.as_slice() else {
        panic!("{records:?}")
    };
    assert_eq!((opening.expected, opening.each), (points("2"), points("2")));
    // Tuesday and Wednesday.
    assert_eq!(opening.until, at(MORNING + 2 * DAY + 15 * HOUR));
    world
}

/// The same, and resident 1 has objected; it is Thursday, and a panel is wanted.
fn contested() -> World {
    let mut world = noticed();
    world.wish(object(1, 1)).unwrap();
    world.now = MORNING + 3 * DAY;
    world.let_due_happen();
    assert_eq!(stage(&world, Hearing::Notice), Some(Stage::Contested));
    world
}

/// The same, and a panel has upheld the objection.
fn upheld() -> World {
    let mut world = contested();
    world.wish(convene(1, STREET_OFFICER, &PANEL)).unwrap();
    for member in &PANEL[..2] {
        world.wish(vote(1, *member, Ruling::Uphold)).unwrap();
    }
    world
}

fn of_one(world: &World) -> &Contribution {
    world.state.contributions().get(contribution(1)).unwrap()
}

fn stage(world: &World, hearing: Hearing) -> Option<Stage> {
    world.state.notices().get((contribution(1), hearing)).map(|notice| notice.stage)
}

#[test]
fn silence_finalises_at_its_deadline_and_not_before() {
    let mut world = noticed();
    assert_eq!(
        (of_one(&world).status, world.available(resident(3))),
        (Status::OnNotice, points("0"))
    );
    let until = MORNING + 2 * DAY + 15 * HOUR;
    world.now = until - 1;
    world.let_due_happen();
    assert_eq!(of_one(&world).status, Status::OnNotice);
    world.now = until;
    world.let_due_happen();
    assert_eq!(
        (of_one(&world).status, world.available(resident(3))),
        (Status::Awarded, points("2"))
    );
    let [.., ended, awarded] = world.records.as_slice() else { panic!() };
    assert_eq!(ended.event, Event::Unopposed(contribution(1)).into());
    assert_eq!((ended.happened_at, &awarded.origin), (at(until), &Origin::Deadline));
}

#[test]
fn what_gives_little_and_is_not_named_is_awarded_at_once() {
    let mut world = noticed_world();
    world.serve(1, resident(3), "CLEAN");
    assert_eq!((of_one(&world).status, stage(&world, Hearing::Notice)), (Status::Awarded, None));
}

#[test]
fn nothing_is_done_with_what_stands_on_notice_but_objecting() {
    let mut world = noticed();
    for wish in [verify(1, STREET_OFFICER), reject(1, STREET_OFFICER), reverse(1, STREET_OFFICER)] {
        assert_eq!(world.wish(wish), Err(Refusal::OnNotice));
    }
    assert_eq!(world.wish(appeal(1, 3)), Err(Refusal::NothingToAppeal));
    let open = Err(Refusal::NoticeAt { found: Stage::Open });
    assert_eq!(world.wish(convene(1, STREET_OFFICER, &PANEL)), open);
    assert_eq!(world.wish(vote(1, PANEL[0], Ruling::Uphold)), open);
    assert_eq!(world.wish(object(1, 3)), Err(Refusal::OwnContribution));
    assert_eq!(world.wish(object(2, 1)), Err(Refusal::Unknown(Noun::Contribution)));
    assert_eq!(world.wish(object(1, 9)), Err(Refusal::Unknown(Noun::Resident)));
    world.wish(object(1, 1)).unwrap();
    assert_eq!(world.wish(object(1, 1)), Err(Refusal::ObjectedAlready));
    world.serve(2, resident(5), "CLEAN");
    assert_eq!(world.wish(object(2, 1)), Err(Refusal::Unknown(Noun::Notice)));
}

#[test]
fn a_panel_is_of_people_who_have_nothing_to_do_with_it() {
    let mut world = contested();
    assert_eq!(world.wish(object(1, 5)), Err(Refusal::NoticeAt { found: Stage::Contested }));
    let [five, seven, office] = PANEL;
    let head = Member::Officer(HEAD);
    for (officer, members, refusal) in [
        // The head of the building is resident 1, who objected.
        (STREET_OFFICER, [five, seven, head], tied(3, Tie::Objector)),
        (STREET_OFFICER, [five, seven, neighbour(2)], tied(3, Tie::Household)),
        (STREET_OFFICER, [neighbour(3), five, seven], tied(1, Tie::Party)),
        (STREET_OFFICER, [five, neighbour(4), seven], tied(2, Tie::Household)),
        // An officer of the claimant's household.
        (
            STREET_OFFICER,
            [five, Member::Officer(NEIGHBOUR_OFFICER), seven],
            tied(2, Tie::Household),
        ),
        (STREET_OFFICER, [five, seven, Member::Officer(GRID_OFFICER)], tied(3, Tie::Verifier)),
        (STREET_OFFICER, [five, seven, Member::Officer(STREET_OFFICER)], tied(3, Tie::Convener)),
        (STREET_OFFICER, [five, seven, five], Refusal::PanelMemberTwice { place: 3 }),
        (STREET_OFFICER, [five, seven, neighbour(9)], Refusal::Unknown(Noun::Resident)),
        (GRID_OFFICER, PANEL, Refusal::OwnWord),
        (OTHER_GRID_OFFICER, PANEL, Refusal::OutsideAuthority),
        (SECOND_GRID_OFFICER, [five, seven, office], Refusal::SelfVerification),
    ] {
        assert_eq!(world.wish(convene(1, officer, &members)), Err(refusal), "{members:?}");
    }
    let few = Refusal::PanelSize { needed: 3, found: 2 };
    assert_eq!(world.wish(convene(1, STREET_OFFICER, &PANEL[..2])), Err(few));
    world.wish(convene(1, STREET_OFFICER, &PANEL)).unwrap();
    assert_eq!(world.wish(convene(1, STREET_OFFICER, &PANEL)), Err(Refusal::PanelSits));
    assert_eq!(world.wish(vote(1, neighbour(6), Ruling::Uphold)), Err(Refusal::NotOnPanel));
    world.wish(vote(1, five, Ruling::Uphold)).unwrap();
    assert_eq!(world.wish(vote(1, five, Ruling::Dismiss)), Err(Refusal::VotedAlready));
}

fn tied(place: u8, tie: Tie) -> Refusal {
    Refusal::PanelMemberTied { place, tie }
}

#[test]
fn a_majority_upholds_and_it_is_rejected() {
    let mut world = upheld();
    let Any::Notice(Event::Decided(decided)) = &world.records.last().unwrap().event else {
        panic!("{:?}", world.records.last())
    };
    assert_eq!((decided.seats, decided.upholding, decided.dismissing), (3, 2, 0));
    assert_eq!(decided.reason, Some(RejectReason::NotDone));
    assert_eq!(
        (of_one(&world).status, stage(&world, Hearing::Notice)),
        (Status::Rejected, Some(Stage::Upheld))
    );
    let over = Err(Refusal::NoticeAt { found: Stage::Upheld });
    assert_eq!(world.wish(vote(1, PANEL[2], Ruling::Dismiss)), over);
    // Its time is free for something else.
    let again = claim(2, resident(3), "CLEAN", MORNING, MORNING + HOUR);
    assert!(world.wish(submit(again)).is_ok());
}

#[test]
fn a_majority_dismisses_and_it_is_awarded() {
    let mut world = contested();
    world.wish(convene(1, STREET_OFFICER, &PANEL)).unwrap();
    for (member, ruling) in PANEL.iter().zip([Ruling::Dismiss, Ruling::Uphold, Ruling::Dismiss]) {
        world.wish(vote(1, *member, ruling)).unwrap();
    }
    assert_eq!(stage(&world, Hearing::Notice), Some(Stage::Dismissed));
    world.let_due_happen();
    assert_eq!(
        (of_one(&world).status, world.available(resident(3))),
        (Status::Awarded, points("2"))
    );
}

/// A majority of all seats, not of those who voted.
#[test]
fn without_a_majority_in_time_what_the_officers_said_stands() {
    for voters in 0..=1 {
        let mut world = contested();
        if voters > 0 {
            world.wish(convene(1, STREET_OFFICER, &PANEL)).unwrap();
            world.wish(vote(1, PANEL[0], Ruling::Uphold)).unwrap();
        }
        // Contested at midnight before Thursday; Thursday and Friday are for the panel.
        let due = MORNING + 4 * DAY + 15 * HOUR;
        world.now = due - 1;
        world.let_due_happen();
        assert_eq!(stage(&world, Hearing::Notice), Some(Stage::Contested));
        world.now = due;
        world.let_due_happen();
        assert_eq!(stage(&world, Hearing::Notice), Some(Stage::Dismissed));
        assert_eq!(of_one(&world).status, Status::Awarded);
    }
}

#[test]
fn an_appeal_is_once_and_in_time_and_before_another_panel() {
    let mut world = upheld();
    assert_eq!(world.wish(appeal(1, 4)), Err(Refusal::NotClaimant));
    let mut late = world.clone();
    late.now = MORNING + 20 * DAY;
    let closed_at = at(MORNING + 8 * DAY + 15 * HOUR);
    assert_eq!(late.wish(appeal(1, 3)), Err(Refusal::AppealClosed { closed_at }));
    // Its time was filled meanwhile.
    let mut busy = world.clone();
    busy.wish(submit(claim(2, resident(3), "CLEAN", MORNING, MORNING + HOUR))).unwrap();
    assert!(matches!(busy.wish(appeal(1, 3)), Err(Refusal::Overlaps { .. })));
    world.wish(appeal(1, 3)).unwrap();
    assert_eq!(world.wish(appeal(1, 3)), Err(Refusal::AppealedOnce));
    let taken = world.wish(submit(claim(2, resident(3), "CLEAN", MORNING, MORNING + HOUR)));
    assert!(matches!(taken, Err(Refusal::Overlaps { .. })), "{taken:?}");
    let sat = world.wish(convene(1, LEADER, &PANEL));
    assert_eq!(sat, Err(tied(1, Tie::SatBefore)));
    world.wish(convene(1, LEADER, &OTHER_PANEL)).unwrap();
    for (ruling, status, stage_then) in [
        (Ruling::Uphold, Status::Awarded, Stage::Upheld),
        (Ruling::Dismiss, Status::Rejected, Stage::Dismissed),
    ] {
        let mut world = world.clone();
        for member in &OTHER_PANEL[..2] {
            world.wish(vote(1, *member, ruling)).unwrap();
        }
        world.let_due_happen();
        assert_eq!(
            (of_one(&world).status, stage(&world, Hearing::Appeal)),
            (status, Some(stage_then))
        );
        assert_eq!(world.state.check_laws(), Ok(()));
        assert!(world.wish(appeal(1, 3)).is_err(), "once");
    }
}

/// An officer's rejection that is lifted leaves the contribution where it was, and nobody rejects it
/// twice.
#[test]
fn what_an_officer_rejected_waits_for_verification_again() {
    let mut world = noticed_world();
    world.now += HOUR;
    world.wish(submit(claim(1, resident(3), "CLEAN", MORNING, world.now))).unwrap();
    world.wish(reject(1, GRID_OFFICER)).unwrap();
    world.wish(appeal(1, 3)).unwrap();
    assert_eq!(
        world.wish(convene(1, GRID_OFFICER, &PANEL)),
        Err(Refusal::LevelTooLow { needed: Level::Community, found: Level::Grid })
    );
    let decider = [neighbour(5), neighbour(7), Member::Officer(GRID_OFFICER)];
    assert_eq!(world.wish(convene(1, STREET_OFFICER, &decider)), Err(tied(3, Tie::Decider)));
    world.wish(convene(1, STREET_OFFICER, &PANEL)).unwrap();
    for member in &PANEL[..2] {
        world.wish(vote(1, *member, Ruling::Uphold)).unwrap();
    }
    assert_eq!(of_one(&world).status, Status::Pending);
    assert_eq!(world.wish(reject(1, GRID_OFFICER)), Err(Refusal::Reinstated));
    world.wish(verify(1, GRID_OFFICER)).unwrap();
    assert_eq!(of_one(&world).status, Status::Awarded);
}

#[test]
fn an_act_by_two_levels_keeps_what_was_assessed() {
    let mut world = noticed_world();
    world.now += HOUR;
    world.wish(submit(claim(1, resident(3), "DEED", MORNING, world.now))).unwrap();
    world.wish(verify(1, GRID_OFFICER)).unwrap();
    let (contribution, officer) = (contribution(1), STREET_OFFICER);
    let word =
        Verification { contribution, officer, assessed: Some(points("37.5")), difficulty: None };
    world.wish(contribution::Command::Verify(word)).unwrap();
    assert_eq!(of_one(&world).status, Status::OnNotice);
    world.now += 4 * DAY;
    world.let_due_happen();
    assert_eq!(world.available(resident(3)), points("37.5"));
}

/// Two points of an hour learnt, one and a half spent on a haircut, and reversed by mistake.
fn reversed() -> World {
    let mut world = noticed_world();
    world.serve(1, resident(3), "LEARN");
    world.now += 4 * DAY;
    world.let_due_happen();
    let cut = basket(1, resident(3), STATION, &[(HAIRCUT, 1)]);
    world.wish(linli_domain::redemption::Command::Sell(cut)).unwrap();
    world.wish(reverse(1, STREET_OFFICER)).unwrap();
    world
}

#[test]
fn a_reversal_that_a_panel_finds_wrong_is_undone_with_what_is_owed() {
    let mut world = reversed();
    let wallet = |world: &World| world.state.residents().get(resident(3)).unwrap().clone();
    let before = wallet(&world);
    assert_eq!(
        (before.wallet.available.points, before.wallet.receivable.points),
        (points("0"), points("1.5"))
    );
    assert_eq!(before.merit, linli_domain::quantity::Merit::ZERO);
    world.wish(appeal(1, 3)).unwrap();
    assert_eq!(world.wish(convene(1, STREET_OFFICER, &OTHER_PANEL)), Err(tied(0, Tie::Decider)));
    world.wish(convene(1, LEADER, &OTHER_PANEL)).unwrap();
    let mut dismissed = world.clone();
    for (world, ruling) in [(&mut world, Ruling::Uphold), (&mut dismissed, Ruling::Dismiss)] {
        for member in &OTHER_PANEL[..2] {
            world.wish(vote(1, *member, ruling)).unwrap();
        }
        world.let_due_happen();
        assert_eq!(world.state.check_laws(), Ok(()));
    }
    let after = wallet(&world);
    assert_eq!((of_one(&world).status, after.minutes), (Status::Awarded, Minutes::new(60)));
    let sums = (after.wallet.available.points, after.wallet.receivable.points);
    assert_eq!(sums, (points("0.5"), points("0")));
    assert_eq!(of_one(&dismissed).status, Status::Reversed);
    assert_eq!(wallet(&dismissed).wallet.receivable.points, points("1.5"));
    // Reversed once more, it stands at what it stood at: what was spent is owed.
    world.wish(reverse(1, LEADER)).unwrap();
    assert_eq!(wallet(&world).wallet.receivable.points, points("1.5"));
    assert_eq!(world.wish(appeal(1, 3)), Err(Refusal::AppealedOnce));
}
