//! Mediation: a table of several bodies, an agreement that was broken after its points were spent, and a
//! dispute that pays once.

use linli_api::contribution::{ContributionStatus, Grade, Signal, VerifyContribution};
use linli_api::fact::Fact;
use linli_api::mediation::{
    CaseChanged, CasePay, CaseStatus, CaseStep, DisputeKind, EnterSession, JoinTable,
    MediatingBody, MediationTier, OpenCase,
};
use linli_api::receipt::Receipt;
use linli_api::redemption::{Basket, Wish};
use linli_api::{Client, ClientError, Hash, Id};
use linli_tests::{Person, Place, TestSystem, mediated_rules};

use crate::{audited, refused};

/// A small place by whose rules the acts of mediation come from cases alone.
async fn place() -> (TestSystem, Place) {
    let (system, place) = crate::place().await;
    let from = place.minutes_from_now(-4 * 24 * 60);
    place.operator.publish_rules("mediated", &mediated_rules(), &from, None).await.unwrap();
    (system, place)
}

fn sealed(byte: &str) -> Hash {
    byte.repeat(32).as_str().into()
}

fn case(place: &Place, kind: DisputeKind, parties: &[&Person]) -> OpenCase {
    let parties = parties.iter().map(|party| party.resident.clone()).collect();
    let (case, grid) = (None, place.areas.grid.clone());
    OpenCase { case, kind, grid, parties, again: None, estate: None }
}

async fn open(place: &Place, officer: &Client, body: &OpenCase) -> CaseChanged {
    officer.open_case(&place.key("case"), body).await.unwrap().body.changed
}

fn seat(body: MediatingBody, resident: Option<&Person>) -> JoinTable {
    let resident = resident.map(|person| person.resident.clone());
    JoinTable { mediator: None, body, resident, officer: None }
}

async fn join(place: &Place, case: &Id, body: &JoinTable) -> Id {
    let joined = place.officers.grid.join_table(&place.key("join"), case, body).await.unwrap();
    joined.body.changed.mediator.unwrap()
}

/// An hour in the days before, with minutes.
fn session(place: &Place, sat: &[&Id]) -> EnterSession {
    let (start, ends_at) = place.interval(60);
    let sat = sat.iter().map(|id| (*id).clone()).collect();
    EnterSession { start, ends_at, sat, minutes: Some(sealed("ab")) }
}

async fn step(
    place: &Place,
    officer: &Client,
    case: &Id,
    step: &CaseStep,
) -> Result<Receipt<CaseChanged>, ClientError> {
    Ok(officer.step_case(&place.key("step"), case, step).await?.body)
}

