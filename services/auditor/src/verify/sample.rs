//! What a sample hangs on: a head of the log that nobody could choose.

use linli_domain::inspection::{self, Head};
use linli_domain::{Event, Record};
use linli_log::Frame;

use crate::finding::{Finding, Kind};

/// A sample hangs on the log before its frame: neither its length nor its root can be chosen.
pub(super) fn steered(frame: &Frame, record: &Record) -> Option<Finding> {
    let Head { size, root } = sampled(record)?;
    let (expected, before) = (frame.first.saturating_sub(1), frame.previous_root);
    if (size.0, &root) == (expected, before.as_bytes()) {
        return None;
    }
    let what =
        format!("a sample hangs on {size} records, and there are {expected} before its frame");
    Some(Finding::at(record.position.0, Kind::Root, what))
}

/// What a sample hangs on, if the record is one.
pub(super) fn sampled(record: &Record) -> Option<Head> {
    let Event::Inspection(inspection::Event::Drawn(sample)) = &record.event else { return None };
    Some(sample.head)
}
