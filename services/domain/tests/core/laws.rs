//! What has to hold of a history, whatever was wished for in it: added up from its records, and held against
//! the state that they led to.

use crate::histories::History;
use crate::sums::{books, every_statement_closes_to_the_account, nobody_is_in_two_places};
use crate::{
    attending, banking, erasing, estates, fairness, hearings, honourly, limits, mediating, offline,
    orderly, pseudonyms, queueing, services, showing, slots,
};

/// All of it.
pub fn hold(history: &History) {
    let world = history.world();
    let records = &world.records[..];
    for (account, balance) in books(records) {
        assert_eq!(world.state.balance(account), balance);
    }
    nobody_is_in_two_places(records);
    attending::check(records);
    orderly::check(records);
    hearings::check(records);
    queueing::check(records);
    slots::check(records);
    offline::check(records);
    honourly::check(records);
    mediating::check(records);
    banking::check(records);
    estates::check(records);
    erasing::check(world);
    services::check(records);
    limits::check(records);
    showing::check(records);
    pseudonyms::check(records);
    // Whoever vouched for what people had at the beginning did so before there were quotas.
    fairness::no_day_is_beyond_its_quota(history.since_founding());
    every_statement_closes_to_the_account(records);
}
