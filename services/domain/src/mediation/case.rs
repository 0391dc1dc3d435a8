//! A case and its table in the state.

use std::collections::BTreeSet;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{CaseId, ContributionId, HouseholdId, MediatorId, ResidentId};
use crate::mediation::{Opening, Place, SealedFile, Settlement, Sitter};
use crate::rules::{MediationRules, RuleSet};
use crate::time::{Interval, Timestamp};
use crate::{Noun, Refusal, State};

/// How far a case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Status {
    /// It is being mediated.
    Open,
    /// Settled; whether it is kept is still to be seen.
    Settled,
    /// Settled, and kept.
    Performed,
    /// Settled, and broken.
    Broken,
    /// Closed unsettled.
    Unsettled,
}

/// A case in the state.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Case {
    /// As opened.
    pub opening: Opening,
    /// The first case of its dispute.
    pub dispute: CaseId,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// How far it has come.
    pub status: Status,
    /// What was settled, while it is.
    pub settlement: Option<Settlement>,
    /// Of the first case of a dispute: has the dispute paid?
    pub paid: bool,
    /// How many sessions there were.
    pub sessions: u8,
    /// When the last of them ended.
    pub last_ended_at: Option<Timestamp>,
    /// Their minutes.
    pub(crate) minutes: Vec<SealedFile>,
    /// The table.
    pub(crate) table: Vec<MediatorId>,
}

/// A place at a table, in the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Mediator {
    /// As given.
    pub place: Place,
    /// The last session that this one sat.
    pub sat: Option<Interval>,
}

impl State {
    pub(crate) fn case(&self, id: CaseId) -> Result<&Case, Refusal> {
        self.cases.get(id).ok_or(Refusal::Unknown(Noun::Case))
    }

    /// The rules in force at `at`, and what they say of mediation.
    pub(crate) fn mediation_rules(
        &self,
        at: Timestamp,
    ) -> Result<(&RuleSet, &MediationRules), Refusal> {
        let rules = self.rules.in_force(at).ok_or(Refusal::NoRulesInForce)?;
        let mediation = rules.mediation.as_ref().ok_or(Refusal::NoMediationRules)?;
        Ok((rules, mediation))
    }

    /// The table of a case.
    pub(crate) fn table<'a>(&'a self, case: &'a Case) -> impl Iterator<Item = &'a Mediator> {
        case.table.iter().filter_map(|id| self.mediators.get(*id))
    }

    /// The case that a contribution is of, if it is a mediator's.
    pub(crate) fn case_of(&self, contribution: ContributionId) -> Option<&Case> {
        let mediator = MediatorId::from_number(contribution.number());
        self.cases.get(self.mediators.get(mediator)?.place.case)
    }

    /// Is it of a case whose agreement was broken?
    pub(crate) fn of_broken_case(&self, contribution: ContributionId) -> bool {
        self.case_of(contribution).is_some_and(|case| case.status == Status::Broken)
    }

    /// Who a sitter is, if the log knows.
    pub(crate) fn sitter(&self, sitter: Sitter) -> Option<ResidentId> {
        match sitter {
            Sitter::Resident(resident) => Some(resident),
            Sitter::Officer(officer) => self.officers.get(officer)?.appointment.resident,
            Sitter::Delegate => None,
        }
    }

    /// The households of some residents, two by two, by which a dispute is known again; one alone is with
    /// itself.
    pub(crate) fn pairs(&self, parties: &[ResidentId]) -> Vec<(HouseholdId, HouseholdId)> {
        let home = |id: &ResidentId| self.residents.get(*id).map(|it| it.registration.household);
        let homes: BTreeSet<HouseholdId> = parties.iter().filter_map(home).collect();
        let alone = homes.first().filter(|_| homes.len() == 1).map(|one| (*one, *one));
        let two_by_two = homes.iter().enumerate().flat_map(|(index, one)| {
            homes.iter().skip(index.saturating_add(1)).map(move |other| (*one, *other))
        });
        two_by_two.chain(alone).collect()
    }
}
