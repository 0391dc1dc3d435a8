//! Receipts of what is registered, opened, funded, listed, priced and published.

use linli_api::alert::{Alert, AlertDeclared, AlertWithdrawn};
use linli_api::pool::Funded;
use linli_api::receipt::Named;
use linli_api::rules::RulesPublished;
use linli_api::station::StockReceived;
use linli_domain::id::ResidentId;
use linli_domain::posting::Account;
use linli_domain::{
    Event, Record, area, household, item, officer, operator, pool, resident, resource, rules,
    station, supplier, team,
};

use crate::parse::Spoken as _;
use crate::receipt::{amount, balance_after, id, instant, tried};

/// The id of the one thing that a command was about.
pub(crate) fn named(records: &[Record]) -> Option<Named> {
    let named = match &records.first()?.event {
        Event::Area(area::Event::Founded(area)) => id(area.area),
        Event::Household(household::Event::Registered(household)) => id(household.household),
        Event::Resident(event) => id(whose(event)),
        Event::Officer(officer::Event::Appointed(appointment)) => id(appointment.officer),
        Event::Officer(officer::Event::Retired(officer)) => id(officer),
        Event::Station(station::Event::Opened(station)) => id(station.station),
        Event::Operator(operator::Event::Enrolled(it)) => id(it.operator),
        Event::Operator(operator::Event::Retired(operator)) => id(operator),
        Event::Supplier(supplier::Event::Enrolled(supplier)) => id(supplier.supplier),
        Event::Pool(pool::Event::Opened(pool)) => id(pool.pool),
        Event::Pool(pool::Event::Funded(funding)) => id(funding.pool),
        Event::Item(item::Event::Listed(item)) => id(item.item),
        Event::Item(item::Event::Priced(pricing)) => id(pricing.item),
        Event::Item(item::Event::TermsSet(terms)) => id(terms.item),
        Event::Resource(resource::Event::Opened { resource, .. }) => id(resource.resource),
        Event::Resource(resource::Event::Withdrawn(resource)) => id(resource),
        Event::Team(team::Event::Formed(team)) => id(team.team),
        Event::Team(team::Event::Joined(it) | team::Event::Left(it) | team::Event::Led(it)) => {
            id(it.team)
        }
        Event::Estate(event) => id(event.estate()),
        Event::Activity(event) if event.seat().is_none() => id(event.activity()),
        Event::Item(item::Event::StockReceived(it) | item::Event::StockSentBack(it)) => id(it.item),
        Event::Item(item::Event::StockCounted(it)) => id(it.count.item),
        Event::Item(item::Event::StockMoved(it)) => id(it.item),
        Event::Item(item::Event::StockWrittenOff(it)) => id(it.goods.item),
        Event::Area(area::Event::AlertDeclared(_) | area::Event::AlertWithdrawn(_))
        | Event::Operator(
            operator::Event::ShiftOpened(_)
            | operator::Event::ShiftClosed { .. }
            | operator::Event::ShiftsSet { .. },
        )
        | Event::Allowance(_)
        | Event::Activity(_)
        | Event::Inspection(_)
        | Event::Rules(_)
        | Event::Notice(_)
        | Event::Conduct(_)
        | Event::Contribution(_)
        | Event::Redemption(_)
        | Event::Voucher(_)
        | Event::Wallet(_)
        | Event::Hazard(_)
        | Event::Order(_)
        | Event::Whistle(_)
        | Event::Aid(_)
        | Event::Honour(_)
        | Event::Mediation(_)
        | Event::Queue(_)
        | Event::TimeBank(_)
        | Event::Statement(_)
        | Event::Resource(resource::Event::CalledOff { .. } | resource::Event::Reopened { .. })
        | Event::Booking(_) => return None,
    };
    Some(Named { id: named })
}

/// Whom it happened to.
const fn whose(event: &resident::Event) -> ResidentId {
    match event {
        resident::Event::Registered(registration) => registration.resident,
        resident::Event::VolunteerEnrolled(resident)
        | resident::Event::VolunteerReferred { resident, .. }
        | resident::Event::RankingJoined(resident)
        | resident::Event::RankingLeft(resident)
        | resident::Event::Moved { to: resident::Move { resident, .. }, .. }
        | resident::Event::Pseudonym(
            resident::PseudonymFact::Chosen { resident, .. }
            | resident::PseudonymFact::Dropped { resident, .. }
            | resident::PseudonymFact::Withdrawn { resident, .. },
        )
        | resident::Event::CardBlocked { resident, .. }
        | resident::Event::CardIssued { issue: resident::CardIssue { resident, .. }, .. }
        | resident::Event::Erased(resident::Erasure { resident, .. }) => *resident,
    }
}

/// A weather alert that was declared.
pub(crate) fn alerted(records: &[Record]) -> Option<AlertDeclared> {
    let Event::Area(area::Event::AlertDeclared(it)) = &records.first()?.event else { return None };
    Some(AlertDeclared { alert: alert(it) })
}

/// A weather alert that was withdrawn.
pub(crate) fn alert_ended(records: &[Record]) -> Option<AlertWithdrawn> {
    let Event::Area(area::Event::AlertWithdrawn(it)) = &records.first()?.event else { return None };
    Some(withdrawn(it))
}

/// The end of an alert, as it was said.
pub(crate) fn withdrawn(it: &linli_domain::alert::Withdrawal) -> AlertWithdrawn {
    let (area, officer) = (id(it.area), id(it.officer));
    AlertWithdrawn { area, started_at: instant(it.started_at), officer }
}

/// A weather alert as it was declared.
pub(crate) fn alert(it: &linli_domain::alert::Alert) -> Alert {
    Alert {
        area: id(it.area),
        kind: it.kind.said(),
        started_at: instant(it.during.start()),
        ended_at: instant(it.during.end()),
        officer: id(it.officer),
        withdrawn_at: None,
        withdrawn_by: None,
    }
}

/// What was put into a pool, and what it has after it.
pub(crate) fn funded(records: &[Record]) -> Option<Funded> {
    let Event::Pool(pool::Event::Funded(funding)) = &records.first()?.event else { return None };
    let left = balance_after(records, |account| matches!(account, Account::Pool(_)))?;
    Some(Funded { pool: id(funding.pool), points: amount(funding.points), left: amount(left) })
}

/// What a station took in.
pub(crate) fn received(records: &[Record]) -> Option<StockReceived> {
    let Event::Item(item::Event::StockReceived(delivery)) = &records.first()?.event else {
        return None;
    };
    Some(StockReceived {
        station: id(delivery.station),
        item: id(delivery.item),
        quantity: delivery.quantity,
        reference: delivery.reference.as_str().into(),
    })
}

/// Which rules were published.
pub(crate) fn rules(records: &[Record]) -> Option<RulesPublished> {
    let Event::Rules(rules::Event::Published(rules)) = &records.first()?.event else { return None };
    Some(RulesPublished {
        version: rules.version.0,
        effective_from: instant(rules.effective_from),
        tried: rules.tried.as_ref().map(tried),
    })
}
