//! Wallets and the parts of lots.

use linli_domain::wallet::{Event, LotTaken};

use crate::wire;

message! { LotTaken = wire::LotTaken {
    lot: need(lot),
    pool: need(pool),
    expires_at_us: plain(expires_at),
    points_hundredths: plain(points),
} }

choice! { Event = wire::WalletEvent, wire::wallet_event::Kind {
    many { LotExpired = wire::LotExpired { resident: need(resident), lapsed: need(lapsed) } }
} }
