//! Each fact as JSON.

use linli_api as api;
use linli_api::Bilingual as ApiBilingual;
use linli_api::fact::{self, Fact};
use linli_domain::text::Bilingual;
use linli_domain::{
    Event, area, conduct, contribution, household, inspection, item, officer, pool, redemption,
    rules, statement, station, supplier, team, wallet,
};

use super::activities::of_activity;
use super::counter::{of_allowance, of_operator};
use super::estates::of_estate;
use super::honours::of_honour;
use super::mediation::of_mediation;
use super::notices::of_notice;
use super::orders::{files, of_aid, of_hazard, of_order, of_whistle};
use super::places::{of_booking, of_queue, of_resource};
use super::residents::of_resident;
use super::services::of_voucher;
use crate::key::hex;
use crate::parse::Spoken;
use crate::receipt::{
    alert, amount, award, conduct_held, conduct_reviewed, dispute_resolved, figures, id, instant,
    item_terms, line_disputed, line_returned, lot_taken, of_count, of_delivery, of_move,
    of_write_off, slip, statement_settled, time_changed, withdrawn,
};

/// A fact as JSON.
pub(super) fn fact(event: &Event) -> Fact {
    match event {
        Event::Area(area::Event::Founded(area)) => Fact::AreaFounded(founded(area)),
        Event::Area(area::Event::AlertDeclared(it)) => Fact::AlertDeclared(alert(it)),
        Event::Area(area::Event::AlertWithdrawn(it)) => Fact::AlertWithdrawn(withdrawn(it)),
        Event::Household(household::Event::Registered(household)) => {
            Fact::HouseholdRegistered(api::household::Household {
                household: id(household.household),
                micro_grid: id(household.micro_grid),
            })
        }
        Event::Resident(event) => of_resident(event),
        Event::Officer(event) => of_officer(event),
        Event::Station(station::Event::Opened(station)) => {
            Fact::StationOpened(api::station::Station {
                station: id(station.station),
                area: id(station.area),
                kind: station.kind.said(),
                name: name(&station.name),
            })
        }
        Event::Operator(event) => of_operator(event),
        Event::Allowance(event) => of_allowance(event),
        Event::Supplier(supplier::Event::Enrolled(supplier)) => {
            Fact::SupplierEnrolled(api::supplier::Supplier {
                supplier: id(supplier.supplier),
                kind: supplier.kind.said(),
                name: name(&supplier.name),
            })
        }
        Event::Pool(event) => of_pool(event),
        Event::Rules(rules::Event::Published(rules)) => Fact::RulesPublished(api::rules::Rules {
            version: rules.version.0,
            profile: rules.profile.to_string(),
            effective_from: instant(rules.effective_from),
        }),
        Event::Item(event) => of_item(event),
        Event::Contribution(event) => of_contribution(event),
        Event::Notice(event) => of_notice(event),
        Event::Conduct(conduct::Event::Held(it)) => Fact::ConductHeld(conduct_held(it)),
        Event::Conduct(conduct::Event::Reviewed(it)) => {
            Fact::ConductReviewed(conduct_reviewed(*it))
        }
        Event::Redemption(event) => of_redemption(event),
        Event::Queue(event) => of_queue(event),
        Event::Voucher(event) => of_voucher(event),
        Event::Hazard(event) => of_hazard(event),
        Event::Order(event) => of_order(event),
        Event::Whistle(event) => of_whistle(event),
        Event::Aid(event) => of_aid(event),
        Event::Honour(event) => of_honour(event),
        Event::Mediation(event) => of_mediation(event),
        Event::Estate(event) => of_estate(event),
        Event::TimeBank(event) => Fact::TimeBank(Box::new(time_changed(event))),
        Event::Statement(event) => of_statement(event),
        Event::Resource(event) => of_resource(event),
        Event::Booking(event) => of_booking(event),
        Event::Wallet(wallet::Event::LotExpired { resident, lapsed }) => {
            Fact::LotExpired(fact::LotExpired { resident: id(resident), lapsed: lot_taken(lapsed) })
        }
        Event::Team(event) => of_team(event),
        Event::Activity(event) => of_activity(event),
        Event::Inspection(event) => of_inspection(event),
        Event::Wallet(wallet::Event::LotRecalled(recall)) => Fact::LotRecalled(recalled(recall)),
        Event::Wallet(wallet::Event::Closed(closing)) => Fact::WalletClosed(fact::WalletClosed {
            resident: id(closing.resident),
            lapsed: closing.lapsed.iter().map(lot_taken).collect(),
            forgiven: closing.forgiven.iter().map(forgiven).collect(),
        }),
    }
}

fn founded(area: &area::Area) -> api::area::Area {
    api::area::Area {
        area: id(area.area),
        level: area.level.said(),
        grid_kind: area.grid_kind.map(Spoken::said),
        parent: area.parent.map(id),
        name: name(&area.name),
    }
}

