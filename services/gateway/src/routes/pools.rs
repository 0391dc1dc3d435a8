//! Pools: opened, funded, and how they stand.

use axum::response::Response;
use linli_api as api;
use linli_api::Bilingual;
use linli_api::pool::{FundPool, Funded, OpenPool, Pools};
use linli_api::receipt::{Named, Receipt};
use linli_domain::Noun;
use linli_domain::id::PoolId;
use linli_readmodel::Projection;
use linli_readmodel::directory::PoolStanding;

use crate::command::Deed;
use crate::front::Here;
use crate::parse::{self, Path as _};
use crate::problem::Problem;
use crate::receipt::{amount, funded, id, named};
use crate::request::{PathText, Reading, Sent};
use crate::told::{Seen, fault, shown};

const OPEN: Deed = Deed::creating("pool.open");
const FUND: Deed = Deed::changing("pool.fund");

/// Open a pool
#[utoipa::path(post, path = "/v1/pools", tag = "pools", request_body = OpenPool,
    responses((status = 201, description = "Opened", body = Receipt<Named>)))]
pub(super) async fn open(Here(gateway): Here, sent: Sent) -> Result<Response, Problem> {
    gateway.perform(OPEN, &sent, "", |said: OpenPool, _| parse::pool(&said), named).await
}

/// Put points into a pool
#[utoipa::path(post, path = "/v1/pools/{id}/fund", tag = "pools",
    params(("id" = String, Path, description = "The pool")), request_body = FundPool,
    responses((status = 200, description = "Funded", body = Receipt<Funded>)))]
pub(super) async fn fund(
    Here(gateway): Here,
    PathText(pool): PathText,
    sent: Sent,
) -> Result<Response, Problem> {
    let meant =
        |said: FundPool, _: &_| parse::funding(PoolId::from_path(&pool, Noun::Pool)?, &said);
    gateway.perform(FUND, &sent, &pool, meant, funded).await
}

/// All pools and how they stand
#[utoipa::path(get, path = "/v1/pools", tag = "pools",
    responses((status = 200, description = "The pools, in the order of their codes", body = Pools)))]
pub(super) async fn list(Here(gateway): Here, reading: Reading) -> Result<Response, Problem> {
    reading.asked.done()?;
    let of = [Projection::Directory, Projection::Balances];
    let Seen(position) = gateway.see(&of, reading.after).await?;
    let pools = gateway.reader.pools().await.map_err(fault)?;
    Ok(shown(position, &Pools { pools: pools.iter().map(of_row).collect() }))
}

fn of_row(pool: &PoolStanding) -> api::pool::Pool {
    api::pool::Pool {
        pool: id(pool.pool),
        code: pool.code.to_string(),
        name: Bilingual::new(pool.name_zh.as_str(), pool.name_en.as_str()),
        funded: amount(pool.funded),
        drawn: amount(pool.drawn),
        left: amount(pool.left),
        lapsed: amount(pool.lapsed),
    }
}
