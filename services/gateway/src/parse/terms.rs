//! The terms of items.

use linli_api as api;
use linli_domain::id::ItemId;
use linli_domain::item::{self, Limit, Much, OpenTo, Taker, Terms, Unused, VoucherTerms};
use linli_domain::quantity::Minutes;
use linli_domain::resource::Weekday;
use linli_domain::time::Window;

use crate::parse::{Spoken as _, amount_points, id};
use crate::problem::Problem;

pub(crate) fn terms(item: ItemId, said: &api::item::ItemTerms) -> Result<item::Command, Problem> {
    let to = |to: &api::item::OpenTo| {
        Ok(match to {
            api::item::OpenTo::Area(area) => OpenTo::Area(id("only.area", area)?),
            api::item::OpenTo::Household(it) => OpenTo::Household(id("only.household", it)?),
            api::item::OpenTo::Resident(it) => OpenTo::Resident(id("only.resident", it)?),
        })
    };
    let limit = |limit: &api::item::ItemLimit| {
        let most = match &limit.most {
            api::item::Much::Pieces(pieces) => Much::Pieces(*pieces),
            api::item::Much::Points(points) => {
                Much::Points(amount_points("limits.most.points", points)?)
            }
        };
        Ok(Limit { taker: Taker::heard(limit.taker), window: Window::heard(limit.window), most })
    };
    Ok(item::Command::SetTerms(Terms {
        item,
        only: said.only.iter().map(to).collect::<Result<_, Problem>>()?,
        limits: said.limits.iter().map(limit).collect::<Result<_, Problem>>()?,
        voucher: said.voucher.as_ref().map(voucher),
    }))
}

fn voucher(said: &api::item::VoucherTerms) -> VoucherTerms {
    // In the order of the week, which the core wants; a day said twice it refuses.
    let mut weekdays: Vec<Weekday> = said.weekdays.iter().map(|day| Weekday::heard(*day)).collect();
    weekdays.sort_unstable();
    VoucherTerms {
        from_days: said.from_days,
        until_days: said.until_days,
        weekdays,
        unused: Unused::heard(said.unused),
        wrong_codes: said.wrong_codes,
        lock: Minutes::new(said.lock_minutes),
    }
}