fn forgiven(debt: &wallet::Debt) -> fact::DebtForgiven {
    fact::DebtForgiven {
        contribution: id(debt.contribution),
        pool: id(debt.pool),
        owed: amount(debt.owed),
    }
}

fn of_officer(event: &officer::Event) -> Fact {
    match event {
        officer::Event::Appointed(appointment) => Fact::OfficerAppointed(api::officer::Officer {
            officer: id(appointment.officer),
            duty: appointment.duty.said(),
            area: id(appointment.area),
            resident: appointment.resident.map(id),
        }),
        officer::Event::Retired(officer) => {
            Fact::OfficerRetired(fact::OfOfficer { officer: id(officer) })
        }
    }
}

fn of_pool(event: &pool::Event) -> Fact {
    match event {
        pool::Event::Opened(pool) => Fact::PoolOpened(fact::PoolOpened {
            pool: id(pool.pool),
            code: pool.code.to_string(),
            name: name(&pool.name),
        }),
        pool::Event::Funded(funding) => Fact::PoolFunded(fact::PoolFunded {
            pool: id(funding.pool),
            points: amount(funding.points),
            reference: funding.reference.to_string(),
        }),
    }
}

fn of_item(event: &item::Event) -> Fact {
    match event {
        item::Event::Listed(item) => Fact::ItemListed(api::item::Item {
            item: id(item.item),
            supplier: id(item.supplier),
            name: name(&item.name),
            kind: item.kind.said(),
            price: amount(item.price),
            cost: amount(item.cost),
            eligibility: api::item::Eligibility {
                least_stars: item.eligibility.least_stars,
                assisted_only: item.eligibility.assisted_only,
            },
            terms: None,
        }),
        item::Event::TermsSet(terms) => Fact::ItemTermsSet(fact::ItemTermsSet {
            item: id(terms.item),
            terms: item_terms(terms),
        }),
        item::Event::Priced(pricing) => Fact::ItemPriced(fact::ItemPriced {
            item: id(pricing.item),
            price: amount(pricing.price),
            cost: amount(pricing.cost),
        }),
        item::Event::StockReceived(it) => Fact::StockReceived(of_delivery(it)),
        item::Event::StockSentBack(it) => Fact::StockSentBack(of_delivery(it)),
        item::Event::StockCounted(it) => Fact::StockCounted(of_count(it)),
        item::Event::StockMoved(it) => Fact::StockMoved(of_move(it)),
        item::Event::StockWrittenOff(it) => Fact::StockWrittenOff(of_write_off(it)),
    }
}

fn of_contribution(event: &contribution::Event) -> Fact {
    match event {
        contribution::Event::Submitted { claim, grade, caused_by } => {
            Fact::ContributionSubmitted(submitted(claim, *grade, *caused_by))
        }
        contribution::Event::Verified(word) => Fact::ContributionVerified(verified(word)),
        contribution::Event::Queued(queued) => Fact::ContributionQueued(fact::ContributionQueued {
            word: verified(&queued.word),
            until: instant(queued.until),
            minutes: queued.minutes.get(),
            minutes_quota: queued.quota.minutes.get(),
            points: amount(queued.points),
            points_quota: amount(queued.quota.points),
        }),
        contribution::Event::Rejected(rejection) => {
            Fact::ContributionRejected(fact::ContributionRejected {
                contribution: id(rejection.contribution),
                officer: id(rejection.officer),
                reason: rejection.reason.said(),
            })
        }
        contribution::Event::Awarded(given) => Fact::ContributionAwarded(award(given)),
        contribution::Event::Attached(it) => {
            Fact::ContributionAttached(fact::ContributionAttached {
                contribution: id(it.contribution),
                resident: id(it.resident),
                attachments: files(&it.files),
            })
        }
        contribution::Event::Restored(it) => {
            Fact::ContributionRestored(fact::ContributionRestored {
                award: award(&it.award),
                back: it.back.as_ref().map(lot_taken),
                forgiven: amount(it.forgiven),
            })
        }
        contribution::Event::Reversed(reversal) => {
            Fact::ContributionReversed(fact::ContributionReversed {
                officer: id(reversal.word.officer),
                reason: reversal.word.reason.said(),
                award: award(&reversal.award),
                recalled: reversal.recall.as_ref().map(recalled),
            })
        }
    }
}

fn verified(word: &contribution::Verification) -> fact::ContributionVerified {
    fact::ContributionVerified {
        contribution: id(word.contribution),
        officer: id(word.officer),
        assessed: word.assessed.map(amount),
        difficulty: word.difficulty.map(|level| level.0),
    }
}

