//! Who may sit on a panel: nobody who has anything to do with the case.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::contribution::Contribution;
use crate::id::{ContributionId, HouseholdId, OfficerId, ResidentId};
use crate::notice::{Convening, Hearing};
use crate::rules::NoticeRules;
use crate::{Refusal, State};

/// The smallest panel: two of three are a majority.
pub const PANEL_MIN: u8 = 3;

/// The largest: as many as a red management committee has members.
pub const PANEL_MAX: u8 = 9;

/// Somebody on a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Member {
    /// An officer.
    Officer(OfficerId),
    /// A resident.
    Resident(ResidentId),
}

/// What somebody has to do with a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tie {
    /// Claims it, or was served.
    Party,
    /// Vouched for it.
    Verifier,
    /// Objected to it.
    Objector,
    /// Rejected or reversed it.
    Decider,
    /// Calls the panel together.
    Convener,
    /// Sat on the panel that was asked first.
    SatBefore,
    /// Lives with one of the claimant, the one served, those who vouched, decided or objected.
    Household,
}

/// Everybody who has something to do with a case.
pub(super) struct Involved {
    parties: Vec<ResidentId>,
    verifiers: Vec<Member>,
    objectors: Vec<ResidentId>,
    decider: Option<Member>,
    sat: Vec<Member>,
}

impl State {
    /// Who has something to do with a contribution, as a hearing sees it.
    pub(super) fn involved(
        &self,
        id: ContributionId,
        contribution: &Contribution,
        hearing: Hearing,
    ) -> Involved {
        let notice = self.notices.get((id, Hearing::Notice));
        let sat = notice.filter(|_| hearing == Hearing::Appeal).map(|notice| &notice.panel);
        let decider = self.fallen.get(id).and_then(|fallen| fallen.by);
        let objections = notice.map(|notice| notice.objections.as_slice()).unwrap_or_default();
        let claim = &contribution.claim;
        Involved {
            parties: std::iter::once(claim.resident).chain(claim.beneficiary).collect(),
            verifiers: contribution.verified_by.iter().copied().map(Member::Officer).collect(),
            objectors: objections.iter().map(|objection| objection.resident).collect(),
            decider: decider.filter(|_| hearing == Hearing::Appeal).map(Member::Officer),
            sat: sat.into_iter().flatten().map(|seat| seat.member).collect(),
        }
    }

    /// The resident behind a member, if one of ours.
    pub(super) fn person(&self, member: Member) -> Option<ResidentId> {
        match member {
            Member::Resident(resident) => Some(resident),
            Member::Officer(officer) => self.officers.get(officer)?.appointment.resident,
        }
    }

    fn home(&self, resident: ResidentId) -> Option<HouseholdId> {
        self.residents.get(resident).map(|resident| resident.registration.household)
    }

    /// What a member has to do with a case; none: nothing.
    pub(super) fn tie(&self, member: Member, case: &Involved) -> Option<Tie> {
        let person = self.person(member);
        let same = |other: &Member| {
            *other == member || (person.is_some() && self.person(*other) == person)
        };
        let one_of = |people: &[ResidentId]| person.is_some_and(|person| people.contains(&person));
        if one_of(&case.parties) {
            return Some(Tie::Party);
        }
        if case.verifiers.iter().any(same) {
            return Some(Tie::Verifier);
        }
        if one_of(&case.objectors) {
            return Some(Tie::Objector);
        }
        if case.decider.iter().any(same) {
            return Some(Tie::Decider);
        }
        if case.sat.iter().any(same) {
            return Some(Tie::SatBefore);
        }
        let home = self.home(person?)?;
        let officers = case.verifiers.iter().chain(&case.decider);
        let people = officers.filter_map(|officer| self.person(*officer));
        let mut all = people.chain(case.parties.iter().chain(&case.objectors).copied());
        all.any(|other| self.home(other) == Some(home)).then_some(Tie::Household)
    }

    /// Refuses a panel of the wrong size, with somebody on it twice, unknown, retired or involved.
    pub(super) fn fit_panel(
        &self,
        wish: &Convening,
        case: &Involved,
        terms: &NoticeRules,
    ) -> Result<(), Refusal> {
        let found = u8::try_from(wish.members.len()).unwrap_or(u8::MAX);
        if found != terms.panel {
            return Err(Refusal::PanelSize { needed: terms.panel, found });
        }
        let convener = Member::Officer(wish.officer);
        for (place, member) in (1_u8..).zip(&wish.members) {
            match *member {
                Member::Officer(officer) => self.officer_on_duty(officer).map(|_| ())?,
                Member::Resident(resident) => self.resident(resident).map(|_| ())?,
            }
            let before = wish.members.iter().take(usize::from(place.saturating_sub(1)));
            if before.into_iter().any(|other| self.are_one(*other, *member)) {
                return Err(Refusal::PanelMemberTwice { place });
            }
            let convenes = self.are_one(convener, *member).then_some(Tie::Convener);
            if let Some(tie) = convenes.or_else(|| self.tie(*member, case)) {
                return Err(Refusal::PanelMemberTied { place, tie });
            }
        }
        Ok(())
    }

    /// Are two members one person?
    fn are_one(&self, one: Member, other: Member) -> bool {
        let person = self.person(one);
        one == other || (person.is_some() && person == self.person(other))
    }
}
