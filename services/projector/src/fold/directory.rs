//! What exists and what it is called.

use deadpool_postgres::Object;
use linli_domain::id::{ResidentId, TeamId};
use linli_domain::resident::Pseudonym;
use linli_domain::rules::{self, RuleSet as Published};
use linli_domain::text::Code;
use linli_domain::{
    Event, Record, area, contribution, household, inspection, officer, pool, resident, station,
    supplier, team, wallet,
};
use linli_readmodel::ReadError;
use linli_readmodel::directory::{
    Act, Alert, AlertEnding, Area, Calling, Carding, Changes, Enrolment, Erasing, Household,
    Joining, Moving, Officer, Pool, Ranking, Resident, Retirement, RuleSet, Star, Station,
    Supplier, Team,
};

use super::Fold;
use crate::error::FoldError;

/// Names and flags, as they were given.
pub struct Directory;

impl Fold for Directory {
    type Changes = Changes;

    async fn load(_: &Object, _: &str, _: &Code) -> Result<Self, ReadError> {
        Ok(Self)
    }

    fn fold(&self, changes: &mut Changes, record: &Record) -> Result<(), FoldError> {
        match &record.event {
            Event::Area(event) => surveyed(changes, record, event),
            Event::Household(household::Event::Registered(household)) => {
                let household::Household { household, micro_grid } = *household;
                changes.households.push(Household { household, micro_grid });
            }
            Event::Resident(event) => lived(changes, record, *event),
            Event::Officer(event) => held(changes, event),
            Event::Station(station::Event::Opened(station)) => opened(changes, station),
            Event::Supplier(supplier::Event::Enrolled(supplier)) => {
                changes.suppliers.push(Supplier {
                    supplier: supplier.supplier,
                    kind: supplier.kind,
                    name_zh: supplier.name.zh.clone(),
                    name_en: supplier.name.en.clone(),
                })
            }
            Event::Pool(pool::Event::Opened(pool)) => changes.pools.push(Pool {
                pool: pool.pool,
                code: pool.code.clone(),
                name_zh: pool.name.zh.clone(),
                name_en: pool.name.en.clone(),
            }),
            Event::Team(event) => teamed(changes, event),
            Event::Estate(event) => super::estates::fold(changes, record, event),
            Event::Rules(rules::Event::Published(rules)) => published(changes, record, rules)?,
            Event::Pool(pool::Event::Funded(_))
            | Event::Item(_)
            | Event::Statement(_)
            | Event::Operator(_)
            | Event::Allowance(_)
            | Event::Resource(_)
            | Event::Activity(_)
            | Event::Booking(_)
            | Event::Notice(_)
            | Event::Conduct(_)
            | Event::Contribution(
                contribution::Event::Submitted { .. }
                | contribution::Event::Verified(_)
                | contribution::Event::Rejected(_)
                | contribution::Event::Awarded(_)
                | contribution::Event::Reversed(_)
                | contribution::Event::Restored(_)
                | contribution::Event::Queued(_)
                | contribution::Event::Attached(_),
            )
            | Event::Inspection(
                inspection::Event::Drawn(_) | inspection::Event::Inspected { .. },
            )
            | Event::Wallet(
                wallet::Event::LotExpired { .. }
                | wallet::Event::LotRecalled(_)
                | wallet::Event::Closed(_),
            )
            | Event::Hazard(_)
            | Event::Order(_)
            | Event::Whistle(_)
            | Event::Aid(_)
            | Event::Honour(_)
            | Event::Mediation(_)
            | Event::Queue(_)
            | Event::TimeBank(_)
            | Event::Redemption(_)
            | Event::Voucher(_) => {}
        }
        Ok(())
    }
}

fn surveyed(changes: &mut Changes, record: &Record, event: &area::Event) {
    match event {
        area::Event::Founded(area) => founded(changes, area),
        area::Event::AlertDeclared(it) => changes.alerts.push(Alert::declared(record, it)),
        area::Event::AlertWithdrawn(it) => {
            let row = AlertEnding::of(record, it);
            changes.alert_endings.insert((row.area, row.started_at), row);
        }
    }
}

fn founded(changes: &mut Changes, area: &area::Area) {
    let area::Area { area, level, grid_kind, parent, name } = area;
    changes.areas.push(Area {
        area: *area,
        level: *level,
        grid_kind: *grid_kind,
        parent: *parent,
        name_zh: name.zh.clone(),
        name_en: name.en.clone(),
    });
}

/// An office.
fn held(changes: &mut Changes, event: &officer::Event) {
    match event {
        officer::Event::Appointed(appointment) => {
            let officer::Appointment { officer, duty, area, resident } = *appointment;
            changes.officers.push(Officer { officer, duty, area, resident, retired: false });
        }
        officer::Event::Retired(officer) => {
            let retirement = Retirement { officer: *officer, retired: true };
            changes.retirements.insert(*officer, retirement);
        }
    }
}

