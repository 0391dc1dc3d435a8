//! Estates (小区) without property management: how each is managed, and who sits on its red management
//! committee (红色管委会) until when.
//!
//! A contribution can belong to an estate (`crate::contribution`); what an estate's contributions amount to
//! is its standing, which a read model tells.

mod decide;
mod evolve;

pub(crate) use decide::{decide, term_ended};
pub(crate) use evolve::evolve;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{AreaId, CommitteeId, EstateId, OfficerId, ResidentId};
use crate::text::Bilingual;
use crate::time::Timestamp;

/// How an estate is managed.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum ManagementForm {
    /// By a red management committee of those who live there (红色管委会).
    RedCommittee,
    /// By the community, in trust (社区托管).
    CommunityTrusteeship,
    /// By its owners themselves (业主自管).
    HomeownerSelfRule,
    /// By a property firm, on the community's behalf (物业代管).
    PropertyEntrusted,
}

/// An estate as it was registered.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Estate {
    /// Its id.
    pub estate: EstateId,
    /// Where it is: a grid, a community or a sub-district.
    pub area: AreaId,
    /// What people call it.
    pub name: Bilingual,
    /// How it is managed.
    pub form: ManagementForm,
}

/// Who sits on a committee.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum Member {
    /// Somebody registered: a building's head, a party member, a resident.
    Resident(ResidentId),
    /// An officer, such as one of the community.
    Officer(OfficerId),
}

/// A committee as it was elected.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Committee {
    /// Its id.
    pub committee: CommitteeId,
    /// Of which estate.
    pub estate: EstateId,
    /// Who sits on it; the first leads it.
    pub members: Vec<Member>,
    /// When its term ends, by itself.
    pub until: Timestamp,
}

/// What can be wished of estates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Register one.
    Register(Estate),
    /// Say how one is managed from now on.
    SetForm {
        /// Which.
        estate: EstateId,
        /// How.
        form: ManagementForm,
    },
    /// Elect a committee; the one before is over.
    Elect(Committee),
    /// Leave a committee before its term ends.
    Leave {
        /// Of which estate.
        estate: EstateId,
        /// Who.
        member: Member,
    },
}

/// What happened to estates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// One was registered.
    Registered(Estate),
    /// One is managed otherwise; a red committee that it had is over.
    FormSet {
        /// Which.
        estate: EstateId,
        /// How.
        form: ManagementForm,
    },
    /// A committee was elected.
    Elected(Committee),
    /// A member left.
    Left {
        /// Of which estate.
        estate: EstateId,
        /// Which committee.
        committee: CommitteeId,
        /// The place on it, from 1.
        place: u8,
        /// Who.
        member: Member,
    },
    /// The term of a committee ended.
    TermEnded {
        /// Of which estate.
        estate: EstateId,
        /// Which committee.
        committee: CommitteeId,
    },
}

impl Event {
    /// The estate that it is about.
    #[must_use]
    pub const fn estate(&self) -> EstateId {
        match self {
            Self::Registered(estate) => estate.estate,
            Self::Elected(committee) => committee.estate,
            Self::FormSet { estate, .. }
            | Self::Left { estate, .. }
            | Self::TermEnded { estate, .. } => *estate,
        }
    }

    /// The wish that it answers; none behind a term that ends by itself.
    pub(crate) fn wish(&self) -> Option<Command> {
        Some(match self {
            Self::Registered(estate) => Command::Register(estate.clone()),
            Self::FormSet { estate, form } => Command::SetForm { estate: *estate, form: *form },
            Self::Elected(committee) => Command::Elect(committee.clone()),
            Self::Left { estate, member, .. } => {
                Command::Leave { estate: *estate, member: *member }
            }
            Self::TermEnded { .. } => return None,
        })
    }
}

/// An estate in the state.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Managed {
    /// As registered, with the form of today.
    pub estate: Estate,
    /// Its committee, while its term runs.
    pub committee: Option<Committee>,
    /// Members of it who left, by their places.
    pub(crate) left: Vec<u8>,
}

impl Managed {
    /// Who sits on its committee now, by their places, from 1.
    pub fn sitting(&self) -> impl Iterator<Item = (u8, Member)> {
        let members = self.committee.iter().flat_map(|committee| &committee.members);
        (1_u8..).zip(members.copied()).filter(|(place, _)| !self.left.contains(place))
    }
}
