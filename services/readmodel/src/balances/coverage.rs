//! What stands behind the points that are out: questions of sums over all wallets.

use linli_domain::id::PoolId;
use linli_domain::quantity::{Fen, Points};
use linli_domain::text::{Code, Name};

use crate::error::{ReadError, RowError};
use crate::projection::Projection;
use crate::reader::Reader;
use crate::table::cell;

/// A pool, and the points out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolCover {
    /// Its id.
    pub pool: PoolId,
    /// The name by which rules draw on it.
    pub code: Code,
    /// Its name in Chinese.
    pub name_zh: Name,
    /// Its name in English.
    pub name_en: Name,
    /// Points its funder has put in.
    pub funded: Points,
    /// Points it still has to give.
    pub left: Points,
    /// Points out of it in wallets, available or held.
    pub outstanding: Points,
}

impl Reader {
    /// All pools with the points out of them, in the order of their codes; and what the goods cost
    /// that points were redeemed for. Reads every lot: a second for some millions.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn coverage(&self) -> Result<(Vec<PoolCover>, Fen), ReadError> {
        let (client, directory) = self.session(Projection::Directory).await?;
        drop(client);
        let (client, balances) = self.session(Projection::Balances).await?;
        let pools = format!(
            "SELECT p.pool, p.code, p.name_zh, p.name_en, \
             coalesce(a.funded_hundredths, 0), coalesce(a.left_hundredths, 0), \
             coalesce(l.out_hundredths, 0) \
             FROM {directory}.pool p \
             LEFT JOIN {balances}.pool_account a USING (district, pool) \
             LEFT JOIN (\
                 SELECT pool, sum(available_hundredths + held_hundredths)::bigint AS out_hundredths \
                 FROM {balances}.lot WHERE district = $1 GROUP BY pool\
             ) l USING (pool) \
             WHERE p.district = $1 ORDER BY p.code"
        );
        let cost = format!(
            "SELECT coalesce(sum(owed_fen + settled_fen), 0)::bigint \
             FROM {balances}.supplier_account WHERE district = $1"
        );
        let district = self.district().as_str();
        let (pools, cost) =
            (client.prepare_cached(&pools).await?, client.prepare_cached(&cost).await?);
        let rows = client.query(&pools, &[&district]).await?;
        let spent = client.query_one(&cost, &[&district]).await?;
        let spent = cell(&spent, &mut 0, "spent")?;
        let pools = rows.iter().map(cover).collect::<Result<_, RowError>>()?;
        Ok((pools, spent))
    }
}

fn cover(row: &tokio_postgres::Row) -> Result<PoolCover, RowError> {
    let at = &mut 0;
    Ok(PoolCover {
        pool: cell(row, at, "pool")?,
        code: cell(row, at, "code")?,
        name_zh: cell(row, at, "name_zh")?,
        name_en: cell(row, at, "name_en")?,
        funded: cell(row, at, "funded")?,
        left: cell(row, at, "left")?,
        outstanding: cell(row, at, "outstanding")?,
    })
}
