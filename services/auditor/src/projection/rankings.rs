//! Rankings: merit by person, grid and period, added up from the awards.

use std::collections::BTreeMap;

use linli_domain::award::Award;
use linli_domain::id::{AreaId, EstateId, ResidentId};
use linli_domain::quantity::Merit;
use linli_domain::rules::{RuleSet, RuleVersion};
use linli_domain::time::{Window, Zone};
use linli_domain::{Event, Position, Record, State, contribution, resident, rules};
use linli_readmodel::rankings::{Calendar, EstateScore, Member, STORED, Score};
use linli_readmodel::{ReadError, Snapshot};
use rustc_hash::FxHashMap;

use super::Rows;
use super::honours::Honours;
use super::merge::merge;

/// A score's key, in the order of the table's: windows by their names, which is how SQL has them.
type Key = (&'static str, i32, AreaId, ResidentId);

/// What records tell of rankings and the state forgets.
#[derive(Default)]
pub(super) struct Told {
    zones: BTreeMap<RuleVersion, Zone>,
    scores: FxHashMap<Key, Score>,
    estates: BTreeMap<(&'static str, i32, EstateId), EstateScore>,
    members: BTreeMap<ResidentId, bool>,
    honours: Honours,
}

impl Told {
    pub(super) fn take(&mut self, record: &Record) {
        match &record.event {
            Event::Contribution(contribution::Event::Awarded(award)) => {
                self.count(award, award.merit, record.position);
            }
            Event::Contribution(contribution::Event::Restored(it)) => {
                self.count(&it.award, it.award.merit, record.position);
            }
            Event::Contribution(contribution::Event::Reversed(reversal)) => {
                let award = &reversal.award;
                self.count(award, award.merit.negated(), record.position);
            }
            Event::Rules(rules::Event::Published(rules)) => {
                self.zones.insert(rules.version, rules.zone);
            }
            Event::Resident(resident::Event::RankingJoined(id)) => {
                self.members.insert(*id, true);
            }
            Event::Resident(resident::Event::RankingLeft(id)) => {
                self.members.insert(*id, false);
            }
            Event::Honour(event) => self.honours.take(record, event),
            Event::Resident(resident::Event::Erased(it)) => {
                self.members.insert(it.resident, false);
            }
            Event::Contribution(
                contribution::Event::Submitted { .. }
                | contribution::Event::Verified(_)
                | contribution::Event::Rejected(_)
                | contribution::Event::Queued(_)
                | contribution::Event::Attached(_),
            )
            | Event::Resident(
                resident::Event::Registered(_)
                | resident::Event::VolunteerEnrolled(_)
                | resident::Event::VolunteerReferred { .. }
                | resident::Event::Moved { .. }
                | resident::Event::Pseudonym(_)
                | resident::Event::CardIssued { .. }
                | resident::Event::CardBlocked { .. },
            )
            | Event::Notice(_)
            | Event::Conduct(_)
            | Event::Team(_)
            | Event::Activity(_)
            | Event::Inspection(_)
            | Event::Area(_)
            | Event::Household(_)
            | Event::Officer(_)
            | Event::Station(_)
            | Event::Operator(_)
            | Event::Allowance(_)
            | Event::Supplier(_)
            | Event::Pool(_)
            | Event::Item(_)
            | Event::Hazard(_)
            | Event::Order(_)
            | Event::Whistle(_)
            | Event::Mediation(_)
            | Event::Queue(_)
            | Event::TimeBank(_)
            | Event::Estate(_)
            | Event::Aid(_)
            | Event::Statement(_)
            | Event::Resource(_)
            | Event::Booking(_)
            | Event::Redemption(_)
            | Event::Voucher(_)
            | Event::Wallet(_) => {}
        }
    }

    fn count(&mut self, award: &Award, merit: Merit, reached: Position) {
        // What gives nothing makes no row.
        if merit.is_zero() {
            return;
        }
        // An award under rules that were never published is found by the core; here it counts
        // for no period.
        let Some(zone) = self.zones.get(&award.rules) else { return };
        for window in STORED {
            let period = zone.period(window, award.happened.end()).index;
            let key = (name(window), period, award.grid, award.resident);
            let score = self.scores.entry(key).or_insert(Score {
                window,
                period,
                grid: award.grid,
                resident: award.resident,
                merit: Merit::ZERO,
                reached,
            });
            score.merit = score.merit.plus(merit).unwrap_or(score.merit);
            score.reached = reached;
            let Some(estate) = award.estate else { continue };
            let key = (name(window), period, estate);
            let score = self.estates.entry(key).or_insert(EstateScore {
                window,
                period,
                estate,
                merit: Merit::ZERO,
                reached,
            });
            score.merit = score.merit.plus(merit).unwrap_or(score.merit);
            score.reached = reached;
        }
    }

    pub(super) async fn compare(
        &self,
        snapshot: &Snapshot,
        state: &State,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        let mut scores: Vec<&Score> = self.scores.values().collect();
        scores.sort_unstable_by_key(|score| key(score));
        merge(snapshot, scores.into_iter().cloned(), key, rows).await?;
        let of_estate = |row: &EstateScore| (name(row.window), row.period, row.estate);
        merge(snapshot, self.estates.values().cloned(), of_estate, rows).await?;
        let members =
            self.members.iter().map(|(id, shown)| Member { resident: *id, shown: *shown });
        merge(snapshot, members, |row: &Member| row.resident, rows).await?;
        let calendar = rule_sets(state).map(Calendar::from);
        merge(snapshot, calendar, |row: &Calendar| row.version, rows).await?;
        self.honours.compare(snapshot, rows).await
    }
}

fn key(score: &Score) -> Key {
    (name(score.window), score.period, score.grid, score.resident)
}

fn rule_sets(state: &State) -> impl Iterator<Item = &RuleSet> {
    (1..state.rules().next_version().0).filter_map(|v| state.rules().version(RuleVersion(v)))
}

/// As the column has it.
const fn name(window: Window) -> &'static str {
    match window {
        Window::Day => "day",
        Window::Week => "week",
        Window::Month => "month",
        Window::Quarter => "quarter",
        Window::Year => "year",
        Window::AllTime => "all_time",
    }
}
