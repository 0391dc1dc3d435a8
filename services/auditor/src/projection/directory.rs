//! The directory: what was founded, registered, opened and published, as its records said.

use std::collections::BTreeMap;

use linli_domain::id::{
    AreaId, HouseholdId, OfficerId, PoolId, ResidentId, StationId, SupplierId, TeamId,
};
use linli_domain::rules::{self, RuleVersion};
use linli_domain::text::ActCode;
use linli_domain::time::Timestamp;
use linli_domain::{
    Event, Record, area, household, officer, pool, resident, station, supplier, team,
};
use linli_readmodel::directory::{
    Act, Alert, Area, Household, Officer, Pool, Resident, RuleSet, Star, Station, Supplier, Team,
};
use linli_readmodel::{ReadError, Snapshot};

use super::Rows;
use super::estates::Estates;
use super::merge::merge;

/// What records tell of the directory. The state knows most of it in another form; these are the
/// rows, and few beside contributions.
#[derive(Default)]
pub(super) struct Told {
    areas: BTreeMap<AreaId, Area>,
    officers: BTreeMap<OfficerId, Officer>,
    households: BTreeMap<HouseholdId, Household>,
    residents: BTreeMap<ResidentId, Resident>,
    stations: BTreeMap<StationId, Station>,
    suppliers: BTreeMap<SupplierId, Supplier>,
    pools: BTreeMap<PoolId, Pool>,
    rule_sets: BTreeMap<RuleVersion, RuleSet>,
    stars: BTreeMap<(RuleVersion, u8), Star>,
    acts: BTreeMap<(RuleVersion, ActCode), Act>,
    teams: BTreeMap<TeamId, Team>,
    estates: Estates,
    alerts: BTreeMap<(AreaId, Timestamp), Alert>,
}

impl Told {
    pub(super) fn take(&mut self, record: &Record) {
        match &record.event {
            Event::Area(area::Event::Founded(it)) => {
                self.areas.insert(it.area, area_row(it));
            }
            Event::Area(area::Event::AlertDeclared(it)) => {
                let row = Alert::declared(record, it);
                self.alerts.insert((row.area, row.started_at), row);
            }
            Event::Area(area::Event::AlertWithdrawn(it)) => {
                if let Some(row) = self.alerts.get_mut(&(it.area, it.started_at)) {
                    row.withdrawn_at = Some(record.recorded_at);
                    row.withdrawn_by = Some(it.officer);
                }
            }
            Event::Household(household::Event::Registered(it)) => {
                let household::Household { household, micro_grid } = *it;
                self.households.insert(household, Household { household, micro_grid });
            }
            Event::Resident(event) => self.resident(record, *event),
            Event::Officer(event) => self.officer(*event),
            Event::Station(station::Event::Opened(it)) => {
                self.stations.insert(it.station, station_row(it));
            }
            Event::Supplier(supplier::Event::Enrolled(it)) => {
                self.suppliers.insert(it.supplier, supplier_row(it));
            }
            Event::Pool(pool::Event::Opened(it)) => {
                self.pools.insert(it.pool, pool_row(it));
            }
            Event::Team(event) => self.team(event),
            Event::Estate(event) => self.estates.take(record, event),
            Event::Rules(rules::Event::Published(it)) => self.publish(record, it),
            Event::Pool(pool::Event::Funded(_))
            | Event::Inspection(_)
            | Event::Item(_)
            | Event::Statement(_)
            | Event::Operator(_)
            | Event::Allowance(_)
            | Event::Resource(_)
            | Event::Activity(_)
            | Event::Booking(_)
            | Event::Notice(_)
            | Event::Conduct(_)
            | Event::Contribution(_)
            | Event::Hazard(_)
            | Event::Order(_)
            | Event::Whistle(_)
            | Event::Aid(_)
            | Event::Honour(_)
            | Event::Mediation(_)
            | Event::Queue(_)
            | Event::TimeBank(_)
            | Event::Redemption(_)
            | Event::Voucher(_)
            | Event::Wallet(_) => {}
        }
    }

    fn resident(&mut self, record: &Record, event: resident::Event) {
        let (id, change): (ResidentId, fn(&mut Resident)) = match event {
            resident::Event::Registered(it) => {
                let resident::Registration { resident, household, card, assisted } = it;
                let (volunteer, ranked, team) = (false, false, None);
                let row = Resident {
                    resident,
                    household,
                    card,
                    card_blocked: false,
                    assisted,
                    volunteer,
                    ranked,
                    pseudonym: None,
                    team,
                    erased_at: None,
                    position: record.position,
                };
                self.residents.insert(resident, row);
                return;
            }
            resident::Event::VolunteerEnrolled(id) => (id, |row| row.volunteer = true),
            resident::Event::VolunteerReferred { resident, by: _ } => {
                (resident, |row| row.volunteer = true)
            }
            resident::Event::RankingJoined(id) => (id, |row| row.ranked = true),
            resident::Event::RankingLeft(id) => (id, |row| row.ranked = false),
            resident::Event::Moved { to, before: _ } => {
                if let Some(row) = self.residents.get_mut(&to.resident) {
                    (row.household, row.assisted) = (to.household, to.assisted);
                }
                return;
            }
            resident::Event::Pseudonym(fact) => {
                let row = self.residents.get_mut(&fact.resident());
                row.into_iter().for_each(|row| row.pseudonym = fact.after());
                return;
            }
            resident::Event::CardIssued { issue, before: _ } => {
                if let Some(row) = self.residents.get_mut(&issue.resident) {
                    (row.card, row.card_blocked) = (issue.card, false);
                }
                return;
            }
            resident::Event::CardBlocked { block: _, resident } => {
                (resident, |row| row.card_blocked = true)
            }
            resident::Event::Erased(it) => {
                if let Some(row) = self.residents.get_mut(&it.resident) {
                    (row.ranked, row.pseudonym, row.team) = (false, None, None);
                    row.erased_at = Some(record.recorded_at);
                }
                return;
            }
        };
        self.residents.get_mut(&id).into_iter().for_each(change);
    }

