//! Rare paths that are seen from the outside: by what stands in the log.

use linli_domain::quantity::Minutes;
use linli_domain::{Event, Origin, Record, contribution, queue, redemption, time_bank, wallet};

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
    // Nobody reserves anything by himself but for one who waited.
    let reserved = matches!(record.event, Event::Redemption(redemption::Event::Reserved { .. }));
    if reserved && record.origin == Origin::Deadline {
        sometimes.reach(Path::QueueServed);
    }
    if let Event::Queue(event) = &record.event {
        sometimes.reach(match event {
            queue::Event::Joined(_) => Path::QueueJoined,
            queue::Event::Left { .. } => Path::QueueLeft,
            queue::Event::PassedOver { .. } => Path::QueuePassedOver,
        });
    }
    if let Event::TimeBank(event) = &record.event {
        of_hours(event, sometimes);
    }
}

fn of_hours(event: &time_bank::Event, sometimes: &mut Sometimes) {
    use time_bank::{Event, Gift, Giver, TimeAccount};
    let crosses = |step: &time_bank::Move| matches!(step.account, TimeAccount::Clearing(_));
    if event.moves().iter().any(crosses) {
        sometimes.reach(Path::CommunitiesTraded);
    }
    if let Event::Stored { overflow, .. } | Event::Given { overflow, .. } = event
        && *overflow > Minutes::ZERO
    {
        sometimes.reach(Path::HoursAboveCap);
    }
    match event {
        Event::Stored { .. } => sometimes.reach(Path::HoursStored),
        Event::Given { gift: Gift { from: Giver::Team(_), .. }, .. } => {
            sometimes.reach(Path::TeamGave);
        }
        Event::Granted { .. } => sometimes.reach(Path::ChestGranted),
        Event::AskLapsed(_) => sometimes.reach(Path::AskLapsed),
        Event::Netted { .. } => sometimes.reach(Path::CommunitiesNetted),
        Event::Given { .. }
        | Event::Marked(_)
        | Event::KinLinked(_)
        | Event::Asked { .. }
        | Event::Withdrawn(_)
        | Event::TakenBack { .. }
        | Event::Closed { .. }
        | Event::Followed { .. } => {}
    }
}
