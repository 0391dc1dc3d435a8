//! All that can have happened.

use crate::{
    activity, aid, allowance, area, booking, conduct, contribution, estate, hazard, honour,
    household, inspection, item, mediation, notice, officer, operator, order, pool, queue,
    redemption, resident, resource, rules, statement, station, supplier, team, time_bank, voucher,
    wallet, whistle,
};

/// A fact, in two levels: the noun, and what happened to it. The list is closed: every fold names
/// every variant, so that a new fact breaks every fold until somebody has thought about it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the noun of its module")]
pub enum Event {
    Area(area::Event),
    Household(household::Event),
    Resident(resident::Event),
    Officer(officer::Event),
    Station(station::Event),
    Operator(operator::Event),
    Allowance(allowance::Event),
    Supplier(supplier::Event),
    Pool(pool::Event),
    Rules(rules::Event),
    Item(item::Event),
    Contribution(contribution::Event),
    Notice(notice::Event),
    Conduct(conduct::Event),
    Redemption(redemption::Event),
    Queue(queue::Event),
    Voucher(voucher::Event),
    Team(team::Event),
    Activity(activity::Event),
    Inspection(inspection::Event),
    Wallet(wallet::Event),
    Hazard(hazard::Event),
    Order(order::Event),
    Whistle(whistle::Event),
    Aid(aid::Event),
    Honour(honour::Event),
    Mediation(mediation::Event),
    Estate(estate::Event),
    Statement(statement::Event),
    Resource(resource::Event),
    Booking(booking::Event),
    TimeBank(time_bank::Event),
}

macro_rules! from_nouns {
    ($whole:ident: $($noun:ident $module:ident),+ $(,)?) => {$(
        impl From<$module::Event> for $whole {
            fn from(event: $module::Event) -> Self {
                Self::$noun(event)
            }
        }
    )+};
}

from_nouns! { Event:
    Activity activity, Area area, Household household, Resident resident, Officer officer, Station station, Operator operator, Allowance allowance,
    Supplier supplier, Pool pool, Rules rules, Item item, Contribution contribution,
    Notice notice, Conduct conduct, Aid aid, Honour honour, Mediation mediation, Estate estate, Booking booking, Hazard hazard, Inspection inspection, Order order, Queue queue, Redemption redemption, Voucher voucher, Resource resource, Statement statement, Team team, TimeBank time_bank, Wallet wallet, Whistle whistle,
}
