//! The terms of items as they are told.

use linli_api as api;
use linli_domain::item::{Limit, Much, OpenTo, Terms, VoucherTerms};

use crate::parse::Spoken as _;
use crate::receipt::{amount, id};

/// An item's terms.
pub(crate) fn item_terms(terms: &Terms) -> api::item::ItemTerms {
    let to = |to: &OpenTo| match to {
        OpenTo::Area(area) => api::item::OpenTo::Area(id(area)),
        OpenTo::Household(household) => api::item::OpenTo::Household(id(household)),
        OpenTo::Resident(resident) => api::item::OpenTo::Resident(id(resident)),
    };
    let limit = |Limit { taker, window, most }: &Limit| api::item::ItemLimit {
        taker: taker.said(),
        window: window.said(),
        most: match most {
            Much::Pieces(pieces) => api::item::Much::Pieces(*pieces),
            Much::Points(points) => api::item::Much::Points(amount(points)),
        },
    };
    let voucher = |it: &VoucherTerms| api::item::VoucherTerms {
        from_days: it.from_days,
        until_days: it.until_days,
        weekdays: it.weekdays.iter().map(|day| day.said()).collect(),
        unused: it.unused.said(),
        wrong_codes: it.wrong_codes,
        lock_minutes: it.lock.get(),
    };
    api::item::ItemTerms {
        only: terms.only.iter().map(to).collect(),
        limits: terms.limits.iter().map(limit).collect(),
        voucher: terms.voucher.as_ref().map(voucher),
    }
}
