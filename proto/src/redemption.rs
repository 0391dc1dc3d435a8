//! Redemptions and their slips.

use linli_domain::redemption::{
    Basket, Command, Event, Fate, Line, Return, ReturnLine, ReturnReason, Returning, Shown, Slip,
    VoidReason, Wish,
};

use crate::wire;

message! { Wish = wire::Wish { item: need(item), quantity: plain(quantity) } }

choice! { Shown = wire::Shown, wire::shown::Kind {
    empty { Paper }
    many {
        Code = wire::CodeShown { since_us: plain(since), resident: need(resident) },
        Card = wire::CardShown { card: plain(card), at_us: plain(at) },
    }
} }

message! { Basket = wire::Basket {
    redemption: need(redemption),
    resident: need(resident),
    station: need(station),
    wishes: plain(wishes),
    shift: plain(shift),
    shown: plain(shown),
} }

message! { Line = wire::SlipLine {
    item: need(item),
    supplier: need(supplier),
    quantity: plain(quantity),
    price_points_hundredths: plain(price),
    cost_fen: plain(cost),
    stocked: plain(stocked),
} }

message! { Slip = wire::Slip {
    redemption: need(redemption),
    resident: need(resident),
    station: need(station),
    lines: plain(lines),
    total_points_hundredths: plain(total),
    lots: plain(lots),
    shift: plain(shift),
    shown: plain(shown),
} }

plain_enum! { ReturnReason = wire::ReturnReason {
    Unwanted, WrongItem, Mishandled, Defective, NotRendered,
} }

plain_enum! { Fate = wire::Fate { Shelf, SentBack, WrittenOff, Gone } }

message! { ReturnLine = wire::ReturnLine {
    item: need(item),
    quantity: plain(quantity),
    fate: plain(fate),
} }

message! { Returning = wire::ReturnRedemption {
    redemption: need(redemption),
    station: need(station),
    lines: plain(lines),
    reason: plain(reason),
    officer: plain(officer),
} }

message! { Return = wire::RedemptionReturned {
    slip: need(slip),
    fates: plain(fates),
    reason: plain(reason),
    officer: plain(officer),
    back: plain(back),
    lapsed: plain(lapsed),
} }

plain_enum! { VoidReason = wire::VoidReason { Resident, Station, Supplier, Erased } }

choice! { Command = wire::RedemptionCommand, wire::redemption_command::Kind {
    one { Reserve, Sell, Return }
    many {
        Capture = wire::CaptureRedemption {
            redemption: need(redemption),
            station: need(station),
            handed: plain(handed),
            shift: plain(shift),
            shown: plain(shown),
        },
        Void = wire::VoidRedemption {
            redemption: need(redemption),
            station: need(station),
            reason: plain(reason),
        },
    }
} }

choice! { Event = wire::RedemptionEvent, wire::redemption_event::Kind {
    one { Captured, Sold, Returned }
    many {
        Reserved = wire::RedemptionReserved { slip: need(slip), expires_at_us: plain(expires_at) },
        Voided = wire::RedemptionVoided {
            slip: need(slip),
            reason: plain(reason),
            lapsed: plain(lapsed),
        },
        PartCaptured = wire::RedemptionPartCaptured {
            handed: need(handed),
            rest: need(rest),
            lapsed: plain(lapsed),
        },
        TimedOut = wire::RedemptionTimedOut { slip: need(slip), lapsed: plain(lapsed) },
    }
} }
