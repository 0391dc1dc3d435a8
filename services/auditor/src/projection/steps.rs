//! Steps of files: which fact is a step of which hazard, order or whistle, and what step.

use linli_domain::area::Level;
use linli_domain::id::OfficerId;
use linli_domain::order::Why;
use linli_domain::whistle::Reply;
use linli_domain::{Event, hazard, order, whistle};
use linli_readmodel::orders::StepKind;

/// The file that a fact is a step of, and what step it is.
pub(super) fn step_of(event: &Event) -> Option<(u128, StepKind)> {
    match event {
        Event::Hazard(event) => match event {
            hazard::Event::Reported(report) => Some((report.hazard.number(), StepKind::Reported)),
            hazard::Event::Merged { hazard, .. } => Some((hazard.number(), StepKind::Merged)),
            hazard::Event::Verified { hazard, .. } => Some((hazard.number(), StepKind::Verified)),
            hazard::Event::Dismissed { hazard, .. } => Some((hazard.number(), StepKind::Dismissed)),
            hazard::Event::Appealed(_) | hazard::Event::Ruled { .. } => None,
        },
        Event::Order(event) => Some(match event {
            order::Event::Opened { opening, .. } => (opening.order.number(), StepKind::Opened),
            order::Event::Dispatched { order, .. } => (order.number(), StepKind::Dispatched),
            order::Event::Accepted { order, .. } => (order.number(), StepKind::Accepted),
            order::Event::Escalated { order, .. } => (order.number(), StepKind::Escalated),
            order::Event::ClockMissed { order, .. } => (order.number(), StepKind::ClockMissed),
            order::Event::Closed { order, .. } => (order.number(), StepKind::Closed),
            order::Event::SentBack { order, .. } => (order.number(), StepKind::SentBack),
            order::Event::Checked { order, .. } => (order.number(), StepKind::Checked),
        }),
        Event::Whistle(event) => Some(match event {
            whistle::Event::Blown { blast, .. } => (blast.whistle.number(), StepKind::Blown),
            whistle::Event::Answered { whistle, reply, .. } => {
                let kind = match reply {
                    Reply::Signed => StepKind::Signed,
                    Reply::InTouch => StepKind::InTouch,
                    Reply::OnSite => StepKind::OnSite,
                };
                (whistle.number(), kind)
            }
            whistle::Event::ClockMissed { whistle, .. } => {
                (whistle.number(), StepKind::ClockMissed)
            }
            whistle::Event::Settled { whistle, .. } => (whistle.number(), StepKind::Settled),
        }),
        Event::Aid(_)
        | Event::Honour(_)
        | Event::Mediation(_)
        | Event::Queue(_)
        | Event::TimeBank(_)
        | Event::Estate(_)
        | Event::Area(_)
        | Event::Household(_)
        | Event::Resident(_)
        | Event::Officer(_)
        | Event::Station(_)
        | Event::Operator(_)
        | Event::Allowance(_)
        | Event::Supplier(_)
        | Event::Pool(_)
        | Event::Rules(_)
        | Event::Item(_)
        | Event::Statement(_)
        | Event::Resource(_)
        | Event::Booking(_)
        | Event::Contribution(_)
        | Event::Redemption(_)
        | Event::Notice(_)
        | Event::Conduct(_)
        | Event::Voucher(_)
        | Event::Team(_)
        | Event::Activity(_)
        | Event::Inspection(_)
        | Event::Wallet(_) => None,
    }
}

/// Who did it, where somebody did.
#[allow(clippy::wildcard_enum_match_arm, reason = "the steps are told one by one above")]
pub(super) fn officer_of(event: &Event) -> Option<OfficerId> {
    match event {
        Event::Hazard(hazard::Event::Merged { officer, .. }) => *officer,
        Event::Hazard(
            hazard::Event::Verified { officer, .. } | hazard::Event::Dismissed { officer, .. },
        )
        | Event::Order(
            order::Event::Dispatched { officer, .. }
            | order::Event::Accepted { officer, .. }
            | order::Event::Escalated { why: Why::Handed { officer, .. }, .. }
            | order::Event::Closed { officer, .. }
            | order::Event::SentBack { officer, .. }
            | order::Event::Checked { officer, .. },
        )
        | Event::Whistle(
            whistle::Event::Answered { officer, .. } | whistle::Event::Settled { officer, .. },
        ) => Some(*officer),
        Event::Whistle(whistle::Event::Blown { blast, .. }) => Some(blast.officer),
        _ => None,
    }
}

/// The level it went to, where it changed.
#[allow(clippy::wildcard_enum_match_arm, reason = "the steps are told one by one above")]
pub(super) fn level_of(event: &Event) -> Option<Level> {
    match event {
        Event::Order(
            order::Event::Dispatched { level, .. } | order::Event::Escalated { level, .. },
        )
        | Event::Whistle(whistle::Event::ClockMissed { level, .. }) => Some(*level),
        _ => None,
    }
}
