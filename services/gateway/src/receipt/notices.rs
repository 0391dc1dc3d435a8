//! Receipts of notices, panels and appeals.

use linli_api::notice::{HearingDecision, NoticeChanged, PanelMember};
use linli_domain::id::ContributionId;
use linli_domain::notice::{Decided, Event as Heard, Hearing, Member, Opening, Ruling, Stage};
use linli_domain::{Event, Record};

use crate::parse::Spoken as _;
use crate::receipt::{amount, id, instant};

/// What a step of a hearing changed, with the decision if it brought one about.
pub(crate) fn noticed(records: &[Record]) -> Option<NoticeChanged> {
    let Event::Notice(event) = &records.first()?.event else { return None };
    let changed = notice_changed(event);
    let decided = records.iter().find_map(|record| {
        let Event::Notice(Heard::Decided(it)) = &record.event else { return None };
        Some(it)
    });
    Some(match decided {
        None => changed,
        Some(it) => NoticeChanged {
            stage: ended(it).said(),
            reason: it.reason.map(linli_domain::contribution::RejectReason::said),
            decision: Some(decision(it)),
            ..changed
        },
    })
}

/// A step of a hearing.
pub(crate) fn notice_changed(event: &Heard) -> NoticeChanged {
    let plain = |hearing, stage| blank(event.contribution(), hearing, stage);
    let notice = |stage| plain(Hearing::Notice, stage);
    match event {
        Heard::Opened(it) => opened(it),
        Heard::Objected(it) => NoticeChanged {
            resident: Some(id(it.resident)),
            reason: Some(it.reason.said()),
            ..notice(Stage::Open)
        },
        Heard::Unopposed(_) => notice(Stage::Unopposed),
        Heard::Contested { objections, decide_by, .. } => NoticeChanged {
            objections: Some(*objections),
            decide_by: Some(instant(*decide_by)),
            ..notice(Stage::Contested)
        },
        Heard::Appealed { appeal, against, act, grid, decide_by } => NoticeChanged {
            resident: Some(id(appeal.resident)),
            act: Some(act.to_string()),
            grid: Some(id(grid)),
            against: Some(against.said()),
            decide_by: Some(instant(*decide_by)),
            ..plain(Hearing::Appeal, Stage::Contested)
        },
        Heard::Convened { panel, hearing } => NoticeChanged {
            officer: Some(id(panel.officer)),
            members: panel.members.iter().copied().map(member).collect(),
            ..plain(*hearing, Stage::Contested)
        },
        Heard::Voted { ballot, hearing, seat } => NoticeChanged {
            member: Some(member(ballot.member)),
            seat: Some(*seat),
            vote: Some(ballot.vote.said()),
            ..plain(*hearing, Stage::Contested)
        },
        Heard::Decided(it) => NoticeChanged {
            reason: it.reason.map(linli_domain::contribution::RejectReason::said),
            decision: Some(decision(it)),
            ..plain(it.hearing, ended(it))
        },
    }
}

fn opened(it: &Opening) -> NoticeChanged {
    NoticeChanged {
        resident: Some(id(it.resident)),
        act: Some(it.act.to_string()),
        grid: Some(id(it.grid)),
        rules_version: Some(it.rules.0),
        why: Some(it.why.said()),
        each: Some(amount(it.each)),
        expected: Some(amount(it.expected)),
        until: Some(instant(it.until)),
        ..blank(it.contribution, Hearing::Notice, Stage::Open)
    }
}

/// Somebody on a panel.
pub(crate) fn member(member: Member) -> PanelMember {
    match member {
        Member::Officer(officer) => PanelMember::Officer(id(officer)),
        Member::Resident(resident) => PanelMember::Resident(id(resident)),
    }
}

const fn ended(it: &Decided) -> Stage {
    match it.ruling {
        Ruling::Uphold => Stage::Upheld,
        Ruling::Dismiss => Stage::Dismissed,
    }
}

fn decision(it: &Decided) -> HearingDecision {
    HearingDecision {
        ruling: it.ruling.said(),
        outcome: it.outcome.said(),
        seats: it.seats,
        upholding: it.upholding,
        dismissing: it.dismissing,
    }
}

fn blank(contribution: ContributionId, hearing: Hearing, stage: Stage) -> NoticeChanged {
    NoticeChanged {
        contribution: id(contribution),
        hearing: hearing.said(),
        stage: stage.said(),
        resident: None,
        act: None,
        grid: None,
        rules_version: None,
        why: None,
        each: None,
        expected: None,
        until: None,
        reason: None,
        objections: None,
        against: None,
        decide_by: None,
        officer: None,
        members: Vec::new(),
        member: None,
        seat: None,
        vote: None,
        decision: None,
    }
}
