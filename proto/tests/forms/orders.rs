//! Samples of hazards, orders, whistles and mutual aid.

use linli_domain::aid::{self, Help};
use linli_domain::contribution::{Attachment, AttachmentKind};
use linli_domain::hazard::{self, Dismissal, HazardKind, PlaceKey, Report, Ruling, Seriousness};
use linli_domain::id::{HazardId, OrderId, WhistleId};
use linli_domain::officer::Duty;
use linli_domain::order::{self, Cause, Clock, Opening, Reason, Verdict, Why};
use linli_domain::quantity::Minutes;
use linli_domain::rules::{AidRules, HazardActs, OrderClocks, OrderRules, RuleSet, WhistleClocks};
use linli_domain::whistle::{self, Blast, Reply};
use linli_domain::{Command, Noun, Refusal};

use crate::events::{Samples, sample};
use crate::values::{LEVELS, at, bare_rules, id, interval};

const KINDS: [HazardKind; 8] = [
    HazardKind::Fire,
    HazardKind::Gas,
    HazardKind::Electricity,
    HazardKind::Structure,
    HazardKind::Road,
    HazardKind::Water,
    HazardKind::Environment,
    HazardKind::Other,
];

const SERIOUSNESS: [Seriousness; 3] =
    [Seriousness::Ordinary, Seriousness::Serious, Seriousness::Major];

/// The same, where words on hazards have their day.
pub(crate) fn rules_with_quotas() -> RuleSet {
    let rules = rules_with_orders();
    let orders = rules.orders.map(|orders| OrderRules { quotas: true, ..orders });
    RuleSet { orders, ..rules }
}

/// A rule set that has a part on orders.
pub(crate) fn rules_with_orders() -> RuleSet {
    let clocks = |accept| OrderClocks { accept: Minutes::new(accept), close: Minutes::new(2880) };
    let orders = OrderRules {
        duplicate_hours: 72,
        false_reports: 3,
        pause_days: 30,
        hazards: HazardActs {
            ordinary: "HZ-1".parse().unwrap(),
            serious: "HZ-2".parse().unwrap(),
            major: "HZ-3".parse().unwrap(),
        },
        ladder: [clocks(120), clocks(240), clocks(480), clocks(1440), clocks(0)],
        check: Minutes::new(4320),
        whistles: WhistleClocks {
            sign: Minutes::new(60),
            contact: Minutes::new(1440),
            push_working_days: 3,
            tackle_working_days: 5,
        },
        aid: AidRules {
            act: "MA-1".parse().unwrap(),
            wish: "AS-2".parse().unwrap(),
            open_days: 14,
            only: false,
        },
        quotas: false,
    };
    RuleSet { orders: Some(orders), ..bare_rules() }
}

fn hazard() -> HazardId {
    id!(HazardId, 60)
}

fn order() -> OrderId {
    id!(OrderId, 60)
}

fn whistle() -> WhistleId {
    id!(WhistleId, 61)
}

fn files() -> Vec<Attachment> {
    vec![Attachment::of(AttachmentKind::Photo, [0xcd; 32])]
}

fn report() -> Report {
    Report {
        hazard: hazard(),
        reporter: id!(ResidentId, 11),
        kind: HazardKind::Fire,
        seriousness: Seriousness::Ordinary,
        area: id!(AreaId, 12),
        place: PlaceKey(std::array::from_fn(|n| u8::try_from(n).unwrap())),
        seen_at: at(3),
        evidence: files(),
        estate: None,
    }
}

/// Every fact, with every choice in it.
pub(crate) fn events() -> Samples {
    [hazards(), orders(), whistles(), aids()].concat()
}

