//! The stops of the clock: at noon, in the evening and at night, and what is done at each.

use super::{Case, Contribution, Move, Paper, Redemption, Stay, Word};
use crate::calendar::{DAYS, Day, Moment};

/// Minutes of the day at which the clock stops. What ended by then is submitted then, so nothing
/// is late.
const STOPS: [i64; 3] = [12 * 60 + 30, 18 * 60 + 30, 23 * 60 + 45];

/// Days into the next year, for officers to finish.
const DAYS_AFTER: u16 = 2;

/// A stop of the clock.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) at: Moment,
    pub(crate) contributions: Vec<Contribution>,
    /// Mediation cases that have ended by then.
    pub(crate) cases: Vec<Case>,
    /// Of what was submitted at an earlier step.
    pub(crate) words: Vec<Word>,
    pub(crate) redemptions: Vec<Redemption>,
    /// Wishes for shared resources, and for vouchers.
    pub(crate) stays: Vec<Stay>,
    pub(crate) papers: Vec<Paper>,
    /// On hazards, orders and mutual aid.
    pub(crate) moves: Vec<Move>,
}

impl Step {
    pub(super) fn size(&self) -> usize {
        let submitted = self.contributions.len().saturating_add(self.words.len());
        let submitted = submitted.saturating_add(self.cases.len());
        let spent = [self.redemptions.len(), self.stays.len(), self.papers.len()];
        let spent = spent.into_iter().fold(0, usize::saturating_add);
        submitted.saturating_add(spent).saturating_add(self.moves.len())
    }

    /// Officers who do something at it, each as often as they do.
    pub(crate) fn officers(&self) -> impl Iterator<Item = ulid::Ulid> + '_ {
        let words = self.words.iter().map(|word| word.officer.id);
        let moves = self.moves.iter().filter_map(|one| one.what.officer());
        let cases = self.cases.iter().map(|case| case.officer.id);
        words.chain(moves.map(|officer| officer.id)).chain(cases)
    }

    /// Is it the first of a month?
    pub(crate) fn opens_month(&self) -> bool {
        let [first, ..] = STOPS;
        self.at.day().of_month() == 1 && self.at == Moment::on(self.at.day(), first)
    }
}

/// The stops of the year while they are filled.
#[derive(Debug)]
pub(super) struct Steps(Vec<Step>);

impl Steps {
    pub(super) fn new() -> Self {
        let days = (0..DAYS.saturating_add(DAYS_AFTER)).map(Day);
        let stops = days.flat_map(|day| STOPS.map(|minute| Moment::on(day, minute)));
        let step = |at| Step {
            at,
            contributions: Vec::new(),
            cases: Vec::new(),
            words: Vec::new(),
            redemptions: Vec::new(),
            stays: Vec::new(),
            papers: Vec::new(),
            moves: Vec::new(),
        };
        Self(stops.map(step).collect())
    }

    /// The number of the first stop at or after `at`.
    pub(super) fn number(&self, at: Moment) -> usize {
        self.0.partition_point(|step| step.at < at)
    }

    pub(super) fn submit(&mut self, contribution: Contribution) {
        let number = self.number(contribution.end);
        if let Some(step) = self.0.get_mut(number) {
            step.contributions.push(contribution);
        }
    }

    pub(super) fn mediate(&mut self, case: Case) {
        let number = self.number(case.claim.end);
        if let Some(step) = self.0.get_mut(number) {
            step.cases.push(case);
        }
    }

    pub(super) fn say(&mut self, number: usize, word: Word) {
        if let Some(step) = self.0.get_mut(number) {
            step.words.push(word);
        }
    }

    pub(super) fn make(&mut self, number: usize, one: Move) {
        if let Some(step) = self.0.get_mut(number) {
            step.moves.push(one);
        }
    }

    pub(super) fn redeem(&mut self, at: Moment, redemption: Redemption) {
        let number = self.number(at);
        if let Some(step) = self.0.get_mut(number) {
            step.redemptions.push(redemption);
        }
    }

    pub(super) fn stay(&mut self, at: Moment, stay: Stay) {
        let number = self.number(at);
        if let Some(step) = self.0.get_mut(number) {
            step.stays.push(stay);
        }
    }

    pub(super) fn want(&mut self, at: Moment, paper: Paper) {
        let number = self.number(at);
        if let Some(step) = self.0.get_mut(number) {
            step.papers.push(paper);
        }
    }

    pub(super) fn done(self) -> Vec<Step> {
        self.0
    }
}
