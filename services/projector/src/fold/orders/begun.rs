//! Rows of what has just begun.

use linli_domain::area::Level;
use linli_domain::id::WhistleId;
use linli_domain::time::Timestamp;
use linli_domain::{Record, aid, hazard, whistle};
use linli_readmodel::orders::{Aid, Hazard, Whistle};

use crate::error::FoldError;
use crate::fold::ordinal;

pub(super) fn reported(record: &Record, report: &hazard::Report) -> Result<Hazard, FoldError> {
    Ok(Hazard {
        hazard: report.hazard,
        reporter: report.reporter,
        kind: report.kind,
        seen_as: report.seriousness,
        area: report.area,
        estate: report.estate,
        seen_at: report.seen_at,
        evidence: ordinal(report.evidence.len())?,
        reported_position: record.position,
        reported_at: record.recorded_at,
        status: hazard::Status::Reported,
        merged_into: None,
        seriousness: None,
        dismissal: None,
    })
}

pub(super) fn blown(record: &Record, event: &whistle::Event) -> Option<(WhistleId, Whistle)> {
    let whistle::Event::Blown { blast, sign_by, in_touch_by, on_site_by } = *event else {
        return None;
    };
    let whistle::Blast { whistle, kind, officer, called, order } = blast;
    let row = Whistle {
        whistle,
        kind,
        officer,
        called,
        order,
        blown_position: record.position,
        blown_at: record.recorded_at,
        sign_by,
        in_touch_by,
        on_site_by,
        status: whistle::Status::Blown,
        level: Level::SubDistrict,
        missed: 0,
        signed_at: None,
        in_touch_at: None,
        on_site_at: None,
        settled_at: None,
    };
    Some((whistle, row))
}

pub(super) fn asked(record: &Record, opening: &aid::Opening, lapses_at: Timestamp) -> Aid {
    let aid::Opening { aid, kind, resident, help, grid, estate } = *opening;
    Aid {
        aid,
        kind,
        opener: resident,
        help,
        grid,
        estate,
        opened_position: record.position,
        opened_at: record.recorded_at,
        lapses_at,
        status: aid::Status::Open,
        partner: None,
        finished_by: None,
        started_at: None,
        ended_at: None,
    }
}
