//! Queries of balances.

use linli_domain::Position;
use linli_domain::id::{ResidentId, StatementId, SupplierId};
use linli_domain::quantity::Points;

use super::{Disputed, Line, LossAccount, Lot, Side, Statement, SupplierAccount, Wallet};
use crate::cell::Cell as _;
use crate::error::ReadError;
use crate::page::{Page, fetch};
use crate::projection::Projection;
use crate::reader::Reader;
use crate::table::cell;

/// A place in a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineCursor {
    /// The record,
    pub position: Position,
    /// and which of its postings.
    pub ordinal: u16,
}

/// What the whole district's points amount to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Put into pools by their funders.
    pub funded: Points,
    /// Ever awarded, less what came back.
    pub issued: Points,
    /// Ever redeemed.
    pub redeemed: Points,
    /// Ever lapsed.
    pub lapsed: Points,
    /// In wallets now, free to spend.
    pub available: Points,
    /// In wallets now, set aside.
    pub held: Points,
    /// Owed by residents.
    pub receivable: Points,
}

impl Reader {
    /// A resident's wallet; none if nobody by this id is registered.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn wallet(&self, resident: ResidentId) -> Result<Option<Wallet>, ReadError> {
        self.select_first("AND resident = $2", &[&resident.wire()]).await
    }

    /// A resident's lots that still hold something, soonest expiry first.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn lots(&self, resident: ResidentId) -> Result<Vec<Lot>, ReadError> {
        self.select("AND resident = $2 ORDER BY expires_at_us, lot", &[&resident.wire()]).await
    }

    /// A resident's statement, newest line first, before one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn statement(
        &self,
        resident: ResidentId,
        before: Option<LineCursor>,
        limit: u32,
    ) -> Result<Page<Line, LineCursor>, ReadError> {
        let rest = "AND resident = $2 AND (position, ordinal) < ($3, $4) \
                    ORDER BY position DESC, ordinal DESC LIMIT $5";
        let end = LineCursor { position: Position(u64::MAX), ordinal: u16::MAX };
        let LineCursor { position, ordinal } = before.unwrap_or(end);
        let resident = resident.wire();
        let (position, ordinal, fetch) = (position.wire(), ordinal.wire(), fetch(limit));
        let rows = self.select(rest, &[&resident, &position, &ordinal, &fetch]).await?;
        let cursor = |line: &Line| LineCursor { position: line.position, ordinal: line.ordinal };
        Ok(Page::cut(rows, limit, cursor))
    }

    /// What moved what a resident can spend, oldest line first: the lines after a position, or the
    /// newest. Lines of one record are never cut apart, so a page may hold some fewer than `limit`,
    /// and whoever asks for those after its last line misses none.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn passbook(
        &self,
        resident: ResidentId,
        since: Option<Position>,
        limit: u32,
    ) -> Result<Page<Line, Position>, ReadError> {
        let (order, since_or_any) = match since {
            Some(since) => ("position, ordinal", since),
            None => ("position DESC, ordinal DESC", Position::START),
        };
        let rest =
            format!("AND resident = $2 AND side = $3 AND position > $4 ORDER BY {order} LIMIT $5");
        let (resident, side) = (resident.wire(), Side::Available.wire());
        let (after, fetch) = (since_or_any.wire(), fetch(limit));
        let mut rows = self.select(&rest, &[&resident, &side, &after, &fetch]).await?;
        let cut =
            rows.get(usize::try_from(limit).unwrap_or(usize::MAX)).map(|row: &Line| row.position);
        if let Some(cut) = cut {
            rows.retain(|row| row.position != cut);
        }
        let next = cut.and(since).and_then(|_| rows.last()).map(|row| row.position);
        if since.is_none() {
            rows.reverse();
        }
        Ok(Page { rows, next })
    }

    /// What a record did to what a resident can spend.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn passbook_lines(
        &self,
        resident: ResidentId,
        position: Position,
    ) -> Result<Vec<Line>, ReadError> {
        let rest = "AND resident = $2 AND side = $3 AND position = $4 ORDER BY ordinal";
        let (resident, side) = (resident.wire(), Side::Available.wire());
        self.select(rest, &[&resident, &side, &position.wire()]).await
    }

    /// What one of a resident's balances stood at after the record at `at`.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn balance_at(
        &self,
        resident: ResidentId,
        side: Side,
        at: Position,
    ) -> Result<Points, ReadError> {
        let rest = "AND resident = $2 AND position <= $3 AND side = $4 \
                    ORDER BY position DESC, ordinal DESC LIMIT 1";
        let parameters = (resident.wire(), at.wire(), side.wire());
        let line: Option<Line> =
            self.select_first(rest, &[&parameters.0, &parameters.1, &parameters.2]).await?;
        Ok(line.map_or(Points::ZERO, |line| line.balance))
    }

    /// One supplier's account; none if it isn't enrolled.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn supplier_account(
        &self,
        supplier: SupplierId,
    ) -> Result<Option<SupplierAccount>, ReadError> {
        self.select_first("AND supplier = $2", &[&supplier.wire()]).await
    }

    /// Statements, newest first, before one of them: a supplier's, or everybody's.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn statements(
        &self,
        supplier: Option<SupplierId>,
        before: Option<Position>,
        limit: u32,
    ) -> Result<Page<Statement, Position>, ReadError> {
        let rest = "AND ($2::uuid IS NULL OR supplier = $2) AND position < $3 \
                    ORDER BY position DESC LIMIT $4";
        let before = before.unwrap_or(Position(u64::MAX));
        let rows = self.select(rest, &[&supplier.wire(), &before.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &Statement| row.position))
    }

    /// One statement of a supplier.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn supplier_statement(
        &self,
        statement: StatementId,
    ) -> Result<Option<Statement>, ReadError> {
        self.select_first("AND statement = $2", &[&statement.wire()]).await
    }

    /// The disputed lines of a statement, in the order of the items' ids.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn disputes(&self, statement: StatementId) -> Result<Vec<Disputed>, ReadError> {
        self.select("AND statement = $2 ORDER BY item", &[&statement.wire()]).await
    }

    /// What offices answer for, in the order of their ids.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn losses(&self) -> Result<Vec<LossAccount>, ReadError> {
        self.select("ORDER BY officer", &[]).await
    }

    /// The sums over all wallets, pools and suppliers. Reads every wallet: for a summary, not for
    /// every page.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn totals(&self) -> Result<Totals, ReadError> {
        let (client, schema) = self.session(Projection::Balances).await?;
        let sum = |column: &str, table: &str| {
            format!(
                "(SELECT coalesce(sum({column}_hundredths), 0)::bigint \
                 FROM {schema}.{table} WHERE district = $1)"
            )
        };
        let columns = [
            sum("funded", "pool_account"),
            sum("drawn", "pool_account"),
            sum("owed_hundredths + settled", "supplier_account"),
            sum("lapsed", "pool_account"),
            sum("available", "wallet"),
            sum("held", "wallet"),
            sum("receivable", "wallet"),
        ];
        let statement = client.prepare_cached(&format!("SELECT {}", columns.join(", "))).await?;
        let row = client.query_one(&statement, &[&self.district().as_str()]).await?;
        let at = &mut 0;
        Ok(Totals {
            funded: cell(&row, at, "funded")?,
            issued: cell(&row, at, "issued")?,
            redeemed: cell(&row, at, "redeemed")?,
            lapsed: cell(&row, at, "lapsed")?,
            available: cell(&row, at, "available")?,
            held: cell(&row, at, "held")?,
            receivable: cell(&row, at, "receivable")?,
        })
    }
}