fn lived(changes: &mut Changes, record: &Record, event: resident::Event) {
    match event {
        resident::Event::Registered(registration) => {
            let resident::Registration { resident, household, card, assisted } = registration;
            let row = Resident {
                resident,
                household,
                card,
                card_blocked: false,
                assisted,
                volunteer: false,
                ranked: false,
                pseudonym: None,
                team: None,
                erased_at: None,
                position: record.position,
            };
            changes.residents.insert(resident, row);
        }
        resident::Event::VolunteerEnrolled(resident)
        | resident::Event::VolunteerReferred { resident, by: _ } => {
            match changes.residents.get_mut(&resident) {
                Some(row) => row.volunteer = true,
                None => {
                    changes.enrolments.insert(resident, Enrolment { resident, volunteer: true });
                }
            }
        }
        resident::Event::RankingJoined(resident) => ranked(changes, resident, true),
        resident::Event::RankingLeft(resident) => ranked(changes, resident, false),
        resident::Event::Moved { to, before: _ } => moved(changes, to),
        resident::Event::Pseudonym(fact) => called(changes, fact.resident(), fact.after()),
        resident::Event::CardIssued { issue, before: _ } => {
            carded(
                changes,
                Carding { resident: issue.resident, card: issue.card, card_blocked: false },
            );
        }
        resident::Event::CardBlocked { block, resident } => {
            carded(changes, Carding { resident, card: block.card, card_blocked: true });
        }
        resident::Event::Erased(erasure) => erased(changes, record, erasure.resident),
    }
}

fn moved(changes: &mut Changes, to: resident::Move) {
    let resident::Move { resident, household, assisted } = to;
    match changes.residents.get_mut(&resident) {
        Some(row) => (row.household, row.assisted) = (household, assisted),
        None => drop(changes.movings.insert(resident, Moving { resident, household, assisted })),
    }
}

fn carded(changes: &mut Changes, carding: Carding) {
    match changes.residents.get_mut(&carding.resident) {
        Some(row) => (row.card, row.card_blocked) = (carding.card, carding.card_blocked),
        None => drop(changes.cardings.insert(carding.resident, carding)),
    }
}

fn called(changes: &mut Changes, resident: ResidentId, pseudonym: Option<Pseudonym>) {
    match changes.residents.get_mut(&resident) {
        Some(row) => row.pseudonym = pseudonym,
        None => drop(changes.callings.insert(resident, Calling { resident, pseudonym })),
    }
}

/// Out of rankings and team as well: nothing that follows puts the resident back.
fn erased(changes: &mut Changes, record: &Record, resident: ResidentId) {
    ranked(changes, resident, false);
    called(changes, resident, None);
    joined(changes, resident, None);
    let erased_at = Some(record.recorded_at);
    match changes.residents.get_mut(&resident) {
        Some(row) => row.erased_at = erased_at,
        None => drop(changes.erasings.insert(resident, Erasing { resident, erased_at })),
    }
}

fn ranked(changes: &mut Changes, resident: ResidentId, ranked: bool) {
    match changes.residents.get_mut(&resident) {
        Some(row) => row.ranked = ranked,
        None => {
            changes.rankings.insert(resident, Ranking { resident, ranked });
        }
    }
}

fn teamed(changes: &mut Changes, event: &team::Event) {
    match event {
        team::Event::Formed(team::Team { team, grid, name }) => changes.teams.push(Team {
            team: *team,
            grid: *grid,
            name_zh: name.zh.clone(),
            name_en: name.en.clone(),
        }),
        team::Event::Joined(it) => joined(changes, it.resident, Some(it.team)),
        team::Event::Left(it) => joined(changes, it.resident, None),
        // Who leads is in the facts: it is asked by nobody who reads rows.
        team::Event::Led(_) => {}
    }
}

fn joined(changes: &mut Changes, resident: ResidentId, team: Option<TeamId>) {
    match changes.residents.get_mut(&resident) {
        Some(row) => row.team = team,
        None => drop(changes.joinings.insert(resident, Joining { resident, team })),
    }
}

fn opened(changes: &mut Changes, station: &station::Station) {
    let station::Station { station, area, kind, name } = station;
    changes.stations.push(Station {
        station: *station,
        area: *area,
        kind: *kind,
        name_zh: name.zh.clone(),
        name_en: name.en.clone(),
    });
}

fn published(changes: &mut Changes, record: &Record, rules: &Published) -> Result<(), FoldError> {
    changes.rule_sets.push(RuleSet {
        version: rules.version,
        profile: rules.profile.clone(),
        effective_from: rules.effective_from,
        zone: rules.zone,
        step: rules.step,
        late_entry_days: rules.late_entry_days,
        longest: rules.longest,
        hold: rules.hold,
        month_cap: rules.month_cap,
        lot_months: rules.lot_life.months,
        position: record.position,
    });
    for (hours, stars) in rules.star_hours.iter().zip(1_usize..) {
        let stars = u8::try_from(stars).map_err(|_| FoldError::Range)?;
        changes.stars.push(Star { version: rules.version, stars, hours: *hours });
    }
    changes.acts.extend(rules.acts.iter().map(|act| Act::of(rules, act)));
    Ok(())
}
