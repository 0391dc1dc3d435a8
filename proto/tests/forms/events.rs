//! A sample of every form of an event, options filled and options empty.

use linli_domain::alert::{Alert, AlertKind, Withdrawal};
use linli_domain::area::{Area, GridKind};
use linli_domain::award::Line;
use linli_domain::household::Household;
use linli_domain::officer::{Appointment, Duty};
use linli_domain::pool::{Funding, Pool};
use linli_domain::posting::Account;

use linli_domain::resident::{Erasure, ErasureReason, Move, PseudonymFact, Registration};
use linli_domain::station::{Station, StationKind};
use linli_domain::supplier::{Supplier, SupplierKind};
use linli_domain::text::CardCode;
use linli_domain::{
    Event, activity, aid, allowance, area, booking, contribution, estate, hazard, honour,
    household, inspection, item, mediation, notice, officer, operator, order, pool, queue,
    redemption, resident, resource, rules, statement, station, supplier, team, time_bank, voucher,
    wallet, whistle,
};

use crate::awards::{awards, contributions};
use crate::spending::{returns, settling, spending, stock};
use crate::table::forms;
use crate::values::{LEVELS, id, interval, name, points};
use crate::{activities, counters, fairness, honours, notices, orders, places as shared, services};

forms! { EventForms: Event {
    Event::Area(area::Event::Founded(_)) => "area.founded",
    Event::Area(area::Event::AlertDeclared(_)) => "area.alert_declared",
    Event::Area(area::Event::AlertWithdrawn(_)) => "area.alert_withdrawn",
    Event::Household(household::Event::Registered(_)) => "household.registered",
    Event::Resident(resident::Event::Registered(_)) => "resident.registered",
    Event::Resident(resident::Event::VolunteerEnrolled(_)) => "resident.volunteer_enrolled",
    Event::Resident(resident::Event::VolunteerReferred { .. }) => "resident.volunteer_referred",
    Event::Resident(resident::Event::RankingJoined(_)) => "resident.ranking_joined",
    Event::Resident(resident::Event::RankingLeft(_)) => "resident.ranking_left",
    Event::Resident(resident::Event::Pseudonym(PseudonymFact::Chosen { .. })) => "resident.pseudonym_chosen",
    Event::Resident(resident::Event::Pseudonym(PseudonymFact::Dropped { .. })) => "resident.pseudonym_dropped",
    Event::Resident(resident::Event::Pseudonym(PseudonymFact::Withdrawn { .. })) => "resident.pseudonym_withdrawn",
    Event::Resident(resident::Event::Erased(_)) => "resident.erased",
    Event::Resident(resident::Event::Moved { .. }) => "resident.moved",
    Event::Resident(resident::Event::CardIssued { .. }) => "resident.card_issued",
    Event::Resident(resident::Event::CardBlocked { .. }) => "resident.card_blocked",
    Event::Officer(officer::Event::Appointed(_)) => "officer.appointed",
    Event::Officer(officer::Event::Retired(_)) => "officer.retired",
    Event::Station(station::Event::Opened(_)) => "station.opened",
    Event::Supplier(supplier::Event::Enrolled(_)) => "supplier.enrolled",
    Event::Pool(pool::Event::Opened(_)) => "pool.opened",
    Event::Pool(pool::Event::Funded(_)) => "pool.funded",
    Event::Rules(rules::Event::Published(_)) => "rules.published",
    Event::Item(item::Event::Listed(_)) => "item.listed",
    Event::Item(item::Event::Priced(_)) => "item.priced",
    Event::Item(item::Event::TermsSet(_)) => "item.terms_set",
    Event::Item(item::Event::StockReceived(_)) => "item.stock_received",
    Event::Item(item::Event::StockSentBack(_)) => "item.stock_sent_back",
    Event::Item(item::Event::StockCounted(_)) => "item.stock_counted",
    Event::Item(item::Event::StockMoved(_)) => "item.stock_moved",
    Event::Item(item::Event::StockWrittenOff(_)) => "item.stock_written_off",
    Event::Contribution(contribution::Event::Submitted { .. }) => "contribution.submitted",
    Event::Contribution(contribution::Event::Verified(_)) => "contribution.verified",
    Event::Contribution(contribution::Event::Rejected(_)) => "contribution.rejected",
    Event::Contribution(contribution::Event::Awarded(_)) => "contribution.awarded",
    Event::Contribution(contribution::Event::Queued(_)) => "contribution.queued",
    Event::Contribution(contribution::Event::Attached(_)) => "contribution.attached",
    Event::Notice(notice::Event::Opened(_)) => "notice.opened",
    Event::Notice(notice::Event::Objected(_)) => "notice.objected",
    Event::Notice(notice::Event::Unopposed(_)) => "notice.unopposed",
    Event::Notice(notice::Event::Contested { .. }) => "notice.contested",
    Event::Notice(notice::Event::Appealed { .. }) => "notice.appealed",
    Event::Notice(notice::Event::Convened { .. }) => "notice.convened",
    Event::Notice(notice::Event::Voted { .. }) => "notice.voted",
    Event::Notice(notice::Event::Decided(_)) => "notice.decided",
    Event::Conduct(linli_domain::conduct::Event::Held(_)) => "conduct.held",
    Event::Conduct(linli_domain::conduct::Event::Reviewed(_)) => "conduct.reviewed",
    Event::Team(team::Event::Formed(_)) => "team.formed",
    Event::Team(team::Event::Joined(_)) => "team.joined",
    Event::Team(team::Event::Left(_)) => "team.left",
    Event::Team(team::Event::Led(_)) => "team.led",
    Event::Activity(activity::Event::Published { .. }) => "activity.published",
    Event::Activity(activity::Event::CalledOff { .. }) => "activity.called_off",
    Event::Activity(activity::Event::Taken(_)) => "activity.taken",
    Event::Activity(activity::Event::Waited(_)) => "activity.waited",
    Event::Activity(activity::Event::Promoted(_)) => "activity.promoted",
    Event::Activity(activity::Event::PassedOver { .. }) => "activity.passed_over",
    Event::Activity(activity::Event::Lapsed(_)) => "activity.lapsed",
    Event::Activity(activity::Event::Withdrawn(_)) => "activity.withdrawn",
    Event::Activity(activity::Event::SeatCalledOff(_)) => "activity.seat_called_off",
    Event::Activity(activity::Event::CheckedIn { .. }) => "activity.checked_in",
    Event::Activity(activity::Event::CheckedOut { .. }) => "activity.checked_out",
    Event::Activity(activity::Event::Forgotten { .. }) => "activity.forgotten",
    Event::Activity(activity::Event::Missed(_)) => "activity.missed",
    Event::Activity(activity::Event::Vacated(_)) => "activity.vacated",
    Event::Inspection(inspection::Event::Drawn(_)) => "inspection.drawn",
    Event::Inspection(inspection::Event::Inspected { .. }) => "inspection.inspected",
    Event::Contribution(contribution::Event::Reversed(_)) => "contribution.reversed",
    Event::Contribution(contribution::Event::Restored(_)) => "contribution.restored",
    Event::Redemption(redemption::Event::Reserved { .. }) => "redemption.reserved",
    Event::Redemption(redemption::Event::Captured(_)) => "redemption.captured",
    Event::Redemption(redemption::Event::Voided { .. }) => "redemption.voided",
    Event::Redemption(redemption::Event::TimedOut { .. }) => "redemption.timed_out",
    Event::Redemption(redemption::Event::Sold(_)) => "redemption.sold",
    Event::Redemption(redemption::Event::PartCaptured { .. }) => "redemption.part_captured",
    Event::Redemption(redemption::Event::Returned(_)) => "redemption.returned",
    Event::Voucher(voucher::Event::Issued(_)) => "voucher.issued",
    Event::Voucher(voucher::Event::WrongCode { .. }) => "voucher.wrong_code",
    Event::Voucher(voucher::Event::Used { .. }) => "voucher.used",
    Event::Voucher(voucher::Event::Expired { .. }) => "voucher.expired",
    Event::Voucher(voucher::Event::Returned { .. }) => "voucher.returned",
    Event::Wallet(wallet::Event::LotExpired { .. }) => "wallet.lot_expired",
    Event::Wallet(wallet::Event::LotRecalled(_)) => "wallet.lot_recalled",
    Event::Wallet(wallet::Event::Closed(_)) => "wallet.closed",
    Event::Hazard(hazard::Event::Reported(_)) => "hazard.reported",
    Event::Hazard(hazard::Event::Merged { .. }) => "hazard.merged",
    Event::Hazard(hazard::Event::Verified { .. }) => "hazard.verified",
    Event::Hazard(hazard::Event::Dismissed { .. }) => "hazard.dismissed",
    Event::Hazard(hazard::Event::Appealed(_)) => "hazard.appealed",
    Event::Hazard(hazard::Event::Ruled { .. }) => "hazard.ruled",
    Event::Order(order::Event::Opened { .. }) => "order.opened",
    Event::Order(order::Event::Dispatched { .. }) => "order.dispatched",
    Event::Order(order::Event::Accepted { .. }) => "order.accepted",
    Event::Order(order::Event::Escalated { .. }) => "order.escalated",
    Event::Order(order::Event::ClockMissed { .. }) => "order.clock_missed",
    Event::Order(order::Event::Closed { .. }) => "order.closed",
    Event::Order(order::Event::SentBack { .. }) => "order.sent_back",
    Event::Order(order::Event::Checked { .. }) => "order.checked",
    Event::Whistle(whistle::Event::Blown { .. }) => "whistle.blown",
    Event::Whistle(whistle::Event::Answered { .. }) => "whistle.answered",
    Event::Whistle(whistle::Event::ClockMissed { .. }) => "whistle.clock_missed",
    Event::Whistle(whistle::Event::Settled { .. }) => "whistle.settled",
    Event::Aid(aid::Event::Opened { .. }) => "aid.opened",
    Event::Aid(aid::Event::Matched { .. }) => "aid.matched",
    Event::Aid(aid::Event::SteppedBack { .. }) => "aid.stepped_back",
    Event::Aid(aid::Event::Withdrawn { .. }) => "aid.withdrawn",
    Event::Aid(aid::Event::Finished { .. }) => "aid.finished",
    Event::Aid(aid::Event::Confirmed { .. }) => "aid.confirmed",
    Event::Aid(aid::Event::Lapsed(_)) => "aid.lapsed",
    Event::Operator(operator::Event::Enrolled(_)) => "operator.enrolled",
    Event::Operator(operator::Event::Retired(_)) => "operator.retired",
    Event::Operator(operator::Event::ShiftOpened(_)) => "operator.shift_opened",
    Event::Operator(operator::Event::ShiftClosed { .. }) => "operator.shift_closed",
    Event::Operator(operator::Event::ShiftsSet { .. }) => "operator.shifts_set",
    Event::Allowance(allowance::Event::Granted { .. }) => "allowance.granted",
    Event::Allowance(allowance::Event::Counted(_)) => "allowance.counted",
    Event::Allowance(allowance::Event::Reported { .. }) => "allowance.reported",
    Event::Allowance(allowance::Event::Ended { .. }) => "allowance.ended",
    Event::Estate(estate::Event::Registered(_)) => "estate.registered",
    Event::Estate(estate::Event::FormSet { .. }) => "estate.form_set",
    Event::Estate(estate::Event::Elected(_)) => "estate.elected",
    Event::Estate(estate::Event::Left { .. }) => "estate.left",
    Event::Estate(estate::Event::TermEnded { .. }) => "estate.term_ended",
    Event::TimeBank(time_bank::Event::Marked(_)) => "time_bank.marked",
    Event::TimeBank(time_bank::Event::KinLinked(_)) => "time_bank.kin_linked",
    Event::TimeBank(time_bank::Event::Stored { .. }) => "time_bank.stored",
    Event::TimeBank(time_bank::Event::Given { .. }) => "time_bank.given",
    Event::TimeBank(time_bank::Event::Asked { .. }) => "time_bank.asked",
    Event::TimeBank(time_bank::Event::Granted { .. }) => "time_bank.granted",
    Event::TimeBank(time_bank::Event::Withdrawn(_)) => "time_bank.withdrawn",
    Event::TimeBank(time_bank::Event::AskLapsed(_)) => "time_bank.ask_lapsed",
    Event::TimeBank(time_bank::Event::TakenBack { .. }) => "time_bank.taken_back",
    Event::TimeBank(time_bank::Event::Closed { .. }) => "time_bank.closed",
    Event::TimeBank(time_bank::Event::Followed { .. }) => "time_bank.followed",
    Event::TimeBank(time_bank::Event::Netted { .. }) => "time_bank.netted",
    Event::Mediation(mediation::Event::Opened { .. }) => "mediation.opened",
    Event::Mediation(mediation::Event::Joined { .. }) => "mediation.joined",
    Event::Mediation(mediation::Event::Sat(_)) => "mediation.sat",
    Event::Mediation(mediation::Event::Settled { .. }) => "mediation.settled",
    Event::Mediation(mediation::Event::Performed { .. }) => "mediation.performed",
    Event::Mediation(mediation::Event::Broken { .. }) => "mediation.broken",
    Event::Mediation(mediation::Event::Closed { .. }) => "mediation.closed",
    Event::Mediation(mediation::Event::Reopened { .. }) => "mediation.reopened",
    Event::Honour(honour::Event::Noticed(_)) => "honour.noticed",
    Event::Honour(honour::Event::Granted { .. }) => "honour.granted",
    Event::Honour(honour::Event::Declined { .. }) => "honour.declined",
    Event::Honour(honour::Event::Fell { .. }) => "honour.fell",
    Event::Honour(honour::Event::CertificateRequested { .. }) => "honour.certificate_requested",
    Event::Honour(honour::Event::CertificateSigned { .. }) => "honour.certificate_signed",
    Event::Honour(honour::Event::CertificateIssued { .. }) => "honour.certificate_issued",
    Event::Honour(honour::Event::CertificateRevoked { .. }) => "honour.certificate_revoked",
    Event::Honour(honour::Event::RecordReported { .. }) => "honour.record_reported",
    Event::Honour(honour::Event::ReportOverdue { .. }) => "honour.report_overdue",
    Event::Honour(honour::Event::ReportDropped { .. }) => "honour.report_dropped",
    Event::Honour(honour::Event::ReportAnswered { .. }) => "honour.report_answered",
    Event::Resource(resource::Event::Opened { .. }) => "resource.opened",
    Event::Resource(resource::Event::Withdrawn(_)) => "resource.withdrawn",
    Event::Resource(resource::Event::CalledOff { .. }) => "resource.called_off",
    Event::Resource(resource::Event::Reopened { .. }) => "resource.reopened",
    Event::Queue(queue::Event::Joined(_)) => "queue.joined",
    Event::Queue(queue::Event::Left { .. }) => "queue.left",
    Event::Queue(queue::Event::PassedOver { .. }) => "queue.passed_over",
    Event::Booking(booking::Event::Booked(_)) => "booking.booked",
    Event::Booking(booking::Event::Waited(_)) => "booking.waited",
    Event::Booking(booking::Event::Left(_)) => "booking.left",
    Event::Booking(booking::Event::Promoted(_)) => "booking.promoted",
    Event::Booking(booking::Event::PassedOver { .. }) => "booking.passed_over",
    Event::Booking(booking::Event::WaitLapsed(_)) => "booking.wait_lapsed",
    Event::Booking(booking::Event::Cancelled { .. }) => "booking.cancelled",
    Event::Booking(booking::Event::CalledOff { .. }) => "booking.called_off",
    Event::Booking(booking::Event::Used(_)) => "booking.used",
    Event::Booking(booking::Event::NotShown { .. }) => "booking.not_shown",
    Event::Statement(statement::Event::Issued(_)) => "statement.issued",
    Event::Statement(statement::Event::Disputed { .. }) => "statement.disputed",
    Event::Statement(statement::Event::Resolved { .. }) => "statement.resolved",
    Event::Statement(statement::Event::Settled { .. }) => "statement.settled",
} }

