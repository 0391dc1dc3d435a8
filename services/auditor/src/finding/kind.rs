//! The laws that a finding can break: the log's, the core's, the books', the read models'.

use linli_domain::Law;
use serde::{Serialize, Serializer};

use crate::books::Rule;

/// Which law a finding breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Frames follow each other without gap or overlap, each on the root of the one before.
    Chain,
    /// The root of a frame is that of its records.
    Root,
    /// The frame was recorded when its last record was.
    FrameTime,
    /// A record is written in its one form.
    Form,
    /// A tile holds the hashes of the tree over the records.
    Tile,
    /// What was signed is the root over the records, of each checkpoint and in their order.
    Checkpoint,
    /// A checkpoint is signed by the log, with a key that was valid then.
    Signature,
    /// What stands below a checkpoint as a witness's signature is one.
    Cosignature,
    /// A client's key stands for one command.
    KeyOnce,
    /// The index of keys names each command's records, and nothing else.
    KeyIndex,
    /// A law of the core.
    Law(Law),
    /// A rule of the auditor's own books.
    Books(Rule),
    /// A row of a read model shows what the log tells.
    Row,
    /// A read model follows the log.
    Follows,
    /// The stream holds the frames of the log, each once and in order.
    Stream,
}

impl Kind {
    /// The law in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Chain => "frames follow each other",
            Self::Root => "the root is that of the records",
            Self::FrameTime => "a frame was recorded when its last record was",
            Self::Form => "a record is written in its one form",
            Self::Tile => "a tile holds the hashes of the records",
            Self::Checkpoint => "what was signed is the root of the records",
            Self::Signature => "a checkpoint is signed by the log",
            Self::Cosignature => "a cosignature is a witness's",
            Self::KeyOnce => "a key stands for one command",
            Self::KeyIndex => "the index of keys names the records of each command",
            Self::Law(law) => law.words(),
            Self::Books(rule) => rule.words(),
            Self::Row => "the row shows what the log tells",
            Self::Follows => "the read model follows the log",
            Self::Stream => "the stream holds the frames of the log",
        }
    }

    /// The law's name for machines.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Chain => "chain",
            Self::Root => "root",
            Self::FrameTime => "frame-time",
            Self::Form => "form",
            Self::Tile => "tile",
            Self::Checkpoint => "checkpoint",
            Self::Signature => "signature",
            Self::Cosignature => "cosignature",
            Self::KeyOnce => "key-once",
            Self::KeyIndex => "key-index",
            Self::Law(law) => law_code(law),
            Self::Books(rule) => rule.code(),
            Self::Row => "row",
            Self::Follows => "follows",
            Self::Stream => "stream",
        }
    }
}

const fn law_code(law: Law) -> &'static str {
    match law {
        Law::Position => "position",
        Law::RecordedTime => "recorded-time",
        Law::HappenedTime => "happened-time",
        Law::Known => "known",
        Law::Postings => "postings",
        Law::ZeroSum => "zero-sum",
        Law::NonNegative => "non-negative",
        Law::Lots => "lots",
        Law::Debts => "debts",
        Law::Stock => "stock",
        Law::Capacity => "capacity",
        Law::Allowance => "allowance",
        Law::Seats => "seats",
        Law::SeatEndsOnce => "seat-ends-once",
        Law::HoldEndsOnce => "hold-ends-once",
        Law::Statement => "statement",
        Law::Honours => "honours",
        Law::Erased => "erased",
        Law::NoOverlap => "no-overlap",
        Law::Notice => "notice",
        Law::Held => "held",
        Law::Range => "range",
        Law::Rules => "rules",
        Law::StoredTime => "stored-time",
        Law::Deadline => "deadline",
    }
}

/// Every law that a whole audit of a log checks, in the order in which a reader thinks of them.
pub(crate) const OF_THE_LOG: &[Kind] = &[
    Kind::Chain,
    Kind::Root,
    Kind::FrameTime,
    Kind::Form,
    Kind::KeyOnce,
    Kind::Law(Law::Position),
    Kind::Law(Law::RecordedTime),
    Kind::Law(Law::HappenedTime),
    Kind::Law(Law::Known),
    Kind::Law(Law::Postings),
    Kind::Law(Law::ZeroSum),
    Kind::Law(Law::NonNegative),
    Kind::Law(Law::Lots),
    Kind::Law(Law::Debts),
    Kind::Law(Law::Stock),
    Kind::Law(Law::Capacity),
    Kind::Law(Law::Allowance),
    Kind::Law(Law::Seats),
    Kind::Law(Law::SeatEndsOnce),
    Kind::Law(Law::HoldEndsOnce),
    Kind::Law(Law::Statement),
    Kind::Law(Law::Honours),
    Kind::Law(Law::Erased),
    Kind::Law(Law::NoOverlap),
    Kind::Law(Law::Notice),
    Kind::Law(Law::Held),
    Kind::Law(Law::Range),
    Kind::Law(Law::Rules),
    Kind::Law(Law::StoredTime),
    Kind::Law(Law::Deadline),
    Kind::Books(Rule::RecordSum),
    Kind::Books(Rule::TotalSum),
    Kind::Books(Rule::RunningBalance),
    Kind::Books(Rule::Overdrawn),
    Kind::Books(Rule::AwardOnce),
    Kind::Books(Rule::AwardPosted),
    Kind::Books(Rule::RepaidAtMostHalf),
    Kind::Books(Rule::ReverseOnce),
    Kind::Books(Rule::RecallPosted),
    Kind::Books(Rule::SlipSum),
    Kind::Books(Rule::HoldOnce),
    Kind::Books(Rule::StockCount),
    Kind::Books(Rule::ReturnedAtMost),
    Kind::Books(Rule::StatementCloses),
    Kind::Books(Rule::AllowanceBound),
    Kind::Books(Rule::SlipOnce),
    Kind::Books(Rule::SeatCapacity),
    Kind::Books(Rule::SeatOnce),
    Kind::Books(Rule::SeatsApart),
    Kind::Books(Rule::SeatTime),
    Kind::Books(Rule::DisputeOnce),
    Kind::Books(Rule::ReferralEarned),
    Kind::Books(Rule::PseudonymOnce),
    Kind::Books(Rule::MediatorPaid),
    Kind::Books(Rule::SlotCapacity),
    Kind::Books(Rule::SlotOff),
    Kind::Books(Rule::EraseOnce),
    Kind::Books(Rule::ClosedPosted),
    Kind::Books(Rule::ErasedGetsNothing),
    Kind::Books(Rule::BookingOnce),
    Kind::Books(Rule::VoucherOnce),
    Kind::Books(Rule::VoucherSum),
    Kind::Books(Rule::ItemLimit),
    Kind::Books(Rule::SpendingLimit),
    Kind::Books(Rule::TicketSum),
    Kind::Books(Rule::TimeSum),
    Kind::Books(Rule::TimeBalance),
    Kind::Books(Rule::TimeMoved),
    Kind::Books(Rule::TimeStoredOnce),
    Kind::Books(Rule::TimeCap),
    Kind::Books(Rule::TimeDebt),
    Kind::Books(Rule::TimeGift),
    Kind::Books(Rule::TimeChest),
    Kind::Books(Rule::TimeClearing),
    Kind::Books(Rule::TimeLimit),
    Kind::Books(Rule::TimeNetting),
    Kind::Books(Rule::QueueOnce),
    Kind::Books(Rule::QueueOrder),
    Kind::Books(Rule::SameAsState),
];

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
