//! Loss accounts: what is missing, spoilt or short, under the name of the office that answers for it.

use axum::response::Response;
use linli_api::loss::{LossAccount, Losses};
use linli_readmodel::{Projection, balances};

use crate::front::Here;
use crate::problem::Problem;
use crate::receipt::{amount, id};
use crate::request::Reading;
use crate::told::{Seen, fault, shown};

/// What offices answer for
///
/// What counts missed, what was written off, what came back and could not be handed out again, what off-line
/// slips were short of.
#[utoipa::path(get, path = "/v1/losses", tag = "pools",
    responses((status = 200, description = "The loss accounts, in the order of the officers' ids", body = Losses)))]
pub(super) async fn list(Here(gateway): Here, reading: Reading) -> Result<Response, Problem> {
    reading.asked.done()?;
    let Seen(position) = gateway.see(&[Projection::Balances], reading.after).await?;
    let losses = gateway.reader.losses().await.map_err(fault)?;
    Ok(shown(position, &Losses { losses: losses.iter().map(of_row).collect() }))
}

fn of_row(row: &balances::LossAccount) -> LossAccount {
    LossAccount {
        officer: id(row.officer),
        points: amount(row.points),
        lost_pieces: row.lost_pieces,
        lost_yuan: amount(row.lost_fen),
        surplus_pieces: row.surplus_pieces,
        surplus_yuan: amount(row.surplus_fen),
    }
}
