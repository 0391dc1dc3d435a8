//! Vouchers: what stands in their tables, and the queries of it.

use linli_domain::Position;
use linli_domain::booking::Side;
use linli_domain::id::{ItemId, LotId, PoolId, ResidentId, StationId, SupplierId, VoucherId};
use linli_domain::item::Unused;
use linli_domain::quantity::{Fen, Points};
use linli_domain::time::Timestamp;
use linli_domain::voucher::{CodeHash, Status};

use crate::catalogue::day_bits;
use crate::cell::Cell as _;
use crate::error::ReadError;
use crate::page::{Page, fetch};
use crate::reader::Reader;
use crate::table::table;

table! {
    /// A voucher.
    Voucher in Redemptions "voucher" {
        /// Its id.
        Key voucher: VoucherId = "voucher",
        /// Who pays.
        Fix resident: ResidentId = "resident",
        /// For which service.
        Fix item: ItemId = "item",
        /// Who supplies it.
        Fix supplier: SupplierId = "supplier",
        /// Points for it.
        Fix price: Points = "price_hundredths",
        /// What it costs the pools.
        Fix cost: Fen = "cost_fen",
        /// The hash of its code.
        Fix code: CodeHash = "code_sha256",
        /// From when it is good.
        Fix good_from: Timestamp = "good_from_us",
        /// When it expires by itself.
        Fix expires_at: Timestamp = "expires_at_us",
        /// The days of the week on which it is good, Monday the lowest bit.
        Fix weekdays: u8 = "weekdays",
        /// What becomes of its points if nobody uses it.
        Fix unused: Unused = "unused",
        /// So many wrong codes in a row lock it.
        Fix wrong_codes: u8 = "wrong_codes",
        /// The record that issued it.
        Fix position: Position = "position",
        /// When that was recorded.
        Fix recorded_at: Timestamp = "recorded_at_us",
        /// How far it has come.
        Set status: Status = "status",
        /// Wrong codes in a row.
        Set tries: u8 = "tries",
        /// Until when it was locked the last time.
        Set locked_until: Option<Timestamp> = "locked_until_us",
        /// The record that ended it.
        Set ended_position: Option<Position> = "ended_position",
        /// When it ended.
        Set ended_at: Option<Timestamp> = "ended_at_us",
        /// The station where it was used; none if at the supplier's, or not at all.
        Set station: Option<StationId> = "station",
        /// On whose wish, or by whose fault, it was given back.
        Set returned_by: Option<Side> = "returned_by",
        /// What of its points lapsed.
        Set lapsed: Points = "lapsed_hundredths",
    }
}

table! {
    /// A wrong code: a change to [`Voucher`].
    VoucherTries in Redemptions "voucher" {
        /// For which.
        Key voucher: VoucherId = "voucher",
        /// Wrong codes in a row.
        Set tries: u8 = "tries",
        /// Until when it is locked.
        Set locked_until: Option<Timestamp> = "locked_until_us",
    }
}

table! {
    /// The end of a voucher: a change to [`Voucher`].
    VoucherEnd in Redemptions "voucher" {
        /// Of which.
        Key voucher: VoucherId = "voucher",
        /// How it ended.
        Set status: Status = "status",
        /// The record.
        Set ended_position: Option<Position> = "ended_position",
        /// When.
        Set ended_at: Option<Timestamp> = "ended_at_us",
        /// The station where it was used.
        Set station: Option<StationId> = "station",
        /// On whose wish, or by whose fault, it was given back.
        Set returned_by: Option<Side> = "returned_by",
        /// What of its points lapsed.
        Set lapsed: Points = "lapsed_hundredths",
    }
}

table! {
    /// A part of a lot that pays a voucher.
    VoucherLot in Redemptions "voucher_lot" {
        /// Which voucher.
        Key voucher: VoucherId = "voucher",
        /// In the order in which they were taken, from 0.
        Key ordinal: u16 = "ordinal",
        /// Which lot.
        Fix lot: LotId = "lot",
        /// The pool it came from.
        Fix pool: PoolId = "pool",
        /// When it lapses.
        Fix expires_at: Timestamp = "expires_at_us",
        /// How much of it.
        Fix points: Points = "points_hundredths",
    }
}

impl Voucher {
    /// The row of one that was issued by a record.
    #[must_use]
    pub fn issued(it: &linli_domain::voucher::Voucher, at: (Position, Timestamp)) -> Self {
        let (position, recorded_at) = at;
        Self {
            voucher: it.purchase.voucher,
            resident: it.purchase.resident,
            item: it.purchase.item,
            supplier: it.supplier,
            price: it.price,
            cost: it.cost,
            code: it.purchase.code,
            good_from: it.good_from,
            expires_at: it.expires_at,
            weekdays: day_bits(&it.terms.weekdays),
            unused: it.terms.unused,
            wrong_codes: it.terms.wrong_codes,
            position,
            recorded_at,
            status: Status::Issued,
            tries: 0,
            locked_until: None,
            ended_position: None,
            ended_at: None,
            station: None,
            returned_by: None,
            lapsed: Points::ZERO,
        }
    }

    /// Puts a wrong code in.
    pub fn miss(&mut self, it: VoucherTries) {
        let VoucherTries { voucher: _, tries, locked_until } = it;
        (self.tries, self.locked_until) = (tries, locked_until);
    }

    /// Puts in how it ended.
    pub fn end(&mut self, it: VoucherEnd) {
        let VoucherEnd {
            voucher: _,
            status,
            ended_position,
            ended_at,
            station,
            returned_by,
            lapsed,
        } = it;
        (self.status, self.ended_position, self.ended_at) = (status, ended_position, ended_at);
        (self.station, self.returned_by, self.lapsed) = (station, returned_by, lapsed);
    }
}

impl Reader {
    /// One voucher.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn voucher(&self, id: VoucherId) -> Result<Option<Voucher>, ReadError> {
        self.select_first("AND voucher = $2", &[&id.wire()]).await
    }

    /// The lots that paid for a voucher, in the order in which they were taken.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn voucher_lots(&self, id: VoucherId) -> Result<Vec<VoucherLot>, ReadError> {
        self.select("AND voucher = $2 ORDER BY ordinal", &[&id.wire()]).await
    }

    /// What a lot was set aside for, in the order of the vouchers' ids.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn lot_vouched(&self, lot: LotId) -> Result<Vec<VoucherLot>, ReadError> {
        self.select("AND lot = $2 ORDER BY voucher, ordinal", &[&lot.wire()]).await
    }

    /// A resident's vouchers, newest first, before one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn vouchers_of(
        &self,
        resident: ResidentId,
        before: Option<Position>,
        limit: u32,
    ) -> Result<Page<Voucher, Position>, ReadError> {
        let rest = "AND resident = $2 AND position < $3 ORDER BY position DESC LIMIT $4";
        let before = before.unwrap_or(Position(u64::MAX));
        let rows = self.select(rest, &[&resident.wire(), &before.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &Voucher| row.position))
    }
}
