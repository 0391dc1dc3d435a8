//! Hazards and their orders, whistles, mutual aid: told by residents and officers, and by the clock.

use linli_api::aid::{AidKind, AidStatus, AidStep, Help, OpenAid, TakeAidStep};
use linli_api::area::Level;
use linli_api::contribution::{
    Attachment, AttachmentKind, ContributionStatus, Signal, VerifyContribution,
};
use linli_api::hazard::{
    Dismissal, HazardChanged, HazardKind, HazardStatus, HazardStep, PauseState, ReportHazard,
    RuleOnAppeal, Ruling, Seriousness,
};
use linli_api::key::KeyKind;
use linli_api::officer::{AppointOfficer, Duty};
use linli_api::order::{FileStepKind, OrderStatus, OrderStep, OrderVerdict};
use linli_api::whistle::{BlowWhistle, WhistleKind, WhistleReply, WhistleStatus, WhistleStep};
use linli_api::{Client, Id};
use linli_tests::{Place, wait};

use crate::{audited, place, refused};

fn photo() -> Vec<Attachment> {
    vec![Attachment::of(AttachmentKind::Photo, "0d".repeat(32).into())]
}

/// A fire lane, at the place of this number.
fn hazard(place: &Place, reporter: &Id, spot: u8) -> ReportHazard {
    ReportHazard {
        hazard: None,
        reporter: reporter.clone(),
        kind: HazardKind::Fire,
        seriousness: Seriousness::Ordinary,
        area: place.areas.grid.clone(),
        place: format!("{spot:02x}").repeat(32).into(),
        seen_at: place.minutes_from_now(-30),
        evidence: photo(),
        estate: None,
    }
}

async fn report(place: &Place, reporter: &Id, spot: u8) -> HazardChanged {
    let body = hazard(place, reporter, spot);
    place.partner.report_hazard(&place.key("report"), &body).await.unwrap().body.changed
}

