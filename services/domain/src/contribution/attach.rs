//! Evidence that comes after the claim: files for what still waits for a word.
//!
//! The grade is of what vouched for the claim when it was submitted, and stays. Files are for whoever
//! verifies to look at.

use crate::contribution::decide::pending;
use crate::contribution::{ATTACHMENTS_MAX, Attachment, Event, attachable};
use crate::id::{ContributionId, ResidentId};
use crate::time::Timestamp;
use crate::{Decision, Refusal, State, conduct};

/// Files for a contribution that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attaching {
    /// Which contribution.
    pub contribution: ContributionId,
    /// Whose it is.
    pub resident: ResidentId,
    /// The files, one at the least.
    pub files: Vec<Attachment>,
}

/// Whose it is attaches files, as long as nobody has decided. A file of another claim, which was at
/// another time, has it held.
pub(super) fn attach(state: &State, wish: &Attaching, now: Timestamp) -> Result<Decision, Refusal> {
    let Attaching { contribution, resident, files } = wish;
    let waits = pending(state, *contribution)?;
    let claim = &waits.claim;
    state.resident(*resident)?;
    if claim.resident != *resident {
        return Err(Refusal::NotClaimant);
    }
    if files.is_empty() {
        return Err(Refusal::EvidenceNeeded);
    }
    let all = || claim.attachments.iter().chain(files);
    if all().count() > ATTACHMENTS_MAX {
        return Err(Refusal::TooManyAttachments { most: ATTACHMENTS_MAX });
    }
    let mut known: Vec<_> = all().map(|file| file.sha256).collect();
    known.sort_unstable();
    known.dedup();
    if known.len() < all().count() {
        return Err(Refusal::AttachedAlready);
    }
    attachable(state, files, now)?;
    let attached = Event::Attached(wish.clone());
    let rules = state.rules.in_force(claim.happened.end()).ok_or(Refusal::NoRulesInForce)?;
    let used = || conduct::used_before(state, claim, files);
    let signs = rules.conduct.as_ref().and_then(|_| used()).into_iter().collect();
    Ok(match conduct::held(claim, signs, false) {
        Some(held) => Decision::two(attached, held),
        None => Decision::one(attached),
    })
}
