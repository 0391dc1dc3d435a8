//! What records change: the ground, and the ladders that are kept.

use linli_domain::award::Award;
use linli_domain::id::ResidentId;
use linli_domain::quantity::Merit;
use linli_domain::rules::RuleVersion;
use linli_domain::{
    Event, Record, area, contribution, household, officer, pool, resident, rules, station, supplier,
};
use linli_readmodel::rankings::{Calendar, WINDOWS};

use crate::ladder::{Deed, Overflow, Step};
use crate::seat::State;

/// A record that can't be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FoldError {
    #[error(transparent)]
    Overflow(#[from] Overflow),
    #[error("an award was made by rules {0}, which were never published")]
    UnknownRules(RuleVersion),
}

impl State {
    /// Moves on by a record. What it changes is what the projection of rankings writes.
    pub(crate) fn apply(&mut self, record: &Record) -> Result<(), FoldError> {
        match &record.event {
            Event::Contribution(contribution::Event::Awarded(award)) => {
                self.counted(record, award, award.merit)?;
            }
            Event::Contribution(contribution::Event::Restored(it)) => {
                self.counted(record, &it.award, it.award.merit)?;
            }
            Event::Contribution(contribution::Event::Reversed(reversal)) => {
                let award = &reversal.award;
                self.counted(record, award, award.merit.negated())?;
            }
            Event::Resident(event) => self.lived(record, event)?,
            Event::Rules(rules::Event::Published(rules)) => {
                self.ground.publish(Calendar::from(&**rules));
            }
            Event::Area(area::Event::Founded(area)) => {
                self.ground.found(area.area, area.level, area.parent);
            }
            Event::Area(area::Event::AlertDeclared(_) | area::Event::AlertWithdrawn(_))
            | Event::Contribution(
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
            | Event::Inspection(_)
            | Event::Household(household::Event::Registered(_))
            | Event::Officer(officer::Event::Appointed(_) | officer::Event::Retired(_))
            | Event::Station(station::Event::Opened(_))
            | Event::Operator(_)
            | Event::Allowance(_)
            | Event::Supplier(supplier::Event::Enrolled(_))
            | Event::Pool(pool::Event::Opened(_) | pool::Event::Funded(_))
            | Event::Wallet(_)
            | Event::Hazard(_)
            | Event::Order(_)
            | Event::Whistle(_)
            | Event::Aid(_)
            | Event::Honour(_)
            | Event::Mediation(_)
            | Event::Queue(_)
            | Event::TimeBank(_)
            | Event::Estate(_)
            | Event::Item(_)
            | Event::Statement(_)
            | Event::Resource(_)
            | Event::Booking(_)
            | Event::Redemption(_)
            | Event::Voucher(_) => {}
        }
        (self.ground.position, self.ground.now) = (record.position, record.recorded_at);
        Ok(())
    }

    fn lived(&mut self, record: &Record, event: &resident::Event) -> Result<(), FoldError> {
        match event {
            resident::Event::RankingJoined(resident) => {
                self.ground.show(*resident);
                self.everywhere(record, *resident, Deed::Joined)
            }
            resident::Event::RankingLeft(resident) => self.left(record, *resident),
            // An account that is closed is as if its owner had left, whether shown or not.
            resident::Event::Erased(erasure) => {
                self.ground.call(erasure.resident, None);
                self.left(record, erasure.resident)
            }
            resident::Event::Pseudonym(fact) => {
                self.ground.call(fact.resident(), fact.after());
                Ok(())
            }
            resident::Event::Registered(_)
            | resident::Event::VolunteerEnrolled(_)
            | resident::Event::VolunteerReferred { .. }
            | resident::Event::Moved { .. }
            | resident::Event::CardIssued { .. }
            | resident::Event::CardBlocked { .. } => Ok(()),
        }
    }

    fn left(&mut self, record: &Record, resident: ResidentId) -> Result<(), FoldError> {
        self.ground.hide(resident);
        self.everywhere(record, resident, Deed::Left)
    }

    /// An award counts, or counts no longer, in five periods, for the grid where it was done and all that it lies in.
    fn counted(&mut self, record: &Record, award: &Award, merit: Merit) -> Result<(), FoldError> {
        if merit == Merit::ZERO || self.seats.is_empty() {
            return Ok(());
        }
        let zone = self.ground.zone(award.rules);
        let zone = zone.ok_or(FoldError::UnknownRules(award.rules))?;
        let shown = self.ground.is_shown(award.resident);
        let step = Step {
            position: record.position,
            resident: award.resident,
            deed: Deed::Gained { merit, shown },
        };
        for area in self.ground.lineage(award.grid) {
            for window in WINDOWS {
                let period = zone.period(window, award.happened.end());
                if let Some(seat) = self.seats.get_mut(&(area, period)) {
                    seat.step(&step)?;
                }
            }
        }
        Ok(())
    }

    fn everywhere(
        &mut self,
        record: &Record,
        resident: ResidentId,
        deed: Deed,
    ) -> Result<(), FoldError> {
        let step = Step { position: record.position, resident, deed };
        self.seats.values_mut().try_for_each(|seat| seat.step(&step)).map_err(FoldError::from)
    }
}