pub async fn appoint(place: &Place, duty: Duty, area: &Id) -> (Id, Client) {
    let body = AppointOfficer { officer: None, duty, area: area.clone(), resident: None };
    let key = place.key("office");
    let officer = place.operator.appoint_officer(&key, &body).await.unwrap().body.changed.id;
    let client = place.hand(KeyKind::Staff, &key, Some(&officer)).await.unwrap().1;
    (officer, client)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_hazard_three_reports_and_the_first_is_rewarded_at_the_end() {
    let (system, place) = place().await;
    let [chen, wang, idle] =
        [&place.people.chen, &place.people.wang, &place.people.idle].map(|who| &who.resident);
    let bare = place.claim(&place.people.chen, "HZ-1", 20);
    assert_eq!(refused(place.partner.submit_contribution("bare", &bare).await), "only-by-order");
    let first = report(&place, chen, 1).await;
    assert_eq!((first.status, &first.merged_into), (HazardStatus::Reported, &None));
    for other in [wang, idle] {
        let linked = report(&place, other, 1).await;
        assert_eq!(linked.status, HazardStatus::Merged);
        assert_eq!(linked.merged_into.as_ref(), Some(&first.hazard));
    }
    let (id, grid) = (&first.hazard, &place.officers.grid);
    let verify = HazardStep::Verify { seriousness: Seriousness::Ordinary };
    let verified = grid.judge_hazard("verify", id, &verify).await.unwrap().body;
    assert_eq!(verified.changed.order.as_ref(), Some(id));

    let reader = grid.after(verified.last);
    let open = reader.open_orders(Some(&place.areas.grid), None, None).await.unwrap().body.items;
    let [order] = open.as_slice() else { panic!("{open:?}") };
    assert_eq!((order.status, order.level), (OrderStatus::Dispatched, Level::Grid));

    grid.handle_order("accept", id, &OrderStep::Accept {}).await.unwrap();
    let close = OrderStep::Close { evidence: photo() };
    assert_eq!(refused(place.officers.li.handle_order("x", id, &close).await), "not-handler");
    grid.handle_order("close", id, &close).await.unwrap();
    let done = OrderStep::Check { verdict: OrderVerdict::Done };
    assert_eq!(refused(grid.handle_order("own", id, &done).await), "handler-checks");
    let not_done = OrderStep::Check { verdict: OrderVerdict::NotDone };
    let community = &place.officers.community;
    community.handle_order("back", id, &not_done).await.unwrap();
    grid.handle_order("again", id, &close).await.unwrap();
    let checked = community.handle_order("done", id, &done).await.unwrap().body;
    let award = checked.changed.award.unwrap();
    assert_eq!((&award.resident, award.points.as_str()), (chen, "2.00"));
    assert_eq!((award.act.as_str(), award.merit.as_str()), ("HZ-1", "2.40"));

    let after = place.partner.after(checked.last);
    let file = after.order_file(id).await.unwrap().body;
    assert_eq!(file.linked.len(), 2);
    assert_eq!(
        file.order.map(|order| (order.status, order.returns)),
        Some((OrderStatus::Checked, 1))
    );
    let steps: Vec<_> = file.steps.iter().map(|step| step.kind).collect();
    use FileStepKind::{Accepted, Checked, Closed, Opened, Reported, SentBack, Verified};
    assert_eq!(steps, [Reported, Verified, Opened, Accepted, Closed, SentBack, Closed, Checked]);
    let told = after.hazards_of(wang).await.unwrap().body.items;
    assert_eq!(told[0].merged_into.as_ref(), Some(id));
    for (who, points) in [(chen, "2.00"), (wang, "0.00"), (idle, "0.00")] {
        let wallet = place.shop.api.after(checked.last).wallet(who).await.unwrap().body;
        assert_eq!(wallet.available.as_str(), points);
    }
    let contribution = after.contribution(id).await.unwrap().body;
    assert_eq!(contribution.signals, [Signal::Photo, Signal::OrderChecked]);
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_day_holds_up_the_reward_and_never_the_order() {
    let (system, place) = place().await;
    let head = r#"{ duty = "building-head", hours = 60, points = "60" }"#;
    let grid = r#"{ duty = "full-time-grid-officer", hours = 1, points = "60" }"#;
    let bounded = linli_tests::plain_rules().replace(head, grid);
    let from = place.claim(&place.people.wang, "PW-1", 60).ended_at;
    place.operator.publish_rules("bounded", &bounded, &from, None).await.unwrap();
    place.serve(&place.people.wang, "PW-1", 60).await.unwrap();
    let (chen, grid) = (&place.people.chen.resident, &place.officers.grid);
    let id = report(&place, chen, 1).await.hazard;
    let verify = HazardStep::Verify { seriousness: Seriousness::Ordinary };
    let opened = grid.judge_hazard("verify", &id, &verify).await.unwrap().body.changed;
    assert_eq!(opened.order.as_ref(), Some(&id));
    grid.handle_order("accept", &id, &OrderStep::Accept {}).await.unwrap();
    let close = OrderStep::Close { evidence: photo() };
    grid.handle_order("close", &id, &close).await.unwrap();
    let done = OrderStep::Check { verdict: OrderVerdict::Done };
    let community = &place.officers.community;
    let checked = community.handle_order("done", &id, &done).await.unwrap().body;
    assert_eq!((checked.changed.status, &checked.changed.award), (OrderStatus::Checked, &None));
    let file = place.partner.after(checked.last).contribution(&id).await.unwrap().body;
    assert!(file.status == ContributionStatus::Pending && file.queued.is_some(), "{file:?}");
    let waiting = grid.after(checked.last).verification_queue(10, None).await.unwrap().body.items;
    assert_eq!(waiting.iter().map(|one| &one.contribution).collect::<Vec<_>>(), [&id]);
    let word = VerifyContribution::default();
    assert_eq!(refused(grid.verify_contribution("again", &id, &word).await), "queued");
    let said = community.verify_contribution("up", &id, &word).await.unwrap().body.changed;
    assert_eq!(said.award.unwrap().points.as_str(), "2.00");
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_nobody_takes_goes_up_by_itself() {
    let (system, place) = place().await;
    let id = report(&place, &place.people.chen.resident, 1).await.hazard;
    let verify = HazardStep::Verify { seriousness: Seriousness::Ordinary };
    place.officers.grid.judge_hazard("verify", &id, &verify).await.unwrap();
    // Four hours at the grid, eight at the community.
    place.let_pass(4 * 60 + 1).await.unwrap();
    let look = async |level: Level| {
        let file = place.partner.order_file(&id).await.ok()?.body;
        file.order.filter(|order| order.level == level)
    };
    let order = wait::until("it goes up", wait::LONG, async || look(Level::Community).await).await;
    assert_eq!(order.unwrap().escalations, 1);
    place.let_pass(8 * 60).await.unwrap();
    let order = wait::until("and on", wait::LONG, async || look(Level::SubDistrict).await).await;
    assert_eq!(order.unwrap().missed, 2);
    let accept = OrderStep::Accept {};
    assert_eq!(
        refused(place.officers.grid.handle_order("late", &id, &accept).await),
        "not-of-unit"
    );
    let taken = place.officers.street.handle_order("taken", &id, &accept).await.unwrap().body;
    assert_eq!(taken.changed.status, OrderStatus::Accepted);
    let street = place.partner.after(taken.last);
    let now = place.minutes_from_now(0);
    let late = street.open_orders(None, Some(now.as_str()), None).await.unwrap().body.items;
    assert_eq!(late, [], "its new clock runs");
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whistle_unanswered_after_an_hour_stands_before_the_district() {
    let (system, place) = place().await;
    let (_, leader) = appoint(&place, Duty::SubDistrictLeader, &place.areas.street).await;
    let (_, chief) = appoint(&place, Duty::SubDistrictChief, &place.areas.street).await;
    let (unit_id, unit) = appoint(&place, Duty::UnitOfficer, &place.areas.district).await;
    let wish =
        BlowWhistle { whistle: None, kind: WhistleKind::Tackle, called: unit_id, order: None };
    assert_eq!(refused(leader.blow_whistle("no", &wish).await), "leadership-only");
    let blown = chief.blow_whistle("blow", &wish).await.unwrap().body.changed;
    let id = &blown.whistle;
    let answer = |reply| WhistleStep::Answer { reply };
    assert_eq!(
        refused(unit.answer_whistle("x", id, &answer(WhistleReply::OnSite)).await),
        "whistle-stage"
    );
    place.let_pass(61).await.unwrap();
    let look = async || {
        let whistle = place.partner.whistle(id).await.ok()?.body;
        (whistle.level == Level::District).then_some(whistle)
    };
    let missed = wait::until("it is missed", wait::LONG, look).await.unwrap();
    assert_eq!((missed.status, missed.missed), (WhistleStatus::Blown, 1));
    let [_, step] = missed.steps.as_slice() else { panic!("{:?}", missed.steps) };
    assert_eq!((step.kind, &step.happened_at), (FileStepKind::ClockMissed, &missed.sign_by));
    let signed = unit.answer_whistle("sign", id, &answer(WhistleReply::Signed)).await.unwrap();
    assert!(signed.body.changed.late);
    for (key, reply) in [("talk", WhistleReply::InTouch), ("come", WhistleReply::OnSite)] {
        let answered = unit.answer_whistle(key, id, &answer(reply)).await.unwrap().body;
        assert!(!answered.changed.late);
    }
    let settled = leader.answer_whistle("end", id, &WhistleStep::Settle {}).await.unwrap().body;
    assert_eq!(settled.changed.status, WhistleStatus::Settled);
    let open = place.partner.after(settled.last).open_whistles().await.unwrap().body.whistles;
    assert_eq!(open, []);
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn neighbours_help_and_both_say_so() {
    let (system, place) = place().await;
    let people = &place.people;
    let open = async |kind, who: &Id| {
        let (resident, grid) = (who.clone(), place.areas.grid.clone());
        let body = OpenAid { aid: None, kind, resident, help: Help::Errand, grid, estate: None };
        place.partner.open_aid(&place.key("aid"), &body).await
    };
    let step = async |aid: &Id, who: &Id, act| {
        let body = TakeAidStep { resident: who.clone(), act };
        place.partner.take_aid_step(&place.key("step"), aid, &body).await
    };
    let finish = |minutes| {
        let (started_at, ended_at) = place.interval(minutes);
        AidStep::Finish { started_at, ended_at }
    };
    let (asks, helps) = (&people.idle.resident, &people.chen.resident);
    let asked = open(AidKind::Ask, asks).await.unwrap().body;
    let aid = &asked.changed.aid;
    let list = place.partner.after(asked.last).open_aids_in(&place.areas.community).await.unwrap();
    assert_eq!(list.body.items.iter().map(|one| &one.aid).collect::<Vec<_>>(), [aid]);
    step(aid, helps, AidStep::Match {}).await.unwrap();
    step(aid, helps, finish(120)).await.unwrap();
    assert_eq!(refused(step(aid, helps, AidStep::Confirm {}).await), "other-side-confirms");
    let confirmed = step(aid, asks, AidStep::Confirm {}).await.unwrap().body;
    let award = confirmed.changed.award.unwrap();
    assert_eq!((&award.resident, award.points.as_str()), (helps, "2.00"));
    // The pair has six hours a month: four are left.
    let offered = open(AidKind::Offer, helps).await.unwrap().body.changed.aid;
    step(&offered, asks, AidStep::Match {}).await.unwrap();
    step(&offered, asks, finish(300)).await.unwrap();
    let second = step(&offered, helps, AidStep::Confirm {}).await.unwrap().body.changed;
    assert_eq!(second.award.unwrap().points.as_str(), "4.00");

    assert_eq!(refused(open(AidKind::Wish, helps).await), "not-assisted");
    let wish = open(AidKind::Wish, &people.assisted.resident).await.unwrap().body.changed.aid;
    step(&wish, helps, AidStep::Match {}).await.unwrap();
    step(&wish, helps, finish(60)).await.unwrap();
    let told = step(&wish, &people.assisted.resident, AidStep::Confirm {}).await.unwrap().body;
    assert_eq!(told.changed.award, None, "an officer verifies a wish");
    let word = VerifyContribution::default();
    let fulfilled = told.changed.contribution.unwrap();
    let verified = place.officers.grid.verify_contribution("wish", &fulfilled, &word).await;
    assert_eq!(verified.unwrap().body.changed.award.unwrap().points.as_str(), "10.00");

    let open_one = open(AidKind::Ask, asks).await.unwrap().body.changed.aid;
    place.let_pass(14 * 24 * 60 + 1).await.unwrap();
    let look = async || {
        let aids = place.partner.aids_of(asks).await.unwrap().body.items;
        aids.into_iter().find(|one| one.aid == open_one && one.status == AidStatus::Lapsed)
    };
    wait::until("it lapses", wait::LONG, look).await.unwrap();
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_false_reports_pause_reporting_until_an_appeal() {
    let (system, place) = place().await;
    let wang = &place.people.wang.resident;
    for spot in 1..=3 {
        let id = report(&place, wang, spot).await.hazard;
        let judge = HazardStep::Dismiss { why: Dismissal::BadFaith };
        let said = place.officers.grid.judge_hazard(&place.key("no"), &id, &judge).await.unwrap();
        assert_eq!(said.body.changed.paused_until.is_some(), spot == 3);
    }
    let again = hazard(&place, wang, 4);
    assert_eq!(refused(place.partner.report_hazard("4", &again).await), "reporting-paused");
    let ruling = RuleOnAppeal { ruling: Ruling::Lifted };
    let community = &place.officers.community;
    assert_eq!(refused(community.rule_on_appeal("early", wang, &ruling).await), "no-appeal");
    let appealed = place.partner.appeal_pause("appeal", wang).await.unwrap().body;
    let told = place.partner.after(appealed.last).hazards_of(wang).await.unwrap().body;
    assert_eq!(told.pause.map(|pause| pause.state), Some(PauseState::Appealed));
    assert_eq!(
        refused(place.officers.li.rule_on_appeal("low", wang, &ruling).await),
        "level-too-low"
    );
    community.rule_on_appeal("lift", wang, &ruling).await.unwrap();
    place.partner.report_hazard("5", &again).await.unwrap();
    audited(system, &place).await;
}
