//! Referrals, added up from the facts: whoever brought a volunteer is rewarded once, after an award of
//! that volunteer's.

use borsh::{BorshDeserialize, BorshSerialize};
use linli_domain::contribution::{Claim, Grade};
use linli_domain::id::ContributionId;
use linli_domain::resident;

use super::*;

/// Who referred whom, and which awards of theirs stand.
#[derive(Debug, Default, BorshSerialize, BorshDeserialize)]
pub(super) struct Referrals {
    by: FxHashMap<ResidentId, ResidentId>,
    standing: FxHashMap<ContributionId, ResidentId>,
}

impl Referrals {
    /// Somebody enrols who was brought.
    pub(super) fn enrol(&mut self, event: &resident::Event) {
        if let resident::Event::VolunteerReferred { resident, by } = event {
            self.by.insert(*resident, *by);
        }
    }

    /// An award is given, given back, or taken back; or something is claimed.
    pub(super) fn contribute(&mut self, event: &contribution::Event, broken: &mut Vec<Broken>) {
        match event {
            contribution::Event::Submitted { claim, caused_by, .. } => {
                self.claimed(claim, *caused_by, broken);
            }
            contribution::Event::Awarded(award) => self.stands(award),
            contribution::Event::Restored(it) => self.stands(&it.award),
            contribution::Event::Reversed(it) => {
                self.standing.remove(&it.award.contribution);
            }
            contribution::Event::Verified(_)
            | contribution::Event::Rejected(_)
            | contribution::Event::Queued(_)
            | contribution::Event::Attached(_) => {}
        }
    }

    fn stands(&mut self, award: &Award) {
        if award.grade != Grade::D && self.by.contains_key(&award.resident) {
            self.standing.insert(award.contribution, award.resident);
        }
    }

    /// What follows from an award is named after the volunteer whose award it was, is of who referred
    /// that one, and follows from one that stands; what has such a name follows from one.
    fn claimed(&self, claim: &Claim, caused_by: Option<ContributionId>, broken: &mut Vec<Broken>) {
        let volunteer = ResidentId::from_number(claim.contribution.number());
        let referrer = self.by.get(&volunteer);
        let earned = match caused_by {
            None => referrer.is_none(),
            Some(cause) => {
                referrer == Some(&claim.resident) && self.standing.get(&cause) == Some(&volunteer)
            }
        };
        if !earned {
            let what = format!("{} by {caused_by:?} for {volunteer}", claim.resident);
            broken.push((Rule::ReferralEarned, what));
        }
    }
}