forms! { LineForms: Line {
    Line::Base { .. } => "base",
    Line::CapCut { .. } => "cap_cut",
    Line::Night { .. } => "night",
    Line::Alert { .. } => "alert",
    Line::Merit { .. } => "merit",
    Line::GradePart { .. } => "grade_part",
    Line::EvidenceTooWeak { .. } => "evidence_too_weak",
    Line::EvidenceLacks { .. } => "evidence_lacks",
    Line::GradeCap { .. } => "grade_cap",
    Line::MonthCap { .. } => "month_cap",
    Line::Difficulty { .. } => "difficulty",
    Line::Assisted { .. } => "assisted",
    Line::Throttled { .. } => "throttled",
    Line::PoolShort { .. } => "pool_short",
    Line::Repaid { .. } => "repaid",
    Line::Unsettled { .. } => "unsettled",
    Line::MinutesCredited { .. } => "minutes_credited",
} }

forms! { AccountForms: Account {
    Account::Funder(_) => "funder",
    Account::Pool(_) => "pool",
    Account::Available(_) => "available",
    Account::Held(_) => "held",
    Account::Supplier(_) => "supplier",
    Account::Expired(_) => "expired",
    Account::Receivable(_) => "receivable",
    Account::Claims(_) => "claims",
    Account::Loss(_) => "loss",
    Account::Settled(_) => "settled",
    Account::Corrected(_) => "corrected",
} }

