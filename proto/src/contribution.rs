//! Contributions.

use linli_domain::contribution::{
    Attaching, Claim, Command, Event, Queued, RejectReason, Rejection, Restoration, Reversal,
    ReversalReason, Undoing, Verification,
};

use crate::wire;

message! { Claim = wire::Claim {
    contribution: need(contribution),
    resident: need(resident),
    act: plain(act),
    grid: need(grid),
    happened: need(happened),
    beneficiary: plain(beneficiary),
    alert: plain(alert),
    signals: need(signals),
    attachments: plain(attachments),
    estate: plain(estate),
} }

message! { Verification = wire::Verification {
    contribution: need(contribution),
    officer: need(officer),
    assessed_points_hundredths: plain(assessed),
    difficulty: plain(difficulty),
} }

plain_enum! { RejectReason = wire::RejectReason {
    NotDone, WrongTimeOrPlace, EvidenceUnclear, Duplicate, NotEligible,
} }

message! { Rejection = wire::Rejection {
    contribution: need(contribution),
    officer: need(officer),
    reason: plain(reason),
} }

plain_enum! { ReversalReason = wire::ReversalReason {
    NotDone, Duplicate, Broken, Mistake, Unfounded,
} }

message! { Undoing = wire::Undoing {
    contribution: need(contribution),
    officer: need(officer),
    reason: plain(reason),
} }

message! { Reversal = wire::Reversal { word: need(word), award: need(award), recall: plain(recall) } }

message! { Restoration = wire::Restoration {
    award: need(award),
    back: plain(back),
    forgiven_points_hundredths: plain(forgiven),
} }

message! { Queued = wire::Queued {
    word: need(word),
    until_us: plain(until),
    minutes: plain(minutes),
    points_hundredths: plain(points),
    quota: need(quota),
} }

message! { Attaching = wire::Attaching {
    contribution: need(contribution),
    resident: need(resident),
    files: plain(files),
} }

choice! { Command = wire::ContributionCommand, wire::contribution_command::Kind {
    one { Submit, Verify, Reject, Reverse, Attach }
} }

choice! { Event = wire::ContributionEvent, wire::contribution_event::Kind {
    one { Verified, Rejected, Awarded, Reversed, Queued, Restored, Attached }
    many { Submitted = wire::Submission {
        claim: need(claim), grade: plain(grade), caused_by: plain(caused_by),
    } }
} }
