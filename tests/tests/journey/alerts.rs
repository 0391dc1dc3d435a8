//! Weather alerts: declared by an officer, and asked for by the coefficient where the rules say so.

use linli_api::alert::{AlertKind, DeclareAlert};
use linli_api::contribution::{Signal, SubmitContribution, VerifyContribution};
use linli_tests::{Place, plain_rules};

use crate::{audited, place, refused};

/// Had an alert to do with what a patrol gave?
async fn patrolled(place: &Place, claim: &SubmitContribution) -> bool {
    let contribution = place.submit(claim).await.unwrap();
    let (key, word) = (place.key("word"), VerifyContribution::default());
    let told = place.officers.grid.verify_contribution(&key, &contribution, &word).await.unwrap();
    let award = told.body.changed.award.unwrap();
    award.explanation.iter().any(|line| line.en.starts_with("heat or snow alert × 1.5"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_is_declared_by_who_may_and_worth_what_the_rules_say() {
    let (system, place) = place().await;
    let patrol = |minutes| SubmitContribution {
        signals: vec![Signal::CheckpointsScanned, Signal::InsideShift],
        ..place.claim(&place.people.chen, "PA-1", minutes)
    };
    let said = SubmitContribution { alert: true, ..patrol(90) };
    assert!(patrolled(&place, &said).await, "by the rules of before the claim says so");

    let factor = "alert = { factor = \"1.5\" }";
    let text = plain_rules().replacen(factor, &format!("{factor}\nalerts = \"declared\""), 1);
    let from = place.claim(&place.people.wang, "PW-1", 60).ended_at;
    let published = place.operator.publish_rules("v2", &text, &from, Some(2)).await.unwrap().body;
    let told = place.operator.after(published.last).rule_diff(2, None).await.unwrap().body;
    let [change] = told.changes.as_slice() else { panic!("{told:?}") };
    assert_eq!(change.key, "coefficients.alerts");

    let said = SubmitContribution { alert: true, ..patrol(90) };
    assert!(!patrolled(&place, &said).await, "nobody declared one");

    let hot = patrol(90);
    let alert = DeclareAlert {
        area: place.areas.community.clone(),
        kind: AlertKind::Heat,
        started_at: hot.started_at.clone(),
        ended_at: hot.ended_at.clone(),
    };
    let low = place.officers.grid.declare_alert("low", &alert).await;
    assert_eq!(refused(low), "level-too-low");
    let officer = &place.officers.community;
    let declared = officer.declare_alert("heat", &alert).await.unwrap().body;
    assert_eq!(declared.changed.alert.started_at, alert.started_at);
    assert_eq!(refused(officer.declare_alert("again", &alert).await), "alert-declared");
    assert!(patrolled(&place, &hot).await, "declared, and not claimed");
    let list = place.partner.after(declared.last).alerts(None).await.unwrap().body.items;
    assert_eq!(list, [declared.changed.alert]);
    audited(system, &place).await;
}
