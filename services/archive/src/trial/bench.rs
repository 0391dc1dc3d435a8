//! The two worlds side by side: what happened, and what would have.

use std::collections::BTreeMap;

use linli_domain::award::{Award, Line};
use linli_domain::id::{ContributionId, PoolId};
use linli_domain::inspection::Head;
use linli_domain::quantity::Points;
use linli_domain::rules::{self, RuleSet};
use linli_domain::time::Timestamp;
use linli_domain::{
    ClientId, Command, Event, IdempotencyKey, Origin, Position, Record, Refusal, Stamp, State,
    contribution,
};

use super::told::{Given, Refused, Trial};
use super::{Bands, Draft, TrialRefused};
use crate::ArchiveError;
use crate::follow::Follow;

/// Both worlds, as far as the period has been gone through.
pub(super) struct Bench {
    real: World,
    draft: World,
    until: Timestamp,
    bands: Bands,
    refused: Refusals,
    /// The command whose records are being read: later records of it follow from the first.
    last: Option<(ClientId, IdempotencyKey)>,
}

/// A state, and what was awarded in it.
pub(super) struct World {
    pub(super) state: State,
    pub(super) given: BTreeMap<ContributionId, Given>,
    /// What pools could not give: how much, and since when.
    pub(super) short: BTreeMap<PoolId, (Points, Timestamp)>,
}

/// Wishes that were granted and would not have been, by their reason.
#[derive(Default)]
struct Refusals(BTreeMap<String, u64>);

impl Bench {
    pub(super) fn new(state: State, draft: Draft) -> Result<Self, TrialRefused> {
        let Draft { rules, from, until, bands } = draft;
        let mut would = World::new(state.clone());
        would.publish(rules, from)?;
        Ok(Self {
            real: World::new(state),
            draft: would,
            until,
            bands,
            refused: Refusals::default(),
            last: None,
        })
    }

    pub(super) fn finish(mut self) -> Result<Trial, ArchiveError> {
        let end = self.real.state.recorded_at();
        self.draft.let_due_happen(end)?;
        let refused = self.refused.0.into_iter().map(|(reason, times)| Refused { reason, times });
        Ok(Trial::of(&self.real, &self.draft, &self.bands, refused.collect()))
    }
}

impl Follow for Bench {
    /// Where the log has been read to.
    fn position(&self) -> Position {
        self.real.state.position()
    }

    /// Takes a record, unless the period is over.
    fn take(&mut self, record: &Record) -> Result<bool, ArchiveError> {
        if record.recorded_at >= self.until {
            return Ok(false);
        }
        self.real.state.replay(record)?;
        self.real.note(record);
        self.draft.let_due_happen(record.recorded_at)?;
        let Origin::Command { client, key, .. } = &record.origin else { return Ok(true) };
        let this = (*client, key.clone());
        if self.last.as_ref() == Some(&this) {
            return Ok(true);
        }
        self.last = Some(this);
        // Rules that were published meanwhile are what the draft stands for.
        let wish = record.event.wish().filter(|wish| !matches!(wish, Command::Rules(_)));
        if let Some(wish) = wish
            && let Err(refusal) = self.draft.wish(&wish, record)?
        {
            self.refused.note(&refusal);
        }
        Ok(true)
    }
}

impl World {
    fn new(state: State) -> Self {
        Self { state, given: BTreeMap::new(), short: BTreeMap::new() }
    }

    /// Puts the draft in force. A state with a later date in its book takes it from then on.
    fn publish(&mut self, mut rules: RuleSet, from: Timestamp) -> Result<(), TrialRefused> {
        rules.version = self.state.rules().next_version();
        let latest = self.state.rules().latest().map(|latest| latest.effective_from);
        rules.effective_from = latest.map_or(from, |latest| latest.max(from));
        let now = self.state.recorded_at().max(from);
        self.let_due_happen(now).map_err(TrialRefused::Archive)?;
        let event = Event::Rules(rules::Event::Published(Box::new(rules)));
        self.record(event, Stamp { recorded_at: now, origin: Origin::Deadline })?;
        Ok(())
    }

