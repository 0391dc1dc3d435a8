//! How long points live, as each profile says: by months that are rounded up to the end of the month, the
//! quarter, the half-year or the year, or all until one day. What lapses soonest is spent first.

use linli_api::Id;
use linli_api::fact::Fact;
use linli_api::redemption::{Basket, Wish};
use linli_api::wallet::StatementKind;
use linli_tests::{Place, plain_rules, wait};

use crate::{audited, place, time};

/// What a profile says, and when a lot of 5 March 2025 lapses by it: at midnight in Nanjing.
const LIVES: [(&str, &str, &str); 5] = [
    ("months = 1\nround = \"month\"", "", "2025-04-30T16:00:00Z"),
    ("months = 1\nround = \"quarter\"", "", "2025-06-30T16:00:00Z"),
    (QUARTER, "[expiry]\nmonths = 5\nround = \"half-year\"\n", "2025-12-31T16:00:00Z"),
    ("months = 12\nround = \"year\"", "", "2026-12-31T16:00:00Z"),
    (QUARTER, "[expiry]\nlast_day = \"2025-04-10\"\n", "2025-04-10T16:00:00Z"),
];

/// As the profile has it.
const QUARTER: &str = "months = 24\nround = \"quarter\"";

/// Past the last of them.
const MINUTES: i64 = 60 * 24 * 700;

/// Two hours under each of the rules, two points each, and the ids of the lots by when they lapse.
async fn earn(place: &Place) -> Vec<(jiff::Timestamp, Id)> {
    let mut lots = Vec::new();
    for (version, (life, expiry, end)) in (2..).zip(LIVES) {
        let from = place.claim(&place.people.wang, "PW-1", 1).ended_at;
        let text = plain_rules();
        assert!(text.contains(QUARTER));
        let text = format!("{}\n{expiry}", text.replacen(QUARTER, life, 1));
        place
            .operator
            .publish_rules(&place.key("rules"), &text, &from, Some(version))
            .await
            .unwrap();
        let decided = place.serve(&place.people.chen, "PW-1", 120).await.unwrap().changed;
        lots.push((end.parse().unwrap(), decided.contribution));
    }
    lots.sort();
    lots
}

#[tokio::test(flavor = "multi_thread")]
async fn each_profile_says_how_long_points_live() {
    let (system, place) = place().await;
    let (shop, chen) = (&place.shop.api, &place.people.chen);
    let earned = earn(&place).await;

    // The account shows all of it: what it has, and when how much of it goes.
    let seen = shop.after(place.head().await.unwrap());
    let lots = seen.lots(&chen.resident).await.unwrap().body.lots;
    let told: Vec<_> = lots.iter().map(|lot| (time(&lot.expires_at), lot.lot.clone())).collect();
    assert_eq!(told, earned);
    assert!(lots.iter().all(|lot| lot.available.as_str() == "2.00"), "{lots:?}");
    let schedule = seen.expiry_schedule(&chen.resident).await.unwrap().body.lapses;
    let told: Vec<_> = schedule
        .iter()
        .map(|lapse| (time(&lapse.at), lapse.available.as_str(), lapse.left.as_str()))
        .collect();
    let left = ["8.00", "6.00", "4.00", "2.00", "0.00"];
    let ends = earned.iter().map(|(end, _)| *end);
    assert_eq!(
        told,
        ends.clone().zip(left).map(|(end, left)| (end, "2.00", left)).collect::<Vec<_>>()
    );

    // Two and a half points: all of what lapses soonest, and a part of the next; the record says so.
    let items = vec![Wish { item: place.items.salt.clone(), quantity: 5 }];
    let resident = Some(chen.resident.clone());
    let basket = Basket { redemption: None, shift: None, shown: None, resident, items };
    let sold = shop.sell("salt", &basket).await.unwrap().body;
    let taken = |lots: &[linli_api::redemption::LotTaken]| -> Vec<(Id, String)> {
        lots.iter().map(|part| (part.lot.clone(), part.points.to_string())).collect()
    };
    let expected =
        [(earned[0].1.clone(), "2.00".to_owned()), (earned[1].1.clone(), "0.50".to_owned())];
    assert_eq!(taken(&sold.changed.slip.lots), expected);
    let record = place.auditor.log_record(sold.last).await.unwrap().body;
    let Fact::RedemptionSold(of) = &record.event else { panic!("{record:?}") };
    assert_eq!(taken(&of.slip.lots), expected);

    // Each lapses by itself, at its own time, however late anybody looks.
    place.let_pass(MINUTES).await.unwrap();
    let look = async || {
        let wallet = seen.wallet(&chen.resident).await.unwrap().body;
        (wallet.available.as_str() == "0.00").then_some(())
    };
    wait::until("all of it has lapsed", wait::LONG, look).await.unwrap();
    let lines = seen.statement(&chen.resident, 50, None).await.unwrap().body.items;
    let lapsed = lines.iter().rev().filter(|line| line.kind == StatementKind::Lapsed);
    let told: Vec<_> = lapsed.map(|line| (time(&line.happened_at), line.amount.as_str())).collect();
    let amounts = ["-1.50", "-2.00", "-2.00", "-2.00"];
    assert_eq!(told, ends.skip(1).zip(amounts).collect::<Vec<_>>());
    audited(system, &place).await;
}
