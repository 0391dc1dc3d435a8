//! Facts of estates as JSON.

use linli_api::Bilingual;
use linli_api::estate::{CommitteeElected, CommitteeMember, Estate, EstateFormSet, OfCommittee};
use linli_api::fact::Fact;
use linli_domain::estate::{Event, Member};

use crate::parse::Spoken as _;
use crate::receipt::{id, instant};

pub(super) fn of_estate(event: &Event) -> Fact {
    match event {
        Event::Registered(it) => Fact::EstateRegistered(Estate {
            estate: id(it.estate),
            area: id(it.area),
            name: Bilingual::new(it.name.zh.as_str(), it.name.en.as_str()),
            form: it.form.said(),
            committee: None,
            until: None,
        }),
        Event::FormSet { estate, form } => {
            Fact::EstateFormSet(EstateFormSet { estate: id(estate), form: form.said() })
        }
        Event::Elected(it) => Fact::CommitteeElected(CommitteeElected {
            estate: id(it.estate),
            committee: id(it.committee),
            members: it.members.iter().map(member).collect(),
            until: instant(it.until),
        }),
        Event::Left { estate, committee, member: who, .. } => Fact::CommitteeLeft(OfCommittee {
            estate: id(estate),
            committee: id(committee),
            member: Some(member(who)),
        }),
        Event::TermEnded { estate, committee } => Fact::TermEnded(OfCommittee {
            estate: id(estate),
            committee: id(committee),
            member: None,
        }),
    }
}

fn member(who: &Member) -> CommitteeMember {
    match who {
        Member::Resident(resident) => CommitteeMember::Resident(id(resident)),
        Member::Officer(officer) => CommitteeMember::Officer(id(officer)),
    }
}
