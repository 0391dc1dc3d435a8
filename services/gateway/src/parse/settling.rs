//! Statements: issued, disputed, resolved, settled.

use linli_api as api;
use linli_domain::id::{StatementId, SupplierId};
use linli_domain::statement::{
    Command, Dispute, DisputeReason, Due, Issue, Resolve, Ruling, Settle,
};
use linli_domain::text::Reference;

use crate::parse::{Spoken as _, amount_fen, amount_points, id, own_id, text, told_id};
use crate::problem::Problem;

pub(crate) fn issue(said: &api::statement::IssueStatement) -> Result<Command, Problem> {
    Ok(Command::Issue(Issue {
        statement: own_id("statement", said.statement.as_ref(), StatementId::from_number)?,
        supplier: id("supplier", &said.supplier)?,
        label: text("label", &said.label, Reference::new)?,
    }))
}

pub(crate) fn dispute(
    statement: StatementId,
    supplier: SupplierId,
    said: &api::statement::DisputeLine,
) -> Result<Command, Problem> {
    let dispute = Dispute {
        statement,
        item: told_id("item", said.item.as_ref())?,
        reason: DisputeReason::heard(said.reason),
        claimed: due(&said.claimed)?,
    };
    Ok(Command::Dispute { supplier, dispute })
}

pub(crate) fn resolve(
    statement: StatementId,
    said: &api::statement::ResolveDispute,
) -> Result<Command, Problem> {
    Ok(Command::Resolve(Resolve {
        statement,
        item: told_id("item", said.item.as_ref())?,
        ruling: match &said.upheld {
            Some(amount) => Ruling::Upheld(due(amount)?),
            None => Ruling::Dismissed,
        },
        reference: text("reference", &said.reference, Reference::new)?,
    }))
}

pub(crate) fn settle(
    statement: StatementId,
    said: &api::statement::SettleStatement,
) -> Result<Command, Problem> {
    let reference = text("reference", &said.reference, Reference::new)?;
    Ok(Command::Settle(Settle { statement, reference }))
}

fn due(said: &api::statement::Due) -> Result<Due, Problem> {
    Ok(Due { points: amount_points("points", &said.points)?, fen: amount_fen("yuan", &said.yuan)? })
}
