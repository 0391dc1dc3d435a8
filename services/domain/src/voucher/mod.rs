//! Vouchers (服务券): a service for points, in two steps. It is issued with a code, and its points are
//! held; it is used once, at a station or at its supplier, who is paid then and not before; or it
//! expires, or is given back.

mod decide;
mod evolve;
mod paper;

pub(crate) use decide::decide;
pub(crate) use evolve::evolve;
pub use paper::Voucher;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::booking::Side;
use crate::id::{ItemId, ResidentId, StationId, SupplierId, VoucherId};
use crate::statement::Volume;
use crate::time::Timestamp;
use crate::wallet::LotTaken;

/// SHA-256 of a voucher's id and its code. The code itself is on the resident's paper alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub struct CodeHash(pub [u8; 32]);

/// What a resident wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Purchase {
    /// The id that the voucher will have.
    pub voucher: VoucherId,
    /// Who pays.
    pub resident: ResidentId,
    /// For which service.
    pub item: ItemId,
    /// The hash of its code.
    pub code: CodeHash,
}

/// Where a voucher is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Counter {
    /// At a station.
    Station(StationId),
    /// At the supplier's.
    Supplier(SupplierId),
}

/// What can be wished of vouchers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Set points aside, and issue it.
    Issue(Purchase),
    /// Use it.
    Use {
        /// Which voucher.
        voucher: VoucherId,
        /// Where.
        at: Counter,
        /// The hash of the code that was shown.
        code: CodeHash,
    },
    /// Give it back unused.
    Return {
        /// Which voucher.
        voucher: VoucherId,
        /// Whose wish, or whose fault, it is.
        by: Side,
    },
}

/// What happened to vouchers. Each but a wrong code carries the whole voucher, so that no fold has
/// to remember.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Points were set aside, and it was issued.
    Issued(Voucher),
    /// A wrong code was shown for it.
    WrongCode {
        /// Which voucher.
        voucher: VoucherId,
        /// Where.
        at: Counter,
        /// The hash of the code that was shown.
        code: CodeHash,
        /// The how manyth in a row.
        tries: u8,
        /// How many in a row lock it.
        most: u8,
        /// Until when it is locked, if this was the last.
        locked_until: Option<Timestamp>,
    },
    /// It was used, and the supplier has the points.
    Used {
        /// The voucher.
        voucher: Voucher,
        /// Where.
        at: Counter,
    },
    /// Nobody used it until its end.
    Expired {
        /// The voucher.
        voucher: Voucher,
        /// What of its lots lapsed; the rest went back.
        lapsed: Vec<LotTaken>,
    },
    /// It was given back unused.
    Returned {
        /// The voucher.
        voucher: Voucher,
        /// On whose wish, or by whose fault.
        by: Side,
        /// The lots that the points went to: those that had paid, or with days of grace.
        back: Vec<LotTaken>,
        /// What had passed its date meanwhile and lapsed at once; all of it if the resident was
        /// erased.
        lapsed: Vec<LotTaken>,
    },
}

impl Event {
    /// Which voucher.
    #[must_use]
    pub const fn id(&self) -> VoucherId {
        match self {
            Self::WrongCode { voucher, .. } => *voucher,
            Self::Issued(voucher)
            | Self::Used { voucher, .. }
            | Self::Expired { voucher, .. }
            | Self::Returned { voucher, .. } => voucher.purchase.voucher,
        }
    }

    /// The voucher, unless all that happened is that a code was wrong.
    #[must_use]
    pub const fn voucher(&self) -> Option<&Voucher> {
        match self {
            Self::WrongCode { .. } => None,
            Self::Issued(voucher)
            | Self::Used { voucher, .. }
            | Self::Expired { voucher, .. }
            | Self::Returned { voucher, .. } => Some(voucher),
        }
    }

    /// How far the voucher has come by it; a wrong code leaves it issued.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self {
            Self::Issued(_) | Self::WrongCode { .. } => Status::Issued,
            Self::Used { .. } => Status::Used,
            Self::Expired { .. } => Status::Expired,
            Self::Returned { .. } => Status::Returned,
        }
    }

    /// What lapsed by it.
    #[must_use]
    pub fn lapsed(&self) -> &[LotTaken] {
        match self {
            Self::Issued(_) | Self::WrongCode { .. } | Self::Used { .. } => &[],
            Self::Expired { lapsed, .. } | Self::Returned { lapsed, .. } => lapsed,
        }
    }

    /// The lots that points went back to by it.
    #[must_use]
    pub fn back(&self) -> Vec<LotTaken> {
        match self {
            Self::Issued(_) | Self::WrongCode { .. } | Self::Used { .. } => Vec::new(),
            Self::Returned { back, .. } => back.clone(),
            Self::Expired { voucher, lapsed } => {
                let kept = |part: &&LotTaken| !lapsed.contains(part);
                voucher.lots.iter().filter(kept).copied().collect()
            }
        }
    }

    /// What the supplier is to be paid by it; `None` unless it was used.
    #[must_use]
    pub const fn owed(&self) -> Option<Volume> {
        match self {
            Self::Used { voucher, .. } => Some(Volume { pieces: 1, due: voucher.due() }),
            Self::Issued(_)
            | Self::WrongCode { .. }
            | Self::Expired { .. }
            | Self::Returned { .. } => None,
        }
    }
}

/// How far a voucher has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Status {
    /// It can be used, or will.
    Issued,
    /// It was used.
    Used,
    /// Nobody used it.
    Expired,
    /// It was given back unused.
    Returned,
}

/// A voucher in the state.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Standing {
    /// How far it has come.
    pub status: Status,
    /// Wrong codes in a row.
    pub tries: u8,
    /// Until when it is locked, if it ever was.
    pub locked_until: Option<Timestamp>,
    /// When it expires by itself, while it can be used; at once if the resident was erased.
    pub ends_at: Timestamp,
    /// The voucher, while it can be used; afterwards the log alone keeps it.
    pub open: Option<Box<Voucher>>,
}
