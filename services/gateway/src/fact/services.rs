//! Facts of vouchers as JSON.

use linli_api::fact::Fact;
use linli_api::voucher::WrongVoucherCode;
use linli_domain::voucher::{Counter, Event};

use crate::receipt::{id, instant, voucher_changed};

pub(super) fn of_voucher(event: &Event) -> Fact {
    match event {
        Event::Issued(voucher) => Fact::VoucherIssued(voucher_changed(event, voucher)),
        Event::Used { voucher, .. } => Fact::VoucherUsed(voucher_changed(event, voucher)),
        Event::Expired { voucher, .. } => Fact::VoucherExpired(voucher_changed(event, voucher)),
        Event::Returned { voucher, .. } => Fact::VoucherReturned(voucher_changed(event, voucher)),
        Event::WrongCode { voucher, at, code: _, tries, most, locked_until } => {
            let (station, supplier) = match at {
                Counter::Station(station) => (Some(id(station)), None),
                Counter::Supplier(supplier) => (None, Some(id(supplier))),
            };
            Fact::VoucherWrongCode(WrongVoucherCode {
                voucher: id(voucher),
                station,
                supplier,
                tries: *tries,
                most: *most,
                locked_until: locked_until.map(instant),
            })
        }
    }
}
