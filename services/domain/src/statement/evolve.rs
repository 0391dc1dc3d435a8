//! What the facts of statements do to the state.

use crate::id::{ItemId, StatementId};
use crate::state::{Law, Step, known};
use crate::statement::{Due, Event, Issued, Payable, Quarrel, Standing, Statement};
use crate::{Position, State};

pub(crate) fn evolve(state: &mut State, event: &Event, position: Position) -> Step {
    match event {
        Event::Issued(statement) => issued(state, statement, position),
        Event::Disputed { dispute, .. } => {
            let line = state.standing(dispute.statement, dispute.item)?;
            line.quarrel = Some(Quarrel::Open(*dispute));
            Ok(())
        }
        Event::Resolved { supplier, resolve, correction } => {
            let line = state.standing(resolve.statement, resolve.item)?;
            line.quarrel = Some(Quarrel::Resolved);
            line.due = known(line.due.plus(*correction), supplier)?;
            let statement = known(state.statements.get_mut(resolve.statement), supplier)?;
            statement.due = known(statement.due.plus(*correction), supplier)?;
            let payable = state.payables.entry(*supplier);
            payable.corrected = known(payable.corrected.plus(*correction), supplier)?;
            payable.open = known(payable.open.plus(*correction), supplier)?;
            Ok(())
        }
        Event::Settled { supplier, settle, paid } => {
            let statement = known(state.statements.get_mut(settle.statement), supplier)?;
            (statement.settled, statement.lines) = (true, Vec::new());
            let payable = state.payables.entry(*supplier);
            payable.paid = known(payable.paid.plus(*paid), supplier)?;
            payable.open = known(payable.open.minus(*paid), supplier)?;
            Ok(())
        }
    }
}

/// Closes the period: what is open is where the next one begins.
fn issued(state: &mut State, statement: &Statement, position: Position) -> Step {
    let (id, supplier) = (statement.issue.statement, statement.issue.supplier);
    let payable = state.payable(supplier);
    if payable.closing() != Some(statement.closing) {
        let found = format!("statement {id} closes at {:?}", statement.closing);
        return Err((Law::Statement, found));
    }
    let mut lines = Vec::with_capacity(statement.lines.len());
    let mut due = Due::ZERO;
    for line in &statement.lines {
        let amount = known(line.tally.due(), supplier)?;
        due = known(due.plus(amount), supplier)?;
        lines.push(Standing { item: line.item, due: amount, quarrel: None });
    }
    state.statements.insert(id, Issued { supplier, due, settled: false, lines });
    let opening = statement.closing;
    let next = Payable { since: position, opening, open: opening, ..Payable::default() };
    *state.payables.entry(supplier) = next;
    Ok(())
}

impl State {
    fn standing(
        &mut self,
        statement: StatementId,
        item: Option<ItemId>,
    ) -> Result<&mut Standing, (Law, String)> {
        let found = known(self.statements.get_mut(statement), statement)?;
        known(found.lines.iter_mut().find(|line| line.item == item), (statement, item))
    }
}
