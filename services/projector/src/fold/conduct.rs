//! What checks of conduct hold, and what was said of it.

use linli_domain::Record;
use linli_domain::conduct::{Event, Review, Verdict};
use linli_domain::contribution::Status;
use linli_readmodel::contributions::{Changes, Hold, ReviewVerdict, Reviewing};

use super::notices::stands;
use super::{contributions, ordinal};
use crate::error::FoldError;

pub(super) fn fold(changes: &mut Changes, record: &Record, event: &Event) -> Result<(), FoldError> {
    match event {
        Event::Held(it) => {
            let row = Hold {
                contribution: it.contribution,
                resident: it.resident,
                grid: it.grid,
                position: record.position,
                held_at: record.recorded_at,
                signs: ordinal(it.signs.len())?,
                verdict: None,
                reviewed_by: None,
                reviewed_position: None,
                reviewed_at: None,
            };
            // What was said of an earlier hold in this batch is not said of this one.
            changes.reviewings.remove(&it.contribution);
            changes.holds.insert(it.contribution, row);
            stands(changes, it.contribution, Status::Held);
        }
        Event::Reviewed(review) => reviewed(changes, record, *review),
    }
    Ok(())
}

fn reviewed(changes: &mut Changes, record: &Record, review: Review) {
    let Review { contribution, officer, verdict } = review;
    let said = match verdict {
        Verdict::Release => ReviewVerdict::Released,
        Verdict::Reject(_) => ReviewVerdict::Rejected,
    };
    let reviewing = Reviewing {
        contribution,
        verdict: Some(said),
        reviewed_by: Some(officer),
        reviewed_position: Some(record.position),
        reviewed_at: Some(record.recorded_at),
    };
    match changes.holds.get_mut(&contribution) {
        Some(row) => {
            (row.verdict, row.reviewed_by) = (reviewing.verdict, reviewing.reviewed_by);
            row.reviewed_position = reviewing.reviewed_position;
            row.reviewed_at = reviewing.reviewed_at;
        }
        None => {
            changes.reviewings.insert(contribution, reviewing);
        }
    }
    let Verdict::Reject(reason) = verdict else {
        return stands(changes, contribution, Status::Pending);
    };
    contributions::rejected(changes, record, contribution, (Some(officer), Some(reason)));
}
