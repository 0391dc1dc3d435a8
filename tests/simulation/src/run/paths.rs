//! Rare paths that are seen from the outside: by what stands in the log.

use linli_domain::{Event, Record, contribution, redemption, wallet};

use crate::sometimes::{Path, Sometimes};

/// Counts what a committed record shows.
pub(super) fn of_record(record: &Record, sometimes: &mut Sometimes) {
    if matches!(record.event, Event::Redemption(redemption::Event::TimedOut { .. })) {
        sometimes.reach(Path::HoldTimedOut);
    }
    if matches!(record.event, Event::Wallet(wallet::Event::LotExpired { .. })) {
        sometimes.reach(Path::LotLapsed);
    }
    if matches!(record.event, Event::Contribution(contribution::Event::Awarded(_))) {
        sometimes.reach(Path::TwoRecords);
    }
}
