//! A station without rice, and three who wait for it: a delivery serves them in the order in which they
//! came, nobody at the counter is quicker, and who can't pay by then is passed over.

use linli_api::booking::PassedOverReason;
use linli_api::queue::{JoinQueue, QueueEntry, QueueStatus};
use linli_api::redemption::{Basket, Wish};
use linli_api::station::ReceiveStock;
use linli_api::{Client, Id};

use super::counter::WITHOUT_RICE;
use super::hands::Hands;
use super::is;
use super::tally::Tally;
use crate::error::{DemoError, Doing as _};
use crate::population::Place;
use crate::traffic::Planted;

const STORY: &str = "three who wait for rice, and two bags";

/// What is brought: enough for all but one.
const BAGS: u32 = 2;

/// How each wait ends, in the order in which they came: the first has spent the points meanwhile.
const ENDS: [(QueueStatus, Option<PassedOverReason>); 3] = [
    (QueueStatus::PassedOver, Some(PassedOverReason::Points)),
    (QueueStatus::Served, None),
    (QueueStatus::Served, None),
];

/// Tells it. The three are those who raced for rice: the first has nothing left since a station was
/// off line, and each of the others has enough for a bag.
pub(super) async fn told(
    hands: &Hands,
    place: &Place,
    planted: &Planted,
    tally: &mut Tally,
) -> Result<(), DemoError> {
    let rice = place.items.iter().find(|item| item.is_rice()).ok_or(DemoError::Plan("rice"))?;
    let (station, [clerk, _]) =
        match (place.stations.get(WITHOUT_RICE), hands.clerks.get(WITHOUT_RICE)) {
            (Some(station), Some(clerks)) => (Id::from(station.id.to_string()), clerks),
            _ => return Err(DemoError::Plan("a station without rice")),
        };
    let item = Id::from(rice.id.to_string());
    let mut waits = Vec::new();
    for who in &planted.racers {
        let resident = Id::from(who.id.to_string());
        let body = JoinQueue {
            redemption: None,
            resident: resident.clone(),
            station: Some(station.clone()),
            item: item.clone(),
            quantity: 1,
        };
        let joined = hands.partner.join_queue(&format!("queue-{}", who.id), &body).await;
        let joined = joined.doing(|| format!("let {resident} wait for rice"))?.body;
        tally.command();
        waits.push((joined.changed.redemption, resident));
    }
    let seen = entries(&hands.partner.after(hands.head().await?), &waits).await?;
    let places: Vec<_> = seen.iter().map(|entry| entry.place).collect();
    if places != [Some(1), Some(2), Some(3)] {
        return Err(ended(format!("places {places:?}")));
    }
    let reference = "DN-queue".to_owned();
    let bags = ReceiveStock { item: item.clone(), quantity: BAGS, reference };
    clerk.receive_stock("queue-rice", &bags).await.doing(|| "take rice in".to_owned())?;
    tally.command();
    // Whoever stands at the counter now comes too late, with points or without.
    if let Some((_, resident)) = waits.last() {
        let quicker = clerk.sell("queue-quicker", &basket(resident, &item)).await;
        if !matches!(&quicker, Err(error) if is(error, "insufficient-stock")) {
            return Err(ended(format!("somebody overtook: {quicker:?}")));
        }
    }
    let seen = entries(&hands.partner.after(hands.head().await?), &waits).await?;
    let ends: Vec<_> = seen.iter().map(|entry| (entry.status, entry.passed_over)).collect();
    if ends != ENDS {
        return Err(ended(format!("{ends:?}")));
    }
    for entry in seen.iter().filter(|entry| entry.status == QueueStatus::Served) {
        let key = format!("queue-fetched-{}", entry.redemption);
        let fetched = clerk.capture(&key, &entry.redemption).await;
        tally.redeemed(&fetched.doing(|| "hand out what was waited for".to_owned())?.body)?;
    }
    Ok(())
}

async fn entries(reader: &Client, waits: &[(Id, Id)]) -> Result<Vec<QueueEntry>, DemoError> {
    let mut entries = Vec::with_capacity(waits.len());
    for (redemption, _) in waits {
        let entry = reader.queued(redemption).await;
        entries.push(entry.doing(|| format!("read the wait {redemption}"))?.body);
    }
    Ok(entries)
}

fn basket(resident: &Id, item: &Id) -> Basket {
    Basket {
        redemption: None,
        shift: None,
        shown: None,
        resident: Some(resident.clone()),
        items: vec![Wish { item: item.clone(), quantity: 1 }],
    }
}

fn ended(outcome: String) -> DemoError {
    DemoError::Story { story: STORY, outcome }
}