/// Every sample: the event, and what is special about it.
pub(crate) fn samples() -> Vec<(String, Event)> {
    // New nouns come before the last, whose last sample others are made of.
    let nouns = [
        places(),
        people(),
        sources(),
        crate::rules::rule_sets(),
        crate::goods::events(),
        contributions(),
        awards(),
        orders::events(),
        honours::events(),
        crate::mediation::events(),
        crate::estates::events(),
        crate::time_bank::events(),
        stock(),
        returns(),
        settling(),
        fairness::reversals(),
        fairness::fair(),
        notices::events(),
        crate::conduct::events(),
        activities::events(),
        shared::places(),
        counters::counters(),
        crate::pseudonyms::events(),
        services::services(),
        crate::queues::events(),
        spending(),
    ];
    nouns
        .into_iter()
        .flatten()
        .map(|(special, event)| (format!("{}/{special}", EventForms::of(&event)), event))
        .collect()
}

pub(crate) type Samples = Vec<(String, Event)>;

pub(crate) fn sample(special: impl std::fmt::Debug, event: impl Into<Event>) -> (String, Event) {
    (format!("{special:?}").trim_matches('"').to_owned(), event.into())
}

fn places() -> Samples {
    let area = |level, grid_kind, parent| {
        area::Event::Founded(Area {
            area: id!(AreaId, 1),
            level,
            grid_kind,
            parent,
            name: name("丁山社区", "Dingshan Community"),
        })
    };
    let mut samples: Samples = LEVELS
        .iter()
        .map(|level| sample(level, area(*level, None, Some(id!(AreaId, 2)))))
        .collect();
    samples.push(sample("no parent", area(LEVELS[4], None, None)));
    for kind in [AlertKind::Heat, AlertKind::Snow] {
        let (area, officer) = (id!(AreaId, 2), id!(OfficerId, 5));
        let alert = Alert { area, kind, during: interval(), officer };
        samples.push(sample(kind, area::Event::AlertDeclared(alert)));
    }
    let (place, officer) = (id!(AreaId, 2), id!(OfficerId, 6));
    let ended = Withdrawal { area: place, started_at: interval().start(), officer };
    samples.push(sample("whole", area::Event::AlertWithdrawn(ended)));
    samples.extend(
        [GridKind::Comprehensive, GridKind::Dedicated]
            .map(|kind| sample(kind, area(LEVELS[1], Some(kind), Some(id!(AreaId, 2))))),
    );
    let household = Household { household: id!(HouseholdId, 3), micro_grid: id!(AreaId, 4) };
    samples.push(sample("whole", household::Event::Registered(household)));
    samples.extend([StationKind::Counter, StationKind::VendingMachine].map(|kind| {
        let (station, area) = (id!(StationId, 34), id!(AreaId, 1));
        let name = name("驿站", "Station");
        sample(kind, station::Event::Opened(Station { station, area, kind, name }))
    }));
    samples
}

