//! Mutual aid between two neighbours who help each other, and rules by which nobody claims it alone.

use linli_api::aid::{AidKind, AidStep, Help, OpenAid, TakeAidStep};
use linli_api::award::Award;
use linli_api::estate::{ManagementForm, RegisterEstate};
use linli_api::{Bilingual, Id};
use linli_tests::{Place, plain_rules};

use crate::{audited, place, refused};

/// One asks for help in a grid, or in an estate of it.
fn ask(place: &Place, asks: &Id, estate: Option<&Id>) -> OpenAid {
    let (resident, grid) = (asks.clone(), place.areas.grid.clone());
    let estate = estate.cloned();
    OpenAid { aid: None, kind: AidKind::Ask, resident, help: Help::Errand, grid, estate }
}

/// One asks, the other helps for so many minutes, and both say so.
async fn help(place: &Place, asks: &Id, helps: &Id, minutes: i64) -> Award {
    help_in(place, None, (asks, helps), minutes).await
}

/// The same in an estate.
async fn help_in(
    place: &Place,
    estate: Option<&Id>,
    (asks, helps): (&Id, &Id),
    minutes: i64,
) -> Award {
    let body = ask(place, asks, estate);
    let aid = place.partner.open_aid(&place.key("aid"), &body).await.unwrap().body.changed.aid;
    let (started_at, ended_at) = place.interval(minutes);
    let steps = [
        (helps, AidStep::Match {}),
        (helps, AidStep::Finish { started_at, ended_at }),
        (asks, AidStep::Confirm {}),
    ];
    let mut award = None;
    for (who, act) in steps {
        let body = TakeAidStep { resident: who.clone(), act };
        let told = place.partner.take_aid_step(&place.key("step"), &aid, &body).await.unwrap();
        award = told.body.changed.award;
    }
    award.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_help_each_other_share_a_cap_and_nobody_claims_it_alone() {
    let (system, place) = place().await;
    let (chen, wang) = (&place.people.chen, &place.people.wang);
    let given = help(&place, &wang.resident, &chen.resident, 240).await;
    assert_eq!(given.points.as_str(), "4.00");
    // Two of the pair's six hours a month are left, whoever helps.
    let back = help(&place, &chen.resident, &wang.resident, 240).await;
    assert_eq!(back.points.as_str(), "2.00");
    let why: Vec<_> = back.explanation.iter().map(|line| line.en.as_str()).collect();
    assert_eq!(why[0], "2 h counted of 4 h: cap two persons, both ways a month");

    let alone = |act: &str| {
        let mut claim = place.claim(chen, act, 30);
        claim.beneficiary = Some(place.people.assisted.resident.clone());
        claim
    };
    for act in ["MA-1", "AS-2"] {
        let claim = alone(act);
        let found = place.partner.submit_contribution(&place.key("alone"), &claim).await;
        assert_eq!(refused(found), "only-by-aid");
    }
    let text = plain_rules().replace("open_days = 14\nonly = true", "open_days = 14");
    let from = place.claim(wang, "PW-1", 60).ended_at;
    let published = place.operator.publish_rules("v2", &text, &from, Some(2)).await.unwrap().body;
    let told = place.operator.after(published.last).rule_diff(2, None).await.unwrap().body;
    let [change] = told.changes.as_slice() else { panic!("{told:?}") };
    assert_eq!((change.key.as_str(), change.before.as_deref()), ("orders.aid.only", Some("true")));
    place.submit(&alone("MA-1")).await.unwrap();
    let helped = help(&place, &place.people.assisted.resident, &chen.resident, 60).await;
    assert_eq!(helped.points.as_str(), "1.00");
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn help_counts_for_the_estate_that_the_ask_names() {
    let (system, place) = place().await;
    let (chen, wang) = (&place.people.chen.resident, &place.people.wang.resident);
    let register = async |area: &Id, name: &str| {
        let (name, form) = (Bilingual::new(name, name), ManagementForm::RedCommittee);
        let body = RegisterEstate { estate: None, area: area.clone(), name, form };
        place.operator.register_estate(&place.key("estate"), &body).await.unwrap().body.changed.id
    };
    let yard = register(&place.areas.grid, "Yard").await;
    let lane = register(&place.areas.other_grid, "Lane").await;
    let far = place.partner.open_aid("far", &ask(&place, wang, Some(&lane))).await;
    assert_eq!(refused(far), "estate-elsewhere");

    let opened = place.partner.open_aid("near", &ask(&place, wang, Some(&yard))).await.unwrap();
    let board = place.partner.after(opened.body.last);
    let [shown] =
        board.open_aids_in(&place.areas.grid).await.unwrap().body.items.try_into().unwrap();
    assert_eq!(shown.estate.as_ref(), Some(&yard));
    let award = help_in(&place, Some(&yard), (wang, chen), 60).await;
    assert_eq!(award.estate.as_ref(), Some(&yard));
    audited(system, &place).await;
}
