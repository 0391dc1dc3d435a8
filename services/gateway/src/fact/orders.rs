//! Facts of hazards, orders, whistles and mutual aid as JSON.

use linli_api as api;
use linli_api::fact::Fact;
use linli_api::happened::{HazardReported, OfAid, OfAppeal, OfHazard, OfOrder, OfWhistle};
use linli_domain::contribution::Attachment;
use linli_domain::order::{Cause, Why};
use linli_domain::{aid, hazard, order, whistle};

use crate::key::hex;
use crate::parse::Spoken as _;
use crate::receipt::{id, instant};

pub(crate) fn files(evidence: &[Attachment]) -> Vec<api::contribution::Attachment> {
    let file = |file: &Attachment| api::contribution::Attachment {
        kind: file.kind.said(),
        sha256: hex(&file.sha256).into(),
        made_at: file.made_at.map(instant),
        made_in: file.made_in.map(id),
    };
    evidence.iter().map(file).collect()
}

pub(super) fn of_hazard(event: &hazard::Event) -> Fact {
    let of = |hazard| OfHazard {
        hazard: id(hazard),
        officer: None,
        into: None,
        seriousness: None,
        why: None,
        paused_until: None,
    };
    match event {
        hazard::Event::Reported(report) => Fact::HazardReported(HazardReported {
            hazard: id(report.hazard),
            reporter: id(report.reporter),
            kind: report.kind.said(),
            seriousness: report.seriousness.said(),
            area: id(report.area),
            place: hex(&report.place.0).into(),
            seen_at: instant(report.seen_at),
            evidence: files(&report.evidence),
            estate: report.estate.map(id),
        }),
        hazard::Event::Merged { hazard, into, officer } => Fact::HazardMerged(OfHazard {
            into: Some(id(into)),
            officer: officer.map(id),
            ..of(hazard)
        }),
        hazard::Event::Verified { hazard, officer, seriousness } => {
            Fact::HazardVerified(OfHazard {
                officer: Some(id(officer)),
                seriousness: Some(seriousness.said()),
                ..of(hazard)
            })
        }
        hazard::Event::Dismissed { hazard, officer, why, paused_until } => {
            Fact::HazardDismissed(OfHazard {
                officer: Some(id(officer)),
                why: Some(why.said()),
                paused_until: paused_until.map(instant),
                ..of(hazard)
            })
        }
        hazard::Event::Appealed(resident) => Fact::ReportingAppealed(OfAppeal {
            resident: id(resident),
            officer: None,
            ruling: None,
        }),
        hazard::Event::Ruled { resident, officer, ruling } => Fact::ReportingRuled(OfAppeal {
            resident: id(resident),
            officer: Some(id(officer)),
            ruling: Some(ruling.said()),
        }),
    }
}

fn bare_order(order: linli_domain::id::OrderId) -> OfOrder {
    OfOrder {
        order: id(order),
        hazard: None,
        requester: None,
        kind: None,
        officer: None,
        unit: None,
        level: None,
        clock: None,
        reason: None,
        evidence: None,
        due_at: None,
    }
}

