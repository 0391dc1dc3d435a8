//! Merit by person, grid and period.

use std::collections::BTreeMap;

use deadpool_postgres::Object;
use linli_domain::award::Award;
use linli_domain::id::ResidentId;
use linli_domain::quantity::Merit;
use linli_domain::rules::RuleVersion;
use linli_domain::text::Code;
use linli_domain::time::Zone;
use linli_domain::{
    Event, Record, area, contribution, household, inspection, officer, pool, resident, rules,
    station, supplier, wallet,
};
use linli_readmodel::ReadError;
use linli_readmodel::rankings::{self, Calendar, Changes, EstateScore, Member, STORED, Score};

use super::{Fold, add_merit};
use crate::error::FoldError;

/// An award says by which rules it was made, and they say what the clock on the wall showed; so
/// the fold remembers the clock of every rule set.
#[derive(Default)]
pub struct Rankings {
    zones: BTreeMap<RuleVersion, Zone>,
}

impl Fold for Rankings {
    type Changes = Changes;

    async fn load(client: &Object, schema: &str, district: &Code) -> Result<Self, ReadError> {
        Ok(Self { zones: rankings::zones(client, schema, district).await? })
    }

    fn fold(&self, changes: &mut Changes, record: &Record) -> Result<(), FoldError> {
        match &record.event {
            Event::Contribution(contribution::Event::Awarded(award)) => {
                self.counted(changes, record, award, award.merit)?;
            }
            Event::Contribution(contribution::Event::Restored(it)) => {
                self.counted(changes, record, &it.award, it.award.merit)?;
            }
            Event::Contribution(contribution::Event::Reversed(reversal)) => {
                let award = &reversal.award;
                self.counted(changes, record, award, award.merit.negated())?;
            }
            Event::Resident(event) => lived(changes, event),
            Event::Honour(event) => super::honours::fold(changes, record, event),
            Event::Rules(rules::Event::Published(rules)) => {
                changes.calendars.push(Calendar::from(&**rules));
            }
            Event::Contribution(
                contribution::Event::Submitted { .. }
                | contribution::Event::Verified(_)
                | contribution::Event::Rejected(_)
                | contribution::Event::Queued(_)
                | contribution::Event::Attached(_),
            )
            | Event::Notice(_)
            | Event::Conduct(_)
            | Event::Team(_)
            | Event::Activity(_)
            | Event::Inspection(
                inspection::Event::Drawn(_) | inspection::Event::Inspected { .. },
            )
            | Event::Area(
                area::Event::Founded(_)
                | area::Event::AlertDeclared(_)
                | area::Event::AlertWithdrawn(_),
            )
            | Event::Household(household::Event::Registered(_))
            | Event::Officer(officer::Event::Appointed(_) | officer::Event::Retired(_))
            | Event::Station(station::Event::Opened(_))
            | Event::Operator(_)
            | Event::Allowance(_)
            | Event::Supplier(supplier::Event::Enrolled(_))
            | Event::Pool(pool::Event::Opened(_) | pool::Event::Funded(_))
            | Event::Wallet(
                wallet::Event::LotExpired { .. }
                | wallet::Event::LotRecalled(_)
                | wallet::Event::Closed(_),
            )
            | Event::Hazard(_)
            | Event::Order(_)
            | Event::Whistle(_)
            | Event::Mediation(_)
            | Event::Queue(_)
            | Event::TimeBank(_)
            | Event::Estate(_)
            | Event::Aid(_)
            | Event::Item(_)
            | Event::Statement(_)
            | Event::Resource(_)
            | Event::Booking(_)
            | Event::Redemption(_)
            | Event::Voucher(_) => {}
        }
        Ok(())
    }

    fn learn(&mut self, changes: &Changes) {
        for calendar in &changes.calendars {
            self.zones.insert(calendar.version, calendar.zone);
        }
    }
}

impl Rankings {
    /// An award counts, or counts no longer, in the periods in which its service ended.
    fn counted(
        &self,
        changes: &mut Changes,
        record: &Record,
        award: &Award,
        merit: Merit,
    ) -> Result<(), FoldError> {
        if merit == Merit::ZERO {
            return Ok(());
        }
        let zone = self.zone(changes, award.rules)?;
        for window in STORED {
            let period = zone.period(window, award.happened.end());
            let none = Score {
                window,
                period: period.index,
                grid: award.grid,
                resident: award.resident,
                merit: Merit::ZERO,
                reached: record.position,
            };
            let score = changes.scores.entry((period, award.grid, award.resident)).or_insert(none);
            add_merit(&mut score.merit, merit)?;
            score.reached = record.position;
            let Some(estate) = award.estate else { continue };
            let none = EstateScore {
                window,
                period: period.index,
                estate,
                merit: Merit::ZERO,
                reached: record.position,
            };
            let score = changes.estate_scores.entry((period, estate)).or_insert(none);
            add_merit(&mut score.merit, merit)?;
            score.reached = record.position;
        }
        Ok(())
    }

    /// The clock of a rule set, which may have been published in this very batch.
    fn zone(&self, changes: &Changes, version: RuleVersion) -> Result<Zone, FoldError> {
        let new = changes.calendars.iter().find(|calendar| calendar.version == version);
        let known = new.map(|calendar| calendar.zone).or(self.zones.get(&version).copied());
        known.ok_or(FoldError::UnknownRules(version))
    }
}

fn lived(changes: &mut Changes, event: &resident::Event) {
    match event {
        resident::Event::RankingJoined(resident) => shown(changes, *resident, true),
        resident::Event::RankingLeft(resident)
        | resident::Event::Erased(resident::Erasure { resident, reason: _ }) => {
            shown(changes, *resident, false);
        }
        resident::Event::Registered(_)
        | resident::Event::VolunteerEnrolled(_)
        | resident::Event::VolunteerReferred { .. }
        | resident::Event::Moved { .. }
        | resident::Event::Pseudonym(_)
        | resident::Event::CardIssued { .. }
        | resident::Event::CardBlocked { .. } => {}
    }
}

fn shown(changes: &mut Changes, resident: ResidentId, shown: bool) {
    changes.members.insert(resident, Member { resident, shown });
}
