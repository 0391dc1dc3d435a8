//! Estates and their committees.

use linli_domain::estate::{Command, Committee, Estate, Event, ManagementForm, Member};
use linli_domain::rules::EstateRules;

use crate::wire;

plain_enum! { ManagementForm = wire::ManagementForm {
    RedCommittee, CommunityTrusteeship, HomeownerSelfRule, PropertyEntrusted,
} }

message! { Estate = wire::Estate {
    estate: need(estate),
    area: need(area),
    name: need(name),
    form: plain(form),
} }

choice! { Member = wire::CommitteeMember, wire::committee_member::Kind {
    one { Resident, Officer }
} }

message! { Committee = wire::EstateCommittee {
    committee: need(committee),
    estate: need(estate),
    members: plain(members),
    until_us: plain(until),
} }

message! { EstateRules = wire::EstateRules {
    members_least: plain(members_least),
    members_most: plain(members_most),
    term_days: plain(term_days),
} }

choice! { Command = wire::EstateCommand, wire::estate_command::Kind {
    one { Register, Elect }
    many {
        SetForm = wire::EstateForm { estate: need(estate), form: plain(form) },
        Leave = wire::LeaveCommittee { estate: need(estate), member: need(member) },
    }
} }

choice! { Event = wire::EstateEvent, wire::estate_event::Kind {
    one { Registered, Elected }
    many {
        FormSet = wire::EstateForm { estate: need(estate), form: plain(form) },
        Left = wire::CommitteeLeft {
            estate: need(estate),
            committee: need(committee),
            place: plain(place),
            member: need(member),
        },
        TermEnded = wire::CommitteeTermEnded { estate: need(estate), committee: need(committee) },
    }
} }