pub(super) fn of_order(event: &order::Event) -> Fact {
    match event {
        order::Event::Opened { opening, level, due_at } => {
            let (hazard, requester) = match opening.cause {
                Cause::Hazard(hazard) => (Some(id(hazard)), None),
                Cause::Request(resident) => (None, Some(id(resident))),
            };
            Fact::OrderOpened(OfOrder {
                hazard,
                requester,
                kind: Some(opening.kind.said()),
                unit: Some(id(opening.area)),
                level: Some(level.said()),
                due_at: Some(instant(*due_at)),
                ..bare_order(opening.order)
            })
        }
        order::Event::Dispatched { order, officer, unit, level, due_at } => {
            Fact::OrderDispatched(OfOrder {
                officer: Some(id(officer)),
                unit: Some(id(unit)),
                level: Some(level.said()),
                due_at: Some(instant(*due_at)),
                ..bare_order(*order)
            })
        }
        order::Event::Accepted { order, officer, due_at } => Fact::OrderAccepted(OfOrder {
            officer: Some(id(officer)),
            due_at: Some(instant(*due_at)),
            ..bare_order(*order)
        }),
        order::Event::Escalated { order, why, unit, level, due_at } => {
            let (clock, officer, reason) = match why {
                Why::Overdue(clock) => (Some(clock.said()), None, None),
                Why::Handed { officer, reason } => (None, Some(id(officer)), Some(reason.said())),
            };
            Fact::OrderEscalated(OfOrder {
                clock,
                officer,
                reason,
                unit: Some(id(unit)),
                level: Some(level.said()),
                due_at: Some(instant(*due_at)),
                ..bare_order(*order)
            })
        }
        order::Event::ClockMissed { order, clock } => {
            Fact::OrderClockMissed(OfOrder { clock: Some(clock.said()), ..bare_order(*order) })
        }
        order::Event::Closed { order, officer, evidence, due_at } => Fact::OrderClosed(OfOrder {
            officer: Some(id(officer)),
            evidence: Some(files(evidence)),
            due_at: Some(instant(*due_at)),
            ..bare_order(*order)
        }),
        order::Event::SentBack { order, officer, due_at } => Fact::OrderSentBack(OfOrder {
            officer: Some(id(officer)),
            due_at: Some(instant(*due_at)),
            ..bare_order(*order)
        }),
        order::Event::Checked { order, officer } => {
            Fact::OrderChecked(OfOrder { officer: Some(id(officer)), ..bare_order(*order) })
        }
    }
}

pub(super) fn of_whistle(event: &whistle::Event) -> Fact {
    let of = |whistle| OfWhistle {
        whistle: id(whistle),
        kind: None,
        officer: None,
        called: None,
        order: None,
        reply: None,
        late: None,
        level: None,
        sign_by: None,
        in_touch_by: None,
        on_site_by: None,
    };
    match *event {
        whistle::Event::Blown { blast, sign_by, in_touch_by, on_site_by } => {
            Fact::WhistleBlown(OfWhistle {
                kind: Some(blast.kind.said()),
                officer: Some(id(blast.officer)),
                called: Some(id(blast.called)),
                order: blast.order.map(id),
                sign_by: Some(instant(sign_by)),
                in_touch_by: Some(instant(in_touch_by)),
                on_site_by: Some(instant(on_site_by)),
                ..of(blast.whistle)
            })
        }
        whistle::Event::Answered { whistle, officer, reply, late } => {
            Fact::WhistleAnswered(OfWhistle {
                officer: Some(id(officer)),
                reply: Some(reply.said()),
                late: Some(late),
                ..of(whistle)
            })
        }
        whistle::Event::ClockMissed { whistle, reply, level } => {
            Fact::WhistleClockMissed(OfWhistle {
                reply: Some(reply.said()),
                level: Some(level.said()),
                ..of(whistle)
            })
        }
        whistle::Event::Settled { whistle, officer } => {
            Fact::WhistleSettled(OfWhistle { officer: Some(id(officer)), ..of(whistle) })
        }
    }
}

pub(super) fn of_aid(event: &aid::Event) -> Fact {
    let of = |aid, resident: Option<linli_domain::id::ResidentId>| OfAid {
        aid: id(aid),
        resident: resident.map(id),
        kind: None,
        help: None,
        grid: None,
        estate: None,
        lapses_at: None,
        started_at: None,
        ended_at: None,
    };
    match *event {
        aid::Event::Opened { opening, lapses_at } => Fact::AidOpened(OfAid {
            kind: Some(opening.kind.said()),
            help: Some(opening.help.said()),
            grid: Some(id(opening.grid)),
            estate: opening.estate.map(id),
            lapses_at: Some(instant(lapses_at)),
            ..of(opening.aid, Some(opening.resident))
        }),
        aid::Event::Matched { aid, resident } => Fact::AidMatched(of(aid, Some(resident))),
        aid::Event::SteppedBack { aid, resident } => Fact::AidSteppedBack(of(aid, Some(resident))),
        aid::Event::Withdrawn { aid, resident } => Fact::AidWithdrawn(of(aid, Some(resident))),
        aid::Event::Finished { aid, resident, happened } => Fact::AidFinished(OfAid {
            started_at: Some(instant(happened.start())),
            ended_at: Some(instant(happened.end())),
            ..of(aid, Some(resident))
        }),
        aid::Event::Confirmed { aid, resident } => Fact::AidConfirmed(of(aid, Some(resident))),
        aid::Event::Lapsed(aid) => Fact::AidLapsed(of(aid, None)),
    }
}
