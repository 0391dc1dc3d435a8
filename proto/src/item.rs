//! The catalogue.

use linli_domain::item::{
    Command, Count, CountStock, Delivery, Eligibility, Event, Item, ItemKind, Limit, Move, Much,
    OpenTo, Pricing, Taker, Terms, TermsPart, Unused, VoucherTerms, WriteOff, WriteOffReason,
    WriteOffStock,
};

use crate::wire;

plain_enum! { ItemKind = wire::ItemKind { Goods, Service, Bookable } }

message! { Eligibility = wire::Eligibility {
    least_stars: plain(least_stars),
    assisted_only: plain(assisted_only),
} }

message! { Item = wire::Item {
    item: need(item),
    supplier: need(supplier),
    name: need(name),
    kind: plain(kind),
    price_points_hundredths: plain(price),
    cost_fen: plain(cost),
    eligibility: need(eligibility),
} }

message! { Pricing = wire::Pricing {
    item: need(item),
    price_points_hundredths: plain(price),
    cost_fen: plain(cost),
} }

choice! { OpenTo = wire::OpenTo, wire::open_to::Kind { one { Area, Household, Resident } } }

plain_enum! { Taker = wire::Taker { Person, Household } }

choice! { Much = wire::Much, wire::much::Kind { one { Pieces, Points } } }

message! { Limit = wire::ItemLimit {
    taker: plain(taker),
    window: plain(window),
    most: need(most),
} }

plain_enum! { Unused = wire::UnusedVoucher { Returned, Lapsed } }

message! { VoucherTerms = wire::VoucherTerms {
    from_days: plain(from_days),
    until_days: plain(until_days),
    weekdays: plain(weekdays),
    unused: plain(unused),
    wrong_codes: plain(wrong_codes),
    lock_minutes: plain(lock),
} }

message! { Terms = wire::ItemTerms {
    item: need(item),
    only: plain(only),
    limits: plain(limits),
    voucher: plain(voucher),
} }

plain_enum! { TermsPart = wire::TermsPart { Only, Limits, Voucher } }

message! { Delivery = wire::Delivery {
    station: need(station),
    item: need(item),
    quantity: plain(quantity),
    reference: plain(reference),
} }

message! { CountStock = wire::CountStock {
    station: need(station),
    item: need(item),
    officer: need(officer),
    found: plain(found),
    operator: plain(operator),
} }

message! { Count = wire::StockCounted {
    count: need(count),
    expected: plain(expected),
    cost_fen: plain(cost),
} }

message! { Move = wire::StockMove {
    from: need(from),
    to: need(to),
    item: need(item),
    quantity: plain(quantity),
    reference: plain(reference),
} }

plain_enum! { WriteOffReason = wire::WriteOffReason { Damaged, PastDate, Lost } }

message! { WriteOffStock = wire::WriteOffStock {
    station: need(station),
    item: need(item),
    quantity: plain(quantity),
    reason: plain(reason),
    officer: need(officer),
} }

message! { WriteOff = wire::StockWrittenOff { goods: need(goods), cost_fen: plain(cost) } }

choice! { Command = wire::ItemCommand, wire::item_command::Kind { one {
    List, Price, SetTerms, ReceiveStock, SendStockBack, CountStock, MoveStock, WriteOffStock,
} } }

choice! { Event = wire::ItemEvent, wire::item_event::Kind { one {
    Listed, Priced, TermsSet, StockReceived, StockSentBack, StockCounted, StockMoved, StockWrittenOff,
} } }
