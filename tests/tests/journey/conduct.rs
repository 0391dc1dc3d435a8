//! Story 2: two neighbours confirm each other daily, and a check holds it until somebody has looked.

use linli_api::aid::{AidKind, AidStatus, AidStep, Help, OpenAid, TakeAidStep};
use linli_api::conduct::{ReviewContribution, SignKind};
use linli_api::contribution::{ContributionStatus, RejectReason, VerifyContribution};
use linli_api::fact::Fact;
use linli_api::receipt::Receipt;
use linli_api::{Id, aid::AidChanged};
use linli_tests::{Person, Place};

use crate::{audited, place};

/// One helps the other for an hour, and both say so.
async fn help(place: &Place, asks: &Person, helps: &Person) -> Receipt<AidChanged> {
    let opening = OpenAid {
        aid: None,
        kind: AidKind::Ask,
        resident: asks.resident.clone(),
        help: Help::Errand,
        grid: place.areas.grid.clone(),
        estate: None,
    };
    let aid = place.partner.open_aid(&place.key("ask"), &opening).await.unwrap().body.changed.aid;
    let step = async |who: &Person, act: AidStep| {
        let body = TakeAidStep { resident: who.resident.clone(), act };
        place.partner.take_aid_step(&place.key("step"), &aid, &body).await.unwrap().body
    };
    step(helps, AidStep::Match {}).await;
    let (started_at, ended_at) = place.interval(60);
    step(helps, AidStep::Finish { started_at, ended_at }).await;
    step(asks, AidStep::Confirm {}).await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_confirm_each_other_daily_are_held_until_somebody_has_looked() {
    let (system, place) = place().await;
    let (chen, wang) = (&place.people.chen, &place.people.wang);
    // Days and not weeks: the same rules, and a ring after two each way.
    let rules = linli_profile::GULOU.replace("ring = { times = 6,", "ring = { times = 2,");
    let from = place.claim(&place.people.li, "PW-1", 60).started_at;
    place.operator.publish_rules("checked", &rules, &from, None).await.unwrap();
    place.let_pass(1).await.unwrap();
    for round in 0..3 {
        let (asks, helps) = if round % 2 == 0 { (chen, wang) } else { (wang, chen) };
        let told = help(&place, asks, helps).await.changed;
        assert_eq!((told.status, told.held.len()), (AidStatus::Confirmed, 0), "{round}");
        assert!(told.award.is_some(), "{round}");
        place.let_pass(24 * 60).await.unwrap();
    }
    let told = help(&place, wang, chen).await;
    let [sign] = told.changed.held.as_slice() else { panic!("{told:?}") };
    assert_eq!((sign.kind, &sign.residents[..]), (SignKind::Ring, &[wang.resident.clone()][..]));
    assert_eq!(sign.en, "each serves the next 2 times or more in 30 days, and the last the first");
    assert_eq!(told.changed.award, None, "nothing before somebody has looked");
    let contribution: Id = told.changed.contribution.clone().unwrap();

    // The community sees it, with the reason; whoever verifies can't go on without.
    let officer = place.officers.community.after(told.last);
    let queue = officer.holds(None).await.unwrap().body.items;
    let [hold] = queue.as_slice() else { panic!("{queue:?}") };
    assert_eq!((&hold.contribution, &hold.signs), (&contribution, &told.changed.held));
    let word = VerifyContribution::default();
    let refused = place.officers.grid.verify_contribution("word", &contribution, &word).await;
    assert_eq!(refused.unwrap_err().problem().unwrap().name(), "on-hold");
    let release = ReviewContribution::Release {};
    let refused = place.officers.grid.review("low", &contribution, &release).await.unwrap_err();
    assert_eq!(refused.problem().unwrap().name(), "level-too-low");
    let reason = RejectReason::NotEligible;
    let reject = ReviewContribution::Reject { reason };
    let reviewed = officer.review("look", &contribution, &reject).await.unwrap().body;
    assert_eq!(reviewed.changed.status, ContributionStatus::Rejected);
    let file = place.partner.after(reviewed.last).contribution(&contribution).await.unwrap().body;
    assert_eq!((file.status, file.reason), (ContributionStatus::Rejected, Some(reason)));
    assert_eq!(officer.after(reviewed.last).holds(None).await.unwrap().body.items, []);
    let record = place.auditor.log_record(told.last).await.unwrap().body;
    assert!(matches!(record.event, Fact::ConductHeld(_)), "{record:?}");

    // The next one is held as well, and somebody who finds nothing in it lets it go on to its award.
    let told = help(&place, wang, chen).await.changed;
    let contribution = told.contribution.unwrap();
    let released = officer.review("fine", &contribution, &release).await.unwrap().body.changed;
    assert_eq!(released.status, ContributionStatus::Awarded);
    assert_eq!(released.award.unwrap().act, "MA-1");
    audited(system, &place).await;
}