const fn settle(tier: MediationTier, agreement: Option<Hash>) -> CaseStep {
    CaseStep::Settle { tier, agreement }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_settlement_is_broken_after_its_points_were_spent() {
    let (system, place) = place().await;
    let (people, officers) = (&place.people, &place.officers);
    let (grid, community, street) = (&officers.grid, &officers.community, &officers.street);
    let noise = case(&place, DisputeKind::Noise, &[&people.assisted, &people.idle]);
    let own = case(&place, DisputeKind::Noise, &[&people.li_kin, &people.idle]);
    assert_eq!(refused(officers.li.open_case("own", &own).await), "same-household");
    assert_eq!(refused(officers.other_grid.open_case("far", &noise).await), "outside-authority");
    let opened = open(&place, grid, &noise).await;
    let first = opened.case.clone();
    assert_eq!((opened.status, opened.dispute), (Some(CaseStatus::Open), Some(first.clone())));

    // Party member, resident, police.
    let chen = join(&place, &first, &seat(MediatingBody::Party, Some(&people.chen))).await;
    let wang = join(&place, &first, &seat(MediatingBody::Resident, Some(&people.wang))).await;
    let police = join(&place, &first, &seat(MediatingBody::Police, None)).await;
    let party = seat(MediatingBody::Resident, Some(&people.assisted));
    assert_eq!(refused(grid.join_table("party", &first, &party).await), "party-mediates");
    let early = step(&place, grid, &first, &settle(MediationTier::Oral, None)).await;
    assert_eq!(refused(early), "nobody-sat");
    let held = session(&place, &[&police, &chen, &wang]);
    grid.enter_session("sat", &first, &held).await.unwrap();

    // Nothing else gives the act, and the time is taken.
    let bare = place.claim(&people.li_kin, "ME-2", 60);
    assert_eq!(refused(place.partner.submit_contribution("bare", &bare).await), "only-by-case");
    let mut elsewhere = place.claim(&people.chen, "PW-1", 60);
    (elsewhere.started_at, elsewhere.ended_at) = (held.start.clone(), held.ends_at.clone());
    assert_eq!(refused(place.partner.submit_contribution("there", &elsewhere).await), "overlaps");

    let unwritten = settle(MediationTier::Difficult, None);
    assert_eq!(refused(step(&place, grid, &first, &unwritten).await), "agreement-needed");
    let written = settle(MediationTier::Difficult, Some(sealed("cd")));
    let settled = step(&place, grid, &first, &written).await.unwrap();
    assert_eq!(settled.changed.pay, Some(CasePay::Follows));
    // One each for those who volunteer, and none for the police.
    assert_eq!(settled.changed.contributions, [chen.clone(), wang.clone()]);
    let file = grid.after(settled.last).contribution(&chen).await.unwrap().body;
    assert_eq!((file.status, file.grade), (ContributionStatus::Pending, Grade::B));
    assert_eq!(file.signals, [Signal::PaperSheet, Signal::CaseEnded]);
    let word = VerifyContribution::default();
    let mut last = 0;
    for id in [&chen, &wang] {
        grid.verify_contribution(&place.key("word"), id, &word).await.unwrap();
        let decided = community.verify_contribution(&place.key("word"), id, &word).await.unwrap();
        let award = decided.body.changed.award.unwrap();
        assert_eq!((award.points.as_str(), award.merit.as_str()), ("8.00", "14.40"));
        last = decided.body.last;
    }

    // The same households again, about the same: it pays no more.
    let again = open(&place, grid, &noise).await;
    assert_eq!(again.dispute, Some(first.clone()));
    let seated = join(&place, &again.case, &seat(MediatingBody::Party, Some(&people.li_kin))).await;
    grid.enter_session("sat-2", &again.case, &session(&place, &[&seated])).await.unwrap();
    let settled =
        step(&place, grid, &again.case, &settle(MediationTier::Oral, None)).await.unwrap();
    assert_eq!(settled.changed.pay, Some(CasePay::PaidBefore));
    assert!(settled.changed.contributions.is_empty());

    // Chen spends it all; then the agreement is broken.
    let wish = Wish { item: place.items.salt.clone(), quantity: 16 };
    let resident = people.chen.resident.clone();
    let basket = Basket {
        redemption: None,
        shift: None,
        resident: Some(resident),
        shown: None,
        items: vec![wish],
    };
    place.shop.api.after(last).sell("salt", &basket).await.unwrap();
    let vouched = step(&place, community, &first, &CaseStep::Break {}).await;
    assert_eq!(refused(vouched), "own-word");
    let broken = step(&place, street, &first, &CaseStep::Break {}).await.unwrap();
    assert_eq!(broken.changed.reversed, [chen.clone(), wang]);
    let shop = place.shop.api.after(broken.last);
    let mut stand = Vec::new();
    for person in [&people.chen, &people.wang] {
        let wallet = shop.wallet(&person.resident).await.unwrap().body;
        stand.push((wallet.available.to_string(), wallet.receivable.to_string()));
    }
    let amounts = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    assert_eq!(stand, [amounts("0.00", "8.00"), amounts("0.00", "0.00")]);
    let twice = step(&place, street, &first, &CaseStep::Break {}).await;
    assert_eq!(refused(twice), "case-stage");

    // Staff and auditors see the case; nobody else does.
    let seen = grid.after(broken.last).case(&first).await.unwrap().body;
    assert_eq!(
        (seen.case.status, seen.case.tier),
        (CaseStatus::Broken, Some(MediationTier::Difficult))
    );
    assert_eq!((seen.parties.len(), seen.table.len(), seen.sessions.len()), (2, 3, 1));
    assert_eq!((seen.sessions[0].sat.len(), seen.case.agreement), (3, Some(sealed("cd"))));
    assert_eq!(refused(place.partner.case(&first).await), "scope-missing");
    let area = &place.areas.community;
    let list = grid.cases(area, Some("broken"), None).await.unwrap().body.items;
    assert_eq!(list.iter().map(|it| &it.case).collect::<Vec<_>>(), [&first]);
    let all = place.auditor.cases(area, None, None).await.unwrap().body.items;
    assert_eq!(all.iter().map(|it| &it.case).collect::<Vec<_>>(), [&again.case, &first]);
    let record = place.auditor.log_record(broken.first).await.unwrap().body;
    assert!(matches!(record.event, Fact::CaseMoved(_)), "{record:?}");
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn unsettled_work_has_its_part_and_a_simple_case_pays_when_it_is_kept() {
    let (system, place) = place().await;
    let (people, grid) = (&place.people, &place.officers.grid);
    let word = VerifyContribution::default();

    let water = case(&place, DisputeKind::Water, &[&people.assisted, &people.idle]);
    let case_id = open(&place, grid, &water).await.case;
    let chen = join(&place, &case_id, &seat(MediatingBody::Party, Some(&people.chen))).await;
    grid.enter_session("sat", &case_id, &session(&place, &[&chen])).await.unwrap();
    let close = CaseStep::Close { tier: MediationTier::Oral };
    let closed = step(&place, grid, &case_id, &close).await.unwrap().changed;
    assert_eq!((closed.status, closed.pay), (Some(CaseStatus::Unsettled), Some(CasePay::Follows)));
    let decided = grid.verify_contribution("w1", &chen, &word).await.unwrap().body.changed;
    let award = decided.award.unwrap();
    assert_eq!((award.points.as_str(), award.merit.as_str()), ("0.60", "0.90"));
    let part = "the case ended unsettled, which is worth 0.3 of the base points = 0.6";
    assert!(award.explanation.iter().any(|line| line.en == part), "{:?}", award.explanation);
    // Settled after all: paid for already.
    step(&place, grid, &case_id, &CaseStep::Reopen {}).await.unwrap();
    let settled = step(&place, grid, &case_id, &settle(MediationTier::Oral, None)).await.unwrap();
    assert_eq!(settled.changed.pay, Some(CasePay::PaidBefore));

    let parking = case(&place, DisputeKind::Parking, &[&people.assisted, &people.idle]);
    let case_id = open(&place, grid, &parking).await.case;
    let wang = join(&place, &case_id, &seat(MediatingBody::Resident, Some(&people.wang))).await;
    grid.enter_session("sat-2", &case_id, &session(&place, &[&wang])).await.unwrap();
    let written = settle(MediationTier::Simple, Some(sealed("ef")));
    let settled = step(&place, grid, &case_id, &written).await.unwrap().changed;
    assert_eq!((settled.pay, settled.contributions.len()), (Some(CasePay::OncePerformed), 0));
    let kept = step(&place, grid, &case_id, &CaseStep::Perform {}).await.unwrap().changed;
    assert_eq!((kept.pay, kept.contributions), (Some(CasePay::Follows), vec![wang.clone()]));
    // The officer who sat has no word on it; this one did not.
    let decided = grid.verify_contribution("w2", &wang, &word).await.unwrap().body.changed;
    assert_eq!(decided.award.unwrap().points.as_str(), "5.00");
    audited(system, &place).await;
}
