//! The profiles that ship beside Gulou's, in force: what an hour under each of them gives, and why.

use linli_api::Bilingual;
use linli_api::award::{Award, MinutesKind};
use linli_api::contribution::{Signal, SubmitContribution, VerifyContribution};
use linli_api::pool::{FundPool, OpenPool};
use linli_tests::{Person, Place};

use crate::{audited, place, refused};

const SIGNED: [Signal; 3] = [Signal::SignInOut, Signal::Place, Signal::InsideShift];

/// Publishes a shipped profile as this version; what ends from now on is awarded by it.
async fn publish(place: &Place, profile: &str, version: u32) {
    let shipped = linli_profile::SHIPPED.iter().find(|(name, _)| *name == profile);
    let from = place.claim(&place.people.wang, "PW-1", 1).ended_at;
    let text = shipped.unwrap().1;
    place.operator.publish_rules(profile, text, &from, Some(version)).await.unwrap();
}

/// What is claimed for some minutes with such evidence, verified by the community.
async fn award(
    place: &Place,
    person: &Person,
    act: &str,
    minutes: i64,
    signals: &[Signal],
    hard: Option<u8>,
) -> Award {
    let claim = place.claim(person, act, minutes);
    let beneficiary = (act == "AS-1").then(|| place.people.wang.resident.clone());
    let claim = SubmitContribution { signals: signals.to_vec(), beneficiary, ..claim };
    let contribution = place.submit(&claim).await.unwrap();
    let word = VerifyContribution { assessed: None, difficulty: hard };
    let officer = &place.officers.community;
    let told = officer.verify_contribution(&place.key("word"), &contribution, &word).await;
    told.unwrap().body.changed.award.unwrap()
}

/// Points, merit, minutes and whether they are service.
fn sums(award: &Award) -> (&str, &str, u32, bool) {
    let service = award.minutes_kind == MinutesKind::Service;
    (award.points.as_str(), award.merit.as_str(), award.minutes, service)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_shipped_profile_awards_as_it_says() {
    let (system, place) = place().await;
    // Two, for whoever enters more than six late at once is looked at.
    let (chen, wang) = (&place.people.chen, &place.people.wang);
    let pool = OpenPool { pool: None, code: "city".into(), name: Bilingual::new("市级", "city") };
    let pool = place.operator.open_pool("city", &pool).await.unwrap().body.changed.id;
    let funds = FundPool { points: "100000".into(), reference: "FIN-city".into() };
    place.operator.fund_pool("fund", &pool, &funds).await.unwrap();

    publish(&place, "hailin", 2).await;
    // Two hours of cleaning count; half-hours are whole, and one that was hard is worth more; help is for
    // whom it was given to confirm.
    let cleaned = award(&place, chen, "EN-1", 150, &SIGNED, None).await;
    assert_eq!(sums(&cleaned), ("2.00", "2.00", 150, true));
    let rescued = award(&place, chen, "EM-1", 75, &SIGNED, Some(1)).await;
    assert_eq!(sums(&rescued), ("4.80", "6.00", 75, true));
    let helped = award(&place, chen, "AS-1", 60, &SIGNED, None).await;
    assert_eq!(sums(&helped), ("0.00", "1.00", 60, true));
    let why: Vec<_> = helped.explanation.iter().map(|line| line.en.as_str()).collect();
    let lacks =
        "points need what the evidence lacks (somebody's confirmation): merit and minutes alone";
    assert!(why.contains(&lacks), "{why:?}");
    let confirmed = [SIGNED.as_slice(), &[Signal::Confirmed]].concat();
    let helped = award(&place, chen, "AS-1", 60, &confirmed, None).await;
    assert_eq!(sums(&helped), ("1.00", "1.00", 60, true));
    let alone = place.claim(&place.people.chen, "MA-1", 60);
    let alone = place.partner.submit_contribution("alone", &alone).await;
    assert_eq!(refused(alone), "only-by-aid");

    publish(&place, "huangshi", 3).await;
    // What one signed for oneself becomes points, paper doesn't.
    let signed = award(&place, chen, "EN-1", 75, &SIGNED, None).await;
    assert_eq!(sums(&signed), ("1.00", "1.00", 75, true));
    let paper =
        award(&place, chen, "PW-1", 60, &[Signal::Confirmed, Signal::PaperSheet], None).await;
    assert_eq!(sums(&paper), ("0.00", "1.00", 60, false));

    publish(&place, "beijing-stars", 4).await;
    // Hours and merit, and nothing to spend; a donation credits two hours however long it took.
    let served = award(&place, wang, "PW-1", 60, &SIGNED, None).await;
    assert_eq!(sums(&served), ("0.00", "1.00", 60, true));
    let donated = award(&place, wang, "PW-3", 30, &SIGNED, None).await;
    assert_eq!(sums(&donated), ("0.00", "2.00", 120, true));
    audited(system, &place).await;
}
