//! All that can be wished, and what a wish leads to.

use crate::{
    Event, activity, aid, allowance, area, booking, conduct, contribution, estate, hazard, honour,
    household, inspection, item, mediation, notice, officer, operator, order, pool, queue,
    redemption, resident, resource, rules, statement, station, supplier, team, time_bank, voucher,
    whistle,
};

/// A wish, in two levels: the noun, and what is wished of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the noun of its module")]
pub enum Command {
    Area(area::Command),
    Household(household::Command),
    Resident(resident::Command),
    Officer(officer::Command),
    Station(station::Command),
    Operator(operator::Command),
    Allowance(allowance::Command),
    Supplier(supplier::Command),
    Pool(pool::Command),
    Rules(rules::Command),
    Item(item::Command),
    Contribution(contribution::Command),
    Notice(notice::Command),
    Conduct(conduct::Command),
    Redemption(redemption::Command),
    Queue(queue::Command),
    Voucher(voucher::Command),
    Team(team::Command),
    Activity(activity::Command),
    Inspection(inspection::Command),
    Hazard(hazard::Command),
    Order(order::Command),
    Whistle(whistle::Command),
    Aid(aid::Command),
    Honour(honour::Command),
    Mediation(mediation::Command),
    Estate(estate::Command),
    Statement(statement::Command),
    Resource(resource::Command),
    Booking(booking::Command),
    TimeBank(time_bank::Command),
}

/// The facts that a wish leads to: one, and what it brings about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Decision {
    first: Event,
    then: Vec<Event>,
}

impl Decision {
    pub(crate) fn one(event: impl Into<Event>) -> Self {
        Self { first: event.into(), then: Vec::new() }
    }

    pub(crate) fn two(first: impl Into<Event>, then: impl Into<Event>) -> Self {
        Self { first: first.into(), then: vec![then.into()] }
    }

    pub(crate) fn many(first: impl Into<Event>, then: Vec<Event>) -> Self {
        Self { first: first.into(), then }
    }

    /// The facts, in their order.
    pub(crate) fn facts(&self) -> impl Iterator<Item = &Event> {
        std::iter::once(&self.first).chain(&self.then)
    }
}

impl IntoIterator for Decision {
    type Item = Event;
    type IntoIter = std::iter::Chain<std::iter::Once<Event>, std::vec::IntoIter<Event>>;

    fn into_iter(self) -> Self::IntoIter {
        std::iter::once(self.first).chain(self.then)
    }
}

macro_rules! from_nouns {
    ($whole:ident: $($noun:ident $module:ident),+ $(,)?) => {$(
        impl From<$module::Command> for $whole {
            fn from(command: $module::Command) -> Self {
                Self::$noun(command)
            }
        }
    )+};
}

from_nouns! { Command:
    Activity activity, Area area, Household household, Resident resident, Officer officer, Station station, Operator operator, Allowance allowance,
    Supplier supplier, Pool pool, Rules rules, Item item, Contribution contribution,
    Notice notice, Conduct conduct, Aid aid, Honour honour, Mediation mediation, Estate estate, Booking booking, Hazard hazard, Inspection inspection, Order order, Queue queue, Redemption redemption, Voucher voucher, Resource resource, Statement statement, Team team, TimeBank time_bank, Whistle whistle,
}
