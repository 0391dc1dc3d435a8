//! Referrals (推荐志愿者): whoever brought a volunteer is rewarded by itself once that one has served
//! as often as the rules say.
//!
//! Nobody claims it and nobody verifies it: what vouches for it are the awards that were counted. The
//! contribution is named after the volunteer who was referred, so there is one at the most; its fact
//! names the award that it follows from. If so many awards fall later that fewer are left than the
//! rules want, it falls with them, by the word that the last of them fell by.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::award::{self, Assessment};
use crate::contribution::{
    self, Claim, Contribution, Grade, Reversal, Signals, Status, Undoing, base,
};
use crate::id::{ContributionId, ResidentId};
use crate::quantity::Points;
use crate::resident::Event;
use crate::rules::{Act, RuleSet};
use crate::state::{Step, known};
use crate::time::{Interval, Timestamp};
use crate::{Deadline, Decision, Noun, Refusal, State};

/// Microseconds in a minute.
const A_MINUTE: i64 = 60_000_000;

/// The most awards that a referral remembers: more than any rules want, so that some may fall.
const SERVICES_KEPT: usize = 32;

/// Who brought a volunteer, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Referral {
    /// Who.
    by: ResidentId,
    /// Which awards of the volunteer's stand: the first [`SERVICES_KEPT`].
    services: Vec<ContributionId>,
    /// How many the rules wanted, once it was rewarded.
    wanted: usize,
    /// The word that an award fell by, the last time that one did.
    fell_by: Option<Undoing>,
    /// Has somebody spoken about the reward itself? Then it moves by itself no more.
    settled: bool,
    /// When it is to move by itself, if it is.
    due_at: Option<Timestamp>,
}

/// What became of a contribution.
pub(crate) enum Change<'a> {
    /// It was submitted: by itself, if the award of another caused it.
    Submitted(Option<ContributionId>),
    /// Its award was given, or given back.
    Stands,
    /// Its award fell by this word.
    Fell(&'a Undoing),
}

/// A volunteer refers somebody of another household, whose id no contribution has yet.
pub(super) fn decide(
    state: &State,
    resident: ResidentId,
    by: ResidentId,
) -> Result<Decision, Refusal> {
    let found = state.resident(resident)?;
    if found.volunteer {
        return Err(Refusal::AlreadyVolunteer);
    }
    let other = state.resident(by)?;
    if other.registration.household == found.registration.household {
        return Err(Refusal::OwnHousehold);
    }
    if !other.volunteer {
        return Err(Refusal::NotVolunteer);
    }
    state.unnumbered(resident.number(), Noun::Contribution)?;
    Ok(Decision::one(Event::VolunteerReferred { resident, by }))
}

pub(super) fn evolve(state: &mut State, resident: ResidentId, by: ResidentId) {
    let referral = Referral {
        by,
        services: Vec::new(),
        wanted: 0,
        fell_by: None,
        settled: false,
        due_at: None,
    };
    state.referrals.insert(resident, referral);
}

impl ResidentId {
    /// The contribution of whoever refers this resident.
    #[must_use]
    pub const fn referral(self) -> ContributionId {
        ContributionId::from_number(self.number())
    }
}

impl State {
    /// Who referred a volunteer, if anybody did.
    #[must_use]
    pub fn referrer(&self, volunteer: ResidentId) -> Option<ResidentId> {
        self.referrals.get(volunteer).map(|referral| referral.by)
    }

    /// A contribution has moved on: it counts for who referred the volunteer, or is itself what a
    /// referral is rewarded by.
    pub(crate) fn referral_moved(
        &mut self,
        id: ContributionId,
        change: &Change<'_>,
        now: Timestamp,
    ) -> Step {
        let own = known(self.contributions.get(id), id)?;
        let (volunteer, status) = (own.claim.resident, own.status);
        // A reward for a referral is no service itself.
        if own.claim.signals.contains(Signals::REFERRED_SERVED) {
            self.reward_moved(ResidentId::from_number(id.number()), change, status, now)?;
        } else if own.grade != Grade::D {
            // What was entered afterwards gives nobody points.
            self.referred_served(volunteer, id, change, now);
        }
        Ok(())
    }

    /// An award of somebody's was given, or fell: it counts for who referred that one.
    fn referred_served(
        &mut self,
        volunteer: ResidentId,
        id: ContributionId,
        change: &Change<'_>,
        now: Timestamp,
    ) {
        let Some(referral) = self.referrals.get_mut(volunteer) else { return };
        match change {
            Change::Submitted(_) => return,
            Change::Stands if referral.services.len() < SERVICES_KEPT => referral.services.push(id),
            Change::Fell(word) if referral.services.contains(&id) => {
                referral.services.retain(|counted| *counted != id);
                referral.fell_by = Some(**word);
            }
            Change::Stands | Change::Fell(_) => {}
        }
        self.watch_referral(volunteer, now);
    }

