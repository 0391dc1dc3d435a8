//! Goods that are short: who waits, in which order it comes, and who can't have it by then; and many
//! who wait for one bag.

use futures::future::join_all;
use linli_api::booking::PassedOverReason;
use linli_api::past::{TrailRole, TrailSubject};
use linli_api::queue::{JoinQueue, QueueEntry, QueueStatus};
use linli_api::redemption::{Basket, RedemptionStatus, VoidReason, VoidRedemption, Wish as Line};
use linli_api::station::ReceiveStock;
use linli_api::{ClientError, Id};
use linli_tests::{Person, Place, TestSystem, Wish, wait};

use crate::counter::counted;
use crate::races::expected;
use crate::{audited, refused};

const CLIENTS: usize = 64;

/// What was waited for is kept for three days.
const FETCH_MINUTES: i64 = 72 * 60;

fn wish(place: &Place, person: &Person, station: Option<&Id>) -> JoinQueue {
    JoinQueue {
        redemption: None,
        resident: person.resident.clone(),
        station: station.cloned(),
        item: place.items.rice.clone(),
        quantity: 1,
    }
}

fn bag(place: &Place, person: &Person) -> Basket {
    let items = vec![Line { item: place.items.rice.clone(), quantity: 1 }];
    let resident = Some(person.resident.clone());
    Basket { redemption: None, shift: None, shown: None, resident, items }
}

fn bags(place: &Place, quantity: u32) -> ReceiveStock {
    let (item, reference) = (place.items.rice.clone(), "DN-1".to_owned());
    ReceiveStock { item, quantity, reference }
}

async fn until(place: &Place, wait: &Id, wanted: QueueStatus) -> QueueEntry {
    let look = async || {
        let seen = place.partner.queued(wait).await.ok()?.body;
        (seen.status == wanted).then_some(seen)
    };
    wait::until("the wait gets there", wait::LONG, look).await.unwrap()
}

