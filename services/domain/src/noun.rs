//! The nouns that can be unknown, or there already.

/// The nouns that can be unknown, or there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is the noun of its module")]
pub enum Noun {
    Area,
    Household,
    Resident,
    Card,
    Officer,
    Station,
    Operator,
    Shift,
    Allowance,
    Supplier,
    Pool,
    Item,
    Contribution,
    Notice,
    Redemption,
    Voucher,
    Team,
    Activity,
    Seat,
    Hazard,
    Order,
    Whistle,
    Aid,
    Case,
    Mediator,
    Estate,
    Committee,
    Certificate,
    RecordReport,
    Statement,
    Resource,
    Booking,
}
