//! What comes back over the counter: the points go where they came from, with their dates; a fault of others
//! gives days of grace; and what is lost stands under the name of an office.

use linli_api::Id;
use linli_api::key::KeyKind;
use linli_api::loss::LossAccount;
use linli_api::officer::{AppointOfficer, Duty};
use linli_api::redemption::{
    Basket, Fate, ReturnLine, ReturnReason, ReturnRedemption, Returned, Wish,
};
use linli_api::station::{CountStock, WriteOffReason, WriteOffStock};
use linli_api::wallet::StatementKind;
use linli_tests::{Place, plain_rules, wait};

use crate::counter::hand;
use crate::{audited, place, refused, time};

/// From the place's clock to past the day on which its points lapse.
const PAST_THE_DATE: i64 = 60 * 24 * 8;

/// The days of grace that the profile gives.
const GRACE: i64 = 60 * 24 * 30;

/// The end of that day.
const ALL_LAPSES: &str = "2025-03-11T16:00:00Z";

/// A place where all points lapse at the end of 11 March, and Chen has fifty.
async fn soon_over(place: &Place) {
    let from = place.claim(&place.people.wang, "PW-1", 1).ended_at;
    let text = format!("{}\n[expiry]\nlast_day = \"2025-03-11\"\n", plain_rules());
    place.operator.publish_rules("soon", &text, &from, Some(2)).await.unwrap();
    place.give(std::slice::from_ref(&place.people.chen), "60").await.unwrap();
}

async fn soap(place: &Place, key: &str, quantity: u32) -> Id {
    let items = vec![Wish { item: place.items.soap.clone(), quantity }];
    let resident = Some(place.people.chen.resident.clone());
    let basket = Basket { redemption: None, shift: None, shown: None, resident, items };
    place.shop.api.sell(key, &basket).await.unwrap().body.changed.slip.redemption
}

/// One soap of it comes back.
async fn back(place: &Place, key: &str, sold: &Id, reason: ReturnReason, fate: Fate) -> Returned {
    let items = vec![ReturnLine { item: place.items.soap.clone(), quantity: 1, fate }];
    let wish = ReturnRedemption { reason, items, officer: None };
    let shop = &place.shop.api;
    let position = shop.return_redemption(key, sold, &wish).await.unwrap().body.last;
    let record = place.auditor.log_record(position).await.unwrap().body;
    let linli_api::fact::Fact::RedemptionReturned(returned) = record.event else {
        panic!("{record:?}")
    };
    returned
}