fn hazards() -> Samples {
    let (hazard, into, officer) = (hazard(), id!(HazardId, 59), id!(OfficerId, 5));
    let resident = id!(ResidentId, 11);
    let mut samples: Samples =
        KINDS.map(|kind| sample(kind, hazard::Event::Reported(Report { kind, ..report() }))).into();
    samples.push(sample("bare", hazard::Event::Reported(Report { evidence: vec![], ..report() })));
    let of_estate = Report { estate: Some(id!(EstateId, 111)), ..report() };
    samples.push(sample("estate", hazard::Event::Reported(of_estate)));
    for seriousness in SERIOUSNESS {
        let verified = hazard::Event::Verified { hazard, officer, seriousness };
        samples.push(sample(seriousness, verified));
    }
    for (special, officer) in [("by itself", None), ("by an officer", Some(officer))] {
        samples.push(sample(special, hazard::Event::Merged { hazard, into, officer }));
    }
    for why in [Dismissal::NotFound, Dismissal::NoHazard, Dismissal::BadFaith] {
        let paused_until = None;
        let dismissed = hazard::Event::Dismissed { hazard, officer, why, paused_until };
        samples.push(sample(why, dismissed));
    }
    let (why, paused_until) = (Dismissal::BadFaith, Some(at(43_200)));
    let dismissed = hazard::Event::Dismissed { hazard, officer, why, paused_until };
    samples.push(sample("paused", dismissed));
    samples.push(sample("whole", hazard::Event::Appealed(resident)));
    for ruling in [Ruling::Lifted, Ruling::Upheld] {
        samples.push(sample(ruling, hazard::Event::Ruled { resident, officer, ruling }));
    }
    samples
}

fn orders() -> Samples {
    use order::Event;
    let (order, officer, unit) = (order(), id!(OfficerId, 5), id!(AreaId, 12));
    let (due_at, level) = (at(240), LEVELS[1]);
    let opened = |cause| {
        let opening = Opening { order, cause, kind: HazardKind::Gas, area: unit };
        Event::Opened { opening, level, due_at }
    };
    let mut samples = vec![
        sample("hazard", opened(Cause::Hazard(hazard()))),
        sample("request", opened(Cause::Request(id!(ResidentId, 11)))),
        sample("whole", Event::Dispatched { order, officer, unit, level, due_at }),
        sample("whole", Event::Accepted { order, officer, due_at }),
        sample("whole", Event::Closed { order, officer, evidence: files(), due_at }),
        sample("whole", Event::SentBack { order, officer, due_at }),
        sample("whole", Event::Checked { order, officer }),
    ];
    for clock in [Clock::Accept, Clock::Close, Clock::Check] {
        let why = Why::Overdue(clock);
        samples.push(sample(clock, Event::Escalated { order, why, unit, level, due_at }));
        samples.push(sample(clock, Event::ClockMissed { order, clock }));
    }
    for reason in [Reason::Authority, Reason::Means, Reason::SeveralUnits, Reason::NotOurs] {
        let why = Why::Handed { officer, reason };
        samples.push(sample(reason, Event::Escalated { order, why, unit, level, due_at }));
    }
    samples
}

fn whistles() -> Samples {
    use whistle::Event;
    let (whistle, officer) = (whistle(), id!(OfficerId, 5));
    let blown = |kind, order| Event::Blown {
        blast: Blast { whistle, kind, officer, called: id!(OfficerId, 6), order },
        sign_by: at(60),
        in_touch_by: at(1440),
        on_site_by: at(4320),
    };
    let mut samples = vec![
        sample("push", blown(whistle::Kind::Push, None)),
        sample("tackle", blown(whistle::Kind::Tackle, Some(order()))),
        sample("whole", Event::Settled { whistle, officer }),
    ];
    for reply in Reply::ALL {
        let late = reply == Reply::InTouch;
        samples.push(sample(reply, Event::Answered { whistle, officer, reply, late }));
        samples.push(sample(reply, Event::ClockMissed { whistle, reply, level: LEVELS[4] }));
    }
    samples
}

fn aids() -> Samples {
    use aid::Event;
    let (aid, resident) = (id!(AidId, 62), id!(ResidentId, 13));
    let helps = [
        Help::Errand,
        Help::Company,
        Help::Care,
        Help::Repair,
        Help::Carrying,
        Help::Teaching,
        Help::Thing,
        Help::Other,
    ];
    let opened = |kind, help| Event::Opened {
        opening: aid::Opening { aid, kind, resident, help, grid: id!(AreaId, 12), estate: None },
        lapses_at: at(20_160),
    };
    let of_estate = Event::Opened {
        opening: aid::Opening {
            aid,
            kind: aid::Kind::Ask,
            resident,
            help: Help::Care,
            grid: id!(AreaId, 12),
            estate: Some(id!(EstateId, 111)),
        },
        lapses_at: at(20_160),
    };
    let mut samples: Samples = helps.map(|help| sample(help, opened(aid::Kind::Ask, help))).into();
    samples.extend([
        sample("estate", of_estate),
        sample("offer", opened(aid::Kind::Offer, Help::Other)),
        sample("wish", opened(aid::Kind::Wish, Help::Other)),
        sample("whole", Event::Matched { aid, resident }),
        sample("whole", Event::SteppedBack { aid, resident }),
        sample("whole", Event::Withdrawn { aid, resident }),
        sample("whole", Event::Finished { aid, resident, happened: interval() }),
        sample("whole", Event::Confirmed { aid, resident }),
        sample("whole", Event::Lapsed(aid)),
    ]);
    samples
}