    fn team(&mut self, event: &team::Event) {
        let (resident, team) = match event {
            team::Event::Formed(it) => {
                let row = Team {
                    team: it.team,
                    grid: it.grid,
                    name_zh: it.name.zh.clone(),
                    name_en: it.name.en.clone(),
                };
                self.teams.insert(it.team, row);
                return;
            }
            team::Event::Joined(it) => (it.resident, Some(it.team)),
            team::Event::Left(it) => (it.resident, None),
            team::Event::Led(_) => return,
        };
        self.residents.get_mut(&resident).into_iter().for_each(|row| row.team = team);
    }

    fn officer(&mut self, event: officer::Event) {
        match event {
            officer::Event::Appointed(it) => {
                let officer::Appointment { officer, duty, area, resident } = it;
                let row = Officer { officer, duty, area, resident, retired: false };
                self.officers.insert(officer, row);
            }
            officer::Event::Retired(id) => {
                self.officers.get_mut(&id).into_iter().for_each(|row| row.retired = true);
            }
        }
    }

    fn publish(&mut self, record: &Record, rules: &rules::RuleSet) {
        let version = rules.version;
        let row = RuleSet {
            version,
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
        };
        self.rule_sets.insert(version, row);
        for (stars, hours) in (1_u8..).zip(&rules.star_hours) {
            self.stars.insert((version, stars), Star { version, stars, hours: *hours });
        }
        for act in &rules.acts {
            self.acts.insert((version, act.code.clone()), Act::of(rules, act));
        }
    }

    pub(super) async fn compare(
        &self,
        snapshot: &Snapshot,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        let Self { areas, officers, households, residents, stations, suppliers, .. } = self;
        merge(snapshot, areas.values().cloned(), |row: &Area| row.area, rows).await?;
        merge(snapshot, officers.values().cloned(), |row: &Officer| row.officer, rows).await?;
        let of_household = |row: &Household| row.household;
        merge(snapshot, households.values().cloned(), of_household, rows).await?;
        merge(snapshot, residents.values().cloned(), |row: &Resident| row.resident, rows).await?;
        merge(snapshot, stations.values().cloned(), |row: &Station| row.station, rows).await?;
        merge(snapshot, suppliers.values().cloned(), |row: &Supplier| row.supplier, rows).await?;
        merge(snapshot, self.pools.values().cloned(), |row: &Pool| row.pool, rows).await?;
        let of_version = |row: &RuleSet| row.version;
        merge(snapshot, self.rule_sets.values().cloned(), of_version, rows).await?;
        let of_star = |row: &Star| (row.version, row.stars);
        merge(snapshot, self.stars.values().cloned(), of_star, rows).await?;
        let of_act = |row: &Act| (row.version, row.code.clone());
        merge(snapshot, self.acts.values().cloned(), of_act, rows).await?;
        merge(snapshot, self.teams.values().cloned(), |row: &Team| row.team, rows).await?;
        let of_alert = |row: &Alert| (row.area, row.started_at);
        merge(snapshot, self.alerts.values().cloned(), of_alert, rows).await?;
        self.estates.compare(snapshot, rows).await
    }
}

fn area_row(it: &area::Area) -> Area {
    Area {
        area: it.area,
        level: it.level,
        grid_kind: it.grid_kind,
        parent: it.parent,
        name_zh: it.name.zh.clone(),
        name_en: it.name.en.clone(),
    }
}

fn station_row(it: &station::Station) -> Station {
    Station {
        station: it.station,
        area: it.area,
        kind: it.kind,
        name_zh: it.name.zh.clone(),
        name_en: it.name.en.clone(),
    }
}

fn supplier_row(it: &supplier::Supplier) -> Supplier {
    Supplier {
        supplier: it.supplier,
        kind: it.kind,
        name_zh: it.name.zh.clone(),
        name_en: it.name.en.clone(),
    }
}

fn pool_row(it: &pool::Pool) -> Pool {
    Pool {
        pool: it.pool,
        code: it.code.clone(),
        name_zh: it.name.zh.clone(),
        name_en: it.name.en.clone(),
    }
}