    /// What a referral is rewarded by has itself moved on: by itself, or by somebody's word.
    fn reward_moved(
        &mut self,
        volunteer: ResidentId,
        change: &Change<'_>,
        status: Status,
        now: Timestamp,
    ) -> Step {
        let wanted = match change {
            Change::Submitted(Some(cause)) => self.referral_terms(*cause).map(|terms| terms.2),
            Change::Submitted(None) | Change::Stands | Change::Fell(_) => None,
        };
        let referral = known(self.referrals.get_mut(volunteer), volunteer)?;
        if let Some(wanted) = wanted {
            referral.wanted = wanted;
        }
        let by_itself = referral.due_at.is_some();
        referral.settled |= !by_itself || status == Status::Reversed;
        self.watch_referral(volunteer, now);
        Ok(())
    }

    /// Finds what happens next, and puts it into the queue.
    fn watch_referral(&mut self, volunteer: ResidentId, now: Timestamp) {
        let after = self.referral_due(volunteer, now).map(|_| now);
        let Some(referral) = self.referrals.get_mut(volunteer) else { return };
        let before = std::mem::replace(&mut referral.due_at, after);
        self.reset_deadline(Deadline::ReferralMoves(volunteer), before, after);
    }

    /// What happens to a referral by itself now.
    pub(crate) fn referral_due(
        &self,
        volunteer: ResidentId,
        now: Timestamp,
    ) -> Option<contribution::Event> {
        let referral = self.referrals.get(volunteer)?;
        // What was spent by one who was erased would be owed by nobody.
        if referral.settled || self.resident(referral.by).is_err() {
            return None;
        }
        let Some(own) = self.contributions.get(volunteer.referral()) else {
            return self.referral_submitted(volunteer, referral);
        };
        match own.status {
            Status::Pending => self.referral_awarded(own, now),
            Status::Awarded if referral.services.len() < referral.wanted => {
                self.referral_fell(own, referral.fell_by?)
            }
            Status::Awarded
            | Status::Held
            | Status::OnNotice
            | Status::Rejected
            | Status::Reversed => None,
        }
    }

    fn referral_submitted(
        &self,
        volunteer: ResidentId,
        referral: &Referral,
    ) -> Option<contribution::Event> {
        let cause = *referral.services.last()?;
        let (rules, act, wanted) = self.referral_terms(cause)?;
        if referral.services.len() < wanted {
            return None;
        }
        let served = &self.contributions.get(cause)?.claim;
        // It is a moment, and counts as the last minute of the service that it follows from.
        let ended_at = served.happened.end();
        let before = ended_at.microseconds().saturating_sub(A_MINUTE);
        let signals = Signals::REFERRED_SERVED;
        let claim = Claim {
            contribution: volunteer.referral(),
            resident: referral.by,
            act: act.code.clone(),
            grid: served.grid,
            happened: Interval::new(Timestamp::from_microseconds(before), ended_at)?,
            estate: None,
            beneficiary: None,
            alert: false,
            signals,
            attachments: Vec::new(),
        };
        let grade = rules.grade_of(signals);
        Some(contribution::Event::Submitted { claim, grade, caused_by: Some(cause) })
    }

    fn referral_awarded(&self, own: &Contribution, now: Timestamp) -> Option<contribution::Event> {
        let rules = self.rules.in_force(own.claim.happened.end())?;
        let act = rules.act(&own.claim.act)?;
        let found = Assessment::ordinary(base(act, None::<Points>).ok()?);
        let award = award::assess(self, rules, act, own, found, now).ok()?;
        Some(contribution::Event::Awarded(Box::new(award)))
    }

    fn referral_fell(&self, own: &Contribution, word: Undoing) -> Option<contribution::Event> {
        let id = own.claim.contribution;
        let word = Undoing { contribution: id, ..word };
        let (award, recall) = (own.award()?, self.recall(id));
        Some(contribution::Event::Reversed(Box::new(Reversal { word, award, recall })))
    }

    /// By which rules and act the award that was counted rewards a referral, and how many it wants.
    fn referral_terms(&self, cause: ContributionId) -> Option<(&RuleSet, &Act, usize)> {
        let ended_at = self.contributions.get(cause)?.claim.happened.end();
        let rules = self.rules.in_force(ended_at)?;
        let act = rules.acts.iter().find(|act| act.referral.is_some())?;
        Some((rules, act, usize::from(act.referral?)))
    }
}
