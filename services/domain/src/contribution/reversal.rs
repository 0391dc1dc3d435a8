//! Reversal (冲正): an award is taken back, by a word of its own that stays beside it in the log.
//!
//! It follows causation. Merit and minutes fall at once, and caps and the time are given back. Of
//! the very lot that the award made, what can be spent goes back to the pool, what is held follows
//! when the hold ends, what lapsed is gone, and what was spent is owed: a receivable that later
//! awards repay, a part of each.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::award::Award;
use crate::contribution::decide::has_authority;
use crate::contribution::{Event, Status};
use crate::id::{ContributionId, OfficerId};
use crate::quantity::Points;
use crate::rules::RuleSet;
use crate::time::Timestamp;
use crate::wallet::{LotTaken, Recall};
use crate::{Decision, Refusal, State};

/// Why an award is reversed: a closed list, since free text about people stays out of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum ReversalReason {
    /// It didn't take place, or not by this person.
    NotDone,
    /// It was awarded twice under two names.
    Duplicate,
    /// What was agreed wasn't kept, such as a settlement after a mediation.
    Broken,
    /// It was awarded by mistake: another act, another length, another person.
    Mistake,
    /// Another inspection found it unfounded.
    Unfounded,
}

/// A word that takes an award back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Undoing {
    /// Which contribution.
    pub contribution: ContributionId,
    /// Who reverses it.
    pub officer: OfficerId,
    /// Why.
    pub reason: ReversalReason,
}

/// An award that was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reversal {
    /// Whose word it was, and why.
    pub word: Undoing,
    /// The award as it was given, without its lines.
    pub award: Award,
    /// What is taken back of its points at once; none if it had given none.
    pub recall: Option<Recall>,
}

/// What a reversal had taken back, and a panel has found wrongly so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restoration {
    /// The award as it was given, without its lines.
    pub award: Award,
    /// What comes back of its points, as far as its pool has any: what had gone back to the pool, then
    /// and by later awards. None if there is nothing.
    pub back: Option<LotTaken>,
    /// What is owed for it no longer: it had been spent, and stays so.
    pub forgiven: Points,
}

impl State {
    /// What a reversed contribution is given back, as things stand. Its points live on to their day,
    /// or for the grace that returns have, since it was the office's fault.
    pub(crate) fn restoration(&self, id: ContributionId, now: Timestamp) -> Option<Restoration> {
        let contribution = self.contributions.get(id).filter(|found| found.is_reversed())?;
        let given = contribution.given.as_deref()?;
        let award = contribution.award()?;
        let Some(issue) = award.issue else {
            return Some(Restoration { award, back: None, forgiven: Points::ZERO });
        };
        let left = self.left_in(issue.pool).max(Points::ZERO);
        let points = given.settled.max(Points::ZERO).min(left);
        let grace = self.rules.version(award.rules).and_then(RuleSet::returns);
        let grace = grace.map_or(now, |terms| now.after(Self::days(terms.grace_days)));
        let (pool, expires_at) = (issue.pool, issue.expires_at.max(grace));
        let back = LotTaken { lot: id, pool, expires_at, points };
        let back = (points > Points::ZERO).then_some(back);
        let forgiven = self.residents.get(award.resident)?.wallet.debt(id);
        Some(Restoration { award, back, forgiven })
    }
}

/// The one who reverses has authority over where it was done, has nothing to do with the people in
/// it, didn't vouch for it, and stands no lower than those who did.
pub(super) fn reverse(state: &State, word: &Undoing) -> Result<Decision, Refusal> {
    Ok(Decision::one(undone(state, word)?))
}

/// The reversal that a word leads to.
pub(crate) fn undone(state: &State, word: &Undoing) -> Result<Event, Refusal> {
    let contribution = state.contribution(word.contribution)?;
    match contribution.status {
        Status::Awarded => {}
        Status::Pending => return Err(Refusal::NotAwarded),
        Status::Held => return Err(Refusal::OnHold),
        Status::OnNotice => return Err(Refusal::OnNotice),
        Status::Rejected => return Err(Refusal::AlreadyRejected),
        Status::Reversed => return Err(Refusal::AlreadyReversed),
    }
    has_authority(state, contribution, word.officer)?.no_lower(state, contribution)?;
    // What was spent would be owed by nobody.
    state.resident(contribution.claim.resident)?;
    let award = contribution.award().ok_or(Refusal::NotAwarded)?;
    let recall = state.recall(word.contribution);
    Ok(Event::Reversed(Box::new(Reversal { word: *word, award, recall })))
}
