//! Notices, objections, panels and appeals.

use linli_domain::notice::{
    Against, Appeal, Ballot, Command, Convening, Decided, Event, Hearing, Member, Objection,
    Opening, Outcome, Ruling, Stage, Tie, Why,
};

use crate::wire;

plain_enum! { Hearing = wire::Hearing { Notice, Appeal } }

plain_enum! { Against = wire::AppealAgainst { Rejection, Reversal } }

plain_enum! { Why = wire::NoticeReason { Act, Points } }

plain_enum! { Ruling = wire::PanelRuling { Uphold, Dismiss } }

plain_enum! { Outcome = wire::HearingOutcome { Awarded, Rejected, Restored, Stands, Waits } }

plain_enum! { Stage = wire::NoticeStage { Open, Contested, Unopposed, Upheld, Dismissed } }

plain_enum! { Tie = wire::PanelTie {
    Party, Verifier, Objector, Decider, Convener, SatBefore, Household,
} }

message! { Opening = wire::NoticeOpening {
    contribution: need(contribution),
    resident: need(resident),
    act: plain(act),
    grid: need(grid),
    rules_version: plain(rules),
    why: plain(why),
    each_points_hundredths: plain(each),
    expected_points_hundredths: plain(expected),
    until_us: plain(until),
} }

message! { Objection = wire::Objection {
    contribution: need(contribution),
    resident: need(resident),
    reason: plain(reason),
} }

choice! { Member = wire::PanelMember, wire::panel_member::Kind { one { Officer, Resident } } }

message! { Convening = wire::PanelCall {
    contribution: need(contribution),
    officer: need(officer),
    members: plain(members),
} }

message! { Ballot = wire::PanelBallot {
    contribution: need(contribution),
    member: need(member),
    vote: plain(vote),
} }

message! { Appeal = wire::Appeal { contribution: need(contribution), resident: need(resident) } }

message! { Decided = wire::HearingDecided {
    contribution: need(contribution),
    hearing: plain(hearing),
    ruling: plain(ruling),
    seats: plain(seats),
    upholding: plain(upholding),
    dismissing: plain(dismissing),
    reason: plain(reason),
    outcome: plain(outcome),
} }

choice! { Command = wire::NoticeCommand, wire::notice_command::Kind {
    one { Object, Convene, Vote, Appeal }
} }

choice! { Event = wire::NoticeEvent, wire::notice_event::Kind {
    one { Opened, Objected, Unopposed, Decided }
    many {
        Contested = wire::NoticeContested {
            contribution: need(contribution),
            objections: plain(objections),
            decide_by_us: plain(decide_by),
        },
        Appealed = wire::AppealRaised {
            appeal: need(appeal),
            against: plain(against),
            act: plain(act),
            grid: need(grid),
            decide_by_us: plain(decide_by),
        },
        Convened = wire::PanelConvened { panel: need(panel), hearing: plain(hearing) },
        Voted = wire::PanelVoted { ballot: need(ballot), hearing: plain(hearing), seat: plain(seat) },
    }
} }
