//! Estates: how they are managed, a committee whose term ends by itself, and their standing.

use linli_api::activity::{ComeIn, GoOut, PublishActivity, SignUp};
use linli_api::bulk::{Bulk, BulkItem};
use linli_api::client::RankingWish;
use linli_api::contribution::{
    Attachment, AttachmentKind, ReversalReason, ReverseContribution, VerifyContribution,
};
use linli_api::estate::{
    CommitteeMember, ElectCommittee, LeaveCommittee, ManagementForm, RegisterEstate, SetForm,
};
use linli_api::fact::Fact;
use linli_api::hazard::{HazardKind, HazardStep, ReportHazard, Seriousness};
use linli_api::order::{OrderStep, OrderVerdict};
use linli_api::ranking::{GroupKind, GroupOrder};
use linli_api::{Bilingual, Id};
use linli_tests::{Person, Place, wait};

use crate::{audited, place, refused};

const DAY: i64 = 24 * 60;

fn estate(area: &Id, name: &str, form: ManagementForm) -> RegisterEstate {
    RegisterEstate { estate: None, area: area.clone(), name: Bilingual::new(name, name), form }
}

fn committee(place: &Place, members: &[&Person], days: i64) -> ElectCommittee {
    let member = |person: &&Person| CommitteeMember::Resident(person.resident.clone());
    ElectCommittee {
        committee: None,
        members: members.iter().map(member).collect(),
        until: place.minutes_from_now(days * DAY),
    }
}

