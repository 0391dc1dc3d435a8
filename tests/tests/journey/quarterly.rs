//! Rules that let everybody redeem once a quarter.

use linli_api::Client;
use linli_api::redemption::{Basket, VoidReason, VoidRedemption, Wish};
use linli_tests::{Person, plain_rules};

use crate::booking::{hour, open, seat};
use crate::{audited, place};

const ONCE_A_QUARTER: &str = r#"
[redemptions]
limits = [{ per = "quarter", times = 1 }, { per = "year", for = "household", points = "50" }]

[grade.A]"#;

fn basket(person: &Person, item: &linli_api::Id, quantity: u32) -> Basket {
    Basket {
        redemption: None,
        shift: None,
        shown: None,
        resident: Some(person.resident.clone()),
        items: vec![Wish { item: item.clone(), quantity }],
    }
}

/// The kind, the sentence and the earlier redemption of a refusal.
async fn refused(shop: &Client, key: &str, basket: &Basket) -> (String, String, Option<String>) {
    let error = shop.sell(key, basket).await.unwrap_err();
    let problem = error.problem().unwrap();
    let earlier = problem.figures.get("earlier_redemption");
    let earlier = earlier.and_then(|id| id.as_str().map(str::to_owned));
    (problem.name().to_owned(), problem.detail_en.clone(), earlier)
}

#[tokio::test(flavor = "multi_thread")]
async fn once_a_quarter_is_once_and_the_refusal_says_what_was_before() {
    let (system, place) = place().await;
    let (chen, kin) = (&place.people.chen, &place.people.chen_kin);
    let (shop, soap) = (&place.shop.api, &place.items.soap);
    place.give(&[chen.clone(), kin.clone()], "100").await.unwrap();
    let rules = plain_rules().replacen("\n[grade.A]", ONCE_A_QUARTER, 1);
    let from = place.claim(chen, "PW-1", 60).ended_at;
    let published = place.operator.publish_rules("v2", &rules, &from, Some(2)).await.unwrap().body;
    let told = place.operator.after(published.last).rule_diff(2, None).await.unwrap().body;
    let changes: Vec<_> = told.changes.iter().map(|it| (&*it.key, it.after.as_deref())).collect();
    assert_eq!(
        changes,
        [
            ("redemptions.limits.quarter.person.times", Some("1")),
            ("redemptions.limits.year.household.points", Some("50")),
        ]
    );

    let sold = shop.sell("s1", &basket(chen, soap, 1)).await.unwrap().body;
    let first = sold.changed.slip.redemption.to_string();
    let (name, said, earlier) = refused(shop, "s2", &basket(chen, soap, 1)).await;
    assert_eq!((name.as_str(), earlier.as_ref()), ("too-many-redemptions", Some(&first)));
    assert!(said.starts_with("Redemptions a person a quarter: 1 at most, 1 so far;"), "{said}");
    // A booking is a redemption too.
    let class = open(&place, 2).await;
    let error = place.partner.book("b1", &seat(&class, chen, &hour(&place, 3))).await.unwrap_err();
    assert_eq!(error.problem().unwrap().name(), "too-many-redemptions");

    // One more of the household, up to its points; what is given back is counted no longer.
    let reserved = shop.reserve("r1", &basket(kin, soap, 2)).await.unwrap().body;
    assert_eq!(refused(shop, "s3", &basket(kin, soap, 1)).await.0, "too-many-redemptions");
    let why = VoidRedemption { reason: VoidReason::Resident };
    shop.void("v1", &reserved.changed.slip.redemption, &why).await.unwrap();
    let (name, said, earlier) = refused(shop, "s4", &basket(kin, soap, 3)).await;
    assert_eq!((name.as_str(), earlier), ("too-much-redeemed", Some(first)));
    assert!(said.contains("15.00 redeemed, 45.00 more wanted"), "{said}");
    shop.sell("s5", &basket(kin, soap, 2)).await.unwrap();
    audited(system, &place).await;
}
