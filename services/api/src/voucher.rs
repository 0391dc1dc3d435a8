//! Vouchers (服务券): services for points, with a code that is used once.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::booking::BookingSide;
use crate::redemption::LotTaken;
use crate::resource::Weekday;
use crate::{Amount, Id, Instant};

/// What a resident wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueVoucher {
    /// The id that the voucher will have; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voucher: Option<Id>,
    /// Who pays.
    pub resident: Id,
    /// For which service.
    pub item: Id,
}

/// A voucher is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UseVoucher {
    /// The code on it. Case, hyphens and blanks don't matter.
    #[schema(example = "7K3M-Q9RT-2XWB-5HNE", min_length = 1, max_length = 64)]
    pub code: String,
}

/// A voucher is to be given back unused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnVoucher {
    /// Whose wish, or whose fault, it is. A partner speaks for the resident alone.
    pub by: BookingSide,
}

/// How far a voucher has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VoucherStatus {
    /// It can be used, or will.
    Issued,
    /// It was used, and the supplier has the points.
    Used,
    /// Nobody used it until its end.
    Expired,
    /// It was given back unused.
    Returned,
}

/// What a step of a voucher changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VoucherChanged {
    /// Which voucher.
    pub voucher: Id,
    /// How far it has come.
    pub status: VoucherStatus,
    /// Who pays.
    pub resident: Id,
    /// For which service.
    pub item: Id,
    /// Who supplies it.
    pub supplier: Id,
    /// Points for it.
    pub price: Amount,
    /// What it costs the pools, in yuan.
    pub cost: Amount,
    /// From when it is good.
    pub good_from: Instant,
    /// When it expires by itself.
    pub expires_at: Instant,
    /// The days of the week on which it is good.
    pub weekdays: Vec<Weekday>,
    /// Its code, told to whoever issued it and to nobody else. The log has only a hash of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "7K3M-Q9RT-2XWB-5HNE")]
    pub code: Option<String>,
    /// The lots that pay, soonest expiry first; they sum to the price.
    pub lots: Vec<LotTaken>,
    /// Where it was used, if at a station.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<Id>,
    /// The lots that points went back to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub back: Vec<LotTaken>,
    /// What of the lots lapsed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lapsed: Vec<LotTaken>,
    /// On whose wish, or by whose fault, it was given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned_by: Option<BookingSide>,
    /// What the resident can spend after it, if that changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available: Option<Amount>,
    /// What is set aside for the resident after it, if that changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Amount>,
}

/// A wrong code was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WrongVoucherCode {
    /// For which voucher.
    pub voucher: Id,
    /// At which station.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<Id>,
    /// At which supplier's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<Id>,
    /// The how manyth in a row.
    pub tries: u8,
    /// How many in a row lock it.
    pub most: u8,
    /// Until when it is locked, if this was the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked_until: Option<Instant>,
}

/// A voucher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Voucher {
    /// Its id.
    pub voucher: Id,
    /// How far it has come.
    pub status: VoucherStatus,
    /// Who pays.
    pub resident: Id,
    /// For which service.
    pub item: Id,
    /// Who supplies it.
    pub supplier: Id,
    /// Points for it.
    pub price: Amount,
    /// When it was issued.
    pub recorded_at: Instant,
    /// From when it is good.
    pub good_from: Instant,
    /// When it expires by itself.
    pub expires_at: Instant,
    /// The days of the week on which it is good.
    pub weekdays: Vec<Weekday>,
    /// Its code, told to whoever issued it and to nobody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "7K3M-Q9RT-2XWB-5HNE")]
    pub code: Option<String>,
    /// Wrong codes in a row.
    pub tries: u8,
    /// How many in a row lock it.
    pub wrong_codes: u8,
    /// Until when it was locked the last time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked_until: Option<Instant>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Instant>,
    /// The station where it was used; none if at the supplier's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<Id>,
    /// On whose wish, or by whose fault, it was given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned_by: Option<BookingSide>,
    /// What of its points lapsed.
    pub lapsed: Amount,
}
