//! Whoever brings a volunteer is rewarded by itself once that one has served twice, and no longer if
//! one of the services falls.

use linli_api::contribution::{ContributionStatus, Signal};
use linli_api::contribution::{ReversalReason, ReverseContribution};

use crate::{audited, place, refused};

#[tokio::test(flavor = "multi_thread")]
async fn who_brings_a_volunteer_is_rewarded_when_that_one_has_served_twice() {
    let (system, place) = place().await;
    let (chen, kin, idle) = (&place.people.chen, &place.people.chen_kin, &place.people.idle);
    let operator = &place.operator;
    let own = operator.enrol_referred("own", &idle.resident, &idle.resident).await;
    assert_eq!(refused(own), "own-household");
    operator.enrol_referred("brought", &idle.resident, &chen.resident).await.unwrap();
    let again = operator.enrol_referred("again", &idle.resident, &kin.resident).await;
    assert_eq!(refused(again), "already-volunteer");
    let claimed = place.partner.submit_contribution("own", &place.claim(chen, "RF-1", 60)).await;
    assert_eq!(refused(claimed), "only-by-referral");

    let reward = &idle.resident;
    let once = place.serve(idle, "PW-1", 60).await.unwrap();
    let none = place.partner.after(once.last).contribution(reward).await;
    assert_eq!(refused(none), "unknown");
    let twice = place.serve(idle, "PW-1", 60).await.unwrap();
    // Submitted and awarded by itself, right behind the award that it follows from.
    let reader = place.partner.after(twice.last + 2);
    let told = reader.contribution(reward).await.unwrap().body;
    assert_eq!((told.status, &told.resident), (ContributionStatus::Awarded, &chen.resident));
    assert_eq!((told.act.as_str(), &told.signals[..]), ("RF-1", &[Signal::ReferredServed][..]));
    assert_eq!(told.caused_by.as_ref(), Some(&twice.changed.contribution));
    let wallet = reader.wallet(&chen.resident).await.unwrap().body;
    assert_eq!(wallet.available.as_str(), "2.00");

    let body = ReverseContribution { reason: ReversalReason::NotDone };
    let officer = &place.officers.community;
    let fell =
        officer.reverse_contribution("fell", &twice.changed.contribution, &body).await.unwrap();
    let reader = place.partner.after(fell.body.last + 1);
    let told = reader.contribution(reward).await.unwrap().body;
    assert_eq!(told.status, ContributionStatus::Reversed);
    let wallet = reader.wallet(&chen.resident).await.unwrap().body;
    assert_eq!(wallet.available.as_str(), "0.00");
    audited(system, &place).await;
}
