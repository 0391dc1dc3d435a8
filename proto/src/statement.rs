//! Statements of what suppliers are to be paid.

use linli_domain::statement::{
    Command, Dispute, DisputeReason, Due, Event, Issue, Resolve, Ruling, Settle, StatedLine,
    Statement, Tally, Volume,
};

use crate::wire;

message! { Due = wire::Due { points_hundredths: plain(points), fen: plain(fen) } }

message! { Volume = wire::Volume { pieces: plain(pieces), due: need(due) } }

message! { Tally = wire::Tally { captured: need(captured), returned: need(returned) } }

message! { StatedLine = wire::StatedLine { item: plain(item), tally: need(tally) } }

message! { Issue = wire::IssueStatement {
    statement: need(statement),
    supplier: need(supplier),
    label: plain(label),
} }

message! { Statement = wire::StatementIssued {
    issue: need(issue),
    since: plain(since),
    opening: need(opening),
    captured: need(captured),
    returned: need(returned),
    corrected: need(corrected),
    paid: need(paid),
    closing: need(closing),
    lines: plain(lines),
} }

plain_enum! { DisputeReason = wire::DisputeReason { Missing, Quantity, Price, Return } }

message! { Dispute = wire::Dispute {
    statement: need(statement),
    item: plain(item),
    reason: plain(reason),
    claimed: need(claimed),
} }

choice! { Ruling = wire::DisputeRuling, wire::dispute_ruling::Kind {
    empty { Dismissed }
    one { Upheld }
} }

message! { Resolve = wire::ResolveDispute {
    statement: need(statement),
    item: plain(item),
    ruling: need(ruling),
    reference: plain(reference),
} }

message! { Settle = wire::SettleStatement {
    statement: need(statement),
    reference: plain(reference),
} }

choice! { Command = wire::StatementCommand, wire::statement_command::Kind {
    one { Issue, Resolve, Settle }
    many { Dispute = wire::LineDisputed { supplier: need(supplier), dispute: need(dispute) } }
} }

choice! { Event = wire::StatementEvent, wire::statement_event::Kind {
    one { Issued }
    many {
        Disputed = wire::LineDisputed { supplier: need(supplier), dispute: need(dispute) },
        Resolved = wire::DisputeResolved {
            supplier: need(supplier),
            resolve: need(resolve),
            correction: need(correction),
        },
        Settled = wire::StatementSettled {
            supplier: need(supplier),
            settle: need(settle),
            paid: need(paid),
        },
    }
} }
