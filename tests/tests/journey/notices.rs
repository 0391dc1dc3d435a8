//! Public notice: silence awards, an objection goes before a panel, and an appeal before another.

use linli_api::Id;
use linli_api::contribution::{
    ContributionStatus, RejectReason, ReversalReason, ReverseContribution, VerifyContribution,
};
use linli_api::fact::Fact;
use linli_api::notice::{
    AppealFor, CastResidentVote, CastVote, ConvenePanel, Hearing, HearingOutcome, NoticeStage,
    ObjectToNotice, PanelMember, Ruling,
};
use linli_api::redemption::Basket;
use linli_api::wallet::{Side, StatementKind};
use linli_tests::{Person, Place, TestSystem, Wish};

use crate::audited;

/// Eight days: five working days from the evening of Wednesday, 5 March 2025, and some hours.
const PAST_THE_NOTICE_MINUTES: i64 = 8 * 24 * 60;

/// A deed of this person for which two levels have given their word; it is on notice.
async fn noticed(place: &Place, person: &Person, points: &str) -> Id {
    let contribution = place.submit(&place.claim(person, "OC-1", 5)).await.unwrap();
    let (plain, word) = (
        VerifyContribution::default(),
        VerifyContribution { assessed: Some(points.into()), difficulty: None },
    );
    let key = |level: &str| format!("{level}-{contribution}");
    let (grid, community) = (&place.officers.grid, &place.officers.community);
    grid.verify_contribution(&key("grid"), &contribution, &plain).await.unwrap();
    let told = community.verify_contribution(&key("community"), &contribution, &word).await;
    let told = told.unwrap().body.changed;
    assert_eq!((told.status, told.award), (ContributionStatus::OnNotice, None));
    let notice = told.notice.unwrap();
    // Thursday, Friday, Monday, Tuesday, Wednesday.
    assert_eq!(notice.until.as_str(), "2025-03-12T16:00:00.000000Z");
    assert_eq!(notice.expected.as_str(), format!("{points}.00"));
    contribution
}

async fn available(place: &Place, person: &Person) -> String {
    let shop = place.shop.api.after(place.head().await.unwrap());
    shop.wallet(&person.resident).await.unwrap().body.available.to_string()
}

