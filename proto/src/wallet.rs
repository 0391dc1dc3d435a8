//! Wallets and the parts of lots.

use linli_domain::wallet::{Closing, Debt, Event, LotTaken, Recall};

use crate::wire;

message! { LotTaken = wire::LotTaken {
    lot: need(lot),
    pool: need(pool),
    expires_at_us: plain(expires_at),
    points_hundredths: plain(points),
} }

message! { Recall = wire::Recall {
    resident: need(resident),
    contribution: need(contribution),
    pool: need(pool),
    back: plain(back),
    owed_points_hundredths: plain(owed),
} }

message! { Debt = wire::Debt {
    contribution: need(contribution),
    pool: need(pool),
    owed_points_hundredths: plain(owed),
} }

message! { Closing = wire::Closing {
    resident: need(resident),
    lapsed: plain(lapsed),
    forgiven: plain(forgiven),
} }

choice! { Event = wire::WalletEvent, wire::wallet_event::Kind {
    one { LotRecalled, Closed }
    many { LotExpired = wire::LotExpired { resident: need(resident), lapsed: need(lapsed) } }
} }
