//! Officers.

use linli_domain::officer::{Appointment, Command, Duty, Event};

use crate::wire;

plain_enum! { Duty = wire::Duty {
    BuildingHead, FullTimeGridOfficer, PartTimeGridOfficer, CommunityOfficer, SubDistrictOfficer,
    DistrictOfficer, SubDistrictLeader, SubDistrictChief, UnitOfficer,
} }

message! { Appointment = wire::Appointment {
    officer: need(officer),
    duty: plain(duty),
    area: need(area),
    resident: plain(resident),
} }

choice! { Command = wire::OfficerCommand, wire::officer_command::Kind { one { Appoint, Retire } } }

choice! { Event = wire::OfficerEvent, wire::officer_event::Kind { one { Appointed, Retired } } }