/// The stage after a resident's vote, and its last record.
async fn vote(
    place: &Place,
    contribution: &Id,
    person: &Person,
    vote: Ruling,
) -> (NoticeStage, u64) {
    let body = CastResidentVote { resident: person.resident.clone(), vote };
    let key = place.key("vote");
    let told = place.partner.vote_as_resident(&key, contribution, &body).await.unwrap().body;
    (told.changed.stage, told.last)
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_awards_an_objection_rejects_and_an_appeal_awards_after_all() {
    let system = TestSystem::start().await.unwrap();
    let place = system.found(Wish { crowd: 4 }).await.unwrap();
    let (chen, wang, quiet) = (&place.people.chen, &place.people.wang, &place.crowd[3]);
    let from = place.claim(wang, "PW-1", 60).ended_at;
    place.operator.publish_rules("gulou", linli_profile::GULOU, &from, None).await.unwrap();
    place.let_pass(1).await.unwrap();

    let deed = noticed(&place, chen, "37").await;
    let quiet_deed = noticed(&place, quiet, "40").await;
    assert_eq!(available(&place, chen).await, "0.00");

    // The public list has no names, but of those who are shown in the rankings by their own wish.
    place.partner.join_ranking("joins", &chen.resident).await.unwrap();
    let head = place.head().await.unwrap();
    let list = place.shop.api.after(head).notices(None, false, None).await.unwrap().body.items;
    let told: Vec<_> = list.iter().map(|one| (&one.contribution, one.resident.as_ref())).collect();
    assert_eq!(told, [(&quiet_deed, None), (&deed, Some(&chen.resident))]);

    let objection =
        ObjectToNotice { resident: wang.resident.clone(), reason: RejectReason::NotDone };
    let own = ObjectToNotice { resident: chen.resident.clone(), ..objection.clone() };
    let refused = place.partner.object("own", &deed, &own).await.unwrap_err();
    assert_eq!(refused.problem().unwrap().name(), "own-contribution");
    place.partner.object("wang", &deed, &objection).await.unwrap();
    let refused = place.partner.object("twice", &deed, &objection).await.unwrap_err();
    assert_eq!(refused.problem().unwrap().name(), "objected-already");

    place.let_pass(PAST_THE_NOTICE_MINUTES).await.unwrap();
    assert_eq!(available(&place, quiet).await, "40.00");
    assert_eq!(available(&place, chen).await, "0.00");

    // A panel of people who have nothing to do with it.
    let (leaving, officer) = &place.officers.leaving;
    let resident = |person: &Person| PanelMember::Resident(person.resident.clone());
    let (idle, kin) = (&place.people.idle, &place.people.li_kin);
    let street = &place.officers.street;
    let tied = vec![PanelMember::Officer(leaving.clone()), resident(idle), resident(wang)];
    let refused = street.convene_panel("tied", &deed, &ConvenePanel { members: tied }).await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.problem().unwrap().name(), "panel-member-tied");
    assert_eq!(refused.problem().unwrap().detail_en, "Member 3 objected to it.");
    let members = vec![PanelMember::Officer(leaving.clone()), resident(idle), resident(kin)];
    street.convene_panel("panel", &deed, &ConvenePanel { members }).await.unwrap();
    let head = place.head().await.unwrap();
    let duties = officer.after(head).panel_duties().await.unwrap().body.hearings;
    assert_eq!(duties.iter().map(|one| &one.contribution).collect::<Vec<_>>(), [&deed]);

    officer.vote("first", &deed, &CastVote { vote: Ruling::Uphold }).await.unwrap();
    let stranger = CastResidentVote { resident: wang.resident.clone(), vote: Ruling::Dismiss };
    let refused = place.partner.vote_as_resident("stranger", &deed, &stranger).await.unwrap_err();
    assert_eq!(refused.problem().unwrap().name(), "not-on-panel");
    assert_eq!(vote(&place, &deed, idle, Ruling::Uphold).await.0, NoticeStage::Upheld);
    let head = place.head().await.unwrap();
    let file = place.partner.after(head).contribution(&deed).await.unwrap().body;
    assert_eq!(
        (file.status, file.reason),
        (ContributionStatus::Rejected, Some(RejectReason::NotDone))
    );

    // The claimant appeals, once; three others decide.
    let appeal = AppealFor { resident: chen.resident.clone() };
    let told = place.partner.appeal("appeal", &deed, &appeal).await.unwrap().body.changed;
    assert_eq!((told.hearing, told.stage), (Hearing::Appeal, NoticeStage::Contested));
    let members = place.crowd[..3].iter().map(resident).collect();
    street.convene_panel("other", &deed, &ConvenePanel { members }).await.unwrap();
    let (stage, _) = vote(&place, &deed, &place.crowd[0], Ruling::Uphold).await;
    assert_eq!(stage, NoticeStage::Contested);
    let (stage, decided) = vote(&place, &deed, &place.crowd[2], Ruling::Uphold).await;
    assert_eq!(stage, NoticeStage::Upheld);
    place.let_pass(1).await.unwrap();
    assert_eq!(available(&place, chen).await, "37.00");
    let head = place.head().await.unwrap();
    let file = place.partner.after(head).contribution(&deed).await.unwrap().body;
    assert_eq!(file.status, ContributionStatus::Awarded);
    let again = place.partner.appeal("again", &deed, &appeal).await.unwrap_err();
    assert_eq!(again.problem().unwrap().name(), "appealed-once");

    let file = place.partner.after(head).notice(&deed).await.unwrap().body;
    let stages: Vec<_> = file.hearings.iter().map(|one| (one.hearing, one.stage)).collect();
    assert_eq!(
        stages,
        [(Hearing::Notice, NoticeStage::Upheld), (Hearing::Appeal, NoticeStage::Upheld)]
    );
    assert_eq!((file.objections.len(), file.panel.len()), (1, 6));
    let record = place.auditor.log_record(decided).await.unwrap().body;
    let Fact::HearingDecided(fact) = record.event else { panic!("{record:?}") };
    let decision = fact.decision.unwrap();
    assert_eq!((decision.outcome, decision.upholding), (HearingOutcome::Awarded, 2));
    a_reversal_is_undone(&place, quiet, &quiet_deed).await;
    audited(system, &place).await;
}

/// Fifteen of forty points are spent when the award is reversed; what is owed since is open to appeal.
async fn a_reversal_is_undone(place: &Place, quiet: &Person, deed: &Id) {
    let wish = linli_api::redemption::Wish { item: place.items.haircut.clone(), quantity: 1 };
    let resident = quiet.resident.clone();
    let basket = Basket {
        redemption: None,
        shift: None,
        shown: None,
        resident: Some(resident.clone()),
        items: vec![wish],
    };
    place.shop.api.sell("cut", &basket).await.unwrap();
    let why = ReverseContribution { reason: ReversalReason::Mistake };
    let reversed = place.officers.leaving.1.reverse_contribution("back", deed, &why).await.unwrap();
    let told = reversed.body.changed;
    assert_eq!((told.returned.as_str(), told.owed.as_str()), ("25.00", "15.00"));
    place.partner.appeal("owed", deed, &AppealFor { resident: resident.clone() }).await.unwrap();
    let panel = [&place.people.idle, &place.people.li_kin, &place.crowd[0]];
    let members = panel.map(|one| PanelMember::Resident(one.resident.clone())).into();
    let street = &place.officers.street;
    street.convene_panel("third", deed, &ConvenePanel { members }).await.unwrap();
    for person in &panel[..2] {
        vote(place, deed, person, Ruling::Uphold).await;
    }
    place.let_pass(1).await.unwrap();
    let shop = place.shop.api.after(place.head().await.unwrap());
    let wallet = shop.wallet(&resident).await.unwrap().body;
    assert_eq!((wallet.available.as_str(), wallet.receivable.as_str()), ("25.00", "0.00"));
    let merit = shop.merit(&resident).await.unwrap().body;
    assert_eq!(merit.merit.as_str(), "120.00");
    let lines = shop.statement(&resident, 50, None).await.unwrap().body.items;
    let restored: Vec<_> = lines
        .iter()
        .filter(|line| line.kind == StatementKind::Restored)
        .map(|line| (line.side, line.amount.as_str()))
        .collect();
    assert_eq!(restored, [(Side::Receivable, "-15.00"), (Side::Available, "25.00")]);
}
