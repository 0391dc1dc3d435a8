//! Queues for goods.

use linli_api as api;
use linli_domain::id::{RedemptionId, StationId};
use linli_domain::queue::{Command, Request};

use crate::parse::{id, own_id, told_id};
use crate::problem::{Kind, Problem};
use crate::request::missing;

/// At the station whose key it is; whoever speaks for residents says where.
pub(crate) fn join_queue(
    own: Option<StationId>,
    said: &api::queue::JoinQueue,
) -> Result<Command, Problem> {
    let named = told_id("station", said.station.as_ref())?;
    let station = match (own, named) {
        (Some(own), Some(named)) if own != named => return Err(Problem::plain(Kind::OtherStation)),
        (Some(station), _) | (None, Some(station)) => station,
        (None, None) => return Err(missing("station")),
    };
    Ok(Command::Join(Request {
        redemption: own_id("redemption", said.redemption.as_ref(), RedemptionId::from_number)?,
        resident: id("resident", &said.resident)?,
        station,
        item: id("item", &said.item)?,
        quantity: said.quantity,
    }))
}
