//! How far the pools cover the points that are out (兑付覆盖率): for everybody, since whoever earns
//! points may know what stands behind them, and it names nobody.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse as _, Response};
use linli_api::Bilingual;
use linli_api::coverage::{Coverage, PoolCoverage};
use linli_domain::quantity::Points;
use linli_readmodel::Projection;
use linli_readmodel::directory::PoolStanding;

use super::kept::{KEPT, Kept};
use crate::front::Front;
use crate::gateway::Inner;
use crate::problem::{Kind, Problem};
use crate::receipt::amount;
use crate::told::{Seen, fault};

/// The newest answer for a district: it takes a look at every lot.
pub(crate) type Newest = Kept<(), Coverage>;

/// What stands behind points
///
/// For everybody, without a key: whoever earns points may know what there is to pay with. It names nobody.
#[utoipa::path(get, path = "/coverage/{district}", tag = "pools",
    params(("district" = String, Path, description = "The district's code")),
    responses((status = 200, description = "How far the pools cover the points that are out", body = Coverage)))]
pub(super) async fn show(
    State(front): State<Arc<Front>>,
    Path(district): Path<String>,
) -> Result<Response, Problem> {
    let gateway = front.of(&district)?;
    let coverage = gateway.coverage.told((), look(gateway)).await?;
    let fresh = format!("public, max-age={}", KEPT.as_secs());
    Ok(([(CACHE_CONTROL, fresh)], Json(coverage)).into_response())
}

async fn look(gateway: &Inner) -> Result<Coverage, Problem> {
    let of = [Projection::Directory, Projection::Balances];
    let Seen(position) = gateway.see(&of, None).await?;
    let pools = gateway.reader.pools().await.map_err(fault)?;
    let out = gateway.reader.outstanding().await.map_err(fault)?;
    let spent = gateway.reader.spent().await.map_err(fault)?;
    // A fen is a hundredth of a yuan, and so of a point.
    let spent = Points::from_hundredths(spent.hundredths());
    let funded = sum(pools.iter().map(|pool| pool.funded))?;
    let outstanding = sum(out.values().copied())?;
    let fund = funded.minus(spent).ok_or_else(past_range)?;
    Ok(Coverage {
        position: position.0,
        funded: amount(funded),
        spent: amount(spent),
        fund: amount(fund),
        outstanding: amount(outstanding),
        ratio: ratio(fund, outstanding),
        pools: pools.iter().map(|pool| of_pool(pool, out.get(&pool.pool).copied())).collect(),
    })
}

fn sum(points: impl Iterator<Item = Points>) -> Result<Points, Problem> {
    let mut points = points;
    points.try_fold(Points::ZERO, Points::plus).ok_or_else(past_range)
}

/// Sums that the writer keeps within their range.
fn past_range() -> Problem {
    Problem::plain(Kind::Internal)
}

/// The fund for each point that is out, cut to hundredths, so that it never promises more than is
/// there; none where none is out.
fn ratio(fund: Points, outstanding: Points) -> Option<String> {
    let exact = fund.to_decimal().checked_div(outstanding.to_decimal())?;
    let one = Points::from_hundredths(100);
    one.part(exact).map(|ratio| ratio.to_string())
}

fn of_pool(pool: &PoolStanding, outstanding: Option<Points>) -> PoolCoverage {
    PoolCoverage {
        code: pool.code.to_string(),
        name: Bilingual::new(pool.name_zh.as_str(), pool.name_en.as_str()),
        funded: amount(pool.funded),
        left: amount(pool.left),
        outstanding: amount(outstanding.unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ratio_is_cut_never_rounded_up() {
        let check = |fund: i64, outstanding: i64, expected: Option<&str>| {
            let (fund, out) = (Points::from_hundredths(fund), Points::from_hundredths(outstanding));
            assert_eq!(ratio(fund, out).as_deref(), expected);
        };
        check(11_500, 10_000, Some("1.15"));
        check(20_000, 30_000, Some("0.66"));
        check(29_999, 30_000, Some("0.99"));
        check(-500, 10_000, Some("-0.05"));
        check(0, 10_000, Some("0.00"));
        check(10_000, 0, None);
    }
}