    fn let_due_happen(&mut self, now: Timestamp) -> Result<(), ArchiveError> {
        // A world that never was has no tree: what its samples hang on is of no meaning.
        let head = Head { size: self.state.position(), ..Head::default() };
        while let Some((_, event)) = self.state.due(now, head) {
            self.record(event, Stamp { recorded_at: now, origin: Origin::Deadline })?;
        }
        Ok(())
    }

    /// Asks a wish again, at the time of the record that it led to.
    fn wish(
        &mut self,
        wish: &Command,
        record: &Record,
    ) -> Result<Result<(), Refusal>, ArchiveError> {
        let decision = match self.state.decide(wish, record.recorded_at) {
            Ok(decision) => decision,
            Err(refusal) => return Ok(Err(refusal)),
        };
        for event in decision {
            let stamp = Stamp { recorded_at: record.recorded_at, origin: record.origin.clone() };
            self.record(event, stamp)?;
        }
        Ok(Ok(()))
    }

    fn record(&mut self, event: Event, stamp: Stamp) -> Result<(), ArchiveError> {
        let record = self.state.record(event, stamp)?;
        self.note(&record);
        Ok(())
    }

    /// Remembers what an award gave, and what its pool could not; forgets one that was taken back.
    fn note(&mut self, record: &Record) {
        let Event::Contribution(event) = &record.event else { return };
        let award = match event {
            contribution::Event::Awarded(award) => &**award,
            contribution::Event::Restored(it) => &it.award,
            contribution::Event::Reversed(undone) => {
                self.given.remove(&undone.award.contribution);
                return;
            }
            contribution::Event::Submitted { .. }
            | contribution::Event::Verified(_)
            | contribution::Event::Rejected(_)
            | contribution::Event::Queued(_)
            | contribution::Event::Attached(_) => return,
        };
        self.given.insert(award.contribution, Given::of(award));
        if let Some(missing) = missing(award)
            && let Some(pool) = self.pool_of(award)
        {
            let (sum, _) = self.short.entry(pool).or_insert((Points::ZERO, record.recorded_at));
            *sum = sum.plus(missing).unwrap_or(*sum);
        }
    }

    /// The pool that an award drew on, or would have if there had been anything in it.
    fn pool_of(&self, award: &Award) -> Option<PoolId> {
        let issued = award.issue.map(|issue| issue.pool);
        let named = || {
            let code = &self.state.rules().version(award.rules)?.act(&award.act)?.pool;
            let pools = self.state.pools();
            pools.sorted().find(|(_, pool)| pool.code == *code).map(|(id, _)| id)
        };
        issued.or_else(named)
    }
}

/// The points that the rules gave and the pool had not: what stood before its line, less after.
fn missing(award: &Award) -> Option<Points> {
    let mut before = Points::ZERO;
    for line in &award.lines {
        match line {
            Line::GradePart { points, .. }
            | Line::GradeCap { points, .. }
            | Line::MonthCap { points, .. }
            | Line::Throttled { points, .. } => before = *points,
            Line::PoolShort { points, .. } => return before.minus(*points),
            Line::EvidenceTooWeak { .. } | Line::EvidenceLacks { .. } => before = Points::ZERO,
            Line::Base { .. }
            | Line::CapCut { .. }
            | Line::Unsettled { .. }
            | Line::Night { .. }
            | Line::Alert { .. }
            | Line::Difficulty { .. }
            | Line::Assisted { .. }
            | Line::Merit { .. }
            | Line::Repaid { .. }
            | Line::MinutesCredited { .. } => {}
        }
    }
    None
}

impl Refusals {
    fn note(&mut self, refusal: &Refusal) {
        let times = self.0.entry(refusal.to_string()).or_insert(0);
        *times = times.saturating_add(1);
    }
}
