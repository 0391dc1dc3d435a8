//! The books of who waits for goods: a true history stands, and each forgery that the sums allow is named
//! with its record and its rule.

use linli_auditor::{Finding, Kind, Report, Rule};
use linli_domain::booking::Unfit;
use linli_domain::item::{self, Delivery};
use linli_domain::queue::{Command, Event, Request};
use linli_domain::redemption::{self, Basket, Event as Redeemed};
use linli_domain::resident::{self as person, Erasure, ErasureReason};
use linli_domain::text::Reference;
use linli_domain::{BodyHash, ClientId, Event as Any, IdempotencyKey, Origin};

use super::history::{forge, forge_as};
use super::store::Store;
use super::world::{
    DAY, HOUR, OTHER_STATION, RICE, STATION, World, at, basket, claim, redemption, resident,
    submit, verify,
};
use super::world::{GRID_OFFICER, MINUTE};

fn delivery(quantity: u32) -> Delivery {
    let reference = Reference::new("note").unwrap();
    Delivery { station: STATION, item: RICE, quantity, reference }
}

fn request(number: u128, who: u128) -> Request {
    let (redemption, resident) = (redemption(number), resident(who));
    Request { redemption, resident, station: STATION, item: RICE, quantity: 1 }
}

/// Residents 1 to 4 have points for a bag each; there is none at the station, and 1 to 3 wait for one.
fn waiting() -> World {
    let mut world = World::new();
    for number in 1..=8_u128 {
        world.now += 3 * HOUR;
        let who = resident(number.div_ceil(2));
        let claim = claim(number, who, "PATROL", world.now - 3 * HOUR, world.now);
        world.wish(submit(claim)).unwrap();
        world.wish(verify(number, GRID_OFFICER)).unwrap();
    }
    world.wish(item::Command::SendStockBack(delivery(3))).unwrap();
    for who in 1..=3 {
        world.wish(Command::Join(request(who, who))).unwrap();
    }
    world
}

/// A bag as somebody would have it who asked now, under this number.
fn slip(world: &World, number: u128, who: u128) -> redemption::Slip {
    let asked: Basket = basket(900, resident(who), STATION, &[(RICE, 1)]);
    let wish = redemption::Command::Sell(asked).into();
    let decided = world.state.decide(&wish, at(world.now)).unwrap().into_iter().next();
    let Some(Any::Redemption(Redeemed::Sold(slip))) = decided else { panic!("{decided:?}") };
    redemption::Slip { redemption: redemption(number), ..slip }
}

fn reserved(world: &World, number: u128, who: u128) -> Any {
    let expires_at = at(world.now + 3 * DAY);
    Redeemed::Reserved { slip: slip(world, number, who), expires_at }.into()
}

async fn audit(world: &World) -> Report {
    Store::holding(&world.records).await.audit().await
}

#[tokio::test]
async fn a_true_history_of_queues_stands() {
    let mut world = waiting();
    world.wish(item::Command::ReceiveStock(delivery(1))).unwrap();
    world.wish(Command::Leave { redemption: redemption(3), station: Some(STATION) }).unwrap();
    let reason = ErasureReason::OwnRequest;
    world.wish(Command::Join(request(4, 4))).unwrap();
    world.wish(person::Command::Erase(Erasure { resident: resident(2), reason })).unwrap();
    // Nobody fetched the first bag, so the fourth has it.
    world.now += 3 * DAY + MINUTE;
    world.let_due_happen();
    assert_eq!(world.state.shelf(STATION, RICE).reserved, 1);
    world.wish(item::Command::ReceiveStock(delivery(2))).unwrap();
    let report = audit(&world).await;
    assert!(report.ok, "{report}");
}

/// The rule that names it, whether a bag came first, and what is forged, wished or by itself.
type Forgery = (Rule, bool, Origin, fn(&World) -> Any);

fn wished() -> Origin {
    let key = IdempotencyKey::new("forged").unwrap();
    Origin::Command { client: ClientId(7), key, body_hash: Some(BodyHash([7; 32])) }
}

fn forgeries() -> Vec<Forgery> {
    vec![
        // Somebody at the counter is quicker, or has a friend there.
        (Rule::QueueOrder, true, wished(), |world| Redeemed::Sold(slip(world, 10, 4)).into()),
        (Rule::QueueOrder, true, Origin::Deadline, |world| reserved(world, 2, 2)),
        (Rule::QueueOnce, true, wished(), |world| reserved(world, 1, 1)),
        // Nobody waited for it.
        (Rule::QueueOnce, true, Origin::Deadline, |world| reserved(world, 10, 4)),
        // Passed over though there was nothing, or somebody else was first.
        (Rule::QueueOrder, false, Origin::Deadline, |_| {
            Event::PassedOver { request: request(1, 1), why: Unfit::Points }.into()
        }),
        (Rule::QueueOrder, true, Origin::Deadline, |_| {
            Event::PassedOver { request: request(2, 2), why: Unfit::Limit }.into()
        }),
        // Twice on the list, or on one for what is there.
        (Rule::QueueOnce, false, wished(), |_| Event::Joined(request(10, 1)).into()),
        (Rule::QueueOrder, false, wished(), |_| {
            Event::Joined(Request { station: OTHER_STATION, ..request(10, 4) }).into()
        }),
    ]
}

#[tokio::test]
async fn each_forgery_is_named() {
    for (which, (rule, comes, origin, forged)) in forgeries().into_iter().enumerate() {
        let mut world = waiting();
        if comes {
            forge(&mut world, vec![item::Event::StockReceived(delivery(1)).into()]);
        }
        let event = forged(&world);
        let position = forge_as(&mut world, vec![event], origin)[0].position.0;
        let report = audit(&world).await;
        let is = |it: &&Finding| it.kind == Kind::Books(rule) && it.place.covers(position);
        assert!(report.all_findings().any(|it| is(&it)), "{which}: {rule:?}\n{report}");
    }
}
