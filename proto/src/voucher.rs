//! Vouchers, and where they are shown.

use linli_domain::voucher::{CodeHash, Command, Counter, Event, Purchase, Status, Voucher};

use crate::wire;

newtype! { CodeHash = [u8; 32] }

message! { Purchase = wire::VoucherPurchase {
    voucher: need(voucher),
    resident: need(resident),
    item: need(item),
    code_sha256: plain(code),
} }

message! { Voucher = wire::Voucher {
    purchase: need(purchase),
    supplier: need(supplier),
    price_points_hundredths: plain(price),
    cost_fen: plain(cost),
    lots: plain(lots),
    good_from_us: plain(good_from),
    expires_at_us: plain(expires_at),
    zone_offset_seconds: plain(zone),
    terms: need(terms),
} }

choice! { Counter = wire::VoucherCounter, wire::voucher_counter::Kind { one { Station, Supplier } } }

plain_enum! { Status = wire::VoucherStatus { Issued, Used, Expired, Returned } }

choice! { Command = wire::VoucherCommand, wire::voucher_command::Kind {
    one { Issue }
    many {
        Use = wire::UseVoucher { voucher: need(voucher), at: need(at), code_sha256: plain(code) },
        Return = wire::ReturnVoucher { voucher: need(voucher), by: plain(by) },
    }
} }

choice! { Event = wire::VoucherEvent, wire::voucher_event::Kind {
    one { Issued }
    many {
        WrongCode = wire::WrongVoucherCode {
            voucher: need(voucher),
            at: need(at),
            code_sha256: plain(code),
            tries: plain(tries),
            most: plain(most),
            locked_until_us: plain(locked_until),
        },
        Used = wire::VoucherUsed { voucher: need(voucher), at: need(at) },
        Expired = wire::VoucherExpired { voucher: need(voucher), lapsed: plain(lapsed) },
        Returned = wire::VoucherReturned {
            voucher: need(voucher),
            by: plain(by),
            back: plain(back),
            lapsed: plain(lapsed),
        },
    }
} }