fn people() -> Samples {
    let resident = id!(ResidentId, 11);
    let registered = |assisted| {
        resident::Event::Registered(Registration {
            resident,
            household: id!(HouseholdId, 3),
            card: CardCode::from_serial(123_456_789),
            assisted,
        })
    };
    let appointed = |duty, resident| {
        let (officer, area) = (id!(OfficerId, 5), id!(AreaId, 1));
        officer::Event::Appointed(Appointment { officer, duty, area, resident })
    };
    let (household, before) = (id!(HouseholdId, 3), id!(HouseholdId, 2));
    let moved = resident::Event::Moved { to: Move { resident, household, assisted: true }, before };
    let mut samples = vec![
        sample("plain", registered(false)),
        sample("assisted", registered(true)),
        sample("whole", resident::Event::VolunteerEnrolled(resident)),
        sample("whole", resident::Event::VolunteerReferred { resident, by: id!(ResidentId, 8) }),
        sample("whole", resident::Event::RankingJoined(resident)),
        sample("whole", resident::Event::RankingLeft(resident)),
        sample("whole", moved),
        sample("nobody of ours", appointed(Duty::BuildingHead, None)),
        sample("whole", officer::Event::Retired(id!(OfficerId, 5))),
    ];
    let duties = [
        Duty::BuildingHead,
        Duty::FullTimeGridOfficer,
        Duty::PartTimeGridOfficer,
        Duty::CommunityOfficer,
        Duty::SubDistrictOfficer,
        Duty::DistrictOfficer,
        Duty::SubDistrictLeader,
        Duty::SubDistrictChief,
        Duty::UnitOfficer,
    ];
    samples.extend(duties.map(|duty| sample(duty, appointed(duty, Some(resident)))));
    let reasons = [ErasureReason::OwnRequest, ErasureReason::Death, ErasureReason::CourtOrder];
    samples.extend(
        reasons.map(|reason| sample(reason, resident::Event::Erased(Erasure { resident, reason }))),
    );
    samples
}

fn sources() -> Samples {
    let kinds = [
        SupplierKind::Merchant,
        SupplierKind::PropertyFirm,
        SupplierKind::Department,
        SupplierKind::StationShelf,
        SupplierKind::SocialOrganisation,
        SupplierKind::School,
    ];
    let mut samples: Samples = kinds
        .map(|kind| {
            let supplier =
                Supplier {
                    supplier: id!(SupplierId, 31), kind, name: name("粮店", "Grain shop")
                };
            sample(kind, supplier::Event::Enrolled(supplier))
        })
        .into();
    let pool = id!(PoolId, 20);
    let code = "street".parse().unwrap();
    samples.push(sample(
        "whole",
        pool::Event::Opened(Pool { pool, code, name: name("街道", "Sub-district") }),
    ));
    let reference = "财-2026-001".parse().unwrap();
    samples.push(sample(
        "whole",
        pool::Event::Funded(Funding { pool, points: points(6_800_000), reference }),
    ));
    samples
}
