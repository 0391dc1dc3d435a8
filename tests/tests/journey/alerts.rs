//! Weather alerts: declared by an officer, and asked for by the coefficient where the rules say so.

use linli_api::alert::{AlertKind, DeclareAlert, WithdrawAlert};
use linli_api::contribution::{Signal, SubmitContribution, VerifyContribution};
use linli_api::fact::Fact;
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
    assert_eq!(list, std::slice::from_ref(&declared.changed.alert));

    // Declared for hours to come, and withdrawn when it had turned out wrong.
    let (before, later) = (patrol(90), patrol(90));
    let wrong = DeclareAlert {
        started_at: before.started_at.clone(),
        ended_at: place.minutes_from_now(2 * 24 * 60),
        ..alert
    };
    officer.declare_alert("wrong", &wrong).await.unwrap();
    place.let_pass(24 * 60).await.unwrap();
    let end = WithdrawAlert { area: wrong.area.clone(), started_at: wrong.started_at.clone() };
    assert_eq!(refused(place.officers.grid.withdraw_alert("low", &end).await), "level-too-low");
    let none = WithdrawAlert { started_at: place.minutes_from_now(1), ..end.clone() };
    assert_eq!(refused(officer.withdraw_alert("none", &none).await), "no-alert");
    let ended = place.officers.street.withdraw_alert("end", &end).await.unwrap().body;
    assert_eq!(ended.changed.started_at, wrong.started_at);
    assert_eq!(refused(officer.withdraw_alert("twice", &end).await), "no-alert");
    let record = place.auditor.log_record(ended.last).await.unwrap().body;
    assert!(matches!(&record.event, Fact::AlertWithdrawn(it) if *it == ended.changed));
    let list = place.partner.after(ended.last).alerts(None).await.unwrap().body.items;
    assert_eq!(list[1], declared.changed.alert);
    assert_eq!(list[0].withdrawn_at.as_ref(), Some(&record.recorded_at));
    assert_eq!(list[0].withdrawn_by.as_ref(), Some(&ended.changed.officer));
    // What was done under it keeps it, though it is awarded only now; what begins later doesn't.
    assert!(patrolled(&place, &before).await && patrolled(&place, &later).await);
    place.let_pass(4 * 60).await.unwrap();
    let (started_at, ended_at) = (place.minutes_from_now(-120), place.minutes_from_now(-30));
    let after = SubmitContribution { started_at, ended_at, ..patrol(90) };
    assert!(!patrolled(&place, &after).await, "after it");
    audited(system, &place).await;
}
