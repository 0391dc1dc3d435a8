//! Receipts of hazards, orders, whistles and mutual aid.

use linli_api::aid::{AidChanged, AidStatus};
use linli_api::hazard::{HazardChanged, HazardStatus};
use linli_api::order::{OrderChanged, OrderStatus};
use linli_api::receipt::Named;
use linli_api::whistle::{WhistleChanged, WhistleStatus};
use linli_domain::award::Award;
use linli_domain::posting::Account;
use linli_domain::whistle::Reply;
use linli_domain::{Event, Record, aid, contribution, hazard, order, whistle};

use crate::parse::Spoken as _;
use crate::receipt::conduct::held;
use crate::receipt::{amount, award, balance_after, id, instant};

/// What became of a hazard.
pub(crate) fn hazard_changed(records: &[Record]) -> Option<HazardChanged> {
    let Event::Hazard(event) = &records.first()?.event else { return None };
    let then = records.get(1).map(|record| &record.event);
    let (hazard, status) = match event {
        hazard::Event::Reported(report) => (report.hazard, HazardStatus::Reported),
        hazard::Event::Merged { hazard, .. } => (*hazard, HazardStatus::Merged),
        hazard::Event::Verified { hazard, .. } => (*hazard, HazardStatus::Reported),
        hazard::Event::Dismissed { hazard, .. } => (*hazard, HazardStatus::Dismissed),
        hazard::Event::Appealed(_) | hazard::Event::Ruled { .. } => return None,
    };
    let paused_until = match event {
        hazard::Event::Dismissed { paused_until, .. } => paused_until.map(instant),
        hazard::Event::Reported(_)
        | hazard::Event::Merged { .. }
        | hazard::Event::Verified { .. }
        | hazard::Event::Appealed(_)
        | hazard::Event::Ruled { .. } => None,
    };
    let merged = [Some(&records.first()?.event), then].into_iter().flatten().find_map(into_of);
    let order = then.and_then(opened_of);
    let status = match (merged, order) {
        (Some(_), _) => HazardStatus::Merged,
        (None, Some(_)) => HazardStatus::Verified,
        (None, None) => status,
    };
    Some(HazardChanged {
        hazard: id(hazard),
        status,
        merged_into: merged.map(id),
        order: order.map(id),
        paused_until,
    })
}

fn into_of(event: &Event) -> Option<linli_domain::id::HazardId> {
    let Event::Hazard(hazard::Event::Merged { into, .. }) = event else { return None };
    Some(*into)
}

fn opened_of(event: &Event) -> Option<linli_domain::id::OrderId> {
    let Event::Order(order::Event::Opened { opening, .. }) = event else { return None };
    Some(opening.order)
}

/// Whose reporting was appealed for, or ruled on.
pub(crate) fn appealed(records: &[Record]) -> Option<Named> {
    let Event::Hazard(hazard::Event::Appealed(resident) | hazard::Event::Ruled { resident, .. }) =
        &records.first()?.event
    else {
        return None;
    };
    Some(Named { id: id(resident) })
}

/// The award among the records of a command.
fn awarded(records: &[Record]) -> Option<&Award> {
    records.iter().find_map(|record| {
        let Event::Contribution(contribution::Event::Awarded(award)) = &record.event else {
            return None;
        };
        Some(&**award)
    })
}

/// What the one who was awarded can spend after it.
fn available(records: &[Record]) -> Option<linli_api::Amount> {
    balance_after(records, |account| matches!(account, Account::Available(_))).map(amount)
}

/// What became of an order.
pub(crate) fn order_changed(records: &[Record]) -> Option<OrderChanged> {
    let Event::Order(event) = &records.first()?.event else { return None };
    let plain = |order, status| OrderChanged {
        order: id(order),
        status,
        unit: None,
        level: None,
        due_at: None,
        award: None,
        available: None,
    };
    Some(match event {
        order::Event::Opened { opening, level, due_at } => OrderChanged {
            unit: Some(id(opening.area)),
            level: Some(level.said()),
            due_at: Some(instant(*due_at)),
            ..plain(opening.order, OrderStatus::Dispatched)
        },
        order::Event::Dispatched { order, unit, level, due_at, .. }
        | order::Event::Escalated { order, unit, level, due_at, .. } => OrderChanged {
            unit: Some(id(unit)),
            level: Some(level.said()),
            due_at: Some(instant(*due_at)),
            ..plain(*order, OrderStatus::Dispatched)
        },
        order::Event::Accepted { order, due_at, .. }
        | order::Event::SentBack { order, due_at, .. } => {
            OrderChanged { due_at: Some(instant(*due_at)), ..plain(*order, OrderStatus::Accepted) }
        }
        order::Event::Closed { order, due_at, .. } => {
            OrderChanged { due_at: Some(instant(*due_at)), ..plain(*order, OrderStatus::Closed) }
        }
        order::Event::Checked { order, .. } => OrderChanged {
            award: awarded(records).map(award),
            available: available(records),
            ..plain(*order, OrderStatus::Checked)
        },
        order::Event::ClockMissed { .. } => return None,
    })
}

/// What became of a whistle.
pub(crate) fn whistle_changed(records: &[Record]) -> Option<WhistleChanged> {
    let Event::Whistle(event) = &records.first()?.event else { return None };
    let plain = |whistle, status| WhistleChanged {
        whistle: id(whistle),
        status,
        late: false,
        sign_by: None,
        in_touch_by: None,
        on_site_by: None,
    };
    Some(match *event {
        whistle::Event::Blown { blast, sign_by, in_touch_by, on_site_by } => WhistleChanged {
            sign_by: Some(instant(sign_by)),
            in_touch_by: Some(instant(in_touch_by)),
            on_site_by: Some(instant(on_site_by)),
            ..plain(blast.whistle, WhistleStatus::Blown)
        },
        whistle::Event::Answered { whistle, reply, late, .. } => {
            let status = match reply {
                Reply::Signed => WhistleStatus::Signed,
                Reply::InTouch => WhistleStatus::InTouch,
                Reply::OnSite => WhistleStatus::OnSite,
            };
            WhistleChanged { late, ..plain(whistle, status) }
        }
        whistle::Event::Settled { whistle, .. } => plain(whistle, WhistleStatus::Settled),
        whistle::Event::ClockMissed { .. } => return None,
    })
}

/// What became of an ask, an offer or a wish.
pub(crate) fn aid_changed(records: &[Record]) -> Option<AidChanged> {
    let Event::Aid(event) = &records.first()?.event else { return None };
    let plain = |aid, status| AidChanged {
        aid: id(aid),
        status,
        lapses_at: None,
        contribution: None,
        held: Vec::new(),
        award: None,
        available: None,
    };
    Some(match *event {
        aid::Event::Opened { opening, lapses_at } => AidChanged {
            lapses_at: Some(instant(lapses_at)),
            ..plain(opening.aid, AidStatus::Open)
        },
        aid::Event::Matched { aid, .. } => plain(aid, AidStatus::Matched),
        aid::Event::SteppedBack { aid, .. } => plain(aid, AidStatus::Open),
        aid::Event::Withdrawn { aid, .. } => plain(aid, AidStatus::Withdrawn),
        aid::Event::Finished { aid, .. } => plain(aid, AidStatus::Finished),
        aid::Event::Confirmed { aid, .. } => AidChanged {
            contribution: Some(id(aid.contribution())),
            held: held(records),
            award: awarded(records).map(award),
            available: available(records),
            ..plain(aid, AidStatus::Confirmed)
        },
        aid::Event::Lapsed(_) => return None,
    })
}
