//! Rows of hazards, orders, whistles and mutual aid as they are told.

use linli_api as api;
use linli_readmodel::orders as rows;

use crate::parse::Spoken;
use crate::receipt::{id, instant};

/// A hazard's row.
pub(crate) fn hazard_row(row: &rows::Hazard) -> api::hazard::Hazard {
    api::hazard::Hazard {
        hazard: id(row.hazard),
        reporter: id(row.reporter),
        kind: row.kind.said(),
        seriousness: row.seriousness.unwrap_or(row.seen_as).said(),
        area: id(row.area),
        estate: row.estate.map(id),
        seen_at: instant(row.seen_at),
        reported_at: instant(row.reported_at),
        status: row.status.said(),
        merged_into: row.merged_into.map(id),
        dismissal: row.dismissal.map(Spoken::said),
    }
}

/// An order's row.
pub(crate) fn order_row(row: &rows::Order) -> api::order::Order {
    api::order::Order {
        order: id(row.order),
        hazard: row.hazard.map(id),
        requester: row.requester.map(id),
        kind: row.kind.said(),
        area: id(row.area),
        opened_at: instant(row.opened_at),
        status: row.status.said(),
        unit: id(row.unit),
        level: row.level.said(),
        handler: row.handler.map(id),
        due_at: row.due_at.map(instant),
        missed: row.missed,
        escalations: row.escalations,
        returns: row.returns,
        checker: row.checker.map(id),
        checked_at: row.checked_at.map(instant),
    }
}

/// A step's row.
pub(crate) fn step_row(row: &rows::Step) -> api::order::FileStep {
    api::order::FileStep {
        position: row.position.0,
        kind: row.kind.said(),
        officer: row.officer.map(id),
        level: row.level.map(Spoken::said),
        happened_at: instant(row.happened_at),
    }
}

/// A whistle's row.
pub(crate) fn whistle_row(row: &rows::Whistle) -> api::whistle::Whistle {
    api::whistle::Whistle {
        whistle: id(row.whistle),
        kind: row.kind.said(),
        officer: id(row.officer),
        called: id(row.called),
        order: row.order.map(id),
        blown_at: instant(row.blown_at),
        sign_by: instant(row.sign_by),
        in_touch_by: instant(row.in_touch_by),
        on_site_by: instant(row.on_site_by),
        status: row.status.said(),
        level: row.level.said(),
        missed: row.missed,
        signed_at: row.signed_at.map(instant),
        in_touch_at: row.in_touch_at.map(instant),
        on_site_at: row.on_site_at.map(instant),
        settled_at: row.settled_at.map(instant),
        steps: Vec::new(),
    }
}

/// An ask's, an offer's or a wish's row.
pub(crate) fn aid_row(row: &rows::Aid) -> api::aid::Aid {
    api::aid::Aid {
        aid: id(row.aid),
        kind: row.kind.said(),
        opener: id(row.opener),
        help: row.help.said(),
        grid: id(row.grid),
        estate: row.estate.map(id),
        opened_at: instant(row.opened_at),
        lapses_at: instant(row.lapses_at),
        status: row.status.said(),
        partner: row.partner.map(id),
        finished_by: row.finished_by.map(id),
        started_at: row.started_at.map(instant),
        ended_at: row.ended_at.map(instant),
    }
}
