//! Receipts of vouchers, and the record that is no success: a wrong code.

use linli_api::voucher::VoucherChanged;
use linli_domain::posting::Account;
use linli_domain::resource::Weekday;
use linli_domain::voucher::{CodeHash, Counter, Event as Happened, Voucher};
use linli_domain::wallet::LotTaken;
use linli_domain::{Event, Record};

use crate::parse::{Spoken as _, time_text, wall_time};
use crate::problem::{Kind, Problem};
use crate::receipt::{amount, balance_after, id, instant, lot_taken};

/// What a step of a voucher changed, and the hash of its code.
pub(crate) fn vouched(records: &[Record]) -> Option<(VoucherChanged, CodeHash)> {
    let Event::Voucher(event) = &records.first()?.event else { return None };
    let voucher = event.voucher()?;
    let changed = VoucherChanged {
        available: balance_after(records, |account| matches!(account, Account::Available(_)))
            .map(amount),
        held: balance_after(records, |account| matches!(account, Account::Held(_))).map(amount),
        ..voucher_changed(event, voucher)
    };
    Some((changed, voucher.purchase.code))
}

/// A step of a voucher, without what the resident has after it.
pub(crate) fn voucher_changed(event: &Happened, voucher: &Voucher) -> VoucherChanged {
    let (mut station, mut returned_by) = (None, None);
    match event {
        Happened::Used { at: Counter::Station(at), .. } => station = Some(id(at)),
        Happened::Returned { by, .. } => returned_by = Some(by.said()),
        Happened::Used { at: Counter::Supplier(_), .. }
        | Happened::Issued(_)
        | Happened::WrongCode { .. }
        | Happened::Expired { .. } => {}
    }
    let lots = |parts: &[LotTaken]| parts.iter().map(lot_taken).collect();
    let days: &[Weekday] = match voucher.terms.weekdays.as_slice() {
        [] => &Weekday::ALL,
        days => days,
    };
    VoucherChanged {
        voucher: id(event.id()),
        status: event.status().said(),
        resident: id(voucher.purchase.resident),
        item: id(voucher.purchase.item),
        supplier: id(voucher.supplier),
        price: amount(voucher.price),
        cost: amount(voucher.cost),
        good_from: instant(voucher.good_from),
        expires_at: instant(voucher.expires_at),
        weekdays: days.iter().map(|day| day.said()).collect(),
        code: None,
        lots: lots(&voucher.lots),
        station,
        back: lots(&event.back()),
        lapsed: lots(event.lapsed()),
        returned_by,
        available: None,
        held: None,
    }
}

/// What is told of a command that is in the log, and yet not what its sender wanted.
pub(crate) fn counted_against(records: &[Record]) -> Option<Problem> {
    let Event::Voucher(Happened::WrongCode { tries, most, locked_until, .. }) =
        &records.first()?.event
    else {
        return None;
    };
    let problem = match locked_until {
        Some(until) => Problem::new(
            Kind::WrongVoucherCode,
            format!("券码错误,已连续 {tries} 次,锁定至 {}。", wall_time(*until)),
            format!("A wrong code, {tries} in a row: locked until {}.", wall_time(*until)),
        )
        .with("locked_until", time_text(*until)),
        None => Problem::new(
            Kind::WrongVoucherCode,
            format!("券码错误,第 {tries} 次,连续 {most} 次将锁定。"),
            format!("A wrong code, number {tries}; {most} in a row lock the voucher."),
        ),
    };
    Some(problem.with("tries", *tries).with("most", *most))
}
