//! What the auditor's own books hold every record to.

/// What the books hold every record to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// The postings of a record sum to zero.
    RecordSum,
    /// All accounts sum to zero after every record.
    TotalSum,
    /// The balance and the version on a posting are those of its account so far.
    RunningBalance,
    /// No account but a funder's, and what is owed to a pool, is ever below zero.
    Overdrawn,
    /// A contribution is awarded once.
    AwardOnce,
    /// An award posts the points that it says.
    AwardPosted,
    /// Of an award at most half repays what is owed.
    RepaidAtMostHalf,
    /// An award is reversed once.
    ReverseOnce,
    /// A reversal posts what it says is taken back and owed.
    RecallPosted,
    /// The lines and the lots of a slip sum to its total, which is what is posted.
    SlipSum,
    /// A redemption begins once and ends at most once.
    HoldOnce,
    /// No station hands out or promises more than it received.
    StockCount,
    /// No more of a slip comes back than was handed out.
    ReturnedAtMost,
    /// A statement closes at what the supplier's account stands at, in points and in fen.
    StatementCloses,
    /// Of no activity are more seats taken than it has.
    SeatCapacity,
    /// A seat goes from waiting to taken to present at most, and then to one end.
    SeatOnce,
    /// Nobody holds two seats that overlap.
    SeatsApart,
    /// A stay lies within its activity, and all of them within seats times length.
    SeatTime,
    /// Of all cases of one dispute, one ending is paid for.
    DisputeOnce,
    /// What a referral gives goes to who referred the volunteer, after an award of that one's that stands.
    ReferralEarned,
    /// What a mediation gives goes to who sat at its table, and to no party.
    MediatorPaid,
    /// Of no slot is more taken than there is.
    SlotCapacity,
    /// Nobody comes to have a slot that is off, and what ends because one is off gives all back.
    SlotOff,
    /// No more is handed out off line than was granted, to all and to each, and no more is short.
    AllowanceBound,
    /// Each number of an allowance is counted once.
    SlipOnce,
    /// A booking goes from waiting to booked at most, and then to one end.
    BookingOnce,
    /// A ticket's lots sum to its price, and all of it goes to the supplier, back, or lapses.
    TicketSum,
    /// A number of two words is given once, to who is shown; withdrawn words are nobody's.
    PseudonymOnce,
    /// An account is closed for good once.
    EraseOnce,
    /// What is cleared out of a closed account is what is posted.
    ClosedPosted,
    /// Nothing comes to an account that was closed for good.
    ErasedGetsNothing,
    /// A voucher is issued once, and is used, expires or is given back once.
    VoucherOnce,
    /// A voucher's lots sum to its price, and all of it goes to the supplier, back, or lapses.
    VoucherSum,
    /// Nobody has more of an item than its terms allow.
    ItemLimit,
    /// Nobody redeems more in all than the rules allow, but off line.
    SpendingLimit,
    /// The moves of a record of stored time sum to zero.
    TimeSum,
    /// The balance on a move of stored time is the account's so far.
    TimeBalance,
    /// A record of the time bank moves what its wish, the balances and the rules say, and nothing else.
    TimeMoved,
    /// A contribution's time is stored once, while its award stands, and is taken back once.
    TimeStoredOnce,
    /// Nobody is brought above the cap by a wish; what is above goes to the chest.
    TimeCap,
    /// Only who was served may owe, as far as the rules let them, and the fund pays for key elders alone.
    TimeDebt,
    /// A resident gives time to kin or a chest, a team to a key elder or a chest.
    TimeGift,
    /// A chest grants its first: key elders, then in the order of arrival.
    TimeChest,
    /// Clearing moves with what is traded between communities, and follows whoever moves.
    TimeClearing,
    /// No wish brings a community beyond the surplus or deficit that the rules let it have.
    TimeLimit,
    /// A netting statement tells what was traded since the last, and closes where clearing stands.
    TimeNetting,
    /// Nobody waits twice for the same goods, and each wait ends once.
    QueueOnce,
    /// Goods that are short go to the first who waits and fits, before anything is wished.
    QueueOrder,
    /// In the end the books and the replayed state agree on every account and shelf.
    SameAsState,
}