fn of_team(event: &team::Event) -> Fact {
    let membership = |it: &team::Membership| api::team::Membership {
        team: id(it.team),
        resident: id(it.resident),
    };
    match event {
        team::Event::Formed(it) => Fact::TeamFormed(api::team::Team {
            team: id(it.team),
            grid: id(it.grid),
            name: name(&it.name),
        }),
        team::Event::Joined(it) => Fact::TeamJoined(membership(it)),
        team::Event::Left(it) => Fact::TeamLeft(membership(it)),
        team::Event::Led(it) => Fact::TeamLed(membership(it)),
    }
}

fn of_inspection(event: &inspection::Event) -> Fact {
    match event {
        inspection::Event::Drawn(sample) => Fact::SampleDrawn(api::inspection::Sample {
            day: sample.day.to_string(),
            size: sample.head.size.0,
            root: hex(&sample.head.root).into(),
            awarded: sample.awarded,
            drawn: sample.drawn.iter().map(drawn).collect(),
        }),
        inspection::Event::Inspected { word, verifier, rate } => {
            Fact::SampleInspected(api::inspection::Inspected {
                contribution: id(word.contribution),
                officer: id(word.officer),
                verifier: id(verifier),
                outcome: word.outcome.said(),
                rate: *rate,
            })
        }
    }
}

fn drawn(drawn: &inspection::Drawn) -> api::inspection::Drawn {
    api::inspection::Drawn {
        contribution: id(drawn.contribution),
        grid: id(drawn.grid),
        verifier: id(drawn.verifier),
        rate: drawn.rate,
    }
}

fn recalled(recall: &wallet::Recall) -> api::wallet::Recalled {
    api::wallet::Recalled {
        resident: id(recall.resident),
        contribution: id(recall.contribution),
        pool: id(recall.pool),
        back: recall.back.iter().map(lot_taken).collect(),
        owed: amount(recall.owed),
    }
}

fn submitted(
    claim: &contribution::Claim,
    grade: contribution::Grade,
    caused_by: Option<linli_domain::id::ContributionId>,
) -> fact::ContributionSubmitted {
    fact::ContributionSubmitted {
        contribution: id(claim.contribution),
        resident: id(claim.resident),
        act: claim.act.to_string(),
        grid: id(claim.grid),
        estate: claim.estate.map(id),
        started_at: instant(claim.happened.start()),
        ended_at: instant(claim.happened.end()),
        beneficiary: claim.beneficiary.map(id),
        alert: claim.alert,
        signals: claim.signals.iter().map(Spoken::said).collect(),
        attachments: files(&claim.attachments),
        grade: grade.said(),
        caused_by: caused_by.map(id),
    }
}

fn of_redemption(event: &redemption::Event) -> Fact {
    let lapsing =
        |lapsed: &[linli_domain::wallet::LotTaken]| lapsed.iter().map(lot_taken).collect();
    match event {
        redemption::Event::Reserved { slip: reserved, expires_at } => {
            Fact::RedemptionReserved(fact::RedemptionReserved {
                slip: slip(reserved),
                expires_at: instant(*expires_at),
            })
        }
        redemption::Event::Captured(captured) => {
            Fact::RedemptionCaptured(fact::OfSlip { slip: slip(captured) })
        }
        redemption::Event::Voided { slip: voided, reason, lapsed } => {
            Fact::RedemptionVoided(fact::RedemptionVoided {
                slip: slip(voided),
                reason: reason.said(),
                lapsed: lapsing(lapsed),
            })
        }
        redemption::Event::TimedOut { slip: released, lapsed } => {
            Fact::RedemptionTimedOut(fact::RedemptionTimedOut {
                slip: slip(released),
                lapsed: lapsing(lapsed),
            })
        }
        redemption::Event::Sold(sold) => Fact::RedemptionSold(fact::OfSlip { slip: slip(sold) }),
        redemption::Event::PartCaptured { handed, rest, lapsed } => {
            Fact::RedemptionPartCaptured(fact::RedemptionPartCaptured {
                handed: slip(handed),
                rest: slip(rest),
                lapsed: lapsing(lapsed),
            })
        }
        redemption::Event::Returned(it) => Fact::RedemptionReturned(line_returned(it)),
    }
}

fn of_statement(event: &statement::Event) -> Fact {
    match event {
        statement::Event::Issued(it) => Fact::StatementIssued(figures(it)),
        statement::Event::Disputed { supplier, dispute } => {
            Fact::LineDisputed(line_disputed(*supplier, dispute))
        }
        statement::Event::Resolved { supplier, resolve, correction } => {
            Fact::DisputeResolved(dispute_resolved(*supplier, resolve, *correction))
        }
        statement::Event::Settled { supplier, settle, paid } => {
            Fact::StatementSettled(statement_settled(*supplier, settle, *paid))
        }
    }
}

fn name(name: &Bilingual) -> ApiBilingual {
    ApiBilingual { zh: name.zh.to_string(), en: name.en.to_string() }
}
