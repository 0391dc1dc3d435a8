//! Receipts of statements.

use linli_api::statement::{
    DisputeResolved, Due as ApiDue, LineDisputed, StatedLine as ApiLine, StatementIssued,
    StatementSettled,
};
use linli_domain::id::SupplierId;
use linli_domain::statement::{
    Dispute, Due, Event as Stated, Resolve, Ruling, Settle, StatedLine, Statement,
};
use linli_domain::{Event, Record};

use crate::parse::Spoken as _;
use crate::receipt::{amount, id};

/// The figures of a statement that was issued.
pub(crate) fn issued(records: &[Record]) -> Option<StatementIssued> {
    let Event::Statement(Stated::Issued(it)) = &records.first()?.event else { return None };
    Some(figures(it))
}

/// A line that was disputed.
pub(crate) fn disputed(records: &[Record]) -> Option<LineDisputed> {
    let Event::Statement(Stated::Disputed { supplier, dispute }) = &records.first()?.event else {
        return None;
    };
    Some(line_disputed(*supplier, dispute))
}

/// A dispute that was resolved.
pub(crate) fn resolved(records: &[Record]) -> Option<DisputeResolved> {
    let Event::Statement(Stated::Resolved { supplier, resolve, correction }) =
        &records.first()?.event
    else {
        return None;
    };
    Some(dispute_resolved(*supplier, resolve, *correction))
}

/// A statement that was paid.
pub(crate) fn settled(records: &[Record]) -> Option<StatementSettled> {
    let Event::Statement(Stated::Settled { supplier, settle, paid }) = &records.first()?.event
    else {
        return None;
    };
    Some(statement_settled(*supplier, settle, *paid))
}

pub(crate) fn line_disputed(supplier: SupplierId, dispute: &Dispute) -> LineDisputed {
    LineDisputed {
        statement: id(dispute.statement),
        supplier: id(supplier),
        item: dispute.item.map(id),
        reason: dispute.reason.said(),
        claimed: due(dispute.claimed),
    }
}

pub(crate) fn dispute_resolved(
    supplier: SupplierId,
    resolve: &Resolve,
    correction: Due,
) -> DisputeResolved {
    DisputeResolved {
        statement: id(resolve.statement),
        supplier: id(supplier),
        item: resolve.item.map(id),
        upheld: matches!(resolve.ruling, Ruling::Upheld(_)),
        correction: due(correction),
        reference: resolve.reference.to_string(),
    }
}

pub(crate) fn statement_settled(
    supplier: SupplierId,
    settle: &Settle,
    paid: Due,
) -> StatementSettled {
    StatementSettled {
        statement: id(settle.statement),
        supplier: id(supplier),
        paid: due(paid),
        reference: settle.reference.to_string(),
    }
}

/// A statement's figures.
pub(crate) fn figures(it: &Statement) -> StatementIssued {
    let line = |line: &StatedLine| ApiLine {
        item: line.item.map(id),
        captured_pieces: line.tally.captured.pieces,
        captured: due(line.tally.captured.due),
        returned_pieces: line.tally.returned.pieces,
        returned: due(line.tally.returned.due),
    };
    StatementIssued {
        statement: id(it.issue.statement),
        supplier: id(it.issue.supplier),
        label: it.issue.label.to_string(),
        since: it.since.0,
        opening: due(it.opening),
        captured: due(it.captured),
        returned: due(it.returned),
        corrected: due(it.corrected),
        paid: due(it.paid),
        closing: due(it.closing),
        lines: it.lines.iter().map(line).collect(),
    }
}

/// An amount owed.
pub(crate) fn due(due: Due) -> ApiDue {
    ApiDue { points: amount(due.points), yuan: amount(due.fen) }
}
