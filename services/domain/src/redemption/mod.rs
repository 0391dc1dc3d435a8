//! Redemption (兑换): points for goods, in two steps (reserve, then capture or void) or in one.

mod decide;
mod evolve;
mod returning;
mod shown;
mod slip;

pub use decide::LINES_MAX;
pub(crate) use decide::{decide, queued_slip, released};
pub(crate) use evolve::evolve;
pub(crate) use returning::dated;
pub use returning::{Fate, Fault, Return, ReturnLine, ReturnReason, Returning};
pub use shown::{CODE_STEP_US, Shown};
pub use slip::{Line, Slip};

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{ItemId, RedemptionId, ResidentId, ShiftId, StationId};
use crate::time::Timestamp;
use crate::wallet::LotTaken;

/// What a resident wants at a station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basket {
    /// The id that the redemption will have.
    pub redemption: RedemptionId,
    /// Who pays.
    pub resident: ResidentId,
    /// Where.
    pub station: StationId,
    /// The shift of the station that it is in, if any.
    pub shift: Option<ShiftId>,
    /// What the resident showed, if anything.
    pub shown: Option<Shown>,
    /// What, and how many of each; an item stands in it once.
    pub wishes: Vec<Wish>,
}

/// An item and how many of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Which item.
    pub item: ItemId,
    /// How many.
    pub quantity: u32,
}

/// Why an open redemption was voided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum VoidReason {
    /// The resident changed their mind.
    Resident,
    /// The station couldn't hand it out.
    Station,
    /// The supplier couldn't deliver.
    Supplier,
    /// The resident was erased: nobody can say so, it follows from that.
    Erased,
}

/// What can be wished of redemptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Set points and stock aside until the deadline of the rules.
    Reserve(Basket),
    /// Hand out what was reserved, or a part of it; the rest is given back.
    Capture {
        /// Which redemption.
        redemption: RedemptionId,
        /// At which station.
        station: StationId,
        /// The shift of the station that it is in, if any.
        shift: Option<ShiftId>,
        /// What the resident showed, if anything.
        shown: Option<Shown>,
        /// What is handed out, and how many of each; all of it if nothing is named.
        handed: Vec<Wish>,
    },
    /// Give back what was reserved.
    Void {
        /// Which redemption.
        redemption: RedemptionId,
        /// At which station.
        station: StationId,
        /// Why.
        reason: VoidReason,
    },
    /// Reserve and hand out at once, over the counter.
    Sell(Basket),
    /// Take back what was handed out.
    Return(Returning),
}

/// What happened to redemptions. Each carries the whole slip, so that no fold has to remember.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Points and stock were set aside.
    Reserved {
        /// The slip.
        slip: Slip,
        /// When the hold releases by itself.
        expires_at: Timestamp,
    },
    /// All that was reserved was handed out.
    Captured(Slip),
    /// A part of what was reserved was handed out, and the rest was given back.
    PartCaptured {
        /// What was handed out, and the lots that paid it.
        handed: Slip,
        /// What was given back, and the lots it went to.
        rest: Slip,
        /// Of the rest's lots, what had passed its date meanwhile and lapsed at once.
        lapsed: Vec<LotTaken>,
    },
    /// What was reserved was given back.
    Voided {
        /// The slip.
        slip: Slip,
        /// Why.
        reason: VoidReason,
        /// Of the slip's lots, what had passed its date meanwhile and lapsed at once; all of them if
        /// the resident was erased.
        lapsed: Vec<LotTaken>,
    },
    /// The deadline passed and what was reserved was given back.
    TimedOut {
        /// The slip.
        slip: Slip,
        /// Of the slip's lots, what had passed its date meanwhile and lapsed at once.
        lapsed: Vec<LotTaken>,
    },
    /// Reserved and handed out at once.
    Sold(Slip),
    /// Something that was handed out came back, or was paid back since it can't.
    Returned(Box<Return>),
}

impl Event {
    /// The slip that every event of a redemption carries: of a part capture what was handed out,
    /// of a return what came back.
    #[must_use]
    pub const fn slip(&self) -> &Slip {
        match self {
            Self::Reserved { slip, .. }
            | Self::Captured(slip)
            | Self::Voided { slip, .. }
            | Self::TimedOut { slip, .. }
            | Self::Sold(slip)
            | Self::PartCaptured { handed: slip, .. } => slip,
            Self::Returned(it) => &it.slip,
        }
    }
}

/// How far a redemption has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Status {
    /// Points and stock are set aside.
    Reserved,
    /// Handed out.
    Captured,
    /// Given back on somebody's wish.
    Voided,
    /// Given back by the deadline.
    TimedOut,
    /// Handed out in part; the rest was given back.
    PartCaptured,
    /// All that was handed out has come back.
    Returned,
}
