//! The planted stories, and how they have to end.

use futures::future::join;
use linli_api::receipt::Receipt;
use linli_api::redemption::{Basket, Redeemed, Wish};
use linli_api::station::ReceiveStock;
use linli_api::{Client, ClientError, Id, Reply};

use super::counter::WITHOUT_RICE;
use super::hands::Hands;
use super::partner;
use crate::error::{DemoError, Doing as _};
use crate::population::{Item, Place, Resident};
use crate::traffic::{Contribution, Planted};

const OVERLAP: &str = "a class and a patrol at once";
const RACE_FOR_POINTS: &str = "points for one bag of rice, asked for at two stations at once";
const RACE_FOR_STOCK: &str = "the last bag of rice, asked for by two residents at once";

/// A patrol of somebody who was at a class at the time is refused.
pub(super) async fn overlap(hands: &Hands, patrol: &Contribution) -> Result<(), DemoError> {
    let claim = partner::claim(patrol);
    match hands.partner.submit_contribution(&partner::key(patrol), &claim).await {
        Err(error) if is(&error, "overlaps") => Ok(()),
        other @ (Ok(_) | Err(_)) => {
            Err(DemoError::Story { story: OVERLAP, outcome: outcome(&other) })
        }
    }
}

/// One resident with points for one bag asks for it at two stations at once; then two residents
/// ask at two devices of one station for its last bag. One of each two gets it.
pub(super) async fn race(
    hands: &Hands,
    place: &Place,
    planted: &Planted,
) -> Result<[Receipt<Redeemed>; 2], DemoError> {
    let rice = place.items.iter().find(|item| item.is_rice()).ok_or(DemoError::Plan("rice"))?;
    let [one, two, three] = planted.racers.as_slice() else {
        return Err(DemoError::Plan("three racers"));
    };
    let [[first, _], [second, _], [third, fourth], ..] = hands.clerks.as_slice() else {
        return Err(DemoError::Plan("three counters"));
    };
    let at_two_stations =
        join(sell(first, "race-points-1", one, rice), sell(second, "race-points-2", one, rice));
    let for_points = winner(RACE_FOR_POINTS, "insufficient-points", at_two_stations.await)?;

    let last_bag = ReceiveStock {
        item: Id::from(rice.id.to_string()),
        quantity: 1,
        reference: format!("DN-last-bag-{}", WITHOUT_RICE.saturating_add(1)),
    };
    let reply = third.receive_stock("last-bag", &last_bag).await;
    reply.doing(|| "take the last bag of rice in".to_owned())?;
    let at_two_devices =
        join(sell(third, "race-stock-1", two, rice), sell(fourth, "race-stock-2", three, rice));
    let for_stock = winner(RACE_FOR_STOCK, "insufficient-stock", at_two_devices.await)?;
    Ok([for_points, for_stock])
}

type Sale = Result<Reply<Receipt<Redeemed>>, ClientError>;

async fn sell(clerk: &Client, key: &str, resident: &Resident, item: &Item) -> Sale {
    let basket = Basket {
        redemption: None,
        resident: Id::from(resident.id.to_string()),
        items: vec![Wish { item: Id::from(item.id.to_string()), quantity: 1 }],
    };
    clerk.sell(key, &basket).await
}

/// The one receipt of two sales, the other of which was refused for this reason.
fn winner(
    story: &'static str,
    refusal: &str,
    sales: (Sale, Sale),
) -> Result<Receipt<Redeemed>, DemoError> {
    match sales {
        (Ok(won), Err(lost)) | (Err(lost), Ok(won)) if is(&lost, refusal) => Ok(won.body),
        (one, other) => {
            let outcome = format!("{} and {}", outcome(&one), outcome(&other));
            Err(DemoError::Story { story, outcome })
        }
    }
}

fn is(error: &ClientError, problem: &str) -> bool {
    error.problem().is_some_and(|told| told.name() == problem)
}

fn outcome<T>(result: &Result<T, ClientError>) -> String {
    match result {
        Ok(_) => "accepted".to_owned(),
        Err(error) => format!("refused ({error})"),
    }
}