/// The wishes.
pub(crate) fn commands() -> Vec<Command> {
    let (hazard, order, whistle, aid) = (hazard(), order(), whistle(), id!(AidId, 62));
    let (officer, resident, unit) = (id!(OfficerId, 5), id!(ResidentId, 11), id!(AreaId, 12));
    let (called, kind) = (id!(OfficerId, 6), HazardKind::Road);
    vec![
        hazard::Command::Report(Box::new(report())).into(),
        hazard::Command::Verify { hazard, officer, seriousness: Seriousness::Major }.into(),
        hazard::Command::Dismiss { hazard, officer, why: Dismissal::NoHazard }.into(),
        hazard::Command::Merge { hazard, into: id!(HazardId, 59), officer }.into(),
        hazard::Command::Appeal(resident).into(),
        hazard::Command::Rule { resident, officer, ruling: Ruling::Upheld }.into(),
        order::Command::Request(order::Request { order, resident, kind, area: unit }).into(),
        order::Command::Dispatch { order, officer, unit }.into(),
        order::Command::Accept { order, officer }.into(),
        order::Command::Escalate { order, officer, reason: Reason::NotOurs }.into(),
        order::Command::Close { order, officer, evidence: files() }.into(),
        order::Command::Check { order, officer, verdict: Verdict::Done }.into(),
        order::Command::Check { order, officer, verdict: Verdict::NotDone }.into(),
        whistle::Command::Blow(Blast {
            whistle,
            kind: whistle::Kind::Tackle,
            officer,
            called,
            order: Some(order),
        })
        .into(),
        whistle::Command::Answer { whistle, officer, reply: Reply::OnSite }.into(),
        whistle::Command::Settle { whistle, officer }.into(),
        aid::Command::Open(aid::Opening {
            aid,
            kind: aid::Kind::Wish,
            resident,
            help: Help::Thing,
            grid: unit,
            estate: None,
        })
        .into(),
        aid::Command::Match { aid, resident }.into(),
        aid::Command::StepBack { aid, resident }.into(),
        aid::Command::Withdraw { aid, resident }.into(),
        aid::Command::Finish { aid, resident, happened: interval() }.into(),
        aid::Command::Confirm { aid, resident }.into(),
    ]
}

/// The refusals.
pub(crate) fn refusals() -> Vec<Refusal> {
    let nouns = [Noun::Hazard, Noun::Order, Noun::Whistle, Noun::Aid];
    let mut refusals: Vec<_> = nouns.map(Refusal::Unknown).into();
    refusals.extend([
        Refusal::NoOrderRules,
        Refusal::OnlyByOrder("HZ-1".parse().unwrap()),
        Refusal::OnlyByAid("MA-1".parse().unwrap()),
        Refusal::OnlyByReferral("RF-1".parse().unwrap()),
        Refusal::AttachedAlready,
        Refusal::AlertDeclared,
        Refusal::NoAlert,
        Refusal::InvalidAlert { hours_most: 168 },
        Refusal::SignalReserved,
        Refusal::ReportingPaused { until: at(5) },
        Refusal::NotPaused,
        Refusal::AppealedAlready,
        Refusal::NoAppeal,
        Refusal::HazardAt { found: hazard::Status::Merged },
        Refusal::LaterReport,
        Refusal::OrderAt { found: order::Status::Closed },
        Refusal::NotOfUnit { level: LEVELS[2] },
        Refusal::NotHandler,
        Refusal::EvidenceNeeded,
        Refusal::HandlerChecks,
        Refusal::NothingAbove,
        Refusal::LeadershipOnly { needed: Duty::SubDistrictChief },
        Refusal::CantBeCalled { found: Duty::BuildingHead },
        Refusal::NotCalled,
        Refusal::WhistleAt { found: whistle::Status::InTouch },
        Refusal::NotAssisted,
        Refusal::OwnHousehold,
        Refusal::AidAt { found: aid::Status::Lapsed },
        Refusal::NotParty,
        Refusal::OtherSideConfirms,
    ]);
    refusals
}
