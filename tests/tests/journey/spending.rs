//! From points to goods.

use linli_api::client::Client;
use linli_api::item::Hindrance;
use linli_api::redemption::{Basket, Redeemed, RedemptionStatus, VoidReason, VoidRedemption, Wish};
use linli_api::wallet::StatementKind;
use linli_api::{Amount, Id};
use linli_tests::{Person, Place, wait};

use crate::{audited, place};

fn basket(person: &Person, items: &[(&Id, u32)]) -> Basket {
    let wish = |(item, quantity): &(&Id, u32)| Wish { item: (*item).clone(), quantity: *quantity };
    let items = items.iter().map(wish).collect();
    Basket {
        redemption: None,
        shift: None,
        shown: None,
        resident: Some(person.resident.clone()),
        items,
    }
}

fn text(amount: Option<&Amount>) -> &str {
    amount.map_or("unchanged", Amount::as_str)
}

fn balances(redeemed: &Redeemed) -> (&str, &str) {
    (text(redeemed.available.as_ref()), text(redeemed.held.as_ref()))
}

async fn free(place: &Place, at: &Client, item: &Id) -> Option<u32> {
    let head = place.head().await.unwrap();
    let catalogue = at.after(head).catalogue(Some(&place.shop.station), None, None).await.unwrap();
    catalogue.body.items.iter().find(|shown| shown.item.item == *item).unwrap().free
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_reserved_is_captured_or_voided_or_times_out() {
    let (system, place) = place().await;
    let chen = &place.people.chen;
    let (shop, items) = (&place.shop.api, &place.items);
    place.give(std::slice::from_ref(chen), "100").await.unwrap();

    let reserved = shop.reserve("r1", &basket(chen, &[(&items.soap, 2)])).await.unwrap().body;
    assert_eq!(reserved.changed.status, RedemptionStatus::Reserved);
    assert_eq!(balances(&reserved.changed), ("70.00", "30.00"));
    assert_eq!(reserved.changed.slip.total.as_str(), "30.00");
    assert_eq!(reserved.changed.slip.lots.len(), 1);
    assert_eq!(free(&place, shop, &items.soap).await, Some(38));
    let waiting = shop.after(reserved.last).waiting_redemptions(50, None).await.unwrap().body;
    assert_eq!(waiting.items.len(), 1);
    let redemption = &reserved.changed.slip.redemption;
    let captured = shop.capture("c1", redemption).await.unwrap().body;
    assert_eq!(captured.changed.status, RedemptionStatus::Captured);
    assert_eq!(balances(&captured.changed), ("unchanged", "0.00"));
    assert_eq!(captured.changed.slip, reserved.changed.slip);

    let reserved = shop.reserve("r2", &basket(chen, &[(&items.rice, 1)])).await.unwrap().body;
    assert_eq!(free(&place, shop, &items.rice).await, Some(0));
    let why = VoidRedemption { reason: VoidReason::Resident };
    let redemption = &reserved.changed.slip.redemption;
    let voided = shop.void("v2", redemption, &why).await.unwrap().body;
    assert_eq!(voided.changed.status, RedemptionStatus::Voided);
    assert_eq!(voided.changed.reason, Some(VoidReason::Resident));
    assert_eq!(balances(&voided.changed), ("70.00", "0.00"));
    assert_eq!(free(&place, shop, &items.rice).await, Some(1));

    let reserved = shop.reserve("r3", &basket(chen, &[(&items.rice, 1)])).await.unwrap().body;
    let redemption = &reserved.changed.slip.redemption;
    place.let_pass(29).await.unwrap();
    let open = shop.after(reserved.last).redemption(redemption).await.unwrap().body;
    assert_eq!(open.status, RedemptionStatus::Reserved);
    place.let_pass(2).await.unwrap();
    let look = async || {
        let shown = shop.redemption(redemption).await.unwrap().body;
        (shown.status == RedemptionStatus::TimedOut).then_some(shown)
    };
    wait::until("the hold times out by itself", wait::LONG, look).await.unwrap();
    let shop = &shop.after(place.head().await.unwrap());
    let wallet = shop.wallet(&chen.resident).await.unwrap().body;
    assert_eq!((wallet.available.as_str(), wallet.held.as_str()), ("70.00", "0.00"));
    assert_eq!(free(&place, shop, &items.rice).await, Some(1));

    let lines = shop.statement(&chen.resident, 50, None).await.unwrap().body.items;
    let kinds: std::collections::BTreeSet<String> =
        lines.iter().map(|line| format!("{:?}", line.kind)).collect();
    assert_eq!(
        kinds.into_iter().collect::<Vec<_>>(),
        ["Captured", "Earned", "Reserved", "TimedOut", "Voided"]
    );
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_counter_sells_at_once() {
    let (system, place) = place().await;
    let chen = &place.people.chen;
    let (shop, items) = (&place.shop.api, &place.items);
    let given = place.give(std::slice::from_ref(chen), "30").await.unwrap();
    let given = given.max(place.give(std::slice::from_ref(chen), "40").await.unwrap());

    let shop = shop.after(given);
    let found = shop.resident_by_card(&chen.card.to_lowercase()).await.unwrap().body;
    assert_eq!((&found.resident, found.volunteer), (&chen.resident, true));
    let catalogue = shop.catalogue(Some(&place.shop.station), Some(&chen.resident), None).await;
    let shown = catalogue.unwrap().body.items;
    let hindrances =
        |item: &Id| shown.iter().find(|shown| shown.item.item == *item).unwrap().hindrances.clone();
    assert_eq!(hindrances(&items.soap), []);
    assert_eq!(hindrances(&items.haircut), []);
    assert_eq!(hindrances(&items.legal), [Hindrance::TooFewStars]);
    assert_eq!(hindrances(&items.wheelchair), [Hindrance::AssistedOnly]);

    let basket = basket(chen, &[(&items.thermos, 1), (&items.haircut, 1)]);
    let sold = shop.sell("s1", &basket).await.unwrap().body;
    assert_eq!(sold.changed.status, RedemptionStatus::Captured);
    assert_eq!(balances(&sold.changed), ("5.00", "unchanged"));
    let slip = &sold.changed.slip;
    let taken: Vec<&str> = slip.lots.iter().map(|lot| lot.points.as_str()).collect();
    assert_eq!(taken, ["30.00", "35.00"], "soonest expiry first, and of one date the older lot");
    assert_eq!(free(&place, &shop, &items.thermos).await, Some(2));
    let shop = shop.after(sold.last);
    let lines = shop.statement(&chen.resident, 50, None).await.unwrap().body.items;
    let sold_lines = lines.iter().filter(|line| line.kind == StatementKind::Sold);
    let sums: Vec<(&str, &str)> =
        sold_lines.map(|line| (line.amount.as_str(), line.balance.as_str())).collect();
    assert_eq!(sums, [("-65.00", "5.00")]);
    let shown = shop.redemption(&slip.redemption).await.unwrap().body;
    assert_eq!((shown.status, &shown.slip), (RedemptionStatus::Captured, slip));
    audited(system, &place).await;
}