/// An hour of cleaning for an estate, verified.
async fn cleaned(place: &Place, person: &Person, estate: &Id) -> (Id, u64) {
    let mut claim = place.claim(person, "EN-1", 60);
    claim.estate = Some(estate.clone());
    let id = place.submit(&claim).await.unwrap();
    let word = VerifyContribution::default();
    let officer = &place.officers.grid;
    let decided = officer.verify_contribution(&place.key("word"), &id, &word).await.unwrap().body;
    assert_eq!(decided.changed.award.unwrap().estate.as_ref(), Some(estate));
    (id, decided.last)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_activity_and_a_hazard_count_for_the_estate_that_they_name() {
    let (system, place) = place().await;
    let (operator, grid, people) = (&place.operator, &place.officers.grid, &place.people);
    let yard = estate(&place.areas.grid, "Yard", ManagementForm::RedCommittee);
    let yard = operator.register_estate("yard", &yard).await.unwrap().body.changed.id;
    let lane = estate(&place.areas.other_grid, "Lane", ManagementForm::RedCommittee);
    let lane = operator.register_estate("lane", &lane).await.unwrap().body.changed.id;

    let clearing = |estate: &Id| PublishActivity {
        activity: None,
        team: None,
        act: "EN-1".to_owned(),
        grid: place.areas.grid.clone(),
        name: Bilingual::new("清理楼道", "Clearing the corridors"),
        start: place.minutes_from_now(10),
        ends_at: place.minutes_from_now(70),
        seats: 5,
        place: "0a".repeat(32).into(),
        alert: false,
        checkpoints: 0,
        estate: Some(estate.clone()),
    };
    assert_eq!(refused(grid.publish_activity("far", &clearing(&lane)).await), "estate-elsewhere");
    let published = grid.publish_activity("near", &clearing(&yard)).await.unwrap().body;
    let activity = published.changed.id;
    let shown = place.partner.after(published.last).activity(&activity).await.unwrap().body;
    assert_eq!(shown.estate.as_ref(), Some(&yard));
    let resident = people.chen.resident.clone();
    let body = SignUp { seat: None, activity: activity.clone(), resident };
    let signed = place.partner.sign_up("sign-up", &body).await.unwrap().body;
    let seat = signed.changed.seat;
    place.let_pass(5).await.unwrap();
    let come = ComeIn { code: None, place: Some("0a".repeat(32).into()) };
    place.partner.come_in("come", &seat, &come).await.unwrap();
    place.let_pass(66).await.unwrap();
    let go = GoOut { code: None, place: Some("0a".repeat(32).into()), scanned: Vec::new() };
    place.partner.go_out("go", &seat, &go).await.unwrap();
    let word = VerifyContribution::default();
    let cleared = grid.verify_contribution("word", &seat, &word).await.unwrap().body;
    assert_eq!(cleared.changed.award.unwrap().estate.as_ref(), Some(&yard));

    let report = |estate: &Id| ReportHazard {
        hazard: None,
        reporter: people.wang.resident.clone(),
        kind: HazardKind::Fire,
        seriousness: Seriousness::Ordinary,
        area: place.areas.grid.clone(),
        place: "0b".repeat(32).into(),
        seen_at: place.minutes_from_now(-30),
        evidence: vec![Attachment::of(AttachmentKind::Photo, "0d".repeat(32).into())],
        estate: Some(estate.clone()),
    };
    let far = place.partner.report_hazard("h-far", &report(&lane)).await;
    assert_eq!(refused(far), "estate-elsewhere");
    let seen = place.partner.report_hazard("h-near", &report(&yard)).await.unwrap().body.changed;
    let verify = HazardStep::Verify { seriousness: Seriousness::Ordinary };
    grid.judge_hazard("verify", &seen.hazard, &verify).await.unwrap();
    grid.handle_order("accept", &seen.hazard, &OrderStep::Accept {}).await.unwrap();
    let evidence = vec![Attachment::of(AttachmentKind::Photo, "0e".repeat(32).into())];
    grid.handle_order("close", &seen.hazard, &OrderStep::Close { evidence }).await.unwrap();
    let check = OrderStep::Check { verdict: OrderVerdict::Done };
    let community = &place.officers.community;
    let checked = community.handle_order("check", &seen.hazard, &check).await.unwrap().body;
    assert_eq!(checked.changed.award.unwrap().estate.as_ref(), Some(&yard));
    let file = place.partner.after(checked.last).order_file(&seen.hazard).await.unwrap().body;
    assert_eq!(file.hazard.unwrap().estate.as_ref(), Some(&yard));

    // One hour of cleaning and one hazard: 1 + 2.40.
    let board = place.partner.after(checked.last);
    let all = RankingWish::default();
    let board = board.group_ranking(GroupKind::Estate, GroupOrder::Merit, &all).await;
    let places = board.unwrap().body.places;
    let standing: Vec<_> = places.into_iter().map(|it| (it.group, it.merit.to_string())).collect();
    assert_eq!(standing, [(yard, "3.40".to_owned())]);
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_committee_sits_for_a_term_and_an_estate_stands_by_what_is_done_for_it() {
    let (system, place) = place().await;
    let (operator, people) = (&place.operator, &place.people);
    let yard = estate(&place.areas.grid, "Yard", ManagementForm::RedCommittee);
    let yard = operator.register_estate("yard", &yard).await.unwrap().body.changed.id;
    let others = [
        estate(&place.areas.community, "Court", ManagementForm::CommunityTrusteeship),
        estate(&place.areas.other_grid, "Lane", ManagementForm::PropertyEntrusted),
    ];
    let items = others.into_iter().map(|body| BulkItem { key: place.key("estate"), body });
    let bulk = Bulk { items: items.collect() };
    let answers = operator.register_estates(&bulk).await.unwrap().body.answers;
    assert_eq!(answers.len(), 2);
    let seen = operator.after(place.head().await.unwrap());
    let list = seen.estates(&place.areas.community, None, None).await.unwrap().body.items;
    let names: Vec<_> = list.iter().map(|estate| estate.name.en.as_str()).collect();
    assert_eq!(names, ["Yard", "Court", "Lane"]);
    let [court, lane] = [1, 2].map(|at| list[at].estate.clone());

    // Five to nine, of an estate that is managed so.
    let five = [&people.chen, &people.wang, &people.idle, &people.li, &people.assisted];
    let few = committee(&place, &five[..4], 30);
    assert_eq!(refused(operator.elect_committee("few", &yard, &few).await), "invalid-committee");
    let long = committee(&place, &five, 1_200);
    assert_eq!(refused(operator.elect_committee("long", &yard, &long).await), "invalid-term");
    let sits = committee(&place, &five, 30);
    let other = operator.elect_committee("other", &court, &sits).await;
    assert_eq!(refused(other), "not-red-committee");
    let elected = operator.elect_committee("elect", &yard, &sits).await.unwrap().body;
    let file = operator.after(elected.last).estate(&yard).await.unwrap().body;
    assert!(file.members.iter().all(|seat| seat.left_at.is_none()));
    let member = CommitteeMember::Resident(people.wang.resident.clone());
    let leave = LeaveCommittee { member };
    let left = operator.leave_committee("left", &yard, &leave).await.unwrap().body;
    let again = operator.leave_committee("again", &yard, &leave).await;
    assert_eq!(refused(again), "not-on-committee");
    let file = operator.after(left.last).estate(&yard).await.unwrap().body;
    assert_eq!((file.members.len(), file.estate.until), (5, Some(sits.until.clone())));
    let gone: Vec<_> =
        file.members.iter().filter(|seat| seat.left_at.is_some()).map(|it| it.place).collect();
    assert_eq!(gone, [2]);

    // What is done for an estate is its standing; a part of the district that it isn't in is refused.
    let mut elsewhere = place.claim(&people.chen, "EN-1", 60);
    elsewhere.estate = Some(lane);
    let outcome = place.partner.submit_contribution("elsewhere", &elsewhere).await;
    assert_eq!(refused(outcome), "estate-elsewhere");
    let (first, _) = cleaned(&place, &people.chen, &yard).await;
    cleaned(&place, &people.wang, &yard).await;
    let (_, last) = cleaned(&place, &people.li_kin, &court).await;
    let standing = async |last: u64| {
        let reader = place.partner.after(last);
        let board = reader
            .group_ranking(GroupKind::Estate, GroupOrder::Merit, &RankingWish::default())
            .await;
        let places = board.unwrap().body.places;
        places.into_iter().map(|it| (it.rank, it.group, it.merit.to_string())).collect::<Vec<_>>()
    };
    let row = |rank, estate: &Id, merit: &str| (rank, estate.clone(), merit.to_owned());
    assert_eq!(standing(last).await, [row(1, &yard, "2.00"), row(2, &court, "1.00")]);
    let file = place.partner.after(last).contribution(&first).await.unwrap().body;
    assert_eq!(file.estate.as_ref(), Some(&yard));
    let why = ReverseContribution { reason: ReversalReason::Mistake };
    let street = &place.officers.street;
    let back = street.reverse_contribution("back", &first, &why).await.unwrap().body.last;
    assert_eq!(standing(back).await.iter().filter(|(rank, ..)| *rank == 1).count(), 2);

    // The term ends by itself.
    place.let_pass(31 * DAY).await.unwrap();
    let ended = async || {
        let found = operator.estate(&yard).await.ok()?.body;
        (found.estate.committee.is_none() && found.members.is_empty()).then_some(())
    };
    wait::until("the term ends", wait::LONG, ended).await.unwrap();
    let form = SetForm { form: ManagementForm::HomeownerSelfRule };
    let set = operator.set_management_form("form", &yard, &form).await.unwrap().body;
    let owners = Some(ManagementForm::HomeownerSelfRule);
    let list = operator.after(set.last).estates(&place.areas.district, owners, None).await;
    assert_eq!(list.unwrap().body.items.len(), 1);
    let record = place.auditor.log_record(set.last).await.unwrap().body;
    assert!(matches!(record.event, Fact::EstateFormSet(_)), "{record:?}");
    audited(system, &place).await;
}
