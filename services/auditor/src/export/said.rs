//! What a fact is called in the books of others.

use linli_domain::{
    Event, area, contribution, household, inspection, item, officer, pool, redemption, resident,
    rules, station, supplier, team, wallet,
};

/// A few words, without quotes or line ends.
pub(super) const fn said(event: &Event) -> &'static str {
    match event {
        Event::Area(area::Event::Founded(_)) => "area founded",
        Event::Household(household::Event::Registered(_)) => "household registered",
        Event::Resident(resident::Event::Registered(_)) => "resident registered",
        Event::Resident(resident::Event::VolunteerEnrolled(_)) => "volunteer enrolled",
        Event::Resident(resident::Event::RankingJoined(_)) => "ranking joined",
        Event::Resident(resident::Event::RankingLeft(_)) => "ranking left",
        Event::Officer(officer::Event::Appointed(_)) => "officer appointed",
        Event::Officer(officer::Event::Retired(_)) => "officer retired",
        Event::Station(station::Event::Opened(_)) => "station opened",
        Event::Supplier(supplier::Event::Enrolled(_)) => "supplier enrolled",
        Event::Pool(pool::Event::Opened(_)) => "pool opened",
        Event::Pool(pool::Event::Funded(_)) => "pool funded",
        Event::Rules(rules::Event::Published(_)) => "rules published",
        Event::Item(item::Event::Listed(_)) => "item listed",
        Event::Item(item::Event::Priced(_)) => "item priced",
        Event::Item(item::Event::StockReceived(_)) => "stock received",
        Event::Contribution(contribution::Event::Submitted { .. }) => "contribution submitted",
        Event::Contribution(contribution::Event::Verified(_)) => "contribution verified",
        Event::Contribution(contribution::Event::Rejected(_)) => "contribution rejected",
        Event::Contribution(contribution::Event::Awarded(_)) => "contribution awarded",
        Event::Contribution(contribution::Event::Queued(_)) => "verification queued",
        Event::Team(team::Event::Formed(_)) => "team formed",
        Event::Team(team::Event::Joined(_)) => "team joined",
        Event::Team(team::Event::Left(_)) => "team left",
        Event::Inspection(inspection::Event::Drawn(_)) => "sample drawn",
        Event::Inspection(inspection::Event::Inspected { .. }) => "sample inspected",
        Event::Contribution(contribution::Event::Reversed(_)) => "award reversed",
        Event::Redemption(redemption::Event::Reserved { .. }) => "redemption reserved",
        Event::Redemption(redemption::Event::Captured(_)) => "redemption captured",
        Event::Redemption(redemption::Event::Voided { .. }) => "redemption voided",
        Event::Redemption(redemption::Event::TimedOut { .. }) => "redemption timed out",
        Event::Redemption(redemption::Event::Sold(_)) => "redemption sold",
        Event::Wallet(wallet::Event::LotExpired { .. }) => "lot expired",
        Event::Wallet(wallet::Event::LotRecalled(_)) => "lot recalled",
        // What moves no points stands in no book; these are named for whoever follows the log.
        Event::Hazard(_) => "hazard",
        Event::Order(_) => "order",
        Event::Whistle(_) => "whistle",
        Event::Aid(_) => "mutual aid",
    }
}
