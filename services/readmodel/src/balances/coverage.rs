//! What stands behind the points that are out: questions of sums over all wallets.

use std::collections::BTreeMap;

use linli_domain::id::PoolId;
use linli_domain::quantity::{Fen, Points};

use crate::error::{ReadError, RowError};
use crate::projection::Projection;
use crate::reader::Reader;
use crate::table::cell;

impl Reader {
    /// Points in wallets, available or held, by the pool that they came from. Reads every lot: a
    /// second for some millions.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn outstanding(&self) -> Result<BTreeMap<PoolId, Points>, ReadError> {
        let (client, schema) = self.session(Projection::Balances).await?;
        let text = format!(
            "SELECT pool, sum(available_hundredths + held_hundredths)::bigint \
             FROM {schema}.lot WHERE district = $1 GROUP BY pool"
        );
        let statement = client.prepare_cached(&text).await?;
        let rows = client.query(&statement, &[&self.district().as_str()]).await?;
        let of_row = |row: &tokio_postgres::Row| {
            let at = &mut 0;
            Ok((cell(row, at, "pool")?, cell(row, at, "outstanding")?))
        };
        rows.iter().map(of_row).collect::<Result<_, RowError>>().map_err(ReadError::Row)
    }

    /// What the goods cost that points were redeemed for.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn spent(&self) -> Result<Fen, ReadError> {
        let (client, schema) = self.session(Projection::Balances).await?;
        let text = format!(
            "SELECT coalesce(sum(owed_fen + settled_fen), 0)::bigint \
             FROM {schema}.supplier_account WHERE district = $1"
        );
        let statement = client.prepare_cached(&text).await?;
        let row = client.query_one(&statement, &[&self.district().as_str()]).await?;
        cell(&row, &mut 0, "spent").map_err(ReadError::Row)
    }
}