async fn available(place: &Place) -> String {
    let seen = place.shop.api.after(place.head().await.unwrap());
    seen.wallet(&place.people.chen.resident).await.unwrap().body.available.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn points_come_back_with_their_dates_and_a_fault_gives_grace() {
    let (system, place) = place().await;
    soon_over(&place).await;
    let sold = soap(&place, "s1", 4).await;
    assert_eq!(available(&place).await, "0.00");

    // Before its day: into the very lot that had paid.
    let first = back(&place, "b1", &sold, ReturnReason::Unwanted, Fate::Shelf).await;
    assert_eq!((first.back.len(), first.lapsed.len()), (1, 0));
    assert_eq!(first.back, first.slip.lots, "the same lot with its date");
    assert_eq!(time(&first.back[0].expires_at), time(&ALL_LAPSES.into()));
    assert_eq!(available(&place).await, "15.00");

    // Past it: what one doesn't want lapses at once, or everybody would return things to keep points.
    place.let_pass(PAST_THE_DATE).await.unwrap();
    let gone = async || (available(&place).await == "0.00").then_some(());
    wait::until("what came back has lapsed on its day", wait::LONG, gone).await.unwrap();
    let second = back(&place, "b2", &sold, ReturnReason::Unwanted, Fate::Shelf).await;
    assert_eq!((second.back.len(), second.lapsed[0].points.as_str()), (0, "15.00"));
    assert_eq!(available(&place).await, "0.00");

    // The supplier's fault, and the station's: spendable for thirty days from the return on.
    for (key, reason, stands) in
        [("b3", ReturnReason::Defective, "15.00"), ("b4", ReturnReason::WrongItem, "30.00")]
    {
        let after = place.auditor.log_head().await.unwrap().body.position;
        let graced = back(&place, key, &sold, reason, Fate::Shelf).await;
        assert_eq!((graced.back.len(), graced.lapsed.len()), (1, 0), "{reason:?}");
        assert_eq!(
            (&graced.back[0].lot, graced.lines[0].reason),
            (&graced.slip.lots[0].lot, reason)
        );
        let record = place.auditor.log_record(after + 1).await.unwrap().body;
        let until = time(&graced.back[0].expires_at);
        let grace = until.duration_since(time(&record.recorded_at)).as_secs() / 60;
        assert_eq!(grace, GRACE, "{until}");
        assert_eq!(available(&place).await, stands);
    }
    soap(&place, "s2", 1).await;
    place.let_pass(GRACE).await.unwrap();
    wait::until("the rest of the grace has lapsed", wait::LONG, gone).await.unwrap();
    let shop = place.shop.api.after(place.head().await.unwrap());
    let lines = shop.statement(&place.people.chen.resident, 50, None).await.unwrap().body.items;
    let count = |kind| lines.iter().filter(|line| line.kind == kind).count();
    assert_eq!((count(StatementKind::Returned), count(StatementKind::Lapsed)), (3, 2), "{lines:?}");
    audited(system, &place).await;
}

/// An officer of the community, under whose name losses are booked.
async fn office(place: &Place, key: &str) -> Id {
    let area = place.areas.community.clone();
    let wish = AppointOfficer { officer: None, duty: Duty::CommunityOfficer, area, resident: None };
    place.operator.appoint_officer(key, &wish).await.unwrap().body.changed.id
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_lost_stands_under_the_name_of_an_office() {
    let (system, place) = place().await;
    let shop = &place.shop.api;
    place.give(std::slice::from_ref(&place.people.chen), "60").await.unwrap();
    let (one, other) = (office(&place, "o1").await, office(&place, "o2").await);
    let sold = soap(&place, "s1", 2).await;

    // Spoilt at the counter: the resident has the points back, the supplier keeps its pay.
    let line = |fate| ReturnLine { item: place.items.soap.clone(), quantity: 1, fate };
    let spoilt = ReturnRedemption {
        reason: ReturnReason::Mishandled,
        items: vec![line(Fate::WrittenOff)],
        officer: Some(one.clone()),
    };
    shop.return_redemption("b1", &sold, &spoilt).await.unwrap();
    // 38 have to stand there: 36 do; then one more is found than was known of; and one is broken.
    let count = |found, officer: &Id| CountStock {
        item: place.items.soap.clone(),
        found,
        officer: officer.clone(),
        operator: None,
    };
    let counted = shop.count_stock("n1", &count(36, &one)).await.unwrap().body.changed;
    assert_eq!((counted.expected, counted.found, counted.cost.as_str()), (38, 36, "15.00"));
    assert_eq!(counted.officer, one);
    shop.count_stock("n2", &count(37, &other)).await.unwrap();
    let broken = WriteOffStock {
        item: place.items.soap.clone(),
        quantity: 1,
        reason: WriteOffReason::Damaged,
        officer: other.clone(),
    };
    let last = shop.write_off_stock("w1", &broken).await.unwrap().body.last;

    let account =
        |officer: &Id, points: &str, lost: (i64, &str), surplus: (i64, &str)| LossAccount {
            officer: officer.clone(),
            points: points.into(),
            lost_pieces: lost.0,
            lost_yuan: lost.1.into(),
            surplus_pieces: surplus.0,
            surplus_yuan: surplus.1.into(),
        };
    let mut expected = vec![
        account(&one, "15.00", (3, "45.00"), (0, "0.00")),
        account(&other, "0.00", (1, "15.00"), (1, "15.00")),
    ];
    expected.sort_by(|a, b| a.officer.as_str().cmp(b.officer.as_str()));
    let finance = hand(&place, KeyKind::Finance, None).await;
    for reader in [&finance, &place.auditor, &place.operator] {
        assert_eq!(reader.after(last).losses().await.unwrap().body.losses, expected);
    }
    assert_eq!(refused(shop.losses().await), "scope-missing");
    audited(system, &place).await;
}