impl Rule {
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::RecordSum => "the postings of a record sum to zero",
            Self::TotalSum => "all accounts sum to zero",
            Self::RunningBalance => "the balance on a posting is the account's running sum",
            Self::Overdrawn => "no account but a funder's is ever below zero",
            Self::AwardOnce => "a contribution is awarded once",
            Self::AwardPosted => "an award posts the points that it says",
            Self::RepaidAtMostHalf => "at most half of an award repays what is owed",
            Self::ReverseOnce => "an award is reversed once",
            Self::RecallPosted => "a reversal posts what it says",
            Self::SlipSum => "a slip's lines and lots sum to what is posted",
            Self::HoldOnce => "a redemption begins once and ends at most once",
            Self::StockCount => "no station hands out more than it received",
            Self::ReturnedAtMost => "no more comes back than was handed out",
            Self::AllowanceBound => "no more is handed out off line than was granted",
            Self::SlipOnce => "each off-line slip counts once",
            Self::StatementCloses => "a statement closes at what the account stands at",
            Self::SeatCapacity => "no activity has more seats taken than it has",
            Self::SeatOnce => "a seat ends once",
            Self::SeatsApart => "nobody holds two seats that overlap",
            Self::SeatTime => "no activity gives more than its seats times its length",
            Self::DisputeOnce => "a dispute pays once",
            Self::ReferralEarned => "a referral pays who referred, after a service that stands",
            Self::MediatorPaid => "what a mediation gives goes to who sat at its table",
            Self::SlotCapacity => "of no slot is more taken than there is",
            Self::SlotOff => "nobody comes to have a slot that is off, and all comes back",
            Self::BookingOnce => "a booking ends once",
            Self::TicketSum => "a ticket's points all go somewhere",
            Self::PseudonymOnce => "a pseudonym is given once, to who is shown",
            Self::EraseOnce => "an account is closed for good once",
            Self::ClosedPosted => "what is cleared out of a closed account is what is posted",
            Self::ErasedGetsNothing => "nothing comes to a closed account",
            Self::VoucherOnce => "a voucher ends once",
            Self::VoucherSum => "a voucher's points all go somewhere",
            Self::ItemLimit => "nobody has more of an item than its terms allow",
            Self::SpendingLimit => "nobody redeems more in all than the rules allow",
            Self::TimeSum => "the moves of a record of stored time sum to zero",
            Self::TimeBalance => {
                "the balance on a move of stored time is the account's running sum"
            }
            Self::TimeMoved => "stored time moves as the rules say",
            Self::TimeStoredOnce => "a contribution's time is stored once",
            Self::TimeCap => "what is above the cap goes to the chest",
            Self::TimeDebt => "stored time is owed by whom the rules let owe it",
            Self::TimeGift => "stored time is given to kin, key elders and chests alone",
            Self::TimeChest => "a chest grants in its order",
            Self::TimeClearing => "clearing moves with what is traded, and follows whoever moves",
            Self::TimeLimit => "no wish trades beyond a community's limits",
            Self::TimeNetting => "a netting statement closes where clearing stands",
            Self::QueueOnce => "nobody waits twice for the same, and a wait ends once",
            Self::QueueOrder => "nobody overtakes who waits for goods",
            Self::SameAsState => "books and state agree",
        }
    }

    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::RecordSum => "books-record-sum",
            Self::TotalSum => "books-total-sum",
            Self::RunningBalance => "books-running-balance",
            Self::Overdrawn => "books-overdrawn",
            Self::AwardOnce => "books-award-once",
            Self::AwardPosted => "books-award-posted",
            Self::RepaidAtMostHalf => "books-repaid-at-most-half",
            Self::ReverseOnce => "books-reverse-once",
            Self::RecallPosted => "books-recall-posted",
            Self::SlipSum => "books-slip-sum",
            Self::HoldOnce => "books-hold-once",
            Self::StockCount => "books-stock-count",
            Self::ReturnedAtMost => "books-returned-at-most",
            Self::AllowanceBound => "books-allowance-bound",
            Self::SlipOnce => "books-slip-once",
            Self::StatementCloses => "books-statement-closes",
            Self::SeatCapacity => "books-seat-capacity",
            Self::SeatOnce => "books-seat-once",
            Self::SeatsApart => "books-seats-apart",
            Self::SeatTime => "books-seat-time",
            Self::DisputeOnce => "books-dispute-once",
            Self::ReferralEarned => "books-referral-earned",
            Self::MediatorPaid => "books-mediator-paid",
            Self::SlotCapacity => "books-slot-capacity",
            Self::SlotOff => "books-slot-off",
            Self::BookingOnce => "books-booking-once",
            Self::TicketSum => "books-ticket-sum",
            Self::PseudonymOnce => "books-pseudonym-once",
            Self::EraseOnce => "books-erase-once",
            Self::ClosedPosted => "books-closed-posted",
            Self::ErasedGetsNothing => "books-erased-gets-nothing",
            Self::VoucherOnce => "books-voucher-once",
            Self::VoucherSum => "books-voucher-sum",
            Self::ItemLimit => "books-item-limit",
            Self::SpendingLimit => "books-spending-limit",
            Self::TimeSum => "books-time-sum",
            Self::TimeBalance => "books-time-balance",
            Self::TimeMoved => "books-time-moved",
            Self::TimeStoredOnce => "books-time-stored-once",
            Self::TimeCap => "books-time-cap",
            Self::TimeDebt => "books-time-debt",
            Self::TimeGift => "books-time-gift",
            Self::TimeChest => "books-time-chest",
            Self::TimeClearing => "books-time-clearing",
            Self::TimeLimit => "books-time-limit",
            Self::TimeNetting => "books-time-netting",
            Self::QueueOnce => "books-queue-once",
            Self::QueueOrder => "books-queue-order",
            Self::SameAsState => "books-same-as-state",
        }
    }
}
