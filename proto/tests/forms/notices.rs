//! Samples of notices, objections, panels and appeals.

use linli_domain::award::Award;
use linli_domain::contribution::{self, RejectReason, Restoration};
use linli_domain::notice::{
    Against, Appeal, Ballot, Command, Convening, Decided, Event, Hearing, Member, Objection,
    Opening, Outcome, Ruling, Stage, Tie, Why,
};
use linli_domain::rules::{self, InvalidRules, NoticeRules, RuleSet, RuleVersion, RulesPart};
use linli_domain::wallet::LotTaken;
use linli_domain::{Command as Wish, Noun, Refusal};

use crate::awards::full_award;
use crate::events::{Samples, sample};
use crate::values::{LEVELS, at, bare_rules, id, lot, points};

fn noticed_rules(award_points: Option<i64>) -> RuleSet {
    let notice = NoticeRules {
        acts: ["ME-3", "OC-1"].map(|code| code.parse().unwrap()).into(),
        award_points: award_points.map(points),
        working_days: 5,
        panel: 3,
        convener: LEVELS[2],
        decide_working_days: 6,
        appeal_working_days: 10,
        list_working_days: None,
    };
    RuleSet { notice: Some(notice), ..bare_rules() }
}

/// Rules that want the list of a quarter's awards to be open.
fn listed_rules() -> RuleSet {
    let rules = noticed_rules(Some(1000));
    let notice = rules.notice.map(|notice| NoticeRules { list_working_days: Some(5), ..notice });
    RuleSet { notice, ..rules }
}

fn opened(why: Why) -> Event {
    Event::Opened(Box::new(Opening {
        contribution: id!(ContributionId, 10),
        resident: id!(ResidentId, 11),
        act: "OC-1".parse().unwrap(),
        grid: id!(AreaId, 12),
        rules: RuleVersion(2),
        why,
        each: points(3750),
        expected: points(3740),
        until: at(7200),
    }))
}

fn objection() -> Objection {
    let (contribution, resident) = (id!(ContributionId, 10), id!(ResidentId, 13));
    Objection { contribution, resident, reason: RejectReason::NotDone }
}

fn panel() -> Convening {
    let members = vec![
        Member::Officer(id!(OfficerId, 6)),
        Member::Resident(id!(ResidentId, 14)),
        Member::Resident(id!(ResidentId, 15)),
    ];
    Convening { contribution: id!(ContributionId, 10), officer: id!(OfficerId, 5), members }
}

fn ballot(member: Member, vote: Ruling) -> Ballot {
    Ballot { contribution: id!(ContributionId, 10), member, vote }
}

fn appeal() -> Appeal {
    Appeal { contribution: id!(ContributionId, 10), resident: id!(ResidentId, 11) }
}

fn decided(ruling: Ruling, outcome: Outcome, reason: Option<RejectReason>) -> Event {
    Event::Decided(Decided {
        contribution: id!(ContributionId, 10),
        hearing: if reason.is_some() { Hearing::Notice } else { Hearing::Appeal },
        ruling,
        outcome,
        seats: 3,
        upholding: 2,
        dismissing: 1,
        reason,
    })
}

fn restored(back: Option<LotTaken>) -> contribution::Event {
    let award = Award { lines: Vec::new(), ..full_award() };
    let restoration = Restoration { award, back, forgiven: points(80) };
    contribution::Event::Restored(Box::new(restoration))
}

pub(crate) fn events() -> Samples {
    let contribution = id!(ContributionId, 10);
    let appealed = |against| Event::Appealed {
        appeal: appeal(),
        against,
        act: "OC-1".parse().unwrap(),
        grid: id!(AreaId, 12),
        decide_by: at(14_400),
    };
    let voted = |member, vote, seat| {
        let (ballot, hearing) = (ballot(member, vote), Hearing::Notice);
        Event::Voted { ballot, hearing, seat }
    };
    vec![
        sample(Why::Act, opened(Why::Act)),
        sample(Why::Points, opened(Why::Points)),
        sample("whole", Event::Objected(objection())),
        sample("whole", Event::Unopposed(contribution)),
        sample("whole", Event::Contested { contribution, objections: 2, decide_by: at(14_400) }),
        sample(Against::Rejection, appealed(Against::Rejection)),
        sample(Against::Reversal, appealed(Against::Reversal)),
        sample(Hearing::Notice, Event::Convened { panel: panel(), hearing: Hearing::Notice }),
        sample(Hearing::Appeal, Event::Convened { panel: panel(), hearing: Hearing::Appeal }),
        sample("officer", voted(Member::Officer(id!(OfficerId, 6)), Ruling::Uphold, 1)),
        sample("resident", voted(Member::Resident(id!(ResidentId, 14)), Ruling::Dismiss, 2)),
        sample(
            Outcome::Rejected,
            decided(Ruling::Uphold, Outcome::Rejected, Some(RejectReason::NotDone)),
        ),
        sample(Outcome::Awarded, decided(Ruling::Uphold, Outcome::Awarded, None)),
        sample(Outcome::Waits, decided(Ruling::Uphold, Outcome::Waits, None)),
        sample(Outcome::Restored, decided(Ruling::Uphold, Outcome::Restored, None)),
        sample("whole", restored(Some(lot(contribution, 150)))),
        sample("spent", restored(None)),
        sample(Outcome::Stands, decided(Ruling::Dismiss, Outcome::Stands, None)),
        sample("noticed", rules::Event::Published(Box::new(noticed_rules(Some(1000))))),
        sample("noticed acts", rules::Event::Published(Box::new(noticed_rules(None)))),
        sample("listed", rules::Event::Published(Box::new(listed_rules()))),
    ]
}

pub(crate) fn commands() -> Vec<Wish> {
    vec![
        Command::Object(objection()).into(),
        Command::Convene(panel()).into(),
        Command::Vote(ballot(Member::Officer(id!(OfficerId, 6)), Ruling::Uphold)).into(),
        Command::Vote(ballot(Member::Resident(id!(ResidentId, 14)), Ruling::Dismiss)).into(),
        Command::Appeal(appeal()).into(),
    ]
}

pub(crate) fn refusals() -> Vec<Refusal> {
    let stages = [Stage::Open, Stage::Contested, Stage::Unopposed, Stage::Upheld, Stage::Dismissed];
    let ties = [
        Tie::Party,
        Tie::Verifier,
        Tie::Objector,
        Tie::Decider,
        Tie::Convener,
        Tie::SatBefore,
        Tie::Household,
    ];
    let mut refusals = vec![
        Refusal::Unknown(Noun::Notice),
        Refusal::NoNoticeRules,
        Refusal::OnNotice,
        Refusal::OwnContribution,
        Refusal::ObjectedAlready,
        Refusal::TooManyObjections { most: 32 },
        Refusal::PanelSits,
        Refusal::PanelSize { needed: 3, found: 2 },
        Refusal::PanelMemberTwice { place: 3 },
        Refusal::NotOnPanel,
        Refusal::VotedAlready,
        Refusal::NothingToAppeal,
        Refusal::AppealClosed { closed_at: at(9) },
        Refusal::AppealedOnce,
        Refusal::NotClaimant,
        Refusal::Reinstated,
        Refusal::InvalidRules(InvalidRules { part: RulesPart::Notice, act: None }),
    ];
    refusals.extend(stages.map(|found| Refusal::NoticeAt { found }));
    refusals.extend((0_u8..).zip(ties).map(|(place, tie)| Refusal::PanelMemberTied { place, tie }));
    refusals
}