async fn line(place: &Place) -> Vec<QueueEntry> {
    let seen = place.shop.api.after(place.head().await.unwrap());
    seen.queue(200, None).await.unwrap().body.items
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_is_served_in_order_or_passed_over() {
    let system = TestSystem::start().await.unwrap();
    let place = system.found(Wish::default()).await.unwrap();
    let (partner, shop, kiosk) = (&place.partner, &place.shop.api, &place.kiosk.api);
    let here = Some(&place.shop.station);
    let people = &place.people;
    let (chen, wang, kin) = (&people.chen, &people.wang, &people.chen_kin);
    place.give(&[chen.clone(), wang.clone(), kin.clone()], "60").await.unwrap();

    // One bag, and it is reserved; from then on people wait, once each.
    assert_eq!(refused(partner.join_queue("q0", &wish(&place, wang, here)).await), "in-stock");
    let first = shop.reserve("r1", &bag(&place, chen)).await.unwrap().body.changed.slip.redemption;
    assert_eq!(refused(partner.join_queue("q1", &wish(&place, wang, None)).await), "missing-field");
    let wangs = partner.join_queue("q2", &wish(&place, wang, here)).await.unwrap().body;
    assert_eq!(wangs.changed.status, QueueStatus::Waiting);
    let again = partner.join_queue("q2", &wish(&place, wang, here)).await.unwrap().body;
    assert_eq!(again, wangs, "twice is once");
    assert_eq!(
        refused(partner.join_queue("q3", &wish(&place, wang, here)).await),
        "queued-already"
    );
    // The clerk says for which station by the key.
    assert_eq!(refused(kiosk.join_queue("q4", &wish(&place, kin, here)).await), "other-station");
    let kins = shop.join_queue("q5", &wish(&place, kin, None)).await.unwrap().body.changed;
    let many = JoinQueue { quantity: 101, ..wish(&place, chen, here) };
    assert_eq!(refused(partner.join_queue("q6", &many).await), "too-many-wanted");

    let places: Vec<_> =
        line(&place).await.iter().map(|it| (it.resident.clone(), it.place)).collect();
    assert_eq!(places, [(wang.resident.clone(), Some(1)), (kin.resident.clone(), Some(2))]);
    assert_eq!(kiosk.queue(50, None).await.unwrap().body.items, []);
    assert_eq!(refused(kiosk.queued(&kins.redemption).await), "unknown");
    assert_eq!(refused(kiosk.leave_queue("l0", &kins.redemption).await), "other-station");

    // Chen doesn't want it any more: it is Wang's before anybody at the counter can have it.
    let body = VoidRedemption { reason: VoidReason::Resident };
    shop.void("v1", &first, &body).await.unwrap();
    assert_eq!(refused(shop.sell("s1", &bag(&place, chen)).await), "insufficient-stock");
    let served = until(&place, &wangs.changed.redemption, QueueStatus::Served).await;
    assert_eq!((served.place, served.passed_over), (None, None));
    let seen = shop.after(place.head().await.unwrap());
    let held = seen.redemption(&wangs.changed.redemption).await.unwrap().body;
    assert_eq!((held.status, held.slip.total.as_str()), (RedemptionStatus::Reserved, "44.00"));
    assert_eq!(seen.waiting_redemptions(50, None).await.unwrap().body.items.len(), 1);
    let left = shop.leave_queue("l1", &wangs.changed.redemption).await;
    assert_eq!(refused(left), "queue-stage");

    // Wang never fetches it, and after three days it is the next one's, who does.
    place.let_pass(FETCH_MINUTES).await.unwrap();
    until(&place, &kins.redemption, QueueStatus::Served).await;
    let fetched = shop.capture("c1", &kins.redemption).await.unwrap().body.last;
    let wallet = shop.after(fetched).wallet(&kin.resident).await.unwrap().body;
    assert_eq!((wallet.available.as_str(), wallet.held.as_str()), ("16.00", "0.00"));
    let subject = TrailSubject::Redemption(kins.redemption.clone());
    let trail = place.auditor.trail(&subject).await.unwrap().body;
    let roles: Vec<TrailRole> = trail.steps.iter().map(|step| step.role).collect();
    use TrailRole::{Ended, Spent, Waited};
    assert_eq!(roles[roles.len() - 3..], [Waited, Spent, Ended]);

    // Kin wants another, for which too little is left by then; Chen leaves; Wang has it.
    let poor = partner.join_queue("q7", &wish(&place, kin, here)).await.unwrap().body.changed;
    let chens = partner.join_queue("q8", &wish(&place, chen, here)).await.unwrap().body.changed;
    let wangs = partner.join_queue("q9", &wish(&place, wang, here)).await.unwrap().body.changed;
    let left = shop.leave_queue("l2", &chens.redemption).await.unwrap().body.changed;
    assert_eq!((left.status, left.by_station), (QueueStatus::Left, true));
    shop.receive_stock("d1", &bags(&place, 1)).await.unwrap();
    let passed = until(&place, &poor.redemption, QueueStatus::PassedOver).await;
    assert_eq!(passed.passed_over, Some(PassedOverReason::Points));
    until(&place, &wangs.redemption, QueueStatus::Served).await;
    let seen = partner.after(place.head().await.unwrap());
    let all = seen.queue_of(&kin.resident, 50, None).await.unwrap().body.items;
    let stood: Vec<QueueStatus> = all.iter().map(|it| it.status).collect();
    assert_eq!(stood, [QueueStatus::PassedOver, QueueStatus::Served]);
    audited(system, &place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_wait_at_once_one_bag_goes_to_the_first() {
    let system = TestSystem::start().await.unwrap();
    let place = system.found(Wish { crowd: CLIENTS }).await.unwrap();
    place.give(&place.crowd, "50").await.unwrap();
    let chen = &place.people.chen;
    place.give(std::slice::from_ref(chen), "50").await.unwrap();
    let (partner, shop) = (&place.partner, &place.shop.api);
    shop.sell("last", &bag(&place, chen)).await.unwrap();

    let joined = place.crowd.iter().enumerate().map(|(at, person)| {
        let (key, own) = (format!("join-{at}"), at % 3 == 0);
        let wish = wish(&place, person, (!own).then_some(&place.shop.station));
        let api = if own { shop } else { partner };
        async move { api.join_queue(&key, &wish).await }
    });
    let outcomes = join_all(joined).await;
    assert_eq!(counted(&outcomes), expected([("won", CLIENTS)]));
    let mut log: Vec<(u64, Id)> = outcomes
        .into_iter()
        .map(|outcome| outcome.unwrap().body)
        .map(|receipt| (receipt.first, receipt.changed.redemption))
        .collect();
    log.sort_by_key(|(position, _)| *position);
    let waiting = line(&place).await;
    let shown: Vec<&Id> = waiting.iter().map(|entry| &entry.redemption).collect();
    assert_eq!(shown, log.iter().map(|(_, id)| id).collect::<Vec<_>>(), "the order of the log");
    assert!((1..).zip(&waiting).all(|(place, entry)| entry.place == Some(place)));

    // A bag comes while everybody asks for it at the counter as well: the first on the list has it.
    let receive = async { shop.receive_stock("one", &bags(&place, 1)).await.map(|_| ()) };
    let sales = join_all(place.crowd.iter().enumerate().map(|(at, person)| {
        let (key, basket) = (format!("sale-{at}"), bag(&place, person));
        async move { shop.sell(&key, &basket).await }
    }));
    let (received, sales): (Result<(), ClientError>, Vec<_>) =
        futures::future::join(receive, sales).await;
    received.unwrap();
    assert_eq!(counted(&sales), expected([("insufficient-stock", CLIENTS)]));
    until(&place, &log[0].1, QueueStatus::Served).await;
    let waiting = line(&place).await;
    assert_eq!((waiting.len(), &waiting[0].redemption), (CLIENTS - 1, &log[1].1));

    // Three more, brought by three at once, are the next three's.
    let three = (0..3).map(|at| {
        let body = bags(&place, 1);
        async move { shop.receive_stock(&format!("more-{at}"), &body).await }
    });
    join_all(three).await.into_iter().for_each(|outcome| drop(outcome.unwrap()));
    for (_, id) in &log[1..4] {
        until(&place, id, QueueStatus::Served).await;
    }
    let waiting = line(&place).await;
    assert_eq!((waiting.len(), &waiting[0].redemption), (CLIENTS - 4, &log[4].1));
    audited(system, &place).await;
}
